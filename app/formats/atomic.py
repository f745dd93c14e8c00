"""Exports appear whole or not at all, and what went wrong with the disk is said in one sentence."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

from app.errors import AppError


@contextlib.contextmanager
def new_file(path: Path) -> Iterator[TextIO]:
    """A UTF-8 text file that takes the place of ``path`` when the block ends well; else ``path`` stays as it was.

    Raises:
        AppError: It cannot be written.
    """
    with new_path(path) as part, part.open("x", encoding="utf-8", newline="\n") as file:
        yield file


@contextlib.contextmanager
def new_path(path: Path) -> Iterator[Path]:
    """The place for a file that takes the place of ``path`` when the block ends well; else ``path`` stays as it was.

    Raises:
        AppError: It cannot be written.
    """
    if path.is_dir():
        raise AppError("{0} is a folder: name a file for the export.", path)
    part = _part_beside(path)
    try:
        with _said_in_words(path):
            yield part
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            part.replace(path)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


@contextlib.contextmanager
def new_folder(path: Path, is_ours: Callable[[Path], bool]) -> Iterator[Path]:
    """An empty folder that takes the place of ``path`` when the block ends well; else ``path`` stays as it was.

    Args:
        path: A folder to be, an empty one, or an earlier export.
        is_ours: Whether an existing folder holds an earlier export and nothing else, so that it may go.

    Raises:
        AppError: It cannot be written, or something else is there.
    """
    with _said_in_words(path):
        if path.exists() and not path.is_dir():
            raise AppError("{0} is a file: name a folder for the export.", path)
        if path.is_dir() and any(path.iterdir()) and not is_ours(path):
            raise AppError("{0} holds other files than an earlier export: choose a new or an empty folder.", path)
    part = _part_beside(path)
    try:
        with _said_in_words(path):
            part.mkdir()
            yield part
            _move_over(part, path)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _move_over(new: Path, path: Path) -> None:
    """Put ``new`` in the place of ``path``; no system swaps two folders at once, so the old one steps aside first."""
    old = None
    if path.exists():
        old = _part_beside(path)
        path.rename(old)
    try:
        new.rename(path)
    except OSError:
        if old is not None:
            old.rename(path)
        raise
    if old is not None:
        shutil.rmtree(old, ignore_errors=True)


def _part_beside(path: Path) -> Path:
    if not path.absolute().parent.is_dir():
        raise AppError(
            "There is no folder {0} for {1}: make it first, or choose another.", path.absolute().parent, path.name
        )
    return path.absolute().with_name(f".{secrets.token_hex(6)}.dimple-part")


@contextlib.contextmanager
def _said_in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise AppError(
                "The disk of {0} is full: free some space; what was there before is unchanged.", path
            ) from error
        if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
            raise AppError("{0} may not be written: choose another folder or change its permissions.", path) from error
        raise AppError("{0} could not be written ({1}): choose another place.", path, error.strerror) from error
