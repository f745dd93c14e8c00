"""Recognises a video or image folder again after it was moved or renamed, without reading all of it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.errors import AppError
from app.media.frame_source import OpeningCancelledError
from app.media.image_files import pictures_in

_PART_BYTES = 64 * 1024
_PARTS = 16
_CHECK_EVERY = 256


@dataclass(frozen=True, slots=True)
class PictureFiles:
    """The pictures of a folder, as they were when it was looked through.

    Attributes:
        folder: Where they are.
        names: In natural order.
        lengths: Bytes of each.
    """

    folder: Path
    names: list[str]
    lengths: list[int]

    @classmethod
    def of(cls, folder: Path, cancelled: Callable[[], bool] | None = None) -> PictureFiles:
        """Look through a folder; ``cancelled`` is asked now and then, True gives up.

        Raises:
            AppError: There is no picture, one or the folder cannot be read, or given up.
        """
        names = pictures_in(folder, cancelled)
        lengths = []
        for count, name in enumerate(names):
            if cancelled is not None and count % _CHECK_EVERY == 0 and cancelled():
                raise OpeningCancelledError("Opening {0} was cancelled.", folder)
            lengths.append(stat_of(folder / name).st_size)
        return cls(folder, names, lengths)

    def fingerprint(self) -> tuple[int, str]:
        """As the function of that name.

        Raises:
            AppError: A picture cannot be read.
        """
        names, folder = self.names, self.folder
        digest = hashlib.sha256(f"folder {len(names)}\n".encode())
        lines = (f"{name}\0{length}\n" for name, length in zip(names, self.lengths, strict=True))
        digest.update("".join(lines).encode(errors="surrogateescape"))
        for chosen in sorted({len(names) * part // _PARTS for part in range(_PARTS)} if names else ()):
            try:
                with (folder / names[chosen]).open("rb") as file:
                    digest.update(file.read(_PART_BYTES))
            except OSError as error:
                raise _unreadable(folder / names[chosen], error) from error
        return sum(self.lengths), digest.hexdigest()


def stat_of(path: Path) -> os.stat_result:
    """Length and time of a file.

    Raises:
        AppError: It cannot be looked at.
    """
    try:
        return path.stat()
    except OSError as error:
        raise _unreadable(path, error) from error


def fingerprint(path: Path, cancelled: Callable[[], bool] | None = None) -> tuple[int, str]:
    """Size and SHA-256 of a video file or image folder.

    The hash covers the size and sixteen parts of 64 KiB spread evenly from the first byte to the last; for a folder,
    the names and sizes of all its pictures and the first part of sixteen of them. The folder's own name and place do
    not count, so that a moved source is recognised.

    Args:
        path: Video file or image folder.
        cancelled: Asked now and then where it takes long; True gives up.

    Returns:
        (bytes, sha256 in hexadecimal).

    Raises:
        AppError: The file or folder cannot be read, or given up.
    """
    try:
        return PictureFiles.of(path, cancelled).fingerprint() if path.is_dir() else _of_file(path)
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> AppError:
    return AppError("{0} cannot be read ({1}); check that it is there.", path, error.strerror or error)


def _of_file(path: Path) -> tuple[int, str]:
    size = path.stat().st_size
    digest = hashlib.sha256(f"file {size}\n".encode())
    with path.open("rb") as file:
        _hash_parts(file, size, digest.update)
    return size, digest.hexdigest()


def _hash_parts(file: BinaryIO, size: int, update: object) -> None:
    assert callable(update)
    if size <= _PARTS * _PART_BYTES:
        update(file.read())
        return
    for part in range(_PARTS):
        file.seek((size - _PART_BYTES) * part // (_PARTS - 1))
        update(file.read(_PART_BYTES))
