"""Which format a file or folder has, by its content, also where a person names one file of a folder."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from app.errors import AppError
from app.formats.export_info import exported_with
from app.formats.format import Likeness, Reader
from app.formats.picture_frames import PICTURE_SUFFIXES
from app.formats.registry import all_readers

_LEVELS = 3
"""Folders above a chosen file in which its format is looked for."""

_FILES = ("*.json", "*.xml", "*.csv")
"""What a folder may hold several of, a Sequence each or more."""

_MOST_FILES = 1000
_NESTED = 4
"""Folders with nothing but the next one in them."""

TEXT_SUFFIXES = frozenset({".txt", ".xml", ".json", ".csv", ".tsv", ".yaml", ".yml"})
"""Endings of files that may hold boxes and are no video, whatever is in them."""

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
        format: Of ``all_readers()``; None for a zip archive, which must be unpacked to know.
        path: File or folder.
    """

    format: Reader | None
    path: Path


@dataclass(frozen=True, slots=True)
class Contents:
    """What is to be read of a folder.

    Attributes:
        format: Of all of it.
        paths: The folder itself, or files in it that are read one by one.
    """

    format: Reader
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class _Guess:
    likeness: Likeness
    format: Reader
    path: Path


def is_archive(path: Path) -> bool:
    """Whether it is a zip archive by its name and its content."""
    try:
        return path.suffix.lower() == ".zip" and path.is_file() and zipfile.is_zipfile(path)
    except OSError:
        return False


def recognise(path: Path) -> Reader:
    """The format that a file or folder looks most like.

    Raises:
        AppError: Nothing is there, or it looks like none.
    """
    guess = _guess(path)
    if guess.likeness is not Likeness.NO:
        return guess.format
    if path.is_file() and not path.stat().st_size:
        raise AppError("{0} is empty: choose another file.", path)
    names = ", ".join(it.name for it in all_readers())
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
    if not path.exists():
        return None
    found = best_guess([path])
    if found is None and path.is_dir() and not any(it.suffix.lower() in PICTURE_SUFFIXES for it in path.iterdir()):
        inside = contents(path)
        return Recognised(inside.format, path) if inside is not None else None
    return found


def best_guess(paths: Iterable[Path]) -> Recognised | None:
    """The one of some paths that looks most like a format, the first of several; None where none is likely."""
    guesses = [it for it in map(_guess, paths) if it.likeness >= Likeness.LIKELY]
    best = max(guesses, key=lambda it: it.likeness, default=None)
    return Recognised(best.format, best.path) if best is not None else None


def contents(root: Path, known: Reader | None = None) -> Contents | None:
    """What a folder holds: a data set that is a folder, or files of one kind in it and in its folders.

    Args:
        root: The folder.
        known: The format, where the person chose it.

    Returns:
        None where nothing is likely.

    Raises:
        AppError: There are files of several formats, or far too many.
    """
    files = list(islice(_files_in(root), _MOST_FILES + 1))
    if known is None:
        whole = _guess(root)
        others = map(_guess, files) if whole.likeness < Likeness.CERTAIN else ()
        guesses = [it for it in (whole, *others) if it.likeness >= Likeness.LIKELY]
        best = max(guesses, key=lambda it: it.likeness, default=None)
        if best is None:
            return None
        titles = {it.format.title: None for it in guesses if it.likeness == best.likeness and it.path != root}
        if best.path != root and len(titles) > 1:
            raise AppError("{0} holds files of several formats ({1}): choose one of them.", root, ", ".join(titles))
        known = best.format
    found = tuple(it for it in files if known.sniff(it) >= Likeness.LIKELY)
    is_set = known.sniff(root) is not Likeness.NO
    if is_set and all(it.parent == root for it in found):
        return Contents(known, (root,))
    if not found:
        return None
    if len(files) > _MOST_FILES:
        raise AppError("{0} holds over {1:,} files: import fewer at a time.", root, _MOST_FILES)
    return Contents(known, found)


def innermost(root: Path) -> Path:
    """The folder below ``root`` that has more in it than one folder, as far as that has no name of a format's own."""
    for _ in range(_NESTED):
        inside = [it for it in root.iterdir() if not it.name.startswith((".", "__MACOSX"))]
        if len(inside) != 1 or not inside[0].is_dir() or inside[0].name.lower() in INNER_FOLDERS:
            break
        root = inside[0]
    return root


def _files_in(root: Path) -> Iterator[Path]:
    for pattern in _FILES:
        yield from sorted(root.glob(pattern))
        yield from sorted(root.glob(f"*/{pattern}"))


def _folders_above(path: Path) -> list[Path]:
    """The folder of a file, and those above as long as the one below has the name of a part."""
    above = list(path.absolute().parents)[:_LEVELS]
    whole = next((number for number, it in enumerate(above) if it.name.lower() not in INNER_FOLDERS), len(above))
    return above[: whole + 1]


def _guess(path: Path) -> _Guess:
    if not path.exists():
        raise AppError("{0} is not there: check the name.", path)
    likeness, _, known = max((known.sniff(path), -number, known) for number, known in enumerate(all_readers()))
    return _Guess(likeness, known, path)
