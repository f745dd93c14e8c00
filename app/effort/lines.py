"""Labelling without a tracker: straight lines between keyframes, the worst frame put right until all pass."""

from __future__ import annotations

from app.effort.annotator import Annotator
from app.effort.carriers import Keyframes
from app.effort.desk import said
from app.effort.labelled import Labelled
from app.effort.labour import Labour, labour_of
from tracker.geometry import BoundingBox, iou


def label_by_interpolation(labelled: Labelled, annotator: Annotator) -> Labour:
    """Straight lines between keyframes, the worst frame put right until all pass.

    The object's coming and going costs an action each; lines do not cross its absence.
    """
    truth = labelled.boxes
    keyframes: Keyframes = {0: said(labelled, annotator, 0)}
    for frame in range(1, len(truth)):
        if (truth[frame] is None) != (truth[frame - 1] is None):
            keyframes[frame] = said(labelled, annotator, frame)
    while True:
        shown = interpolated(keyframes, len(truth))
        bad = [
            (iou(box, true) if box is not None and true is not None else 0.0, frame)
            for frame, (box, true) in enumerate(zip(shown, truth, strict=True))
            if not annotator.accepts(box, true)
        ]
        if not bad:
            return labour_of(labelled, keyframes, tuple(keyframes), len(truth))
        _, frame = min(bad)
        keyframes[frame] = said(labelled, annotator, frame)


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
