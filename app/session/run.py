"""One propagation: targets carried over the frames of a range, one frame a step, each frame decoded once for all."""

from __future__ import annotations

import time
from collections.abc import Sequence

from app.media.frame_source import FrameSource
from app.session.live_target import track_targets
from app.session.messages import FrameTracked, PropagationRequest, RunFinished, StopReason, TargetStop
from app.session.running_target import RunningTarget
from app.session.tracker_protocol import TrackTogether, one_after_another
from app.spoken import confirm_key, shown_frame, spoken
from tracker.result import TrackResult

_SAID = 2
"""So many stops are told one by one."""


class Run:
    """A prepared propagation; ``step`` it until it answers RunFinished.

    Attributes:
        request: What was asked.
    """

    def __init__(
        self,
        request: PropagationRequest,
        source: FrameSource,
        targets: list[RunningTarget],
        together: TrackTogether = one_after_another,
    ) -> None:
        self.request = request
        self._source = source
        self._together = together
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
        frame = self._frame + self._direction
        if self._frame == self._last or all(target.ends_before(frame, self._direction) for target in self._targets):
            return self._ended()
        started = time.perf_counter()
        image = self._source.read(frame)
        running = [target for target in self._targets if not target.ends_before(frame, self._direction)]
        answers: dict[int, TrackResult] = {}
        tracked = []
        for target in running:
            if target.is_tracked_on(frame):
                tracked.append(target)
            elif (held := target.hold(frame, image, self._source.read)) is not None:
                answers[target.request.track_id] = held
        found = track_targets([target.live for target in tracked], frame, image, self._together)
        for target, result in zip(tracked, found, strict=True):
            target.take(frame, result)
            answers[target.request.track_id] = result
        order = (target.request.track_id for target in running)
        results = tuple((track_id, answers[track_id]) for track_id in order if track_id in answers)
        stops = tuple(target.stop for target in running if target.stop is not None)
        self._stops += stops
        seconds = time.perf_counter() - started
        self._frame = frame
        self._frames_done += 1
        self._seconds += seconds
        device = next((target.live.tracker.device_note for target in running if target.live.tracker.device_note), "")
        note = " ".join(filter(None, [device, *self._in_words(self._stops)]))
        return FrameTracked(self.request.request_id, frame, image, results, 1000 * seconds, note, stops)

    def cancelled(self) -> RunFinished:
        """The last answer of a run that the person ended."""
        return self._finished(
            StopReason.CANCELLED, spoken("Stopped at frame {0}.", shown_frame(self._frame)), self._frame
        )

    def failed(self, text: str) -> RunFinished:
        """The last answer of a run that an error ended; ``text`` is the sentence of the error."""
        return self._finished(StopReason.FAILED, text, self._frame)

    def _ended(self) -> RunFinished:
        """There is no frame left to do: which of the reasons is it?"""
        if all(target.stop is not None for target in self._targets):
            last = self._stops[-1]
            text = " ".join([_stopped(last), *self._in_words(self._stops[:-1])])
            return self._finished(last.reason, text, last.frame)
        frame = self._frame + self._direction
        gone = [target for target in self._targets if target.stop is None and target.leaves_at(frame, self._direction)]
        text = spoken("Reached frame {0}.", shown_frame(self._frame))
        if self._frame != self._last and gone:
            text = spoken("Reached frame {0}: outside from frame {1} on.", shown_frame(self._frame), shown_frame(frame))
        return self._finished(StopReason.REACHED_END, " ".join([text, *self._in_words(self._stops)]), self._frame)

    def _in_words(self, stops: Sequence[TargetStop]) -> list[str]:
        """Sentences on targets that have stopped, no more than can be read in passing."""
        said = [self.in_words(stop) for stop in stops[:_SAID]]
        if len(stops) > _SAID:
            said.append(spoken("{0} more have stopped: see the Review panel.", len(stops) - _SAID))
        return said

    def in_words(self, stop: TargetStop) -> str:
        """One target's stop as a sentence beside others."""
        name = next(t.request.name for t in self._targets if t.request.track_id == stop.track_id)
        name = name or spoken("Track {0}", stop.track_id)
        match stop.reason:
            case StopReason.LOST:
                return spoken("{0} was lost at frame {1}.", name, shown_frame(stop.frame))
            case StopReason.UNCERTAIN:
                return spoken("{0} was in doubt at frame {1}.", name, shown_frame(stop.frame))
            case StopReason.LEFT:
                return spoken("{0} left the picture at frame {1}.", name, shown_frame(stop.frame))
            case _:
                return spoken("{0} jumped at frame {1}.", name, shown_frame(stop.frame))

    def _finished(self, reason: StopReason, text: str, frame: int) -> RunFinished:
        return RunFinished(
            self.request.request_id, reason, text, frame, self._frames_done, self._seconds, tuple(self._stops)
        )


def _stopped(stop: TargetStop) -> str:
    """Why the only target, or the last one, stopped, and what to do."""
    match stop.reason:
        case StopReason.LOST:
            return spoken(
                "Stopped at frame {0}: the tracker lost the target. Move the box there and press {1} to go on.",
                shown_frame(stop.frame),
                confirm_key(),
            )
        case StopReason.UNCERTAIN:
            return spoken(
                "Stopped at frame {0}: two look-alikes that the tracker cannot tell apart. "
                "Move the box or press {1} to go on.",
                shown_frame(stop.frame),
                confirm_key(),
            )
        case StopReason.LEFT:
            return spoken(
                "Stopped at frame {0}: the target seems to leave the picture. "
                "Mark it as outside if it is gone, or move the box and press {1} to go on.",
                shown_frame(stop.frame),
                confirm_key(),
            )
        case _:
            return spoken(
                "Stopped at frame {0}: the box jumped. Move it back, or press {1} if it is right, to go on.",
                shown_frame(stop.frame),
                confirm_key(),
            )
