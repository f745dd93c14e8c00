"""What a person chose to import: a file or a folder, or a zip archive with either in it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Self

from app.errors import AppError
from app.formats.archive import unpack
from app.formats.format import Format, ImportedProject, Likeness
from app.formats.options import ImportOptions
from app.formats.progress import Progress
from app.formats.recognition import INNER_FOLDERS, best_guess, is_archive, recognise
from app.formats.registry import all_formats
from app.spoken import spoken

_UNPACKING = 0.4
"""Share of the time."""

_FILES = ("*.json", "*.xml", "*.csv")
_NESTED = 4
"""Folders with nothing but the next one in them."""


class ImportFile:
    """Reads it, as often as a person changes the options; an archive is unpacked the first time.

    Args:
        path: File, folder or archive.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._is_archive = is_archive(path)
        self._unpacked: Path | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Take away what was unpacked."""
        if self._unpacked is not None:
            shutil.rmtree(self._unpacked.parent, ignore_errors=True)
            self._unpacked = None

    def read(self, known: Format | None, options: ImportOptions, progress: Progress) -> tuple[Format, ImportedProject]:
        """Import it, in the format ``known`` or, for None, in the one that it looks like.

        Raises:
            AppError: It is of no format, or of another one; as ``Format.read`` says it.
            CancelledError: The person gave up.
        """
        if not self._is_archive:
            known = known or recognise(self._path)
            read = known.read(self._path, options, progress)
            return known, replace(read, notes=[*read.notes, *_also(self._path, known)])
        if self._unpacked is None:
            self._unpack(progress.part(0, _UNPACKING))
            progress = progress.part(_UNPACKING, 1)
        assert self._unpacked is not None
        try:
            return self._read_unpacked(self._unpacked, known, options, progress)
        except AppError as error:
            # sentences name the archive, not the place where it was unpacked
            said = str(error).replace(str(self._unpacked), str(self._path))
            if self._path.name not in said:
                raise AppError("{0}: {1}", self._path.name, said) from error
            raise AppError(str(said)) from error

    def _unpack(self, progress: Progress) -> None:
        above = Path(tempfile.mkdtemp(prefix="dimple-archive-"))
        folder = above / (self._path.stem or "archive")
        try:
            folder.mkdir()
            unpack(self._path, folder, progress)
        except BaseException:
            shutil.rmtree(above, ignore_errors=True)
            raise
        self._unpacked = folder

    def _read_unpacked(
        self, root: Path, known: Format | None, options: ImportOptions, progress: Progress
    ) -> tuple[Format, ImportedProject]:
        places = [*_places(root)]
        if known is None:
            found = best_guess(places)
            known, place = (found.format, found.path) if found is not None else (None, root)
            if known is None:
                raise AppError("{0} holds nothing in a format that is known: choose another file.", self._path)
        else:
            place = max(places, key=known.sniff)
        read = known.read(place, options, progress)
        others = [it for it in places if it != place and it.is_file() and known.sniff(it) >= Likeness.LIKELY]
        if not place.is_file() or not others:
            return known, read
        note = spoken(
            "{0} holds {1:,} files of this kind and {2} was read: unpack it to import another.",
            self._path.name,
            len(others) + 1,
            place.name,
        )
        return known, replace(read, notes=[*read.notes, note])


def _also(path: Path, known: Format) -> list[str]:
    """A sentence where a folder holds boxes in another format as well."""
    others = [it.title for it in all_formats() if it is not known and it.sniff(path) is Likeness.CERTAIN]
    return [spoken("It also looks like {0}: choose that format if it is meant.", ", ".join(others))] if others else []


def _places(root: Path) -> Iterator[Path]:
    """Where boxes may be in an unpacked archive: the folder of everything, then files in it."""
    for _ in range(_NESTED):
        inside = [it for it in root.iterdir() if not it.name.startswith((".", "__MACOSX"))]
        if len(inside) != 1 or not inside[0].is_dir() or inside[0].name.lower() in INNER_FOLDERS:
            break
        root = inside[0]
    yield root
    for pattern in _FILES:
        yield from sorted(root.glob(pattern))
        yield from sorted(root.glob(f"*/{pattern}"))
