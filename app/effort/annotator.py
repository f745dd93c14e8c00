"""The simulated person: what they accept, and how exactly they draw."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np

from tracker.geometry import BoundingBox, iou

CORNER_NOISE = 0.02
"""Standard deviation of a drawn edge, as a share of the box's side along it."""
LEAST_IOU = 0.85
"""A box drawn worse than this is drawn again."""


@dataclass(frozen=True, slots=True)
class Annotator:
    """One simulated person; the same seed draws the same box on the same frame of the same sequence.

    Attributes:
        threshold: Least IoU with the true box that is let pass.
        seed: Of the noise.
    """

    threshold: float
    seed: int = 0

    def accepts(self, shown: BoundingBox | None, true: BoundingBox | None) -> bool:
        """Whether a frame passes: the box is good enough, or there is none where there is no object."""
        if shown is None or true is None:
            return shown is None and true is None
        return iou(shown, true) >= self.threshold

    def draws(self, true: BoundingBox, sequence: str, frame: int) -> BoundingBox:
        """The true box as a hand draws it."""
        generator = np.random.default_rng((self.seed, zlib.crc32(sequence.encode()), frame))
        while True:
            left, right = generator.normal(0.0, CORNER_NOISE * true.w, 2)
            top, bottom = generator.normal(0.0, CORNER_NOISE * true.h, 2)
            drawn = BoundingBox(true.x + left, true.y + top, true.w + right - left, true.h + bottom - top)
            # whoever accepts only better boxes draws better ones
            if drawn.is_valid and iou(drawn, true) >= max(LEAST_IOU, self.threshold):
                return drawn
