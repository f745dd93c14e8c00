"""Several files of one kind become one imported Project: the Sequences of each, under ids of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath

from app.document.model import Attribute, AttributeValue, Category, Keyframes, Project, Sequence, Track
from app.errors import AppError
from app.formats.format import ImportedProject
from app.formats.ids import Ids
from app.spoken import spoken

_SHOWN_FILES = 12


@dataclass(frozen=True, slots=True)
class ImportedPart:
    """What one of the files holds.

    Attributes:
        file: Below what the person chose.
        read: As a format's reader made it; it is taken apart.
    """

    file: PurePath
    read: ImportedProject


def joined(parts: list[ImportedPart]) -> ImportedProject:
    """All of them as one.

    Categories and Attributes are the same when their names are; Sequences too, where no frame has boxes in two files.
    Ids stay where no file before has used them.

    Raises:
        AppError: Two files tell of the same frames, or define an Attribute in two ways.
    """
    joining = _Joining()
    for part in parts:
        joining.add(part)
    names = ", ".join(str(it.file.as_posix()) for it in parts[:_SHOWN_FILES])
    if len(parts) > _SHOWN_FILES:
        names += ", ..."
    notes = [spoken("{0:,} files were read: {1}.", len(parts), names)]
    if joining.renumbered:
        notes.append(
            spoken("Tracks with other numbers, for other files have tracks with theirs: {0:,}.", joining.renumbered)
        )
    notes += [f"{it.file.as_posix()}: {note}" for it in parts for note in it.read.notes]
    frame_base, box_base = (
        _shared(it.read.frame_base for it in parts),
        _shared(it.read.box_base for it in parts),
    )
    return ImportedProject(joining.project, frame_base, box_base, notes)


def _shared(bases: Iterable[int | None]) -> int | None:
    """The number that all files have; None where they differ."""
    found = set(bases)
    return found.pop() if len(found) == 1 else None


class _Joining:
    """The Project so far."""

    def __init__(self) -> None:
        self.project = Project()
        self.renumbered = 0
        self._by_name: dict[str, tuple[PurePath, Sequence]] = {}
        self._sequence_ids, self._track_ids, self._category_ids = Ids(), Ids(), Ids()

    def add(self, part: ImportedPart) -> None:
        theirs = part.read.project
        categories = {it.id: self._category(it) for it in theirs.categories.values()}
        attributes = {it.id: self._attribute(it, categories, part.file) for it in theirs.attributes.values()}
        for sequence in theirs.sequences.values():
            tracks = [self._track(it, categories, attributes) for it in sequence.tracks.values()]
            sequence.tracks = {it.id: it for it in tracks}
            self._add_sequence(sequence, part.file)

    def _add_sequence(self, sequence: Sequence, file: PurePath) -> None:
        """By its name, or that of its folder where several files of one name give theirs."""
        if sequence.name in self._by_name and sequence.name == file.stem and file.parent.name:
            sequence.name = file.parent.name
        known = self._by_name.get(sequence.name)
        if known is None:
            sequence.id = self._sequence_ids.take(sequence.id)
            self._by_name[sequence.name] = file, sequence
            self.project.sequences[sequence.id] = sequence
            return
        other, ours = known
        if other is file or not _are_parts(ours, sequence):
            raise AppError(
                "{0} and {1} both tell of the sequence {2!r:.60}: choose one of them, or put one elsewhere.",
                other.as_posix(),
                file.as_posix(),
                sequence.name,
            )
        ours.frame_count = max(ours.frame_count, sequence.frame_count)
        ours.tracks |= sequence.tracks

    def _category(self, theirs: Category) -> int:
        known = next((it.id for it in self.project.categories.values() if it.name == theirs.name), None)
        if known is None:
            known = self._category_ids.take(theirs.id)
            self.project.categories[known] = replace(theirs, id=known)
        return known

    def _attribute(self, theirs: Attribute, categories: Mapping[int, int], file: PurePath) -> int:
        category = None if theirs.category_id is None else categories[theirs.category_id]
        known = next((it for it in self.project.attributes.values() if it.name == theirs.name), None)
        number = known.id if known is not None else max(self.project.attributes, default=0) + 1
        made = replace(theirs, id=number, category_id=category)
        if known is not None:
            made = replace(made, choices=tuple(dict.fromkeys((*known.choices, *theirs.choices))))
            if made != replace(known, choices=made.choices):
                raise AppError(
                    "{0} defines the attribute {1!r:.60} in another way than a file before it: import it alone.",
                    file.as_posix(),
                    theirs.name,
                )
        self.project.attributes[number] = made
        return number

    def _track(self, track: Track, categories: Mapping[int, int], attributes: Mapping[int, int]) -> Track:
        own = self._track_ids.take(track.id)
        self.renumbered += own != track.id
        track.id, track.category_id = own, categories[track.category_id]
        if any(ours != theirs for theirs, ours in attributes.items()):
            track.attributes = _under(attributes, track.attributes)
            track.keyframes = Keyframes(
                (frame, replace(it, attributes=_under(attributes, it.attributes)) if it.attributes else it)
                for frame, it in track.keyframes.items()
            )
        return track


def _are_parts(one: Sequence, other: Sequence) -> bool:
    """Whether two may be parts of one, as pictures to train and to validate on are: none has boxes in both."""
    frames = [{frame for track in it.tracks.values() for frame in track.frames()} for it in (one, other)]
    return (one.width, one.height) == (other.width, other.height) and frames[0].isdisjoint(frames[1])


def _under(ids: Mapping[int, int], values: Mapping[int, AttributeValue]) -> dict[int, AttributeValue]:
    return dict(sorted((ids[number], value) for number, value in values.items()))
