"""What an import adds to a project, worked out before anything changes: new Categories, Attributes and Tracks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from app.document.model import (
    Attribute,
    AttributeKind,
    AttributeValue,
    Category,
    Keyframe,
    Keyframes,
    Project,
    Sequence,
    Track,
)
from app.document.statements import LastIds
from app.formats.matching import Matches, misfits
from app.formats.options import ExportOptions
from app.formats.shown_boxes import clipped, shown_boxes
from app.spoken import spoken

T = TypeVar("T")

_EVERYTHING = ExportOptions()
_ROUNDED = 0.02
"""Pixels that formats with two decimals may be off."""


@dataclass(frozen=True, slots=True)
class Additions:
    """What comes into a project; ids are its own already.

    Attributes:
        categories: New ones.
        attributes: New ones, and those there that get further choices.
        tracks: (Sequence id, Track), in the order in which they are added.
        notes: What the person should know, one sentence each.
    """

    categories: tuple[Category, ...]
    attributes: tuple[Attribute, ...]
    tracks: list[tuple[int, Track]]
    notes: tuple[str, ...]

    @property
    def box_count(self) -> int:
        """Frames with a box, over all Tracks."""
        return sum(len(shown_boxes(track, _EVERYTHING)) for _, track in self.tracks)

    @property
    def frames(self) -> tuple[int, int]:
        """The first and the last on which anything comes in; (0, 0) for nothing."""
        spans = [_span(track) for _, track in self.tracks]
        return min((first for first, _ in spans), default=0), max((last for _, last in spans), default=0)


def additions(project: Project, last_ids: LastIds, imported: Project, matches: Matches) -> Additions:
    """Work out what ``imported`` adds to ``project``; neither changes.

    Categories and Attributes are the same when their names are. Tracks keep their ids where the project never used
    them, else they get new ones, and that is said.

    Args:
        project: Where it comes to.
        last_ids: Highest ids that the project ever used.
        imported: As a format's reader made it.
        matches: Which Sequence goes where.
    """
    return _Merging(project, last_ids, imported).merge(matches)


def apply(project: Project, added: Additions) -> None:
    """Put what comes in into a project that is not open, in place."""
    for category in added.categories:
        project.categories[category.id] = category
    for attribute in added.attributes:
        project.attributes[attribute.id] = attribute
    for sequence_id, track in added.tracks:
        project.sequences[sequence_id].tracks[track.id] = track
    _sort(project.categories)
    _sort(project.attributes)
    for sequence in project.sequences.values():
        _sort(sequence.tracks)


def _sort(items: dict[int, T]) -> None:
    ordered = sorted(items.items(), key=lambda it: it[0])
    items.clear()
    items.update(ordered)


def _span(track: Track) -> tuple[int, int]:
    """Its first and last frame with anything."""
    frames = [*track.keyframes.frames[:1], *track.keyframes.frames[-1:]]
    tracked = track.boxes.frames()
    if len(tracked):
        frames += int(tracked[0]), int(tracked[-1])
    return min(frames, default=0), max(frames, default=0)


def _is_twin(one: Track, other: Track, sequence: Sequence) -> bool:
    """Whether two Tracks show the same, but for what formats round away or cut at the border."""
    mine, theirs = shown_boxes(one, _EVERYTHING), shown_boxes(other, _EVERYTHING)
    if not np.array_equal(mine.frames, theirs.frames):
        return False
    cut, _ = clipped(theirs.boxes, sequence.width, sequence.height)
    off = np.minimum(np.abs(mine.boxes - theirs.boxes).max(axis=1), np.abs(mine.boxes - cut).max(axis=1))
    return bool((off <= _ROUNDED).all())


class _Merging:
    def __init__(self, project: Project, last_ids: LastIds, imported: Project) -> None:
        self._project = project
        self._imported = imported
        self._last = last_ids
        self._categories: dict[int, int] = {}
        self._attributes: dict[int, Attribute] = {}
        self._notes: list[str] = []
        self._next_id = last_ids.track
        self._kept_ids = {
            number for it in imported.sequences.values() for number in it.tracks if number > last_ids.track
        }
        self._renumbered = 0
        self._twins = 0
        self._dropped_values = 0

    def merge(self, matches: Matches) -> Additions:
        for theirs in self._imported.sequences.values():
            if theirs.id in matches:
                self._notes += misfits(theirs, self._project.sequences[matches[theirs.id]])
            elif theirs.tracks:
                self._notes.append(spoken("{0} belongs to no sequence of the project and is left out.", theirs.name))
        wanted = [(ours, theirs) for theirs, ours in sorted(matches.items(), key=lambda it: it[1])]
        used = {track.category_id for _, theirs in wanted for track in self._imported.sequences[theirs].tracks.values()}
        new_categories = self._merge_categories(used)
        new_attributes = self._merge_attributes()
        tracks: list[tuple[int, Track]] = []
        for ours, theirs_id in wanted:
            made = self._tracks(self._imported.sequences[theirs_id], self._project.sequences[ours])
            tracks += [(ours, it) for it in made]
        if self._renumbered:
            self._notes.append(
                spoken(
                    "Tracks with other numbers, for theirs were used in the project already: {0:,}.", self._renumbered
                )
            )
        if self._twins:
            self._notes.append(
                spoken(
                    "{0:,} tracks have the same boxes as tracks of the project: they will be there twice.", self._twins
                )
            )
        if self._dropped_values:
            self._notes.append(
                spoken(
                    "{0:,} values do not fit the project's attributes of these names and are left out.",
                    self._dropped_values,
                )
            )
        return Additions(tuple(new_categories), tuple(new_attributes), tracks, tuple(self._notes))

    def _merge_categories(self, used: set[int]) -> list[Category]:
        by_name = {it.name: it.id for it in self._project.categories.values()}
        bound = {it.category_id for it in self._imported.attributes.values()}
        added = []
        last = self._last.category
        for category in self._imported.categories.values():
            own = by_name.get(category.name)
            if own is None:
                if category.id not in used and category.id not in bound:
                    continue
                last = own = category.id if category.id > last else last + 1
                added.append(Category(own, category.name))
            self._categories[category.id] = own
        return added

    def _merge_attributes(self) -> list[Attribute]:
        by_name = {it.name: it for it in self._project.attributes.values()}
        added = []
        last = self._last.attribute
        for theirs in self._imported.attributes.values():
            ours = by_name.get(theirs.name)
            if ours is None:
                last = theirs.id if theirs.id > last else last + 1
                category = None if theirs.category_id is None else self._categories[theirs.category_id]
                ours = replace(theirs, id=last, category_id=category)
                added.append(ours)
            elif ours.kind is theirs.kind is AttributeKind.CHOICE and not set(theirs.choices) <= set(ours.choices):
                ours = replace(ours, choices=tuple(dict.fromkeys((*ours.choices, *theirs.choices))))
                added.append(ours)
                self._notes.append(spoken("The attribute {0} gets further choices.", ours.name))
            self._attributes[theirs.id] = ours
        return added

    def _tracks(self, theirs: Sequence, ours: Sequence) -> list[Track]:
        made = []
        there: dict[tuple[int, int], list[Track]] = {}
        for track in ours.tracks.values():
            there.setdefault(_span(track), []).append(track)
        for track in sorted(theirs.tracks.values(), key=lambda it: it.id):
            end = ours.frame_count - 1
            boxes = track.boxes.slice(0, end)
            keyframes = Keyframes((frame, self._keyframe(it)) for frame, it in track.keyframes.within(0, end).items())
            if not len(boxes) and not keyframes:
                continue
            added = Track(
                self._track_id(track.id), track.name, self._categories[track.category_id], keyframes, boxes, z=track.z
            )
            added.attributes = self._values(track.attributes, per_frame=False)
            self._twins += any(_is_twin(added, it, ours) for it in there.get(_span(added), ()))
            made.append(added)
        return made

    def _track_id(self, wanted: int) -> int:
        if wanted > self._last.track:
            return wanted
        self._renumbered += 1
        self._next_id += 1
        while self._next_id in self._kept_ids:
            self._next_id += 1
        return self._next_id

    def _keyframe(self, keyframe: Keyframe) -> Keyframe:
        if not keyframe.attributes:
            return keyframe
        return replace(keyframe, attributes=self._values(dict(keyframe.attributes), per_frame=True))

    def _values(self, values: dict[int, AttributeValue], *, per_frame: bool) -> dict[int, AttributeValue]:
        """Values under the project's ids; those that its Attributes cannot have are left out."""
        kept: dict[int, AttributeValue] = {}
        for number, value in values.items():
            attribute = self._attributes[number]
            if attribute.per_frame is per_frame and attribute.accepts(value):
                kept[attribute.id] = value
            else:
                self._dropped_values += 1
        return dict(sorted(kept.items()))
