"""Videos of a few plain frames and carriers by script, for the tests of the simulated annotator."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from app.effort.carriers import Keyframes
from app.media.frame_source import Frame
from tracker.geometry import BoundingBox


@dataclass
class PlainVideo:
    """A grey picture each frame, and the true boxes given."""

    boxes: tuple[BoundingBox | None, ...]
    name: str = "plain"

    def read(self, index: int) -> Frame:
        return np.full((240, 320, 3), 90, dtype=np.uint8)


@dataclass
class ScriptedCarrier:
    """Answers each frame with what a function of (keyframes, start, frame) says."""

    answer: Callable[[Keyframes, int, int], BoundingBox | None]
    count: int
    starts: list[int] = field(default_factory=list)

    def carry(self, keyframes: Keyframes, frame: int) -> Iterator[tuple[int, BoundingBox | None]]:
        self.starts.append(frame)
        for later in range(frame + 1, self.count):
            yield later, self.answer(keyframes, frame, later)


def moving(count: int, step: float = 2.0) -> tuple[BoundingBox, ...]:
    """A box that goes right by ``step`` pixels a frame."""
    return tuple(BoundingBox(20 + step * index, 40, 40, 30) for index in range(count))
