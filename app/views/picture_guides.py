"""Lines that help the eye: the grid between pixels far zoomed in, and the cross-hair through the mouse."""

from __future__ import annotations

import math

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPen

from app.views.picture_mapping import PictureMapping

GRID_FROM = 12.0
"""Logical px a picture px from which the grid is drawn; closer lines would hide the picture."""
_GRID = QColor(128, 128, 128, 110)
_RIM = QColor(0, 0, 0, 120)
_LIGHT = QColor(255, 255, 255, 170)


def paint_pixel_grid(painter: QPainter, mapping: PictureMapping, picture: QSize, area: QRectF) -> None:
    """Draw a hairline between all visible pixels; nothing while they are small."""
    if mapping.scale < GRID_FROM:
        return
    left, top = mapping.to_picture(area.topLeft())
    right, bottom = mapping.to_picture(area.bottomRight())
    columns = range(max(math.ceil(left), 0), min(math.floor(right), picture.width()) + 1)
    rows = range(max(math.ceil(top), 0), min(math.floor(bottom), picture.height()) + 1)
    first, last = mapping.to_widget(0, 0), mapping.to_widget(picture.width(), picture.height())
    y0, y1 = max(first.y(), area.top()), min(last.y(), area.bottom())
    x0, x1 = max(first.x(), area.left()), min(last.x(), area.right())
    painter.setPen(QPen(_GRID, 0))
    painter.drawLines([QLineF(mapping.to_widget(x, 0).x(), y0, mapping.to_widget(x, 0).x(), y1) for x in columns])
    painter.drawLines([QLineF(x0, mapping.to_widget(0, y).y(), x1, mapping.to_widget(0, y).y()) for y in rows])


def paint_cross_hair(painter: QPainter, at: QPointF, area: QRectF) -> None:
    """Draw a line across the whole view each way through a widget point, visible on any picture."""
    lines = [QLineF(at.x(), area.top(), at.x(), area.bottom()), QLineF(area.left(), at.y(), area.right(), at.y())]
    for colour, width in ((_RIM, 3), (_LIGHT, 1)):
        painter.setPen(QPen(colour, width))
        painter.drawLines(lines)
