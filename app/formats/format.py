"""What every format offers; one module each, listed in ``registry``."""

from __future__ import annotations

import enum
from collections.abc import Sequence as Many
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.document.model import Project
from app.formats.options import AnyOption, ImportOptions
from app.formats.progress import Progress

if TYPE_CHECKING:
    from app.formats.selection import SelectedSequence, Selection


class TargetKind(enum.Enum):
    """What an export makes."""

    FILE = "file"
    FOLDER = "folder"


class Field(enum.Enum):
    """What a project holds and a format may or may not; the value is its name in a sentence.

    A format *holds* a field when its own reader, given a file of its own writer, gives it back.
    """

    CATEGORIES = "categories"
    TRACKS = "which boxes belong to one object"
    TRACK_IDS = "numbers of tracks"
    TRACK_NAMES = "names of tracks"
    EMPTY_TRACKS = "tracks without a box"
    SEQUENCE_NAMES = "names of sequences as they are written in the project"
    FRAME_RATE = "exact frame rates"
    KEYFRAMES = "which boxes a person set"
    OUTSIDE = "marks of an object that has left the picture"
    OCCLUDED = "marks of partly hidden objects"
    VISIBILITY = "visible shares"
    SCORES = "scores of tracked boxes"
    STATUS = "how sure the tracker was"
    TRACK_ATTRIBUTES = "attributes of tracks"
    FRAME_ATTRIBUTES = "attributes that change from frame to frame"
    FRACTIONS = "parts of a pixel"
    BEYOND_BORDER = "parts of boxes beyond the picture's border"
    FRAME_NUMBERS = "numbers of the frames in the video when some are left out"


class Likeness(enum.IntEnum):
    """How much a file looks like a format."""

    NO = 0
    POSSIBLE = 1
    LIKELY = 2
    CERTAIN = 3


@dataclass(frozen=True, slots=True)
class ImportedProject:
    """What a file holds, as a Project of its own, frames and boxes in our numbering.

    Attributes:
        project: Sequences with an empty ``path``; boxes that no person is known to have set are tracked boxes.
        frame_base: Number of the first frame that was taken for the file's; None where the format leaves no choice.
        box_base: Number of the top-left pixel that was taken; None where the format leaves no choice.
        notes: What the person should know: what was left out or taken for something, one sentence each.
    """

    project: Project
    frame_base: int | None = None
    box_base: int | None = None
    notes: list[str] = field(default_factory=list)


class Reader(Protocol):
    """What an import needs to know of a file format of other tools."""

    @property
    def name(self) -> str:
        """As written on the command line: lower case, digits, ``-``."""
        ...

    @property
    def title(self) -> str:
        """As shown in the dialog."""
        ...

    @property
    def holds(self) -> frozenset[Field]:
        """What survives an export; the rest is listed to the person before it is lost."""
        ...

    def sniff(self, path: Path) -> Likeness:
        """Whether a file or folder looks like this format; reads at most a few blocks, never fails."""
        ...

    def read(self, path: Path, options: ImportOptions, progress: Progress) -> ImportedProject:
        """Import as a Project of its own.

        Raises:
            AppError: It is not of this format, with file, place (line, ``annotations[3]``) and field.
            CancelledError: The person gave up.
        """
        ...


class Format(Reader, Protocol):
    """One file format of other tools, as pure functions between a Project and files.

    Neither side cares for what was at ``path`` before, nor for half-written files: ``export`` gives ``write`` a fresh
    place and moves the result over.
    """

    @property
    def kind(self) -> TargetKind:
        """Whether it is one file or a folder."""
        ...

    @property
    def suffix(self) -> str:
        """Of the file, with the dot; empty for a folder."""
        ...

    @property
    def options(self) -> tuple[AnyOption, ...]:
        """Choices for an export that only this format offers."""
        ...

    def notes(self, selection: Selection) -> list[str]:
        """What happens to this Project beyond what ``holds`` tells, one sentence each; mostly none."""
        ...

    def picture_paths(self, sequence: SelectedSequence, index: int) -> Many[str]:
        """Where the picture of the exported frame ``sequence.frames[index]`` belongs; often one place.

        Returns:
            Paths with ``/``, below the export's folder (for a file: below the folder of pictures). Empty where the
            format has no place for this picture.
        """
        ...

    def write(self, selection: Selection, path: Path, progress: Progress) -> None:
        """Export without pictures.

        Args:
            selection: What to write.
            path: A file that does not exist yet, or an empty folder.
            progress: Told how far it is.

        Raises:
            AppError: It cannot be written.
            OSError: Likewise; ``export`` puts it in words.
            CancelledError: The person gave up.
        """
        ...
