"""Runs and corrections from the window's side: requests from the document, replies into it, and what goes on."""

from __future__ import annotations

import itertools
import time
from collections import deque
from collections.abc import Sequence as Several
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.document.document import Document
from app.document.model import Sequence, Track
from app.session.messages import (
    Corrected,
    CorrectionRequest,
    FrameTracked,
    ModelChoice,
    Preparing,
    PropagationRequest,
    Reply,
    RunFinished,
    StopReason,
    StopRules,
    TargetRequest,
    WorkerFailed,
)
from app.session.run_record import RunRecord
from app.session.run_state import Direction, Phase, RunState
from app.session.tracker_thread import TrackerThread
from tracker.geometry import BoundingBox

_request_ids = itertools.count(1)
_SPEED_FRAMES = 30
_UNSEEN_MS = 150
"""A window that is hidden paints nothing; after so long its frames count as seen, so that the run goes on."""


@dataclass(frozen=True, slots=True)
class Continuation:
    """What a run had to do, and can go on with from a corrected frame.

    Attributes:
        sequence_id: Of the Sequence.
        track_ids: Of the Tracks.
        direction: Which way it went.
        last_frame: Where it was to end.
        interrupted: Whether it still has frames to do; not so after its end, after Esc and after undo.
    """

    sequence_id: int
    track_ids: tuple[int, ...]
    direction: Direction
    last_frame: int
    interrupted: bool = True

    def reaches_beyond(self, frame: int) -> bool:
        """Whether there is anything left to do from ``frame`` on."""
        return (self.last_frame - frame) * self.direction > 0


class PropagationControl(QObject):
    """Serves one run or one correction at a time and keeps the document true to it. UI thread only.

    Signals:
        state_changed: RunState, whenever it differs.
        frame_tracked: FrameTracked, when its boxes are in the document.
        corrected: Corrected.
        finished: RunFinished, once for every run, when its boxes are on the undo stack.
        failed: WorkerFailed.

    Attributes:
        state: RunState of this moment.
        continuation: What the last run had to do, or None before the first.
        then: What goes on when the correction under way has been learned, or None.
        model: Network, device and seed of the next request.
        rules: When the next run stops by itself.
    """

    state_changed = Signal(object)
    frame_tracked = Signal(object)
    corrected = Signal(object)
    finished = Signal(object)
    failed = Signal(object)

    def __init__(self, document: Document, tracker: TrackerThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = RunState()
        self.continuation: Continuation | None = None
        self.then: Continuation | None = None
        self.model = ModelChoice()
        self.rules = StopRules()
        self._document = document
        self._tracker = tracker
        self._request_id = -1
        self._run: PropagationRequest | None = None
        self._record: RunRecord | None = None
        self._seconds = 0.0
        self._arrivals: deque[float] = deque(maxlen=_SPEED_FRAMES)
        self._unseen = 0
        self._unseen_timer = QTimer(self, singleShot=True, interval=_UNSEEN_MS)
        self._unseen_timer.timeout.connect(self.painted)
        tracker.reply.connect(self._take)

    def start(
        self, sequence: Sequence, tracks: Several[Track], frame: int, direction: Direction, last_frame: int
    ) -> None:
        """Begin a run; each Track has a box on ``frame``."""
        self.end(keep=False)
        targets = tuple(_target(track, box) for track in tracks if (box := track.box_at(frame)) is not None)
        request = PropagationRequest(
            next(_request_ids), Path(sequence.path), targets, frame, last_frame, self.rules, self.model
        )
        track_ids = tuple(target.track_id for target in targets)
        self._run = request
        self._record = RunRecord(self._document, track_ids, frame, last_frame)
        self._seconds = 0.0
        self.continuation = Continuation(sequence.id, track_ids, direction, last_frame)
        self._submit(request, RunState(Phase.PREPARING, "Preparing", frame, 0, abs(last_frame - frame)))

    def rest_of_run(self, sequence: Sequence, track: Track, frame: int, *, corrected: bool) -> Continuation | None:
        """What Enter on ``frame`` goes on with.

        Args:
            sequence: On the screen.
            track: The confirmed one.
            frame: On the screen.
            corrected: Whether the person moved the box there. Then the frames after it are tracked anew even if the
                run had reached its end or was cancelled; a box that was only accepted goes on with nothing but an
                interrupted run.
        """
        plan = self.continuation
        if plan and plan.sequence_id == sequence.id and track.id in plan.track_ids and plan.reaches_beyond(frame):
            if plan.interrupted:
                return plan
            return replace(plan, track_ids=(track.id,)) if corrected else None
        if corrected and frame + 1 in track.boxes:
            return Continuation(sequence.id, (track.id,), Direction.FORWARD, sequence.frame_count - 1)
        return None

    def correct(
        self, sequence: Sequence, track: Track, frame: int, box: BoundingBox, then: Continuation | None
    ) -> None:
        """Have the tracker learn the keyframe ``box`` on ``frame``; ``then`` is kept for when it has."""
        self.end(keep=True)
        self.then = then
        request = CorrectionRequest(next(_request_ids), Path(sequence.path), _target(track, box), frame, self.model)
        self._submit(request, RunState(Phase.CORRECTING, "Learning the correction", frame))

    def pause(self) -> None:
        """Halt the run after the frame under way."""
        if self.state.phase in {Phase.PREPARING, Phase.RUNNING}:
            self._tracker.pause()
            text = f"Paused at frame {self.state.frame}"
            self._set(replace(self.state, phase=Phase.PAUSED, text=text, seconds_left=None))

    def resume(self) -> None:
        """Let a paused run go on."""
        if self.state.phase is Phase.PAUSED:
            self._arrivals.clear()
            self._tracker.resume()
            self._set(replace(self.state, phase=Phase.RUNNING, text=self._text()))

    def end(self, *, keep: bool) -> None:
        """End what is under way at once; the boxes so far stay and can be undone.

        Args:
            keep: Whether Enter goes on with the run even where no box was moved.
        """
        run, busy = self._run, self.state.is_busy
        if busy:
            self._tracker.cancel()
            self._request_id = -1
        if run is not None:
            text = f"Stopped at frame {self.state.frame}."
            done = self._record.frames_done if self._record is not None else 0
            self._finish(RunFinished(run.request_id, StopReason.CANCELLED, text, self.state.frame, done, self._seconds))
        elif busy:
            self._set(RunState(frame=self.state.frame))
        self.then = None
        if not keep:
            self._settle()

    def painted(self) -> None:
        """The frames sent so far are on the screen: the worker may track more."""
        self._unseen_timer.stop()
        if self._unseen:
            self._tracker.acknowledge(self._unseen)
            self._unseen = 0

    def close(self) -> None:
        """End the work and listen no longer."""
        self.end(keep=False)
        self._unseen_timer.stop()
        self._tracker.reply.disconnect(self._take)

    def _submit(self, request: PropagationRequest | CorrectionRequest, state: RunState) -> None:
        self._request_id = request.request_id
        self._unseen = 0
        self._arrivals.clear()
        self._set(state)
        self._tracker.submit(request)

    def _take(self, reply: Reply) -> None:
        if reply.request_id == self._request_id:
            self._handle(reply)
        elif isinstance(reply, WorkerFailed) and reply.request_id == 0:
            self.failed.emit(reply)

    def _handle(self, reply: Reply) -> None:
        match reply:
            case Preparing():
                if self.state.phase in {Phase.PREPARING, Phase.CORRECTING}:
                    self._set(replace(self.state, text=reply.text, done=reply.done, total=reply.total))
            case FrameTracked():
                self._take_frame(reply)
            case Corrected():
                self._request_id = -1
                self._set(RunState(frame=reply.frame, text="The tracker has learned the correction."))
                self.corrected.emit(reply)
            case RunFinished():
                self._finish(reply)
            case WorkerFailed():
                if self._run is None:
                    self._request_id = -1
                    self._set(RunState(frame=self.state.frame, text=reply.text))
                self.failed.emit(reply)

    def _take_frame(self, reply: FrameTracked) -> None:
        assert self._run is not None
        assert self._record is not None
        if self._record.is_orphaned:
            self.end(keep=False)
            return
        self._unseen += 1
        self._unseen_timer.start()
        self._seconds += reply.elapsed_ms / 1000
        self._arrivals.append(time.perf_counter())
        self._record.apply(reply)
        done, total = abs(reply.frame - self._run.start_frame), abs(self._run.last_frame - self._run.start_frame)
        fps = self._fps()
        left = (total - done) / fps if fps else None
        if self.state.phase is Phase.PAUSED:
            self._set(RunState(Phase.PAUSED, f"Paused at frame {reply.frame}", reply.frame, done, total, fps))
        else:
            text = f"{self._text()}. {reply.note}" if reply.note else self._text()
            self._set(RunState(Phase.RUNNING, text, reply.frame, done, total, fps, left))
        self.frame_tracked.emit(reply)

    def _finish(self, answer: RunFinished) -> None:
        """Put the run on the undo stack and become idle, with the sentence of its end."""
        assert self._record is not None
        record, self._record, self._run, self._request_id = self._record, None, None, -1
        record.commit()
        if answer.reason is StopReason.REACHED_END:
            self._settle()
        self._set(RunState(frame=answer.frame, text=answer.text, done=answer.frames_done, fps=self._fps()))
        self.finished.emit(answer)

    def _settle(self) -> None:
        """The last run has nothing left that the person waits for."""
        if self.continuation is not None:
            self.continuation = replace(self.continuation, interrupted=False)

    def _text(self) -> str:
        assert self._run is not None
        return "Propagating forward" if self._run.last_frame > self._run.start_frame else "Propagating backward"

    def _fps(self) -> float:
        span = self._arrivals[-1] - self._arrivals[0] if len(self._arrivals) > 1 else 0.0
        return (len(self._arrivals) - 1) / span if span > 0 else 0.0

    def _set(self, state: RunState) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)


def _target(track: Track, box: BoundingBox) -> TargetRequest:
    """The Track as the worker needs it, by value."""
    entries = sorted(track.keyframes.items())
    keyframes = tuple((frame, keyframe.box) for frame, keyframe in entries if keyframe.box is not None)
    outside = tuple(frame for frame, keyframe in entries if keyframe.box is None)
    return TargetRequest(track.id, keyframes, box, track.name, outside)
