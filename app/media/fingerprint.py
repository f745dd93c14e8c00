"""Recognises a video or image folder again after it was moved or renamed, without reading all of it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import BinaryIO

from app.errors import AppError
from app.media.image_files import list_images

_PART_BYTES = 64 * 1024
_PARTS = 16


def fingerprint(path: Path) -> tuple[int, str]:
    """Size and SHA-256 of a video file or image folder.

    The hash covers the size and sixteen parts of 64 KiB spread evenly from the first byte to the last; for a folder,
    the names and sizes of all its pictures and the first part of sixteen of them. The folder's own name and place do
    not count, so that a moved source is recognised.

    Args:
        path: Video file or image folder.

    Returns:
        (bytes, sha256 in hexadecimal).

    Raises:
        AppError: The file or folder cannot be read.
    """
    try:
        return _of_folder(path) if path.is_dir() else _of_file(path)
    except OSError as error:
        raise AppError("{0} cannot be read ({1}); check that it is there.", path, error.strerror or error) from error


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


def _of_folder(path: Path) -> tuple[int, str]:
    images = list_images(path)
    sizes = [image.stat().st_size for image in images]
    digest = hashlib.sha256(f"folder {len(images)}\n".encode())
    for image, size in zip(images, sizes, strict=True):
        digest.update(f"{image.name}\0{size}\n".encode(errors="surrogateescape"))
    for chosen in sorted({len(images) * part // _PARTS for part in range(_PARTS)} if images else ()):
        with images[chosen].open("rb") as file:
            digest.update(file.read(_PART_BYTES))
    return sum(sizes), digest.hexdigest()
