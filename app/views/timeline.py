"""The timeline: one lane a Track, on the shared frame axis."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from app.views.colours import Colours
from app.views.frame_axis import GUTTER, FrameAxis, plot_width
from app.views.timeline_lane import Lane, LaneRow
from app.views.timeline_painting import LANE_HEIGHT, RULER_HEIGHT, RunSpan, paint_cursor, paint_lane, paint_ruler
from app.views.tokens import Tokens

_ZOOM_STEP = 1.25


class Timeline(QAbstractScrollArea):
    """Lanes with keyframes, confidence, doubts and gaps; only the visible range is looked at, at any length.

    Signals:
        frame_requested: The frame under a click or drag.
        track_selected: Track id of the lane clicked.
    """

    frame_requested = Signal(int)
    track_selected = Signal(int)

    def __init__(self, axis: FrameAxis, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._axis = axis
        self._colours = Colours.of(tokens)
        self._rows: list[LaneRow] = []
        self._selected = 0
        self._frame = 0
        self._run: RunSpan | None = None
        self._seeking = False
        self._pan_from: float | None = None
        self._focus_by_key = False
        self._empty_text = self.tr("No tracks yet")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)
        self.setMinimumHeight(RULER_HEIGHT + LANE_HEIGHT)
        self.setAccessibleName(self.tr("Timeline"))
        axis.changed.connect(self._axis_changed)

    # ------------------------------------------------------------------- data

    def set_lanes(self, lanes: Sequence[Lane]) -> None:
        """Show these Tracks, from top to bottom."""
        self._rows = [LaneRow(lane) for lane in lanes]
        self.setAccessibleDescription(self.tr("%n track(s)", "", len(lanes)))
        self._update_scroll_bars()
        self.viewport().update()

    def boxes_changed(self, track_id: int) -> None:
        """Tracked boxes of a Track have come or gone; looked at again with the next painting."""
        for index, row in enumerate(self._rows):
            if row.lane.track_id == track_id:
                row.boxes_changed()
                self.viewport().update(self._lane_rect(index).toAlignedRect())

    def keyframes_changed(self, track_id: int) -> None:
        """Keyframes of a Track have come, gone or become others."""
        for index, row in enumerate(self._rows):
            if row.lane.track_id == track_id:
                row.keyframes_changed()
                self.viewport().update(self._lane_rect(index).toAlignedRect())

    def set_selected_track(self, track_id: int) -> None:
        """Highlight this Track's lane (0: none) and bring it into sight."""
        self._selected = track_id
        for index, row in enumerate(self._rows):
            if row.lane.track_id == track_id:
                self._bring_into_sight(index)
        self.viewport().update()

    def set_current_frame(self, frame: int) -> None:
        """Move the cursor."""
        self._frame = frame
        self.viewport().update()

    def set_run(self, track_ids: Sequence[int], start_frame: int, frame: int) -> None:
        """Show a run that has come from ``start_frame`` to ``frame``, either way in time."""
        self._run = RunSpan(frozenset(track_ids), start_frame, frame)
        self.viewport().update()

    def clear_run(self) -> None:
        """The run is over."""
        self._run = None
        self.viewport().update()

    def set_empty_text(self, text: str) -> None:
        """What stands there while there are no lanes."""
        self._empty_text = text
        self.viewport().update()

    def set_theme(self, tokens: Tokens) -> None:
        """Use other colours."""
        self._colours = Colours.of(tokens)
        self.viewport().update()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Room for a few lanes."""
        return QSize(640, RULER_HEIGHT + 5 * LANE_HEIGHT)

    def lane_center(self, track_id: int) -> float:
        """Viewport y of the middle of a Track's lane.

        Raises:
            KeyError: No lane shows this Track.
        """
        for index, row in enumerate(self._rows):
            if row.lane.track_id == track_id:
                return self._lane_rect(index).center().y()
        raise KeyError(track_id)

    # ----------------------------------------------------------------- painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw the visible lanes, the ruler over them, and the cursor over all."""
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        painter.fillRect(event.rect(), self._colours.panel)
        width, height = self.width(), self.viewport().height()
        axis = self._axis
        for index, row in enumerate(self._rows):
            rect = self._lane_rect(index)
            if rect.bottom() < RULER_HEIGHT or rect.top() > height or not rect.intersects(QRectF(event.rect())):
                continue
            marks = row.marks(axis.first, axis.last, round(plot_width(width)), axis.frame_count)
            run = self._run if self._run is not None and row.lane.track_id in self._run.track_ids else None
            paint_lane(
                painter, rect, row.lane, marks, axis, run, self._colours, selected=row.lane.track_id == self._selected
            )
        if not self._rows:
            painter.setPen(self._colours.muted)
            area = QRectF(0, RULER_HEIGHT, width, height - RULER_HEIGHT)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self._empty_text)
        paint_ruler(painter, QRectF(0, 0, width, RULER_HEIGHT), axis, self._colours)
        if axis.frame_count:
            paint_cursor(painter, QRectF(0, 0, width, height), axis, self._frame, self._colours)
        if self.hasFocus() and self._focus_by_key:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._colours.focus, 2))
            painter.drawRect(QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1))
        painter.end()

    def _lane_rect(self, index: int) -> QRectF:
        top = RULER_HEIGHT + index * LANE_HEIGHT - self.verticalScrollBar().value()
        return QRectF(0, top, self.width(), LANE_HEIGHT)

    # ---------------------------------------------------------------- scrolling

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Another number of lanes and columns fits."""
        super().resizeEvent(event)
        self._update_scroll_bars()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: ARG002, N802  # Qt's name
        """Paint anew: the ruler and the cursor stay where they are."""
        self.viewport().update()

    def _axis_changed(self) -> None:
        self._update_scroll_bars()
        self.viewport().update()

    def _update_scroll_bars(self) -> None:
        room = max(self.viewport().height() - RULER_HEIGHT, 0)
        vertical = self.verticalScrollBar()
        vertical.setPageStep(room)
        vertical.setSingleStep(LANE_HEIGHT)
        vertical.setRange(0, max(len(self._rows) * LANE_HEIGHT - room, 0))
        axis, horizontal = self._axis, self.horizontalScrollBar()
        blocked = horizontal.blockSignals(True)
        horizontal.setPageStep(max(round(axis.span), 1))
        horizontal.setSingleStep(max(round(axis.span / 20), 1))
        horizontal.setRange(0, max(round(axis.frame_count - axis.span), 0))
        horizontal.setValue(round(axis.first + 0.5))
        horizontal.blockSignals(blocked)

    def _scrolled(self, value: int) -> None:
        self._axis.set_range(value - 0.5, value - 0.5 + self._axis.span)

    def _bring_into_sight(self, index: int) -> None:
        rect, bar = self._lane_rect(index), self.verticalScrollBar()
        if rect.top() < RULER_HEIGHT:
            bar.setValue(index * LANE_HEIGHT)
        elif rect.bottom() > self.viewport().height():
            bar.setValue(RULER_HEIGHT + (index + 1) * LANE_HEIGHT - self.viewport().height())

    # ------------------------------------------------------------------- events

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Left: select the lane, and beside its name go to the frame. Middle: move along the axis."""
        if event.button() == Qt.MouseButton.MiddleButton:
            self._pan_from = event.position().x()
        elif event.button() == Qt.MouseButton.LeftButton:
            row = self._row_at(event.position())
            if row is not None and row.lane.track_id != self._selected:
                self.track_selected.emit(row.lane.track_id)
            self._seeking = event.position().x() >= GUTTER
            self._seek(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Scrub or move along while a button is down."""
        if self._pan_from is not None:
            moved = event.position().x() - self._pan_from
            self._pan_from = event.position().x()
            self._axis.pan(-moved / plot_width(self.width()) * self._axis.span)
        else:
            self._seek(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """The end of scrubbing or moving."""
        if event.button() == Qt.MouseButton.MiddleButton:
            self._pan_from = None
        elif event.button() == Qt.MouseButton.LeftButton:
            self._seeking = False

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # Qt's name
        """Over the names: scroll the lanes. Over the plot: zoom about the mouse; sideways or with Shift: move along."""
        turn, position = event.angleDelta(), event.position()
        if position.x() < GUTTER:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - round(turn.y() / 120 * LANE_HEIGHT))
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier or turn.x():
            self._axis.pan(-(turn.x() or turn.y()) / 1200 * self._axis.span)
        elif turn.y():
            self._axis.zoom(_ZOOM_STEP ** (turn.y() / 120), self._axis.position_at(position.x(), self.width()))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Arrows step and change lanes, Home and End go to the ends, plus and minus zoom."""
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self._axis.frame_count - 1}
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        zooms = {Qt.Key.Key_Plus: _ZOOM_STEP, Qt.Key.Key_Equal: _ZOOM_STEP, Qt.Key.Key_Minus: 1 / _ZOOM_STEP}
        lanes = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key in ends or key in steps:
            self._request(ends.get(key, self._frame + steps.get(key, 0)))
        elif key in zooms:
            self._axis.zoom(zooms[key], self._frame)
        elif key in lanes:
            self._select_beside(lanes[key])
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Say what lies under the mouse."""
        if isinstance(event, QHelpEvent):
            row = self._row_at(QPointF(event.pos()))
            text = self._words(row.lane, QPointF(event.pos())) if row is not None else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """Show the focus ring where the focus came by key."""
        self._focus_by_key = event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """Take the focus ring away."""
        super().focusOutEvent(event)
        self.viewport().update()

    def _row_at(self, position: QPointF) -> LaneRow | None:
        if position.y() < RULER_HEIGHT:
            return None
        index = int((position.y() - RULER_HEIGHT + self.verticalScrollBar().value()) // LANE_HEIGHT)
        return self._rows[index] if index < len(self._rows) else None

    def _seek(self, position: QPointF) -> None:
        if self._seeking:
            self._request(self._axis.frame_at(position.x(), self.width()))

    def _request(self, frame: int) -> None:
        frame = min(max(frame, 0), self._axis.frame_count - 1)
        if self._axis.frame_count and frame != self._frame:
            self.frame_requested.emit(frame)

    def _select_beside(self, offset: int) -> None:
        ids = [row.lane.track_id for row in self._rows]
        if ids:
            index = ids.index(self._selected) + offset if self._selected in ids else 0
            self.track_selected.emit(ids[min(max(index, 0), len(ids) - 1)])

    def _words(self, lane: Lane, position: QPointF) -> str:
        if position.x() < GUTTER:
            return lane.name
        frame = self._axis.frame_at(position.x(), self.width())
        keyframe, tracked = lane.keyframes.get(frame), lane.boxes.get(frame)
        if keyframe is not None:
            what = self.tr("keyframe") if keyframe.box is not None else self.tr("outside")
        elif tracked is not None:
            what = self.tr("score {0:.2f}").format(tracked.score)
        else:
            what = self.tr("no box")
        return self.tr("{0}, frame {1}: {2}").format(lane.name, frame, what)
