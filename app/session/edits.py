"""Every edit of a person, as an undoable command on the Document; whatever cannot be done is refused in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand

from app.document.commands import AddTrack, SetKeyframe
from app.document.document import Document
from app.document.model import Keyframe, Source, Track
from app.errors import AppError
from app.session.effort_log import EffortLog
from app.session.making import LARGE, Making
from app.session.messages import WorkerFailed
from app.session.propagation_control import PropagationControl
from app.session.recent_tracks import RecentTracks
from app.session.screen import Screen
from app.session.track_switches import TrackSwitches
from app.spoken import shown_frame, spoken
from tracker.geometry import BoundingBox

C = TypeVar("C", bound=QUndoCommand)


class Edits(QObject):
    """Edits of the selected Track on the frame that is shown. An edit ends playing, and a run, which can go on later.

    Signals:
        refused: WorkerFailed with the reason in words; nothing has changed.
        changed_elsewhere: Name of the Sequence that an undo or redo changed, where it is not on the screen.

    Attributes:
        effort: Counts what the person does.
        making: Whether a command is being built.
    """

    refused = Signal(object)
    changed_elsewhere = Signal(str)

    def __init__(
        self,
        document: Document,
        screen: Screen,
        control: PropagationControl,
        effort: EffortLog,
        switches: TrackSwitches,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._screen = screen
        self._control = control
        self.effort = effort
        self.making = Making(self)
        self._switches = switches
        self._recent = RecentTracks(screen)

    def create_track(self, box: BoundingBox, category_id: int, name: str) -> int:
        """Begin a Track with a keyframe here and select it; its id, or 0 when refused. A run goes on."""
        sequence = self._screen.sequence
        if sequence is None or not self._accepts(box):
            return 0
        command = AddTrack(self._document, sequence.id, name, category_id, self._screen.frame, Keyframe(box))
        if not self._push(command):
            return 0
        self._screen.select_track(command.track_id)
        self.effort.drew(command.track_id)
        return command.track_id

    def set_box(self, box: BoundingBox, *, merge: bool) -> None:
        """Make ``box`` the keyframe here; what else the keyframe says stays."""
        track = self._screen.track
        if track is not None and not self.is_barred(track.id) and self._accepts(box):
            before = track.box_at(self._screen.frame)
            if box == before and self._screen.frame in track.keyframes:
                self.is_refused()  # else nothing would change, and undo would take nothing back
                return
            if self._set_keyframe(track.keyframe_with(self._screen.frame, box), merge=merge) and box != before:
                (self.effort.drew if before is None else self.effort.corrected)(track.id)

    def keep_shown_box(self, box: BoundingBox) -> bool:
        """Make the box that is shown here a keyframe unless it is one; False when refused."""
        track = self._screen.track
        assert track is not None
        if self.is_barred(track.id):
            return False
        if self._screen.frame in track.keyframes:
            return not self.is_refused()
        keyframe = track.keyframe_with(self._screen.frame, box)
        if not self._push(SetKeyframe(self._document, track.id, self._screen.frame, keyframe)):
            return False
        self.effort.accepted()
        return True

    def edit(
        self, tracks: Collection[Track], make: Callable[[], C], then: Callable[[C], None] | None = None, *, whole: bool
    ) -> None:
        """Build a command that changes some Tracks and do it, unless one of them may not be changed.

        Args:
            tracks: That it changes.
            make: Builds it.
            then: What follows when it is done.
            whole: Whether it reads all of them, as in ``do``.
        """
        if not self.is_barred(*(it.id for it in tracks)):
            self.do(make, then, tracks if whole else ())

    def do(self, make: Callable[[], C], then: Callable[[C], None] | None = None, whole: Iterable[Track] = ()) -> None:
        """Build a command and do it, unless it is refused, in words; playing and a run end first.

        Args:
            make: Builds it.
            then: What follows when it is done.
            whole: Tracks all of which it reads: where they are long or very many, it is built and done later, and
                ``making`` says so until then.
        """

        def build() -> Callable[[], None]:
            try:
                return partial(self._do, make(), then)
            except AppError as error:
                return partial(self.refuse, str(error))

        if sum(it.boxes.room + len(it.keyframes) for it in whole) < LARGE:
            build()()
        else:
            self.interrupt()  # a box that came meanwhile would be none of the command's
            self.making.begin(build)

    def undo(self) -> None:
        """Undo the last step; a run under way ends first, and then is that step."""
        self._control.end(keep=False)
        self._go(self._document.undo_stack.undo)

    def redo(self) -> None:
        """Redo what was undone last."""
        self._control.end(keep=False)
        self._go(self._document.undo_stack.redo)

    def _go(self, step: Callable[[], None]) -> None:
        """Through the history by one step, and say where that was, unless it is seen."""
        document, touched = self._document, set[int]()

        def note(track_id: int, *_frames: int) -> None:
            touched.add(track_id)

        homes, sequences = document.homes(), document.project.sequences.copy()
        signals = document.keyframes_changed, document.boxes_changed
        many = document.tracks_removed, document.tracks_changed
        for signal in signals:
            signal.connect(note)
        for signal in many:
            signal.connect(touched.update)
        with self._recent.kept(), document.one_transaction():  # a step of several commands, too
            step()
        for signal in signals:
            signal.disconnect(note)
        for signal in many:
            signal.disconnect(touched.update)
        homes |= document.homes()
        sequences |= document.project.sequences
        touched_sequences = {homes[it] for it in touched}
        if touched and self._screen.sequence is not None and self._screen.sequence.id not in touched_sequences:
            self.changed_elsewhere.emit(", ".join(sorted({sequences[it].name for it in touched_sequences})))
        self._screen.show_result()

    def is_refused(self) -> bool:
        """Whether the project can only be read; then that has been said."""
        if self._document.read_only:
            self.refuse(spoken("{0} can only be read: copy it to a folder where you may write.", self._document.path))
        return self._document.read_only

    def is_barred(self, *track_ids: int) -> bool:
        """Whether one of these Tracks is locked, or hidden; then that has been said."""
        reason = self._switches.why_not(track_ids)
        if reason:
            self.refuse(reason)
        return bool(reason)

    def refuse(self, text: str) -> None:
        """Say why something cannot be done."""
        self.refused.emit(WorkerFailed(0, text, details="", is_bug=False))

    def refuse_to_confirm(self, track: Track) -> None:
        """There is no box on this frame that could be right."""
        frame = self._screen.frame
        if frame in track.boxes and track.source_at(frame) is not Source.OUTSIDE:
            self.refuse(
                spoken(
                    "The object is lost on frame {0}: move the box to it first, or say that it is outside.",
                    shown_frame(frame),
                )
            )
        else:
            self.refuse(
                spoken("There is no box on frame {0} to confirm: draw one round the object first.", shown_frame(frame))
            )

    def _set_keyframe(self, keyframe: Keyframe, *, merge: bool = False) -> bool:
        track = self._screen.track
        if track is None:
            return False
        self.interrupt()
        return self._push(SetKeyframe(self._document, track.id, self._screen.frame, keyframe, merge))

    def interrupt(self) -> None:
        """An edit is coming: playing ends, and a run, which can go on later."""
        self._screen.stop_playing()
        self._control.end(keep=True)

    def _push(self, command: QUndoCommand) -> bool:
        try:
            self._document.push(command)
        except AppError as error:
            self.refuse(str(error))
            return False
        return True

    def _do(self, command: C, then: Callable[[C], None] | None) -> None:
        self.interrupt()
        if self._push(command):
            self._screen.show_result()
            if then is not None:
                then(command)

    def _accepts(self, box: BoundingBox) -> bool:
        sequence = self._screen.sequence
        assert sequence is not None
        if box.is_valid and box.clipped(sequence.width, sequence.height) is not None:
            return True
        self.refuse(spoken("The box is empty or outside the picture: draw it round the object."))
        return False
