"""What stands where the person points at: a project, a source with or without a project, or nothing."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from app.document.document import project_path_for

PROJECT_SUFFIX = ".dimple"


@dataclass(frozen=True, slots=True)
class OpeningPlace:
    """A look at the disk, made in a thread: it may take long.

    Attributes:
        source: Video or image folder; None where the project itself was named.
        project: Its file, or where that is to be; None where there is nothing.
        is_made: Whether the project file is there already, or was named.
        resolved: The project file without links.
    """

    source: Path | None
    project: Path | None
    is_made: bool
    resolved: Path | None


def opening_place(path: Path) -> OpeningPlace:
    """Look; a place that one may not look at counts as empty."""
    # os.path: pathlib raises where one may not look
    if path.suffix.lower() == PROJECT_SUFFIX and not os.path.isdir(path):  # noqa: PTH112
        return OpeningPlace(None, path, True, _resolved(path))
    if not os.path.exists(path):  # noqa: PTH110
        return OpeningPlace(path, None, False, None)
    project = project_path_for(path)
    return OpeningPlace(path, project, os.path.exists(project), _resolved(project))  # noqa: PTH110


def _resolved(path: Path) -> Path:
    return Path(os.path.realpath(path))  # Path.resolve raises where links go round in a circle
