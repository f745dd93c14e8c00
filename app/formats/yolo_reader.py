"""YOLO folders -> ``Project``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.document.model import Sequence
from app.errors import AppError
from app.formats.export_info import read_info
from app.formats.format import ImportedProject, Likeness
from app.formats.imported_project import MAX_ID, ProjectBuilder
from app.formats.options import ImportOptions
from app.formats.picture_frames import PICTURE_SUFFIXES, PictureFrame, first_picture_size, picture_frames
from app.formats.progress import Progress
from app.formats.text_lines import number_rows, text_lines, whole
from app.formats.track_rows import Sides, TrackRows
from app.spoken import spoken

_FPS = 30.0
_MOST_CLASSES = 100_000
_OVER = 1e-6
"""Of a share beyond the picture, which rounding makes."""


@dataclass(slots=True)
class _Reading:
    names: dict[int, str]
    builder: ProjectBuilder = field(default_factory=ProjectBuilder)
    sequences: dict[str, Sequence] = field(default_factory=dict)
    tracks: dict[tuple[str, int], TrackRows] = field(default_factory=dict)
    outlines: int = 0


def sniff_yolo(path: Path) -> Likeness:
    """By ``labels/`` and ``data.yaml``."""
    if not path.is_dir():
        return Likeness.NO
    has_labels = next(_label_files(path), None) is not None
    if (path / "data.yaml").is_file():
        return Likeness.CERTAIN if has_labels or (path / "labels").is_dir() else Likeness.POSSIBLE
    return Likeness.LIKELY if has_labels else Likeness.NO


def read_yolo(path: Path, options: ImportOptions, progress: Progress) -> ImportedProject:
    """Read a folder with ``labels/``, or with ``labels/`` in each split.

    The size of a picture is that of our own export, of the picture itself, or of the chosen video. Without
    ``labels_track/`` each box is a Track of its own.

    Args:
        path: The folder.
        options: The number in the first picture's name; the video.
        progress: Told how far it is.

    Raises:
        AppError: It is not of this format, or nothing tells the size; the sentence names file and line.
        CancelledError: The person gave up.
    """
    files = {_stem(path, it): it for it in sorted(_label_files(path))}
    if not files and not (path / "labels").is_dir():
        raise AppError(
            "{0} holds no labels folder with text files: choose a folder in the layout of Ultralytics.", path
        )
    info = read_info(path)
    reading = _Reading(_names(path))
    for number in sorted(reading.names):
        reading.builder.category(reading.names[number])
    frames, base = picture_frames(files, options.frame_base)
    counts: dict[str, int] = {}
    for frame in frames.values():
        counts[frame.group] = max(counts.get(frame.group, 1), frame.frame + 1)
    for done, (stem, file) in enumerate(files.items()):
        progress.at(done, len(files))
        frame = frames[stem]
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
    notes = [spoken("{0:,} outlines were taken as the boxes round them.", reading.outlines)] if reading.outlines else []
    return ImportedProject(reading.builder.finish(), frame_base=base, box_base=0, notes=notes)


def _label_files(path: Path) -> Iterator[Path]:
    yield from path.glob("labels/**/*.txt")
    yield from path.glob("*/labels/*.txt")


def _stem(root: Path, file: Path) -> str:
    """Name without ending, and the folder below ``labels`` unless it is only a split."""
    parts = [it for it in file.relative_to(root).with_suffix("").parts if it != "labels"]
    return "/".join(parts)


def _pictures(root: Path, file: Path) -> Iterator[Path]:
    parts = ["images" if it == "labels" else it for it in file.relative_to(root).parts]
    place = root.joinpath(*parts)
    for suffix in PICTURE_SUFFIXES:
        yield place.with_suffix(suffix)


def _read_file(reading: _Reading, root: Path, file: Path, frame: PictureFrame) -> None:
    parts = ["labels_track" if it == "labels" else it for it in file.relative_to(root).parts]
    with_tracks = root.joinpath(*parts)
    has_tracks = with_tracks.is_file()
    place = "/".join(parts if has_tracks else file.relative_to(root).parts)
    sequence = reading.sequences[frame.group]
    for line, values in number_rows(with_tracks if has_tracks else file, place):
        at = f"{place}, line {line}"
        label = whole(values[0], at, "the class", 0, _MOST_CLASSES)
        number = None
        if has_tracks and len(values) == 6:
            number = whole(values.pop(), at, "the number of the track", 1, MAX_ID)
        box = _box(reading, values, at, sequence)
        key = (frame.group, number or 0)
        rows = reading.tracks.get(key) if number is not None else None
        if rows is None:
            category = reading.builder.category(reading.names.get(label, f"class {label}"))
            rows = reading.builder.track(sequence, category, number)
            if number is not None:
                reading.tracks[key] = rows
        rows.add(frame.frame, box, at)


def _box(reading: _Reading, values: list[float], place: str, sequence: Sequence) -> Sides:
    shares = values[1:]
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
        raise AppError("{0} has {1} numbers, not the class and four of a box: correct the file.", place, len(values))
    if w <= 0 or h <= 0:
        raise AppError("{0}: the box has no width or no height.", place)
    return left * sequence.width, top * sequence.height, w * sequence.width, h * sequence.height


def _names(root: Path) -> dict[int, str]:
    """Class number -> name from ``data.yaml`` or ``classes.txt``; what is not understood is passed over."""
    for name in ("data.yaml", "dataset.yaml", "data.yml"):
        if (root / name).is_file():
            return _yaml_names([line for _, line in text_lines(root / name, name)])
    classes = root / "classes.txt"
    if not classes.is_file():
        return {}
    return {number - 1: line.strip() for number, line in text_lines(classes, "classes.txt") if line.strip()}


def _yaml_names(lines: list[str]) -> dict[int, str]:
    """The three ways in which people write ``names``: a number a line, a dash a line, and all in one line."""
    start = next((place for place, line in enumerate(lines) if line.startswith("names:")), None)
    if start is None:
        return {}
    names: dict[int, str] = {}
    inline = lines[start].partition(":")[2].strip().rstrip("]}").lstrip("[{")
    rows = inline.split(",") if inline else _block(lines[start + 1 :])
    for place, row in enumerate(rows[:_MOST_CLASSES]):
        text = row.strip().removeprefix("- ").strip()
        number, colon, rest = text.partition(":")
        if colon and number.strip().isdecimal() and len(number) < 8:
            names[int(number)] = _unquoted(rest.strip())
        else:
            names[place] = _unquoted(text)
    return names


def _block(lines: list[str]) -> list[str]:
    rows = []
    for line in lines:
        if line.strip() and not line.startswith((" ", "-", "\t")):
            break
        if line.strip() and not line.lstrip().startswith("#"):
            rows.append(line)
    return rows


def _unquoted(text: str) -> str:
    if text.startswith('"') and text.endswith('"') and len(text) > 1:
        try:
            return str(json.loads(text))
        except ValueError:
            return text[1:-1]
    if text.startswith("'") and text.endswith("'") and len(text) > 1:
        return text[1:-1].replace("''", "'")
    return text
