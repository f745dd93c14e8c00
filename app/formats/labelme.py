"""LabelMe, which is read and not written: a folder with a JSON file a picture, as X-AnyLabeling has it too.

A rectangle is the box of its corners; of polygons, circles, masks and turned boxes the box round them is taken, points
and lines are left out. Shapes of one label and one ``group_id`` are one Track, and one object where a picture has
several of them; without ``group_id`` each is a Track of its own. The picture's top-left corner is (0, 0).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from app.document.model import Sequence
from app.errors import AppError
from app.formats.format import Field, ImportedProject, Likeness
from app.formats.imported_project import MAX_ID, MAX_SIDE, ProjectBuilder
from app.formats.json_record import JsonRecord, json_names, read_json
from app.formats.options import ImportOptions
from app.formats.picture_frames import PictureFrame, picture_frames
from app.formats.picture_rows import PictureRows
from app.formats.progress import Progress
from app.formats.track_rows import Sides, check_box
from app.spoken import spoken

_FPS = 30.0
_LARGEST = 1 << 26
"""Bytes of a file, which may hold its picture."""

_OUTLINES = frozenset({"polygon", "rotation", "mask", "circle"})
_MOST_POINTS = 100_000


class LabelmeReader:
    """A folder of JSON files."""

    name = "labelme"
    title = "LabelMe"
    holds = frozenset[Field]()

    def sniff(self, path: Path) -> Likeness:
        """By the fields of the first file."""
        first = next(_files(path), None) if path.is_dir() else None
        names = json_names(first) if first is not None else frozenset()
        is_like = "shapes" in names and names & {"imagePath", "shape_type"}
        return Likeness.CERTAIN if is_like else Likeness.NO

    def read(self, path: Path, options: ImportOptions, progress: Progress) -> ImportedProject:
        """Import a folder of files, or of folders of them.

        Raises:
            AppError: It is not of this format; the sentence names file and place.
            CancelledError: The person gave up.
        """
        found = _files(path) if path.is_dir() else iter(())
        files = {it.relative_to(path).with_suffix("").as_posix(): it for it in found}
        if not files:
            raise AppError("{0} holds no JSON files of LabelMe: choose the folder that they are in.", path)
        pictures = picture_frames(files, options)
        reading = _Reading(options, pictures.counts(), path.name)
        for done, (stem, file) in enumerate(files.items()):
            progress.at(done, len(files))
            reading.read(file, pictures.frames[stem])
        reading.rows.finish()
        notes = [*pictures.notes, *reading.notes()]
        return ImportedProject(reading.builder.finish(), frame_base=pictures.base, box_base=0, notes=notes)


def _files(path: Path) -> Iterator[Path]:
    yield from sorted(path.glob("*.json"))
    yield from sorted(path.glob("*/*.json"))


@dataclass(slots=True)
class _Reading:
    """Of all files.

    Attributes:
        counts: Frames of each group of pictures.
        folder: Name for a group without one.
    """

    options: ImportOptions
    counts: dict[str, int]
    folder: str
    builder: ProjectBuilder = field(default_factory=ProjectBuilder)
    rows: PictureRows = field(init=False)
    sequences: dict[str, Sequence] = field(default_factory=dict)
    tracks: dict[tuple[str, str, int], int] = field(default_factory=dict)
    numbers: set[tuple[str, int]] = field(default_factory=set)
    left_out: int = 0
    outlines: int = 0

    def __post_init__(self) -> None:
        self.rows = PictureRows(self.builder)

    def read(self, file: Path, of: PictureFrame) -> None:
        if file.stat().st_size > _LARGEST:
            raise AppError("{0} is too large for a file of one picture: choose another folder.", file.name)
        record = read_json(file)
        sequence = self._sequence(record, of)
        self.rows.begin(file.name)
        together: dict[int, Sides] = {}
        for shape in record.records("shapes"):
            box = self._box(shape)
            if box is None:
                continue
            check_box(box, shape.place)
            track = self._track(shape, sequence, of.group)
            if track in together:
                box = _round_both(together[track], box)
            together[track] = box
        for number, (track, box) in enumerate(together.items(), start=1):
            self.rows.add(track, of.frame, number, box)

    def notes(self) -> list[str]:
        """What was taken for something, one sentence each."""
        notes = []
        if self.outlines:
            notes.append(spoken("{0:,} outlines were taken as the boxes round them.", self.outlines))
        if self.left_out:
            notes.append(spoken("{0:,} shapes that are no boxes were left out.", self.left_out))
        return notes

    def _sequence(self, record: JsonRecord, of: PictureFrame) -> Sequence:
        known = self.sequences.get(of.group)
        if known is None:
            source = self.options.source
            # the video that is open may be another one than the file is of
            if source is None or "imageWidth" in record:
                size = _side(record, "imageWidth"), _side(record, "imageHeight")
            else:
                size = source.width, source.height
            name = of.group.replace("/", " ").strip() or self.folder
            fps = source.fps if source else _FPS
            known = self.builder.sequence(name, self.counts[of.group], size, fps, record.place)
            self.sequences[of.group] = known
        return known

    def _box(self, shape: JsonRecord) -> Sides | None:
        """The box of a shape, None where it has none."""
        kind = shape.text("shape_type", "polygon")
        if kind not in _OUTLINES and kind != "rectangle":
            self.left_out += 1
            return None
        points = shape.fields.get("points")
        if not isinstance(points, list) or not 2 <= len(points) <= _MOST_POINTS:
            raise shape.wrong("points", "a list of points")
        places = [JsonRecord({"points": it}, shape.place).numbers("points", 2) for it in points]
        self.outlines += kind != "rectangle"
        if kind == "circle":
            (x, y), (over, down) = places[:2]
            radius = math.hypot(over - x, down - y)
            return x - radius, y - radius, 2 * radius, 2 * radius
        near, far = np.min(places, axis=0), np.max(places, axis=0)
        return float(near[0]), float(near[1]), float(far[0] - near[0]), float(far[1] - near[1])

    def _track(self, shape: JsonRecord, sequence: Sequence, group: str) -> int:
        """By label and ``group_id``; the number stays where no other label of these pictures has it."""
        label = shape.text("label")
        if "group_id" not in shape:
            return self.rows.track(sequence, group, label, None)
        number = shape.integer("group_id")
        if not 0 <= number <= MAX_ID:
            raise shape.wrong("group_id", f"a number up to {MAX_ID}")
        key = group, label, number
        if key not in self.tracks:
            wanted = None if (group, number) in self.numbers else number
            self.numbers.add((group, number))
            self.tracks[key] = self.rows.track(sequence, group, label, wanted)
        return self.tracks[key]


def _side(record: JsonRecord, key: str) -> int:
    side = record.integer(key)
    if not 1 <= side <= MAX_SIDE:
        raise record.wrong(key, "a number of pixels")
    return side


def _round_both(one: Sides, other: Sides) -> Sides:
    left, top = min(one[0], other[0]), min(one[1], other[1])
    right, bottom = max(one[0] + one[2], other[0] + other[2]), max(one[1] + one[3], other[1] + other[3])
    return left, top, right - left, bottom - top
