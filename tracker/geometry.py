"""Boxes in the picture, and nothing else.

Frame of reference: float pixels of the image, edge convention. Pixel (0, 0) covers ``[0, 1) x [0, 1)``, so a box
that holds exactly the top-left pixel is ``BoundingBox(0, 0, 1, 1)``. Order is always (x, y): x to the right, y down.
"""

from __future__ import annotations

from dataclasses import dataclass

FARTHEST = 1e9
"""Pixels; a side that is longer, or a corner farther from the picture's, is no box but a mistake."""


@dataclass(frozen=True, slots=True)
class BoundingBox:
    """An axis-parallel box in image pixels: top-left corner and size.

    Attributes:
        x: Left edge.
        y: Top edge.
        w: Width; a usable box has ``w > 0``.
        h: Height; a usable box has ``h > 0``.
    """

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """Right edge ``x + w``."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """Bottom edge ``y + h``."""
        return self.y + self.h

    @property
    def center(self) -> tuple[float, float]:
        """The centre as (x, y)."""
        return self.x + self.w / 2, self.y + self.h / 2

    @property
    def area(self) -> float:
        """Width times height."""
        return self.w * self.h

    @property
    def is_valid(self) -> bool:
        """Whether no number is beyond ``FARTHEST`` and both sides are longer than zero."""
        # written so that NaN fails each of them
        return abs(self.x) <= FARTHEST and abs(self.y) <= FARTHEST and 0 < self.w <= FARTHEST and 0 < self.h <= FARTHEST

    def moved(self, dx: float, dy: float) -> BoundingBox:
        """The same box, shifted by (dx, dy) pixels."""
        return BoundingBox(self.x + dx, self.y + dy, self.w, self.h)

    def scaled(self, factor: float) -> BoundingBox:
        """The box with both sides times ``factor`` about its centre."""
        w, h = self.w * factor, self.h * factor
        cx, cy = self.center
        return BoundingBox(cx - w / 2, cy - h / 2, w, h)

    def clipped(self, width: float, height: float) -> BoundingBox | None:
        """The part of the box inside a picture of ``width`` x ``height`` pixels, or None where nothing is left."""
        left, top = max(self.x, 0.0), max(self.y, 0.0)
        right, bottom = min(self.right, float(width)), min(self.bottom, float(height))
        if right <= left or bottom <= top:
            return None
        return BoundingBox(left, top, right - left, bottom - top)


def iou(a: BoundingBox, b: BoundingBox) -> float:
    """Intersection over union of two boxes, 0 where they do not meet or one is empty."""
    width = min(a.right, b.right) - max(a.x, b.x)
    height = min(a.bottom, b.bottom) - max(a.y, b.y)
    if width <= 0 or height <= 0:
        return 0.0
    intersection = width * height
    return intersection / (a.area + b.area - intersection)
