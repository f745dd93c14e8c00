"""One box over the picture: its outline by layer, and the handles of the selected one."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.views.box_handles import HANDLE_SIZE, handle_points
from app.views.palette import ink_on
from app.views.picture_mapping import PictureMapping
from tracker.geometry import BoundingBox

HALO = QColor(0, 0, 0, 120)
_GAP = QColor(0, 0, 0, 210)
_TICK_LENGTH = 12.0
_REACH = 4.0
"""Px that ticks and rims stick out of a box, at most."""


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


def paint_outlines(painter: QPainter, boxes: Iterable[BoxView], mapping: PictureMapping, area: QRectF) -> None:
    """Draw the lines of boxes: the same width on screen at any zoom, with a dark rim that shows them on anything.

    A crowd has very many. Pens, rectangles and lines are used again: to make them takes longer than to paint.

    Args:
        painter: Of the widget, without a brush.
        boxes: The last on top.
        mapping: Picture -> widget.
        area: The visible part of the widget.
    """
    least_x, least_y = area.left() - _REACH, area.top() - _REACH
    most_x, most_y = area.right() + _REACH, area.bottom() + _REACH
    rect, ticks = QRectF(), [QLineF() for _ in range(8)]
    for view in boxes:
        x, y, w, h = mapping.place_of(view.box)
        if x > most_x or y > most_y or x + w < least_x or y + h < least_y:
            continue
        line = _line(view.colour.rgba(), view.layer, view.selected)
        if line.rim is not None:
            _paint_rim(painter, rect, (x, y, w, h), line.rim, line.rim_width / 2)
        painter.setPen(line.pen)
        rect.setRect(x, y, w, h)
        painter.drawRect(rect)
        if line.ticks is not None:
            painter.setPen(line.ticks)
            _paint_corner_ticks(painter, ticks, x, y, w, h)


def _paint_rim(
    painter: QPainter, rect: QRectF, box: tuple[float, float, float, float], colour: QColor, half: float
) -> None:
    """What a pen with a mitred join would draw, at a quarter of its price where the colour lets something through."""
    x, y, w, h = box
    wide = 2 * half
    if w <= wide or h <= wide:
        rect.setRect(x - half, y - half, w + wide, h + wide)
        painter.fillRect(rect, colour)
        return
    rect.setRect(x - half, y - half, w + wide, wide)
    painter.fillRect(rect, colour)
    rect.setRect(x - half, y + h - half, w + wide, wide)
    painter.fillRect(rect, colour)
    rect.setRect(x - half, y + half, wide, h - wide)
    painter.fillRect(rect, colour)
    rect.setRect(x + w - half, y + half, wide, h - wide)
    painter.fillRect(rect, colour)


def _paint_corner_ticks(painter: QPainter, lines: list[QLineF], x: float, y: float, w: float, h: float) -> None:
    length = min(_TICK_LENGTH, w / 3, h / 3)
    ticks = iter(lines)
    for corner, across in ((x, length), (x + w, -length)):
        for edge, down in ((y, length), (y + h, -length)):
            next(ticks).setLine(corner, edge, corner + across, edge)
            next(ticks).setLine(corner, edge, corner, edge + down)
    painter.drawLines(lines)


@dataclass(frozen=True, slots=True)
class _Line:
    """How a box's line is drawn: over a rim, if there is one, and with ticks, if there are some."""

    pen: QPen
    rim: QColor | None
    rim_width: float
    ticks: QPen | None


@lru_cache(maxsize=4096)
def _line(colour: int, layer: BoxLayer, selected: bool) -> _Line:
    shown = QColor.fromRgba(colour)
    width = (2.0 if layer is BoxLayer.HUMAN else 1.0) + (1.0 if selected else 0.0)
    pen = QPen(shown, width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if layer is BoxLayer.DOUBTFUL:
        # under dashes the rim is dark and no wider than they are: it fills the gaps and does not blur them away
        pen.setWidthF(width + 1.0)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([4.0, 3.0])
        return _Line(pen, _GAP, width + 1.0, None)
    if layer is BoxLayer.GHOST:
        shown.setAlphaF(0.85)
        pen.setColor(shown)
        pen.setWidthF(1.5)
        pen.setDashPattern([2.0, 2.5])
        return _Line(pen, None, 0.0, None)
    ticks = None
    if layer is BoxLayer.HUMAN:
        ticks = QPen(shown, width + 2)
        ticks.setCapStyle(Qt.PenCapStyle.SquareCap)
    return _Line(pen, HALO, width + 2, ticks)


def paint_handles(painter: QPainter, view: BoxView, mapping: PictureMapping) -> None:
    """Draw the handles: filled in the Track's colour, ringed for contrast."""
    painter.setPen(QPen(ink_on(view.colour), 1.5))
    painter.setBrush(view.colour)
    for center in handle_points(mapping.box_rect(view.box)).values():
        painter.drawRect(QRectF(center.x() - HANDLE_SIZE / 2, center.y() - HANDLE_SIZE / 2, HANDLE_SIZE, HANDLE_SIZE))
