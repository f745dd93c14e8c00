"""What a project from a stranger may try while it is opened: its companions, its size, its SQL. No Qt."""

from __future__ import annotations

import sqlite3
import stat
import sys
from pathlib import Path

LARGEST_PROJECT = 16 << 30
"""Bytes of a project file; a million boxes need a two-hundredth of that."""

_LONGEST_VALUE = 1 << 26
"""Bytes of one cell or statement."""

_COMPANIONS = ("-wal", "-shm", "-journal", ".lock")
_FORBIDDEN = frozenset(
    {
        sqlite3.SQLITE_ATTACH,
        sqlite3.SQLITE_DETACH,
        sqlite3.SQLITE_CREATE_TRIGGER,
        sqlite3.SQLITE_CREATE_TEMP_TRIGGER,
        sqlite3.SQLITE_CREATE_VIEW,
        sqlite3.SQLITE_CREATE_TEMP_VIEW,
        sqlite3.SQLITE_CREATE_VTABLE,
    }
)


def refuse_traps(path: Path) -> None:
    """Look at a project file and what lies beside it before any of it is opened.

    SQLite and the lock write to files whose names follow from the project's. Whoever packs the folder could have put a
    link there that leads to another file of the person, which would then be overwritten.

    Args:
        path: Of the project; it may be a link itself, for the person chose it.

    Raises:
        OSError: Something is a trap; ``strerror`` says so in words.
    """
    status = path.stat()
    # a folder has its own sentence when it is opened
    if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
        raise OSError(0, "it is no plain file")
    if status.st_size > LARGEST_PROJECT:
        raise OSError(0, f"it is larger than {LARGEST_PROJECT >> 30} GB")
    for ending in _COMPANIONS:
        place = Path(f"{path}{ending}")
        try:
            beside = place.lstat()
        except FileNotFoundError:
            continue
        if not stat.S_ISREG(beside.st_mode) or beside.st_nlink > 1:
            raise OSError(0, f"{place.name} beside it is a link or no plain file; remove that")
        if beside.st_size > LARGEST_PROJECT:
            raise OSError(0, f"{place.name} beside it is larger than {LARGEST_PROJECT >> 30} GB")


def harden(connection: sqlite3.Connection) -> None:
    """Take from a connection what a file could abuse: no code of its schema runs, nothing else is opened.

    Raises:
        sqlite3.Error: The file is none of SQLite.
    """
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_TRIGGER, False)
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_VIEW, False)
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_TRUSTED_SCHEMA, False)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, _LONGEST_VALUE)
    # functions in views or triggers, odd cells, pages that change under the map
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.set_authorizer(_authorize)


def _authorize(action: int, _first: str | None, _second: str | None, _database: str | None, part: str | None) -> int:
    """Asked once for each part of a statement when it is prepared.

    Triggers and views of a file never get this far on Python 3.12 (``setconfig``); this refuses them on 3.11 as well.
    """
    return sqlite3.SQLITE_DENY if part is not None or action in _FORBIDDEN else sqlite3.SQLITE_OK
