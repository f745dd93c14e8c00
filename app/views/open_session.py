"""One open project in the window: its Session, and everything that ties it to the widgets. Made and closed as one."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QKeyCombination, QObject, QTimer, Signal

from app.media.frame_loader import FrameLoader
from app.media.frame_source import Frame
from app.session.run_state import RunState
from app.session.session import Session
from app.session.tracker_thread import TrackerThread
from app.settings import Settings
from app.views.action_table import ActionId
from app.views.editing import Editing
from app.views.held_input import HeldInput
from app.views.idle_keys import why_idle
from app.views.memory_presenter import MemoryPresenter
from app.views.panels import Panels
from app.views.patient_look import PatientLook
from app.views.picture_presenter import PicturePresenter
from app.views.project_opening import OpenedProject
from app.views.project_thumbnail import keep_thumbnail
from app.views.propagating import Propagating
from app.views.range_actions import RangeActions
from app.views.review_presenter import ReviewPresenter
from app.views.sequence_presenter import SequencePresenter
from app.views.status_presenter import StatusPresenter
from app.views.time_panel import TimePresenter
from app.views.track_editing import TrackEditing
from app.views.track_presenter import TrackPresenter
from app.views.track_switching import TrackSwitching
from app.views.wording import command_text

_SAVED_MS = 1000
_MISSING_MS = 1500
"""So often a video that is not there is looked for."""


class OpenSession(QObject):
    """Ties a Session to the panels until ``close``.

    Args:
        opened: The project; it is closed with this.
        tracker: The tracker's thread; it stays.
        settings: The person's.
        panels: Where to show it.
        parent: Qt owner.
    """

    saved_changed = Signal(bool)
    """Whether everything is in the project's file."""
    details_wanted = Signal(str)
    locate_wanted = Signal()
    ready = Signal()
    """The first picture is shown."""
    free = Signal()
    """An edit of very many frames has been made and written."""
    export_wanted = Signal(object)
    """FrameRange to export."""

    def __init__(
        self, opened: OpenedProject, tracker: TrackerThread, settings: Settings, panels: Panels, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.document = opened.document
        self._loader: FrameLoader = opened.loader
        self._panels = panels
        self._settings = settings
        self._note = opened.note
        self._allowed: tuple[bool, ...] = ()
        self.session = Session(opened.document, tracker, opened.loader, self)
        self.session.model = settings.model
        view = panels.workspace.view
        self._picture = PicturePresenter(self.session, view, settings)
        self._time = TimePresenter(self.session, panels.time)
        self._tracks = TrackPresenter(self.session, panels.tracks, panels.inspector)
        self.status = StatusPresenter(
            self.session, settings, panels.actions, panels.workspace.strip, panels.workspace.banner, view
        )
        self.editing = Editing(self.session, settings, panels.actions, view, self._picture, panels.inspector)
        self.editing.refused.connect(self.status.refuse)
        self._sequences = SequencePresenter(self.session, panels.actions, panels.sequences)
        self._sequences.chosen.connect(self.show)
        self._sequences.refused.connect(self.status.refuse)
        self._track_editing = TrackEditing(self.session, panels.actions, panels.workspace)
        self._track_editing.copied.connect(self._say_copied)
        self._track_switching = TrackSwitching(self.session, panels.actions, view)
        self._propagating = Propagating(self.session, panels.actions, settings, panels.workspace)
        self.status.retry_wanted.connect(self._propagating.retry)
        self.range = RangeActions(self.session, settings, panels.actions, panels.time)
        self.range.refused.connect(self.status.refuse)
        self.range.export_wanted.connect(self.export_wanted)
        self._memory = MemoryPresenter(self.session, panels.memory, settings)
        self._review = ReviewPresenter(self.session, panels.review, panels.actions, settings, self.status)
        self.status.details_wanted.connect(self.details_wanted)
        self.status.locate_wanted.connect(self.locate_wanted)
        self._last_picture: Frame | None = None
        self.session.frame_shown.connect(self._keep_picture)
        self._picture.first_frame_shown.connect(self._begin)
        self._follow_actions()
        self._saved_timer = QTimer(self, interval=_SAVED_MS)
        self._saved_timer.timeout.connect(self._check_saved)
        self._saved_timer.start()
        self.document.storage_failed.connect(self._check_saved)
        self._looking = PatientLook(os.path.exists, self)
        self._looking.answered.connect(self._found)
        self._is_missing = False
        self.session.media_failed.connect(self._say_missing)
        self._missing_timer = QTimer(self, singleShot=True, interval=_MISSING_MS)
        self._missing_timer.timeout.connect(self._look_for_video)
        self._held = HeldInput(panels.actions.key_owners(), self)
        self.session.edits.making.busy_changed.connect(self._hold_input)
        self.document.writing_changed.connect(self._hold_input)

    @property
    def lists(self) -> tuple[Callable[[], None], ...]:
        """Fill the lists that are the same whatever is on the screen, each in its own turn."""
        return self._tracks.list_categories, self._sequences.list_all

    def show_first(self, opened: OpenedProject) -> None:
        """Put on the screen what the person asked for, where it was left when the project was closed."""
        place = self._settings.place_in(self.document.path)
        sequence_id = opened.sequence_id
        if place is not None and not opened.is_asked_for and place[0] in self.document.project.sequences:
            sequence_id = place[0]
        self.show(sequence_id, place[1:] if place is not None and place[0] == sequence_id else None)

    def show(self, sequence_id: int, place: tuple[int, int] | None = None) -> None:
        """Put a Sequence on the screen, at a (frame, Track) or where it was left, or say that its file is missing."""
        self._panels.workspace.banner.clear()
        if self._note:
            self.status.say(self._note)
        self.session.open_sequence(sequence_id, place)
        self._is_missing = False
        self._look_for_video()
        self.allow()

    def _look_for_video(self) -> None:
        if self.session.sequence is not None:
            self._looking.at(Path(self.session.sequence.path))

    def _found(self, path: Path, there: object) -> None:
        """Whether a video is where it should be; a drive that has gone may say so late, and of another Sequence."""
        sequence = self.session.sequence
        if sequence is None or Path(sequence.path) != path:
            return
        if there:
            if self._is_missing:
                self._read_anew(sequence.id)
            return
        self._missing_timer.start()
        if not self._is_missing:
            self._is_missing = True
            self._panels.workspace.view.set_empty_text(self.tr("The video is missing"))
            self._say_missing()

    def _say_missing(self, *_what: object) -> None:
        """Whatever else is said of a video that is not there, this is what helps."""
        sequence = self.session.sequence
        if sequence is not None and self._is_missing:
            self.status.say_source_missing(
                self.tr("The video of this project is not at {0}: put it back there, or show where it is now.").format(
                    sequence.path
                )
            )

    def _read_anew(self, sequence_id: int) -> None:
        self._is_missing = False
        self._panels.workspace.banner.clear()
        self.session.open_sequence(sequence_id, (self.session.frame, self.session.track_id))

    def relocate(self, path: Path) -> None:
        """Read the Sequence on the screen from another place, from now on."""
        sequence = self.session.sequence
        if sequence is not None:
            self.document.relocate_sequence(sequence.id, path)
            self._read_anew(sequence.id)

    def close(self) -> None:
        """Stop the work, write what is left, let go of the files."""
        self._held.forget()
        self.session.edits.making.busy_changed.disconnect(self._hold_input)
        self.document.writing_changed.disconnect(self._hold_input)
        self._saved_timer.stop()
        self._missing_timer.stop()
        if self.session.sequence is not None:
            self._settings.remember_place(
                self.document.path, self.session.sequence.id, self.session.frame, self.session.track_id
            )
        self.session.close()
        if self._last_picture is not None:
            keep_thumbnail(self.document.path, self._last_picture)
            self._last_picture = None
        self.range.choose(None)
        self._panels.tracks.set_model(None)
        self._panels.time.timeline.clear_lanes()
        self._panels.workspace.view.clear_frame()
        self._panels.workspace.banner.clear()
        self.document.close()
        self._loader.close()
        self.deleteLater()

    def _keep_picture(self, _frame: int, picture: Frame) -> None:
        self._last_picture = picture

    def _say_copied(self) -> None:
        self.status.say(self.tr("Box copied. Paste sets it on another frame, or for another track."))

    def _begin(self) -> None:
        sequence = self.session.sequence
        self._panels.workspace.view.setFocus()
        if sequence is not None and not sequence.tracks and not self.document.read_only:
            self._panels.workspace.view.start_drawing()
            self.status.guide_first_box()
        self.ready.emit()

    def _follow_actions(self) -> None:
        session, document, stack = self.session, self.document, self.document.undo_stack
        session.frame_changed.connect(self.allow)
        session.track_selected.connect(self.allow)
        session.run_state_changed.connect(self._run_state_changed)
        document.keyframes_changed.connect(self._boxes_changed)
        document.boxes_changed.connect(self._boxes_changed)
        document.boxes_arrived.connect(self._boxes_arrived)
        stack.indexChanged.connect(self.allow)
        stack.undoTextChanged.connect(self._name_undo)
        stack.redoTextChanged.connect(self._name_redo)
        self._name_undo(stack.undoText())
        self._name_redo(stack.redoText())

    def _boxes_arrived(self, frame: int, track_ids: tuple[int, ...]) -> None:
        if frame == self.session.frame and self.session.track_id in track_ids:
            self.allow()

    def _boxes_changed(self, track_id: int, first: int, last: int) -> None:
        if track_id == self.session.track_id and first <= self.session.frame <= last:
            self.allow()

    def _run_state_changed(self, _state: RunState) -> None:
        self.allow()

    def explain(self, combination: QKeyCombination) -> None:
        """Say why a key did nothing, if it would do something at another moment."""
        reason = why_idle(self._panels.actions, self.session, combination)
        if reason:
            self.status.refuse(reason)

    def allow_anew(self) -> None:
        """The same after somebody else has greyed things out."""
        self._allowed = ()
        self.allow()

    def allow(self) -> None:
        """Grey out what makes no sense at this moment."""
        session, actions = self.session, self._panels.actions
        track = session.track
        tracked = track.boxes.get(session.frame) if track is not None else None
        box = track is not None and (track.box_at(session.frame) is not None or tracked is not None)
        keyframe = track is not None and session.frame in track.keyframes
        busy = session.run_state.is_busy
        undo, redo = self.document.undo_stack.canUndo() or busy, self.document.undo_stack.canRedo() and not busy
        allowed = (track is not None, box, keyframe, undo, redo)
        if allowed == self._allowed:
            return  # asked for every frame of a run
        self._allowed = allowed
        actions.allow(sequence=True, track=track is not None, box=box, keyframe=keyframe)
        actions[ActionId.UNDO].setEnabled(undo)
        actions[ActionId.REDO].setEnabled(redo)

    def _name_undo(self, text: str) -> None:
        action = self._panels.actions[ActionId.UNDO]
        action.setText(self.tr("Undo “{0}”").format(command_text(text)) if text else self.tr("Undo"))

    def _name_redo(self, text: str) -> None:
        action = self._panels.actions[ActionId.REDO]
        action.setText(self.tr("Redo “{0}”").format(command_text(text)) if text else self.tr("Redo"))

    @property
    def is_busy(self) -> bool:
        """Whether an edit of very many frames is being made or written: ``free`` says when it is done."""
        return self.session.edits.making.is_busy or self.document.is_writing

    def _hold_input(self, _on: bool) -> None:
        self._check_saved()
        self._held.hold(self.is_busy)
        if not self.is_busy:
            self.free.emit()

    def _check_saved(self, *_what: object) -> None:
        self.saved_changed.emit(not self.document.has_unwritten)
