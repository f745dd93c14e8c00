"""Whether results can be written where they are wanted: found out before hours of work, not after."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from app.errors import AppError
from app.formats.format import TargetKind
from app.formats.registry import ExportTarget


def check_outputs(
    exports: Iterable[ExportTarget], files: Iterable[Path] = (), kinds: Mapping[ExportTarget, TargetKind] | None = None
) -> None:
    """Check the places of all results; nothing on disk changes.

    Args:
        exports: Formats and where to.
        files: Other files to be written.
        kinds: What the exports become, where their options make it another thing than their formats say.

    Raises:
        AppError: A place is of the wrong kind, named twice, or may not be written.
    """
    kinds = kinds or {}
    wanted = [(target.path, kinds.get(target, target.format.kind)) for target in exports]
    wanted += [(path, TargetKind.FILE) for path in files]
    places: set[Path] = set()
    for path, kind in wanted:
        if kind is TargetKind.FILE and path.is_dir():
            raise AppError(f"{path} is a folder; name a file.")
        if kind is TargetKind.FOLDER and path.exists() and not path.is_dir():
            raise AppError(f"{path} is a file; name a folder.")
        place = path.absolute()
        if place in places:
            raise AppError(f"{path} is named twice; give each result a place of its own.")
        places.add(place)
        if not place.parent.is_dir():
            raise AppError(f"There is no folder {place.parent}; make it first.")
        if not os.access(place.parent, os.W_OK):
            raise AppError(f"{place.parent} may not be written; choose another folder.")
