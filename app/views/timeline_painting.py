"""How the timeline draws its ruler, a lane and the cursor."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QImage, QPainter, QPen, QPixmap, QPolygonF

from app.views.colours import Colours
from app.views.frame_axis import GUTTER, MARGIN, FrameAxis, plot_width
from app.views.frame_range import FrameRange
from app.views.timeline_lane import Lane, LaneMarks

RULER_HEIGHT = 22
LANE_HEIGHT = 26
_BAND_HEIGHT = 8.0
_DIAMOND = 6.0
_NUMBER_DISTANCE = 84.0
"""Least px between two numbers on the ruler."""
_FLAGS_APART = 3.0
"""Least px between two bookmarks: thousands of them are painted anew at each step."""


@dataclass(frozen=True, slots=True)
class RunSpan:
    """A run in progress.

    Attributes:
        track_ids: The Tracks it carries.
        start_frame: Where it started.
        frame: How far it is.
    """

    track_ids: frozenset[int]
    start_frame: int
    frame: int


def paint_ruler(painter: QPainter, rect: QRectF, axis: FrameAxis, colours: Colours, base: int = 0) -> None:
    """Draw frame numbers at round distances with small ticks between them; the first frame has number ``base``."""
    painter.fillRect(rect, colours.raised)
    if not axis.frame_count:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setClipRect(rect.adjusted(GUTTER - 1, 0, 0, 0))
    step = round_step(axis.span * _NUMBER_DISTANCE / max(rect.width() - GUTTER - MARGIN, 1.0))
    small = max(step // 5, 1)
    metrics = QFontMetricsF(painter.font())
    last = min(axis.last, axis.frame_count - 1)
    # a number starts left of the visible range and reaches into it
    start = max(math.ceil(max(axis.first, 0.0)) + base - step, base) // small * small
    for number in range(start, math.floor(last) + base + 1, small):
        if number < base:
            continue
        x = axis.x_of(number - base, rect.width())
        tall = number % step == 0
        painter.setPen(colours.muted if tall else colours.disabled)
        painter.drawLine(QLineF(x, rect.bottom() - (7 if tall else 4), x, rect.bottom()))
        if tall and x + 4 + metrics.horizontalAdvance(str(number)) <= rect.width():
            painter.setPen(colours.muted)
            painter.drawText(QPointF(x + 4, rect.top() + metrics.ascent() + 2), str(number))
    painter.restore()


def round_step(least: float) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50, ... that is not under ``least``."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if step * factor >= least:
                return step * factor
        step *= 10


def paint_lane(
    painter: QPainter,
    rect: QRectF,
    lane: Lane,
    marks: LaneMarks,
    axis: FrameAxis,
    run: RunSpan | None,
    colours: Colours,
    *,
    selected: bool,
) -> None:
    """Draw one lane: name, confidence band, doubt marks, outside spans, run and keyframes."""
    painter.save()
    if selected:
        painter.fillRect(rect, colours.raised)
        painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), colours.accent)
    _paint_name(painter, rect, lane, colours, selected=selected)
    painter.setPen(colours.raised if not selected else colours.panel)
    painter.drawLine(QLineF(rect.left(), rect.bottom() - 0.5, rect.right(), rect.bottom() - 0.5))
    plot = QRectF(GUTTER, rect.top(), max(rect.width() - GUTTER - MARGIN, 1.0), rect.height())
    painter.setClipRect(plot.adjusted(-_DIAMOND, 0, _DIAMOND, 0))
    band = QRectF(plot.left(), plot.center().y() - _BAND_HEIGHT / 2, plot.width(), _BAND_HEIGHT)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(band, marks.confidence)
    _paint_interpolated(painter, band, marks, axis, rect.width(), colours)
    # doubts are told by place and shape too: a low bar where two peaks competed, a cut right through where it was lost
    _fill_columns(painter, marks.uncertain, QRectF(band.left(), band.bottom() + 1, band.width(), 3), colours.doubt)
    _fill_columns(
        painter, marks.lost, QRectF(band.left(), band.top() - 2, band.width(), band.height() + 6), colours.bad
    )
    _paint_outside(painter, band, marks, axis, rect.width(), colours, colours.raised if selected else colours.panel)
    if run is not None:
        _paint_run(painter, plot, run, axis, rect.width(), colours)
    _paint_keyframes(painter, plot, marks.keyframes, axis, colours)
    painter.restore()


def paint_bookmarks(painter: QPainter, rect: QRectF, axis: FrameAxis, frames: Sequence[int], colours: Colours) -> None:
    """Draw a small flag on the ruler at every visible bookmark, or one for those that could not be told apart."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.doubt)
    apart, top = _FLAGS_APART * axis.span / max(plot_width(rect.width()), 1.0), rect.top() + 1
    place, end = bisect_left(frames, axis.first), bisect_right(frames, axis.last)
    while place < end:
        x = axis.x_of(frames[place], rect.width())
        painter.drawRect(QRectF(x - 0.5, top, 1.5, rect.height() - 1))
        painter.drawPolygon(QPolygonF([QPointF(x, top), QPointF(x + 8, top + 3.5), QPointF(x, top + 7)]))
        place = bisect_left(frames, frames[place] + apart, place + 1)
    painter.restore()


def paint_range(painter: QPainter, rect: QRectF, axis: FrameAxis, chosen: FrameRange, colours: Colours) -> None:
    """Draw the chosen frames as a veil over the lanes with a bar on the ruler."""
    left = max(axis.x_of(chosen.first - 0.5, rect.width()), GUTTER)
    right = min(axis.x_of(chosen.last + 0.5, rect.width()), rect.width() - MARGIN)
    if right <= left:
        return
    veil = QColor(colours.accent)
    veil.setAlphaF(0.18)
    painter.fillRect(QRectF(left, RULER_HEIGHT, right - left, rect.height() - RULER_HEIGHT), veil)
    painter.fillRect(QRectF(left, RULER_HEIGHT - 3, right - left, 3), colours.accent)
    for x in (left, right - 1):
        painter.fillRect(QRectF(x, RULER_HEIGHT - 3, 1, rect.height()), colours.accent)


def paint_cursor(painter: QPainter, rect: QRectF, axis: FrameAxis, frame: int, colours: Colours) -> None:
    """Draw the current frame as a line from a flag on the ruler through all lanes."""
    x = axis.x_of(frame, rect.width())
    if not GUTTER - 1 <= x <= rect.width() - MARGIN + 1:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colours.text, 1))
    painter.drawLine(QLineF(x, RULER_HEIGHT - 6, x, rect.bottom()))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.text)
    painter.drawPolygon(
        QPolygonF([QPointF(x - 5, RULER_HEIGHT - 11), QPointF(x + 5, RULER_HEIGHT - 11), QPointF(x, RULER_HEIGHT - 3)])
    )
    painter.restore()


def _paint_name(painter: QPainter, rect: QRectF, lane: Lane, colours: Colours, *, selected: bool) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(lane.colour)
    painter.drawRoundedRect(QRectF(rect.left() + 10, rect.center().y() - 5, 10, 10), 2, 2)
    room = QRectF(rect.left() + 28, rect.top(), GUTTER - 40, rect.height())
    painter.setPen(colours.text if selected else colours.muted)
    text = QFontMetricsF(painter.font()).elidedText(lane.name, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _paint_outside(
    painter: QPainter, band: QRectF, marks: LaneMarks, axis: FrameAxis, width: float, colours: Colours, ground: QColor
) -> None:
    """Hatched; what was tracked below it, and where it was lost, is hidden, as on the picture."""
    for first, last in marks.outside:
        left = max(axis.x_of(first - 0.5, width), band.left())
        right = min(axis.x_of(last + 0.5, width), band.right())
        span = QRectF(left, band.top(), max(right - left, 1.0), band.height())
        painter.fillRect(span.adjusted(0, -2, 0, 4), ground)
        painter.fillRect(span, QBrush(colours.disabled, Qt.BrushStyle.BDiagPattern))
        painter.setPen(QPen(colours.muted, 2))
        painter.drawLine(QLineF(left, band.top() - 2, left, band.bottom() + 2))


def _paint_interpolated(
    painter: QPainter, band: QRectF, marks: LaneMarks, axis: FrameAxis, width: float, colours: Colours
) -> None:
    """A straight line from keyframe to keyframe; what was tracked below it is hidden, as on the picture."""
    for first, last in marks.interpolated:
        left = max(axis.x_of(first, width), band.left())
        right = min(axis.x_of(last, width), band.right())
        painter.fillRect(QRectF(left, band.top(), right - left, band.height()), colours.raised)
        painter.fillRect(QRectF(left, band.center().y() - 1, right - left, 2), colours.human)


def _paint_run(painter: QPainter, plot: QRectF, run: RunSpan, axis: FrameAxis, width: float, colours: Colours) -> None:
    start, head = axis.x_of(run.start_frame, width), axis.x_of(run.frame, width)
    painter.fillRect(QRectF(min(start, head), plot.bottom() - 4, abs(head - start), 2), colours.accent)
    way = 1 if head >= start else -1
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.accent)
    y = plot.bottom() - 3
    painter.drawPolygon(QPolygonF([QPointF(head, y - 4), QPointF(head + way * 6, y), QPointF(head, y + 4)]))


def _paint_keyframes(
    painter: QPainter, plot: QRectF, frames: npt.NDArray[np.int64], axis: FrameAxis, colours: Colours
) -> None:
    """Diamonds while they have room, one bar a pixel column where they stand too close."""
    if not len(frames):
        return
    xs = GUTTER + (frames - axis.first) / axis.span * plot.width()
    y = plot.center().y()
    if len(frames) > 1 and _middle(np.diff(xs)) < _DIAMOND:
        columns = np.clip(np.floor(xs - plot.left()), 0, plot.width() - 1).astype(np.int64)
        bar = QRectF(plot.left(), y - _BAND_HEIGHT / 2 - 2, plot.width(), _BAND_HEIGHT + 4)
        _fill_columns(painter, columns, bar, colours.human)
        return
    diamond = _diamond(colours.human.rgba(), colours.panel.rgba(), painter.device().devicePixelRatioF())
    half = diamond.deviceIndependentSize().width() / 2
    for x in xs.tolist():
        painter.drawPixmap(QPointF(x - half, y - half), diamond)


def _middle(values: npt.NDArray[np.float64]) -> float:
    """The median, or the value just above it; numpy's own loads a tenth of a second of code the first time."""
    return float(np.partition(values, len(values) // 2)[len(values) // 2])


@lru_cache(maxsize=8)
def _diamond(fill: int, edge: int, scale: float) -> QPixmap:
    """A keyframe's mark, drawn once: hundreds of polygons a lane would cost more than all the rest of it."""
    side = 2 * math.ceil(_DIAMOND + 2)
    picture = QPixmap(round(side * scale), round(side * scale))
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor.fromRgba(edge), 1.5))
    painter.setBrush(QColor.fromRgba(fill))
    middle = side / 2
    corners = ((-_DIAMOND, 0.0), (0.0, -_DIAMOND), (_DIAMOND, 0.0), (0.0, _DIAMOND))
    painter.drawPolygon(QPolygonF([QPointF(middle + x, middle + y) for x, y in corners]))
    painter.end()
    return picture


def _fill_columns(painter: QPainter, columns: npt.NDArray[np.int64], bar: QRectF, colour: QColor) -> None:
    """Fill every given pixel column of a lane, at least two px wide; one picture, however many columns there are.

    Args:
        painter: Its clip is the lane.
        columns: Numbers from the left edge of ``bar``.
        bar: All columns.
        colour: Opaque.
    """
    if not len(columns):
        return
    count = max(round(bar.width()), 1)
    row = np.zeros(count, dtype=np.uint32)
    row[columns] = row[np.minimum(columns + 1, count - 1)] = colour.rgba()
    picture = QImage(row.tobytes(), count, 1, QImage.Format.Format_ARGB32).copy()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(QRectF(bar.left(), bar.top(), count, bar.height()), picture)
