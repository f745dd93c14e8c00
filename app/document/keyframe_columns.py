"""The Keyframes of a Track as columns: what thousands of them say of thousands of frames, without a look at each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Frames = npt.NDArray[np.int64]
Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class KeyframeColumns:
    """One row a Keyframe, ascending by frame.

    Attributes:
        frames: int64 ``(N,)``.
        boxed: Whether each has a box, or says "outside".
        lined: Whether a straight line of boxes runs from each to the next one.
    """

    frames: Frames
    boxed: Marks
    lined: Marks

    @classmethod
    def of(cls, frames: list[int], boxed: list[bool], asks_for_line: list[bool]) -> KeyframeColumns:
        """A line that is asked for is drawn where there is a box at both of its ends."""
        has_box = np.array(boxed, dtype=np.bool_)
        next_has_box = np.append(has_box[1:], False)
        return cls(
            np.array(frames, dtype=np.int64), has_box, np.array(asks_for_line, dtype=np.bool_) & has_box & next_has_box
        )

    @property
    def lines(self) -> Frames:
        """(first, last) Keyframe of each straight line, ``(L, 2)``; there may be no frame between them."""
        return np.stack([self.frames[:-1][self.lined[:-1]], self.frames[1:][self.lined[:-1]]], axis=1)

    @property
    def line_frames(self) -> Frames:
        """The frames between the ends of straight lines, ascending."""
        first, last = self.lines.T
        counts = last - first - 1
        starts = np.cumsum(counts) - counts
        return np.repeat(first + 1 - starts, counts) + np.arange(int(counts.sum()), dtype=np.int64)

    def hide(self, frames: Frames) -> Marks:
        """Which of ``frames``, ascending, show what the human layer says, whatever was tracked there."""
        if not len(self.frames):
            return np.zeros(len(frames), dtype=np.bool_)
        rows = np.searchsorted(self.frames, frames, side="right") - 1
        here = self.frames[rows] == frames
        return np.asarray((rows >= 0) & (here | ~self.boxed[rows] | self.lined[rows]))
