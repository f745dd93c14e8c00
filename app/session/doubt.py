"""Which tracked frames are doubtful, and how likely wrong each is, from what is stored: status, score, boxes beside it.

Rules say which frames a person should look at and why; the fitted table of probabilities (``app.session.doubt_table``)
says which of them first. Where the target is lost there is no box, and nothing is more in need of a person. Whoever
wants it has a frame now and then listed where no rule has anything to say.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.document.model import Track
from app.session.doubt_features import REACH, both_ways, doubt_features
from app.session.doubt_table import shipped_table
from app.session.motion import Boxes, Numbers, has_left, jumps, size_changes
from tracker.result import TrackStatus

LONGEST_EPISODE = 25
"""Frames of one doubt that are looked at as one; a longer stretch is several."""


class DoubtReason(enum.IntEnum):
    """What is doubtful, the least grave first."""

    SPOT_CHECK = 1
    """Nothing, but no person has looked near it."""
    LOW_SCORE = 2
    SIZE_JUMP = 3
    JUMP = 4
    LEFT = 5
    UNCERTAIN = 6
    DISAGREEMENT = 7
    """Two runs found the target in different places."""
    LOST = 8


@dataclass(frozen=True, slots=True)
class DoubtRules:
    """From where on a frame is doubtful.

    Attributes:
        low_score: Below this score.
        jump: Above this unexpected move from frame to frame, in target sizes.
        size_jump: Above this change of the size from frame to frame, as a factor.
        spot_check: One frame in so many is to be looked at without any doubt, unless one near it is; 0 for none.
    """

    low_score: float = 0.4
    jump: float = 0.5
    size_jump: float = 1.25
    spot_check: int = 0

    @property
    def reach(self) -> int:
        """Frames to each side that the doubt about a frame depends on."""
        return REACH + (self.spot_check + 1) // 2

    def may_spot_check(self, frame: int) -> bool:
        """Whether a spot check has its place on a frame."""
        return bool(self.spot_check) and frame % self.spot_check == self.spot_check // 2


@dataclass(frozen=True, slots=True)
class Doubts:
    """Doubtful frames of a Track, ascending, as columns.

    Attributes:
        frames: int64 ``(N,)``.
        degrees: Probability that the box is wrong, above 0 and up to 1, float32 ``(N,)``.
        reasons: Numbers of DoubtReason, uint8 ``(N,)``.
    """

    frames: npt.NDArray[np.int64]
    degrees: npt.NDArray[np.float32]
    reasons: npt.NDArray[np.uint8]

    @classmethod
    def none(cls) -> Doubts:
        """No doubtful frame."""
        return cls(np.empty(0, np.int64), np.empty(0, np.float32), np.empty(0, np.uint8))

    def with_range(self, first: int, last: int, other: Doubts) -> Doubts:
        """With frames ``first .. last`` as they are in ``other``, which holds no others."""
        start, stop = np.searchsorted(self.frames, [first, last + 1])
        return Doubts(
            np.concatenate([self.frames[:start], other.frames, self.frames[stop:]]),
            np.concatenate([self.degrees[:start], other.degrees, self.degrees[stop:]]),
            np.concatenate([self.reasons[:start], other.reasons, self.reasons[stop:]]),
        )


@dataclass(frozen=True, slots=True)
class Episodes:
    """Rows of doubtful frames without a break, of one reason, as columns: what a person looks at as one.

    Attributes:
        first: First frame of each, int64 ``(N,)``.
        last: Last frame, inclusive.
        worst: Its most doubtful frame; of equals the first.
        degrees: Of that frame, float32 ``(N,)``.
        reasons: Numbers of DoubtReason.
    """

    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]
    worst: npt.NDArray[np.int64]
    degrees: npt.NDArray[np.float32]
    reasons: npt.NDArray[np.uint8]

    @classmethod
    def none(cls) -> Episodes:
        """Nothing to look at."""
        frames = np.empty(0, np.int64)
        return cls(frames, frames, frames, np.empty(0, np.float32), np.empty(0, np.uint8))


def doubts_of(track: Track, first: int, last: int, picture_size: tuple[int, int], rules: DoubtRules) -> Doubts:
    """Doubtful frames of a Track among ``first .. last`` inclusive.

    Frames with a keyframe, frames where no tracked box is shown, and frames whose box was accepted are not doubtful.

    Args:
        track: With all that is known of it.
        first: First frame.
        last: Last frame.
        picture_size: (width, height).
        rules: From where on a frame is doubtful.
    """
    low, high = max(first - rules.reach, 0), last + rules.reach
    boxes, scores, statuses = _columns(track, low, high)
    reasons = _reasons(boxes, scores, statuses, picture_size, rules)
    disputed = [frame for frame in track.disputed if low <= frame <= high and track.dispute_at(frame) is not None]
    rows = np.array(disputed, dtype=np.int64) - low
    reasons[rows] = np.maximum(reasons[rows], DoubtReason.DISAGREEMENT)
    shown = ~track.keyframes.hide(np.arange(low, high + 1))
    reasons[~shown] = 0
    accepted = [frame for frame in track.accepted if low <= frame <= high and track.is_accepted(frame)]
    reasons[np.array(accepted, dtype=np.int64) - low] = 0
    seen = reasons > 0
    seen[np.array([*accepted, *track.keyframes.within(low, high).frames], dtype=np.int64) - low] = True
    reasons[_spot_checks(low, shown & (statuses >= 0), seen, rules.spot_check)] = DoubtReason.SPOT_CHECK
    reasons[: first - low] = reasons[last + 1 - low :] = 0
    rows = np.flatnonzero(reasons)
    told = shipped_table().probabilities(doubt_features(boxes, scores)[rows])
    # a lost target has no box that could be right: the person must say where it is, or that it is gone
    told = np.where(reasons[rows] == DoubtReason.LOST, 0.95 + 0.05 * told, told)
    # of two boxes in different places one at least is wrong, and which is not known
    told = np.where(reasons[rows] == DoubtReason.DISAGREEMENT, np.maximum(told, 0.5), told)
    return Doubts(rows + low, told.astype(np.float32), reasons[rows])


def episodes_of(doubts: Doubts) -> Episodes:
    """What to look at as one: unbroken rows of one reason, cut into pieces of ``LONGEST_EPISODE``."""
    frames, degrees, reasons = doubts.frames, doubts.degrees, doubts.reasons
    if not len(frames):
        return Episodes.none()
    rows = np.arange(len(frames))
    broken = np.ones(len(frames), dtype=np.bool_)
    broken[1:] = (np.diff(frames) > 1) | (np.diff(reasons.astype(np.int64)) != 0)
    begun = np.maximum.accumulate(np.where(broken, rows, 0))
    starts = np.flatnonzero((rows - begun) % LONGEST_EPISODE == 0)
    ends = np.append(starts[1:], len(frames)) - 1
    top = np.maximum.reduceat(degrees, starts)
    of_top = degrees == np.repeat(top, ends - starts + 1)
    worst = np.minimum.reduceat(np.where(of_top, rows, len(rows)), starts)
    return Episodes(frames[starts], frames[ends], frames[worst], top, reasons[starts])


def _columns(track: Track, low: int, high: int) -> tuple[Boxes, npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """What is stored on frames ``low .. high``; keyframes stand in for the tracked boxes under them."""
    count = high - low + 1
    boxes, scores = np.full((count, 4), np.nan), np.full(count, np.nan)
    statuses = np.full(count, -1, dtype=np.int64)
    frames, sides, some_scores, some_statuses = track.boxes.slice(low, high).arrays()
    boxes[frames - low], scores[frames - low], statuses[frames - low] = sides, some_scores, some_statuses
    for frame, keyframe in track.keyframes.within(low, high).items():
        box = keyframe.box
        boxes[frame - low] = np.nan if box is None else (box.x, box.y, box.w, box.h)
        statuses[frame - low] = -1
    boxes[statuses == TrackStatus.NOT_FOUND] = np.nan  # a memory of a place, no movement
    return boxes, scores, statuses


def _reasons(
    boxes: Boxes,
    scores: Numbers,
    statuses: npt.NDArray[np.int64],
    picture_size: tuple[int, int],
    rules: DoubtRules,
) -> npt.NDArray[np.uint8]:
    """The gravest reason to doubt each frame, 0 for none."""
    found = statuses >= 0
    with np.errstate(invalid="ignore"):
        told = (
            (DoubtReason.LOW_SCORE, found & (scores < rules.low_score)),
            (DoubtReason.SIZE_JUMP, found & (both_ways(size_changes(boxes)) > rules.size_jump)),
            (DoubtReason.JUMP, found & (both_ways(jumps(boxes)) > rules.jump)),
            (DoubtReason.LEFT, found & has_left(boxes, *picture_size)),
            (DoubtReason.UNCERTAIN, statuses == TrackStatus.UNCERTAIN),
            (DoubtReason.LOST, statuses == TrackStatus.NOT_FOUND),
        )
    reasons = np.zeros(len(boxes), dtype=np.uint8)
    for reason, where in told:
        reasons[where] = reason
    return reasons


def _spot_checks(
    low: int, candidates: npt.NDArray[np.bool_], seen: npt.NDArray[np.bool_], every: int
) -> npt.NDArray[np.bool_]:
    """Which candidates, frames ``low`` and on, are to be looked at although nothing is doubtful.

    They have fixed places, so that dealing with one does not move the others.

    Args:
        low: Number of the first frame.
        candidates: Frames that show a tracked box.
        seen: Frames that a person has looked at or will.
        every: Frames from one place to the next.
    """
    if not every:
        return np.zeros(len(seen), dtype=np.bool_)
    near, count = max(every // 2, 1), len(seen)
    so_far = np.pad(np.cumsum(seen), (near + 1, near), mode="edge")
    so_far[: near + 1] = 0
    is_near = so_far[2 * near : 2 * near + count] > so_far[1 : 1 + count]  # by less than so many frames
    in_place = np.arange(low, low + count) % every == every // 2
    return np.asarray(candidates & in_place & ~is_near)
