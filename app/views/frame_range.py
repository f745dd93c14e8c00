"""A stretch of frames that the person has chosen in the timeline."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FrameRange:
    """Frames ``first .. last``, both inclusive.

    Attributes:
        first: First frame, from 0.
        last: Last frame, not before ``first``.
    """

    first: int
    last: int

    @classmethod
    def between(cls, one: int, other: int) -> FrameRange:
        """From one frame to another, in whichever order."""
        return cls(min(one, other), max(one, other))

    @property
    def count(self) -> int:
        """Number of frames."""
        return self.last - self.first + 1

    def __contains__(self, frame: int) -> bool:
        return self.first <= frame <= self.last
