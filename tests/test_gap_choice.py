"""What the benchmark of gaps says where the target moves evenly, and where it jumps."""

from __future__ import annotations

import numpy as np

from app.session.fake_tracker import FakeTracker
from bench.gap_choice import PER_SEQUENCE, filled_gaps, tables
from tracker.geometry import BoundingBox


class Steps:
    """A target that goes a pixel a frame to the right, as the fake tracker has it, and jumps down in the middle."""

    name = "steps"

    def __init__(self, jump: float) -> None:
        self.boxes = tuple(BoundingBox(50 + at, 60 + (jump if at >= 30 else 0), 40, 40) for at in range(60))

    def __len__(self) -> int:
        return len(self.boxes)

    def read(self, index: int) -> np.ndarray:
        return np.full((240, 320, 3), index, np.uint8)


def test_an_even_movement_is_as_well_a_line() -> None:
    gaps = list(filled_gaps([Steps(0)], FakeTracker()))
    assert len(gaps) == PER_SEQUENCE
    for gap in gaps:
        assert gap.line.min() > 0.999
        assert len(gap.forward) == gap.length
    assert "line 1.000;" in tables(gaps)


def test_a_jump_is_no_line() -> None:
    gaps = [gap for seed in range(5) for gap in filled_gaps([Steps(30)], FakeTracker(), seed)]
    crossing = [gap for gap in gaps if gap.line.min() < 0.9]
    assert crossing
    assert all(gap.line.min() < gap.line.max() for gap in crossing)
