"""Runs and corrections from the window's side: requests from the document, replies into it, and what goes on."""

from __future__ import annotations

import itertools
import time
from collections import deque
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.document.document import Document
from app.document.model import Sequence, Track
from app.session.continuation import Continuation, combined
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
from app.session.run_plan import RunPlan
from app.session.run_record import RunRecord
from app.session.run_state import Phase, RunState
from app.session.tracker_thread import TrackerThread
from app.spoken import shown_frame, spoken
from tracker.geometry import BoundingBox

_request_ids = itertools.count(1)
_SPEED_FRAMES = 30
_UNSEEN_MS = 150
"""A window that is hidden paints nothing; after so long its frames count as seen, so that the run goes on."""


class PropagationControl(QObject):
    """Serves one run or one correction at a time and keeps the document true to it. UI thread only.

    Signals:
        state_changed: RunState, whenever it differs.
        frame_tracked: FrameTracked, when its boxes are in the document.
        corrected: Corrected.
        finished: RunFinished, once for every run, when its boxes are on the undo stack.
        failed: WorkerFailed.
        stuck: The tracker has not answered for so many seconds.
        recovered: It answers again.

    Attributes:
        state: RunState of this moment.
        plan: What the last run was asked to do, or None before the first.
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
    stuck = Signal(float)
    recovered = Signal()

    def __init__(self, document: Document, tracker: TrackerThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = RunState()
        self.continuation: Continuation | None = None
        self.then: Continuation | None = None
        self.plan: RunPlan | None = None
        self.model = ModelChoice()
        self.rules = StopRules()
        self._document = document
        self._tracker = tracker
        self._request_id = -1
        self._sequence: Sequence | None = None
        self._place = 0
        self._answers: list[RunFinished] = []
        self._doubt: Continuation | None = None
        self._run: PropagationRequest | None = None
        self._record: RunRecord | None = None
        self._seconds = 0.0
        self._arrivals: deque[float] = deque(maxlen=_SPEED_FRAMES)
        self._unseen = 0
        self._unseen_timer = QTimer(self, singleShot=True, interval=_UNSEEN_MS)
        self._unseen_timer.timeout.connect(self.painted)
        tracker.reply.connect(self._take)
        tracker.stuck.connect(self.stuck)
        tracker.recovered.connect(self.recovered)

    def start(self, sequence: Sequence, plan: RunPlan) -> None:
        """Begin a run; each Track has a box where its leg starts."""
        self.end(keep=False)
        self._sequence = sequence
        self.plan = plan
        self._place = -1
        self._answers = []
        self._record = RunRecord(self._document, plan)
        self._next_leg()

    def correct(
        self, sequence: Sequence, track: Track, frame: int, box: BoundingBox, then: Continuation | None
    ) -> None:
        """Have the tracker learn the keyframe ``box`` on ``frame``; ``then`` is kept for when it has."""
        self.end(keep=True)
        self.then = then
        request = CorrectionRequest(next(_request_ids), Path(sequence.path), target_of(track, box), frame, self.model)
        self._submit(request, RunState(Phase.CORRECTING, spoken("Learning the correction"), frame))

    def pause(self) -> None:
        """Halt the run after the frame under way."""
        if self.state.phase in {Phase.PREPARING, Phase.RUNNING}:
            self._tracker.pause()
            text = spoken("Paused at frame {0}", shown_frame(self.state.frame))
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
            text = spoken("Stopped at frame {0}.", shown_frame(self.state.frame))
            done = self._record.frames_done if self._record is not None else 0
            done -= sum(answer.frames_done for answer in self._answers)
            seconds = self._seconds
            self._finish(RunFinished(run.request_id, StopReason.CANCELLED, text, self.state.frame, done, seconds))
        elif busy:
            self._set(RunState(frame=self.state.frame))
        self.then = None
        if not keep:
            self._settle()

    def restart_tracker(self) -> None:
        """Have a new worker serve from now on; nothing is under way."""
        self._tracker.start_anew()

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
        self._tracker.stuck.disconnect(self.stuck)
        self._tracker.recovered.disconnect(self.recovered)
        self._tracker.let_go()

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
                self._set(RunState(frame=reply.frame, text=spoken("The tracker has learned the correction.")))
                self.corrected.emit(reply)
            case RunFinished():
                self._leg_finished(reply)
            case WorkerFailed():
                if self._run is None:
                    self._request_id = -1
                    self._set(RunState(frame=self.state.frame, text=reply.text))
                self.failed.emit(reply)

    def _next_leg(self) -> None:
        """Begin the next leg that has a box to start from; without one the run is over."""
        assert self.plan is not None
        assert self._sequence is not None
        for place in range(self._place + 1, len(self.plan.legs)):
            leg = self.plan.legs[place]
            there = [(self._sequence.tracks.get(track_id), last) for track_id, last in leg.ends]
            targets = tuple(
                replace(target_of(track, box), last_frame=last)
                for track, last in there
                if track is not None and (box := track.box_at(leg.start_frame)) is not None
            )
            if targets:
                self._place = place
                break
        else:
            self._finish(combined(self._answers))
            return
        joins = self.plan.fills or self.plan.joins(place)
        rules = replace(self.rules, keep_going=True) if joins else self.rules
        self._run = PropagationRequest(
            next(_request_ids),
            Path(self._sequence.path),
            targets,
            leg.start_frame,
            leg.last_frame,
            rules,
            self.model,
        )
        self._seconds = 0.0
        rest = self.plan.legs[place + 1 :]
        if not joins:
            track_ids = tuple(target.track_id for target in targets)
            self.continuation = Continuation(self._sequence.id, track_ids, leg.direction, leg.last_frame, rest)
        elif not self.plan.fills and rest:
            ahead = rest[0]
            self.continuation = Continuation(
                self._sequence.id, ahead.track_ids, ahead.direction, ahead.last_frame, rest[1:]
            )
        else:
            # a keyframe set inside a gap makes two gaps of it: Enter does not go on with the one
            self.continuation = None
        done = sum(leg.length for leg in self.plan.legs[:place])
        total = sum(leg.length for leg in self.plan.legs)
        self._submit(self._run, RunState(Phase.PREPARING, spoken("Preparing"), leg.start_frame, done, total))

    def _take_frame(self, reply: FrameTracked) -> None:
        assert self._run is not None
        assert self.plan is not None
        assert self._record is not None
        if self._record.is_orphaned:
            self.end(keep=False)
            return
        self._unseen += 1
        self._unseen_timer.start()
        self._seconds += reply.elapsed_ms / 1000
        self._arrivals.append(time.perf_counter())
        legs, leg = self.plan.legs, self.plan.legs[self._place]
        self._record.apply(reply, leg)
        if self.plan.mends and self.plan.joins(self._place):
            self.painted()  # the person looks at the corrected frame meanwhile
            if self.state.phase is not Phase.PAUSED:
                self._set(replace(self.state, phase=Phase.RUNNING, text=self._text()))
            return
        done = sum(it.length for it in legs[: self._place]) + abs(reply.frame - leg.start_frame)
        total = sum(it.length for it in legs)
        fps = self._fps()
        left = (total - done) / fps if fps else None
        if self.state.phase is Phase.PAUSED:
            self._set(
                RunState(
                    Phase.PAUSED, spoken("Paused at frame {0}", shown_frame(reply.frame)), reply.frame, done, total, fps
                )
            )
        else:
            text = f"{self._text()}. {reply.note}" if reply.note else self._text()
            self._set(RunState(Phase.RUNNING, text, reply.frame, done, total, fps, left))
        self.frame_tracked.emit(reply)

    def _leg_finished(self, answer: RunFinished) -> None:
        """Take up the next leg, or finish with what all of them came to."""
        assert self.plan is not None
        if answer.stops and self.continuation is not None:
            stopped = tuple(stop.track_id for stop in answer.stops)
            self._doubt = replace(self.continuation, track_ids=stopped, legs=(), apart=True)
        if answer.reason is not StopReason.FAILED and self._place + 1 < len(self.plan.legs):
            self._answers.append(answer)
            self._next_leg()
        else:
            self._finish(answer)

    def _finish(self, answer: RunFinished) -> None:
        """Put the run on the undo stack and become idle, with the sentence of its end."""
        assert self._record is not None
        answer = combined([*self._answers, answer])
        record, self._record, self._run, self._request_id = self._record, None, None, -1
        doubt, self._doubt, self._answers = self._doubt, None, []
        record.commit()
        if answer.reason is StopReason.REACHED_END:
            answer = replace(answer, text=self._filled_text() or answer.text)
            self._settle()
        elif doubt is not None and answer.reason.is_doubt:
            self.continuation = doubt
        self._set(RunState(frame=answer.frame, text=answer.text, done=answer.frames_done, fps=self._fps()))
        self.finished.emit(answer)

    def _settle(self) -> None:
        """The last run has nothing left that the person waits for."""
        if self.continuation is not None:
            self.continuation = replace(self.continuation, interrupted=False)

    def _text(self) -> str:
        assert self._run is not None
        assert self.plan is not None
        forward = self._run.last_frame > self._run.start_frame
        if self.plan.mends and self.plan.joins(self._place):
            return spoken("Looking again at the frames before the correction")
        if self.plan.fills:
            return spoken("Filling forward") if forward else spoken("Filling backward")
        return spoken("Propagating forward") if forward else spoken("Propagating backward")

    def _filled_text(self) -> str:
        """What was filled; where the last way back came to is nothing to a person."""
        if self.plan is None or not self.plan.fills:
            return ""
        first, last, *more = sorted(leg.start_frame for leg in self.plan.legs)
        if more:
            return spoken("Filled {0} gaps.", len(self.plan.legs) // 2)
        return spoken("Filled frames {0} to {1}.", shown_frame(first + 1), shown_frame(last - 1))

    def _fps(self) -> float:
        span = self._arrivals[-1] - self._arrivals[0] if len(self._arrivals) > 1 else 0.0
        return (len(self._arrivals) - 1) / span if span > 0 else 0.0

    def _set(self, state: RunState) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)


def target_of(track: Track, box: BoundingBox) -> TargetRequest:
    """The Track as the worker needs it, by value."""
    entries = sorted(track.keyframes.items())
    keyframes = tuple((frame, keyframe.box) for frame, keyframe in entries if keyframe.box is not None)
    outside = tuple(frame for frame, keyframe in entries if keyframe.box is None)
    return TargetRequest(track.id, keyframes, box, track.name, outside, unlearned=track.unlearned)
