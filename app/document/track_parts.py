"""Parts of Tracks, and Tracks put together from parts, so that each frame shows what it showed before. Plain data.

A part that begins on a frame has a Keyframe on the first frame that shows something: all that holds there (box or
outside, occluded, visibility, per-frame values). A part that ends inside an interpolated gap has one on its last frame.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from app.document.model import Gap, Keyframe, Keyframes, Source, Track
from app.document.tracked_boxes import TrackedBoxes


@dataclass(frozen=True, slots=True)
class Layers:
    """What a Track holds over a range of frames.

    Attributes:
        keyframes: The human layer.
        boxes: The tracked layer.
    """

    keyframes: Keyframes
    boxes: TrackedBoxes


def layers_of(track: Track, first: int, last: int) -> Layers:
    """A copy of what a Track holds on frames ``first .. last`` inclusive, as it is."""
    return Layers(track.keyframes.within(first, last), track.boxes.slice(first, last))


def shown_part(track: Track, first: int, last: int) -> Layers:
    """What a Track shows on frames ``first .. last`` inclusive, to stand by itself or in another Track."""
    return _part_of(_Shown.of(track), first, last)


def _part_of(shown: _Shown, first: int, last: int) -> Layers:
    track = shown.track
    keyframes = shown.settled.within(first, last)
    start = shown.first_from(first, last)
    if start is not None:
        keyframes[start] = state_at(track, start)
    if track.keyframes.interpolated_gap(last) is not None:
        keyframes[last] = replace(state_at(track, last), attributes=_attributes(keyframes, last))
    end = keyframes.at_or_before(last)
    if end is not None:
        keyframes[end] = replace(keyframes[end], gap=Gap.TRACKED)
    return Layers(keyframes, track.boxes.slice(first, last))


def state_at(track: Track, frame: int) -> Keyframe:
    """All that holds of a Track on ``frame``, as one Keyframe."""
    keyframe = track.keyframe_with(frame, track.box_at(frame))
    return replace(keyframe, attributes=track.keyframes.values_at(frame))


def before(track: Track, frame: int) -> Layers:
    """What a Track holds before ``frame``, as it is but for an interpolated gap, which ends there."""
    keyframes = track.keyframes.settled().within(0, frame - 1)
    if track.keyframes.interpolated_gap(frame - 1) is not None:
        keyframes[frame - 1] = replace(state_at(track, frame - 1), attributes={})
    end = keyframes.at_or_before(frame - 1)
    if end is not None:
        keyframes[end] = replace(keyframes[end], gap=Gap.TRACKED)
    return Layers(keyframes, track.boxes.slice(0, frame - 1))


def joined(earlier: Layers, later: Layers, frame: int, last: int) -> Layers:
    """``earlier`` before ``frame``, and ``later`` from there to ``last``."""
    keyframes, boxes = Keyframes(earlier.keyframes), earlier.boxes.copy()
    keyframes.replace(frame, last, later.keyframes)
    boxes.replace(frame, last, later.boxes)
    return Layers(keyframes, boxes)


def conflicts(one: Track, other: Track) -> list[tuple[int, int]]:
    """Spans (first, last) of frames on which both Tracks show a box."""
    return _runs(_sorted_out(other.shown_frames(), one.shown_frames(), shared=True))


def merged(winner: Track, loser: Track, last: int) -> Layers:
    """On each frame up to ``last`` what ``winner`` shows, and what ``loser`` does where that shows no box."""
    kept, taken = _Shown.of(winner), _Shown.of(loser)
    keyframes, boxes = Keyframes(kept.settled), winner.boxes.copy()
    for first, end in _runs(_sorted_out(taken.frames, kept.frames, shared=False)):
        part = _part_of(taken, first, end)
        keyframes.replace(first, end, part.keyframes)
        boxes.replace(first, end, part.boxes)
        back = kept.first_from(end + 1, last) if end < last else None
        if back is not None and back not in keyframes and not _goes_on(keyframes, winner, back):
            start = kept.settled.at_or_before(back)
            gap = Gap.TRACKED if start is None else kept.settled[start].gap
            keyframes[back] = replace(state_at(winner, back), gap=gap)
    return Layers(keyframes, boxes)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is asked of a Track for each of its parts.

    Attributes:
        track: The Track.
        settled: Its Keyframes, as ``Keyframes.settled`` gives them.
        frames: Those with a shown box, ascending.
    """

    track: Track
    settled: Keyframes
    frames: npt.NDArray[np.int64]

    @classmethod
    def of(cls, track: Track) -> _Shown:
        return cls(track, track.keyframes.settled(), track.shown_frames())

    def first_from(self, first: int, last: int) -> int | None:
        """The first of the frames that shows a box or is outside."""
        if self.track.source_at(first) is Source.OUTSIDE:
            return first
        row = int(np.searchsorted(self.frames, first))
        keyframe = self.track.keyframes.after(first - 1)
        candidates = [*self.frames[row : row + 1].tolist(), *([] if keyframe is None else [keyframe])]
        return min((frame for frame in candidates if frame <= last), default=None)


def _goes_on(keyframes: Keyframes, track: Track, frame: int) -> bool:
    """Whether on ``frame`` these Keyframes say of a tracked box what those of ``track`` do."""
    start = keyframes.at_or_before(frame)
    if start is None or track.source_at(frame) is not Source.TRACKED:
        return False
    shown = keyframes[start]
    said = (shown.occluded, shown.visibility) == (track.occluded_at(frame), track.visibility_at(frame))
    return said and shown.box is not None and keyframes.values_at(frame) == track.keyframes.values_at(frame)


def _attributes(keyframes: Keyframes, frame: int) -> dict[int, str | float | bool]:
    return dict(keyframes[frame].attributes) if frame in keyframes else {}


def _sorted_out(frames: npt.NDArray[np.int64], others: npt.NDArray[np.int64], *, shared: bool) -> npt.NDArray[np.int64]:
    """Those of ``frames`` that are among ``others``, or are not; without a sort, which takes 50 ms at 200,000."""
    among = np.zeros(max([0, *frames[-1:].tolist(), *others[-1:].tolist()]) + 1, dtype=np.bool_)
    among[others] = True
    chosen: npt.NDArray[np.int64] = frames[among[frames] == shared]
    return chosen


def _runs(frames: npt.NDArray[np.int64]) -> list[tuple[int, int]]:
    """Frames, ascending -> spans (first, last) without gaps."""
    if not len(frames):
        return []
    breaks = np.flatnonzero(np.diff(frames) > 1)
    firsts = frames[np.concatenate([[0], breaks + 1])]
    lasts = frames[np.concatenate([breaks, [len(frames) - 1]])]
    return list(zip(firsts.tolist(), lasts.tolist(), strict=True))
