"""All values of one Attribute and what they make of the Tracks that have any. Plain data, made in any thread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.document import sorted_dicts
from app.document.attributes import AttributeValue, AttributeValues
from app.document.keyframes import Keyframes
from app.document.model import Track


@dataclass(frozen=True, slots=True)
class ValueChange:
    """What the Tracks are to be.

    Attributes:
        attribute_id: Of the Attribute.
        values: All that it has then.
        replaced: How many it has before.
        attributes: Track id -> all its values that are not per frame, of the Tracks that have or had one of these.
        keyframes: Track id -> its human layer, likewise.
    """

    attribute_id: int
    values: AttributeValues
    replaced: int
    attributes: Mapping[int, dict[int, AttributeValue]]
    keyframes: Mapping[int, Keyframes]

    @classmethod
    def now(cls, tracks: Iterable[Track], attribute_id: int) -> ValueChange:
        """As it is; put, it changes nothing."""
        them = [track for track in tracks if attribute_id in track.attributes]
        frames = {track.id: (track, track.keyframes.values_of(attribute_id)) for track in tracks}
        with_frames = {number: it for number, it in frames.items() if it[1]}
        values = AttributeValues(
            {track.id: track.attributes[attribute_id] for track in them},
            {number: values for number, (_, values) in with_frames.items()},
        )
        return cls(
            attribute_id,
            values,
            len(values),
            {track.id: track.attributes for track in them},
            {number: track.keyframes.copy() for number, (track, _) in with_frames.items()},
        )

    def with_values(self, values: AttributeValues) -> ValueChange:
        """Other values, on no other Tracks than those that have one."""
        number = self.attribute_id
        return ValueChange(
            number,
            values,
            len(self.values),
            {
                track_id: sorted_dicts.changed(all_of_it, number, values.tracks.get(track_id))
                for track_id, all_of_it in self.attributes.items()
            },
            {
                track_id: keyframes.with_values(number, values.keyframes.get(track_id, {}))
                for track_id, keyframes in self.keyframes.items()
            },
        )
