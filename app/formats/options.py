"""What the person chooses before an export or an import: what all formats share, and what one format adds."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar, cast

OptionValue = bool | int | float | str
T = TypeVar("T", bool, int, float, str)


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """One value that an option may have.

    Attributes:
        value: As written on the command line.
        title: As shown in the dialog.
    """

    value: T
    title: str


@dataclass(frozen=True, slots=True)
class FormatOption(Generic[T]):
    """One choice that only some formats offer; dialog and command line are made from it.

    Attributes:
        name: As on the command line, ``box-base``; unique in the format.
        title: As shown in the dialog.
        default: Value where the person says nothing; its type is the option's.
        choices: All values; none for a flag (``bool``) and for a number between ``minimum`` and ``maximum``.
        minimum: Of a number.
        maximum: Of a number.
    """

    name: str
    title: str
    default: T
    choices: tuple[Choice[T], ...] = ()
    minimum: float = 0.0
    maximum: float = 1.0

    def allows(self, value: OptionValue) -> bool:
        """Whether ``value`` is one that the option may have."""
        if type(value) is not type(self.default):
            return False
        if self.choices:
            return value in {it.value for it in self.choices}
        return isinstance(value, str) or self.minimum <= value <= self.maximum


AnyOption = FormatOption[bool] | FormatOption[int] | FormatOption[float] | FormatOption[str]


class Split(enum.Enum):
    """What a Sequence is for in training."""

    TRAIN = "train"
    VAL = "val"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Splits:
    """How Sequences are dealt out to training, validation and test; each is whole in one of them.

    Attributes:
        val: Share of the Sequences for validation, 0 to 1.
        test: Share for test; the rest is for training.
        seed: Of the drawing.
        named: Sequence id -> split, for Sequences that are not drawn.

    Raises:
        ValueError: The shares make no sense.
    """

    val: float = 0.2
    test: float = 0.0
    seed: int = 0
    named: Mapping[int, Split] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if min(self.val, self.test) < 0 or not self.val + self.test <= 1:
            raise ValueError(self)


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """Choices of one export.

    Attributes:
        sequence_ids: Sequences to export; None for all.
        track_ids: Tracks to export; None for all.
        first_frame: First frame of each Sequence, from 0.
        last_frame: Last frame inclusive; None for the end.
        frame_step: Every n-th frame from ``first_frame`` on.
        keyframes_only: Only boxes that a person set; frames without any are left out.
        minimum_visibility: Boxes whose visible share is known to be less are left out.
        minimum_score: Tracked boxes with a lower score are left out; a person's boxes stay.
        write_scores: Whether the tracker's confidence is written as score; else every score is 1.
        pictures: Whether the frames are written as pictures too.
        splits: How Sequences are dealt out; None for no splits.
        own: Name -> value of the format's own options; what is missing has its default.

    Raises:
        ValueError: A number makes no sense.
    """

    sequence_ids: frozenset[int] | None = None
    track_ids: frozenset[int] | None = None
    first_frame: int = 0
    last_frame: int | None = None
    frame_step: int = 1
    keyframes_only: bool = False
    minimum_visibility: float = 0.0
    minimum_score: float = 0.0
    write_scores: bool = True
    pictures: bool = False
    splits: Splits | None = None
    own: Mapping[str, OptionValue] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.first_frame < 0 or self.frame_step < 1:
            raise ValueError(self)
        if not (0 <= self.minimum_visibility <= 1 and 0 <= self.minimum_score <= 1):
            raise ValueError(self)

    def value(self, option: FormatOption[T]) -> T:
        """What was chosen for an option of the format."""
        return cast("T", self.own.get(option.name, option.default))


@dataclass(frozen=True, slots=True)
class SourceShape:
    """The video that imported boxes belong to, for formats that do not tell.

    Attributes:
        name: Of the Sequence.
        frame_count: Counted by decoding.
        width: In pixels.
        height: In pixels.
        fps: Average frames per second.
        pictures: Names of its files in order, where it is a folder of images.
    """

    name: str
    frame_count: int
    width: int
    height: int
    fps: float
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """Choices of one import. None is always "as the file or the format says".

    Attributes:
        frame_base: Number that the file gives to the first frame, 0 or 1.
        box_base: Number that the file gives to the top-left pixel, 0 or 1.
        source: The video that the boxes belong to, where the person named one.
    """

    frame_base: int | None = None
    box_base: int | None = None
    source: SourceShape | None = None
