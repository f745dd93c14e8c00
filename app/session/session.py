"""The work in progress: which frame and Track are on the screen, what the tracker does, and every edit of a person.

Views call the methods and listen to the signals; nothing in them talks to the tracker, the frame loader or the undo
stack directly. Everything here runs in the UI thread.
"""

from __future__ import annotations

from collections.abc import Sequence as Several

from PySide6.QtCore import QObject, Signal

from app.document.document import Document
from app.document.model import Sequence, Track
from app.media.frame_loader import FrameLoader
from app.media.frame_times import FrameTimes
from app.session.continuation import rest_of, rest_of_run
from app.session.edits import Edits
from app.session.effort_log import EffortLog
from app.session.memory_watch import MemoryWatch
from app.session.mending import first_to_mend
from app.session.messages import Corrected, ModelChoice, RunFinished, StopRules
from app.session.propagation_control import PropagationControl
from app.session.review import Review
from app.session.run_plan import RunPlan, both_ways, fill_all, fill_here, mended, one_way, to_keyframe, within
from app.session.run_starter import MakePlan, RunStarter
from app.session.run_state import Direction, Phase, RunState
from app.session.screen import Screen
from app.session.track_edits import TrackEdits
from app.session.track_switches import TrackSwitches
from app.session.tracker_thread import TrackerThread
from app.session.tracks_by_frame import TracksByFrame
from tracker.geometry import BoundingBox


class Session(QObject):
    """One person at one project.

    Signals:
        sequence_opened: Id of the Sequence that is on the screen now; its first picture follows.
        frame_changed: Number of the current frame; its picture may be on the way still.
        frame_shown: (number, picture RGB uint8 (H, W, 3)): show this. Answer with ``painted``.
        result_shown: The tracker's answer for the selected Track on the current frame (TrackResult), or None.
        track_selected: Id of the selected Track, 0 for none.
        run_state_changed: RunState.
        run_finished: RunFinished, once for every run.
        failed: WorkerFailed: something asked for could not be done; its text is a sentence.
        media_failed: A sentence: the video or a frame of it cannot be read.
        playing_changed: Whether it plays.
        tracker_stuck: The tracker has not answered for so many seconds.
        tracker_recovered: It answers again.

    Attributes:
        edits: Does every edit; says whether one of very many frames is being built.
        memory: What the tracker has learned the selected Track from.
        switches: Which Tracks are hidden, and which locked.
        review: The doubtful frames of the Sequence, and the way through them.
        tracks_by_frame: Which Tracks may show something on a frame.
        all_tracks: Whether a run carries all Tracks with a box where it starts, or the selected one.
        mends: Whether the doubtful frames before a correction are tracked anew, backward from it.
    """

    sequence_opened = Signal(int)
    frame_changed = Signal(int)
    frame_shown = Signal(int, object)
    result_shown = Signal(object)
    track_selected = Signal(int)
    run_state_changed = Signal(object)
    run_finished = Signal(object)
    failed = Signal(object)
    media_failed = Signal(str)
    playing_changed = Signal(bool)
    tracker_stuck = Signal(float)
    tracker_recovered = Signal()

    def __init__(
        self, document: Document, tracker: TrackerThread, loader: FrameLoader, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.all_tracks = False
        self.mends = False
        self._document = document
        self._screen = Screen(loader, self)
        self.tracks_by_frame = TracksByFrame(document, self._screen, self)
        self._control = PropagationControl(document, tracker, self)
        self._effort = EffortLog(document, self._screen, self)
        self.switches = TrackSwitches(document)
        self.edits = Edits(document, self._screen, self._control, self._effort, self.switches, self)
        self._starter = RunStarter(self._screen, self._control, self.edits, self.switches)
        self.review = Review(document, self._screen, self.edits, self._control, self)
        self.memory = MemoryWatch(document, self._screen, self.edits, tracker, self)
        self.edits.refused.connect(self.failed)
        self._track_edits = TrackEdits(document, self._screen, self.edits, self)
        self._screen.sequence_opened.connect(self.sequence_opened)
        self._screen.frame_changed.connect(self.frame_changed)
        self._screen.frame_shown.connect(self.frame_shown)
        self._screen.result_shown.connect(self.result_shown)
        self._screen.track_selected.connect(self.track_selected)
        self._screen.media_failed.connect(self.media_failed)
        self._screen.playing_changed.connect(self.playing_changed)
        self._control.state_changed.connect(self.run_state_changed)
        self._control.finished.connect(self._go_to_the_doubt)
        self._control.finished.connect(self.run_finished)
        self._control.failed.connect(self.failed)
        self._control.stuck.connect(self.tracker_stuck)
        self._control.recovered.connect(self.tracker_recovered)
        self._control.frame_tracked.connect(self._screen.show_tracked)
        self._control.corrected.connect(self._go_on_after_correction)
        document.track_renumbered.connect(self._track_renumbered)
        document.tracks_removed.connect(self._tracks_removed)
        self._screen.frame_changed.connect(self._count_time)
        self._screen.track_selected.connect(self._count_time)
        document.undo_stack.indexChanged.connect(self._count_time)

    @property
    def document(self) -> Document:
        """The open project."""
        return self._document

    @property
    def effort(self) -> EffortLog:
        """What the work costs."""
        return self._effort

    @property
    def track_edits(self) -> TrackEdits:
        """Edits of the selected Track beyond its box on the current frame."""
        return self._track_edits

    @property
    def sequence(self) -> Sequence | None:
        """The Sequence on the screen."""
        return self._screen.sequence

    @property
    def frame(self) -> int:
        """Number of the current frame."""
        return self._screen.frame

    @property
    def times(self) -> FrameTimes:
        """When each frame of the Sequence is shown."""
        return self._screen.times

    @property
    def track_id(self) -> int:
        """Id of the selected Track, 0 for none."""
        return self._screen.track_id

    @property
    def track(self) -> Track | None:
        """The selected Track."""
        return self._screen.track

    @property
    def run_state(self) -> RunState:
        """What the tracker does."""
        return self._control.state

    @property
    def playing(self) -> bool:
        """Whether it plays."""
        return self._screen.playing

    @property
    def model(self) -> ModelChoice:
        """Network, device and seed of the next request."""
        return self._control.model

    @model.setter
    def model(self, model: ModelChoice) -> None:
        self._control.model = model

    @property
    def rules(self) -> StopRules:
        """When the next run stops by itself."""
        return self._control.rules

    @rules.setter
    def rules(self, rules: StopRules) -> None:
        self._control.rules = rules

    def open_sequence(self, sequence_id: int, place: tuple[int, int] | None = None) -> None:
        """Put a Sequence on the screen, at ``place`` (frame, Track) or where it was left; at first at its beginning.

        Raises:
            KeyError: The project has no such Sequence.
        """
        sequence = self._document.project.sequences[sequence_id]
        self._control.end(keep=False)
        self.review.queue.open(sequence)
        self._screen.open(sequence, place)

    def go_to(self, frame: int) -> None:
        """Show a frame, or the nearest there is; playing stops, a run pauses."""
        self._control.pause()
        self._screen.go_to(frame)

    def step(self, n: int) -> None:
        """Go ``n`` frames on, or back where it is negative."""
        self.go_to(self.frame + n)

    def play(self, speed: float = 1.0) -> None:
        """Play from here at ``speed`` times real time, backward where it is negative; a run pauses."""
        self._control.pause()
        self._screen.play(speed)

    def stop_playing(self) -> None:
        """Stay on the frame that is shown."""
        self._screen.stop_playing()

    def hold_still(self) -> None:
        """Stay on the frame that is shown, whatever goes on: playing stops, a run pauses."""
        self._control.pause()
        self._screen.stop_playing()

    def select_track(self, track_id: int) -> None:
        """Select a Track of the Sequence on the screen; 0, or an id it does not have, selects none."""
        self._screen.select_track(track_id)

    def painted(self) -> None:
        """The frame shown last is on the screen: the tracker may go on."""
        self._control.painted()

    def create_track(self, box: BoundingBox, category_id: int, name: str = "") -> int:
        """Begin a Track with a keyframe on the current frame and select it.

        Returns:
            Its id, or 0 where the box cannot be used or nothing can be written; ``failed`` says why.
        """
        return self.edits.create_track(box, category_id, name)

    def set_box(self, box: BoundingBox, merge: bool = False) -> None:
        """Make ``box`` the selected Track's keyframe on the current frame; ends a run, which Enter goes on with.

        Args:
            box: In image pixels.
            merge: One step of undo together with the edit before it, for keys that repeat.
        """
        self.edits.set_box(box, merge=merge)

    def undo(self) -> None:
        """Undo the last step; a run under way is ended first, and then is that step."""
        self.edits.undo()

    def redo(self) -> None:
        """Redo what was undone last."""
        self.edits.redo()

    def propagate(
        self, direction: Direction | int, last_frame: int | None = None, track_ids: Several[int] | None = None
    ) -> None:
        """Carry boxes from the current frame on; playing stops, a run under way ends.

        Args:
            direction: FORWARD (1) or BACKWARD (-1).
            last_frame: Where to end; by default where the Sequence does.
            track_ids: Which Tracks; by default the selected one, or all. Those without a box here are left out.
        """
        frame, way = self.frame, Direction(direction)
        self._start(lambda sequence, tracks: one_way(sequence, tracks, frame, way, last_frame), track_ids)

    def propagate_both_ways(self, frames: int | None = None) -> None:
        """Carry boxes from the current frame forward to the end, then back to the start: one step of undo.

        Args:
            frames: How far to go at most, each way.
        """
        frame = self.frame
        self._start(lambda sequence, tracks: both_ways(sequence, tracks, frame, frames))

    def propagate_within(self, first: int, last: int) -> None:
        """Carry boxes from the current frame forward to ``last``, then back to ``first``: one step of undo."""
        frame = self.frame
        self._start(lambda sequence, tracks: within(sequence, tracks, frame, first, last))

    def propagate_to_keyframe(self, direction: Direction) -> None:
        """Carry boxes from the current frame each to its Track's next keyframe in that direction."""
        frame = self.frame
        self._start(lambda sequence, tracks: to_keyframe(sequence, tracks, frame, direction))

    def fill(self, *, everywhere: bool = False) -> None:
        """Fill the gap between keyframes round the current frame, or every gap, from both of its ends."""
        frame = self.frame
        self._start(fill_all if everywhere else lambda sequence, tracks: fill_here(sequence, tracks, frame))

    def retry(self) -> None:
        """Do what a run that failed had left to do, from the frame on the screen; a fill begins anew."""
        rest, whole, frame = self._control.continuation, self._control.plan, self.frame
        if rest is not None:
            self._start(lambda sequence, tracks: rest_of(sequence, tracks, frame, rest), rest.track_ids)
        elif whole is not None:
            self._start(lambda _sequence, _tracks: whole)

    def toggle_pause(self) -> None:
        """Pause or resume the run; without a run, play or stop playing."""
        if self.run_state.phase is Phase.PAUSED:
            self._screen.stop_playing()
            self._control.resume()
        elif self.run_state.is_busy:
            self._control.pause()
        elif self.playing:
            self.stop_playing()
        else:
            self.play()

    def cancel(self) -> None:
        """End the run or the correction for good; the boxes so far stay and can be undone."""
        self._control.end(keep=False)

    def confirm(self) -> None:
        """Have the tracker learn the box that is shown and show what it sees now; then the run goes on to its end.

        A run that is done or was cancelled goes on, too, where the box has been moved: the frames after it were wrong.
        On a doubtful frame that the person went to in the review it means only that the box is right.
        """
        if self.review.visited is not None:
            self.review.accept()
            return
        track, sequence = self.track, self.sequence
        if track is None or sequence is None:
            return
        box = track.box_at(self.frame)
        if box is None:
            self.edits.refuse_to_confirm(track)
            return
        self._screen.stop_playing()
        self._control.end(keep=True)
        corrected = self.frame in track.keyframes
        then = rest_of_run(self._control.continuation, sequence, track, self.frame, corrected=corrected)
        if self.edits.keep_shown_box(box):
            self._control.correct(sequence, track, self.frame, box, then)

    def restart_tracker(self) -> None:
        """Give up a tracker that is stuck; the run ends, and can be repeated with a new one."""
        self._control.end(keep=True)
        self._control.restart_tracker()

    def close(self) -> None:
        """End the work and listen no longer; the tracker thread, the loader and the document stay open."""
        self.edits.making.settle()
        self.memory.close()
        self._control.close()
        self._screen.close()
        self._effort.flush()

    def _start(self, make_plan: MakePlan, track_ids: Several[int] | None = None) -> None:
        """Run what a plan for these Tracks says, by default for the selected one or all."""
        if track_ids is None and self.all_tracks and self.sequence is not None:
            track_ids = list(self.sequence.tracks)
        self._starter.start(make_plan, [self.track_id] if track_ids is None else track_ids)

    def _go_on_after_correction(self, reply: Corrected) -> None:
        self._screen.show_corrected(reply)
        rest, sequence, frame = self._control.then, self.sequence, reply.frame
        if sequence is None or frame != self.frame or (track := sequence.tracks.get(reply.track_id)) is None:
            return
        first = first_to_mend(track, frame, (sequence.width, sequence.height)) if self.mends else None

        def plan(sequence: Sequence, tracks: list[Track]) -> RunPlan:
            ahead = rest_of(sequence, tracks, frame, rest) if rest else None
            if first is None and ahead is not None:
                return ahead
            assert first is not None
            return mended(ahead, sequence, track.id, frame, first)

        if rest is not None and rest.sequence_id != sequence.id:
            return
        if rest is not None or first is not None:
            self._start(plan, rest.track_ids if rest else (track.id,))

    def _go_to_the_doubt(self, answer: RunFinished) -> None:
        """Where a run stopped by itself is where the person has to look."""
        if answer.reason.is_doubt:
            self._screen.select_track(next(it.track_id for it in answer.stops if it.frame == answer.frame))
            self._screen.go_to(answer.frame)

    def _count_time(self, _what: int) -> None:
        """Frames that a run brings are no work of the person's."""
        if not self.run_state.is_busy:
            self._effort.active()

    def _track_renumbered(self, track_id: int, number: int) -> None:
        if track_id == self.track_id:
            self.select_track(number)

    def _tracks_removed(self, track_ids: tuple[int, ...]) -> None:
        if self.track_id in track_ids:
            self.select_track(0)
