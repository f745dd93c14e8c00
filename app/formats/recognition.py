"""Which format a file or folder has, by its content, also where a person names one file of a folder."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app.errors import AppError
from app.formats.export_info import exported_with
from app.formats.format import Format, Likeness
from app.formats.picture_frames import PICTURE_SUFFIXES
from app.formats.registry import all_formats

_LEVELS = 3
"""Folders above a chosen file in which its format is looked for."""

_PARTS = frozenset({".txt", ".xml", ".ini", ".yaml", ".yml", ".label", ".names", ".data", *PICTURE_SUFFIXES})
"""Endings of files that are part of a folder in some format; any other file is one by itself or none."""

INNER_FOLDERS = frozenset(
    {"gt", "det", "img", "img1", "seqmaps"}
    | {"labels", "labels_track", "images", "obj_train_data", "train", "val", "valid", "validation", "test"}
    | {"annotations", "imagesets", "main", "jpegimages"}
)
"""Names that formats give to folders within theirs, in lower case: what lies in such a one may be part of a whole."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file or folder that looks like a format.

    Attributes:
        format: Of ``all_formats()``; None for a zip archive, which must be unpacked to know.
        path: File or folder.
    """

    format: Format | None
    path: Path


@dataclass(frozen=True, slots=True)
class _Guess:
    likeness: Likeness
    format: Format
    path: Path


def is_archive(path: Path) -> bool:
    """Whether it is a zip archive by its name and its content."""
    try:
        return path.suffix.lower() == ".zip" and path.is_file() and zipfile.is_zipfile(path)
    except OSError:
        return False


def recognise(path: Path) -> Format:
    """The format that a file or folder looks most like.

    Raises:
        AppError: Nothing is there, or it looks like none.
    """
    guess = _guess(path)
    if guess.likeness is not Likeness.NO:
        return guess.format
    if path.is_file() and not path.stat().st_size:
        raise AppError("{0} is empty: choose another file.", path)
    names = ", ".join(it.name for it in all_formats())
    raise AppError("{0} looks like none of the formats {1}: choose its format if you know it.", path, names)


def recognise_near(path: Path) -> Recognised:
    """The format of a file, or of the folder that it is part of, such as ``gt/gt.txt`` of MOTChallenge.

    Raises:
        AppError: Nothing is there, or neither looks like any.
    """
    likely = likely_format(path)
    if likely is not None:
        return likely
    if path.is_file():
        whole = exported_with(path)
        if whole is not None:
            return Recognised(recognise(whole), whole)
        near = best_guess(_folders_above(path)) if path.suffix.lower() in _PARTS else None
        if near is not None:
            return near
    return Recognised(recognise(path), path)


def likely_format(path: Path) -> Recognised | None:
    """What a file or folder is likely to be; None where it is likely to be none, such as a video."""
    if is_archive(path):
        return Recognised(None, path)
    return best_guess([path]) if path.exists() else None


def best_guess(paths: Iterable[Path]) -> Recognised | None:
    """The one of some paths that looks most like a format, the first of several; None where none is likely."""
    guesses = [it for it in map(_guess, paths) if it.likeness >= Likeness.LIKELY]
    best = max(guesses, key=lambda it: it.likeness, default=None)
    return Recognised(best.format, best.path) if best is not None else None


def _folders_above(path: Path) -> list[Path]:
    """The folder of a file, and those above as long as the one below has the name of a part."""
    above = list(path.absolute().parents)[:_LEVELS]
    whole = next((number for number, it in enumerate(above) if it.name.lower() not in INNER_FOLDERS), len(above))
    return above[: whole + 1]


def _guess(path: Path) -> _Guess:
    if not path.exists():
        raise AppError("{0} is not there: check the name.", path)
    likeness, _, known = max((known.sniff(path), -number, known) for number, known in enumerate(all_formats()))
    return _Guess(likeness, known, path)
