"""One target in a run: its tracker, the keyframes ahead of it, where it ends, and how long it has been in doubt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from app.media.frame_source import Frame
from app.session.live_target import LiveTarget
from app.session.messages import StopRules, TargetRequest, TargetStop
from app.session.stop_judge import StopJudge
from tracker.geometry import BoundingBox
from tracker.result import TrackResult


@dataclass(slots=True)
class RunningTarget:
    """A target that is being carried on.

    Attributes:
        request: What was asked.
        live: The tracker, standing on the run's start frame.
        rules: When to stop early.
        picture_size: (width, height).
        stop: Why and where it stopped by itself, once it did.
    """

    request: TargetRequest
    live: LiveTarget
    rules: StopRules
    picture_size: tuple[int, int]
    stop: TargetStop | None = None
    _keyframes: dict[int, BoundingBox] = field(init=False)
    _outside: bool = field(init=False, default=False)
    _judge: StopJudge = field(init=False)

    def __post_init__(self) -> None:
        self._keyframes = dict(self.request.keyframes)
        self._judge = StopJudge(self.rules, self.picture_size)
        self._judge.restart(self.request.start_box)

    def is_tracked_on(self, frame: int) -> bool:
        """Whether the tracker has to say where the target is on ``frame``; a person has not."""
        if frame in self._keyframes:
            return False
        return not (self._outside or frame in self.request.outside)

    def hold(self, frame: int, image: Frame, read: Callable[[int], Frame]) -> TrackResult | None:
        """Pass a frame of which a person has said where the target is, or that it is outside.

        Args:
            frame: One that is not tracked.
            image: Its picture.
            read: Gives the pictures of keyframes, should they have to be learned anew.

        Returns:
            What the tracker sees at the keyframe's box, or None while the target is outside.
        """
        keyframe = self._keyframes.get(frame)
        self._outside = keyframe is None
        if keyframe is None:
            return None
        self._judge.restart(keyframe)
        return self.live.hold(frame, image, keyframe, read)

    def take(self, frame: int, result: TrackResult) -> None:
        """The tracker's answer on a frame: is it time to stop?"""
        verdict = self._judge.judge(frame, result)
        if verdict is not None:
            self.stop = TargetStop(self.request.track_id, *verdict)

    def ends_before(self, frame: int, direction: int) -> bool:
        """Whether there is nothing to do for this target from ``frame`` on."""
        if self.stop is not None:
            return True
        last = self.request.last_frame
        if last is not None and (frame - last) * direction > 0:
            return True
        return self.leaves_at(frame, direction)

    def leaves_at(self, frame: int, direction: int) -> bool:
        """Whether the target goes outside on ``frame`` or is outside already, and no keyframe ahead brings it back."""
        gone = self._outside or frame in self.request.outside
        return gone and not any((ahead - frame) * direction >= 0 for ahead in self._keyframes)
