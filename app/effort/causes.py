"""Why an annotator had to do something."""

from __future__ import annotations

import enum

from tracker.geometry import BoundingBox


class Cause(enum.StrEnum):
    """What was wrong with what was shown, named as the tables head their columns."""

    FIRST = "first box"
    EXTENT = "extent"
    """The box lies on the object, its centre inside the true box, and is too large, too small, or off."""
    ELSEWHERE = "elsewhere"
    LOST = "lost"
    """No box is shown while the object is in view."""
    BACK = "back"
    """No box is shown, and the object has just come back."""
    GONE = "gone"
    """A box is shown where there is no object."""


def cause_of(shown: BoundingBox | None, true: BoundingBox | None, before: BoundingBox | None, frame: int) -> Cause:
    """The cause of an action.

    Args:
        shown: The box on the frame, as the program has it.
        true: The true one.
        before: The true one a frame earlier.
        frame: Of the action.
    """
    if frame == 0:
        return Cause.FIRST
    if true is None:
        return Cause.GONE
    if shown is None:
        return Cause.LOST if before is not None else Cause.BACK
    (x, y), (true_x, true_y) = shown.center, true.center
    is_on_it = abs(x - true_x) < true.w / 2 and abs(y - true_y) < true.h / 2
    return Cause.EXTENT if is_on_it else Cause.ELSEWHERE
