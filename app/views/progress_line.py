"""A slim line that shows how far a run is."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

_HEIGHT = 4


class ProgressLine(QWidget):
    """Painted with the next frame of the window.

    A QProgressBar paints at once from inside ``setValue``, and with it the whole window: ten milliseconds for every
    tracked frame.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def share(self) -> float:
        """How much is done, 0 to 1."""
        return self._share

    def set_progress(self, done: int, total: int) -> None:
        """Show ``done`` of ``total``; a total of 0 shows an empty line."""
        share = min(max(done / total, 0.0), 1.0) if total > 0 else 0.0
        if share != self._share:
            self._share = share
            percent = f"{share:.0%}"
            if percent != self.accessibleDescription():
                self.setAccessibleDescription(percent)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """The done part in the accent colour, nothing for the rest."""
        if self._share > 0:
            painter = QPainter(self)
            area = QRectF(self.rect())
            area.setWidth(area.width() * self._share)
            painter.fillRect(area, self.palette().highlight())
            painter.end()
        event.accept()
