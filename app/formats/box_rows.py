"""Boxes from a file as columns, in any order, and how they become the two layers of Tracks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter

import numpy as np
import numpy.typing as npt

from app.document.model import AttributeValue, Gap, Keyframe, Keyframes
from app.document.tracked_boxes import TrackedBoxes
from app.errors import AppError
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus

MAX_SPAN = 20_000_000
"""Frames that all Tracks of an import may span together: what a hostile file can make the program allocate."""


class RepeatedBoxError(Exception):
    """Two boxes of one Track on one frame.

    Attributes:
        row: Of the second one.
    """

    def __init__(self, row: int) -> None:
        super().__init__(row)
        self.row = row


Values = Mapping[int, AttributeValue]
"""Attribute id -> value."""

Outside = Mapping[int, Values]
"""Frame without the object -> values."""


@dataclass(frozen=True, slots=True)
class BoxRows:
    """One row a box.

    Attributes:
        tracks: int64 ``(N,)``, a number for each Track; the caller's own.
        frames: int64 ``(N,)``, ours, from 0.
        boxes: float64 ``(N, 4)``: x, y, w, h, ours; valid.
        scores: float32 ``(N,)``.
        statuses: uint8 ``(N,)``, TrackStatus numbers.
        keyframes: bool ``(N,)``, whether a person set the box.
        occluded: bool ``(N,)``.
        visibility: float64 ``(N,)``, 0 to 1.
        values: Attribute id -> values, object ``(N,)``, None where the file gives none; of per-frame Attributes.
        outside: Track number -> frames from which on the object is out of the picture, up to its next box; with the
            values of Attributes that a file gives for them, by Attribute id.
    """

    tracks: npt.NDArray[np.int64]
    frames: npt.NDArray[np.int64]
    boxes: npt.NDArray[np.float64]
    scores: npt.NDArray[np.float32]
    statuses: npt.NDArray[np.uint8]
    keyframes: npt.NDArray[np.bool_]
    occluded: npt.NDArray[np.bool_]
    visibility: npt.NDArray[np.float64]
    values: Mapping[int, npt.NDArray[np.object_]] = field(default_factory=dict)
    outside: Mapping[int, Outside] = field(default_factory=dict)

    @classmethod
    def tracked(
        cls, tracks: npt.NDArray[np.int64], frames: npt.NDArray[np.int64], boxes: npt.NDArray[np.float64]
    ) -> BoxRows:
        """Rows of a format that tells nothing but boxes."""
        count = len(frames)
        none = np.zeros(count, dtype=np.bool_)
        statuses = np.full(count, TrackStatus.FOUND, dtype=np.uint8)
        return cls(tracks, frames, boxes, np.ones(count, dtype=np.float32), statuses, none, none.copy(), np.ones(count))

    def at(self, rows: npt.NDArray[np.int64]) -> BoxRows:
        """The rows with these numbers, int64 ``(M,)``."""
        return BoxRows(
            self.tracks[rows],
            self.frames[rows],
            self.boxes[rows],
            self.scores[rows],
            self.statuses[rows],
            self.keyframes[rows],
            self.occluded[rows],
            self.visibility[rows],
            {number: column[rows] for number, column in self.values.items()},
            self.outside,
        )


@dataclass(frozen=True, slots=True)
class TrackLayers:
    """What the rows of one Track become.

    Attributes:
        track: The caller's number.
        rows: Its rows, ascending by frame, int64 ``(M,)``.
        keyframes: What a person set, and all places where what holds until further notice changes: how much is to be
            seen, values of Attributes, and that the object is back.
        boxes: All other boxes.
    """

    track: int
    rows: npt.NDArray[np.int64]
    keyframes: Keyframes
    boxes: TrackedBoxes


def track_layers(rows: BoxRows) -> Iterator[TrackLayers]:
    """The Tracks of all rows, in the order of their first rows.

    Raises:
        RepeatedBoxError: A Track has two boxes on one frame.
        AppError: The boxes lie too far apart to be held.
    """
    if not len(rows.frames):
        return
    order = np.lexsort((rows.frames, rows.tracks))
    tracks, frames = rows.tracks[order], rows.frames[order]
    is_new = np.concatenate([[True], tracks[1:] != tracks[:-1]])
    repeated = np.flatnonzero(~is_new[1:] & (frames[1:] == frames[:-1]))
    if len(repeated):
        raise RepeatedBoxError(int(order[repeated + 1].min()))
    starts = np.flatnonzero(is_new)
    ends = np.append(starts[1:], len(order))
    span = int((frames[ends - 1] - frames[starts] + 1).sum())
    if span > MAX_SPAN:
        raise AppError("The boxes lie too far apart (over {0:,} frames in all): import fewer tracks at a time.", span)
    firsts = np.minimum.reduceat(order, starts)
    for place in np.argsort(firsts, kind="stable").tolist():
        yield _layers(rows, order[starts[place] : ends[place]])


def changed_rows(rows: BoxRows, outside: Iterable[int], changes: Collection[int]) -> npt.NDArray[np.bool_]:
    """Which rows of one Track become Keyframes.

    Args:
        rows: Of one Track, ascending by frame.
        outside: Frames from which on the object is out of the picture.
        changes: Frames on which Attributes get other values.

    Returns:
        bool ``(N,)``.
    """
    frames, occluded, visibility = rows.frames, rows.occluded, rows.visibility
    human = rows.keyframes | (occluded != np.concatenate([[False], occluded[:-1]]))
    human |= visibility != np.concatenate([[1.0], visibility[:-1]])
    back = np.searchsorted(frames, np.array(list(outside), dtype=np.int64))
    human[back[back < len(frames)]] = True
    if changes:
        human |= np.isin(frames, np.array(list(changes), dtype=np.int64))
    return np.asarray(human)


def keyframes_of(
    rows: BoxRows,
    human: npt.NDArray[np.bool_],
    outside: Iterable[int],
    changes: Mapping[int, Mapping[int, AttributeValue]],
    gaps: Collection[int] = (),
) -> Keyframes:
    """The Keyframes of one Track.

    Args:
        rows: Its rows.
        human: Which of them, bool ``(N,)``.
        outside: Frames from which on the object is out of the picture.
        changes: Frame -> Attribute id -> other value.
        gaps: Frames of Keyframes from which a straight line goes to the next.
    """
    keyframes = {frame: Keyframe(None, attributes=changes.get(frame, {})) for frame in outside}
    columns = (rows.frames[human], rows.boxes[human], rows.occluded[human], rows.visibility[human])
    for frame, box, occluded, visibility in zip(*(it.tolist() for it in columns), strict=True):
        gap = Gap.INTERPOLATED if frame in gaps else Gap.TRACKED
        keyframes[frame] = Keyframe(BoundingBox(*box), occluded, visibility, gap, changes.get(frame, {}))
    return Keyframes(keyframes)


def _layers(every: BoxRows, own: npt.NDArray[np.int64]) -> TrackLayers:
    number, rows = int(every.tracks[own[0]]), every.at(own)
    there = set(rows.frames.tolist())
    outside = {frame: values for frame, values in rows.outside.get(number, {}).items() if frame not in there}
    changes = _changes(rows, outside)
    human = changed_rows(rows, outside, changes)
    rest = rows.at(np.flatnonzero(~human))
    boxes = TrackedBoxes.from_arrays(rest.frames, rest.boxes, rest.scores, rest.statuses)
    return TrackLayers(number, own, keyframes_of(rows, human, outside, changes), boxes)


def _changes(rows: BoxRows, outside: Outside) -> dict[int, dict[int, AttributeValue]]:
    """Frame -> Attribute id -> value, wherever a value differs from what held before."""
    frames = rows.frames.tolist() if rows.values else []
    told = {number: [*zip(frames, column.tolist(), strict=True)] for number, column in rows.values.items()}
    for frame, values in outside.items():
        for number, value in values.items():
            told.setdefault(number, []).append((frame, value))
    changes: dict[int, dict[int, AttributeValue]] = {}
    for attribute, pairs in sorted(told.items()):
        held: AttributeValue | None = None
        for frame, value in sorted(pairs, key=itemgetter(0)) if outside else pairs:
            if value is not None and value != held:
                changes.setdefault(frame, {})[attribute] = held = value
    return changes


def outside_keyframes(outside: Outside) -> Keyframes:
    """Those of a Track that is never seen."""
    changes: dict[int, dict[int, AttributeValue]] = {}
    held: dict[int, AttributeValue] = {}
    for frame, values in sorted(outside.items()):
        changes[frame] = {number: value for number, value in values.items() if held.get(number) != value}
        held |= values
    return Keyframes((frame, Keyframe(None, attributes=values)) for frame, values in changes.items())
