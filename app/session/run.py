"""One propagation: targets carried over the frames of a range, one frame a step, each frame decoded once for all."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from app.media.frame_source import Frame, FrameSource
from app.session.live_target import LiveTarget
from app.session.messages import (
    FrameTracked,
    PropagationRequest,
    RunFinished,
    StopReason,
    StopRules,
    TargetRequest,
    TargetStop,
)
from tracker.geometry import BoundingBox
from tracker.result import TrackResult, TrackStatus


@dataclass(slots=True)
class RunningTarget:
    """A target in a run: its tracker, the keyframes ahead and how long it has been in doubt.

    Attributes:
        request: What was asked.
        live: The tracker, standing on the run's start frame.
        stop: Why and where it stopped by itself, once it did.
    """

    request: TargetRequest
    live: LiveTarget
    stop: TargetStop | None = None
    _keyframes: dict[int, BoundingBox] = field(init=False)
    _outside: bool = field(init=False, default=False)
    _doubt: TrackStatus = field(init=False, default=TrackStatus.FOUND)
    _doubtful: list[int] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self._keyframes = dict(self.request.keyframes)

    def advance(self, frame: int, image: Frame, rules: StopRules) -> TrackResult | None:
        """Track ``frame``, or take a keyframe's box where there is one, and see whether it is time to stop.

        Returns:
            The answer, or None while the target is outside.
        """
        keyframe = self._keyframes.get(frame)
        if keyframe is not None:
            self._outside = False
            result = self.live.hold(frame, image, keyframe)
        elif self._outside or frame in self.request.outside:
            self._outside = True
            return None
        else:
            result = self.live.track(frame, image)
        self._judge(frame, result.status, rules)
        return result

    def leaves_at(self, frame: int, direction: int) -> bool:
        """Whether the target goes outside on ``frame`` or is outside already, and no keyframe ahead brings it back."""
        gone = self._outside or frame in self.request.outside
        return gone and not any((ahead - frame) * direction >= 0 for ahead in self._keyframes)

    def _judge(self, frame: int, status: TrackStatus, rules: StopRules) -> None:
        """Count frames of one kind of doubt in a row; ``stop`` is set when there are as many as the rule says."""
        if status is not self._doubt:
            self._doubt, self._doubtful = status, []
        self._doubtful.append(frame)
        limit, reason = {
            TrackStatus.NOT_FOUND: (rules.lost_frames, StopReason.LOST),
            TrackStatus.UNCERTAIN: (rules.uncertain_frames, StopReason.UNCERTAIN),
        }.get(status, (0, StopReason.REACHED_END))
        if not limit:
            self._doubtful.clear()
        elif len(self._doubtful) >= limit:
            self.stop = TargetStop(self.request.track_id, reason, self._doubtful[0])


class Run:
    """A prepared propagation; ``step`` it until it answers RunFinished.

    Attributes:
        request: What was asked.
    """

    def __init__(self, request: PropagationRequest, source: FrameSource, targets: list[RunningTarget]) -> None:
        self.request = request
        self._source = source
        self._targets = targets
        self._frame = request.start_frame
        self._direction = 1 if request.last_frame > request.start_frame else -1
        self._last = min(max(request.last_frame, 0), source.frame_count - 1)
        self._stops: list[TargetStop] = []
        self._frames_done = 0
        self._seconds = 0.0

    def step(self) -> FrameTracked | RunFinished:
        """Track the next frame for every target still running, or say that there is none.

        Raises:
            AppError: The frame cannot be read.
            TrackerError: The tracker cannot go on, in words.
        """
        running = [target for target in self._targets if target.stop is None]
        if not running:
            return self._stopped_by_itself()
        if self._frame == self._last:
            text = " ".join([f"Reached frame {self._last}.", *map(self._stop_in_words, self._stops)])
            return self._finished(StopReason.REACHED_END, text, self._last)
        frame = self._frame + self._direction
        if all(target.leaves_at(frame, self._direction) for target in running):
            text = f"Reached frame {self._frame}: outside from frame {frame} on."
            return self._finished(StopReason.REACHED_END, text, self._frame)
        started = time.perf_counter()
        image = self._source.read(frame)
        answers = [(t.request.track_id, t.advance(frame, image, self.request.rules)) for t in running]
        results = tuple((track_id, result) for track_id, result in answers if result is not None)
        self._stops += [target.stop for target in running if target.stop is not None]
        seconds = time.perf_counter() - started
        self._frame = frame
        self._frames_done += 1
        self._seconds += seconds
        note = next((target.live.tracker.device_note for target in running if target.live.tracker.device_note), "")
        return FrameTracked(self.request.request_id, frame, image, results, 1000 * seconds, note)

    def cancelled(self) -> RunFinished:
        """The last answer of a run that the person ended."""
        return self._finished(StopReason.CANCELLED, f"Stopped at frame {self._frame}.", self._frame)

    def failed(self, text: str) -> RunFinished:
        """The last answer of a run that an error ended; ``text`` is the sentence of the error."""
        return self._finished(StopReason.FAILED, text, self._frame)

    def _stopped_by_itself(self) -> RunFinished:
        last = self._stops[-1]
        if last.reason is StopReason.LOST:
            why = "the tracker lost the target. Move the box there and press Enter to go on."
        else:
            why = "two look-alikes that the tracker cannot tell apart. Move the box or press Enter to go on."
        before = [self._stop_in_words(stop) for stop in self._stops[:-1]]
        return self._finished(last.reason, " ".join([f"Stopped at frame {last.frame}: {why}", *before]), last.frame)

    def _stop_in_words(self, stop: TargetStop) -> str:
        name = next(t.request.name for t in self._targets if t.request.track_id == stop.track_id)
        what = "lost" if stop.reason is StopReason.LOST else "in doubt"
        return f"{name or f'Track {stop.track_id}'} was {what} at frame {stop.frame}."

    def _finished(self, reason: StopReason, text: str, frame: int) -> RunFinished:
        return RunFinished(
            self.request.request_id, reason, text, frame, self._frames_done, self._seconds, tuple(self._stops)
        )
