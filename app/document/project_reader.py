"""Rows of a project file -> ``Project``, believing nothing that the file says about itself."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.document import schema
from app.document.model import Category, Keyframe, Project, Sequence, Track
from app.document.source_path import find_source
from app.document.tracked_boxes import TrackedBoxes
from tracker.geometry import BoundingBox


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


_ROW = np.dtype([("frame", np.int64), ("box", np.float64, 4), ("score", np.float64), ("status", np.uint8)])
_FLAT_ROW = np.dtype(
    [("frame", np.int64), *((side, np.float64) for side in "xywh"), ("score", np.float64), ("status", np.uint8)]
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
    for row in connection.execute("SELECT * FROM category ORDER BY id"):
        project.categories[row[0]] = Category(*row)
    for number, name, absolute, relative, *rest in connection.execute("SELECT * FROM sequence ORDER BY id"):
        frame_count, width, height, fps, file_size, fingerprint = rest
        place = str(find_source(path, relative, absolute, file_size))
        project.sequences[number] = Sequence(
            number, name, place, frame_count, width, height, fps, file_size, fingerprint
        )
    for number, sequence_id, category_id, name in connection.execute("SELECT * FROM track ORDER BY id"):
        sequence = project.sequences[sequence_id]
        track = Track(number, name, category_id)
        track.keyframes = _keyframes(connection, number)
        track.boxes = _boxes(connection, number, sequence.frame_count)
        if track.keyframes and max(track.keyframes) >= sequence.frame_count:
            raise DamagedProjectError(f"a keyframe of track {number} lies behind the end of {sequence.name}")
        sequence.tracks[number] = track
    last = dict(connection.execute("SELECT name, seq FROM sqlite_sequence"))
    last_ids = tuple(_last_id(last.get(table, 0)) for table in ("sequence", "category", "track"))
    return LoadedProject(project, last_ids)  # type: ignore[arg-type]  # three, as above


def _check(connection: sqlite3.Connection) -> None:
    if schema.tables_of(connection) != schema.expected_tables():
        raise DamagedProjectError("its tables are not those of a project")
    verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise DamagedProjectError(str(verdict))
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise DamagedProjectError("something belongs to a track, sequence or category that is not there")


def _keyframes(connection: sqlite3.Connection, track_id: int) -> dict[int, Keyframe]:
    keyframes = {}
    rows = connection.execute(
        "SELECT frame, x, y, w, h, occluded, visibility FROM keyframe WHERE track_id = ? ORDER BY frame", (track_id,)
    )
    for frame, x, y, w, h, occluded, visibility in rows:
        box = None if x is None else BoundingBox(x, y, w, h)
        if box is not None and not box.is_valid:
            raise DamagedProjectError(f"the keyframe of track {track_id} on frame {frame} is no box")
        keyframes[frame] = Keyframe(box, bool(occluded), visibility)
    return keyframes


def _boxes(connection: sqlite3.Connection, track_id: int, frame_count: int) -> TrackedBoxes:
    rows = connection.execute(
        "SELECT frame, x, y, w, h, score, status FROM tracked_box WHERE track_id = ? ORDER BY frame", (track_id,)
    )
    table = np.fromiter(rows, dtype=_FLAT_ROW).view(_ROW)
    if not np.isfinite(table["box"]).all() or (len(table) and table["frame"][-1] >= frame_count):
        raise DamagedProjectError(f"a tracked box of track {track_id} lies outside of everything")
    return TrackedBoxes.from_arrays(table["frame"], table["box"], table["score"].astype(np.float32), table["status"])


def _last_id(value: object) -> int:
    if not isinstance(value, int) or not 0 <= value <= schema.MAX_ID:
        raise DamagedProjectError("its count of ids is broken")
    return value
