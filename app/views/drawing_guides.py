"""What shows while a box is drawn or dragged: the box so far, its size in numbers."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from app.views.box_drawing import BoxDrawing
from app.views.colours import Colours
from app.views.picture_mapping import PictureMapping
from tracker.geometry import BoundingBox

_RIM = QColor(0, 0, 0, 140)


def paint_drawing(
    painter: QPainter,
    drawing: BoxDrawing,
    mapping: PictureMapping,
    area: QRectF,
    colours: Colours,
) -> None:
    """Draw the box as it stands."""
    box = drawing.box
    if box is not None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        rect = mapping.box_rect(box)
        painter.setPen(QPen(_RIM, 4))
        painter.drawRect(rect)
        painter.setPen(QPen(colours.accent, 2))
        painter.drawRect(rect)
        paint_readout(painter, box, mapping, area, colours)


def paint_readout(painter: QPainter, box: BoundingBox, mapping: PictureMapping, area: QRectF, colours: Colours) -> None:
    """Write the box's size in picture pixels beside its lower right corner, inside the widget."""
    text = f"{box.w:.0f} × {box.h:.0f}"
    metrics = QFontMetricsF(painter.font())
    size = QSizeF(metrics.horizontalAdvance(text) + 12, metrics.height() + 4)
    corner = mapping.to_widget(box.right, box.bottom) + QPointF(10, 10)
    left = min(max(corner.x(), area.left() + 4), area.right() - 4 - size.width())
    top = min(max(corner.y(), area.top() + 4), area.bottom() - 4 - size.height())
    chip = QRectF(QPointF(left, top), size)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colours.muted, 1))
    painter.setBrush(colours.panel)
    painter.drawRoundedRect(chip, 4, 4)
    painter.setPen(colours.text)
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)
