"""The project that each killed program begins with: some tracks, one of them long, in a file of any version."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import numpy as np

from app.document import schema
from app.document.model import Category, Keyframe, Project, Sequence, Track
from app.document.project_file import write_project
from app.document.store import connect
from app.document.tracked_boxes import TrackedBoxes
from bench.faults.blank_source import FRAMES, HEIGHT, WIDTH
from tracker.geometry import BoundingBox

LONG_TRACK = 1
"""Id of a Track with so many boxes that an edit of all of them takes a while."""
_LONG_FRAMES = 20_000


def starting_project() -> Project:
    """Two Sequences: a long one that is not looked at, and one to work in."""
    project = Project({}, {1: Category(1, "person"), 2: Category(2, "ball")})
    long = Sequence(1, "long", "/videos/long.mp4", _LONG_FRAMES, WIDTH, HEIGHT, 25.0, 10, "f0")
    generator = np.random.default_rng(1)
    track = Track(LONG_TRACK, "crowd", 1, {0: Keyframe(BoundingBox(5, 5, 50, 40))}, z=1)
    track.boxes = TrackedBoxes.from_arrays(
        np.arange(_LONG_FRAMES),
        generator.uniform(1, 400, (_LONG_FRAMES, 4)),
        generator.random(_LONG_FRAMES, dtype=np.float32),
        np.zeros(_LONG_FRAMES, np.uint8),
    )
    long.tracks[LONG_TRACK] = track
    short = Sequence(2, "short", "/videos/short.mp4", FRAMES, WIDTH, HEIGHT, 25.0, 10, "f1")
    for number, x in ((2, 30.0), (3, 200.0)):
        short.tracks[number] = Track(number, f"object {number}", number - 1, z=number)
        short.tracks[number].keyframes[0] = Keyframe(BoundingBox(x, 100, 60, 40))
    project.sequences = {1: long, 2: short}
    return project


def write_starting_project(path: Path, version: int = schema.VERSION) -> None:
    """Write it as the program of an earlier version would have, so far as that version could hold it."""
    if version == schema.VERSION:
        write_project(path, starting_project())
        return
    present = path.with_name("present.dimple")
    write_project(present, starting_project())
    with contextlib.closing(connect(present)) as source, contextlib.closing(connect(path, "mode=rwc")) as target:
        for script in schema.MIGRATIONS[:version]:
            for statement in filter(str.strip, script.split(";")):
                target.execute(statement)
        target.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        target.execute(f"PRAGMA user_version = {version}")
        tables = [row[0] for row in target.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        target.execute("BEGIN")
        for table in sorted(tables, key=_parents_first):
            _copy(source, target, table)
        target.execute("COMMIT")
    present.unlink()


def _parents_first(table: str) -> int:
    order = ("sequence", "category", "attribute", "track", "keyframe")
    return order.index(table) if table in order else len(order)


def _copy(source: sqlite3.Connection, target: sqlite3.Connection, table: str) -> None:
    width = len(target.execute(f"PRAGMA table_info({table})").fetchall())  # a name of our own
    if table == "sqlite_sequence":
        target.execute("DELETE FROM sqlite_sequence")
    places = ", ".join("?" * width)
    rows = (row[:width] for row in source.execute(f"SELECT * FROM {table}"))  # noqa: S608
    target.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608
