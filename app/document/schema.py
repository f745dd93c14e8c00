"""The tables of a project file, and how files of earlier versions become this one (docs/project-format.md)."""

from __future__ import annotations

import sqlite3

from app.document.model import MAX_FRAMES

APPLICATION_ID = 0x44694D50
"""``DiMP`` in ASCII, at byte 68 of every project file."""

MAX_ID = 2**31 - 2
"""Ids travel in Qt signals as 32-bit numbers."""

_TABLES = f"""
CREATE TABLE sequence (
    id INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN 1 AND {MAX_ID}),
    name TEXT NOT NULL,
    path TEXT NOT NULL,
    relative_path TEXT,
    frame_count INTEGER NOT NULL CHECK (frame_count BETWEEN 1 AND {MAX_FRAMES}),
    width INTEGER NOT NULL CHECK (width BETWEEN 1 AND 1000000),
    height INTEGER NOT NULL CHECK (height BETWEEN 1 AND 1000000),
    fps REAL NOT NULL CHECK (fps >= 0),
    file_size INTEGER NOT NULL CHECK (file_size >= 0),
    fingerprint TEXT NOT NULL
) STRICT;
CREATE TABLE category (
    id INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN 1 AND {MAX_ID}),
    name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE track (
    id INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN 1 AND {MAX_ID}),
    sequence_id INTEGER NOT NULL REFERENCES sequence (id),
    category_id INTEGER NOT NULL REFERENCES category (id),
    name TEXT NOT NULL
) STRICT;
CREATE TABLE keyframe (
    track_id INTEGER NOT NULL REFERENCES track (id) ON DELETE CASCADE,
    frame INTEGER NOT NULL CHECK (frame >= 0),
    x REAL, y REAL, w REAL CHECK (w > 0), h REAL CHECK (h > 0),
    occluded INTEGER NOT NULL CHECK (occluded IN (0, 1)),
    visibility REAL NOT NULL CHECK (visibility BETWEEN 0 AND 1),
    PRIMARY KEY (track_id, frame),
    CHECK ((x IS NULL) + (y IS NULL) + (w IS NULL) + (h IS NULL) IN (0, 4))
) STRICT, WITHOUT ROWID;
CREATE TABLE tracked_box (
    track_id INTEGER NOT NULL REFERENCES track (id) ON DELETE CASCADE,
    frame INTEGER NOT NULL CHECK (frame >= 0),
    x REAL NOT NULL, y REAL NOT NULL, w REAL NOT NULL CHECK (w > 0), h REAL NOT NULL CHECK (h > 0),
    score REAL NOT NULL,
    status INTEGER NOT NULL CHECK (status BETWEEN 0 AND 3),
    PRIMARY KEY (track_id, frame)
) STRICT, WITHOUT ROWID;
"""

_MORE = f"""
ALTER TABLE sequence ADD COLUMN state INTEGER CHECK (state BETWEEN 0 AND 2);
ALTER TABLE sequence ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE track ADD COLUMN z INTEGER NOT NULL DEFAULT 0 CHECK (z BETWEEN -{MAX_ID} AND {MAX_ID});
UPDATE track SET z = id;
ALTER TABLE keyframe ADD COLUMN gap INTEGER NOT NULL DEFAULT 0 CHECK (gap IN (0, 1));
CREATE TABLE bookmark (
    sequence_id INTEGER NOT NULL REFERENCES sequence (id) ON DELETE CASCADE,
    frame INTEGER NOT NULL CHECK (frame >= 0),
    note TEXT NOT NULL,
    PRIMARY KEY (sequence_id, frame)
) STRICT, WITHOUT ROWID;
CREATE TABLE effort (
    sequence_id INTEGER PRIMARY KEY REFERENCES sequence (id) ON DELETE CASCADE,
    drawn INTEGER NOT NULL CHECK (drawn >= 0),
    corrected INTEGER NOT NULL CHECK (corrected >= 0),
    accepted INTEGER NOT NULL CHECK (accepted >= 0),
    seconds REAL NOT NULL CHECK (seconds >= 0)
) STRICT;
CREATE TABLE attribute (
    id INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN 1 AND {MAX_ID}),
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('text', 'number', 'choice', 'flag')),
    choices TEXT NOT NULL,
    per_frame INTEGER NOT NULL CHECK (per_frame IN (0, 1)),
    category_id INTEGER REFERENCES category (id),
    default_value ANY
) STRICT;
CREATE TABLE track_attribute (
    track_id INTEGER NOT NULL REFERENCES track (id) ON DELETE CASCADE,
    attribute_id INTEGER NOT NULL REFERENCES attribute (id) ON DELETE CASCADE,
    value ANY NOT NULL,
    PRIMARY KEY (track_id, attribute_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE keyframe_attribute (
    track_id INTEGER NOT NULL,
    frame INTEGER NOT NULL,
    attribute_id INTEGER NOT NULL REFERENCES attribute (id) ON DELETE CASCADE,
    value ANY NOT NULL,
    PRIMARY KEY (track_id, frame, attribute_id),
    FOREIGN KEY (track_id, frame) REFERENCES keyframe (track_id, frame) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
"""  # noqa: S608 - numbers of our own

_REVIEW = """
CREATE TABLE accepted_box (
    track_id INTEGER NOT NULL REFERENCES track (id) ON DELETE CASCADE,
    frame INTEGER NOT NULL CHECK (frame >= 0),
    x REAL NOT NULL, y REAL NOT NULL, w REAL NOT NULL CHECK (w > 0), h REAL NOT NULL CHECK (h > 0),
    PRIMARY KEY (track_id, frame)
) STRICT, WITHOUT ROWID;
CREATE TABLE unlearned_frame (
    track_id INTEGER NOT NULL REFERENCES track (id) ON DELETE CASCADE,
    frame INTEGER NOT NULL CHECK (frame >= 0),
    PRIMARY KEY (track_id, frame)
) STRICT, WITHOUT ROWID;
"""

_COLOURS = "ALTER TABLE category ADD COLUMN colour TEXT NOT NULL DEFAULT '';"

_DISPUTES = """
CREATE TABLE disputed_box (
    track_id INTEGER NOT NULL REFERENCES track (id) ON DELETE CASCADE,
    frame INTEGER NOT NULL CHECK (frame >= 0),
    x REAL NOT NULL, y REAL NOT NULL, w REAL NOT NULL CHECK (w > 0), h REAL NOT NULL CHECK (h > 0),
    other_x REAL NOT NULL,
    other_y REAL NOT NULL,
    other_w REAL NOT NULL CHECK (other_w > 0),
    other_h REAL NOT NULL CHECK (other_h > 0),
    PRIMARY KEY (track_id, frame)
) STRICT, WITHOUT ROWID;
"""

MIGRATIONS: tuple[str, ...] = (_TABLES, _MORE, _REVIEW, _COLOURS, _DISPUTES)
"""SQL that lifts a file from version i to version i + 1; the first makes version 1 out of an empty file.

Written once and never altered afterwards: a new version appends an entry.
"""

VERSION = len(MIGRATIONS)
"""``user_version`` of the files this program writes."""


def migrate(connection: sqlite3.Connection, start: int, end: int | None = None) -> None:
    """Lift an open project file from version ``start`` to ``end``, by default ``VERSION``, in one transaction.

    The connection must be in autocommit mode (``isolation_level=None``), the file have the tables of version ``start``.

    Raises:
        sqlite3.Error: It could not be done; the file is as it was.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        for script in MIGRATIONS[start:end]:
            # executescript would commit by itself
            for statement in filter(str.strip, script.split(";")):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) if end is None else end}")
    except BaseException:
        connection.rollback()
        raise
    connection.execute("COMMIT")


def tables_of(connection: sqlite3.Connection) -> set[tuple[str, str, str | None]]:
    """What is defined in a database: (type, name, SQL) of each table, index, view and trigger."""
    return set(connection.execute("SELECT type, name, sql FROM sqlite_master"))


def expected_tables(version: int) -> set[tuple[str, str, str | None]]:
    """``tables_of`` a project file of a version: a file that defines anything else is not one of ours."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(connection, 0, version)
        return tables_of(connection)
    finally:
        connection.close()
