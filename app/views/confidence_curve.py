"""The selected Track's score over time: click a dip to go there."""

# mypy: disallow-untyped-calls=False
# pyqtgraph has no types
from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QGraphicsSimpleTextItem, QToolTip, QWidget

from app.views.colours import Colours
from app.views.frame_axis import GUTTER, MARGIN, FrameAxis, plot_width
from app.views.frame_columns import FrameColumns
from app.views.frame_range import FrameRange
from app.views.score_series import ScoreSeries
from app.views.step_by_step import AfterPicture
from app.views.tokens import Tokens

_REFRESH_MS = 33
"""While a run appends, the line is drawn anew at most this often."""
_ZOOM_STEP = 1.25
_LINE_REACH = 4.0
"""Px beside the threshold line from which it is taken hold of."""
_TITLE_LEFT = 28
"""Where the timeline's names start."""
_DOTS_BELOW = 120
"""Fewer visible frames than this are also drawn as dots."""


class ConfidenceCurve(pg.PlotWidget):
    """Line plot of scores with threshold, keyframe marks and the current frame, on the shared frame axis.

    Signals:
        frame_requested: The frame under a click or drag.
        threshold_dragged: The score to which the person has dragged the threshold line.
    """

    frame_requested = Signal(int)
    threshold_dragged = Signal(float)

    def __init__(self, axis: FrameAxis, tokens: Tokens, parent: QWidget | None = None) -> None:
        # the plot widget resizes itself while it is being made
        self._built = False
        super().__init__(parent=parent)
        self._axis = axis
        self._series = ScoreSeries()
        self._keyframes: npt.NDArray[np.int64] = np.empty(0, dtype=np.int64)
        self._threshold = 0.25
        self._tokens = tokens
        self._line_colour, self._dip_colour = Colours.of(tokens).accent, Colours.of(tokens).bad
        self._frame = 0
        self.frame_base = 0
        self._drags_threshold = False
        self._top = 1.0
        self._build()
        self._refresh_timer = QTimer(self)
        self._refresh_timer.setSingleShot(True)
        self._refresh_timer.setInterval(_REFRESH_MS)
        self._refresh_timer.timeout.connect(self._refresh)
        self._later = AfterPicture(self._move_cursor, self)
        axis.changed.connect(self._refresh)
        # the timeline below does the same by key; one stop for Tab is enough
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(56)
        self.setAccessibleName(self.tr("Confidence curve of the selected track"))
        self._built = True
        self.set_theme(tokens)

    # ------------------------------------------------------------------- data

    def show_track(self, scores: npt.NDArray[np.float32], keyframes: Iterable[int]) -> None:
        """Show a Track: ``scores[0]`` is frame 0, NaN where there is no tracked box; marks on these keyframes."""
        self._keyframes = np.sort(np.fromiter(keyframes, dtype=np.int64))
        self.set_scores(0, scores)

    def set_scores(self, first: int, scores: npt.NDArray[np.float32]) -> None:
        """Show other scores: ``scores[0]`` is frame ``first``; NaN where there is no tracked box."""
        self._series.replace(first, scores)
        self._refresh()

    def append(self, frame: int, score: float) -> None:
        """One more frame of a run, either way in time; drawn within a few hundredths of a second."""
        self._series.set(frame, score)
        if not self._refresh_timer.isActive():
            self._refresh_timer.start()

    def set_keyframes(self, frames: Iterable[int]) -> None:
        """Mark these frames as keyframes."""
        self._keyframes = np.sort(np.fromiter(frames, dtype=np.int64))
        self._refresh()

    def set_threshold(self, threshold: float) -> None:
        """Below this score a frame is doubtful."""
        self._threshold = threshold
        self._threshold_line.setValue(threshold)
        self._refresh()

    def set_range(self, chosen: FrameRange | None) -> None:
        """Show the chosen frames, or none."""
        self._region.setVisible(chosen is not None)
        if chosen is not None:
            self._region.setRegion((chosen.first - 0.5, chosen.last + 0.5))

    def set_current_frame(self, frame: int) -> None:
        """Move the cursor."""
        self._frame = frame
        self._later.begin()

    def set_theme(self, tokens: Tokens) -> None:
        """Use other colours."""
        self._tokens = tokens
        colours = Colours.of(tokens)
        self.setBackground(colours.panel)
        self._line_colour, self._dip_colour = colours.accent, colours.bad
        self._dots.setBrush(pg.mkBrush(colours.accent))
        self._marks.setBrush(pg.mkBrush(colours.human))
        ratio = self.devicePixelRatioF()
        self._marks.setPen(pg.mkPen(colours.panel, width=ratio))
        self._threshold_line.setPen(pg.mkPen(colours.doubt, width=ratio, style=Qt.PenStyle.DashLine))
        self._cursor_line.setPen(pg.mkPen(colours.text, width=ratio))
        veil = QColor(colours.accent)
        veil.setAlphaF(0.18)
        self._region.setBrush(pg.mkBrush(veil))
        for line in self._region.lines:
            line.setPen(pg.mkPen(colours.accent, width=ratio))
        left = self.getPlotItem().getAxis("left")
        left.setPen(pg.mkPen(colours.disabled))
        left.setTextPen(pg.mkPen(colours.muted))
        self._title.setBrush(colours.muted)
        self._refresh()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Low and wide."""
        return QSize(640, 96)

    # ---------------------------------------------------------------- drawing

    def _build(self) -> None:
        plot = self.getPlotItem()
        plot.setMenuEnabled(False)
        plot.hideButtons()
        plot.hideAxis("bottom")
        plot.layout.setContentsMargins(0, 4, MARGIN, 4)
        plot.layout.setSpacing(0)
        plot.getViewBox().disableAutoRange()
        plot.getViewBox().setMouseEnabled(x=False, y=False)
        left = plot.getAxis("left")
        left.setWidth(GUTTER)
        left.setTicks([[(0.0, "0"), (0.5, "0.5"), (1.0, "1")]])
        left.setStyle(tickLength=-4)
        self._line = pg.PlotCurveItem(connect="finite", antialias=True)
        self._dips = pg.PlotCurveItem(connect="finite", antialias=True)
        self._dots = pg.ScatterPlotItem(size=4, pen=None, pxMode=True)
        self._marks = pg.ScatterPlotItem(size=9, symbol="d", pxMode=True)
        self._threshold_line = pg.InfiniteLine(self._threshold, angle=0)
        self._cursor_line = pg.InfiniteLine(0, angle=90)
        self._region = pg.LinearRegionItem(movable=False)
        self._region.hide()
        self._title = QGraphicsSimpleTextItem(self.tr("Confidence"))
        self._title.setFont(self.font())
        self.scene().addItem(self._title)
        for item in (
            self._region,
            self._threshold_line,
            self._line,
            self._dips,
            self._dots,
            self._marks,
            self._cursor_line,
        ):
            plot.addItem(item, ignoreBounds=True)

    def _move_cursor(self) -> None:
        self._cursor_line.setValue(self._frame)

    def _refresh(self) -> None:
        """Bring the visible range up to date; the cost depends on the widget's width, hardly on the Sequence."""
        axis = self._axis
        self._top = max(1.0, self._series.highest) * 1.12
        self.getPlotItem().getViewBox().setRange(xRange=(axis.first, axis.last), yRange=(-0.04, self._top), padding=0)
        count = round(plot_width(self.width()))
        columns = FrameColumns.over(axis.first, axis.last, count, axis.frame_count)
        scores = self._series.between(columns.first, columns.last)
        if len(scores) <= 2 * count:
            x, y = columns.first + np.arange(len(scores), dtype=np.float64), scores.astype(np.float64)
        else:
            x = np.repeat(columns.first + columns.starts, 2).astype(np.float64)
            y = np.stack([columns.lowest(scores), columns.highest(scores)], axis=1).ravel().astype(np.float64)
        # a line up and down in every column: smooth edges that nobody sees there take a fifth of a second to paint
        is_dense = len(scores) > 2 * count
        thin = 1.0 if is_dense else self.devicePixelRatioF()
        self._line.setPen(pg.mkPen(self._line_colour, width=thin))
        self._line.setData(x, y, antialias=not is_dense)
        self._dips.setPen(pg.mkPen(self._dip_colour, width=1.0 if is_dense else 2 * thin))
        low = np.where(_low_with_neighbours(y, self._threshold), y, np.nan)
        self._dips.setData(x, low, antialias=not is_dense)
        few = len(scores) < _DOTS_BELOW
        self._dots.setData(x[~np.isnan(y)], y[~np.isnan(y)]) if few else self._dots.clear()
        shown = self._keyframes[np.searchsorted(self._keyframes, columns.first) :]
        shown = shown[: np.searchsorted(shown, columns.last, side="right")]
        if len(shown) > count:
            shown = shown[:: len(shown) // count + 1]
        self._marks.setData(shown.astype(np.float64), np.full(len(shown), self._top - 0.08 * self._top))

    # ------------------------------------------------------------------- events

    def event(self, event: QEvent) -> bool:
        """On a screen of another scale lines are as many of its pixels wide as look the same."""
        if event.type() is QEvent.Type.DevicePixelRatioChange and self._built:
            self.set_theme(self._tokens)
        return bool(super().event(event))

    def resizeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """Another number of columns."""
        super().resizeEvent(event)
        if self._built:
            self._title.setPos(_TITLE_LEFT, (self.height() - self._title.boundingRect().height()) / 2)
            self._refresh()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Take hold of the threshold line, or go to the frame."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._drags_threshold = self._is_on_threshold(event.position())
            if not self._drags_threshold:
                self._seek(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Drag the threshold or scrub while the button is down; else show by the cursor what a press would do."""
        if not event.buttons() & Qt.MouseButton.LeftButton:
            on_line = self._is_on_threshold(event.position())
            self.setCursor(Qt.CursorShape.SizeVerCursor if on_line else Qt.CursorShape.ArrowCursor)
        elif self._drags_threshold:
            score = self.getPlotItem().getViewBox().mapSceneToView(event.position()).y()
            self.threshold_dragged.emit(round(min(max(score, 0.0), 1.0), 2))
        else:
            self._seek(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """The end of a drag."""
        self._drags_threshold = False
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # Qt's name
        """Zoom the frame axis about the mouse; sideways: move along it."""
        turn = event.angleDelta()
        if turn.y():
            about = self._axis.position_at(event.position().x(), self.width())
            self._axis.zoom(_ZOOM_STEP ** (turn.y() / 120), about)
        if turn.x():
            self._axis.pan(-turn.x() / 1200 * self._axis.span)
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Say frame and score under the mouse."""
        if isinstance(event, QHelpEvent) and self._is_on_threshold(QPointF(event.pos())):
            text = self.tr("Doubtful under {0:.2f}: drag to change").format(self._threshold)
            QToolTip.showText(event.globalPos(), text, self)
            return True
        if isinstance(event, QHelpEvent):
            frame = self._axis.frame_at(event.pos().x(), self.width())
            score = self._series.get(frame)
            words = self.tr("no tracked box") if np.isnan(score) else self.tr("score {0:.2f}").format(score)
            QToolTip.showText(event.globalPos(), self.tr("Frame {0}: {1}").format(frame + self.frame_base, words), self)
            return True
        return bool(super().viewportEvent(event))

    def threshold_y(self) -> float:
        """Widget y of the threshold line."""
        return float(self.getPlotItem().getViewBox().mapViewToScene(QPointF(0, self._threshold)).y())

    def _is_on_threshold(self, position: QPointF) -> bool:
        return position.x() >= GUTTER and abs(position.y() - self.threshold_y()) <= _LINE_REACH

    def _seek(self, position: QPointF) -> None:
        if self._axis.frame_count:
            frame = self._axis.frame_at(position.x(), self.width())
            if frame != self._frame:
                self.frame_requested.emit(frame)


def _low_with_neighbours(y: npt.NDArray[np.float64], threshold: float) -> npt.NDArray[np.bool_]:
    """Points under the threshold and the points beside them, so that a single low frame still makes a line."""
    with np.errstate(invalid="ignore"):
        low = y < threshold
    wide = low.copy()
    wide[1:] |= low[:-1]
    wide[:-1] |= low[1:]
    return wide
