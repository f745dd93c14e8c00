"""The scores of one Track as the curve keeps them: dense, appended to in place, in either direction of time."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

_SMALLEST = 256


class ScoreSeries:
    """Frame -> score, NaN where there is none. Appending costs the same at any length."""

    def __init__(self) -> None:
        self._first = 0
        self._scores = np.full(0, np.nan, dtype=np.float32)
        self.highest = 0.0

    def replace(self, first: int, scores: npt.NDArray[np.float32]) -> None:
        """Other scores altogether; ``scores[0]`` belongs to frame ``first``."""
        self._first = first
        self._scores = np.array(scores, dtype=np.float32)
        self.highest = float(np.fmax.reduce(self._scores, initial=0.0))  # passes over NaN
        if not np.isfinite(self.highest):
            self.highest = float(self._scores[np.isfinite(self._scores)].max(initial=0.0))

    def set(self, frame: int, score: float) -> None:
        """One frame's score (NaN takes it away)."""
        self._reserve(frame)
        self._scores[frame - self._first] = score
        if score > self.highest:  # noqa: PLR1730  # max() would take a NaN score over
            self.highest = score

    def get(self, frame: int) -> float:
        """The score of a frame, NaN where there is none."""
        row = frame - self._first
        return float(self._scores[row]) if 0 <= row < len(self._scores) else float("nan")

    def between(self, first: int, last: int) -> npt.NDArray[np.float32]:
        """Scores of frames ``first .. last`` inclusive, float32 ``(last - first + 1,)``, NaN where there are none."""
        out = np.full(max(last - first + 1, 0), np.nan, dtype=np.float32)
        start, stop = max(first, self._first), min(last + 1, self._first + len(self._scores))
        if start < stop:
            out[start - first : stop - first] = self._scores[start - self._first : stop - self._first]
        return out

    def _reserve(self, frame: int) -> None:
        count = len(self._scores)
        if not count:
            self._first = frame
        before = max(self._first - frame, 0)
        after = max(frame - self._first - count + 1, 0)
        if not before and not after:
            return
        room = max(count, _SMALLEST)
        before, after = (min(max(before, room), self._first) if before else 0), (max(after, room) if after else 0)
        self._scores = np.pad(self._scores, (before, after), constant_values=np.nan)
        self._first -= before
