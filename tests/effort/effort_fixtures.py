"""Videos of a few plain frames and carriers by script, for the tests of the simulated annotator."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from app.document.tracked_boxes import TrackedBox
from app.effort.annotator import Annotator
from app.effort.carriers import Keyframes, next_keyframe
from app.effort.desk import Desk
from app.effort.labour import Labour
from app.effort.measure import Case, Run
from app.effort.working import Working
from app.media.frame_source import Frame
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus


@dataclass
class PlainVideo:
    """A grey picture each frame, and the true boxes given."""

    boxes: tuple[BoundingBox | None, ...]
    name: str = "plain"

    def read(self, index: int) -> Frame:
        return np.full((240, 320, 3), 90, dtype=np.uint8)


@dataclass
class ScriptedCarrier:
    """Answers each frame up to the next keyframe with what a function of (keyframes, start, frame) says.

    Before that it gives what ``mended`` says of frames before the keyframe.
    """

    answer: Callable[[Keyframes, int, int], BoundingBox | None]
    count: int
    scores: dict[int, float] = field(default_factory=dict)
    statuses: dict[int, TrackStatus] = field(default_factory=dict)
    mended: Callable[[Keyframes, int], dict[int, BoundingBox]] = lambda keyframes, frame: {}
    starts: list[int] = field(default_factory=list)

    def carry(self, keyframes: Keyframes, frame: int) -> Iterator[tuple[int, TrackedBox | None]]:
        self.starts.append(frame)
        for earlier, box in self.mended(keyframes, frame).items():
            yield earlier, TrackedBox(box, 0.9, TrackStatus.FOUND)
        for later in range(frame + 1, next_keyframe(keyframes, frame, self.count)):
            box = self.answer(keyframes, frame, later)
            status = self.statuses.get(later, TrackStatus.FOUND)
            yield later, None if box is None else TrackedBox(box, self.scores.get(later, 0.9), status)


def desk(truth: tuple[BoundingBox | None, ...], threshold: float, carrier: ScriptedCarrier) -> Desk:
    return Desk(PlainVideo(truth), Annotator(threshold), carrier)


def run(name: str, frames: int, actions: tuple[int, ...], condition: str = "memory", seed: int = 0, **labour) -> Run:
    case = Case("clips", name, condition, labour.pop("working", Working.SEQUENTIAL), labour.pop("threshold", 0.5), seed)
    return Run(case, Labour(name, frames, actions, len(actions), frames, **labour), 1.0)


def moving(count: int, step: float = 2.0) -> tuple[BoundingBox, ...]:
    """A box that goes right by ``step`` pixels a frame."""
    return tuple(BoundingBox(20 + step * index, 40, 40, 30) for index in range(count))
