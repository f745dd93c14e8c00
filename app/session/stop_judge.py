"""Whether a target should stop by itself: what the tracker says of each frame, held against the rules."""

from __future__ import annotations

import numpy as np

from app.session.messages import StopReason, StopRules
from app.session.motion import has_left, jumps, size_changes
from tracker.geometry import BoundingBox
from tracker.result import TrackResult, TrackStatus


class StopJudge:
    """Watches one target through a run.

    Args:
        rules: When to stop.
        picture_size: (width, height).
    """

    def __init__(self, rules: StopRules, picture_size: tuple[int, int]) -> None:
        self._rules = rules
        self._picture_size = picture_size
        self._found: list[BoundingBox] = []
        self._doubt: StopReason | None = None
        self._since = 0
        self._count = 0

    def restart(self, box: BoundingBox) -> None:
        """A person's word: the target is at ``box``, and all doubt is over."""
        self._found = [box]
        self._doubt, self._count = None, 0

    def judge(self, frame: int, result: TrackResult) -> tuple[StopReason, int] | None:
        """Take in the next frame.

        Returns:
            Why to stop, and the first frame of that doubt; None to go on.
        """
        if self._rules.keep_going:
            return None
        if result.status is TrackStatus.NOT_FOUND:
            self._found = []  # where it turns up again says nothing about its speed
            return self._counted(StopReason.LOST, frame, self._rules.lost_frames)
        self._found = [*self._found[-2:], result.box]
        boxes = np.array([(box.x, box.y, box.w, box.h) for box in self._found])
        rules = self._rules
        too_far = bool(rules.jump) and jumps(boxes)[-1] > rules.jump
        too_different = bool(rules.size_jump) and size_changes(boxes)[-1] > rules.size_jump
        if too_far or too_different:
            return StopReason.JUMPED, frame
        if has_left(boxes[-1:], *self._picture_size)[0]:
            return self._counted(StopReason.LEFT, frame, rules.left_frames)
        if result.status is TrackStatus.UNCERTAIN:
            return self._counted(StopReason.UNCERTAIN, frame, rules.uncertain_frames)
        self._doubt, self._count = None, 0
        return None

    def _counted(self, doubt: StopReason, frame: int, limit: int) -> tuple[StopReason, int] | None:
        """Frames of one kind of doubt in a row: enough of them stop the target."""
        if doubt is not self._doubt:
            self._doubt, self._since, self._count = doubt, frame, 0
        self._count += 1
        return (doubt, self._since) if limit and self._count >= limit else None
