"""The labels of boxes: where each goes, and how it is drawn."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from app.views.box_handles import HANDLE_SIZE
from app.views.box_item import HALO, BoxView
from app.views.label_spots import Spots
from app.views.palette import ink_on
from app.views.picture_mapping import PictureMapping

MOST_LABELS = 150
"""Labels on the picture at once; with more boxes the free places are given away, the selected one first."""
_FEW_BOXES = 8
"""Up to so many each has its whole label; of more boxes only the selected one."""
_PADDING = 5.0
_GAP = 4.0
_RIM = 1.0
_LONGEST = 280.0
_PALE = QColor.fromRgbF(0, 0, 0, 0.88).alpha() << 24
"""Alpha of all chips but the selected one's."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A label that has its place.

    Attributes:
        view: Whose it is.
        text: What it says.
        rect: In widget coordinates.
    """

    view: BoxView
    text: str
    rect: QRectF


def chips_of(boxes: Sequence[BoxView], mapping: PictureMapping, font: QFont, area: QRectF) -> list[Chip]:
    """Labels for those boxes that have room for one; the last of them chooses first.

    Labels on top of each other tell nothing, a thousand of them take a third of a second, and long ones at small boxes
    hide the picture: of many boxes each but the selected one has its number alone, unless all of it is no wider.

    Args:
        boxes: In the order of painting.
        mapping: Picture -> widget.
        font: Of the labels.
        area: The visible part of the widget.
    """
    least_x, least_y, most_x, most_y = area.left(), area.top(), area.right(), area.bottom()
    is_crowd = len(boxes) > _FEW_BOXES
    views: list[BoxView] = []
    texts: list[str] = []
    rows: list[tuple[float, ...]] = []
    for view in reversed(boxes):
        x, y, w, h = mapping.place_of(view.box)
        if view.label and x < most_x and least_x < x + w and y < most_y and least_y < y + h:
            text = view.label
            if is_crowd and not view.selected and _text_size(text, font)[0] > w:
                text = str(view.track_id)
            advance, height = _text_size(text, font)
            views.append(view)
            texts.append(text)
            # handles of a selected box stick out of it; the chip stays clear of them
            gap = _GAP + (HANDLE_SIZE / 2 if view.selected else 0)
            rows.append((x, y, w, h, min(advance + 2 * _PADDING, _LONGEST, area.width()), height + 4, gap))
    if not rows:
        return []
    spots = Spots(np.array(rows), area)
    chips: list[Chip] = []
    for row, (view, text) in enumerate(zip(views, texts, strict=True)):
        rect = spots.take(row, needs_room=is_crowd)
        if rect is not None:
            chips.append(Chip(view, text, QRectF(*rect)))
            if len(chips) == MOST_LABELS:
                break
    return chips


@lru_cache(maxsize=8192)
def _text_size(text: str, font: QFont) -> tuple[float, float]:
    metrics = QFontMetricsF(font)
    return metrics.horizontalAdvance(text), metrics.height()


def paint_chip(painter: QPainter, chip: Chip, font: QFont, scale: float) -> None:
    """Draw a label: black or white on the Track's colour, readable on any picture.

    Args:
        painter: Of the widget.
        chip: What and where.
        font: It was placed for.
        scale: Device px a px.
    """
    view, rect = chip.view, chip.rect
    colour = view.colour.rgba() if view.selected else view.colour.rgba() & 0xFFFFFF | _PALE
    # labels are mostly those of the frame before, and a crowd has very many
    picture = _drawn(chip.text, colour, font, rect.width(), rect.height(), scale)
    painter.drawPixmap(QPointF(rect.x() - _RIM, rect.y() - _RIM), picture)


@lru_cache(maxsize=512)
def _drawn(text: str, colour: int, font: QFont, width: float, height: float, scale: float) -> QPixmap:
    picture = QPixmap(*(math.ceil((side + 2 * _RIM) * scale) for side in (width, height)))
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    background, rect = QColor.fromRgba(colour), QRectF(_RIM, _RIM, width, height)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    painter.setPen(QPen(HALO, 1))
    painter.setBrush(background)
    painter.drawRoundedRect(rect, 4, 4)
    painter.setPen(ink_on(background))
    text_rect = rect.adjusted(_PADDING, 0, -_PADDING, 0)
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, text_rect.width() + 1)
    painter.drawText(text_rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    painter.end()
    return picture
