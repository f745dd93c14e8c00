"""Edits of Tracks as SQL: what each change of one means for the project's file. Pure data; ``Store`` runs it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from app.document.attributes import AttributeValue
from app.document.description import Description
from app.document.keyframes import Keyframe, Keyframes
from app.document.model import Dispute, Track
from app.document.statement import LaterRows, Row, Statement, sql_value
from app.document.tracked_boxes import TrackedBox, TrackedBoxes
from tracker.geometry import BoundingBox

_CHUNK = 1000

_PUT_KEYFRAME = "INSERT INTO keyframe VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_PUT_KEYFRAME_VALUE = "INSERT INTO keyframe_attribute VALUES (?, ?, ?, ?)"
_PUT_TRACK_VALUE = "INSERT INTO track_attribute VALUES (?, ?, ?)"
_PUT_BOX = "INSERT OR REPLACE INTO tracked_box VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_PUT_ACCEPTED = "INSERT INTO accepted_box VALUES (?, ?, ?, ?, ?, ?)"
_PUT_DISPUTED = "INSERT INTO disputed_box VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_PUT_UNLEARNED = "INSERT INTO unlearned_frame VALUES (?, ?)"


def put_tracks(tracks: Iterable[tuple[int, Track]]) -> list[Statement]:
    """New Tracks, each with the id of its Sequence, with all they hold.

    Their rows are made when they are written: here each Track takes the same short time, whatever it holds.
    """
    kept = [_Kept.of(*it) for it in tracks]
    keyframes, boxes = sum(len(it.keyframes) for it in kept), sum(it.boxes.room for it in kept)

    def rows(count: int, of: Callable[[_Kept], Iterable[Row]]) -> LaterRows:
        return LaterRows(count, lambda: chain.from_iterable(map(of, kept)))

    return [
        Statement("INSERT INTO track VALUES (?, ?, ?, ?, ?)", rows(len(kept), lambda it: [it.row])),
        Statement(_PUT_TRACK_VALUE, rows(len(kept), lambda it: _value_rows(it.id, it.attributes))),
        Statement(_PUT_KEYFRAME, rows(keyframes, lambda it: _keyframe_rows(it.id, it.keyframes))),
        Statement(_PUT_KEYFRAME_VALUE, rows(keyframes, lambda it: _keyframe_value_rows(it.id, it.keyframes))),
        Statement(_PUT_BOX, rows(boxes, lambda it: _box_rows(it.id, it.boxes))),
        Statement(_PUT_ACCEPTED, rows(len(kept), lambda it: _accepted_rows(it.id, it.accepted))),
        Statement(_PUT_DISPUTED, rows(len(kept), lambda it: _disputed_rows(it.id, it.disputed))),
        Statement(_PUT_UNLEARNED, rows(len(kept), lambda it: _unlearned_rows(it.id, it.unlearned))),
    ]


def remove_tracks(tracks: Iterable[Track]) -> list[Statement]:
    """Tracks go with all they hold."""
    removed = list(tracks)
    rows: list[Row] = [(it.id,) for it in removed]
    return [Statement("DELETE FROM track WHERE id = ?", rows, room(removed))]


def room(tracks: Iterable[Track]) -> int:
    """How many rows of the file these Tracks have, or some more."""
    return sum(1 + len(it.keyframes) + it.boxes.room for it in tracks)


def describe_tracks(descriptions: Mapping[int, Description]) -> list[Statement]:
    """Name, Category, place in the order of painting and Attributes of Tracks, by their id."""
    rows: list[Row] = [(it.name, it.category_id, it.z, track_id) for track_id, it in descriptions.items()]
    values = [row for track_id, it in descriptions.items() for row in _value_rows(track_id, it.attributes)]
    return [
        Statement("UPDATE track SET name = ?, category_id = ?, z = ? WHERE id = ?", rows),
        Statement("DELETE FROM track_attribute WHERE track_id = ?", [(track_id,) for track_id in descriptions]),
        Statement(_PUT_TRACK_VALUE, values),
    ]


def order_tracks(places: Mapping[int, int]) -> list[Statement]:
    """Track id -> place in the order of painting."""
    return [Statement("UPDATE track SET z = ? WHERE id = ?", [(z, track_id) for track_id, z in places.items()])]


def replace_keyframes(track_id: int, first: int, last: int, keyframes: Keyframes) -> list[Statement]:
    """Frames ``first .. last`` inclusive hold the Keyframes that ``keyframes`` holds there and no others."""
    kept = keyframes.within(first, last)
    sql = "DELETE FROM keyframe WHERE track_id = ? AND frame BETWEEN ? AND ?"
    return [
        Statement(sql, [(track_id, first, last)], last - first + 1),
        Statement(_PUT_KEYFRAME, LaterRows(len(kept), lambda: _keyframe_rows(track_id, kept))),
        Statement(_PUT_KEYFRAME_VALUE, LaterRows(len(kept), lambda: _keyframe_value_rows(track_id, kept))),
    ]


def put_accepted(track_id: int, boxes: Mapping[int, BoundingBox | None]) -> list[Statement]:
    """The tracked boxes found right on these frames; None for none."""
    return [
        Statement("DELETE FROM accepted_box WHERE track_id = ? AND frame = ?", [(track_id, frame) for frame in boxes]),
        Statement(_PUT_ACCEPTED, list(_accepted_rows(track_id, boxes))),
    ]


def put_disputed(track_id: int, disputes: Mapping[int, Dispute | None]) -> list[Statement]:
    """Where two runs found a Track on these frames; None where they have not disagreed."""
    gone: list[Row] = [(track_id, frame) for frame in disputes]
    return [
        Statement("DELETE FROM disputed_box WHERE track_id = ? AND frame = ?", gone),
        Statement(_PUT_DISPUTED, list(_disputed_rows(track_id, disputes))),
    ]


def put_unlearned(track_id: int, frames: frozenset[int]) -> list[Statement]:
    """The frames that the Track's tracker must not learn from."""
    return [
        Statement("DELETE FROM unlearned_frame WHERE track_id = ?", [(track_id,)]),
        Statement(_PUT_UNLEARNED, list(_unlearned_rows(track_id, frames))),
    ]


def put_boxes(boxes: Iterable[tuple[int, int, TrackedBox]]) -> list[Statement]:
    """Tracked boxes as (track id, frame, box)."""
    rows: list[Row] = []
    for track_id, frame, tracked in boxes:
        box = tracked.box
        sides = (float(box.x), float(box.y), float(box.w), float(box.h))
        rows.append((track_id, frame, *sides, float(tracked.score), int(tracked.status)))
    return [Statement(_PUT_BOX, rows)]


def replace_boxes(track_id: int, first: int, last: int, boxes: TrackedBoxes) -> list[Statement]:
    """Frames ``first .. last`` inclusive hold what ``boxes`` holds there and nothing else."""
    kept = boxes.slice(first, last)
    sql = "DELETE FROM tracked_box WHERE track_id = ? AND frame BETWEEN ? AND ?"
    return [
        Statement(sql, [(track_id, first, last)], last - first + 1),
        Statement(_PUT_BOX, LaterRows(kept.room, lambda: _box_rows(track_id, kept))),
    ]


class _Kept(NamedTuple):
    """A Track as it is now, whatever becomes of it before it is written."""

    id: int
    row: Row
    attributes: Mapping[int, AttributeValue]
    keyframes: Keyframes
    boxes: TrackedBoxes
    accepted: Mapping[int, BoundingBox]
    unlearned: frozenset[int]
    disputed: Mapping[int, Dispute]

    @classmethod
    def of(cls, sequence_id: int, track: Track) -> _Kept:
        number = track.id
        row = (number, sequence_id, track.category_id, track.name, track.z)
        # who changes the others puts new ones in their place
        human, boxes = track.keyframes.copy(), track.boxes.copy()
        return cls(number, row, track.attributes, human, boxes, track.accepted, track.unlearned, track.disputed)


def _value_rows(track_id: int, values: Mapping[int, AttributeValue]) -> Iterator[Row]:
    return ((track_id, attribute, sql_value(value)) for attribute, value in values.items())


def _keyframe_rows(track_id: int, keyframes: Keyframes) -> Iterator[Row]:
    return (_keyframe_row(track_id, *item) for item in keyframes.items())


def _keyframe_row(track_id: int, frame: int, keyframe: Keyframe) -> Row:
    box = keyframe.box
    sides = (None,) * 4 if box is None else (float(box.x), float(box.y), float(box.w), float(box.h))
    return (track_id, frame, *sides, int(keyframe.occluded), float(keyframe.visibility), int(keyframe.gap))


def _keyframe_value_rows(track_id: int, keyframes: Keyframes) -> Iterator[Row]:
    return (
        (track_id, frame, attribute, sql_value(value))
        for frame, keyframe in keyframes.items()
        for attribute, value in keyframe.attributes.items()
    )


def _box_rows(track_id: int, boxes: TrackedBoxes) -> Iterator[Row]:
    columns = boxes.arrays()
    for start in range(0, len(columns[0]), _CHUNK):
        frames, sides, scores, statuses = (column[start : start + _CHUNK].tolist() for column in columns)
        for frame, (x, y, w, h), score, status in zip(frames, sides, scores, statuses, strict=True):
            yield track_id, frame, x, y, w, h, score, status


def _accepted_rows(track_id: int, boxes: Mapping[int, BoundingBox | None]) -> Iterator[Row]:
    return (
        (track_id, frame, float(box.x), float(box.y), float(box.w), float(box.h))
        for frame, box in boxes.items()
        if box is not None
    )


def _disputed_rows(track_id: int, disputes: Mapping[int, Dispute | None]) -> Iterator[Row]:
    return (
        (track_id, frame, *(float(side) for box in (it.box, it.other) for side in (box.x, box.y, box.w, box.h)))
        for frame, it in disputes.items()
        if it is not None
    )


def _unlearned_rows(track_id: int, frames: frozenset[int]) -> Iterator[Row]:
    return ((track_id, frame) for frame in sorted(frames))
