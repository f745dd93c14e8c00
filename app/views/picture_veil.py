"""Says over the picture that is still there that it is not the frame whose number is shown."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from app.views.colours import Colours

_PATIENCE_MS = 150
"""Within this most frames come; a veil that flickers at each step would be worse than none."""


class PictureVeil(QObject):
    """Waits for a frame, and after a moment has something to say about it.

    Signals:
        changed: It is to be painted anew.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._text = ""
        self._shown = False
        self._timer = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._timer.timeout.connect(self._show)

    @property
    def is_waiting(self) -> bool:
        """Whether the picture is not the frame whose number is shown."""
        return bool(self._text)

    @property
    def text(self) -> str:
        """What is said over the picture now; empty as long as it may come any moment."""
        return self._text if self._shown else ""

    def wait(self, text: str, *, at_once: bool = False) -> None:
        """The picture is another frame's; say ``text`` over it in a moment, or at once."""
        self._text = text
        if at_once or self._shown:
            self._show()
        elif not self._timer.isActive():
            self._timer.start()

    def lift(self) -> None:
        """The picture is the frame whose number is shown."""
        self._timer.stop()
        self._text = ""
        if self._shown:
            self._shown = False
            self.changed.emit()

    def paint(self, painter: QPainter, area: QRectF, colours: Colours) -> None:
        """Darken ``area`` and write the text in its middle, as soon as it is time."""
        if not self.text:
            return
        shade = QColor(colours.window)
        shade.setAlpha(150)
        painter.fillRect(area, shade)
        metrics = QFontMetricsF(painter.font())
        words = metrics.boundingRect(area.adjusted(24, 24, -24, -24), _WRAPPED, self.text)
        chip = QRectF(area.topLeft(), QSizeF(words.width() + 24, words.height() + 12))
        chip.moveCenter(area.center())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.panel)
        painter.drawRoundedRect(chip, 4, 4)
        painter.setPen(colours.text)
        painter.drawText(chip, _WRAPPED, self.text)

    def _show(self) -> None:
        self._shown = True
        self.changed.emit()


_WRAPPED = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
