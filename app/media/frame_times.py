"""When each frame of a source is shown: the presentation times, and the frame that is on the screen at a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
import numpy.typing as npt


class FrameTimes:
    """Presentation times of all frames in seconds from the first one, ascending.

    Args:
        seconds: float64 ``(N,)``.
    """

    def __init__(self, seconds: npt.NDArray[np.float64]) -> None:
        # damaged files have times that go back; what is shown by the clock never does
        self._seconds = np.maximum.accumulate(seconds)

    @classmethod
    def read(cls, count: int, time_of: Callable[[int], float]) -> FrameTimes:
        """The times of ``count`` frames as a FrameSource tells them."""
        return cls(np.fromiter((time_of(index) for index in range(count)), dtype=np.float64, count=count))

    @classmethod
    @lru_cache(maxsize=1)
    def even(cls, count: int, fps: float) -> FrameTimes:
        """Frames at equal distances; all at 0 where ``fps`` is 0."""
        return cls(np.arange(count) / fps if fps > 0 else np.zeros(count))

    def __len__(self) -> int:
        return len(self._seconds)

    def time_of(self, frame: int) -> float:
        """Seconds from the first frame; ``frame`` must be in ``range(len(self))``."""
        return float(self._seconds[frame])

    def frame_at(self, seconds: float) -> int:
        """The frame nearest to a time: its number is always one there is."""
        if not len(self):
            return 0
        after = min(int(np.searchsorted(self._seconds, seconds)), len(self) - 1)
        if after and seconds - self._seconds[after - 1] < self._seconds[after] - seconds:
            return after - 1
        return after
