"""Which Sequence of the open project an imported one belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from app.document.model import Project, Sequence
from app.formats.options import ExportOptions
from app.formats.sequence_names import folder_names
from app.formats.shown_boxes import shown_boxes

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
            f"{theirs.name} is {theirs.width} x {theirs.height} pixels in the file and {ours.name} "
            f"{ours.width} x {ours.height} in the project: boxes may be in wrong places."
        )
    if theirs.frame_count > ours.frame_count:
        beyond = sum(
            int((shown_boxes(track, _EVERYTHING).frames >= ours.frame_count).sum()) for track in theirs.tracks.values()
        )
        if beyond:
            said.append(
                f"{beyond:,} boxes of {theirs.name} lie behind the last of the {ours.frame_count:,} frames of "
                f"{ours.name} and will be left out."
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
