"""Which Sequence of the open project an imported one belongs to."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping
from pathlib import Path

from app.document.model import Project, Sequence
from app.formats.options import ExportOptions
from app.formats.sequence_names import folder_names
from app.formats.shown_boxes import shown_boxes
from app.spoken import spoken

Matches = Mapping[int, int]
"""Id of an imported Sequence -> id of one in the project; those that are not in it are not imported."""

_Shape = tuple[int, int, int]
"""Width, height and number of frames."""

_EVERYTHING = ExportOptions()
_TELLING = 50
"""A name that more Sequences than these go by, such as the folder ``img`` of a data set, tells nothing."""


def match_sequences(project: Project, imported: Project) -> dict[int, int]:
    """The likeliest matches, each Sequence at most once: by name, then by size and number of frames.

    A Sequence that fits nothing is left out. Where both sides have one Sequence only, they belong together.
    """
    if len(project.sequences) == len(imported.sequences) == 1:
        return {next(iter(imported.sequences)): next(iter(project.sequences))}
    ours = _Named(project)
    likely = sorted(
        (-likeness, theirs.id, known.id)
        for theirs in imported.sequences.values()
        for known, likeness in ours.alike(theirs)
    )
    matches: dict[int, int] = {}
    taken: set[int] = set()
    for _, theirs_id, ours_id in likely:
        if theirs_id not in matches and ours_id not in taken:
            matches[theirs_id] = ours_id
            taken.add(ours_id)
    left: dict[_Shape, deque[int]] = defaultdict(deque)
    for it in project.sequences.values():
        if it.id not in taken:
            left[_shape(it)].append(it.id)
    for theirs in imported.sequences.values():
        if theirs.id not in matches and left[_shape(theirs)]:
            matches[theirs.id] = left[_shape(theirs)].popleft()
    return matches


class _Named:
    """The Sequences of a project by each name they go by: a data set has thousands."""

    def __init__(self, project: Project) -> None:
        self._by_name: dict[str, list[Sequence]] = defaultdict(list)
        for it in project.sequences.values():
            for name in _names(it):
                self._by_name[name].append(it)

    def alike(self, theirs: Sequence) -> list[tuple[Sequence, int]]:
        """Those that share a name with another, and how like they are."""
        named = (self._by_name.get(name, []) for name in _names(theirs))
        shared = {it.id: it for some in named if len(some) <= _TELLING for it in some}
        return [(it, _likeness(theirs, it)) for it in shared.values()]


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
    """Of two that share a name: the very name first, then the size, then the number of frames."""
    same_size = (theirs.width, theirs.height) == (ours.width, ours.height)
    same_count = theirs.frame_count == ours.frame_count
    return 4 * (theirs.name == ours.name) + 2 * same_size + same_count


def _shape(sequence: Sequence) -> _Shape:
    return sequence.width, sequence.height, sequence.frame_count


def _names(sequence: Sequence) -> set[str]:
    """The Sequence's name and what exports and file systems make of it."""
    names = {sequence.name, Path(sequence.name).stem, folder_names([sequence])[sequence.id]}
    if sequence.path:
        names |= {Path(sequence.path).name, Path(sequence.path).stem}
    return {it.casefold() for it in names}
