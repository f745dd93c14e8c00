"""The coordinates in which boxes climb their predicted IoU."""

from __future__ import annotations

import enum


class RefinementSpace(enum.StrEnum):
    """Coordinates in which boxes climb the predicted IoU."""

    DEFAULT = "default"
    """(x, y, w, h), steps relative to the box's size."""
    RELATIVE = "relative"
    """(cx / w0, cy / h0, ln w, ln h) with the first box's w0 and h0."""
