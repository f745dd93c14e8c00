"""Remembers what size the pictures of a folder have, so that a hundred thousand of them are opened once only."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

import platformdirs

_MOST_FILES = 2000


def mark_of(names: list[str], stats: list[os.stat_result]) -> str:
    """Changes with each change of a file: names, lengths and times of what is in a folder, in hexadecimal."""
    lines = (f"{name}\0{it.st_size} {it.st_mtime_ns}\n" for name, it in zip(names, stats, strict=True))
    return hashlib.sha256("".join(lines).encode(errors="surrogateescape")).hexdigest()


def cached_size(mark: str) -> tuple[int, int] | None:
    """(width, height) of every picture of a folder with this mark, where it has been looked through before."""
    try:
        width, height = map(int, (_folder() / mark).read_text(encoding="ascii").split())
    except (OSError, ValueError):
        return None
    return (width, height) if width > 0 and height > 0 else None


def remember_size(mark: str, size: tuple[int, int]) -> None:
    """Store it; a cache that cannot be written (full or read-only disk) costs time at the next opening only."""
    folder = _folder()
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(suffix=".part", dir=folder)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{size[0]} {size[1]}")
        Path(name).replace(folder / mark)
        _drop_oldest(folder)


def _folder() -> Path:
    return platformdirs.user_cache_path("dimple", appauthor=False) / "picture-folders"


def _drop_oldest(folder: Path) -> None:
    files = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime)
    for file in files[:-_MOST_FILES]:
        file.unlink(missing_ok=True)
