"""Whole project files: create, check, read, refuse with a sentence. No Qt, so that the command line uses it too."""

from __future__ import annotations

import contextlib
import secrets
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from app.document import schema
from app.document.model import Project
from app.document.project_reader import DamagedProjectError, LoadedProject, Told, check_sound, load, tell_nobody
from app.document.source_path import SUFFIX
from app.document.statements import LastIds, put_project, reserve_ids
from app.document.store import StorageError, connect, one_cursor, sentence
from app.document.strange_file import refuse_traps
from app.errors import AppError

_PAGE = 4096
_MAGIC = b"SQLite format 3\0"
_LONGEST_REASON = 200
_NO_IDS = LastIds()
_LOGS = ("-wal", "-shm", "-journal")


class DamagedFileError(AppError):
    """A project file that cannot be read as it is; ``salvage`` may get something out of it, a backup more."""


class NoProjectError(AppError):
    """There is no project of ours; a backup may know one."""


def write_project(path: Path, project: Project, last_ids: LastIds = _NO_IDS, *, replace: bool = False) -> None:
    """Write ``project`` as a new file that appears complete or not at all.

    Args:
        path: Of the file.
        project: What to write.
        last_ids: Highest ids ever used; those in ``project`` count anyway.
        replace: Whether an existing file may be replaced.

    Raises:
        AppError: The file exists and may not be replaced, or cannot be written.
    """
    if not replace and path.exists():
        raise AppError("{0} exists already: open it, or choose another name.", path)
    if not path.parent.is_dir():
        raise AppError("{0} cannot be created, there is no folder {1}: choose one that exists.", path, path.parent)
    part = path.with_name(f".{secrets.token_hex(6)}.dimple-part")
    try:
        _fill(part, path, project, last_ids)
        # the log of a file that was here before would be taken for that of the new one
        _remove(Path(f"{path}{log}") for log in _LOGS)
        part.replace(path)
    except (OSError, sqlite3.DatabaseError) as error:
        raise StorageError(sentence(path, error)) from error
    finally:
        with contextlib.suppress(OSError):
            _remove(Path(f"{part}{log}") for log in ("", *_LOGS))


def read_project(path: Path, told: Told = tell_nobody) -> LoadedProject:
    """Check and read a project file; nothing on disk changes.

    Args:
        path: Of the file.
        told: How far it is: (done, total); may raise to call it off.

    Raises:
        DamagedFileError: It cannot be read as it is.
        NoProjectError: There is no such file, or it is not a project.
        AppError: It was made by a newer DiMPLE, or may not be read.
    """
    check_header(path)
    try:
        with _snapshot(path) as connection:
            return load(connection, path, told)
    except DamagedProjectError as error:
        raise DamagedFileError("{0} is damaged ({1}): restore it from a copy.", path, error) from error
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise DamagedFileError(
            "{0} is damaged or no DiMPLE project ({1}): restore it from a copy.", path, _first_line(error)
        ) from error
    except OSError as error:
        raise AppError("{0} cannot be read ({1}): check the file and its permissions.", path, error.strerror) from error


def upgrade(path: Path) -> None:
    """Bring a checked project file of an earlier version to this one.

    Raises:
        StorageError: The file cannot be written; it is as it was.
    """
    try:
        connection = connect(path)
        try:
            version = _number(connection, "user_version")
            if version < schema.VERSION:
                schema.migrate(connection, version)
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        raise StorageError(sentence(path, error)) from error


def check_header(path: Path) -> None:
    """Tell whether a file is a project of ours by its first bytes alone.

    Raises:
        AppError: It is not, or there is none.
    """
    try:
        refuse_traps(path)
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        raise NoProjectError("There is no project {0}: check the name.", path) from None
    except OSError as error:
        raise AppError("{0} cannot be read ({1}): check the file and its permissions.", path, error.strerror) from error
    if len(header) < 100 or not header.startswith(_MAGIC) or int.from_bytes(header[68:72]) != schema.APPLICATION_ID:
        # whole pages under our name: its beginning may be all that is broken
        is_damaged = path.suffix == SUFFIX and path.stat().st_size >= 2 * _PAGE and path.stat().st_size % _PAGE == 0
        kind = DamagedFileError if is_damaged else NoProjectError
        raise kind("{0} is not a DiMPLE project: choose a .dimple file, or open a video instead.", path)
    _check_version(path, int.from_bytes(header[60:64]))


def _first_line(error: Exception) -> str:
    """SQLite goes on with the file's own SQL, as long as that may be."""
    line = str(error).partition("\n")[0]
    return line if len(line) <= _LONGEST_REASON else f"{line[:_LONGEST_REASON]}…"


def _check_version(path: Path, version: int) -> None:
    if version < 1:
        raise DamagedFileError("{0} is damaged (format {1}): restore it from a copy.", path, version)
    if version > schema.VERSION:
        raise AppError(
            "{0} was made by a newer DiMPLE (format {1}, this one reads up to {2}): open it with that one.",
            path,
            version,
            schema.VERSION,
        )


def _fill(part: Path, path: Path, project: Project, last_ids: LastIds) -> None:
    connection = connect(part, "mode=rwc")
    try:
        # a log that no reader of a half-made file needs
        connection.execute("PRAGMA journal_mode = DELETE")
        schema.migrate(connection, 0)
        highest = LastIds(
            max(project.sequences, default=0),
            max(project.categories, default=0),
            max((track for sequence in project.sequences.values() for track in sequence.tracks), default=0),
            max(project.attributes, default=0),
        )
        with one_cursor(connection) as cursor:
            cursor.execute("BEGIN")
            for sql, rows, _ in (*put_project(project, path), *reserve_ids(LastIds(*map(max, last_ids, highest)))):
                cursor.executemany(sql, rows)
            cursor.execute("COMMIT")
    finally:
        connection.close()


@contextlib.contextmanager
def _snapshot(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection of this version's form that leaves the file and its folder alone.

    A file with a log (the program was killed) and one of an earlier version are read from a copy: reading the log and
    migrating both write.
    """
    logs = [log for log in ("-wal", "-journal") if _size(Path(f"{path}{log}"))]
    with contextlib.ExitStack() as stack:
        connection = None
        if not logs:
            connection = stack.enter_context(contextlib.closing(connect(path, "mode=ro&immutable=1")))
            if _number(connection, "user_version") < schema.VERSION:
                connection = None
        if connection is None:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dimple-")))
            copy = folder / "project"
            for log in ("", *logs):
                shutil.copyfile(f"{path}{log}", f"{copy}{log}")
            connection = stack.enter_context(contextlib.closing(connect(copy)))
        version = _number(connection, "user_version")
        _check_version(path, version)
        if version < schema.VERSION:
            # lifting runs statements over what is there: nothing may hide among it
            check_sound(connection, version)
            schema.migrate(connection, version)
        yield connection


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
