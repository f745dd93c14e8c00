"""Edits as SQL: what each change of the document means for its file. Pure data; ``Store`` runs it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

from app.document.attributes import AttributeValues
from app.document.model import Attribute, AttributeValue, Category, Keyframe, Keyframes, Project, Sequence, Track
from app.document.source_path import relative_source
from app.document.tracked_boxes import TrackedBox, TrackedBoxes
from tracker.geometry import BoundingBox

SqlValue = int | float | str | None
Row = tuple[SqlValue, ...]


class LastIds(NamedTuple):
    """Highest ids ever used; the fields are names of tables."""

    sequence: int = 0
    category: int = 0
    track: int = 0
    attribute: int = 0


class Rows(Protocol):
    """Rows of parameters; may be gone through again, and in any thread."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Row]: ...


class Statement(NamedTuple):
    """One SQL statement, run once for each row of parameters.

    Attributes:
        sql: With a question mark for each value.
        rows: Of values.
        removes: Rows of the file that go with it, at most, where it removes any.
    """

    sql: str
    rows: Rows
    removes: int = 0

    @property
    def cost(self) -> int:
        """How many rows of the file it takes to run it."""
        return max(len(self.rows), self.removes)


class _LaterRows:
    """Rows that are made when they are written, perhaps in another thread: making them takes as long as writing them.

    Args:
        count: How many there are, about.
        make: Gives them, out of what changes no more.
    """

    def __init__(self, count: int, make: Callable[[], Iterable[Row]]) -> None:
        self._count = count
        self._make = make

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Row]:
        return iter(self._make())


def put_sequence(sequence: Sequence, project_path: Path) -> list[Statement]:
    """A new Sequence with all it holds."""
    relative = relative_source(Path(sequence.path), project_path)
    row: Row = (
        sequence.id,
        sequence.name,
        sequence.path,
        relative,
        sequence.frame_count,
        sequence.width,
        sequence.height,
        sequence.fps,
        sequence.file_size,
        sequence.fingerprint,
        sequence.marked,
        sequence.note,
    )
    statements = [Statement("INSERT INTO sequence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [row])]
    statements += put_effort(sequence)
    for frame, note in sequence.bookmarks.items():
        statements += put_bookmark(sequence.id, frame, note)
    for track in sequence.tracks.values():
        statements += put_track(sequence.id, track)
    return statements


def remove_sequence(sequence: Sequence) -> list[Statement]:
    """A Sequence goes with all it holds."""
    removes = sum(map(_size, sequence.tracks.values()))
    return [
        Statement("DELETE FROM track WHERE sequence_id = ?", [(sequence.id,)], removes),
        Statement("DELETE FROM sequence WHERE id = ?", [(sequence.id,)]),
    ]


def describe_sequence(sequence: Sequence) -> list[Statement]:
    """State and note of a Sequence."""
    row = (sequence.marked, sequence.note, sequence.id)
    return [Statement("UPDATE sequence SET state = ?, note = ? WHERE id = ?", [row])]


def put_bookmark(sequence_id: int, frame: int, note: str | None) -> list[Statement]:
    """The bookmark of a frame, or None for none."""
    if note is None:
        return [Statement("DELETE FROM bookmark WHERE sequence_id = ? AND frame = ?", [(sequence_id, frame)])]
    return [Statement("INSERT OR REPLACE INTO bookmark VALUES (?, ?, ?)", [(sequence_id, frame, note)])]


def put_effort(sequence: Sequence) -> list[Statement]:
    """What the Sequence has cost so far."""
    effort = sequence.effort
    row = (sequence.id, effort.drawn, effort.corrected, effort.accepted, float(effort.seconds))
    return [Statement("INSERT OR REPLACE INTO effort VALUES (?, ?, ?, ?, ?)", [row])]


def relocate_sequence(sequence: Sequence, project_path: Path) -> list[Statement]:
    """The Sequence's file is at another place now."""
    row = (sequence.path, relative_source(Path(sequence.path), project_path), sequence.id)
    return [Statement("UPDATE sequence SET path = ?, relative_path = ? WHERE id = ?", [row])]


def put_category(category: Category) -> list[Statement]:
    """A Category, new or in place of the one with its id."""
    sql = (
        "INSERT INTO category VALUES (?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET name = excluded.name, colour = excluded.colour"
    )
    return [Statement(sql, [(category.id, category.name, category.colour)])]


def remove_category(category_id: int) -> list[Statement]:
    """A Category goes."""
    return [Statement("DELETE FROM category WHERE id = ?", [(category_id,)])]


def put_attribute(attribute: Attribute) -> list[Statement]:
    """An Attribute, new or in place of the one with its id; values stay."""
    sql = (
        "INSERT INTO attribute VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, "
        "kind = excluded.kind, choices = excluded.choices, per_frame = excluded.per_frame, "
        "category_id = excluded.category_id, default_value = excluded.default_value"
    )
    default = None if attribute.default is None else _sql_value(attribute.default)
    choices = json.dumps(attribute.choices)
    row = (
        attribute.id,
        attribute.name,
        attribute.kind.value,
        choices,
        int(attribute.per_frame),
        attribute.category_id,
        default,
    )
    return [Statement(sql, [row])]


def remove_attribute(attribute_id: int) -> list[Statement]:
    """An Attribute goes with all its values."""
    return [Statement("DELETE FROM attribute WHERE id = ?", [(attribute_id,)])]


def replace_values(attribute_id: int, values: AttributeValues) -> list[Statement]:
    """An Attribute has these values and no others."""
    on_tracks: list[Row] = [(track_id, attribute_id, _sql_value(value)) for track_id, value in values.tracks.items()]
    on_keyframes: list[Row] = [
        (track_id, frame, attribute_id, _sql_value(value))
        for track_id, frames in values.keyframes.items()
        for frame, value in frames.items()
    ]
    return [
        Statement("DELETE FROM track_attribute WHERE attribute_id = ?", [(attribute_id,)]),
        Statement("DELETE FROM keyframe_attribute WHERE attribute_id = ?", [(attribute_id,)]),
        Statement("INSERT INTO track_attribute VALUES (?, ?, ?)", on_tracks),
        Statement("INSERT INTO keyframe_attribute VALUES (?, ?, ?, ?)", on_keyframes),
    ]


def put_track(sequence_id: int, track: Track) -> list[Statement]:
    """A new Track with all it holds."""
    row = (track.id, sequence_id, track.category_id, track.name, track.z)
    return [
        Statement("INSERT INTO track VALUES (?, ?, ?, ?, ?)", [row]),
        *_put_track_values(track),
        *_put_keyframes(track.id, track.keyframes),
        Statement(_PUT_BOX, _box_rows(track.id, track.boxes)),
        *(put_accepted(track.id, track.accepted) if track.accepted else []),
        *(put_unlearned(track.id, track.unlearned) if track.unlearned else []),
    ]


def remove_track(track: Track) -> list[Statement]:
    """A Track goes with all it holds."""
    return [Statement("DELETE FROM track WHERE id = ?", [(track.id,)], _size(track))]


def describe_track(track: Track) -> list[Statement]:
    """Name, Category, place in the order of painting and Attributes of a Track."""
    row = (track.name, track.category_id, track.z, track.id)
    return [
        Statement("UPDATE track SET name = ?, category_id = ?, z = ? WHERE id = ?", [row]),
        Statement("DELETE FROM track_attribute WHERE track_id = ?", [(track.id,)]),
        *_put_track_values(track),
    ]


def order_tracks(places: Mapping[int, int]) -> list[Statement]:
    """Track id -> place in the order of painting."""
    return [Statement("UPDATE track SET z = ? WHERE id = ?", [(z, track_id) for track_id, z in places.items()])]


def replace_keyframes(track_id: int, first: int, last: int, keyframes: Keyframes) -> list[Statement]:
    """Frames ``first .. last`` inclusive hold the Keyframes that ``keyframes`` holds there and no others."""
    sql = "DELETE FROM keyframe WHERE track_id = ? AND frame BETWEEN ? AND ?"
    return [
        Statement(sql, [(track_id, first, last)], last - first + 1),
        *_put_keyframes(track_id, keyframes.within(first, last)),
    ]


def put_accepted(track_id: int, boxes: Mapping[int, BoundingBox | None]) -> list[Statement]:
    """The tracked boxes found right on these frames; None for none."""
    rows: list[Row] = [
        (track_id, frame, float(box.x), float(box.y), float(box.w), float(box.h))
        for frame, box in boxes.items()
        if box is not None
    ]
    return [
        Statement("DELETE FROM accepted_box WHERE track_id = ? AND frame = ?", [(track_id, frame) for frame in boxes]),
        Statement("INSERT INTO accepted_box VALUES (?, ?, ?, ?, ?, ?)", rows),
    ]


def put_unlearned(track_id: int, frames: frozenset[int]) -> list[Statement]:
    """The frames that the Track's tracker must not learn from."""
    return [
        Statement("DELETE FROM unlearned_frame WHERE track_id = ?", [(track_id,)]),
        Statement("INSERT INTO unlearned_frame VALUES (?, ?)", [(track_id, frame) for frame in sorted(frames)]),
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
    sql = "DELETE FROM tracked_box WHERE track_id = ? AND frame BETWEEN ? AND ?"
    return [
        Statement(sql, [(track_id, first, last)], last - first + 1),
        Statement(_PUT_BOX, _box_rows(track_id, boxes.slice(first, last))),
    ]


def put_project(project: Project, project_path: Path) -> list[Statement]:
    """Everything, into an empty file."""
    statements: list[Statement] = []
    for category in project.categories.values():
        statements += put_category(category)
    for attribute in project.attributes.values():
        statements += put_attribute(attribute)
    for sequence in project.sequences.values():
        statements += put_sequence(sequence, project_path)
    return statements


def reserve_ids(last: LastIds) -> list[Statement]:
    """Highest ids that were ever used, so that none comes back after its owner has gone."""
    rows: list[Row] = list(last._asdict().items())
    return [
        Statement("DELETE FROM sqlite_sequence WHERE name = ?", [(name,) for name, _ in rows]),
        Statement("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", rows),
    ]


_CHUNK = 1000

_PUT_KEYFRAME = "INSERT INTO keyframe VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_PUT_BOX = "INSERT OR REPLACE INTO tracked_box VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


def _put_track_values(track: Track) -> list[Statement]:
    rows: list[Row] = [(track.id, it, _sql_value(value)) for it, value in track.attributes.items()]
    return [Statement("INSERT INTO track_attribute VALUES (?, ?, ?)", rows)]


def _put_keyframes(track_id: int, keyframes: Keyframes) -> list[Statement]:
    """Keyframes on frames that have none."""
    kept = keyframes.copy()

    def rows() -> Iterator[Row]:
        return (_keyframe_row(track_id, *item) for item in kept.items())

    def values() -> Iterator[Row]:
        return (
            (track_id, frame, attribute, _sql_value(value))
            for frame, keyframe in kept.items()
            for attribute, value in keyframe.attributes.items()
        )

    return [
        Statement(_PUT_KEYFRAME, _LaterRows(len(kept), rows)),
        Statement("INSERT INTO keyframe_attribute VALUES (?, ?, ?, ?)", _LaterRows(len(kept), values)),
    ]


def _keyframe_row(track_id: int, frame: int, keyframe: Keyframe) -> Row:
    box = keyframe.box
    sides = (None,) * 4 if box is None else (float(box.x), float(box.y), float(box.w), float(box.h))
    return (track_id, frame, *sides, int(keyframe.occluded), float(keyframe.visibility), int(keyframe.gap))


def _sql_value(value: AttributeValue) -> SqlValue:
    return int(value) if isinstance(value, bool) else value


def _box_rows(track_id: int, boxes: TrackedBoxes) -> Rows:
    kept = boxes.copy()

    def rows() -> Iterator[Row]:
        columns = kept.arrays()
        for start in range(0, len(columns[0]), _CHUNK):
            frames, sides, scores, statuses = (column[start : start + _CHUNK].tolist() for column in columns)
            for frame, (x, y, w, h), score, status in zip(frames, sides, scores, statuses, strict=True):
                yield track_id, frame, x, y, w, h, score, status

    return _LaterRows(len(kept), rows)


def _size(track: Track) -> int:
    return len(track.boxes) + len(track.keyframes)
