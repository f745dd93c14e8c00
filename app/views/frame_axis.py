"""The stretch of frames that the confidence curve and the timeline show, shared so that they always line up."""

from __future__ import annotations

import math

from PySide6.QtCore import QObject, Signal

GUTTER = 148
"""Width in px left of the plots: track names in the timeline, score numbers in the curve."""
MARGIN = 18
"""Width in px right of the plots: room for the timeline's scroll bar."""
_MIN_SPAN = 8.0


class FrameAxis(QObject):
    """Visible range of frames and its map to widget x. Frame i is centred at i and covers ``[i - 0.5, i + 0.5)``.

    Signals:
        changed: The frame count or the visible range is another one.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._frame_count = 0
        self._first = -0.5
        self._last = 0.5

    @property
    def frame_count(self) -> int:
        """Number of frames of the Sequence; 0 while there is none."""
        return self._frame_count

    @property
    def first(self) -> float:
        """Left end of the visible range, in frames."""
        return self._first

    @property
    def last(self) -> float:
        """Right end of the visible range, in frames."""
        return self._last

    @property
    def span(self) -> float:
        """Frames in the visible range."""
        return self._last - self._first

    def set_frame_count(self, frame_count: int) -> None:
        """Another Sequence: show all of it."""
        self._frame_count = max(frame_count, 0)
        self._first, self._last = -0.5, max(self._frame_count, 1) - 0.5
        self.changed.emit()

    def set_range(self, first: float, last: float) -> None:
        """Show ``first .. last``, kept inside the Sequence and not narrower than a few frames."""
        whole = float(max(self._frame_count, 1))
        span = min(max(last - first, min(_MIN_SPAN, whole)), whole)
        first = min(max((first + last - span) / 2, -0.5), whole - 0.5 - span)
        if (first, first + span) != (self._first, self._last):
            self._first, self._last = first, first + span
            self.changed.emit()

    def show_all(self) -> None:
        """Show the whole Sequence."""
        self.set_range(-0.5, self._frame_count - 0.5)

    def zoom(self, factor: float, about: float) -> None:
        """Show ``factor`` times fewer frames, frame position ``about`` staying where it is."""
        share = (about - self._first) / self.span
        whole = float(max(self._frame_count, 1))
        span = min(max(self.span / factor, min(_MIN_SPAN, whole)), whole)
        first = about - share * span
        self.set_range(first, first + span)

    def pan(self, frames: float) -> None:
        """Move the visible range by ``frames``, to later frames where positive."""
        whole = float(max(self._frame_count, 1))
        first = min(max(self._first + frames, -0.5), whole - 0.5 - self.span)
        self.set_range(first, first + self.span)

    def reveal(self, frame: int) -> None:
        """Turn the page where ``frame`` is out of sight."""
        if not self._first <= frame <= self._last:
            self.set_range(frame - 0.1 * self.span, frame + 0.9 * self.span)

    def x_of(self, frame: float, width: float) -> float:
        """Widget x of a frame position in a widget ``width`` px wide."""
        return GUTTER + (frame - self._first) / self.span * plot_width(width)

    def position_at(self, x: float, width: float) -> float:
        """Frame position (a float) at widget x."""
        return self._first + (x - GUTTER) / plot_width(width) * self.span

    def frame_at(self, x: float, width: float) -> int:
        """The frame at widget x, the first or last one where x lies beyond."""
        return min(max(math.floor(self.position_at(x, width) + 0.5), 0), max(self._frame_count - 1, 0))


def plot_width(width: float) -> float:
    """Px between gutter and margin in a widget ``width`` px wide."""
    return max(width - GUTTER - MARGIN, 1.0)
