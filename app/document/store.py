"""The open project file: statements go in, one transaction at a time. No Qt."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from app.document.schema import APPLICATION_ID
from app.document.statement import Statement
from app.document.strange_file import harden
from app.errors import AppError
from app.spoken import spoken

_ROOM = 1 << 16

_LONG_LOG = 4 * 2**20
"""Bytes; as many as SQLite's own default."""


class StorageError(AppError):
    """The project file could not be written; the file is as it was before."""


def connect(path: Path, options: str = "mode=rw", *, any_thread: bool = False) -> sqlite3.Connection:
    """Open a database that may come from anybody, in autocommit mode.

    Args:
        path: Of the file; it is not created unless ``options`` say so.
        options: Query of an SQLite URI.
        any_thread: Whether other threads than this one may use it, one at a time.

    Raises:
        sqlite3.Error: It cannot be opened.
    """
    name = quote(os.fsencode(path.absolute().as_posix()))
    # an empty authority: a path that begins with // would otherwise lose its first part to it
    connection = sqlite3.connect(
        f"file://{'' if name.startswith('/') else '/'}{name}?{options}",
        uri=True,
        isolation_level=None,
        check_same_thread=not any_thread,
    )
    try:
        harden(connection)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def one_cursor(connection: sqlite3.Connection) -> contextlib.closing[sqlite3.Cursor]:
    """A cursor for many statements, closed in the thread that writes.

    Not one for each: a cursor of which another thread is the last to let go, as one that looks at all objects is,
    resets a statement that this thread may be in the middle of, which fails, and waits for SQLite to do so.
    """
    return contextlib.closing(connection.cursor())


class Store:
    """Writes to one project file until ``close()``. Any thread, but one at a time.

    Args:
        path: An existing, checked project file of this version, locked by the caller.

    Raises:
        StorageError: The file cannot be opened for writing.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._connection = connect(path, any_thread=True)
            mode = self._connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
            # a crash of the program loses nothing in either mode; NORMAL may lose the last moments at a power cut, and
            # only where the log is a WAL it cannot damage the file
            self._connection.execute(f"PRAGMA synchronous = {'NORMAL' if mode == 'wal' else 'FULL'}")
            self._connection.execute("PRAGMA busy_timeout = 2000")
            # SQLite would do it at some edit, and wait for the disk: ``keep_for_good`` does, beside the window
            self._connection.execute("PRAGMA wal_autocheckpoint = 0")
            self._identity = path.stat()
        except (sqlite3.Error, OSError) as error:
            raise StorageError(sentence(path, error)) from error

    def write(self, statements: Iterable[Statement]) -> None:
        """Run all statements in one transaction: all of them are in the file afterwards, or none.

        Raises:
            StorageError: The disk is full, the file has gone, ...
        """
        try:
            self._check_place()
            with one_cursor(self._connection) as cursor:
                cursor.execute("BEGIN IMMEDIATE")
                try:
                    for sql, rows, _ in statements:
                        cursor.executemany(sql, rows)
                    cursor.execute("COMMIT")
                except BaseException:
                    # a full disk may have ended the transaction already
                    with contextlib.suppress(sqlite3.OperationalError):
                        cursor.execute("ROLLBACK")
                    raise
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
            raise  # ours: the document and its file disagree
        except (sqlite3.DatabaseError, OSError) as error:
            raise StorageError(sentence(self._path, error)) from error

    def close(self) -> None:
        """Let go of the file."""
        # what cannot be folded into the file now stays in its log and is read from there
        with contextlib.suppress(sqlite3.Error):
            self._connection.close()

    def _check_place(self) -> None:
        """Writes to a deleted or replaced file would succeed and be lost."""
        if not os.path.samestat(self._path.stat(), self._identity):
            raise FileNotFoundError(0, "another file has taken its place", str(self._path))


def is_log_long(path: Path) -> bool:
    """Whether the log of a project is so long that it is to be folded into the file."""
    try:
        return log_of(path).stat().st_size > _LONG_LOG
    except OSError:
        return False  # folded in, or it never had one


def keep_for_good(path: Path) -> None:
    """Have the disk keep for good what was written to a project: its log, folded in where it is long.

    Any thread, but while nobody writes where the log is long: it is begun anew then, which waits for the disk.
    """
    if not is_log_long(path):
        push_to_disk(log_of(path))
        return
    # what cannot be folded in now stays in the log and is read from there
    with contextlib.suppress(sqlite3.Error), contextlib.closing(connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        # whoever writes first to an empty log waits for the disk: it is not to be the thread of the window
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def log_of(path: Path) -> Path:
    """Where SQLite keeps what was written to a project and is not in its file yet."""
    return Path(f"{path}-wal")


def push_to_disk(file: Path) -> None:
    """Have the disk keep for good what was written to a file; any thread, one that is not there is passed over.

    SQLite does so itself when it folds a log in. A handle of one's own on a log takes no lock of SQLite's away: those
    are on the other two files.
    """
    # a log that has been folded in is gone; a disk that takes nothing is told of by the next write
    with contextlib.suppress(OSError):
        descriptor = os.open(file, os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def sentence(path: Path, error: Exception) -> str:
    """What went wrong with the file at ``path``, for the person."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    # what SQLite finds no room for beside the file itself it calls an error of the disk
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and _is_full(path)):
        return spoken("The disk of {0} is full: free some space.", path)
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN} or isinstance(error, PermissionError):
        return spoken("{0} may not be written: check the permissions of the file and its folder.", path)
    if code == sqlite3.SQLITE_BUSY:
        return spoken("{0} is in use by another program: close it there.", path)
    if isinstance(error, FileNotFoundError):
        return spoken("{0} is no longer there ({1}): bring it back.", path, error.strerror or "not found")
    return spoken("{0} could not be written ({1}): check the disk.", path, error)


def _is_full(path: Path) -> bool:
    """Whether the disk of a file has no room for a few pages."""
    try:
        return shutil.disk_usage(path.parent).free < _ROOM
    except OSError:
        return False
