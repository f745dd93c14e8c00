"""Zip archives from anybody, as CVAT and Datumaro export: unpacked within bounds, and nowhere but where they should.

Other tools hand out their exports as archives, so an import takes them as they are. Unpacked is what readers look at,
by the ending of its name; of a picture only its head, which tells its size.
"""

from __future__ import annotations

import lzma
import stat
import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from app.errors import AppError
from app.formats.picture_frames import PICTURE_SUFFIXES
from app.formats.progress import Progress

MOST_BYTES = 4 << 30
"""That an archive may become: what it says of itself is not believed, what comes out of it is counted."""

MOST_FILES = 500_000

_ENDINGS = frozenset({".json", ".csv", ".xml", ".txt", ".ini", ".yaml", ".yml", ".label", ".names", *PICTURE_SUFFIXES})
_MOST_PICTURES = 4_000
_HEAD = 1 << 16
"""Of a picture."""

_BLOCK = 1 << 20
_LONGEST_LIST = 1 << 26
"""Bytes of the list of files, which is read as a whole before anything else."""

_END = struct.Struct("<4s4H2LH")
_END_LONG = struct.Struct("<4sQ2H2L4Q")
_LONG = 0xFFFFFFFF


def unpack(archive: Path, folder: Path, progress: Progress) -> None:
    """Put the files of an archive into an empty folder.

    Raises:
        AppError: It is damaged, encrypted or too large, or holds links or files that would lie elsewhere.
        CancelledError: The person gave up.
    """
    try:
        _check_list(archive)
        with zipfile.ZipFile(archive) as opened:
            entries = [it for it in opened.infolist() if not it.filename.endswith("/")]
            if len(entries) > MOST_FILES:
                raise AppError("{0} holds over {1:,} files: unpack it yourself.", archive.name, MOST_FILES)
            written = pictures = 0
            for number, entry in enumerate(entries):
                progress.at(number, len(entries))
                place = folder.joinpath(*_parts(archive, entry))
                if place.suffix.lower() not in _ENDINGS:
                    continue
                is_picture = place.suffix.lower() in PICTURE_SUFFIXES
                pictures += is_picture
                if pictures > _MOST_PICTURES and is_picture:
                    continue
                place.parent.mkdir(parents=True, exist_ok=True)
                written += _write(opened, entry, place, progress, _HEAD if is_picture else MOST_BYTES - written)
                if written >= MOST_BYTES:
                    raise AppError("{0} becomes too large: unpack it yourself.", archive.name)
    except FileExistsError as error:
        raise AppError("{0} holds a file twice: pack it anew.", archive.name) from error
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, ValueError) as error:
        raise AppError("{0} is a damaged archive, or of an unusual kind: unpack it yourself.", archive.name) from error
    except RuntimeError as error:  # what zipfile raises for want of a password
        raise AppError("{0} is encrypted: unpack it yourself.", archive.name) from error
    except OSError as error:
        raise AppError("{0} cannot be unpacked ({1}).", archive, error.strerror or error) from error


def _check_list(archive: Path) -> None:
    """Refuse an archive whose list of files would fill the memory; without a plausible end ``zipfile`` refuses it."""
    with archive.open("rb") as file:
        size = file.seek(0, 2)
        start = max(0, size - _END.size - (1 << 16) - _END_LONG.size - 20)
        file.seek(start)
        tail = file.read()
    end = tail.rfind(b"PK\5\6")
    if end < 0 or end + _END.size > len(tail):
        return
    length = _END.unpack_from(tail, end)[5]
    long = tail.rfind(b"PK\6\6", 0, end)
    if length == _LONG and long >= 0 and long + _END_LONG.size <= len(tail):
        length = _END_LONG.unpack_from(tail, long)[8]
    if length > _LONGEST_LIST:
        raise AppError("{0} holds over {1:,} files: unpack it yourself.", archive.name, MOST_FILES)


def _parts(archive: Path, entry: zipfile.ZipInfo) -> tuple[str, ...]:
    """Folders and name of a file within the archive."""
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    if path.is_absolute() or not path.parts or any(it == ".." or ":" in it or "\0" in it for it in path.parts):
        raise AppError("{0} would put {1!r:.60} outside of its folder: do not trust it.", archive.name, entry.filename)
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in {0, stat.S_IFREG}:
        raise AppError("{0} holds a link or a device, {1!r:.60}: do not trust it.", archive.name, entry.filename)
    return path.parts


def _write(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, place: Path, progress: Progress, most: int) -> int:
    """Unpack up to ``most`` bytes of one file; how many these were."""
    written = 0
    with opened.open(entry) as source, place.open("xb") as target:
        while written < most and (block := source.read(min(_BLOCK, most - written))):
            written += target.write(block)
            progress.at(0, 0)
    return written
