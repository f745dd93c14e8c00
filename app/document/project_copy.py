"""A copy of a project file as it is at this moment, while it is open and goes on changing. No Qt; any thread."""

from __future__ import annotations

import contextlib
import secrets
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

from app.document.project_lock import require_unlocked
from app.document.source_path import relative_source
from app.document.store import StorageError, connect, push_to_disk, sentence
from app.errors import AppError

_PAGES = 256
"""Copied at once, 1 MB: after each, progress is told and a cancel is seen."""


class CopyCancelledError(Exception):
    """The person has called it off; nothing was written."""


def copy_project(
    source: Path, target: Path, sequences: Mapping[int, str], progress: Callable[[int, int], None]
) -> None:
    """Write what ``source`` holds to ``target``, which appears complete or not at all.

    SQLite's own backup: what is written to ``source`` meanwhile is in the copy, or not, as whole transactions.

    Args:
        source: A project file, open or not.
        target: Another path; a file there is replaced.
        sequences: Sequence id -> absolute path of its video, so that the copy finds it from where it is.
        progress: Told (pages done, pages in all); may raise ``CopyCancelledError`` to call it off.

    Raises:
        AppError: The copy cannot be written, is the project itself, or is open in a program.
        CopyCancelledError: From ``progress``.
    """
    if target.exists():
        if target.samefile(source):
            raise AppError("{0} is the project itself: choose another name for the copy.", target)
        require_unlocked(target)
    if not target.parent.is_dir():
        raise AppError("{0} cannot be created, there is no folder {1}: choose one that exists.", target, target.parent)
    part = target.with_name(f".{secrets.token_hex(6)}.dimple-part")
    try:
        copy_database(source, part, progress)
        with contextlib.closing(connect(part)) as writing:
            writing.execute("BEGIN")
            writing.executemany(
                "UPDATE sequence SET path = ?, relative_path = ? WHERE id = ?",
                [(path, relative_source(Path(path), target), number) for number, path in sequences.items()],
            )
            writing.execute("COMMIT")
        for log in ("-wal", "-shm", "-journal"):
            Path(f"{target}{log}").unlink(missing_ok=True)
        push_to_disk(part)
        part.replace(target)
    except (OSError, sqlite3.DatabaseError) as error:
        raise StorageError(sentence(target, error)) from error
    finally:
        with contextlib.suppress(OSError):
            for log in ("", "-wal", "-shm", "-journal"):
                Path(f"{part}{log}").unlink(missing_ok=True)


def copy_database(source: Path, target: Path, progress: Callable[[int, int], None]) -> None:
    """Copy the whole of a project file, as it is at this moment, to a new file without a log.

    Args:
        source: A project file, open or not.
        target: A path without a file.
        progress: Told (pages done, pages in all); may raise to call it off.

    Raises:
        sqlite3.DatabaseError: One of them cannot be read or written.
    """
    with (
        contextlib.closing(connect(source, "mode=ro")) as reading,
        contextlib.closing(connect(target, "mode=rwc")) as writing,
    ):
        # one moment for all steps: SQLite would begin anew with each write of a run that goes on meanwhile
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM sqlite_master").fetchone()
        # told to the disk once, in the end
        writing.execute("PRAGMA synchronous = OFF")
        reading.backup(writing, pages=_PAGES, progress=lambda _status, left, total: progress(total - left, total))
        reading.execute("COMMIT")
        writing.execute("PRAGMA journal_mode = DELETE")
