"""Which Sequence of the open project an imported one belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from app.document.model import Project, Sequence
from app.formats.options import ExportOptions
from app.formats.sequence_names import folder_names
from app.formats.shown_boxes import shown_boxes
from app.spoken import spoken

Matches = Mapping[int, int]
"""Id of an imported Sequence -> id of one in the project; those that are not in it are not imported."""

_EVERYTHING = ExportOptions()


def match_sequences(project: Project, imported: Project) -> dict[int, int]:
    """The likeliest matches, each Sequence at most once: by name, then by size and number of frames.

    A Sequence that fits nothing is left out. Where both sides have one Sequence only, they belong together.
    """
    if len(project.sequences) == len(imported.sequences) == 1:
        return {next(iter(imported.sequences)): next(iter(project.sequences))}
    likely = sorted(
        (-_likeness(theirs, ours), theirs.id, ours.id)
        for theirs in imported.sequences.values()
        for ours in project.sequences.values()
        if _likeness(theirs, ours)
    )
    matches: dict[int, int] = {}
    for _, theirs_id, ours_id in likely:
        if theirs_id not in matches and ours_id not in matches.values():
            matches[theirs_id] = ours_id
    return matches


def misfits(theirs: Sequence, ours: Sequence) -> list[str]:
    """What speaks against putting the boxes of one Sequence into another, one sentence each."""
    said = []
    if (theirs.width, theirs.height) != (ours.width, ours.height):
        said.append(
            spoken(
                "{0} is {1} x {2} pixels in the file and {3} {4} x {5} in the project: boxes may be in wrong places.",
                theirs.name,
                theirs.width,
                theirs.height,
                ours.name,
                ours.width,
                ours.height,
            )
        )
    if theirs.frame_count > ours.frame_count:
        beyond = sum(
            int((shown_boxes(track, _EVERYTHING).frames >= ours.frame_count).sum()) for track in theirs.tracks.values()
        )
        if beyond:
            said.append(
                spoken(
                    "{0:,} boxes of {1} lie behind the last of the {2:,} frames of {3} and will be left out.",
                    beyond,
                    theirs.name,
                    ours.frame_count,
                    ours.name,
                )
            )
    return said


def _likeness(theirs: Sequence, ours: Sequence) -> int:
    """0 for not at all."""
    same_size = (theirs.width, theirs.height) == (ours.width, ours.height)
    same_count = theirs.frame_count == ours.frame_count
    if theirs.name == ours.name:
        return 8 + 2 * same_size + same_count
    if _names(theirs) & _names(ours):
        return 4 + 2 * same_size + same_count
    return 3 if same_size and same_count else 0


def _names(sequence: Sequence) -> set[str]:
    """The Sequence's name and what exports and file systems make of it."""
    names = {sequence.name, Path(sequence.name).stem, folder_names([sequence])[sequence.id]}
    if sequence.path:
        names |= {Path(sequence.path).name, Path(sequence.path).stem}
    return {it.casefold() for it in names if it}
