"""What a Track is apart from its boxes."""

from __future__ import annotations

from dataclasses import dataclass

from app.document.attributes import AttributeValue
from app.document.model import Track


@dataclass(frozen=True, slots=True)
class Description:
    """See ``Track`` for the fields; the values by Attribute id, ascending."""

    name: str
    category_id: int
    z: int
    attributes: dict[int, AttributeValue]

    @classmethod
    def of(cls, track: Track) -> Description:
        """As it is now."""
        return cls(track.name, track.category_id, track.z, track.attributes)
