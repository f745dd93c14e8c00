"""Two runs over one gap, forward from its first keyframe and backward from its second, made into one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.document.model import Dispute
from app.document.tracked_boxes import TrackedBoxes
from tracker.box_arrays import ious
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus

Boxes = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.float64]

BLEND_FRAMES = 3
"""On so many frames each side of the seam one path goes over into the other."""
AGREES = 0.5
"""From this IoU on, the two boxes mean the same: only such are blended, and the better score counts for both."""
_NEARLY_BEST = 0.95
"""Frames that agree as well as this share of the best are all good places for the seam."""


@dataclass(frozen=True, slots=True)
class Joined:
    """One path through the gap.

    Attributes:
        boxes: Of every frame that one of the two had.
        seam: Last frame that is led by the forward run; first - 1 where all of it is the backward run's.
        agreement: IoU of the two boxes of each frame, ``(N,)``; NaN where one of them had none.
        disputed: Frames on which both found the target, each somewhere else: the box there, and the other run's.
    """

    boxes: TrackedBoxes
    seam: int
    agreement: npt.NDArray[np.float32]
    disputed: dict[int, Dispute]


def join(forward: TrackedBoxes, backward: TrackedBoxes, first: int, last: int) -> Joined:
    """Follow ``forward`` up to the seam and ``backward`` after it; where one of them is lost, the other.

    The seam is where the two agree best: the IoU of their boxes weighted by their scores, a lost target counting
    nothing. Where several frames are as good, or none agrees, it is where the scores before it (forward) and after it
    (backward) add up to most, and of equals the one nearest the middle.

    Args:
        forward: Tracked boxes of the run from the keyframe before ``first``.
        backward: Of the run from the keyframe after ``last``.
        first: First frame of the gap.
        last: Last frame of the gap, inclusive.
    """
    one, two = TrackedPath.of(forward, first, last), TrackedPath.of(backward, first, last)
    overlap = ious(one.boxes, two.boxes)
    seam = _seam(one, two, overlap)
    share = _shares(len(overlap), seam, one, two, overlap)
    both = one.known & two.known
    blended = np.where(both[:, None], one.boxes + share[:, None] * (two.boxes - one.boxes), one.boxes)
    boxes = np.where((share >= 1.0)[:, None], two.boxes, blended)
    from_two = share > 0.5
    scores, statuses = np.where(from_two, two.scores, one.scores), np.where(from_two, two.statuses, one.statuses)
    other_scores, other_statuses = (
        np.where(from_two, one.scores, two.scores),
        np.where(from_two, one.statuses, two.statuses),
    )
    better = both & (overlap >= AGREES) & (other_scores > scores)
    known = np.flatnonzero(one.known | two.known)
    made = TrackedBoxes.from_arrays(
        known + first,
        boxes[known],
        np.where(better, other_scores, scores)[known].astype(np.float32),
        np.where(better, other_statuses, statuses)[known].astype(np.uint8),
    )
    agreement = np.where(both, overlap, np.nan).astype(np.float32)
    others = np.where(from_two[:, None], one.boxes, two.boxes)  # none of these is blended
    differing = np.flatnonzero(one.found & two.found & (overlap < AGREES))
    disputed = {
        int(row) + first: Dispute(BoundingBox(*boxes[row].tolist()), BoundingBox(*others[row].tolist()))
        for row in differing
    }
    return Joined(made, first + seam, agreement, disputed)


@dataclass(frozen=True, slots=True)
class TrackedPath:
    """One run over the whole gap as columns; rows of frames it does not have are zero."""

    known: npt.NDArray[np.bool_]
    boxes: Boxes
    scores: Numbers
    statuses: npt.NDArray[np.int64]

    @classmethod
    def of(cls, tracked: TrackedBoxes, first: int, last: int) -> TrackedPath:
        """What it has on ``first .. last`` inclusive."""
        count = last - first + 1
        frames, boxes, scores, statuses = tracked.slice(first, last).arrays()
        made = cls(np.zeros(count, bool), np.zeros((count, 4)), np.zeros(count), np.zeros(count, np.int64))
        rows = frames - first
        made.known[rows], made.boxes[rows], made.scores[rows], made.statuses[rows] = True, boxes, scores, statuses
        return made

    @property
    def found(self) -> npt.NDArray[np.bool_]:
        """Frames with a box that is no memory of a lost target."""
        return np.asarray(self.known & (self.statuses != int(TrackStatus.NOT_FOUND)))

    @property
    def trust(self) -> Numbers:
        """What each frame counts: its score, nothing where the target was lost."""
        return np.where(self.found, np.clip(self.scores, 0.0, 1.0), 0.0)


def _seam(one: TrackedPath, two: TrackedPath, overlap: Numbers) -> int:
    """Row of the last frame that follows the first path; -1 for none."""
    count = len(overlap)
    before = np.concatenate([[0.0], np.cumsum(one.trust)])
    after = np.concatenate([np.cumsum(two.trust[::-1])[::-1], [0.0]])
    total = before + after  # place k: the first k frames follow the first path
    agreement = overlap * np.sqrt(one.trust * two.trust)
    best = float(agreement.max(initial=0.0))
    places = np.arange(count + 1)
    if best > 0:
        rows = np.flatnonzero(agreement >= _NEARLY_BEST * best)
        # a seam on either side of an agreeing frame is as good
        places = np.unique(np.concatenate([rows, rows + 1]))
    top = total[places].max()
    good = places[total[places] >= top - 1e-9 * max(top, 1.0)]
    return int(good[np.argmin(np.abs(good - count / 2))]) - 1


def _shares(count: int, seam: int, one: TrackedPath, two: TrackedPath, overlap: Numbers) -> Numbers:
    """How much of each frame's box is the second path's, 0 to 1."""
    rows = np.arange(count)
    share = (rows > seam).astype(np.float64)
    mixed = one.found & two.found & (overlap >= AGREES)
    distance = np.abs(rows - seam - 0.5)
    apart = distance[~mixed]
    reach = min(float(apart.min(initial=np.inf)) - 1.0, BLEND_FRAMES - 0.5)
    ramp = (rows - seam - 0.5) / (2 * reach + 2) + 0.5
    share = np.where(distance <= reach, ramp, share)
    # whichever side of the seam: a box that was found before one that was not, and any before none
    share = np.where((one.found & ~two.found) | (one.known & ~two.known), 0.0, share)
    return np.where((two.found & ~one.found) | (two.known & ~one.known), 1.0, share)
