"""YouTube-VIS files -> ``Project``."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import numpy as np
import numpy.typing as npt

from app.document.model import MAX_FRAMES, Sequence
from app.formats.format import ImportedProject, Likeness
from app.formats.imported_project import ProjectBuilder
from app.formats.json_record import JsonRecord, read_json
from app.formats.options import ImportOptions
from app.formats.plain_input import text_head
from app.formats.progress import Progress
from app.formats.track_record import TrackNotes

_FPS = 30.0
_HEAD = 1 << 16


@dataclass(frozen=True, slots=True)
class _Video:
    sequence: Sequence
    frames: npt.NDArray[np.int64]


@dataclass(slots=True)
class _Reading:
    builder: ProjectBuilder = field(default_factory=ProjectBuilder)
    categories: dict[int, int] = field(default_factory=dict)
    videos: dict[int, _Video] = field(default_factory=dict)


def sniff_youtube_vis(path: Path) -> Likeness:
    """By the file names that its videos have, and no images."""
    try:
        head = text_head(path, _HEAD)
    except OSError:
        return Likeness.NO
    if not head.lstrip().startswith("{") or '"images"' in head:
        return Likeness.NO
    if '"bboxes"' in head:
        return Likeness.CERTAIN
    if '"videos"' not in head:
        return Likeness.NO
    return Likeness.CERTAIN if '"file_names"' in head or "Exported by DiMPLE" in head else Likeness.POSSIBLE


def read_youtube_vis(path: Path, options: ImportOptions, progress: Progress) -> ImportedProject:
    """Read one file. The place of a box in its list is the number of its frame, from 0.

    Args:
        path: The JSON file.
        options: The frame rate, where the person named the video.
        progress: Told how far it is.

    Raises:
        AppError: It is not of this format; the sentence names the place and the field.
        CancelledError: The person gave up.
    """
    top = read_json(path)
    reading = _Reading()
    for record in top.records("categories"):
        number = record.integer("id")
        if number in reading.categories:
            raise record.wrong("id", "an id of its own")
        reading.categories[number] = reading.builder.category(record.text("name"), number)
    for record in top.records("videos"):
        _read_video(reading, record, options)
    annotations = top.fields.get("annotations")
    total = len(annotations) if isinstance(annotations, list) else 1
    for done, record in enumerate(top.records("annotations")):
        progress.at(done, total)
        _read_annotation(reading, record)
    return ImportedProject(reading.builder.finish(), frame_base=0, box_base=0)


def _read_video(reading: _Reading, record: JsonRecord, options: ImportOptions) -> None:
    number, about = record.integer("id"), record.record("dimple")
    if number in reading.videos:
        raise record.wrong("id", "an id of its own")
    files = record.fields.get("file_names")
    first = str(files[0]) if isinstance(files, list) and files else ""
    length = record.integer("length", len(files) if isinstance(files, list) else None)
    if not 0 <= length <= MAX_FRAMES:
        raise record.wrong("length", f"a number of frames up to {MAX_FRAMES}")
    frames = np.arange(length, dtype=np.int64)
    if "source_frames" in about:
        told = about.integers("source_frames")
        if len(told) != length or sorted(set(told)) != told or (told and not 0 <= told[0] <= told[-1] < MAX_FRAMES):
            raise about.wrong("source_frames", f"the ascending numbers of {length} frames")
        frames = np.array(told, dtype=np.int64)
    count = max(about.integer("frame_count", 1), int(frames[-1]) + 1 if length else 1)
    size = record.integer("width"), record.integer("height")
    fps = about.number("fps", options.source.fps if options.source else _FPS)
    name = about.text("name", str(PurePosixPath(first).parent) if "/" in first else str(number))
    sequence = reading.builder.sequence(name, count, size, fps, record.place, number)
    reading.videos[number] = _Video(sequence, frames)


def _read_annotation(reading: _Reading, record: JsonRecord) -> None:
    video = reading.videos.get(record.integer("video_id"))
    if video is None:
        raise record.wrong("video_id", "the id of a video")
    category = reading.categories.get(record.integer("category_id"))
    if category is None:
        raise record.wrong("category_id", "the id of a category")
    boxes = record.fields.get("bboxes")
    if not isinstance(boxes, list) or len(boxes) != len(video.frames):
        raise record.wrong("bboxes", f"a list of {len(video.frames)} boxes or nulls, one a frame of its video")
    notes = TrackNotes(record.record("dimple"))
    wanted = notes.track_id if notes.is_known else record.integer("id")
    rows = reading.builder.track(video.sequence, category, wanted, notes.name)
    there = [number for number, box in enumerate(boxes) if box is not None]
    frames = video.frames[np.array(there, dtype=np.int64)]
    places = [f"{record.place}, bboxes[{frame}]" for frame in frames.tolist()]
    sides = [
        JsonRecord({"bboxes": boxes[number]}, place).numbers("bboxes", 4)
        for number, place in zip(there, places, strict=True)
    ]
    notes.add(rows, frames, np.array(sides).reshape(-1, 4), places.__getitem__, np.zeros(len(there), dtype=np.bool_))
    notes.add_outside(rows, video.sequence.frame_count)
