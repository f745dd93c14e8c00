"""Commands on whole Tracks: add, remove, describe, order."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.document import sorted_dicts
from app.document.attributes import AttributeValue
from app.document.category_commands import require_category
from app.document.changes import Changes
from app.document.command import Command
from app.document.description import Description
from app.document.keyframe_commands import require_keyframe, require_value
from app.document.model import Keyframe, Keyframes, Sequence, Track
from app.document.names import clean_name
from app.errors import AppError

LARGEST_NUMBER = 999_999_999
"""That a person may give a Track; enough are left for those that come after it."""


class AddTrack(Command):
    """A new Track with its first Keyframe.

    Attributes:
        track_id: Of the new Track.

    Raises:
        KeyError: No such Sequence or Category.
        ValueError: The frame is not in the Sequence, or the Keyframe's box is none.
    """

    def __init__(
        self, document: Changes, sequence_id: int, name: str, category_id: int, frame: int, keyframe: Keyframe
    ) -> None:
        super().__init__(document, "Add track")
        sequence = document.project.sequences[sequence_id]
        require_category(document, category_id)
        require_keyframe(document, keyframe)
        if not 0 <= frame < sequence.frame_count:
            raise ValueError(f"frame {frame} of {sequence.frame_count}")
        self.track_id = document.new_track_id()
        self._sequence_id = sequence_id
        self._track = Track(self.track_id, clean_name(name), category_id, Keyframes({frame: keyframe}))
        self._track.z = top(sequence) + 1

    def _do(self) -> None:
        self._document.put_track(self._sequence_id, self._track)

    def _undo(self) -> None:
        self._track = self._document.take_track(self.track_id)


class RemoveTrack(Command):
    """A Track goes with all its boxes; undo brings everything back.

    Raises:
        KeyError: No such Track.
    """

    def __init__(self, document: Changes, track_id: int) -> None:
        super().__init__(document, "Remove track")
        self._sequence_id = document.sequence_of(track_id).id
        self._track = document.track(track_id)

    def _do(self) -> None:
        self._track = self._document.take_track(self._track.id)

    def _undo(self) -> None:
        self._document.put_track(self._sequence_id, self._track)


class RenumberTrack(Command):
    """Another id for a Track; everything else of it stays.

    Raises:
        KeyError: No such Track.
        AppError: The number is none, or another Track has it.
    """

    def __init__(self, document: Changes, track_id: int, number: int) -> None:
        super().__init__(document, "Change number")
        document.track(track_id)
        if not 1 <= number <= LARGEST_NUMBER:
            raise AppError("Numbers of tracks are from 1 to {0}.", f"{LARGEST_NUMBER:,}")
        for sequence in document.project.sequences.values():
            if number in sequence.tracks:
                raise AppError(
                    "Another track in {0} has the number {1}; {2} is free.",
                    sequence.name,
                    number,
                    document.last_ids.track + 1,
                )
        self._before, self._after = track_id, number

    def _do(self) -> None:
        self._document.renumber_track(self._before, self._after)

    def _undo(self) -> None:
        self._document.renumber_track(self._after, self._before)


class DescribeTracks(Command):
    """Other descriptions for some Tracks.

    Args:
        document: The open project.
        text: Its name in the Edit menu.
        changed: Track id -> the fields of ``Description`` that become others.
    """

    def __init__(self, document: Changes, text: str, changed: dict[int, dict[str, Any]]) -> None:
        super().__init__(document, text)
        self._before = {track_id: Description.of(document.track(track_id)) for track_id in changed}
        self._after = {track_id: replace(self._before[track_id], **fields) for track_id, fields in changed.items()}

    def _do(self) -> None:
        self._document.describe_tracks(self._after)

    def _undo(self) -> None:
        self._document.describe_tracks(self._before)


class RenameTrack(DescribeTracks):
    """Another name for a Track; it may be empty.

    Raises:
        KeyError: No such Track.
    """

    def __init__(self, document: Changes, track_id: int, name: str) -> None:
        super().__init__(document, "Rename track", {track_id: {"name": clean_name(name)}})


class SetTrackCategory(DescribeTracks):
    """Another Category for a Track. Values of Attributes that its new Category has not stay, unseen.

    Raises:
        KeyError: No such Track or Category.
    """

    def __init__(self, document: Changes, track_id: int, category_id: int) -> None:
        require_category(document, category_id)
        super().__init__(document, "Set category", {track_id: {"category_id": category_id}})


class SetTrackValue(DescribeTracks):
    """The value of an Attribute that is not per frame, for a Track; None for not set.

    Raises:
        KeyError: No such Track or Attribute.
        ValueError: The Attribute cannot have this value, or is per frame.
    """

    def __init__(self, document: Changes, track_id: int, attribute_id: int, value: AttributeValue | None) -> None:
        attributes = dict(document.track(track_id).attributes)
        attributes.pop(attribute_id, None)
        if value is not None:
            require_value(document, attribute_id, value, per_frame=False)
            sorted_dicts.update(attributes, {attribute_id: value})
        super().__init__(document, "Set attribute", {track_id: {"attributes": attributes}})


class MoveInOrder(Command):
    """A Track is painted one place higher (``by`` 1) or lower (-1) among those of its Sequence.

    At the end of the order nothing changes. Where many Tracks had one number, all of the Sequence may get new ones.

    Raises:
        KeyError: No such Track.
    """

    def __init__(self, document: Changes, track_id: int, by: int) -> None:
        order = document.sequence_of(track_id).painted()
        place = next(place for place, track in enumerate(order) if track.id == track_id)
        other = min(max(place + by, 0), len(order) - 1)
        order[place], order[other] = order[other], order[place]
        numbers = sorted(track.z for track in order)
        if len(set(numbers)) < len(numbers):
            numbers = list(range(1, len(order) + 1))
        super().__init__(document, "Raise track" if by > 0 else "Lower track")
        self._track_id = track_id
        self._after = {it.id: z for it, z in zip(order, numbers, strict=True) if it.z != z or it.id == track_id}
        self._before = {it: document.track(it).z for it in self._after}

    def _do(self) -> None:
        self._document.order_tracks(self._track_id, self._after)

    def _undo(self) -> None:
        self._document.order_tracks(self._track_id, self._before)


def top(sequence: Sequence) -> int:
    """The highest place in the order of painting, 0 without any Track."""
    return max((track.z for track in sequence.tracks.values()), default=0)
