"""What one export writes: the Sequences, frames and Tracks that the options choose, with names for files."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from app.document.model import Category, Project, Sequence, Track
from app.formats.options import ExportOptions, Split, Splits
from app.formats.sequence_names import folder_names
from app.formats.shown_boxes import ShownBoxes, shown_boxes

RESERVED = (
    "seqmaps",
    "images",
    "labels",
    "labels_track",
    "annotations",
    "export_info.json",
    "data.yaml",
    "imagesets",
    "jpegimages",
    *(it.value for it in Split),
)
"""Names that formats use beside the folders of Sequences."""


@dataclass(frozen=True, slots=True)
class SelectedSequence:
    """A Sequence as it is exported.

    Attributes:
        sequence: As the project has it.
        folder: Name for files and folders, safe and unique in the export.
        split: What it is for; None without splits.
        frames: The exported frames as the video numbers them, from 0, int64 ``(F,)``, ascending.
        tracks: The exported Tracks, by id.
        categories: Category id -> Category, of the project.
    """

    sequence: Sequence
    folder: str
    split: Split | None
    frames: npt.NDArray[np.int64]
    tracks: tuple[Track, ...]
    categories: Mapping[int, Category]

    @property
    def is_whole(self) -> bool:
        """Whether no frame is left out, so that the place of a frame is its number."""
        return len(self.frames) == self.sequence.frame_count

    def places(self, frames: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Place of exported frames among the exported, from 0, ``(N,)``."""
        return np.searchsorted(self.frames, frames)


@dataclass(frozen=True, slots=True)
class Selection:
    """All that one export writes.

    Attributes:
        project: Where it comes from.
        options: The choices.
        sequences: By id.
    """

    project: Project
    options: ExportOptions
    sequences: tuple[SelectedSequence, ...]

    @property
    def categories(self) -> list[Category]:
        """All Categories of the project, by id, used or not: class numbers are the same in each export."""
        return sorted(self.project.categories.values(), key=lambda it: it.id)

    @property
    def class_numbers(self) -> dict[int, int]:
        """Category id -> its place in ``categories``, from 0."""
        return {category.id: number for number, category in enumerate(self.categories)}

    @property
    def track_count(self) -> int:
        """Of all Sequences; what ``write`` counts its progress in."""
        return sum(len(it.tracks) for it in self.sequences)

    def shown(self, sequence: SelectedSequence, track: Track) -> ShownBoxes:
        """The boxes of a Track on the exported frames, ascending."""
        shown = shown_boxes(track, self.options)
        if sequence.is_whole:
            return shown
        return shown.at(np.flatnonzero(np.isin(shown.frames, sequence.frames, assume_unique=True)))

    def outside_frames(self, sequence: SelectedSequence, track: Track) -> list[int]:
        """Exported frames on which a person marked the object as gone, ascending."""
        marked = np.array(sorted(frame for frame, it in track.keyframes.items() if it.box is None), dtype=np.int64)
        return [int(it) for it in marked[np.isin(marked, sequence.frames)]]

    def of_split(self, split: Split) -> Selection:
        """The part that belongs to one split."""
        return replace(self, sequences=tuple(it for it in self.sequences if it.split is split))


def select(project: Project, options: ExportOptions) -> Selection:
    """Apply the options to a project; nothing is copied."""
    chosen = [it for number, it in sorted(project.sequences.items()) if _among(number, options.sequence_ids)]
    folders = folder_names(chosen, taken=RESERVED)
    splits = deal(chosen, options.splits) if options.splits is not None else {}
    selected = []
    for sequence in chosen:
        tracks = tuple(it for number, it in sorted(sequence.tracks.items()) if _among(number, options.track_ids))
        frames = _frames(sequence, tracks, options)
        selected.append(
            SelectedSequence(
                sequence, folders[sequence.id], splits.get(sequence.id), frames, tracks, project.categories
            )
        )
    return Selection(project, options, tuple(selected))


def deal(sequences: list[Sequence], splits: Splits) -> dict[int, Split]:
    """Sequence id -> its split; the same for the same ids, shares and seed on every machine."""
    dealt = {it.id: splits.named[it.id] for it in sequences if it.id in splits.named}
    drawn = sorted(it.id for it in sequences if it.id not in dealt)
    random.Random(splits.seed).shuffle(drawn)  # noqa: S311  # no secret
    tests = _count(splits.test, len(drawn))
    vals = min(_count(splits.val, len(drawn)), len(drawn) - tests)
    for place, number in enumerate(drawn):
        dealt[number] = Split.TEST if place < tests else Split.VAL if place < tests + vals else Split.TRAIN
    return dealt


def _frames(sequence: Sequence, tracks: tuple[Track, ...], options: ExportOptions) -> npt.NDArray[np.int64]:
    end = sequence.frame_count
    if options.last_frame is not None:
        end = min(end, options.last_frame + 1)
    frames = np.arange(options.first_frame, max(end, options.first_frame), options.frame_step, dtype=np.int64)
    if options.keyframes_only:
        set_by_person = {frame for track in tracks for frame in track.keyframes}
        frames = frames[np.isin(frames, np.fromiter(set_by_person, dtype=np.int64, count=len(set_by_person)))]
    return frames


def _count(share: float, of: int) -> int:
    """Some for every split that is wanted, as soon as there are three to deal out."""
    return max(round(share * of), int(share > 0 and of > 2))


def _among(number: int, chosen: frozenset[int] | None) -> bool:
    return chosen is None or number in chosen
