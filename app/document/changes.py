"""The open project's data, and each single change that commands may make to it: the data, the file, the signal."""

from __future__ import annotations

import abc
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.document import sorted_dicts, statements, track_statements
from app.document.description import Description
from app.document.model import (
    Attribute,
    Category,
    Dispute,
    Effort,
    Gap,
    Keyframe,
    Keyframes,
    Project,
    Sequence,
    SequenceState,
    Track,
)
from app.document.statement import Statement
from app.document.statements import LastIds
from app.document.tracked_boxes import TrackedBoxes
from app.document.value_change import ValueChange
from tracker.geometry import BoundingBox


class Changes(QObject):
    """What a command is made of. Nothing else calls these methods.

    Attributes:
        project: The data; to be changed through commands only.
        path: The project file.
    """

    settled = Signal()
    """All that one command changes has been changed: for who shows the whole anew, once and not for each part."""
    sequence_added = Signal(int)
    sequence_removed = Signal(int)
    """With all its Tracks; no ``tracks_removed`` for them."""
    sequence_changed = Signal(int)
    """Its state or note."""
    bookmarks_changed = Signal(int)
    """Of a Sequence."""
    effort_changed = Signal(int)
    """Of a Sequence; not by a command."""
    tracks_added = Signal(tuple)
    """Their ids, one or thousands: said once, since each signal takes every listener a turn."""
    tracks_removed = Signal(tuple)
    """Their ids, likewise."""
    track_renumbered = Signal(int, int)
    """Old and new id of a Track; ``tracks_removed`` of the one and ``tracks_added`` of the other follow."""
    tracks_changed = Signal(tuple)
    """Ids of Tracks of which the name, category, attributes or place in the order of painting is another one."""
    keyframes_changed = Signal(int, int, int)
    """Track, first and last frame that show or hold something else: a line or "outside" reaches beyond Keyframes."""
    boxes_changed = Signal(int, int, int)
    """Track, first and last frame."""
    boxes_arrived = Signal(int, tuple)
    """Frame, and Tracks that a run has found on it: said once for hundreds, and in place of ``boxes_changed``."""
    marks_changed = Signal(int, int, int)
    """Track, first and last frame: what the annotator has found right, or two runs have disagreed on."""
    learning_changed = Signal(int)
    """Track whose tracker is to learn from other frames."""
    category_added = Signal(int)
    category_changed = Signal(int)
    """Its name; or it has gone."""
    attribute_changed = Signal(int)
    """It has been defined, changed or has gone; with it, its values."""

    def __init__(self, path: Path, project: Project, last_ids: LastIds) -> None:
        super().__init__()
        self.project = project
        self.path = path
        self._last_ids = last_ids
        self._tracks = {
            track.id: track for sequence in project.sequences.values() for track in sequence.tracks.values()
        }
        self._homes = {track_id: it.id for it in project.sequences.values() for track_id in it.tracks}
        self._collected: list[Statement] | None = None

    @abc.abstractmethod
    def _store(self, changes: list[Statement]) -> None:
        """Write to the file in one transaction."""

    def _write(self, changes: list[Statement]) -> None:
        if self._collected is None:
            self._store(changes)
        else:
            self._collected += changes

    @contextmanager
    def one_transaction(self) -> Iterator[None]:
        """All changes inside are in the file together or not at all."""
        if self._collected is not None:
            yield
            return
        self._collected = []
        try:
            yield
        finally:
            collected, self._collected = self._collected, None
            self._store(collected)
            self.settled.emit()

    @property
    def is_changing(self) -> bool:
        """Whether more changes follow before ``settled``."""
        return self._collected is not None

    def track(self, track_id: int) -> Track:
        """The Track with this id, at any number of Tracks at once.

        Raises:
            KeyError: There is none.
        """
        return self._tracks[track_id]

    def sequence_of(self, track_id: int) -> Sequence:
        """The Sequence that holds the Track with this id, at any number of Sequences at once.

        Raises:
            KeyError: There is none.
        """
        return self.project.sequences[self._homes[track_id]]

    def homes(self) -> dict[int, int]:
        """Of all Tracks: id -> id of the Sequence. A copy, made at once at any number of Tracks."""
        return self._homes.copy()

    @property
    def last_ids(self) -> LastIds:
        """Highest ids ever used."""
        return self._last_ids

    def use_ids(self, *, sequence: int = 0, category: int, attribute: int, track: int) -> None:
        """Ids up to these are used from now on, wherever they come from."""
        used = LastIds(sequence, category, track, attribute)
        self._last_ids = LastIds(*map(max, self._last_ids, used))

    def new_track_id(self) -> int:
        """An id that no Track ever had."""
        self._last_ids = self._last_ids._replace(track=self._last_ids.track + 1)
        return self._last_ids.track

    def new_category_id(self) -> int:
        """An id that no Category ever had."""
        self._last_ids = self._last_ids._replace(category=self._last_ids.category + 1)
        return self._last_ids.category

    def new_attribute_id(self) -> int:
        """An id that no Attribute ever had."""
        self._last_ids = self._last_ids._replace(attribute=self._last_ids.attribute + 1)
        return self._last_ids.attribute

    def require_frame(self, track_id: int, frame: int) -> None:
        """Raise ValueError where ``frame`` is not in the Sequence of a Track."""
        count = self.sequence_of(track_id).frame_count
        if not 0 <= frame < count:
            raise ValueError(f"frame {frame} of {count}")

    # Sequences

    def put_sequence(self, sequence: Sequence) -> None:
        """Add a Sequence, or put a removed one back with all it had."""
        sorted_dicts.update(self.project.sequences, {sequence.id: sequence})
        self._tracks.update(sequence.tracks)
        self._homes.update(dict.fromkeys(sequence.tracks, sequence.id))
        self._write(statements.put_sequence(sequence, self.path))
        self.sequence_added.emit(sequence.id)

    def take_sequence(self, sequence_id: int) -> Sequence:
        """Remove a Sequence; gives it back with all it had."""
        sequence = self.project.sequences.pop(sequence_id)
        for track_id in sequence.tracks:
            del self._tracks[track_id], self._homes[track_id]
        self._write(statements.remove_sequence(sequence))
        self.sequence_removed.emit(sequence_id)
        return sequence

    def describe_sequence(self, sequence_id: int, marked: SequenceState | None, note: str) -> None:
        """Set state and note of a Sequence."""
        sequence = self.project.sequences[sequence_id]
        sequence.marked, sequence.note = marked, note
        self._write(statements.describe_sequence(sequence))
        self.sequence_changed.emit(sequence_id)

    def put_bookmark(self, sequence_id: int, frame: int, note: str | None) -> None:
        """Set the bookmark of a frame; None removes it."""
        bookmarks = self.project.sequences[sequence_id].bookmarks
        if note is None:
            bookmarks.pop(frame, None)
        else:
            sorted_dicts.update(bookmarks, {frame: note})
        self._write(statements.put_bookmark(sequence_id, frame, note))
        self.bookmarks_changed.emit(sequence_id)

    def put_effort(self, sequence_id: int, effort: Effort) -> None:
        """Set what a Sequence has cost so far. No command does this: undo takes no work back."""
        sequence = self.project.sequences[sequence_id]
        sequence.effort = effort
        self._write(statements.put_effort(sequence))
        self.effort_changed.emit(sequence_id)

    # Tracks

    def put_tracks(self, tracks: Collection[tuple[int, Track]], written: list[Statement] | None = None) -> None:
        """Add Tracks, each with the id of its Sequence, or put removed ones back with all they had.

        Args:
            tracks: Any number.
            written: What that is in the file, where it has been worked out before: it takes most of the time.
        """
        added: dict[int, dict[int, Track]] = {}
        for sequence_id, track in tracks:
            added.setdefault(sequence_id, {})[track.id] = track
        for sequence_id, them in added.items():
            sorted_dicts.update(self.project.sequences[sequence_id].tracks, them)
            self._tracks.update(them)
            self._homes.update(dict.fromkeys(them, sequence_id))
        self._write(track_statements.put_tracks(tracks) if written is None else written)
        self.tracks_added.emit(tuple(track.id for _, track in tracks))

    def take_tracks(self, track_ids: Iterable[int]) -> list[Track]:
        """Remove Tracks; gives them back with all they had."""
        tracks = [self._tracks.pop(it) for it in track_ids]
        for track in tracks:
            del self.project.sequences[self._homes.pop(track.id)].tracks[track.id]
        self._write(track_statements.remove_tracks(tracks))
        self.tracks_removed.emit(tuple(track.id for track in tracks))
        return tracks

    def put_track(self, sequence_id: int, track: Track) -> None:
        """Add a Track, or put a removed one back with all it had."""
        self.put_tracks([(sequence_id, track)])

    def take_track(self, track_id: int) -> Track:
        """Remove a Track; gives it back with all it had."""
        return self.take_tracks([track_id])[0]

    def renumber_track(self, track_id: int, number: int) -> None:
        """Give a Track another id, which no other has."""
        tracks, track = self.sequence_of(track_id).tracks, self._tracks.pop(track_id)
        del tracks[track_id]
        changes = track_statements.remove_tracks([track])
        track.id = number
        sorted_dicts.update(tracks, {number: track})
        self._tracks[number], self._homes[number] = track, self._homes.pop(track_id)
        self.use_ids(category=0, attribute=0, track=number)
        self._write([*changes, *track_statements.put_tracks([(self._homes[number], track)])])
        self.track_renumbered.emit(track_id, number)
        self.tracks_removed.emit((track_id,))
        self.tracks_added.emit((number,))

    def describe_tracks(self, descriptions: Mapping[int, Description]) -> None:
        """Set what Tracks are apart from their boxes, by Track id."""
        for track_id, it in descriptions.items():
            track = self._tracks[track_id]
            track.name, track.category_id, track.z, track.attributes = it.name, it.category_id, it.z, it.attributes
        self._write(track_statements.describe_tracks(descriptions))
        self.tracks_changed.emit(tuple(descriptions))

    def order_tracks(self, moved: int, places: Mapping[int, int]) -> None:
        """Set the places in the order of painting of some Tracks of one Sequence, so that ``moved`` comes elsewhere.

        ``tracks_changed`` is said of ``moved`` alone: no other is elsewhere beside the rest.
        """
        for track_id, z in places.items():
            self._tracks[track_id].z = z
        self._write(track_statements.order_tracks(places))
        self.tracks_changed.emit((moved,))

    def put_keyframe(self, track_id: int, frame: int, keyframe: Keyframe | None) -> None:
        """Set the Keyframe of a frame; None removes it."""
        self.replace_keyframes(track_id, frame, frame, Keyframes({} if keyframe is None else {frame: keyframe}))

    def replace_keyframes(self, track_id: int, first: int, last: int, keyframes: Keyframes) -> None:
        """Make frames ``first .. last`` inclusive of the human layer what they are in ``keyframes``."""
        mine = self._tracks[track_id].keyframes
        held = mine.held_after(last)
        mine.replace(first, last, keyframes)
        self._write(track_statements.replace_keyframes(track_id, first, last, keyframes))
        start, end = mine.before(first), mine.after(last)
        if start is not None and mine[start].gap is Gap.INTERPOLATED:
            first = start + 1
        if held != mine.held_after(last):
            last = (self.sequence_of(track_id).frame_count if end is None else end) - 1
        self.keyframes_changed.emit(track_id, first, last)

    def replace_boxes(self, track_id: int, first: int, last: int, boxes: TrackedBoxes) -> None:
        """Make frames ``first .. last`` inclusive of the tracked layer what they are in ``boxes``."""
        track = self._tracks[track_id]
        if track.boxes.is_like(boxes, first, last):
            # a run's end: its boxes are here already, and need only be in the file too
            self._write([])
            return
        track.boxes.replace(first, last, boxes)
        self._write(track_statements.replace_boxes(track_id, first, last, boxes))
        self.boxes_changed.emit(track_id, first, last)

    def put_accepted(self, track_id: int, boxes: Mapping[int, BoundingBox | None]) -> None:
        """Set which tracked box has been found right on each of these frames, one or more; None for none."""
        track = self._tracks[track_id]
        track.accepted = sorted_dicts.with_changes(track.accepted, boxes)
        self._write(track_statements.put_accepted(track_id, boxes))
        self.marks_changed.emit(track_id, min(boxes), max(boxes))

    def put_disputed(self, track_id: int, disputes: Mapping[int, Dispute | None]) -> None:
        """Set on which of these frames, one or more, two runs have disagreed; None where they have not."""
        track = self._tracks[track_id]
        track.disputed = sorted_dicts.with_changes(track.disputed, disputes)
        self._write(track_statements.put_disputed(track_id, disputes))
        self.marks_changed.emit(track_id, min(disputes), max(disputes))

    def put_unlearned(self, track_id: int, frames: frozenset[int]) -> None:
        """Set the frames that the Track's tracker must not learn from."""
        self._tracks[track_id].unlearned = frames
        self._write(track_statements.put_unlearned(track_id, frames))
        self.learning_changed.emit(track_id)

    # Categories and Attributes

    def put_category(self, category: Category) -> None:
        """Add a Category, or replace the one with its id."""
        is_new = category.id not in self.project.categories
        sorted_dicts.update(self.project.categories, {category.id: category})
        self._write(statements.put_category(category))
        (self.category_added if is_new else self.category_changed).emit(category.id)

    def take_category(self, category_id: int) -> None:
        """Remove a Category that no Track and no Attribute has."""
        del self.project.categories[category_id]
        self._write(statements.remove_category(category_id))
        self.category_changed.emit(category_id)

    def put_attribute(self, attribute: Attribute) -> None:
        """Define an Attribute, or change the one with its id; values stay."""
        sorted_dicts.update(self.project.attributes, {attribute.id: attribute})
        self._write(statements.put_attribute(attribute))
        self.attribute_changed.emit(attribute.id)

    def take_attribute(self, attribute_id: int) -> None:
        """Remove an Attribute that has no values."""
        del self.project.attributes[attribute_id]
        self._write(statements.remove_attribute(attribute_id))
        self.attribute_changed.emit(attribute_id)

    def put_values(self, change: ValueChange) -> None:
        """Make the values of an Attribute, on all Tracks and Keyframes, others."""
        for track_id, attributes in change.attributes.items():
            self._tracks[track_id].attributes = attributes
        for track_id, keyframes in change.keyframes.items():
            self._tracks[track_id].keyframes.become(keyframes)
        self._write(statements.replace_values(change.attribute_id, change.values, change.replaced))
        self.attribute_changed.emit(change.attribute_id)

    def values_of(self, attribute_id: int) -> ValueChange:
        """All values of an Attribute, as they are; any thread, while nothing changes."""
        return ValueChange.now(self._tracks.values(), attribute_id)
