"""Remembers the index of a video in the user's cache folder, so that opening it again takes no time."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

import platformdirs

from app.media.video_index import VideoIndex

_MOST_FILES = 500


def cached_index(fingerprint: str) -> VideoIndex | None:
    """The index stored for a video with this fingerprint, or None."""
    return VideoIndex.load(_folder() / f"{fingerprint}.npz")


def remember_index(fingerprint: str, index: VideoIndex) -> None:
    """Store an index; a cache that cannot be written (full or read-only disk) costs time at the next opening only."""
    folder = _folder()
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(suffix=".part", dir=folder)
        os.close(handle)
        try:
            index.save(Path(name))
            Path(name).replace(folder / f"{fingerprint}.npz")
        finally:
            Path(name).unlink(missing_ok=True)
        _drop_oldest(folder)


def _folder() -> Path:
    return platformdirs.user_cache_path("dimple", appauthor=False) / "video-index"


def _drop_oldest(folder: Path) -> None:
    files = sorted(folder.glob("*.npz"), key=lambda file: file.stat().st_mtime)
    for file in files[:-_MOST_FILES]:
        file.unlink(missing_ok=True)
