"""How the simulated annotators work: watching from the start, or fixing the worst frame of straight lines."""

from __future__ import annotations

from dataclasses import dataclass

from app.effort.annotator import Annotator
from app.effort.carriers import Carrier, Keyframes
from app.effort.labelled import Labelled
from tracker.geometry import BoundingBox, iou


@dataclass(frozen=True, slots=True)
class Labour:
    """What one sequence cost.

    Attributes:
        sequence: Its name.
        frames: How many it has, those without the object included.
        actions: Frames on which the person did something, ascending: drew a box or said that the object is gone.
        drawn: How many of them were boxes, the first one included.
    """

    sequence: str
    frames: int
    actions: tuple[int, ...]
    drawn: int

    @property
    def gaps(self) -> tuple[int, ...]:
        """Frames from each action to the next, the last to the end: how long each correction lasted."""
        ends = (*self.actions[1:], self.frames)
        return tuple(end - start for start, end in zip(self.actions, ends, strict=True))


def label_in_order(labelled: Labelled, annotator: Annotator, carrier: Carrier) -> Labour:
    """Annotator S: watches from the start, stops at the first frame that does not pass, and puts it right.

    A box where there is no object, and none where there is one, do not pass either.
    """
    truth = labelled.boxes
    keyframes: Keyframes = {0: _said(labelled, annotator, 0)}
    frame = 0
    while True:
        failed = next(
            (at for at, shown in carrier.carry(keyframes, frame) if not annotator.accepts(shown, truth[at])), None
        )
        if failed is None:
            return _labour(labelled, keyframes)
        frame = failed
        keyframes[frame] = _said(labelled, annotator, frame)


def label_by_interpolation(labelled: Labelled, annotator: Annotator) -> Labour:
    """Straight lines between keyframes, the worst frame put right until all pass: labelling without a tracker.

    The object's coming and going costs an action each; lines do not cross its absence.
    """
    truth = labelled.boxes
    keyframes: Keyframes = {0: _said(labelled, annotator, 0)}
    for frame in range(1, len(truth)):
        if (truth[frame] is None) != (truth[frame - 1] is None):
            keyframes[frame] = _said(labelled, annotator, frame)
    while True:
        shown = interpolated(keyframes, len(truth))
        bad = [
            (iou(box, true) if box is not None and true is not None else 0.0, frame)
            for frame, (box, true) in enumerate(zip(shown, truth, strict=True))
            if not annotator.accepts(box, true)
        ]
        if not bad:
            return _labour(labelled, keyframes)
        _, frame = min(bad)
        keyframes[frame] = _said(labelled, annotator, frame)


def interpolated(keyframes: Keyframes, count: int) -> list[BoundingBox | None]:
    """Boxes of ``count`` frames: on straight lines between keyframes, held after the last, none while outside."""
    frames = sorted(keyframes)
    shown: list[BoundingBox | None] = [None] * count
    for place, frame in enumerate(frames):
        box = keyframes[frame]
        if box is None:
            continue
        end = frames[place + 1] if place + 1 < len(frames) else count
        there = keyframes.get(end)
        for at in range(frame, end):
            shown[at] = box if there is None else _between(box, there, (at - frame) / (end - frame))
    return shown


def _between(one: BoundingBox, two: BoundingBox, share: float) -> BoundingBox:
    mix = [a + share * (b - a) for a, b in ((one.x, two.x), (one.y, two.y), (one.w, two.w), (one.h, two.h))]
    return BoundingBox(*mix)


def _said(labelled: Labelled, annotator: Annotator, frame: int) -> BoundingBox | None:
    true = labelled.boxes[frame]
    return None if true is None else annotator.draws(true, labelled.name, frame)


def _labour(labelled: Labelled, keyframes: Keyframes) -> Labour:
    drawn = sum(box is not None for box in keyframes.values())
    return Labour(labelled.name, len(labelled.boxes), tuple(sorted(keyframes)), drawn)
