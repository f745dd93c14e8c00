"""What a run is to do, worked out from the document: which Tracks, from where to where, one way or several."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from app.document.model import Sequence, Track
from app.errors import AppError
from app.session.run_state import Direction
from app.spoken import shown_frame


@dataclass(frozen=True, slots=True)
class Leg:
    """One way through the frames, all its Tracks together.

    Attributes:
        start_frame: Where each Track has a box.
        ends: (Track id, last frame), one or more, all the same way in time.
    """

    start_frame: int
    ends: tuple[tuple[int, int], ...]

    @property
    def direction(self) -> Direction:
        """Which way in time."""
        return Direction.FORWARD if self.ends[0][1] > self.start_frame else Direction.BACKWARD

    @property
    def last_frame(self) -> int:
        """Where the last of its Tracks ends."""
        frames = [last for _, last in self.ends]
        return max(frames) if self.direction is Direction.FORWARD else min(frames)

    @property
    def track_ids(self) -> tuple[int, ...]:
        """Ids of its Tracks."""
        return tuple(track_id for track_id, _ in self.ends)

    @property
    def length(self) -> int:
        """Frames to do."""
        return abs(self.last_frame - self.start_frame)


@dataclass(frozen=True, slots=True)
class RunPlan:
    """Legs, one after the other; one step of undo.

    Attributes:
        sequence_id: Of the Sequence.
        legs: At least one.
        fills: The legs are pairs: forward from the first keyframe of a gap and backward from the second, to be joined
            in between. Nothing stops early then.
        mends: The first leg leads back from a corrected frame over the doubtful ones before it. Its boxes are joined
            with those that are there; it does not stop early either.
    """

    sequence_id: int
    legs: tuple[Leg, ...]
    fills: bool = False
    mends: bool = False

    def joins(self, place: int) -> bool:
        """Whether the boxes of a leg are kept apart until they are joined with those of the frames it passes."""
        return place % 2 == 1 if self.fills else self.mends and place == 0

    @property
    def spans(self) -> dict[int, tuple[int, int]]:
        """Track id -> first and last frame that the plan touches."""
        spans: dict[int, tuple[int, int]] = {}
        for leg in self.legs:
            for track_id, last in leg.ends:
                first, end = spans.get(track_id, (leg.start_frame, leg.start_frame))
                spans[track_id] = min(first, leg.start_frame, last), max(end, leg.start_frame, last)
        return spans


def one_way(
    sequence: Sequence, tracks: Iterable[Track], frame: int, direction: Direction, last_frame: int | None = None
) -> RunPlan:
    """Carry Tracks from ``frame`` to ``last_frame``, or to where the Sequence ends.

    Raises:
        AppError: No Track has a box there, or there is no frame to go to.
    """
    end = sequence.frame_count - 1 if direction is Direction.FORWARD else 0
    if last_frame is not None:
        end = min(max(last_frame, 0), sequence.frame_count - 1)
    there = _with_box(tracks, frame)
    if (end - frame) * direction <= 0:
        raise AppError(
            "Frame {0} is the last one in that direction: there is nothing to propagate to.", shown_frame(frame)
        )
    return RunPlan(sequence.id, (Leg(frame, tuple((track.id, end) for track in there)),))


def mended(plan: RunPlan | None, sequence: Sequence, track_id: int, frame: int, first: int) -> RunPlan:
    """A plan that goes back from a corrected frame to ``first`` before it does what it would have done."""
    back = Leg(frame, ((track_id, first),))
    return RunPlan(sequence.id, (back, *(plan.legs if plan else ())), mends=True)


def both_ways(sequence: Sequence, tracks: Iterable[Track], frame: int, frames: int | None = None) -> RunPlan:
    """Carry Tracks from ``frame`` forward to the end, then from there back to the start; ``frames`` at most each way.

    Raises:
        AppError: No Track has a box there, or there is one frame only.
    """
    reach = sequence.frame_count if frames is None else frames
    return within(sequence, tracks, frame, frame - reach, frame + reach)


def within(sequence: Sequence, tracks: Iterable[Track], frame: int, first: int, last: int) -> RunPlan:
    """Carry Tracks from ``frame`` forward to ``last``, then from there back to ``first``, as far as there are frames.

    Raises:
        AppError: No Track has a box there, or there is one frame only.
    """
    there = _with_box(tracks, frame)
    first, last = max(first, 0), min(last, sequence.frame_count - 1)
    legs = tuple(Leg(frame, tuple((track.id, end) for track in there)) for end in (last, first) if end != frame)
    if not legs:
        raise AppError("There is one frame only: there is nothing to propagate to.")
    return RunPlan(sequence.id, legs)


def to_keyframe(sequence: Sequence, tracks: Iterable[Track], frame: int, direction: Direction) -> RunPlan:
    """Carry Tracks from ``frame`` each to its own next keyframe in that direction.

    Raises:
        AppError: No Track has a box there, or none has a keyframe to go to.
    """
    ends = []
    for track in _with_box(tracks, frame):
        beyond = [it for it in track.keyframes if (it - frame) * direction > 0]
        if beyond:
            ends.append((track.id, min(beyond) if direction is Direction.FORWARD else max(beyond)))
    if not ends:
        if direction is Direction.FORWARD:
            raise AppError(
                "There is no keyframe after frame {0}: set one, or propagate to the end.", shown_frame(frame)
            )
        raise AppError("There is no keyframe before frame {0}: set one, or propagate to the end.", shown_frame(frame))
    return RunPlan(sequence.id, (Leg(frame, tuple(ends)),))


def fill_here(sequence: Sequence, tracks: Iterable[Track], frame: int) -> RunPlan:
    """Fill the gap between keyframes that ``frame`` lies in; on a keyframe, the gap that begins there.

    Raises:
        AppError: There is no such gap with a box at both ends.
    """
    gaps = [
        (track.id, gap)
        for track in tracks
        for gap in gaps_of(track)
        if gap[0] <= frame < gap[1] or (frame == gap[1] == max(track.keyframes))
    ]
    if not gaps:
        raise AppError(
            "Frame {0} is not between two keyframes with frames to fill between them: "
            "set a box on a frame before it and on one after it.",
            shown_frame(frame),
        )
    return _fill(sequence, gaps)


def fill_all(sequence: Sequence, tracks: Iterable[Track]) -> RunPlan:
    """Fill every gap between keyframes.

    Raises:
        AppError: There is none.
    """
    gaps = [(track.id, gap) for track in tracks for gap in gaps_of(track)]
    if not gaps:
        raise AppError("There are no two keyframes with frames to fill between them: set boxes further apart.")
    return _fill(sequence, gaps)


def gaps_of(track: Track) -> list[tuple[int, int]]:
    """(keyframe, next keyframe) with frames between them and a box on both."""
    frames = sorted(track.keyframes)
    return [
        (first, second)
        for first, second in itertools.pairwise(frames)
        if second - first > 1 and track.keyframes[first].box is not None and track.keyframes[second].box is not None
    ]


def next_keyframe(track: Track, frame: int) -> int | None:
    """The first keyframe after ``frame``."""
    frames = sorted(track.keyframes)
    place = bisect.bisect_right(frames, frame)
    return frames[place] if place < len(frames) else None


def _fill(sequence: Sequence, gaps: list[tuple[int, tuple[int, int]]]) -> RunPlan:
    """Tracks with the same gap share their legs."""
    legs = []
    for first, second in sorted({gap for _, gap in gaps}):
        track_ids = [track_id for track_id, gap in gaps if gap == (first, second)]
        legs.append(Leg(first, tuple((track_id, second - 1) for track_id in track_ids)))
        legs.append(Leg(second, tuple((track_id, first + 1) for track_id in track_ids)))
    return RunPlan(sequence.id, tuple(legs), fills=True)


def _with_box(tracks: Iterable[Track], frame: int) -> list[Track]:
    there = [track for track in tracks if track.box_at(frame) is not None]
    if not there:
        raise AppError(
            "There is no box on frame {0} to start from: draw one round the object first.", shown_frame(frame)
        )
    return there
