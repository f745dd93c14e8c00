"""Backups of projects in the person's data folder: made beside the work, a few generations, put back as new files.

No Qt; any thread. docs/project-format.md says where they lie.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import platformdirs

from app.document.project_copy import copy_database
from app.document.project_file import check_header
from app.document.source_path import SUFFIX
from app.document.store import StorageError, connect, push_to_disk, sentence
from app.errors import AppError

INTERVAL = timedelta(minutes=30)
"""Between two backups of a project that is worked on."""

LATEST, DAYS = 3, 7
"""Kept: the latest few, and the last one of each of the latest days on which there was one."""

_NAME = re.compile(r"(\d{4,}) (\d{4}-\d\d-\d\d \d\d-\d\d)\.dimple")
_TIME = "%Y-%m-%d %H-%M"
_HEADER = 100
"""Bytes in which two files with one content differ: counters of changes."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One generation.

    Attributes:
        path: Of the file, a project like any other.
        number: Rises by one with each, whatever the clock does.
        made: When, by the clock of then.
        size: In bytes.
    """

    path: Path
    number: int
    made: datetime
    size: int


def backup_folder(project: Path) -> Path:
    """Where the backups of a project lie: in the person's data folder, likely on another disk than the project."""
    mark = hashlib.sha256(os.fsencode(project)).hexdigest()[:8]
    return platformdirs.user_data_path("DiMPLE", appauthor=False) / "backups" / f"{project.stem}-{mark}"


def backups_of(project: Path) -> list[Backup]:
    """The newest first; none where there are none or the folder cannot be read."""
    found = []
    with contextlib.suppress(OSError):
        for path in backup_folder(project).iterdir():
            match = _NAME.fullmatch(path.name)
            if match is not None:
                with contextlib.suppress(ValueError):
                    made = datetime.strptime(match[2], _TIME).astimezone()
                    found.append(Backup(path, int(match[1]), made, path.stat().st_size))
    return sorted(found, key=lambda it: it.number, reverse=True)


def is_due(backups: list[Backup], now: datetime) -> bool:
    """Whether the newest one is old, or from the future of a clock that has been set back."""
    return not backups or not timedelta() <= now - backups[0].made < INTERVAL


def kept(backups: list[Backup]) -> list[Backup]:
    """Those to keep, of backups with the newest first."""
    last_of_day = {it.made.date(): it for it in reversed(backups)}  # the newest of a day is put in last
    days = sorted(last_of_day.values(), key=lambda it: it.number, reverse=True)[:DAYS]
    return [it for it in backups if it in days or it in backups[:LATEST]]


def back_up(project: Path, now: datetime, progress: Callable[[int, int], None]) -> Backup | None:
    """Make the next generation, and remove those that are too many.

    Args:
        project: A project file, open or not.
        now: The time.
        progress: Told (pages done, pages in all); may raise to call it off.

    Returns:
        What was made; None where it would be equal to the newest one.

    Raises:
        AppError: It cannot be written, or the project's file has been damaged: then the backups stay as they are.
    """
    folder = backup_folder(project)
    before = backups_of(project)
    number = before[0].number + 1 if before else 1
    target = folder / f"{number:04d} {now.strftime(_TIME)}{SUFFIX}"
    part = folder / f".{secrets.token_hex(6)}.dimple-part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "project.txt").write_text(f"{project}\n", encoding="utf-8", errors="surrogateescape")
        copy_database(project, part, progress)
        _require_sound(part, project)
        if before and _same(part, before[0].path):
            return None
        push_to_disk(part)
        part.replace(target)
        made = Backup(target, number, now.replace(second=0, microsecond=0), target.stat().st_size)
        remaining = kept([made, *before])
        for old in before:
            if old not in remaining:
                old.path.unlink(missing_ok=True)
    except (OSError, sqlite3.DatabaseError) as error:
        raise StorageError("No backup: {0}", sentence(target, error)) from error
    finally:
        _remove(Path(f"{part}{log}") for log in ("", "-wal", "-shm", "-journal"))
    return made


def restore(backup: Backup, project: Path) -> Path:
    """Put a backup beside the project as a file of its own; the project is not touched.

    Returns:
        Its path.

    Raises:
        AppError: It cannot be read or written.
    """
    check_header(backup.path)
    target = free_name(project, f"from {backup.made.strftime(_TIME)}")
    part = target.with_name(f".{secrets.token_hex(6)}.dimple-part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(backup.path, part)
        push_to_disk(part)
        part.replace(target)
    except OSError as error:
        raise StorageError(sentence(target, error)) from error
    finally:
        _remove([part])
    return target


def free_name(project: Path, what: str) -> Path:
    """A name beside a project that no file has: ``clip WHAT.dimple``, with a number where need be."""
    names = (f"{project.stem} {what}{f' {number}' if number > 1 else ''}{SUFFIX}" for number in range(1, 10_000))
    return next(path for name in names if not (path := project.with_name(name)).exists())


def _require_sound(part: Path, project: Path) -> None:
    """A damaged file must not push good backups out."""
    with contextlib.closing(connect(part, "mode=ro")) as connection:
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise AppError(
                "{0} has been damaged on its disk; its backups are good: choose “Restore a backup…” in the File menu.",
                project,
            )


def _same(one: Path, other: Path) -> bool:
    try:
        return one.read_bytes()[_HEADER:] == other.read_bytes()[_HEADER:]
    except OSError:
        return False


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
