"""YOLO folders -> ``Project``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

import numpy as np

from app.document.model import Sequence
from app.errors import AppError
from app.formats.box_rows import BoxRows
from app.formats.export_info import read_info
from app.formats.format import ImportedProject, Likeness
from app.formats.imported_project import MAX_ID, ProjectBuilder
from app.formats.options import ImportOptions
from app.formats.picture_frames import PICTURE_SUFFIXES, PictureFrame, first_picture_size, picture_frames
from app.formats.picture_rows import PictureRows
from app.formats.progress import Progress
from app.formats.text_lines import number_rows, small_table, whole
from app.formats.track_rows import Sides
from app.formats.yolo_classes import MOST_CLASSES, NAME_LISTS, YoloClasses, read_classes
from app.spoken import spoken

_FPS = 30.0
_DARKNET = "obj_*_data"
_OVER = 1e-6
"""Of a share beyond the picture, which rounding makes."""


@dataclass(slots=True)
class _Reading:
    classes: YoloClasses
    builder: ProjectBuilder = field(default_factory=ProjectBuilder)
    sequences: dict[str, Sequence] = field(default_factory=dict)
    rows: PictureRows = field(init=False)
    outlines: int = 0
    confidences: int = 0
    points: int = 0

    def __post_init__(self) -> None:
        self.rows = PictureRows(self.builder)

    def notes(self) -> list[str]:
        """What was taken for something, one sentence each."""
        notes = []
        if self.outlines:
            notes.append(spoken("{0:,} outlines were taken as the boxes round them.", self.outlines))
        if self.points:
            notes.append(spoken("{0:,} boxes have key points, which were left out.", self.points))
        if self.confidences:
            notes.append(spoken("{0:,} lines end in a confidence: it became the score of the box.", self.confidences))
        return notes


def sniff_yolo(path: Path) -> Likeness:
    """By ``labels/`` and ``data.yaml``; by a list of classes where labels lie beside it."""
    if not path.is_dir():
        return Likeness.NO
    if any((path / name).is_file() for name in NAME_LISTS) and next(_darknet_files(path), None) is not None:
        return Likeness.LIKELY
    has_labels = next(_label_files(path), None) is not None
    if (path / "data.yaml").is_file():
        return Likeness.CERTAIN if has_labels or (path / "labels").is_dir() else Likeness.POSSIBLE
    return Likeness.LIKELY if has_labels else Likeness.NO


def read_yolo(path: Path, options: ImportOptions, progress: Progress) -> ImportedProject:
    """Read a folder with ``labels/``, or with ``labels/`` in each split; or one of Darknet, as labelImg and CVAT write.

    The size of a picture is that of our own export, of the picture itself, or of the chosen video. Without
    ``labels_track/``, or whole numbers behind the boxes, each box is a Track of its own.

    Args:
        path: The folder.
        options: The number in the first picture's name; the video.
        progress: Told how far it is.

    Raises:
        AppError: It is not of this format, or nothing tells the size; the sentence names file and line.
        CancelledError: The person gave up.
    """
    files = {_stem(path, it): it for it in sorted(_label_files(path)) or sorted(_darknet_files(path))}
    if not files and not (path / "labels").is_dir():
        raise AppError(
            "{0} holds no labels folder with text files: choose a folder in the layout of Ultralytics.", path
        )
    info = read_info(path)
    reading = _Reading(read_classes(path))
    for _, name in sorted(reading.classes.names.items()):
        reading.builder.category(name)
    pictures = picture_frames(files, options)
    counts = pictures.counts()
    for done, (stem, file) in enumerate(files.items()):
        progress.at(done, len(files))
        frame = pictures.frames[stem]
        folder = frame.group.rpartition("/")[2]
        if frame.group not in reading.sequences:
            about, source = info.sequence(folder), options.source
            size = (source.width, source.height) if source else None
            if size is None and not about.is_known:
                size = first_picture_size(_pictures(path, file))
                if size is None:
                    raise AppError(
                        "{0} gives shares of a picture, and neither the picture nor export_info.json tells "
                        "its size: put the images beside the labels, or choose the video.",
                        file.name,
                    )
            reading.sequences[frame.group] = reading.builder.sequence(
                about.name(folder or path.name),
                about.frame_count(counts[frame.group]),
                about.size(*(size or (1, 1))),
                about.fps(source.fps if source else _FPS),
                file.name,
            )
        _read_file(reading, path, file, frame)
    reading.rows.finish()
    return ImportedProject(reading.builder.finish(), pictures.base, 0, [*pictures.notes, *reading.notes()])


def _label_files(path: Path) -> Iterator[Path]:
    yield from path.glob("labels/**/*.txt")
    yield from path.glob("*/labels/*.txt")


def _darknet_files(path: Path) -> Iterator[Path]:
    """``obj_train_data/`` of CVAT, or beside the list of classes as labelImg has it."""
    yield from path.glob(f"{_DARKNET}/**/*.txt")
    if next(path.glob(_DARKNET), None) is None and any((path / name).is_file() for name in NAME_LISTS):
        yield from (it for it in path.glob("*.txt") if it.name not in NAME_LISTS)


def _stem(root: Path, file: Path) -> str:
    """Name without ending, and the folders without those that only the format makes."""
    parts = [it for it in file.relative_to(root).with_suffix("").parts if it != "labels" and not fnmatch(it, _DARKNET)]
    return "/".join(parts)


def _pictures(root: Path, file: Path) -> Iterator[Path]:
    parts = ["images" if it == "labels" else it for it in file.relative_to(root).parts]
    place = root.joinpath(*parts)
    for suffix in PICTURE_SUFFIXES:
        yield place.with_suffix(suffix)


def _read_file(reading: _Reading, root: Path, file: Path, frame: PictureFrame) -> None:
    parts = ["labels_track" if it == "labels" else it for it in file.relative_to(root).parts]
    with_tracks = root.joinpath(*parts)
    has_tracks = with_tracks != file and with_tracks.is_file()
    place = "/".join(parts if has_tracks else file.relative_to(root).parts)
    reading.rows.begin(place)
    labels = with_tracks if has_tracks else file
    if not reading.classes.has_points and _read_at_once(reading, labels, frame, has_tracks=has_tracks):
        return
    sequence = reading.sequences[frame.group]
    for line, values in number_rows(labels, place):
        at = f"{place}, line {line}"
        label = whole(values.pop(0), at, "the class", 0, MOST_CLASSES)
        number, score = None, 1.0
        if reading.classes.has_points and len(values) > 4:
            reading.points += 1
            del values[4:]
        if len(values) == 5:
            last = values.pop()
            if has_tracks or (last >= 1 and last.is_integer()):
                number = whole(last, at, "the number of the track", 1, MAX_ID)
            elif 0 <= last < 1:
                score = last
                reading.confidences += 1
            else:
                raise AppError("{0}: {1:g} is neither a track nor a confidence: correct the file.", at, last)
        box = _box(reading, values, at, sequence)
        track = reading.rows.track(sequence, frame.group, reading.classes.name(label), number)
        reading.rows.add(track, frame.frame, line, box, score=score)


def _read_at_once(reading: _Reading, file: Path, frame: PictureFrame, *, has_tracks: bool) -> bool:
    """Read a file in which every line is as we write it; False, with nothing read, where one is not."""
    rows = small_table(file, 6 if has_tracks else 5)
    if rows is None:
        return False
    labels, shares, numbers = rows[:, 0], rows[:, 1:5], rows[:, -1]
    whole_numbers = [(labels, 0, MOST_CLASSES), *([(numbers, 1, MAX_ID)] if has_tracks else [])]
    is_usual = (
        all(((it == np.floor(it)) & (it >= least) & (it <= most)).all() for it, least, most in whole_numbers)
        and ((shares >= -_OVER) & (shares <= 1 + _OVER)).all()
        and (shares[:, 2:] > 0).all()
    )
    if not is_usual:
        return False
    sequence, name = reading.sequences[frame.group], reading.classes.name
    wanted = numbers.astype(np.int64).tolist() if has_tracks else [None] * len(rows)
    tracks = [
        reading.rows.track(sequence, frame.group, name(int(label)), number)
        for label, number in zip(labels.tolist(), wanted, strict=True)
    ]
    boxes = shares * np.array([sequence.width, sequence.height] * 2)
    boxes[:, :2] = (shares[:, :2] - shares[:, 2:] / 2) * np.array([sequence.width, sequence.height])
    frames = np.full(len(rows), frame.frame, dtype=np.int64)
    columns = BoxRows.tracked(np.array(tracks, dtype=np.int64), frames, boxes)
    reading.rows.extend(columns, range(1, len(rows) + 1))
    return True


def _box(reading: _Reading, shares: list[float], place: str, sequence: Sequence) -> Sides:
    for share in shares:
        if not -_OVER <= share <= 1 + _OVER:
            raise AppError(
                "{0}: the numbers are not all between 0 and 1, shares of the picture: correct the file.", place
            )
    if len(shares) == 4:
        x, y, w, h = shares
        left, top = x - w / 2, y - h / 2
    elif len(shares) >= 6 and len(shares) % 2 == 0:
        reading.outlines += 1
        left, top = min(shares[::2]), min(shares[1::2])
        w, h = max(shares[::2]) - left, max(shares[1::2]) - top
    else:
        raise AppError(
            "{0} has {1} numbers, not the class and four of a box: correct the file.", place, len(shares) + 1
        )
    if w <= 0 or h <= 0:
        raise AppError("{0}: the box has no width or no height.", place)
    return left * sequence.width, top * sequence.height, w * sequence.width, h * sequence.height
