"""How fast the box's size follows the box branch: several speeds side by side, weighed by what corrections show.

Not in the paper. The box branch's opinion of the size is noisy on one target and late on another, and no single speed
suits both. So the size is followed at several speeds at once, each from the last annotated box on. A correction tells
which of them would have been right; the weights of all later frames come from that (exponentially weighted forecasters:
Cesa-Bianchi and Lugosi, Prediction, Learning, and Games, 2006, section 2.1).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from tracker.config import SizePathConfig
from tracker.geometry import BoundingBox

_WORST = 0.5
"""Errors of a logarithm of the size count no more than this: beyond it the target was taken for something else."""

Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class SizePaths:
    """The size of one target as each speed has it.

    Attributes:
        sizes: Logarithms of (width, height) in image pixels, one pair a speed.
        errors: What corrections found each to be off by, older ones counting less.
        corrections: How many have told.
    """

    sizes: tuple[Size, ...]
    errors: tuple[float, ...]
    corrections: int = 0

    @staticmethod
    def at(box: BoundingBox, config: SizePathConfig) -> SizePaths:
        """All at the size of an annotated box; nothing is known of their worth."""
        count = len(config.exponents)
        return SizePaths((_size(box),) * count, (0.0,) * count)

    def restarted(self, box: BoundingBox) -> SizePaths:
        """All at the size of a box; what is known of their worth stays."""
        return replace(self, sizes=(_size(box),) * len(self.sizes))

    def corrected(self, box: BoundingBox, config: SizePathConfig) -> SizePaths:
        """With the errors that the person's box shows; still at their own sizes."""
        true = _size(box)
        errors = tuple(
            config.memory * old + sum(min(abs(a - b), _WORST) for a, b in zip(size, true, strict=True)) / 2
            for old, size in zip(self.errors, self.sizes, strict=True)
        )
        return replace(self, errors=errors, corrections=self.corrections + 1)

    def followed(self, refined: BoundingBox, log_growth: float, config: SizePathConfig) -> SizePaths:
        """A frame on: grown as optical flow has it, then towards the size that the box branch has found there."""
        w, h = _size(refined)
        grown = [(old_w + log_growth, old_h + log_growth) for old_w, old_h in self.sizes]
        sizes = tuple(
            (old_w + share * (w - old_w), old_h + share * (h - old_h))
            for share, (old_w, old_h) in zip(config.exponents, grown, strict=True)
        )
        return replace(self, sizes=sizes)

    def resized(self, box: BoundingBox, config: SizePathConfig) -> BoundingBox:
        """A box with the weighted size about its own centre; as it is before the first correction."""
        if not self.corrections:
            return box
        errors = np.array(self.errors)
        weights = np.exp(-config.sharpness * (errors - errors.min()))
        log_w, log_h = weights @ np.array(self.sizes) / weights.sum()
        w, h = math.exp(log_w), math.exp(log_h)
        x, y = box.center
        return BoundingBox(x - w / 2, y - h / 2, w, h)


def _size(box: BoundingBox) -> Size:
    return math.log(box.w), math.log(box.h)
