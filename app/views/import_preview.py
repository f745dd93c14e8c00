"""What an import would bring into the project, worked out beside the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.document.model import Project
from app.formats.format import ImportedProject, Reader
from app.formats.merging import Additions
from app.formats.progress import Progress
from app.formats.simplify import simplify_project
from app.formats.snapshot import snapshot
from app.letting_go import let_go


@dataclass(frozen=True, slots=True)
class Preview:
    """What would come in.

    Attributes:
        added: To the project.
        boxes: How many those are.
        keyframes: Of them.
        frames: First and last.
        notes: What the person should know, one sentence each.
    """

    added: Additions
    boxes: int
    keyframes: int
    frames: tuple[int, int]
    notes: list[str]

    @classmethod
    def of(
        cls,
        read: ImportedProject,
        known: Reader,
        tolerance: float,
        merge: Callable[[Project], Additions],
        progress: Progress,
    ) -> Preview:
        """Of what was read, which stays as it is.

        Args:
            read: From the file.
            known: Its format.
            tolerance: Of the keyframes, in pixels.
            merge: Gives what of a Project belongs to the open one.
            progress: Told of it.

        Raises:
            CancelledError: Nobody waits for it any more.
        """
        theirs = snapshot(read.project)
        simplify_project(theirs, known, tolerance, progress)
        added = merge(theirs)
        keyframes = sum(len(track.keyframes) for _, track in added.tracks)
        return cls(added, added.box_count, keyframes, added.frames, [*read.notes, *added.notes])


def drop_preview(preview: object) -> None:
    """One that nobody waits for any more."""
    assert isinstance(preview, Preview)
    let_go(preview.added.tracks)
