"""The lanes of the timeline as they are shown: one a Track, on the shared frame axis."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from app.views.colours import Colours
from app.views.frame_axis import FrameAxis, plot_width
from app.views.frame_range import FrameRange
from app.views.step_by_step import AfterPicture
from app.views.timeline_lane import Lane, LaneRow, row_of
from app.views.timeline_painting import (
    LANE_HEIGHT,
    RULER_HEIGHT,
    RunSpan,
    paint_bookmarks,
    paint_cursor,
    paint_lane,
    paint_range,
    paint_ruler,
)
from app.views.tokens import Tokens

_NO_LANES: dict[int, Lane] = {}


class LanesView(QAbstractScrollArea):
    """Lanes with keyframes, confidence, doubts and gaps; only the visible range is looked at, at any length.

    Args:
        axis: Shared with the confidence curve.
        tokens: The theme in use.
        parent: Qt owner.
    """

    def __init__(self, axis: FrameAxis, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._axis = axis
        self._colours = Colours.of(tokens)
        self._track_ids: list[int] = []
        self._places: dict[int, int] = {}
        """Track id -> index of its lane; a run of a thousand Tracks asks for each of them at each frame."""
        self._lane_of: Callable[[int], Lane] = _NO_LANES.__getitem__
        self._rows: dict[int, LaneRow] = {}
        """Of the lanes that have been in sight, by Track id."""
        self._current: set[int] = set()
        """Of these, those whose names and colours are what they are now."""
        self._selected = 0
        self._frame = 0
        self._run: RunSpan | None = None
        self._range: FrameRange | None = None
        self._bookmarks: tuple[int, ...] = ()
        self._focus_by_key = False
        self._empty_text = self.tr("No tracks yet")
        self.frame_base = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)
        self.setMinimumHeight(RULER_HEIGHT + LANE_HEIGHT)
        self.setAccessibleName(self.tr("Timeline"))
        self._still: QPixmap | None = None
        """All but the cursor: at a step nothing else is another."""
        self._later = AfterPicture(self._move_cursor, self)
        axis.changed.connect(self._axis_changed)

    # ------------------------------------------------------------------- data

    def set_lanes(self, track_ids: Sequence[int], lane_of: Callable[[int], Lane]) -> None:
        """Show these Tracks, from top to bottom; what has been worked out of those that were there stays.

        Args:
            track_ids: Of any number of Tracks.
            lane_of: Their lanes, asked for as they come into sight.
        """
        self._track_ids, self._lane_of = list(track_ids), lane_of
        self._places = {track_id: index for index, track_id in enumerate(self._track_ids)}
        self._rows = {track_id: row for track_id, row in self._rows.items() if track_id in self._places}
        self._current.clear()
        self.setAccessibleDescription(self.tr("%n track(s)", "", len(self._track_ids)))
        self._update_scroll_bars()
        self.paint_anew()

    def clear_lanes(self) -> None:
        """Show none, and let go of what there was."""
        self.set_lanes((), _NO_LANES.__getitem__)

    def boxes_changed(self, track_id: int) -> None:
        """Tracked boxes of a Track have come or gone; looked at again with the next painting."""
        row = self._rows.get(track_id)
        if row is not None:
            row.boxes_changed()
            self._update_lane(self._places[track_id])

    def keyframes_changed(self, track_id: int) -> None:
        """Keyframes of a Track have come, gone or become others."""
        row = self._rows.get(track_id)
        if row is not None:
            row.keyframes_changed()
            self._update_lane(self._places[track_id])

    def set_selected_track(self, track_id: int) -> None:
        """Highlight this Track's lane (0: none) and bring it into sight."""
        self._selected = track_id
        if track_id in self._places:
            self._bring_into_sight(self._places[track_id])
        self.paint_anew()

    def set_current_frame(self, frame: int) -> None:
        """Move the cursor."""
        self._frame = frame
        self._later.begin()

    def set_run(self, track_ids: Sequence[int], start_frame: int, frame: int) -> None:
        """Show a run that has come from ``start_frame`` to ``frame``, either way in time."""
        self._run = RunSpan(frozenset(track_ids), start_frame, frame)
        self._still = None
        self._later.begin()

    def set_frame_base(self, base: int) -> None:
        """Number that the first frame has on the ruler."""
        self.frame_base = base
        self.paint_anew()

    def set_bookmarks(self, frames: Iterable[int]) -> None:
        """Mark these frames on the ruler."""
        self._bookmarks = tuple(frames)
        self.paint_anew()

    def set_range(self, chosen: FrameRange | None) -> None:
        """Show the chosen frames, or none."""
        if chosen != self._range:
            self._range = chosen
            self.paint_anew()

    def clear_run(self) -> None:
        """The run is over."""
        self._run = None
        self.paint_anew()

    def set_empty_text(self, text: str) -> None:
        """What stands there while there are no lanes."""
        self._empty_text = text
        self.paint_anew()

    def set_theme(self, tokens: Tokens) -> None:
        """Use other colours."""
        self._colours = Colours.of(tokens)
        self.paint_anew()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Room for a few lanes."""
        return QSize(640, RULER_HEIGHT + 5 * LANE_HEIGHT)

    def has_lane(self, track_id: int) -> bool:
        """Whether a lane shows this Track."""
        return track_id in self._places

    def lane_center(self, track_id: int) -> float:
        """Viewport y of the middle of a Track's lane.

        Raises:
            KeyError: No lane shows this Track.
        """
        return self._lane_rect(self._places[track_id]).center().y()

    # ----------------------------------------------------------------- painting

    def paint_anew(self) -> None:
        """Something is shown otherwise."""
        self._still = None
        self.viewport().update()

    def _move_cursor(self) -> None:
        self.viewport().update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw the visible lanes, the ruler over them, and the cursor over all."""
        ratio = self.devicePixelRatioF()
        size = self.viewport().size() * ratio
        if self._still is None or self._still.size() != size or self._still.devicePixelRatioF() != ratio:
            self._still = QPixmap(size)
            self._still.setDevicePixelRatio(ratio)
            self._paint_still(self._still)
        painter = QPainter(self.viewport())
        painter.drawPixmap(0, 0, self._still)
        rect = QRectF(0, 0, self.width(), self.viewport().height())
        if self._axis.frame_count:
            paint_cursor(painter, rect, self._axis, self._frame, self._colours)
        if self.hasFocus() and self._focus_by_key:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._colours.focus, 2))
            painter.drawRect(QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_still(self, picture: QPixmap) -> None:
        painter = QPainter(picture)
        painter.setFont(self.font())
        painter.fillRect(self.viewport().rect(), self._colours.panel)
        width, height = self.width(), self.viewport().height()
        axis = self._axis
        top = self.verticalScrollBar().value() // LANE_HEIGHT
        for index in range(top, min(top + height // LANE_HEIGHT + 2, len(self._track_ids))):
            row = self._row(index)
            marks = row.marks(axis.first, axis.last, round(plot_width(width)), axis.frame_count)
            run = self._run if self._run is not None and row.lane.track_id in self._run.track_ids else None
            selected = row.lane.track_id == self._selected
            paint_lane(painter, self._lane_rect(index), row.lane, marks, axis, run, self._colours, selected=selected)
        if not self._track_ids:
            painter.setPen(self._colours.muted)
            area = QRectF(0, RULER_HEIGHT, width, height - RULER_HEIGHT)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self._empty_text)
        paint_ruler(painter, QRectF(0, 0, width, RULER_HEIGHT), axis, self._colours, self.frame_base)
        paint_bookmarks(painter, QRectF(0, 0, width, RULER_HEIGHT), axis, self._bookmarks, self._colours)
        if self._range is not None:
            paint_range(painter, QRectF(0, 0, width, height), axis, self._range, self._colours)
        painter.end()

    def _row(self, index: int) -> LaneRow:
        """What has been worked out of a lane; made when it comes into sight, for there are thousands."""
        track_id = self._track_ids[index]
        row = self._rows.get(track_id)
        if row is None or track_id not in self._current:
            row = self._rows[track_id] = row_of(self._lane_of(track_id), row)
            self._current.add(track_id)
        return row

    def _lane_rect(self, index: int) -> QRectF:
        top = RULER_HEIGHT + index * LANE_HEIGHT - self.verticalScrollBar().value()
        return QRectF(0, top, self.width(), LANE_HEIGHT)

    def _update_lane(self, index: int) -> None:
        rect = self._lane_rect(index)
        if rect.bottom() > 0 and rect.top() < self.viewport().height():
            self._still = None
            self._later.begin()

    # ---------------------------------------------------------------- scrolling

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Another number of lanes and columns fits."""
        super().resizeEvent(event)
        self._update_scroll_bars()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: ARG002, N802  # Qt's name
        """Paint anew: the ruler and the cursor stay where they are."""
        self.paint_anew()

    def _axis_changed(self) -> None:
        self._update_scroll_bars()
        self.paint_anew()

    def _update_scroll_bars(self) -> None:
        room = max(self.viewport().height() - RULER_HEIGHT, 0)
        vertical = self.verticalScrollBar()
        vertical.setPageStep(room)
        vertical.setSingleStep(LANE_HEIGHT)
        vertical.setRange(0, max(len(self._track_ids) * LANE_HEIGHT - room, 0))
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
