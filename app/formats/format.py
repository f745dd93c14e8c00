"""What every format offers; one module each, listed in ``registry``."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Protocol

from app.document.model import Project
from app.formats.options import ExportOptions


class TargetKind(enum.Enum):
    """What an export makes."""

    FILE = "file"
    FOLDER = "folder"


class Format(Protocol):
    """One file format of other tools, as pure functions between a Project and files."""

    @property
    def name(self) -> str:
        """As written on the command line."""
        ...

    @property
    def title(self) -> str:
        """As shown in the dialog."""
        ...

    @property
    def kind(self) -> TargetKind:
        """Whether it is one file or a folder."""
        ...

    @property
    def suffix(self) -> str:
        """Of the file, with the dot; empty for a folder."""
        ...

    def losses(self, project: Project, options: ExportOptions) -> list[str]:
        """What of this Project the format cannot hold, one sentence each."""
        ...

    def write(self, project: Project, path: Path, options: ExportOptions) -> None:
        """Export; ``path`` appears complete or stays as it was.

        Raises:
            AppError: It cannot be written.
        """
        ...

    def read(self, path: Path) -> Project:
        """Import as a Project of its own.

        Raises:
            AppError: It is not of this format, with the place in the file.
        """
        ...
