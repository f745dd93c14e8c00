"""The timeline: lanes that are clicked, scrubbed, zoomed, and dragged over to choose frames."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from app.views.frame_axis import GUTTER, FrameAxis, plot_width
from app.views.frame_range import FrameRange
from app.views.lanes_view import LanesView
from app.views.timeline_lane import Lane, LaneRow
from app.views.timeline_painting import LANE_HEIGHT, RULER_HEIGHT
from app.views.tokens import Tokens

_ZOOM_STEP = 1.25
_DRAG_THRESHOLD = 4.0
"""Px the mouse must go over the lanes before a press chooses frames and is no click."""


class Timeline(LanesView):
    """What the mouse and the keys do to the lanes; it changes nothing itself and says what is wanted by signal.

    Signals:
        frame_requested: The frame under a click or drag.
        track_selected: Track id of the lane clicked.
        range_chosen: FrameRange that was dragged out over the lanes.
        menu_requested: Global place of a right click or of the menu key.
    """

    frame_requested = Signal(int)
    track_selected = Signal(int)
    range_chosen = Signal(object)
    menu_requested = Signal(QPoint)

    def __init__(self, axis: FrameAxis, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(axis, tokens, parent)
        self._seeking = False
        self._range_from: int | None = None
        self._drags_range = False
        self._press_x = 0.0
        self._pan_from: float | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Left: select the lane and go to the frame; on the ruler scrub, over the lanes choose a range by dragging.

        With Shift the range reaches from the current frame, or from its other end, to here. Middle: move along.
        """
        if event.button() == Qt.MouseButton.MiddleButton:
            self._pan_from = event.position().x()
        elif event.button() == Qt.MouseButton.LeftButton:
            row = self._row_at(event.position())
            if row is not None and row.lane.track_id != self._selected:
                self.track_selected.emit(row.lane.track_id)
            in_plot = event.position().x() >= GUTTER and self._axis.frame_count > 0
            if in_plot and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._extend_range(self._axis.frame_at(event.position().x(), self.width()))
                return
            self._seeking = in_plot
            self._seek(event.position())
            if in_plot and event.position().y() >= RULER_HEIGHT:
                self._seeking = False
                self._range_from = self._axis.frame_at(event.position().x(), self.width())
                self._press_x = event.position().x()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Scrub or move along while a button is down."""
        if self._pan_from is not None:
            moved = event.position().x() - self._pan_from
            self._pan_from = event.position().x()
            self._axis.pan(-moved / plot_width(self.width()) * self._axis.span)
        elif self._range_from is not None:
            if self._drags_range or abs(event.position().x() - self._press_x) >= _DRAG_THRESHOLD:
                self._drags_range = True
                here = self._axis.frame_at(event.position().x(), self.width())
                self.range_chosen.emit(FrameRange.between(self._range_from, here))
        else:
            self._seek(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """The end of scrubbing or moving."""
        if event.button() == Qt.MouseButton.MiddleButton:
            self._pan_from = None
        elif event.button() == Qt.MouseButton.LeftButton:
            self._seeking, self._drags_range, self._range_from = False, False, None

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802  # Qt's name
        """Offer what can be done with the chosen frames."""
        self.menu_requested.emit(event.globalPos())

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
        """Arrows step and change lanes, with Shift they choose frames; Home and End go to the ends, plus/minus zoom."""
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self._axis.frame_count - 1}
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        zooms = {Qt.Key.Key_Plus: _ZOOM_STEP, Qt.Key.Key_Equal: _ZOOM_STEP, Qt.Key.Key_Minus: 1 / _ZOOM_STEP}
        lanes = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if (key in ends or key in steps) and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            target = min(max(ends.get(key, self._frame + steps.get(key, 0)), 0), self._axis.frame_count - 1)
            self._extend_range(target)
            self._request(target)
        elif key in ends or key in steps:
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
        return self._row(index) if index < len(self._track_ids) else None

    def _seek(self, position: QPointF) -> None:
        if self._seeking:
            self._request(self._axis.frame_at(position.x(), self.width()))

    def _request(self, frame: int) -> None:
        frame = min(max(frame, 0), self._axis.frame_count - 1)
        if self._axis.frame_count and frame != self._frame:
            self.frame_requested.emit(frame)

    def _extend_range(self, frame: int) -> None:
        """Let the range reach to a frame: from its end that is further away, or from the current frame."""
        if self._axis.frame_count == 0:
            return
        anchor = self._frame
        if self._range is not None and self._range.count > 1:
            near_first = abs(frame - self._range.first) <= abs(frame - self._range.last)
            if self._frame in {self._range.first, self._range.last}:
                near_first = self._frame == self._range.first  # the end that stands under the cursor moves
            anchor = self._range.last if near_first else self._range.first
        self.range_chosen.emit(FrameRange.between(anchor, frame))

    def _select_beside(self, offset: int) -> None:
        if self._track_ids:
            index = self._places[self._selected] + offset if self._selected in self._places else 0
            self.track_selected.emit(self._track_ids[min(max(index, 0), len(self._track_ids) - 1)])

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
        return self.tr("{0}, frame {1}: {2}").format(lane.name, frame + self.frame_base, what)
