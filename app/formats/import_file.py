"""What a person chose to import: a file or a folder, or a zip archive with either in it."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Self

from app.errors import AppError
from app.formats.archive import unpack
from app.formats.format import ImportedProject, Likeness, Reader
from app.formats.joining import ImportedPart, joined
from app.formats.options import ImportOptions
from app.formats.progress import Progress
from app.formats.recognition import Contents, contents, innermost, is_archive, recognise
from app.formats.registry import all_readers
from app.spoken import spoken

_UNPACKING = 0.4
"""Share of the time."""


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

    def read(self, known: Reader | None, options: ImportOptions, progress: Progress) -> tuple[Reader, ImportedProject]:
        """Import it, in the format ``known`` or, for None, in the one that it looks like.

        Raises:
            AppError: It is of no format, or of another one; as ``Format.read`` says it.
            CancelledError: The person gave up.
        """
        if not self._is_archive:
            found = contents(self._path, known) if self._path.is_dir() else None
            if found is None:
                known = known or recognise(self._path)
                found = Contents(known, (self._path,))
            read = _read(self._path, found, options, progress)
            return found.format, replace(read, notes=[*read.notes, *_also(self._path, found.format)])
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
        self, root: Path, known: Reader | None, options: ImportOptions, progress: Progress
    ) -> tuple[Reader, ImportedProject]:
        root = innermost(root)
        found = contents(root, known)
        if found is None:
            if known is None:
                raise AppError("{0} holds nothing in a format that is known: choose another file.", self._path)
            found = Contents(known, (root,))
        return found.format, _read(root, found, options, progress)


def _read(root: Path, found: Contents, options: ImportOptions, progress: Progress) -> ImportedProject:
    """A data set, or several files below ``root`` as one."""
    if len(found.paths) == 1:
        return found.format.read(found.paths[0], options, progress)
    parts, total = [], len(found.paths)
    for done, path in enumerate(found.paths):
        file = path.relative_to(root)
        try:
            read = found.format.read(path, options, progress.part(done / total, (done + 1) / total))
        except AppError as error:
            if len(file.parts) == 1:
                raise
            raise AppError("{0}: {1}", file.as_posix(), error) from error
        parts.append(ImportedPart(file, read))
    return joined(parts)


def _also(path: Path, known: Reader) -> list[str]:
    """A sentence where a folder holds boxes in another format as well."""
    others = [it.title for it in all_readers() if it is not known and it.sniff(path) is Likeness.CERTAIN]
    return [spoken("It also looks like {0}: choose that format if it is meant.", ", ".join(others))] if others else []
