"""A small whole picture in the corner while the view shows only a part of it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from app.views.colours import Colours
from app.views.picture_mapping import PictureMapping

_LONGEST_SIDE = 144.0
_INSET = 12.0


def minimap_rect(picture: QSizeF, mapping: PictureMapping, area: QRectF) -> QRectF | None:
    """Where the minimap stands in the widget, or None while all of the picture can be seen.

    Args:
        picture: Size in picture pixels.
        mapping: Picture -> widget.
        area: The widget.
    """
    shown = QRectF(mapping.to_widget(0, 0), picture * mapping.scale)
    slack = QRectF(area).adjusted(-1, -1, 1, 1)
    if slack.contains(shown) or min(area.width(), area.height()) < 2.5 * _LONGEST_SIDE:
        return None
    size = picture * (_LONGEST_SIDE / max(picture.width(), picture.height()))
    corner = QPointF(area.right() - _INSET - size.width(), area.bottom() - _INSET - size.height())
    return QRectF(corner, size)


def paint_minimap(painter: QPainter, image: QImage, mapping: PictureMapping, area: QRectF, colours: Colours) -> None:
    """Draw the minimap with the visible part framed; nothing while all of the picture can be seen."""
    picture = QSizeF(image.size())
    rect = minimap_rect(picture, mapping, area)
    if rect is None:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(rect, image, QRectF(QPointF(0, 0), picture))
    scale = rect.width() / picture.width()
    left, top = mapping.to_picture(area.topLeft())
    right, bottom = mapping.to_picture(area.bottomRight())
    seen = QRectF(QPointF(left, top) * scale, QPointF(right, bottom) * scale).translated(rect.topLeft())
    seen = seen.intersected(rect)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 110))
    for veil in (
        QRectF(rect.left(), rect.top(), rect.width(), seen.top() - rect.top()),
        QRectF(rect.left(), seen.bottom(), rect.width(), rect.bottom() - seen.bottom()),
        QRectF(rect.left(), seen.top(), seen.left() - rect.left(), seen.height()),
        QRectF(seen.right(), seen.top(), rect.right() - seen.right(), seen.height()),
    ):
        painter.drawRect(veil)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.accent, 1.5))
    painter.drawRect(seen)
    painter.setPen(QPen(colours.raised, 1))
    painter.drawRect(rect)
    painter.restore()
