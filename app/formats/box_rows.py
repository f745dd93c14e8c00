"""Boxes from a file as columns, in any order, and how they become the two layers of Tracks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from app.document.model import AttributeValue, Keyframe, Keyframes
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
        outside: Track number -> frames from which on the object is out of the picture, up to its next box.
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
    outside: Mapping[int, list[int]] = field(default_factory=dict)

    @classmethod
    def tracked(
        cls, tracks: npt.NDArray[np.int64], frames: npt.NDArray[np.int64], boxes: npt.NDArray[np.float64]
    ) -> BoxRows:
        """Rows of a format that tells nothing but boxes."""
        count = len(frames)
        none = np.zeros(count, dtype=np.bool_)
        statuses = np.full(count, TrackStatus.FOUND, dtype=np.uint8)
        return cls(tracks, frames, boxes, np.ones(count, dtype=np.float32), statuses, none, none.copy(), np.ones(count))


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


def _layers(rows: BoxRows, own: npt.NDArray[np.int64]) -> TrackLayers:
    frames, occluded, visibility = rows.frames[own], rows.occluded[own], rows.visibility[own]
    human = rows.keyframes[own]
    human |= occluded != np.concatenate([[False], occluded[:-1]])
    human |= visibility != np.concatenate([[1.0], visibility[:-1]])
    number = int(rows.tracks[own[0]])
    outside = [frame for frame in rows.outside.get(number, ()) if frame not in set(frames.tolist())]
    back = np.searchsorted(frames, np.array(outside, dtype=np.int64))
    human[back[back < len(frames)]] = True
    changes = _changes(rows, own)
    human[list(changes)] = True
    keyframes = {frame: Keyframe(None) for frame in outside}
    for row in np.flatnonzero(human).tolist():
        keyframes[int(frames[row])] = Keyframe(
            BoundingBox(*rows.boxes[own[row]].tolist()),
            bool(occluded[row]),
            float(visibility[row]),
            attributes=changes.get(row, {}),
        )
    rest = own[~human]
    boxes = TrackedBoxes.from_arrays(rows.frames[rest], rows.boxes[rest], rows.scores[rest], rows.statuses[rest])
    return TrackLayers(number, own, Keyframes(keyframes), boxes)


def _changes(rows: BoxRows, own: npt.NDArray[np.int64]) -> dict[int, dict[int, AttributeValue]]:
    """Place among ``own`` -> Attribute id -> value, wherever a value differs from what held before."""
    changes: dict[int, dict[int, AttributeValue]] = {}
    for attribute, column in sorted(rows.values.items()):
        held: AttributeValue | None = None
        for place, value in enumerate(column[own].tolist()):
            if value is not None and value != held:
                changes.setdefault(place, {})[attribute] = held = value
    return changes
