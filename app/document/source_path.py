"""Where a video is, seen from its project, and where a project is, seen from its video."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import NamedTuple

import platformdirs

SUFFIX = ".dimple"


def relative_source(source: Path, project: Path) -> str | None:
    """The source's path from the project's folder, with ``/``; None where there is none (another drive)."""
    try:
        return PurePath(os.path.relpath(source, project.parent)).as_posix()
    except ValueError:
        return None


class SourceLook(NamedTuple):
    """What is to be seen of a place: whether something is there, and how many bytes a file has; None of a folder."""

    is_there: bool
    size: int | None


NOTHING = SourceLook(is_there=False, size=None)


def look_at_source(place: Path) -> SourceLook:
    """Look; a place that one may not look at is no place, not an error."""
    try:
        found = place.stat()
    except (OSError, ValueError):  # the second where there is a zero in the path
        return NOTHING
    # the files of a folder nobody wants to count here
    return SourceLook(is_there=True, size=None if stat.S_ISDIR(found.st_mode) else found.st_size)


def find_source(
    project: Path,
    relative: str | None,
    absolute: str,
    file_size: int,
    look: Callable[[Path], SourceLook] = look_at_source,
) -> Path:
    """The video or image folder of a Sequence, wherever the project and it have gone together.

    The place relative to the project counts first (a folder that was moved or copied as a whole), then the absolute
    one; a file of another size only where there is no better one.

    Args:
        project: Path of the project file.
        relative: From the project's folder, or None.
        absolute: As it was when the Sequence was added.
        file_size: In bytes, or 0 where unknown.
        look: What is at a place.

    Returns:
        An absolute path; ``absolute`` where nothing exists.
    """
    places = [Path(absolute)]
    if relative is not None:
        places.insert(0, Path(os.path.normpath(project.parent / relative)))
    places = list(dict.fromkeys(places))  # mostly one and the same: where neither of the two has been moved
    existing = [(place, found) for place, found in zip(places, map(look, places), strict=True) if found.is_there]
    same = [it for it in existing if not file_size or it[1].size in {None, file_size}]
    return (same or existing or [(Path(absolute), NOTHING)])[0][0]


def project_path_for(source: Path) -> Path:
    """Where the project of a source lives by default.

    ``<source>.dimple`` beside it; in the person's data folder where nothing can be written beside it. A project that
    exists already in one of the two places is the one.

    Args:
        source: Video file or image folder.
    """
    source = Path(os.path.abspath(source))  # noqa: PTH100  # resolve() would leave the folder the person sees
    beside = source.with_name(source.name + SUFFIX)
    mark = hashlib.sha256(os.fsencode(source)).hexdigest()[:8]
    folder = platformdirs.user_data_path("DiMPLE", appauthor=False) / "projects"
    apart = folder / f"{source.name}-{mark}{SUFFIX}"
    for place in (beside, apart):
        if os.path.exists(place):  # noqa: PTH110
            return place
    return beside if _is_writable(source.parent) else apart


def _is_writable(folder: Path) -> bool:
    """Whether a file can be made in ``folder``; asking for permissions alone would say yes on a read-only disk."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
