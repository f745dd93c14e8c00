"""A new project of what can still be read of a damaged project file. The file itself is only read. No Qt; any thread.

Rows are read one by one past the damaged pages, and go through an empty database with the project's own tables, whose
constraints keep out what makes no sense. What belongs to something that was lost gets a stand-in for it.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from app.document import salvage_losses, schema
from app.document.damaged_rows import Part, Row, distinct_keys, read_part
from app.document.model import MAX_FRAMES, Project
from app.document.project_file import write_project
from app.document.project_reader import DamagedProjectError, LoadedProject, load
from app.document.store import connect
from app.errors import AppError

_PAGE = 4096
_MANY_IDS = 1_000_000
_BY_ID = {
    "sequence": "id",
    "category": "id",
    "attribute": "id",
    "track": "id",
    "effort": "sequence_id",
}
_BY_TRACK = ("keyframe", "tracked_box", "accepted_box", "unlearned_frame", "keyframe_attribute")
_SMALL = {"bookmark": ("frame", "sequence_id"), "track_attribute": ("attribute_id", "track_id")}
_EXTRAS = ("track_attribute", "keyframe_attribute", "attribute")
"""What a project can do without, where it contradicts itself in a way that the tables do not know."""

_REPAIRS = (
    # stand-ins for what was lost while that which belongs to it is there
    """INSERT INTO track SELECT DISTINCT track_id, (SELECT ifnull(min(id), 1) FROM sequence),
       (SELECT ifnull(min(id), 1) FROM category), 'recovered ' || track_id, track_id
       FROM (SELECT track_id FROM keyframe UNION SELECT track_id FROM tracked_box)
       WHERE track_id NOT IN (SELECT id FROM track)""",
    """INSERT INTO category SELECT DISTINCT category_id, 'recovered ' || category_id, '' FROM track
       WHERE category_id NOT IN (SELECT id FROM category)""",
    f"""INSERT INTO sequence SELECT sequence_id, 'recovered ' || sequence_id, '', NULL,
       min({MAX_FRAMES}, 1 + max(max(ifnull((SELECT max(frame) FROM tracked_box WHERE track_id = track.id), 0),
                                 ifnull((SELECT max(frame) FROM keyframe WHERE track_id = track.id), 0)))),
       1920, 1080, 25.0, 0, '', NULL, '' FROM track
       WHERE sequence_id NOT IN (SELECT id FROM sequence) GROUP BY sequence_id""",  # noqa: S608
)
_NONSENSE = (
    *(
        f"""DELETE FROM {table} WHERE frame >= (SELECT frame_count FROM sequence JOIN track ON sequence_id = sequence.id
            WHERE track.id = track_id)"""  # noqa: S608
        for table in ("keyframe", "tracked_box", "accepted_box", "unlearned_frame")
    ),
    *(
        f"DELETE FROM {table} WHERE NOT (abs(x) < 1e300 AND abs(y) < 1e300 AND w < 1e300 AND h < 1e300)"  # noqa: S608
        for table in ("keyframe", "tracked_box", "accepted_box")
    ),
    "DELETE FROM tracked_box WHERE NOT abs(score) < 1e38",
    (
        "UPDATE category SET colour = '' WHERE colour <> '' AND "
        "colour NOT GLOB '#[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]'"
    ),
    "DELETE FROM effort WHERE NOT seconds < 1e300",
    "UPDATE attribute SET category_id = NULL WHERE category_id NOT IN (SELECT id FROM category)",
    "DELETE FROM bookmark WHERE frame >= (SELECT frame_count FROM sequence WHERE id = sequence_id)",
)
_ORPHANS = (
    *(
        f"DELETE FROM {table} WHERE {owner}_id NOT IN (SELECT id FROM {owner})"  # noqa: S608 - names of our own
        for table, owner in (
            ("bookmark", "sequence"),
            ("effort", "sequence"),
            ("accepted_box", "track"),
            ("unlearned_frame", "track"),
            ("track_attribute", "track"),
            ("track_attribute", "attribute"),
            ("keyframe_attribute", "attribute"),
        )
    ),
    "DELETE FROM keyframe_attribute WHERE (track_id, frame) NOT IN (SELECT track_id, frame FROM keyframe)",
)


@dataclass(slots=True)
class Salvaged:
    """What came of it.

    Attributes:
        path: Of the new project.
        boxes: Keyframes and tracked boxes in it.
        losses: One sentence for each thing that is not in it; empty where nothing was lost.
    """

    path: Path
    boxes: int = 0
    losses: list[str] = field(default_factory=list)


def salvage(path: Path, target: Path) -> Salvaged:
    """Make a new project of what can be read.

    Args:
        path: The damaged project; only read.
        target: Of the new one; there must be nothing yet.

    Raises:
        AppError: Nothing can be read, or the new one cannot be written.
    """
    result = Salvaged(target)
    with tempfile.TemporaryDirectory(prefix="dimple-salvage-") as folder:
        try:
            copy = _copy(path, Path(folder))
        except OSError as error:
            raise AppError("{0} cannot be read ({1}): check the disk.", path, error.strerror) from error
        with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as sieve:
            schema.migrate(sieve, 0)
            if not _read_into(sieve, copy, result.losses) and _replace_first_page(copy):
                result.losses.clear()
                result.losses.append(salvage_losses.beginning())
                _read_into(sieve, copy, result.losses)
            loaded = _sound(sieve, path, result.losses)
    if not loaded.project.sequences:
        raise AppError("Nothing can be read of {0}: restore a backup or a copy.", path)
    result.boxes = _boxes(loaded.project)
    write_project(target, loaded.project, loaded.last_ids)
    return result


def _copy(path: Path, folder: Path) -> Path:
    """The file and its log where reading may write, filled up to the length that it says it has."""
    copy = folder / "project"
    shutil.copyfile(path, copy)
    for log in ("-wal", "-journal"):
        with contextlib.suppress(FileNotFoundError):
            shutil.copyfile(f"{path}{log}", f"{copy}{log}")
    content = copy.read_bytes()
    pages = int.from_bytes(content[28:32])
    length = max(len(content) + -len(content) % _PAGE, pages * _PAGE if pages * _PAGE <= 4 * len(content) else 0)
    copy.write_bytes(content.ljust(length, b"\0"))
    return copy


def _replace_first_page(copy: Path) -> bool:
    """Give the file the first page of an empty project: new files all have their tables in the same places."""
    empty = copy.with_name("empty")
    write_project(empty, Project())
    content = bytearray(copy.read_bytes())
    page = bytearray(empty.read_bytes()[:_PAGE])
    page[28:32] = (len(content) // _PAGE).to_bytes(4)
    page[32:40] = bytes(8)  # no list of free pages
    content[:_PAGE] = page
    copy.write_bytes(content)
    return len(content) > _PAGE


def _read_into(sieve: sqlite3.Connection, copy: Path, losses: list[str]) -> bool:
    """Read every table of ours there is; False where not even their names can be read."""
    try:
        with contextlib.closing(connect(copy)) as connection:
            tables = {
                name
                for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_master")
                # anything else that has a name of ours is not asked for rows
                if kind == "table" and str(sql).lstrip().upper().startswith("CREATE TABLE")
            }
            if not {"sequence", "track", "keyframe", "tracked_box"} <= tables:
                return False
            for table in (it for it in _BY_ID if it in tables):
                _read_by_id(connection, sieve, table, losses)
            for table in (it for it in _BY_TRACK if it in tables):
                _read_tracks(connection, sieve, table, losses)
            for table in (it for it in _SMALL if it in tables):
                _read_small(connection, sieve, table, losses)
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False
    return True


def _read_by_id(connection: sqlite3.Connection, sieve: sqlite3.Connection, table: str, losses: list[str]) -> None:
    shown = salvage_losses.rows_of(table)
    found = read_part(connection, Part(table, _BY_ID[table]), 1, _highest_id(connection, table))
    _put(sieve, table, found.rows, shown, losses)
    losses += [salvage_losses.unreadable(shown, gap) for gap in found.gaps]


def _read_small(connection: sqlite3.Connection, sieve: sqlite3.Connection, table: str, losses: list[str]) -> None:
    key, column = _SMALL[table]
    owner = column.removesuffix("_id")
    for number in _ids(sieve, owner):
        found = read_part(connection, Part(table, key, (column, number)), 0, MAX_FRAMES)
        _put(sieve, table, found.rows, salvage_losses.rows_of(table), losses)
        losses += [salvage_losses.unreadable_rest(table, owner, number)] * bool(found.gaps)


def _read_tracks(connection: sqlite3.Connection, sieve: sqlite3.Connection, table: str, losses: list[str]) -> None:
    for track_id in sorted(distinct_keys(connection, table, "track_id", set(_ids(sieve, "track")), schema.MAX_ID)):
        frames = sieve.execute(
            "SELECT frame_count FROM sequence JOIN track ON sequence_id = sequence.id WHERE track.id = ?", (track_id,)
        ).fetchone()
        last = (frames[0] if frames else MAX_FRAMES) - 1
        found = read_part(connection, Part(table, "frame", ("track_id", track_id)), 0, last)
        name = sieve.execute("SELECT name FROM track WHERE id = ?", (track_id,)).fetchone()
        shown = salvage_losses.rows_of_track(table, track_id, str(name[0]) if name else "")
        _put(sieve, table, found.rows, shown, losses)
        losses += [salvage_losses.unreadable_frames(shown, gap) for gap in found.gaps]


def _put(sieve: sqlite3.Connection, table: str, rows: Iterable[Row], shown: str, losses: list[str]) -> None:
    """Insert what the table takes; rows of earlier versions are shorter."""
    defaults = [row[4] for row in sieve.execute(f"PRAGMA table_info({table})")]
    refused = 0
    sieve.execute("BEGIN")
    for row in rows:
        filled = list(row) + [_plain(it) for it in defaults[len(row) :]]
        if table == "track" and len(row) < len(defaults):
            filled[-1] = row[0]
        try:
            sieve.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(filled))})", filled)  # noqa: S608
        except (sqlite3.DatabaseError, OverflowError, ValueError):
            refused += 1
    sieve.execute("COMMIT")
    if refused:
        losses.append(salvage_losses.senseless(shown, refused))


def _plain(default: str | None) -> int | str | None:
    """A column's default as a value."""
    if default is None:
        return None
    return "" if default == "''" else int(default)


def _sound(sieve: sqlite3.Connection, path: Path, losses: list[str]) -> LoadedProject:
    """The project in the sieve, with stand-ins, without what contradicts the rest."""
    for table in ("track", "category", "sequence"):
        before = set(_ids(sieve, table))
        sieve.execute(next(it for it in _REPAIRS if it.startswith(f"INSERT INTO {table} ")))
        losses += [salvage_losses.stand_in(table, number) for number in sorted(set(_ids(sieve, table)) - before)]
    gone = sum(sieve.execute(statement).rowcount for statement in (*_NONSENSE, *_ORPHANS))
    if gone:
        losses.append(salvage_losses.out_of_bounds(gone))
    for extra in (None, *_EXTRAS):
        if extra is not None:
            dropped = sieve.execute(f"DELETE FROM {extra}").rowcount  # noqa: S608
            if dropped:
                losses.append(salvage_losses.contradicting(extra, dropped))
        try:
            return load(sieve, path)
        except (DamagedProjectError, sqlite3.DatabaseError) as error:
            last = error
    raise AppError("What can be read of {0} is no project ({1}): restore a backup or a copy.", path, last) from last


def _highest_id(connection: sqlite3.Connection, table: str) -> int:
    with contextlib.suppress(sqlite3.DatabaseError):
        row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
        if row is not None and isinstance(row[0], int) and 0 < row[0] <= schema.MAX_ID:
            return int(row[0])
    return _MANY_IDS


def _ids(sieve: sqlite3.Connection, table: str) -> list[int]:
    return [row[0] for row in sieve.execute(f"SELECT id FROM {table} ORDER BY id")]  # noqa: S608


def _boxes(project: Project) -> int:
    tracks = (track for sequence in project.sequences.values() for track in sequence.tracks.values())
    return sum(len(it.keyframes) + len(it.boxes) for it in tracks)
