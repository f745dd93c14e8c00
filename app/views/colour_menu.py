"""Choose the colour of a Category: one that the colour-blind can tell from the others, any other, or none."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QColorDialog, QMenu, QWidget

from app.views.palette import SWATCHES

_SIDE = 16


class ColourMenu(QMenu):
    """Says what was chosen by signal.

    Args:
        current: ``#rrggbb``, or empty.
        parent: Qt owner.
    """

    chosen = Signal(str)
    """``#rrggbb``; empty: each track its own."""

    def __init__(self, current: str, parent: QWidget) -> None:
        super().__init__(self.tr("Colour"), parent)
        self._current = current
        names = (
            self.tr("Sky blue"),
            self.tr("Orange"),
            self.tr("Green"),
            self.tr("Pink"),
            self.tr("Yellow"),
            self.tr("Vermilion"),
            self.tr("Blue"),
            self.tr("Grey"),
        )
        own = self.addAction(self.tr("Each track its own colour"))
        own.setData("")
        self.addSeparator()
        for colour, name in zip(SWATCHES, names, strict=True):
            self.addAction(swatch(colour), name).setData(colour)
        self.addSeparator()
        self.addAction(self.tr("Other colour…")).setData(None)
        for action in self.actions():
            if action.data() is not None:
                action.setCheckable(True)
                action.setChecked(action.data() == current)
        self.triggered.connect(self._take)

    def ask(self, place: QPoint) -> None:
        """Show it at a place on the screen; it goes when something is chosen."""
        self.aboutToHide.connect(self.deleteLater)
        self.popup(place)

    def _take(self, action: QAction) -> None:
        colour = action.data()
        if colour is None:
            start = QColor(self._current or SWATCHES[0])
            picked = QColorDialog.getColor(start, self.parentWidget(), self.tr("Colour of the category"))
            if not picked.isValid():
                return
            colour = picked.name()
        self.chosen.emit(colour)


def swatch(colour: str) -> QIcon:
    """A colour as a small square."""
    picture = QPixmap(QSize(_SIDE, _SIDE))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(QRectF(1, 1, _SIDE - 2, _SIDE - 2), 3, 3)
    painter.end()
    return QIcon(picture)
