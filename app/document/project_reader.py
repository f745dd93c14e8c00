"""Rows of a project file -> ``Project``, believing nothing that the file says about itself."""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from app.document import schema
from app.document.model import (
    MAX_FRAMES,
    Attribute,
    AttributeKind,
    AttributeValue,
    Category,
    Dispute,
    Effort,
    Gap,
    Keyframe,
    Keyframes,
    Project,
    Sequence,
    SequenceState,
    Track,
)
from app.document.names import is_colour
from app.document.source_path import NOTHING, find_source, look_at_source
from app.document.statements import LastIds
from app.document.timed_looks import TimedLooks
from app.document.tracked_boxes import TrackedBoxes
from tracker.geometry import FARTHEST, BoundingBox
from tracker.result import TrackStatus

_MAX_SIDE = 1_000_000
_RATE_OF_PICTURES = 25.0
_SLOWEST = 1e-9
"""Frames per second; the fastest likewise, for no container counts time in less than nanoseconds."""

_FREE_SPAN, _SPAN_A_BOX = 200_000_000, 100
"""Frames that tracked boxes may span in all, and more for each of them: a frame costs a byte, or forty with a box."""


_CHUNK = 5000
"""Boxes read between two looks at whether anybody still wants them: some ten milliseconds."""

Told = Callable[[int, int], None]
"""Told (rows read, rows in all); may raise to call it off."""


class DamagedProjectError(Exception):
    """The file contradicts itself; the text says where."""


@dataclass(frozen=True, slots=True)
class LoadedProject:
    """A project as it was read.

    Attributes:
        project: Everything in it; paths of the Sequences as ``find_source`` found them.
        last_ids: Highest ids ever used.
    """

    project: Project
    last_ids: LastIds


_ROW = np.dtype([("frame", np.int64), ("box", np.float64, 4), ("score", np.float64), ("status", np.int64)])
Rows = npt.NDArray[np.void]
_FLAT_ROW = np.dtype(
    [("frame", np.int64), *((side, np.float64) for side in "xywh"), ("score", np.float64), ("status", np.int64)]
)


def tell_nobody(_done: int, _total: int) -> None:
    """A ``Told`` for who waits anyway."""


def load(connection: sqlite3.Connection, path: Path, told: Told = tell_nobody) -> LoadedProject:
    """Check and read an open project file of this version.

    Args:
        connection: Of the file or a copy of it.
        path: Where the project is, for the sources relative to it.
        told: How far it is.

    Raises:
        DamagedProjectError: The file holds what no DiMPLE writes.
        sqlite3.DatabaseError: The file cannot be read.
    """
    check_sound(connection, schema.VERSION)
    total = _check_spans(connection)
    done = 0
    project = Project()
    for number, name, colour in connection.execute("SELECT id, name, colour FROM category ORDER BY id"):
        if not is_colour(colour):
            raise DamagedProjectError(f"category {number} has a colour that is none")
        project.categories[_valid_id(number)] = Category(number, name, colour)
    if len({it.name for it in project.categories.values()}) != len(project.categories):
        raise DamagedProjectError("two categories have one name")
    for row in connection.execute("SELECT * FROM attribute ORDER BY id"):
        project.attributes[_valid_id(row[0])] = _attribute(*row)
    with TimedLooks(look_at_source, NOTHING) as looks:
        for number, name, absolute, relative, *rest in connection.execute("SELECT * FROM sequence ORDER BY id"):
            sequence = _sequence(connection, number, name, absolute, *rest)
            sequence.path = str(find_source(path, relative, absolute, sequence.file_size, looks.at))
            project.sequences[_valid_id(number)] = sequence
    for number, sequence_id, category_id, name, z in connection.execute("SELECT * FROM track ORDER BY id"):
        sequence = project.sequences[sequence_id]
        if not -schema.MAX_ID <= z <= schema.MAX_ID:
            raise DamagedProjectError(f"track {number} has a place in the order of painting that is none")
        track = Track(_valid_id(number), name, category_id, z=z)
        track.keyframes = _keyframes(connection, number, sequence.frame_count, project.attributes)
        chunks = []
        for chunk in _box_rows(connection, number):
            chunks.append(chunk)
            done += len(chunk)
            told(done, total)
        track.boxes = _boxes(chunks, number, sequence.frame_count)
        track.attributes = _track_values(connection, number, project.attributes)
        track.accepted = _accepted(connection, number, sequence.frame_count)
        track.unlearned = _unlearned(connection, number, sequence.frame_count)
        track.disputed = _disputed(connection, number, sequence.frame_count)
        sequence.tracks[number] = track
    last = dict(connection.execute("SELECT name, seq FROM sqlite_sequence"))
    return LoadedProject(project, LastIds(*(_last_id(last.get(table, 0)) for table in LastIds._fields)))


def _attribute(
    number: int, name: str, kind: str, choices: str, per_frame: int, category_id: int | None, default: object
) -> Attribute:
    try:
        listed = json.loads(choices)
        kind_of = AttributeKind(kind)
    except (ValueError, RecursionError) as error:
        raise DamagedProjectError(f"attribute {number} is none") from error
    if not isinstance(listed, list) or not all(isinstance(it, str) for it in listed):
        raise DamagedProjectError(f"attribute {number} has choices that are none")
    attribute = Attribute(number, name, kind_of, tuple(listed), bool(per_frame), category_id)
    if default is not None:
        attribute = replace(attribute, default=_value(attribute, default))
    if not attribute.is_sound:
        raise DamagedProjectError(f"attribute {number} contradicts itself")
    return attribute


def _sequence(
    connection: sqlite3.Connection,
    number: int,
    name: str,
    absolute: str,
    *rest: Any,  # noqa: ANN401 - cells of the file
) -> Sequence:
    frame_count, width, height, fps, file_size, fingerprint, state, note = rest
    if not (1 <= frame_count <= MAX_FRAMES and 1 <= width <= _MAX_SIDE and 1 <= height <= _MAX_SIDE):
        raise DamagedProjectError(f"{frame_count} frames of {width} x {height} are no sequence")
    if state is not None and state not in set(SequenceState):
        raise DamagedProjectError(f"{state} is no state of a sequence")
    # one that cannot be counts as that of pictures: the labels do not hang on it
    rate = fps if _SLOWEST <= fps <= 1 / _SLOWEST else _RATE_OF_PICTURES
    sequence = Sequence(number, name, absolute, frame_count, width, height, rate, file_size, fingerprint)
    sequence.marked = None if state is None else SequenceState(state)
    sequence.note = note
    sequence.bookmarks = dict(
        connection.execute("SELECT frame, note FROM bookmark WHERE sequence_id = ? ORDER BY frame", (number,))
    )
    if not all(0 <= frame < frame_count for frame in sequence.bookmarks):
        raise DamagedProjectError(f"sequence {number} has a bookmark on a frame that it has not")
    row = connection.execute(
        "SELECT drawn, corrected, accepted, seconds FROM effort WHERE sequence_id = ?", (number,)
    ).fetchone()
    if row is not None:
        if not all(0 <= it < math.inf for it in row):
            raise DamagedProjectError(f"sequence {number} has an effort that is none")
        sequence.effort = Effort(*row)
    return sequence


def check_sound(connection: sqlite3.Connection, version: int) -> None:
    """Check a project file of any version before anything in it is used: it defines what ours do, and is whole.

    Raises:
        DamagedProjectError: It is not.
        sqlite3.DatabaseError: The file cannot be read.
    """
    if schema.tables_of(connection) != schema.expected_tables(version):
        raise DamagedProjectError("its tables are not those of a project")
    # says nothing of CHECK constraints: SQLite forgets them on a connection that only reads
    verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise DamagedProjectError(str(verdict).splitlines()[-1])
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise DamagedProjectError("something belongs to a track, sequence or category that is not there")


def _check_spans(connection: sqlite3.Connection) -> int:
    """How many tracked boxes there are; two of them far apart in each of many tracks would fill the memory."""
    rows = connection.execute("SELECT max(frame) - min(frame) + 1, count(*) FROM tracked_box GROUP BY track_id")
    span = boxes = 0
    for track_span, track_boxes in rows:
        span, boxes = span + track_span, boxes + track_boxes
    if span > _FREE_SPAN + _SPAN_A_BOX * boxes:
        raise DamagedProjectError(f"{boxes} tracked boxes lie on {span} frames")
    return int(boxes)


def _keyframes(
    connection: sqlite3.Connection, track_id: int, frame_count: int, attributes: dict[int, Attribute]
) -> Keyframes:
    values: dict[int, dict[int, AttributeValue]] = {}
    for frame, number, value in connection.execute(
        "SELECT frame, attribute_id, value FROM keyframe_attribute WHERE track_id = ?", (track_id,)
    ):
        values.setdefault(frame, {})[number] = _value(attributes[number], value, per_frame=True)
    keyframes: list[tuple[int, Keyframe]] = []
    rows = connection.execute(
        "SELECT frame, x, y, w, h, occluded, visibility, gap FROM keyframe WHERE track_id = ?", (track_id,)
    )
    for frame, *sides, occluded, visibility, gap in rows:
        box = None if sides == [None] * 4 else BoundingBox(*(math.nan if side is None else side for side in sides))
        keyframe = Keyframe(box, bool(occluded), visibility, attributes=values.get(frame, {}))
        if not (0 <= frame < frame_count and keyframe.is_sound and gap in set(Gap)):
            raise DamagedProjectError(f"track {track_id} has a keyframe on frame {frame} that is none")
        keyframes.append((frame, replace(keyframe, gap=Gap(gap)) if gap else keyframe))
    return Keyframes(keyframes)


def _track_values(
    connection: sqlite3.Connection, track_id: int, attributes: dict[int, Attribute]
) -> dict[int, AttributeValue]:
    rows = connection.execute(
        "SELECT attribute_id, value FROM track_attribute WHERE track_id = ? ORDER BY attribute_id", (track_id,)
    )
    return {number: _value(attributes[number], value, per_frame=False) for number, value in rows}


def _value(attribute: Attribute, stored: object, *, per_frame: bool | None = None) -> AttributeValue:
    """What a cell of the file means for an Attribute; ``per_frame`` is where it was found, None for a default."""
    value = stored
    if attribute.kind is AttributeKind.FLAG and stored in {0, 1}:
        value = bool(stored)
    fits = isinstance(value, str | float | bool) and attribute.accepts(value)
    if not fits or per_frame not in {None, attribute.per_frame}:
        raise DamagedProjectError(f"attribute {attribute.id} has a value that it cannot have")
    assert isinstance(value, str | float | bool)
    return value


def _box_rows(connection: sqlite3.Connection, track_id: int) -> Iterator[Rows]:
    """The tracked boxes of a Track, some thousand at a time, ascending by frame; at least one time."""
    rows = connection.execute(
        "SELECT frame, x, y, w, h, score, status FROM tracked_box WHERE track_id = ? ORDER BY frame", (track_id,)
    )
    while True:
        chunk = np.fromiter(islice(rows, _CHUNK), dtype=_FLAT_ROW).view(_ROW)
        yield chunk
        if len(chunk) < _CHUNK:
            return


def _boxes(chunks: list[Rows], track_id: int, frame_count: int) -> TrackedBoxes:
    table = np.concatenate(chunks)
    frames, boxes, statuses = table["frame"], table["box"], table["status"]
    if len(table) and not (
        frames[0] >= 0
        and frames[-1] < frame_count
        and (np.abs(boxes) <= FARTHEST).all()
        and (boxes[:, 2:] > 0).all()
        and (np.abs(table["score"]) <= np.finfo(np.float32).max).all()
        and np.isin(statuses, list(TrackStatus)).all()
    ):
        raise DamagedProjectError(f"track {track_id} has a tracked box that is none")
    return TrackedBoxes.from_arrays(frames, boxes, table["score"].astype(np.float32), statuses.astype(np.uint8))


def _accepted(connection: sqlite3.Connection, track_id: int, frame_count: int) -> dict[int, BoundingBox]:
    rows = connection.execute(
        "SELECT frame, x, y, w, h FROM accepted_box WHERE track_id = ? ORDER BY frame", (track_id,)
    )
    accepted = {frame: BoundingBox(*sides) for frame, *sides in rows}
    if not all(0 <= frame < frame_count and box.is_valid for frame, box in accepted.items()):
        raise DamagedProjectError(f"track {track_id} has an accepted box that is none")
    return accepted


def _unlearned(connection: sqlite3.Connection, track_id: int, frame_count: int) -> frozenset[int]:
    rows = connection.execute("SELECT frame FROM unlearned_frame WHERE track_id = ?", (track_id,))
    frames = frozenset(frame for (frame,) in rows)
    if not all(0 <= frame < frame_count for frame in frames):
        raise DamagedProjectError(f"track {track_id} is not to learn from a frame that is not there")
    return frames


def _disputed(connection: sqlite3.Connection, track_id: int, frame_count: int) -> dict[int, Dispute]:
    rows = connection.execute(
        "SELECT frame, x, y, w, h, other_x, other_y, other_w, other_h FROM disputed_box WHERE track_id = ? "
        "ORDER BY frame",
        (track_id,),
    )
    disputed = {frame: Dispute(BoundingBox(*sides[:4]), BoundingBox(*sides[4:])) for frame, *sides in rows}
    if not all(0 <= it < frame_count and both.box.is_valid and both.other.is_valid for it, both in disputed.items()):
        raise DamagedProjectError(f"track {track_id} has a disputed box that is none")
    return disputed


def _valid_id(number: int) -> int:
    if not 1 <= number <= schema.MAX_ID:
        raise DamagedProjectError(f"{number} is no id")
    return number


def _last_id(value: object) -> int:
    if not isinstance(value, int) or not 0 <= value <= schema.MAX_ID:
        raise DamagedProjectError("its count of ids is broken")
    return value
