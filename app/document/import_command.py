"""Tracks that come from a file, with the videos they belong to, as one edit."""

from __future__ import annotations

from collections.abc import Sequence as Many

from app.document.changes import Changes
from app.document.command import Command
from app.document.model import Attribute, Category, Sequence, Track
from app.document.sequence_check import require_possible
from app.document.statement import Statement
from app.document.track_statements import put_tracks


class ImportTracks(Command):
    """New Tracks with all they hold, and the Categories and Attributes that they need; one step of undo.

    Args:
        document: The open project.
        categories: New ones.
        attributes: New ones, and ones there with further choices.
        tracks: (Sequence id, Track); the Tracks belong to the command from now on.
        sequences: New ones without Tracks; they belong to the command likewise.

    Raises:
        AppError: A new Sequence is nothing a project can hold.
        KeyError: No such Sequence or Category.
        ValueError: An id was used before, or a box lies behind the end of its Sequence.
    """

    def __init__(
        self,
        document: Changes,
        categories: Many[Category],
        attributes: Many[Attribute],
        tracks: Many[tuple[int, Track]],
        sequences: Many[Sequence] = (),
    ) -> None:
        super().__init__(document, "Import")
        project, last = document.project, document.last_ids
        for sequence in sequences:
            require_possible(sequence)
            if sequence.id <= last.sequence or sequence.tracks:
                raise ValueError(sequence)
        counts = {it.id: it.frame_count for it in (*project.sequences.values(), *sequences)}
        known = {*project.categories, *(it.id for it in categories)}
        for sequence_id, track in tracks:
            end = max([*track.keyframes.frames[-1:], track.boxes.last() or 0])
            if track.category_id not in known:
                raise KeyError(track.category_id)
            if track.id <= last.track or end >= counts[sequence_id]:
                raise ValueError(track)
        if any(it.id <= last.category for it in categories):
            raise ValueError(categories)
        self._categories = categories
        self._attributes = attributes
        self._before = [project.attributes[it.id] for it in attributes if it.id in project.attributes]
        self._tracks = list(tracks)
        # such a command may be built beside the window, and is done in it
        self._written: list[Statement] | None = put_tracks(self._tracks)
        self._sequences = list(sequences)
        document.use_ids(
            sequence=max((it.id for it in sequences), default=0),
            category=max((it.id for it in categories), default=0),
            attribute=max((it.id for it in attributes), default=0),
            track=max((track.id for _, track in tracks), default=0),
        )

    def _do(self) -> None:
        for sequence in self._sequences:
            self._document.put_sequence(sequence)
        for category in self._categories:
            self._document.put_category(category)
        for attribute in self._attributes:
            self._document.put_attribute(attribute)
        self._document.put_tracks(self._tracks, self._written)
        self._written = None

    def _undo(self) -> None:
        taken = self._document.take_tracks([track.id for _, track in self._tracks])
        self._tracks = [(sequence_id, track) for (sequence_id, _), track in zip(self._tracks, taken, strict=True)]
        kept = {it.id for it in self._before}
        for attribute in self._before:
            self._document.put_attribute(attribute)
        for attribute in self._attributes:
            if attribute.id not in kept:
                self._document.take_attribute(attribute.id)
        for category in self._categories:
            self._document.take_category(category.id)
        self._sequences = [self._document.take_sequence(it.id) for it in self._sequences]
