"""Attributes: what a person says of an object beside its box and Category, as the project defines it."""

from __future__ import annotations

import enum
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from app.document.names import clean_name

AttributeValue = str | float | bool
"""TEXT and CHOICE hold ``str``, NUMBER ``float``, FLAG ``bool``."""


class AttributeKind(enum.Enum):
    """What an Attribute's values are; the value is the word in the project file."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Attribute:
    """One property that objects have.

    Attributes:
        id: Unique in the project, from 1, never used again.
        name: Shown and exported; unique in the project.
        kind: What its values are.
        choices: Of a CHOICE, in the order shown; empty otherwise.
        per_frame: Whether it may change from frame to frame (set on Keyframes); else it is set on the Track.
        category_id: The Category whose Tracks have it; None for all.
        default: Its value where none is set; None for "not known".
    """

    id: int
    name: str
    kind: AttributeKind
    choices: tuple[str, ...] = ()
    per_frame: bool = False
    category_id: int | None = None
    default: AttributeValue | None = None

    def accepts(self, value: AttributeValue) -> bool:
        """Whether ``value`` is one that this Attribute can have."""
        if self.kind is AttributeKind.FLAG:
            return isinstance(value, bool)
        if self.kind is AttributeKind.NUMBER:
            return isinstance(value, float) and math.isfinite(value)
        if not isinstance(value, str) or clean_name(value) != value:
            return False
        return self.kind is AttributeKind.TEXT or value in self.choices

    @property
    def is_sound(self) -> bool:
        """Whether its parts go together: names are clean, a CHOICE and nothing else has choices, the default is one."""
        choices_fit = bool(self.choices) == (self.kind is AttributeKind.CHOICE)
        clean = all(text and clean_name(text) == text for text in (self.name, *self.choices))
        distinct = len(set(self.choices)) == len(self.choices)
        return choices_fit and clean and distinct and (self.default is None or self.accepts(self.default))


@dataclass(frozen=True, slots=True)
class AttributeValues:
    """All values of one Attribute.

    Attributes:
        tracks: Track id -> value.
        keyframes: Track id -> frame -> value.
    """

    tracks: dict[int, AttributeValue]
    keyframes: dict[int, dict[int, AttributeValue]]

    def __len__(self) -> int:
        return len(self.tracks) + sum(map(len, self.keyframes.values()))

    def counts(self) -> Counter[AttributeValue]:
        """How often each value is set."""
        return Counter([*self.tracks.values(), *(it for frames in self.keyframes.values() for it in frames.values())])

    def renamed(self, names: Mapping[str, str]) -> AttributeValues:
        """With other words for some choices, all at once, so that two may change places."""

        def after(value: AttributeValue) -> AttributeValue:
            return names.get(value, value) if isinstance(value, str) else value

        return AttributeValues(
            {track: after(value) for track, value in self.tracks.items()},
            {track: {frame: after(it) for frame, it in frames.items()} for track, frames in self.keyframes.items()},
        )

    def accepted_by(self, attribute: Attribute) -> AttributeValues:
        """Those that ``attribute`` can have."""
        return AttributeValues(
            {track: value for track, value in self.tracks.items() if attribute.accepts(value)},
            {
                track: {frame: value for frame, value in frames.items() if attribute.accepts(value)}
                for track, frames in self.keyframes.items()
            },
        )
