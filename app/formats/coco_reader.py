"""COCO, TAO and COCO-VID files -> ``Project``."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from app.document.model import MAX_FRAMES, Category, Keyframe, Project, Sequence, Track
from app.document.tracked_boxes import TrackedBox
from app.errors import AppError
from app.formats.format import ImportedProject, Likeness
from app.formats.json_record import JsonRecord, json_names, read_json
from app.formats.options import ImportOptions
from app.formats.progress import Progress
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus

_FPS = 30.0
"""Of a file that says nothing."""

_MAX_ID = 2**31 - 2


class _Ids:
    """Gives each thing an id that a Project may have: the file's own where that is free."""

    def __init__(self) -> None:
        self._taken: set[int] = set()
        self._highest = 0

    def take(self, wanted: int | None = None) -> int:
        """``wanted`` where possible, else the next one."""
        if wanted is None or not 1 <= wanted <= _MAX_ID or wanted in self._taken:
            wanted = self._highest + 1
        self._taken.add(wanted)
        self._highest = max(self._highest, wanted)
        return wanted


@dataclass(slots=True)
class _Reading:
    """What is known so far; keys are the file's own ids."""

    frame_base: int
    box_base: int
    project: Project = field(default_factory=Project)
    categories: dict[int, int] = field(default_factory=dict)
    videos: dict[int | str, Sequence] = field(default_factory=dict)
    images: dict[int, tuple[int | str, int]] = field(default_factory=dict)
    tracks: dict[tuple[int | str, int], Track] = field(default_factory=dict)
    category_ids: _Ids = field(default_factory=_Ids)
    sequence_ids: _Ids = field(default_factory=_Ids)
    track_ids: _Ids = field(default_factory=_Ids)


def sniff_coco(path: Path) -> Likeness:
    """By the names of its lists, in its first block."""
    names = json_names(path)
    if {"images", "image_id", "neg_category_ids"} & names or {"frame_base", "box_base"} <= names:
        return Likeness.CERTAIN
    return Likeness.POSSIBLE if "categories" in names else Likeness.NO


def read_coco(path: Path, options: ImportOptions, progress: Progress) -> ImportedProject:
    """Read one file.

    Boxes marked as keyframes become Keyframes, all others tracked boxes. Annotations without a track id become a
    Track each; images without a video belong to one Sequence per folder.

    Args:
        path: The JSON file.
        options: Bases, where the person knows better than the format.
        progress: Told how far it is.

    Raises:
        AppError: The file is not of this format; the sentence names the place.
    """
    top = read_json(path)
    reading = _Reading(options.frame_base or 0, options.box_base or 0)
    for record in top.records("categories"):
        _read_category(reading, record)
    for record in top.records("videos", required=False):
        _read_video(reading, record)
    for record in top.record("info").records("sources", required=False):
        sequence = reading.videos.get(record.integer("video_id"))
        if sequence is not None:
            sequence.name = record.text("name", sequence.name)
            sequence.frame_count = _frame_count(record, record.integer("frame_count", 1))
    for record in top.records("images"):
        _read_image(reading, record)
    for record in top.records("tracks", required=False):
        video = record.integer("video_id")
        if video not in reading.videos:
            raise record.wrong("video_id", "the id of a video")
        _track(reading, record, video, record.integer("id")).name = record.text("name", "")
    annotations = list(top.records("annotations"))
    for number, record in enumerate(annotations):
        progress.at(number, len(annotations))
        _read_annotation(reading, record)
    return ImportedProject(reading.project, frame_base=reading.frame_base, box_base=reading.box_base)


def _read_category(reading: _Reading, record: JsonRecord) -> None:
    number = record.integer("id")
    if number in reading.categories:
        raise record.wrong("id", "an id of its own")
    own = reading.categories[number] = reading.category_ids.take(number)
    reading.project.categories[own] = Category(own, record.text("name"))


def _read_video(reading: _Reading, record: JsonRecord) -> None:
    number = record.integer("id")
    if number in reading.videos:
        raise record.wrong("id", "an id of its own")
    name = record.record("metadata").text("source", record.text("name", str(number)))
    sequence = _new_sequence(reading, name, record, number)
    sequence.fps = record.number("fps", _FPS)
    reading.videos[number] = sequence


def _new_sequence(reading: _Reading, name: str, record: JsonRecord, wanted: int | None = None) -> Sequence:
    number = reading.sequence_ids.take(wanted)
    width, height = record.integer("width"), record.integer("height")
    if width < 1 or height < 1:
        raise record.wrong("width" if width < 1 else "height", "a number of pixels")
    sequence = Sequence(number, name, "", 1, width, height, _FPS)
    reading.project.sequences[number] = sequence
    return sequence


def _read_image(reading: _Reading, record: JsonRecord) -> None:
    number = record.integer("id")
    if number in reading.images:
        raise record.wrong("id", "an id of its own")
    video: int | str
    if "video_id" in record:
        video = record.integer("video_id")
        if video not in reading.videos:
            raise record.wrong("video_id", "the id of a video")
        for key in ("source_frame", "frame_index", "frame_id"):
            if key in record:
                frame = record.integer(key) - reading.frame_base
                break
        else:
            raise record.wrong("frame_index", "a frame number")
    else:
        video = str(PurePosixPath(record.text("file_name")).parent)
        if video not in reading.videos:
            reading.videos[video] = _new_sequence(reading, video, record)
            frame = 0
        else:
            # pictures without numbers: in the order of the file
            frame = reading.videos[video].frame_count
    sequence = reading.videos[video]
    sequence.frame_count = max(sequence.frame_count, _frame_count(record, frame + 1))
    reading.images[number] = (video, frame)


def _frame_count(record: JsonRecord, count: int) -> int:
    if not 1 <= count <= MAX_FRAMES:
        raise AppError(f"{record.place} is frame {count - 1}: a sequence has 1 to {MAX_FRAMES} frames.")
    return count


def _track(reading: _Reading, record: JsonRecord, video: int | str, number: int | None) -> Track:
    track = None if number is None else reading.tracks.get((video, number))
    if track is None:
        category = reading.categories.get(record.integer("category_id"))
        if category is None:
            raise record.wrong("category_id", "the id of a category")
        own = reading.track_ids.take(number)
        track = Track(own, "", category)
        reading.videos[video].tracks[track.id] = track
        if number is not None:
            reading.tracks[video, number] = track
    return track


def _read_annotation(reading: _Reading, record: JsonRecord) -> None:
    place = reading.images.get(record.integer("image_id"))
    if place is None:
        raise record.wrong("image_id", "the id of an image")
    video, frame = place
    attributes = record.record("attributes")
    number = next(
        (
            it.integer(key)
            for it, key in ((record, "track_id"), (record, "instance_id"), (attributes, "track_id"))
            if key in it
        ),
        None,
    )
    box = BoundingBox(*record.numbers("bbox", 4)).moved(-reading.box_base, -reading.box_base)
    if not box.is_valid:
        raise record.wrong("bbox", "a box with a width and a height")
    track = _track(reading, record, video, number)
    if frame in track.keyframes or frame in track.boxes:
        raise AppError(f"{record.place} is a second box of track {number} on one frame: remove one of them.")
    if attributes.flag("keyframe"):
        visibility = min(max(attributes.number("visibility", 1.0), 0.0), 1.0)
        track.keyframes[frame] = Keyframe(box, attributes.flag("occluded"), visibility)
    else:
        status = {it.name.lower(): it for it in TrackStatus}.get(attributes.text("status", "found"), TrackStatus.FOUND)
        track.boxes.set(frame, TrackedBox(box, attributes.number("score", 1.0), status))
