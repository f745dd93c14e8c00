"""The tracked boxes of one Track: dense arrays over the span of frames they cover, O(1) a frame at any length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracker.geometry import BoundingBox
from tracker.result import TrackStatus

_EMPTY = 255
_STATUSES = {int(it): it for it in TrackStatus}
_LONG = 4096
"""Rows from which on a part is copied only when it is needed."""

_NO_BOXES: npt.NDArray[np.float64] = np.empty((0, 4), dtype=np.float64)
_NO_SCORES: npt.NDArray[np.float32] = np.empty(0, dtype=np.float32)
_NO_STATUSES: npt.NDArray[np.uint8] = np.empty(0, dtype=np.uint8)

BoxArrays = tuple[npt.NDArray[np.int64], npt.NDArray[np.float64], npt.NDArray[np.float32], npt.NDArray[np.uint8]]
"""Frames ``(N,)``, boxes ``(N, 4)`` as x, y, w, h, scores ``(N,)`` and TrackStatus numbers ``(N,)``, row by row."""


@dataclass(frozen=True, slots=True)
class TrackedBox:
    """A box that the tracker produced.

    Attributes:
        box: In image pixels.
        score: Maximum of the score map on that frame.
        status: How sure the tracker was.
    """

    box: BoundingBox
    score: float
    status: TrackStatus


class TrackedBoxes:
    """Frame -> TrackedBox as arrays; frames without a box cost one row inside the span and nothing outside it.

    Copies share their memory until one of them gets other boxes. What is taken away stays there and is only said to be
    empty: a thread of the window that cuts a Track and undoes it copies a byte a row.
    """

    __slots__ = ("_are_statuses_shared", "_boxes", "_first", "_is_shared", "_scores", "_statuses")

    def __init__(self) -> None:
        self._first = 0
        self._boxes, self._scores, self._statuses = _NO_BOXES, _NO_SCORES, _NO_STATUSES
        self._is_shared = self._are_statuses_shared = False

    def __len__(self) -> int:
        return int(np.count_nonzero(self._statuses != _EMPTY))

    @property
    def room(self) -> int:
        """How many boxes there are, or some more; at once, where ``len`` counts them."""
        return len(self._statuses)

    def last(self) -> int | None:
        """The last frame that holds a box; None without any."""
        if len(self._statuses) and self._statuses.item(-1) != _EMPTY:
            return self._end - 1
        frames = self.frames()
        return int(frames[-1]) if len(frames) else None

    def __contains__(self, frame: int) -> bool:
        row = frame - self._first
        return 0 <= row < len(self._statuses) and bool(self._statuses[row] != _EMPTY)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, TrackedBoxes):
            return NotImplemented
        return self.span_unlike(other) is None

    __hash__ = None  # type: ignore[assignment]  # mutable: equal by content

    def get(self, frame: int) -> TrackedBox | None:
        """The box on ``frame``, or None."""
        row = frame - self._first
        status = self._statuses.item(row) if 0 <= row < len(self._statuses) else _EMPTY
        if status == _EMPTY:
            return None
        x, y, w, h = self._boxes[row].tolist()
        return TrackedBox(BoundingBox(x, y, w, h), self._scores.item(row), _STATUSES[status])

    def mark_at(self, frame: int) -> tuple[float, TrackStatus] | None:
        """Score and status on ``frame``, or None where there is no box: a third of the price of ``get``."""
        row = frame - self._first
        status = self._statuses.item(row) if 0 <= row < len(self._statuses) else _EMPTY
        return None if status == _EMPTY else (self._scores.item(row), _STATUSES[status])

    def span(self) -> tuple[int, int]:
        """First and last frame that may hold a box; the last is before the first where none does."""
        return self._first, self._first + len(self._statuses) - 1

    def set(self, frame: int, tracked: TrackedBox) -> None:
        """Put a box on ``frame`` in place of what was there."""
        self._reserve(frame)
        self._unshare()
        self._unshare_statuses()
        row = frame - self._first
        box = tracked.box
        self._boxes[row] = (box.x, box.y, box.w, box.h)
        self._scores[row] = tracked.score
        self._statuses[row] = tracked.status

    def discard(self, frame: int) -> None:
        """Take the box of ``frame`` away if there is one."""
        if frame in self:
            self._unshare_statuses()
            self._statuses[frame - self._first] = _EMPTY

    def frames(self) -> npt.NDArray[np.int64]:
        """Frames that hold a box, ascending, int64 ``(N,)``."""
        return np.flatnonzero(self._statuses != _EMPTY) + self._first

    def count_on(self, frames: Sequence[int]) -> int:
        """On how many of these frames, each named once, there is a box."""
        rows = np.asarray(frames, dtype=np.int64) - self._first
        rows = rows[(rows >= 0) & (rows < len(self._statuses))]
        return int(np.count_nonzero(self._statuses[rows] != _EMPTY))

    def items(self) -> Iterator[tuple[int, TrackedBox]]:
        """(frame, box) ascending by frame."""
        for frame in self.frames().tolist():
            tracked = self.get(frame)
            assert tracked is not None
            yield frame, tracked

    def arrays(self) -> BoxArrays:
        """Everything as arrays: frames ``(N,)`` ascending, boxes ``(N, 4)``, scores ``(N,)``, statuses ``(N,)``."""
        rows = np.flatnonzero(self._statuses != _EMPTY)
        if len(rows) and rows[-1] - rows[0] == len(rows) - 1:  # without a gap: several times as fast
            span = slice(int(rows[0]), int(rows[-1]) + 1)
            return rows + self._first, self._boxes[span].copy(), self._scores[span].copy(), self._statuses[span].copy()
        return rows + self._first, self._boxes[rows], self._scores[rows], self._statuses[rows]

    def slice(self, first: int, last: int) -> TrackedBoxes:
        """A copy of what lies on frames ``first .. last`` inclusive."""
        is_long = min(last + 1, self._end) - max(first, self._first) >= _LONG
        if is_long:  # of short ones not: a run, of which parts are asked for, would copy all it has at each box
            self._is_shared = self._are_statuses_shared = True
        return self._window(first, last, own=not is_long)

    def replace(self, first: int, last: int, other: TrackedBoxes) -> None:
        """Make frames ``first .. last`` inclusive what they are in ``other``; the rest stays."""
        start = max(first - self._first, 0)
        self._unshare_statuses()
        self._statuses[start : max(start, last + 1 - self._first)] = _EMPTY
        frames = other._window(first, last).frames()
        if not len(frames):
            return
        begin, end = int(frames[0]), int(frames[-1])
        if end - begin >= _LONG and not len(self):
            self._become(other.slice(begin, end))
        else:
            self._put(other._window(begin, end))

    def _become(self, other: TrackedBoxes) -> None:
        """Take over what a copy has that nobody else uses."""
        self._first, self._boxes, self._scores = other._first, other._boxes, other._scores
        self._statuses, self._is_shared = other._statuses, other._is_shared
        self._are_statuses_shared = other._are_statuses_shared

    def _put(self, part: TrackedBoxes) -> None:
        """Make the frames that ``part`` spans what they are there."""
        self._reserve(part._first)
        self._reserve(part._end - 1)
        rows = slice(part._first - self._first, part._end - self._first)
        # what comes back where it was taken away is there still
        if not np.array_equal(self._boxes[rows], part._boxes) or not np.array_equal(self._scores[rows], part._scores):
            self._unshare()
            self._boxes[rows], self._scores[rows] = part._boxes, part._scores
        self._unshare_statuses()
        self._statuses[rows] = part._statuses

    def is_like(self, other: TrackedBoxes, first: int, last: int) -> bool:
        """Whether the two are equal on frames ``first .. last`` inclusive; where they are not, that is found soon."""
        mine, theirs = self._window(first, last), other._window(first, last)
        if self._are_same(mine, theirs):
            return True
        if not np.array_equal(self.statuses(first, last), other.statuses(first, last)):
            return False
        if not np.array_equal(self.scores(first, last), other.scores(first, last), equal_nan=True):
            return False
        return mine == theirs

    @staticmethod
    def _are_same(one: TrackedBoxes, other: TrackedBoxes) -> bool:
        """Whether two begin on one frame and hold the same, also where there is no box: soon found, and mostly so."""
        return (
            one._first == other._first
            and np.array_equal(one._statuses, other._statuses)
            and np.array_equal(one._scores, other._scores)
            and np.array_equal(one._boxes, other._boxes)
        )

    def span_unlike(self, other: TrackedBoxes) -> tuple[int, int] | None:
        """First and last frame on which the two differ; None where they are equal."""
        low, high = max(self._first, other._first), min(self._end, other._end)
        differ: list[int] = []
        for one in (self, other):
            frames = one.frames()
            outside = frames[(frames < low) | (frames >= high)] if low < high else frames
            differ += outside[[0, -1]].tolist() if len(outside) else []
        if low < high:
            mine, theirs = slice(low - self._first, high - self._first), slice(low - other._first, high - other._first)
            unlike = self._scores[mine] != other._scores[theirs]
            for side in range(4):
                unlike |= self._boxes[mine, side] != other._boxes[theirs, side]
            unlike &= self._statuses[mine] != _EMPTY
            unlike |= self._statuses[mine] != other._statuses[theirs]
            rows = np.flatnonzero(unlike) + low
            differ += rows[[0, -1]].tolist() if len(rows) else []
        return (min(differ), max(differ)) if differ else None

    def _window(self, first: int, last: int, *, own: bool = False) -> TrackedBoxes:
        """What lies on frames ``first .. last`` inclusive, in memory of its own or in the same."""
        start = max(first - self._first, 0)
        stop = max(start, last + 1 - self._first)
        part = TrackedBoxes()
        part._first = self._first + start
        part._boxes, part._scores = self._boxes[start:stop], self._scores[start:stop]
        part._statuses = self._statuses[start:stop]
        part._is_shared = part._are_statuses_shared = True
        if own:
            part._unshare()
            part._unshare_statuses()
        return part

    @property
    def _end(self) -> int:
        return self._first + len(self._statuses)

    def scores(self, first: int, last: int) -> npt.NDArray[np.float32]:
        """Scores of frames ``first .. last`` inclusive, float32 ``(last - first + 1,)``; NaN where there is no box."""
        out = np.full(last - first + 1, np.nan, dtype=np.float32)
        start, stop = max(first, self._first), min(last + 1, self._first + len(self._statuses))
        if start < stop:
            rows = slice(start - self._first, stop - self._first)
            out[start - first : stop - first] = np.where(self._statuses[rows] == _EMPTY, np.nan, self._scores[rows])
        return out

    def statuses(self, first: int, last: int) -> npt.NDArray[np.uint8]:
        """TrackStatus numbers of frames ``first .. last`` inclusive, uint8; 255 where there is no box."""
        out = np.full(last - first + 1, _EMPTY, dtype=np.uint8)
        start, stop = max(first, self._first), min(last + 1, self._first + len(self._statuses))
        if start < stop:
            out[start - first : stop - first] = self._statuses[start - self._first : stop - self._first]
        return out

    def copy(self) -> TrackedBoxes:
        """An independent copy."""
        other = TrackedBoxes()
        other._first, other._boxes, other._scores = self._first, self._boxes, self._scores
        other._statuses = self._statuses
        # last: another thread may copy while this one unshares
        other._is_shared = self._is_shared = True
        other._are_statuses_shared = self._are_statuses_shared = True
        return other

    def _unshare(self) -> None:
        """Have boxes and scores for oneself, before they are changed."""
        if self._is_shared:
            self._is_shared = False
            self._boxes, self._scores = self._boxes.copy(), self._scores.copy()

    def _unshare_statuses(self) -> None:
        """Have for oneself what is said of each frame, before it is changed."""
        if self._are_statuses_shared:
            self._are_statuses_shared = False
            self._statuses = self._statuses.copy()

    @classmethod
    def from_arrays(
        cls,
        frames: npt.NDArray[np.int64],
        boxes: npt.NDArray[np.float64],
        scores: npt.NDArray[np.float32],
        statuses: npt.NDArray[np.uint8],
    ) -> TrackedBoxes:
        """Many boxes at once.

        Args:
            frames: ``(N,)``, any order, no duplicates.
            boxes: ``(N, 4)`` as x, y, w, h.
            scores: ``(N,)``.
            statuses: ``(N,)`` TrackStatus numbers.
        """
        made = cls()
        if len(frames):
            made._reserve(int(frames.min()))
            made._reserve(int(frames.max()))
            rows = frames - made._first
            made._boxes[rows], made._scores[rows], made._statuses[rows] = boxes, scores, statuses
        return made

    def _reserve(self, frame: int) -> None:
        """Grow the arrays so that ``frame`` has a row; doubling keeps appends cheap in both directions."""
        count = len(self._statuses)
        if count and self._first <= frame < self._first + count:
            return
        if not count:
            self._first, before, after = frame, 0, 1
        elif frame < self._first:
            before, after = max(self._first - frame, min(count, self._first)), 0
        else:
            before, after = 0, max(frame - self._first - count + 1, count)
        # fresh zeros cost no memory until they are written to: a frame number far away costs a byte a row
        boxes, scores = np.zeros((before + count + after, 4)), np.zeros(before + count + after, dtype=np.float32)
        statuses = np.full(before + count + after, _EMPTY, dtype=np.uint8)
        kept = slice(before, before + count)
        boxes[kept], scores[kept], statuses[kept] = self._boxes, self._scores, self._statuses
        self._boxes, self._scores, self._statuses = boxes, scores, statuses
        self._is_shared = self._are_statuses_shared = False
        self._first -= before
