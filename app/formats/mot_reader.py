"""MOTChallenge folders -> ``Project``."""

from __future__ import annotations

import configparser
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.document.model import MAX_FRAMES, Category, Project, Sequence, Track
from app.document.names import clean_name
from app.document.tracked_boxes import TrackedBox
from app.errors import AppError
from app.formats.export_info import SequenceInfo, read_info
from app.formats.format import ImportedProject, Likeness
from app.formats.options import ImportOptions
from app.formats.progress import Progress
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus

_MOT17_CLASSES = (
    "pedestrian",
    "person on vehicle",
    "car",
    "bicycle",
    "motorbike",
    "non-motorised vehicle",
    "static person",
    "distractor",
    "occluder",
    "occluder on ground",
    "occluder full",
    "reflection",
    "crowd",
)
_COLUMNS = 9
_WHOLE = (0, 1, 7)
_MAX_ID = 2**31 - 2


@dataclass(frozen=True, slots=True)
class _Row:
    """One row, in the file's own numbers; the box in ours."""

    place: str
    frame: int
    track: int
    box: BoundingBox
    category: int


def sniff_mot(path: Path) -> Likeness:
    """By ``seqinfo.ini``, or ``gt/gt.txt`` without one."""
    if not path.is_dir():
        return Likeness.NO
    if (path / "seqinfo.ini").is_file() or next(path.glob("*/seqinfo.ini"), None) is not None:
        return Likeness.CERTAIN
    return Likeness.LIKELY if (path / "gt" / "gt.txt").is_file() else Likeness.NO


def read_mot(path: Path, options: ImportOptions, progress: Progress) -> ImportedProject:
    """Read a folder of sequences, or the folder of one.

    Every row that counts (seventh column not 0) becomes a tracked box: the format tells nothing else.

    Args:
        path: Holds ``seqinfo.ini``, or folders that do.
        options: Bases, where the person knows better than ``export_info.json`` and the official text.
        progress: Told how far it is.

    Raises:
        AppError: The folder is not of this format; the sentence names file and line.
        CancelledError: The person gave up.
    """
    folders = sorted(it.parent for it in [*path.glob("seqinfo.ini"), *path.glob("*/seqinfo.ini")])
    if not folders:
        raise AppError(f"{path} holds no seqinfo.ini: choose a folder in the layout of MOTChallenge.")
    info = read_info(path)
    box_base = options.box_base
    if box_base is None:
        box_base = 0 if info.options.get("box-base") == 0 else 1
    project = Project()
    for number, folder in enumerate(folders, start=1):
        progress.at(number - 1, len(folders))
        project.sequences[number] = _read_sequence(project, number, folder, info.sequence(folder.name), box_base)
    return ImportedProject(project, frame_base=1, box_base=box_base)


def _read_sequence(project: Project, number: int, folder: Path, about: SequenceInfo, box_base: int) -> Sequence:
    name, length, width, height, rate = _read_seqinfo(folder / "seqinfo.ini")
    source_frames = about.source_frames(length)
    count = about.frame_count(int(source_frames[-1]) + 1 if length else 1)
    sequence = Sequence(number, about.name(name), "", count, width, height, about.fps(rate))
    labels = _read_labels(folder / "gt" / "labels.txt")
    for class_number in range(1, len(labels or ()) + 1):
        _category(project, labels, class_number)
    taken = {it for other in project.sequences.values() for it in other.tracks}
    tracks: dict[int, Track] = {}
    for row in _read_rows(folder / "gt" / "gt.txt", length, box_base):
        track = tracks.get(row.track)
        if track is None:
            category = _category(project, labels, row.category)
            if category is None:
                raise AppError(f"{row.place}: class {row.category} has no name: add gt/labels.txt, one name a line.")
            own = row.track if row.track not in taken else max(taken) + 1
            taken.add(own)
            track = tracks[row.track] = sequence.tracks[own] = Track(own, about.track_name(row.track), category)
        frame = int(source_frames[row.frame - 1])
        if frame in track.boxes:
            raise AppError(f"{row.place}: a second box of id {row.track} on frame {row.frame}.")
        track.boxes.set(frame, TrackedBox(row.box, 1.0, TrackStatus.FOUND))
    return sequence


def _read_seqinfo(path: Path) -> tuple[str, int, int, int, float]:
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read_string(path.read_text(encoding="utf-8-sig"), source=path.name)
        section = parser["Sequence"]
        name = section.get("name", path.parent.name)
        length, width, height = (section.getint(key) for key in ("seqLength", "imWidth", "imHeight"))
        rate = section.getfloat("frameRate", 30.0)
    except (OSError, ValueError, KeyError, configparser.Error) as error:
        raise AppError(f"{path} is no seqinfo.ini ({error}): correct the file.") from error
    if length is None or width is None or height is None:
        raise AppError(f"{path} lacks seqLength, imWidth or imHeight: add them.")
    if not 0 <= length <= MAX_FRAMES or width < 1 or height < 1 or not math.isfinite(rate):
        raise AppError(f"{path} gives impossible numbers ({length} frames of {width} x {height}): correct the file.")
    return name, length, width, height, rate


def _read_labels(path: Path) -> list[str] | None:
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise AppError(f"{path} cannot be read ({error}): check the file.") from error


def _read_rows(path: Path, length: int, base: int) -> Iterator[_Row]:
    """The rows that count."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        raise AppError(f"{path} cannot be read ({error}): check the file.") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        place = f"{path.parent.parent.name}/gt/gt.txt, line {number}"
        values = _numbers(line, place)
        frame, track, category = (int(values[column]) for column in _WHOLE)
        if not 1 <= frame <= length:
            raise AppError(f"{place}: frame {frame} is not in 1 to {length} of seqinfo.ini.")
        if not 1 <= track <= _MAX_ID:
            raise AppError(f"{place}: id {track} is no track: ids count from 1.")
        box = BoundingBox(values[2] - base, values[3] - base, values[4], values[5])
        if not box.is_valid:
            raise AppError(f"{place}: the box has no width or no height.")
        if values[6] != 0:
            yield _Row(place, frame, track, box, category)


def _numbers(line: str, place: str) -> list[float]:
    """The nine columns of a row; further ones are passed over."""
    try:
        values = [float(cell) for cell in line.split(",")[:_COLUMNS]]
    except ValueError:
        values = []
    if len(values) < _COLUMNS or not all(map(math.isfinite, values)):
        raise AppError(f"{place} is {line!r:.60}, not {_COLUMNS} numbers: correct the file.")
    if not all(values[column].is_integer() for column in _WHOLE):
        raise AppError(f"{place} is {line!r:.60}: frame, id and class are whole numbers.")
    return values


def _category(project: Project, labels: list[str] | None, number: int) -> int | None:
    """Id of the Category of a class number, made where it is new; None where the class has no name."""
    names = _MOT17_CLASSES if labels is None else labels
    name = clean_name(names[number - 1]) if 1 <= number <= len(names) else ""
    if not name:
        return None
    for category in project.categories.values():
        if category.name == name:
            return category.id
    made = number if number not in project.categories else max(project.categories) + 1
    project.categories[made] = Category(made, name)
    return made
