"""One box over the picture: its outline by layer, its label, and the handles of the selected one."""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from app.views.box_handles import HANDLE_SIZE, handle_points
from app.views.label_places import LabelPlaces
from app.views.palette import ink_on
from app.views.picture_mapping import PictureMapping
from tracker.geometry import BoundingBox

_HALO = QColor(0, 0, 0, 120)
_GAP = QColor(0, 0, 0, 210)
_TICK_LENGTH = 12.0
_CHIP_PADDING = 5.0
_CHIP_GAP = 4.0
_CHIP_RIM = 1.0
_LONGEST_CHIP = 280.0


class BoxLayer(enum.Enum):
    """Where a box comes from; each has its own outline, so that colour alone never says it."""

    HUMAN = "human"
    """A keyframe: solid with corner ticks."""
    TRACKED = "tracked"
    """From the tracker, which was sure: a thinner solid line."""
    DOUBTFUL = "doubtful"
    """From the tracker, which was not: dashed."""
    GHOST = "ghost"
    """Of another frame, for comparison: dotted and pale; the mouse goes through it."""


@dataclass(frozen=True, slots=True)
class BoxView:
    """What the picture needs to know of a box to draw it and let the mouse at it.

    Attributes:
        track_id: Of the Track.
        box: In picture pixels.
        label: "#id name category"; empty for none.
        colour: Of the Track.
        layer: Where the box comes from.
        selected: Whether its Track is the selected one; it then has handles.
        locked: Whether the mouse and the keys leave it alone.
    """

    track_id: int
    box: BoundingBox
    label: str
    colour: QColor
    layer: BoxLayer = BoxLayer.TRACKED
    selected: bool = False
    locked: bool = False


def paint_outline(painter: QPainter, view: BoxView, mapping: PictureMapping) -> None:
    """Draw the box's line: the same width on screen at any zoom, with a dark rim that keeps it visible on anything."""
    rect = mapping.box_rect(view.box)
    width = 2.0 if view.layer is BoxLayer.HUMAN else 1.0
    if view.selected:
        width += 1.0
    colour = QColor(view.colour)
    pen = QPen(colour, width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if view.layer is BoxLayer.DOUBTFUL:
        pen.setWidthF(width + 1.0)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([4.0, 3.0])
    elif view.layer is BoxLayer.GHOST:
        colour.setAlphaF(0.85)
        pen.setColor(colour)
        pen.setWidthF(1.5)
        pen.setDashPattern([2.0, 2.5])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if view.layer is not BoxLayer.GHOST:
        # under dashes the rim is dark and no wider than they are: it fills the gaps and does not blur them away
        dashed = view.layer is BoxLayer.DOUBTFUL
        _paint_rim(painter, rect, _GAP if dashed else _HALO, pen.widthF() + (0 if dashed else 2))
    painter.setPen(pen)
    painter.drawRect(rect)
    if view.layer is BoxLayer.HUMAN:
        _paint_corner_ticks(painter, rect, colour, width + 2)


def paint_handles(painter: QPainter, view: BoxView, mapping: PictureMapping) -> None:
    """Draw the handles: filled in the Track's colour, ringed for contrast."""
    painter.setPen(QPen(ink_on(view.colour), 1.5))
    painter.setBrush(view.colour)
    for center in handle_points(mapping.box_rect(view.box)).values():
        painter.drawRect(QRectF(center.x() - HANDLE_SIZE / 2, center.y() - HANDLE_SIZE / 2, HANDLE_SIZE, HANDLE_SIZE))


def chip_rect(view: BoxView, mapping: PictureMapping, font: QFont, area: QRectF, taken: LabelPlaces) -> QRectF | None:
    """Where the label goes: above the box, else below, beside, or (with no room at all) inside.

    Args:
        view: The box.
        mapping: Picture -> widget.
        font: Of the label.
        area: The visible part of the widget.
        taken: Of chips placed before; one that overlaps them is avoided where possible.

    Returns:
        The chip in widget coordinates, or None where the box has no label or lies out of sight.
    """
    rect = mapping.box_rect(view.box)
    if not view.label or not rect.intersects(area):
        return None
    advance, height = _text_size(view.label, font)
    width = min(advance + 2 * _CHIP_PADDING, _LONGEST_CHIP, area.width())
    height += 4
    # handles of a selected box stick out of it; the chip stays clear of them
    gap = _CHIP_GAP + (HANDLE_SIZE / 2 if view.selected else 0)
    left = min(max(rect.left(), area.left()), area.right() - width)
    top = min(max(rect.top(), area.top()), area.bottom() - height)
    places = [
        QRectF(left, rect.top() - gap - height, width, height),
        QRectF(left, rect.bottom() + gap, width, height),
        QRectF(rect.right() + gap, top, width, height),
        QRectF(rect.left() - gap - width, top, width, height),
    ]
    visible = [place for place in places if area.contains(place)]
    for place in visible:
        if taken.are_free(place):
            return place
    inside = QRectF(left, max(rect.top(), area.top()) + gap, width, height)
    return visible[0] if visible else inside


def fits_on(view: BoxView, mapping: PictureMapping, font: QFont) -> bool:
    """Whether the label is no wider than the box."""
    return _text_size(view.label, font)[0] <= mapping.box_rect(view.box).width()


@lru_cache(maxsize=1024)
def _text_size(text: str, font: QFont) -> tuple[float, float]:
    metrics = QFontMetricsF(font)
    return metrics.horizontalAdvance(text), metrics.height()


def paint_chip(painter: QPainter, view: BoxView, rect: QRectF) -> None:
    """Draw the label at ``rect``: black or white on the Track's colour, readable on any picture."""
    background = QColor(view.colour)
    background.setAlphaF(1.0 if view.selected else 0.88)
    scale = painter.device().devicePixelRatioF()
    # labels are mostly those of the frame before, and a crowd has very many
    chip = _drawn_chip(view.label, background.rgba(), painter.font(), rect.width(), rect.height(), scale)
    painter.drawPixmap(rect.topLeft() - QPointF(_CHIP_RIM, _CHIP_RIM), chip)


@lru_cache(maxsize=512)
def _drawn_chip(label: str, colour: int, font: QFont, width: float, height: float, scale: float) -> QPixmap:
    picture = QPixmap(*(math.ceil((side + 2 * _CHIP_RIM) * scale) for side in (width, height)))
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    background, rect = QColor.fromRgba(colour), QRectF(_CHIP_RIM, _CHIP_RIM, width, height)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    painter.setPen(QPen(_HALO, 1))
    painter.setBrush(background)
    painter.drawRoundedRect(rect, 4, 4)
    painter.setPen(ink_on(background))
    text_rect = rect.adjusted(_CHIP_PADDING, 0, -_CHIP_PADDING, 0)
    text = QFontMetricsF(font).elidedText(label, Qt.TextElideMode.ElideRight, text_rect.width() + 1)
    painter.drawText(text_rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    painter.end()
    return picture


def _paint_rim(painter: QPainter, rect: QRectF, colour: QColor, width: float) -> None:
    """What a pen with a mitred join would draw, at a quarter of its price where the colour lets something through."""
    half = width / 2
    outer, inner = rect.adjusted(-half, -half, half, half), rect.adjusted(half, half, -half, -half)
    if not inner.isValid():
        painter.fillRect(outer, colour)
        return
    painter.fillRect(QRectF(outer.topLeft(), QPointF(outer.right(), inner.top())), colour)
    painter.fillRect(QRectF(QPointF(outer.left(), inner.bottom()), outer.bottomRight()), colour)
    painter.fillRect(QRectF(QPointF(outer.left(), inner.top()), inner.bottomLeft()), colour)
    painter.fillRect(QRectF(inner.topRight(), QPointF(outer.right(), inner.bottom())), colour)


def _paint_corner_ticks(painter: QPainter, rect: QRectF, colour: QColor, width: float) -> None:
    length = min(_TICK_LENGTH, rect.width() / 3, rect.height() / 3)
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.SquareCap)
    painter.setPen(pen)
    lines = []
    for corner, horizontal, vertical in (
        (rect.topLeft(), 1, 1),
        (rect.topRight(), -1, 1),
        (rect.bottomLeft(), 1, -1),
        (rect.bottomRight(), -1, -1),
    ):
        lines.append(QLineF(corner, corner + QPointF(horizontal * length, 0)))
        lines.append(QLineF(corner, corner + QPointF(0, vertical * length)))
    painter.drawLines(lines)
