"""The Timeline dock: transport, confidence curve and lanes, all on one frame axis."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.document.tracked_boxes import TrackedBoxes
from app.session.run_state import Phase, RunState
from app.session.session import Session
from app.views.actions import Actions
from app.views.confidence_curve import ConfidenceCurve
from app.views.frame_axis import FrameAxis
from app.views.palette import shown_colour
from app.views.step_by_step import StepByStep
from app.views.timeline import Timeline
from app.views.timeline_lane import Lane
from app.views.tokens import Tokens
from app.views.transport_bar import TransportBar

_NO_BOXES = TrackedBoxes()


class TimePanel(QWidget):
    """Transport above, curve and timeline in a splitter below it.

    Args:
        actions: The window's.
        tokens: The theme in use.
        parent: Qt owner.
    """

    def __init__(self, actions: Actions, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.axis = FrameAxis(self)
        self.transport = TransportBar(actions, tokens)
        self.curve = ConfidenceCurve(self.axis, tokens)
        self.timeline = Timeline(self.axis, tokens)
        self.timeline.set_empty_text(self.tr("Each object gets a lane here, with the frames you set and those tracked"))
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self.curve)
        splitter.addWidget(self.timeline)
        splitter.setChildrenCollapsible(False)
        splitter.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.transport)
        layout.addWidget(splitter, 1)

    def set_frame_base(self, base: int) -> None:
        """Number the frames from 0 or from 1, everywhere in the panel."""
        self.transport.set_frame_base(base)
        self.curve.frame_base = base
        self.timeline.set_frame_base(base)

    def set_theme(self, tokens: Tokens) -> None:
        """Use other colours."""
        self.transport.set_theme(tokens)
        self.curve.set_theme(tokens)
        self.timeline.set_theme(tokens)


class TimePresenter(QObject):
    """Keeps the panel true to a Session, and takes clicks in it there.

    What a command has changed is looked at and painted after it in turns of their own, the lanes first: of a long
    Sequence either takes as long as everything else in the window.

    Args:
        session: On the screen; also the Qt owner.
        panel: The dock's content.
    """

    def __init__(self, session: Session, panel: TimePanel) -> None:
        super().__init__(session)
        self._session = session
        self._panel = panel
        self._run_start: int | None = None
        self._run_tracks: tuple[int, ...] = ()
        self._later = StepByStep(self)
        self._is_axis_stale = self._are_lanes_stale = self._is_curve_stale = False
        self._changed_boxes: set[int] = set()
        self._changed_keyframes: set[int] = set()
        session.sequence_opened.connect(self._sequence_opened)
        session.frame_changed.connect(self._frame_changed)
        session.track_selected.connect(self._track_selected)
        session.run_state_changed.connect(self._run_state_changed)
        session.playing_changed.connect(self._playing_changed)
        document = session.document
        document.tracks_added.connect(self._tracks_changed)
        document.tracks_removed.connect(self._tracks_changed)
        document.tracks_changed.connect(self._tracks_changed)
        document.category_changed.connect(self._tracks_changed)
        document.settled.connect(self._show_stale)
        document.boxes_changed.connect(self._boxes_changed)
        document.boxes_arrived.connect(self._boxes_arrived)
        document.bookmarks_changed.connect(self._show_bookmarks)
        document.keyframes_changed.connect(self._keyframes_changed)
        panel.transport.frame_requested.connect(session.go_to)
        panel.curve.frame_requested.connect(session.go_to)
        panel.timeline.frame_requested.connect(session.go_to)
        panel.timeline.track_selected.connect(session.select_track)

    def _sequence_opened(self, sequence_id: int) -> None:
        self._is_axis_stale = True
        self._show_bookmarks(sequence_id)
        self._tracks_changed()
        self._curve_changed()

    def _frame_changed(self, frame: int) -> None:
        sequence = self._session.sequence
        assert sequence is not None
        self._panel.transport.set_frame(frame, sequence.frame_count)
        if not self._is_axis_stale:
            self._panel.axis.reveal(frame)
            self._panel.curve.set_current_frame(frame)
            self._panel.timeline.set_current_frame(frame)

    def _track_selected(self, track_id: int) -> None:
        if self._waits:
            self._are_lanes_stale = True  # the lanes may have been looked at just before
        else:
            self._panel.timeline.set_selected_track(track_id)
        self._curve_changed()

    @property
    def _waits(self) -> bool:
        """Whether what changes now is looked at later."""
        return self._session.document.is_changing or self._later.is_busy

    def _curve_changed(self) -> None:
        self._is_curve_stale = True
        self._show_soon()

    def _tracks_changed(self, _tracks: object = None) -> None:
        self._are_lanes_stale = True
        self._show_soon()

    def _show_soon(self) -> None:
        """Once for a command, however many parts it has: an import adds a thousand Tracks."""
        if not self._waits:
            self._later.begin(self._show_lanes, self._show_curve)

    def _show_stale(self) -> None:
        if self._are_lanes_stale or self._is_curve_stale or self._changed_boxes or self._changed_keyframes:
            self._show_soon()

    def _show_curve(self) -> None:
        sequence, track = self._session.sequence, self._session.track
        if self._is_curve_stale and sequence is not None:
            self._is_curve_stale = False
            if track is not None:
                self._panel.curve.show_track(track.boxes.scores(0, sequence.frame_count - 1), track.keyframes)
            else:
                self._panel.curve.show_track(_NO_BOXES.scores(0, -1), ())
        self._show_stale()  # what changed since the lanes were looked at

    def _show_lanes(self) -> None:
        sequence, timeline = self._session.sequence, self._panel.timeline
        if sequence is None:
            return
        if self._is_axis_stale:
            self._is_axis_stale = False
            self._panel.axis.set_frame_count(sequence.frame_count)
            self._frame_changed(self._session.frame)
        if self._are_lanes_stale:
            self._are_lanes_stale = False
            project, tracks = self._session.document.project, sequence.tracks.copy()

            def lane_of(track_id: int) -> Lane:
                it = tracks[track_id]
                return Lane(track_id, f"{it.id} {it.name}".strip(), shown_colour(it, project), it.keyframes, it.boxes)

            timeline.set_lanes(list(tracks), lane_of)
        for track_id in self._changed_boxes:
            timeline.boxes_changed(track_id)
        for track_id in self._changed_keyframes:
            timeline.keyframes_changed(track_id)
        self._changed_boxes.clear()
        self._changed_keyframes.clear()
        timeline.set_selected_track(self._session.track_id)

    def _show_bookmarks(self, sequence_id: int) -> None:
        sequence = self._session.sequence
        if sequence is not None and sequence.id == sequence_id:
            self._panel.timeline.set_bookmarks(sequence.bookmarks)

    def _boxes_arrived(self, frame: int, track_ids: tuple[int, ...]) -> None:
        for track_id in track_ids:
            self._boxes_changed(track_id, frame, frame)

    def _boxes_changed(self, track_id: int, first: int, last: int) -> None:
        is_shown = track_id == self._session.track_id
        if first != last or self._session.document.is_changing:
            self._changed_boxes.add(track_id)
            self._is_curve_stale |= is_shown
            self._show_soon()
            return
        self._panel.timeline.boxes_changed(track_id)  # a run: many times a second
        track = self._session.track
        tracked = track.boxes.get(first) if track is not None and is_shown else None
        if tracked is not None:
            self._panel.curve.append(first, tracked.score)
        elif is_shown:
            self._curve_changed()

    def _keyframes_changed(self, track_id: int, _first: int, _last: int) -> None:
        self._changed_keyframes.add(track_id)
        self._is_curve_stale |= track_id == self._session.track_id
        self._show_soon()

    def _run_state_changed(self, state: RunState) -> None:
        if state.phase is Phase.PREPARING and self._run_start is None:
            self._run_start, self._run_tracks = state.frame, (self._session.track_id,)
        if state.phase in {Phase.RUNNING, Phase.PAUSED} and self._run_start is not None:
            self._panel.timeline.set_run(self._run_tracks, self._run_start, state.frame)
        elif not state.is_busy:
            self._run_start = None
            self._panel.timeline.clear_run()
        self._panel.transport.set_playing(self._session.playing or state.phase is Phase.RUNNING)

    def _playing_changed(self, playing: bool) -> None:
        self._panel.transport.set_playing(playing)
