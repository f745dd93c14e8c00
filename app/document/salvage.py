"""A new project of what can still be read of a damaged project file. The file itself is only read. No Qt; any thread.

Rows are read one by one past the damaged pages, and go through an empty database with the project's own tables, whose
constraints keep out what makes no sense. What belongs to something that was lost gets a stand-in for it.
"""

from __future__ import annotations

import contextlib
import itertools
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
from app.document.row_runs import Run, Runs, without_runs
from app.document.row_shapes import table_of
from app.document.salvage_losses import Gap
from app.document.salvage_sense import ids_of, sensible_project
from app.document.store import connect, one_cursor
from app.document.strange_file import refuse_traps
from app.document.stray_pages import StrayPages
from app.errors import AppError

_PAGE = 4096
_PAGE_SIZES = frozenset(1 << it for it in range(9, 16))
_SAMPLE = 100
"""Rows by which the table is found that a page is of."""

_THERE_ALREADY = frozenset(
    {sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_ROWID, sqlite3.SQLITE_CONSTRAINT_UNIQUE}
)
_MANY_IDS = 1_000_000
_BY_ID = {
    "sequence": "id",
    "category": "id",
    "attribute": "id",
    "track": "id",
    "effort": "sequence_id",
}
_BY_TRACK = ("keyframe", "tracked_box", "accepted_box", "disputed_box", "unlearned_frame", "keyframe_attribute")
_SMALL = {"bookmark": ("frame", "sequence_id"), "track_attribute": ("attribute_id", "track_id")}


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


@dataclass(frozen=True, slots=True)
class _Missing:
    """What could not be read by key.

    Attributes:
        table: Of which.
        gap: First and last key; whether there was anything nobody knows.
        owner: Id of the Track or Sequence whose rows they are; 0 for rows with ids of their own.
    """

    table: str
    gap: Gap
    owner: int = 0


@dataclass(slots=True)
class _Reading:
    """What has been read so far.

    Attributes:
        sieve: Database with the tables of this version, whose constraints keep out what makes no sense.
        losses: Sentences.
        missing: What could not be read by key, and may yet be found without.
        runs: By table, what was found without.
    """

    sieve: sqlite3.Connection
    losses: list[str]
    missing: list[_Missing] = field(default_factory=list)
    runs: dict[str, list[Run]] = field(default_factory=dict)


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
            refuse_traps(path)
            copy = _copy(path, Path(folder))
        except OSError as error:
            raise AppError("{0} cannot be read ({1}): check the disk.", path, error.strerror) from error
        with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as sieve:
            schema.migrate(sieve, 0)
            reading = _Reading(sieve, result.losses)
            has_header = _read_tables(reading, copy)
            if not has_header and _replace_first_page(copy):
                reading.missing.clear()
                result.losses[:] = [salvage_losses.beginning()]
            _read_pages(reading, copy, has_header=has_header)
            _say_what_is_missing(reading)
            loaded = sensible_project(sieve, path, result.losses)
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
    """Give the file the first page of an empty project, so that SQLite opens it and folds in what log there is."""
    empty = copy.with_name("empty")
    write_project(empty, Project())
    content = bytearray(copy.read_bytes())
    page = bytearray(empty.read_bytes()[:_PAGE])
    page[28:32] = (len(content) // _PAGE).to_bytes(4)
    page[32:40] = bytes(8)  # no list of free pages
    content[:_PAGE] = page
    copy.write_bytes(content)
    with (
        contextlib.suppress(sqlite3.DatabaseError, UnicodeDecodeError),
        contextlib.closing(connect(copy)) as connection,
    ):
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return len(content) > _PAGE


def _read_tables(reading: _Reading, copy: Path) -> bool:
    """Read every table of ours there is; False where not even their names can be read."""
    try:
        with contextlib.closing(connect(copy)) as connection:
            defined = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
            tables = {
                name
                for kind, name, sql in defined
                # anything else that has a name of ours is not asked for rows
                if kind == "table" and str(sql).lstrip().upper().startswith("CREATE TABLE")
            }
            if not {"sequence", "track", "keyframe", "tracked_box"} <= tables:
                return False
            for table in (it for it in _BY_ID if it in tables):
                _read_by_id(reading, connection, table)
            for table, read in (*((it, _read_tracks) for it in _BY_TRACK), *((it, _read_small) for it in _SMALL)):
                if table in tables and _has_ends(connection, table):
                    read(reading, connection, table)
                elif table in tables:
                    owner = "sequence" if table == "bookmark" else "track"
                    whole = 0, MAX_FRAMES - 1
                    reading.missing += [_Missing(table, whole, it) for it in ids_of(reading.sieve, owner)]
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False
    return True


def _has_ends(connection: sqlite3.Connection, table: str) -> bool:
    """Whether the first or the last row can be read: else what is above them may be gone, and no key leads anywhere."""
    columns = [it[1] for it in connection.execute(f"PRAGMA table_info({table})") if it[5]]
    for order in ("ASC", "DESC"):
        with contextlib.suppress(sqlite3.DatabaseError, UnicodeDecodeError):
            keys = ", ".join(f"{it} {order}" for it in columns)
            connection.execute(f"SELECT * FROM {table} NOT INDEXED ORDER BY {keys} LIMIT 1").fetchone()  # noqa: S608
            return True
    return False


def _read_by_id(reading: _Reading, connection: sqlite3.Connection, table: str) -> None:
    found = read_part(connection, Part(table, _BY_ID[table]), 1, _highest_id(connection, table))
    _put(reading, table, found.rows, is_found_again=True)
    reading.missing += [_Missing(table, gap) for gap in found.gaps]


def _read_small(reading: _Reading, connection: sqlite3.Connection, table: str) -> None:
    key, column = _SMALL[table]
    for number in ids_of(reading.sieve, column.removesuffix("_id")):
        found = read_part(connection, Part(table, key, (column, number)), 0, MAX_FRAMES)
        if found.rows:  # most of thousands of Tracks have none of some kind
            _put(reading, table, found.rows, is_found_again=True)
        reading.missing += [_Missing(table, gap, number) for gap in found.gaps]


def _read_tracks(reading: _Reading, connection: sqlite3.Connection, table: str) -> None:
    known = set(ids_of(reading.sieve, "track"))
    for track_id in sorted(distinct_keys(connection, table, "track_id", known, schema.MAX_ID)):
        last = _last_frame(reading.sieve, track_id)
        found = read_part(connection, Part(table, "frame", ("track_id", track_id)), 0, last)
        if found.rows:  # most of thousands of Tracks have none of some kind
            _put(reading, table, found.rows, is_found_again=True)
        reading.missing += [_Missing(table, gap, track_id) for gap in found.gaps]


def _last_frame(sieve: sqlite3.Connection, track_id: int) -> int:
    """Of the Sequence of a Track, as far as that is known."""
    frames = sieve.execute(
        "SELECT frame_count FROM sequence JOIN track ON sequence_id = sequence.id WHERE track.id = ?", (track_id,)
    ).fetchone()
    return (frames[0] if frames else MAX_FRAMES) - 1


def _read_pages(reading: _Reading, copy: Path, *, has_header: bool) -> None:
    """Read the pages one by one: what no table leads to any more, or what it only seems to lead to."""
    with StrayPages(copy, _page_size(copy), has_header=has_header) as pages:
        # attributes before the values that they tell apart from bookmarks
        for top in sorted(pages.tops, key=pages.has_ids, reverse=True):
            rows = pages.rows(top)
            first = list(itertools.islice(rows, _SAMPLE))
            sample = [it for it in first if it is not None]
            table = table_of(sample, has_ids=pages.has_ids(top), attributes=set(ids_of(reading.sieve, "attribute")))
            if table is not None:
                found = Runs(1 if table in _BY_ID else 2)
                _put(reading, table, found.passing(itertools.chain(first, rows)))
                reading.runs.setdefault(table, []).extend(found.all)
        if not has_header and pages.unreadable:
            reading.losses.append(salvage_losses.unreadable_pages(pages.unreadable))


def _say_what_is_missing(reading: _Reading) -> None:
    """What could not be read by key and was not found without."""
    unknown: dict[str, list[int]] = {}
    for it in reading.missing:
        first, last = it.gap
        if it.table in _BY_TRACK:
            last = min(last, _last_frame(reading.sieve, it.owner))
        gaps = [it.gap] if it.table in _SMALL else without_runs((first, last), it.owner, reading.runs.get(it.table, []))
        if it.table in _BY_ID or _has_rows(reading.sieve, it.table, it.owner):
            reading.losses += [_sentence(reading.sieve, it.table, it.owner, gap) for gap in gaps]
        elif gaps:
            unknown.setdefault(it.table, []).append(it.owner)
    reading.losses += [salvage_losses.none_found(table, owners) for table, owners in unknown.items()]


def _has_rows(sieve: sqlite3.Connection, table: str, owner: int) -> bool:
    column = "sequence_id" if table == "bookmark" else "track_id"
    rows = sieve.execute(f"SELECT 1 FROM {table} WHERE {column} = ? LIMIT 1", (owner,))  # noqa: S608 - names of our own
    return rows.fetchone() is not None


def _sentence(sieve: sqlite3.Connection, table: str, owner: int, gap: Gap) -> str:
    if table in _BY_ID:
        return salvage_losses.unreadable(salvage_losses.rows_of(table), gap)
    if table in _SMALL:
        return salvage_losses.unreadable_rest(table, _SMALL[table][1].removesuffix("_id"), owner)
    name = sieve.execute("SELECT name FROM track WHERE id = ?", (owner,)).fetchone()
    shown = salvage_losses.rows_of_track(table, owner, str(name[0]) if name else "")
    return salvage_losses.unreadable_frames(shown, gap)


def _put(reading: _Reading, table: str, rows: Iterable[Row], *, is_found_again: bool = False) -> None:
    """Insert what the table takes and does not have; rows of earlier versions are shorter.

    What it does not take is said once: not of rows that are found again when the pages are read.
    """
    sieve = reading.sieve
    defaults = [row[4] for row in sieve.execute(f"PRAGMA table_info({table})")]
    refused = 0
    with one_cursor(sieve) as cursor:
        cursor.execute("BEGIN")
        for row in rows:
            filled = list(row) + [_plain(it) for it in defaults[len(row) :]]
            if table == "track" and len(row) < len(defaults):
                filled[-1] = row[0]
            try:
                cursor.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(filled))})", filled)  # noqa: S608
            except (sqlite3.DatabaseError, OverflowError, ValueError) as error:
                refused += getattr(error, "sqlite_errorcode", 0) not in _THERE_ALREADY
        cursor.execute("COMMIT")
    if refused and not is_found_again:
        reading.losses.append(salvage_losses.senseless(salvage_losses.rows_of(table), refused))


def _plain(default: str | None) -> int | str | None:
    """A column's default as a value."""
    if default is None:
        return None
    return "" if default == "''" else int(default)


def _highest_id(connection: sqlite3.Connection, table: str) -> int:
    with contextlib.suppress(sqlite3.DatabaseError):
        row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
        if row is not None and isinstance(row[0], int) and 0 < row[0] <= schema.MAX_ID:
            return int(row[0])
    return _MANY_IDS


def _page_size(copy: Path) -> int:
    with copy.open("rb") as file:
        size = int.from_bytes(file.read(18)[16:18])
    return size if size in _PAGE_SIZES else _PAGE


def _boxes(project: Project) -> int:
    tracks = (track for sequence in project.sequences.values() for track in sequence.tracks.values())
    return sum(len(it.keyframes) + len(it.boxes) for it in tracks)
