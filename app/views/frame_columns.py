"""Many frames on few pixel columns: what the plots draw of a long Sequence, at a cost that numpy makes small."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class FrameColumns:
    """Visible frames sorted into columns of equal width.

    Attributes:
        first: First visible frame.
        last: Last visible frame, inclusive; ``last < first`` where nothing is visible.
        starts: Index (from ``first``) of the first frame of each column that holds any, ascending, int64 ``(K,)``.
        columns: Column number of each of these, int64 ``(K,)``.
    """

    first: int
    last: int
    starts: npt.NDArray[np.int64]
    columns: npt.NDArray[np.int64]

    @classmethod
    def over(cls, left: float, right: float, count: int, frame_count: int) -> FrameColumns:
        """Cut the range ``left .. right`` (frame i is centred at i) into ``count`` columns.

        Args:
            left: Left end of the visible range in frames.
            right: Right end.
            count: Number of columns, at least 1.
            frame_count: Frames of the Sequence.
        """
        first, last = max(math.ceil(left), 0), min(math.floor(right), frame_count - 1)
        edges = left + (right - left) / count * np.arange(count)
        starts = np.clip(np.ceil(edges).astype(np.int64), first, last + 1) - first
        stops = np.append(starts[1:], max(last - first + 1, 0))
        filled = np.flatnonzero(stops > starts)
        return cls(first, last, starts[filled], filled)

    def lowest(self, scores: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Lowest score of each column, NaN where it has none; ``scores`` is ``(last - first + 1,)`` -> ``(K,)``."""
        return np.fmin.reduceat(scores, self.starts) if len(self.starts) else scores[:0]

    def highest(self, scores: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Highest score of each column, NaN where it has none; ``(last - first + 1,)`` -> ``(K,)``."""
        return np.fmax.reduceat(scores, self.starts) if len(self.starts) else scores[:0]

    def mean(self, scores: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Mean score of each column over the frames that have one, NaN where none has; ``(K,)``."""
        if not len(self.starts):
            return scores[:0]
        known = ~np.isnan(scores)
        total = np.add.reduceat(np.where(known, scores, np.float32(0)), self.starts)
        count = np.add.reduceat(known.astype(np.float32), self.starts)
        return np.divide(total, count, out=np.full(len(total), np.nan, dtype=np.float32), where=count > 0)

    def worst(self, statuses: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
        """Worst TrackStatus number of each column, 255 where it has none; ``(last - first + 1,)`` -> ``(K,)``.

        A single lost frame among thousands still shows.
        """
        if not len(self.starts):
            return statuses[:0]
        # shifted by one, "none" wraps round to 0 and loses against every status
        worst = np.maximum.reduceat(statuses + np.uint8(1), self.starts)
        return worst - np.uint8(1)
