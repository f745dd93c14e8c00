"""Formats with a file a picture: which Sequence and frame each is of, by its name, and how large the picture is."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from app.document.model import MAX_FRAMES
from app.formats.options import ImportOptions
from app.formats.selection import SelectedSequence
from app.media.image_files import picture_size
from app.spoken import spoken

PICTURE_SUFFIXES = (".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff")

_NUMBERED = re.compile(r"(.*?)[ _.-]?(\d{1,9})")


@dataclass(frozen=True, slots=True)
class PictureFrame:
    """What the name of one file says.

    Attributes:
        group: Of one video: the folder and what stands before the number.
        frame: From 0.
    """

    group: str
    frame: int


@dataclass(frozen=True, slots=True)
class PictureFrames:
    """What the names of all files say.

    Attributes:
        frames: Name without ending -> frame.
        base: Number that was taken for the first frame; None where names of pictures left no choice.
        notes: What the person should know.
    """

    frames: dict[str, PictureFrame]
    base: int | None
    notes: list[str]

    def counts(self) -> dict[str, int]:
        """Group -> frames that it has at least."""
        counts: dict[str, int] = {}
        for frame in self.frames.values():
            counts[frame.group] = max(counts.get(frame.group, 1), frame.frame + 1)
        return counts


def picture_stem(selected: SelectedSequence, frame: int) -> str:
    """Name without ending of the picture of a frame; counts from 1 by the video's own numbers."""
    return f"{selected.folder}_{frame + 1:06d}"


def picture_frames(stems: Iterable[str], options: ImportOptions) -> PictureFrames:
    """Which frame each picture is.

    Where the boxes go into a folder of images that has most of them, by their names; else by the numbers in which
    their names end. A group whose names do not all end in different numbers is counted in the order of its names.

    Args:
        stems: Names without endings, with ``/`` where the pictures lie in folders.
        options: Number of the first frame: None for 0 where a name has 0, else 1. The folder of images.
    """
    ordered = sorted(stems)
    pictures = options.source.pictures if options.source is not None and options.frame_base is None else ()
    numbers = {PurePath(name).stem: number for number, name in reversed([*enumerate(pictures)])}
    found = [stem for stem in ordered if stem.rpartition("/")[2] in numbers]
    if 2 * len(found) > len(ordered):
        return _by_name(ordered, numbers, options)
    return _by_number(ordered, options.frame_base)


def _by_name(ordered: list[str], numbers: dict[str, int], options: ImportOptions) -> PictureFrames:
    """Pictures that the folder lacks come behind its last frame, where an import says how many it leaves out."""
    behind = itertools.count(max(numbers.values()) + 1)
    names = {stem: stem.rpartition("/")[2] for stem in ordered}
    frames = {
        stem: PictureFrame("", numbers[name] if name in numbers else next(behind)) for stem, name in names.items()
    }
    assert options.source is not None
    note = spoken("Frames were found by the names of the pictures in {0}.", options.source.name)
    return PictureFrames(frames, None, [note])


def _by_number(ordered: list[str], frame_base: int | None) -> PictureFrames:
    parts = {stem: _NUMBERED.fullmatch(stem.rpartition("/")[2]) for stem in ordered}
    if frame_base is None:
        numbers = [int(match[2]) for match in parts.values() if match]
        frame_base = 0 if 0 in numbers else 1
    frames: dict[str, PictureFrame] = {}
    taken: set[tuple[str, int]] = set()
    unnumbered: dict[str, list[str]] = {}
    for stem, match in parts.items():
        folder = stem.rpartition("/")[0]
        group = f"{folder}/{match[1]}" if folder and match else (match[1] if match else folder)
        number = int(match[2]) - frame_base if match else -1
        if 0 <= number < MAX_FRAMES and (group, number) not in taken:
            taken.add((group, number))
            frames[stem] = PictureFrame(group, number)
        else:
            unnumbered.setdefault(group, []).append(stem)
    for group, left in unnumbered.items():
        last = max((frame for other, frame in taken if other == group), default=-1)
        for place, stem in enumerate(left, start=last + 1):
            frames[stem] = PictureFrame(group, place)
    return PictureFrames(frames, frame_base, [])


def first_picture_size(candidates: Iterator[Path]) -> tuple[int, int] | None:
    """Width and height of the first of the pictures that is there, from its head alone."""
    sizes = (picture_size(path) for path in candidates if path.is_file())
    return next((size for size in sizes if size is not None), None)
