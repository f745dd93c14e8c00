"""Rows of a project file -> ``Project``, believing nothing that the file says about itself."""

from __future__ import annotations

import math
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.document import schema
from app.document.model import MAX_FRAMES, Category, Keyframe, Project, Sequence, Track
from app.document.source_path import find_source
from app.document.tracked_boxes import TrackedBoxes
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus

_MAX_SIDE = 1_000_000


class DamagedProjectError(Exception):
    """The file contradicts itself; the text says where."""


@dataclass(frozen=True, slots=True)
class LoadedProject:
    """A project as it was read.

    Attributes:
        project: Everything in it; paths of the Sequences as ``find_source`` found them.
        last_ids: Highest ids ever used of sequences, categories and tracks.
    """

    project: Project
    last_ids: tuple[int, int, int]


_ROW = np.dtype([("frame", np.int64), ("box", np.float64, 4), ("score", np.float64), ("status", np.int64)])
_FLAT_ROW = np.dtype(
    [("frame", np.int64), *((side, np.float64) for side in "xywh"), ("score", np.float64), ("status", np.int64)]
)


def load(connection: sqlite3.Connection, path: Path) -> LoadedProject:
    """Check and read an open project file of this version.

    Args:
        connection: Of the file or a copy of it.
        path: Where the project is, for the sources relative to it.

    Raises:
        DamagedProjectError: The file holds what no DiMPLE writes.
        sqlite3.DatabaseError: The file cannot be read.
    """
    _check(connection)
    project = Project()
    for number, name in connection.execute("SELECT id, name FROM category ORDER BY id"):
        project.categories[_valid_id(number)] = Category(number, name)
    if len({it.name for it in project.categories.values()}) != len(project.categories):
        raise DamagedProjectError("two categories have one name")
    for number, name, absolute, relative, *rest in connection.execute("SELECT * FROM sequence ORDER BY id"):
        frame_count, width, height, fps, file_size, fingerprint = rest
        if not (1 <= frame_count <= MAX_FRAMES and 1 <= width <= _MAX_SIDE and 1 <= height <= _MAX_SIDE):
            raise DamagedProjectError(f"{frame_count} frames of {width} x {height} are no sequence")
        place = str(find_source(path, relative, absolute, file_size))
        project.sequences[_valid_id(number)] = Sequence(
            number, name, place, frame_count, width, height, fps, file_size, fingerprint
        )
    for number, sequence_id, category_id, name in connection.execute("SELECT * FROM track ORDER BY id"):
        sequence = project.sequences[sequence_id]
        track = Track(_valid_id(number), name, category_id)
        track.keyframes = _keyframes(connection, number, sequence.frame_count)
        track.boxes = _boxes(connection, number, sequence.frame_count)
        sequence.tracks[number] = track
    last = dict(connection.execute("SELECT name, seq FROM sqlite_sequence"))
    sequence_id, category_id, track_id = (last.get(table, 0) for table in ("sequence", "category", "track"))
    return LoadedProject(project, (_last_id(sequence_id), _last_id(category_id), _last_id(track_id)))


def _check(connection: sqlite3.Connection) -> None:
    if schema.tables_of(connection) != schema.expected_tables():
        raise DamagedProjectError("its tables are not those of a project")
    # says nothing of CHECK constraints: SQLite forgets them on a connection that only reads
    verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise DamagedProjectError(str(verdict))
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise DamagedProjectError("something belongs to a track, sequence or category that is not there")


def _keyframes(connection: sqlite3.Connection, track_id: int, frame_count: int) -> dict[int, Keyframe]:
    keyframes = {}
    rows = connection.execute(
        "SELECT frame, x, y, w, h, occluded, visibility FROM keyframe WHERE track_id = ? ORDER BY frame", (track_id,)
    )
    for frame, *sides, occluded, visibility in rows:
        box = None if sides == [None] * 4 else BoundingBox(*(math.nan if side is None else side for side in sides))
        is_good = 0 <= frame < frame_count and (box is None or box.is_valid) and 0 <= visibility <= 1
        if not is_good:
            raise DamagedProjectError(f"track {track_id} has a keyframe on frame {frame} that is none")
        keyframes[frame] = Keyframe(box, bool(occluded), visibility)
    return keyframes


def _boxes(connection: sqlite3.Connection, track_id: int, frame_count: int) -> TrackedBoxes:
    rows = connection.execute(
        "SELECT frame, x, y, w, h, score, status FROM tracked_box WHERE track_id = ? ORDER BY frame", (track_id,)
    )
    table = np.fromiter(rows, dtype=_FLAT_ROW).view(_ROW)
    frames, boxes, statuses = table["frame"], table["box"], table["status"]
    if len(table) and not (
        frames[0] >= 0
        and frames[-1] < frame_count
        and np.isfinite(boxes).all()
        and (boxes[:, 2:] > 0).all()
        and np.isin(statuses, list(TrackStatus)).all()
    ):
        raise DamagedProjectError(f"track {track_id} has a tracked box that is none")
    return TrackedBoxes.from_arrays(frames, boxes, table["score"].astype(np.float32), statuses.astype(np.uint8))


def _valid_id(number: int) -> int:
    if not 1 <= number <= schema.MAX_ID:
        raise DamagedProjectError(f"{number} is no id")
    return number


def _last_id(value: object) -> int:
    if not isinstance(value, int) or not 0 <= value <= schema.MAX_ID:
        raise DamagedProjectError("its count of ids is broken")
    return value
