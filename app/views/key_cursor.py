"""A cursor on the picture that is moved by keys, for drawing a box without the mouse."""

from __future__ import annotations

from dataclasses import dataclass

ONE, TEN, HUNDRED = 1.0, 10.0, 100.0
"""Steps in pixels."""


@dataclass(slots=True)
class KeyCursor:
    """A point on a corner between pixels of a picture.

    Attributes:
        width: Of the picture.
        height: Of the picture.
        x: Pixels from the left edge.
        y: Pixels from the top edge.
    """

    width: int
    height: int
    x: float
    y: float

    def move(self, dx: int, dy: int, step: float) -> None:
        """Go so many pixels; never out of the picture."""
        self.x = min(max(self.x + dx * step, 0.0), float(self.width))
        self.y = min(max(self.y + dy * step, 0.0), float(self.height))

    @property
    def point(self) -> tuple[float, float]:
        """As (x, y)."""
        return self.x, self.y
