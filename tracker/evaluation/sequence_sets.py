"""Sequences grouped as tables show them: those of a folder, generated scenes, and the first frames of either."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tracker.errors import TrackerError
from tracker.evaluation.effort_scenes import LENGTH, effort_scenes
from tracker.evaluation.generated_scene import GeneratedScene, SceneDescription, standard_scenes
from tracker.evaluation.sequence import AnnotatedSequence, find_sequences
from tracker.geometry import BoundingBox
from tracker.search_region import Image

GENERATED = "generated"
"""Name of the set of generated scenes."""


@dataclass(frozen=True, slots=True)
class SequenceSet:
    """Sequences with a mean of their own.

    Attributes:
        name: For tables.
        sequences: At least one.
    """

    name: str
    sequences: tuple[AnnotatedSequence, ...]


@dataclass(frozen=True, slots=True)
class GeneratedSequence:
    """A generated scene as a sequence.

    Attributes:
        name: For tables.
        scene: Draws the frames.
        boxes: True boxes in image pixels.
    """

    name: str
    scene: GeneratedScene
    boxes: tuple[BoundingBox | None, ...]

    def __len__(self) -> int:
        return len(self.scene)

    def read(self, index: int) -> Image:
        """Picture ``index``, RGB uint8 (H, W, 3)."""
        return self.scene.frame(index)


@dataclass(frozen=True, slots=True)
class FirstFrames:
    """The beginning of a sequence.

    Attributes:
        whole: All of it.
        length: How many frames of it count.
    """

    whole: AnnotatedSequence
    length: int

    @property
    def name(self) -> str:
        """The sequence's."""
        return self.whole.name

    @property
    def boxes(self) -> tuple[BoundingBox | None, ...]:
        """True boxes of the frames that count."""
        return self.whole.boxes[: self.length]

    def __len__(self) -> int:
        return len(self.boxes)

    def read(self, index: int) -> Image:
        """Picture ``index``, RGB uint8 (H, W, 3)."""
        return self.whole.read(index)


def generated_sequence(name: str, description: SceneDescription) -> GeneratedSequence:
    """The sequence of a description."""
    scene = GeneratedScene(description)
    return GeneratedSequence(name, scene, tuple(map(scene.box, range(len(scene)))))


def generated_set() -> SequenceSet:
    """The nine standard scenes."""
    scenes = standard_scenes().items()
    return SequenceSet(GENERATED, tuple(generated_sequence(f"scene_{name}", scene) for name, scene in scenes))


def effort_set(seeds: Sequence[int], length: int = LENGTH) -> SequenceSet:
    """The scenes that labelling effort is measured on.

    Args:
        seeds: Each difficulty is drawn from each of them.
        length: Frames of each.
    """
    scenes = effort_scenes(length, seeds).items()
    return SequenceSet(GENERATED, tuple(generated_sequence(f"{GENERATED} {name}", scene) for name, scene in scenes))


def sets_in(folders: Sequence[Path]) -> list[SequenceSet]:
    """The sequences in some folders, one set for each folder of sequences.

    Args:
        folders: Sequences, or folders of sequences.

    Raises:
        TrackerError: A folder is missing or holds no sequence, or a sequence is not usable.
    """
    sets: dict[Path, list[AnnotatedSequence]] = {}
    for folder in folders:
        sequences = find_sequences([folder])
        is_sequence = len(sequences) == 1 and sequences[0].name == folder.name
        parent = folder.resolve().parent if is_sequence else folder.resolve()
        sets.setdefault(parent, []).extend(sequences)
    return [SequenceSet(parent.name, tuple(sequences)) for parent, sequences in sets.items()]


def check_distinct(sets: Sequence[SequenceSet]) -> None:
    """Refuses sets that cannot be told apart in a table.

    Raises:
        TrackerError: Two sequences have the same name.
    """
    seen: set[str] = set()
    for sequence in (sequence for one in sets for sequence in one.sequences):
        if sequence.name in seen:
            raise TrackerError(f"Two sequences are named {sequence.name}; give each once, or rename a folder.")
        seen.add(sequence.name)


def shortened(sets: Sequence[SequenceSet], length: int) -> list[SequenceSet]:
    """The first frames of all sequences."""
    return [SequenceSet(one.name, tuple(FirstFrames(whole, length) for whole in one.sequences)) for one in sets]
