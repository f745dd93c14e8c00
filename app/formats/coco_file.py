"""What a COCO, TAO or COCO-VID file says, in its own ids and its own order; read item by item."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.errors import AppError
from app.formats.coco_annotations import Annotations
from app.formats.coco_images import CocoImage, read_image
from app.formats.format import Likeness
from app.formats.json_record import JsonRecord, json_names
from app.formats.json_stream import stream_json
from app.formats.options import ImportOptions
from app.formats.progress import Progress

_LISTS = ("categories", "videos", "images", "tracks", "annotations", "attributes")
_REQUIRED = ("categories", "images", "annotations")
_OF_DATUMARO = "dm_format_version"


@dataclass(slots=True)
class CocoFile:
    """One file, its annotations as columns.

    Attributes:
        lists: Names of those it has.
        info: Its ``info``; empty where there is none.
        categories: As they stand there, like the next three.
        videos: Of COCO-VID and TAO.
        tracks: Of TAO.
        attributes: Definitions, ours.
        images: By id.
        annotations: All.
    """

    lists: set[str] = field(default_factory=set)
    info: JsonRecord = field(default_factory=lambda: JsonRecord({}, "info"))
    categories: list[JsonRecord] = field(default_factory=list)
    videos: list[JsonRecord] = field(default_factory=list)
    tracks: list[JsonRecord] = field(default_factory=list)
    attributes: list[JsonRecord] = field(default_factory=list)
    images: dict[int, CocoImage] = field(default_factory=dict)
    annotations: Annotations = field(default_factory=Annotations)


def sniff_coco(path: Path) -> Likeness:
    """By the names of its fields, in its first block."""
    names = json_names(path)
    if _OF_DATUMARO in names:
        return Likeness.LIKELY  # to be refused in words
    if {"images", "image_id", "neg_category_ids"} & names or {"frame_base", "box_base"} <= names:
        return Likeness.CERTAIN
    return Likeness.POSSIBLE if "categories" in names else Likeness.NO


def read_file(path: Path, options: ImportOptions, progress: Progress) -> CocoFile:
    """Read it.

    Raises:
        AppError: It is not of this format; the sentence names the place.
        CancelledError: The person gave up.
    """
    file = CocoFile()
    for name, number, value in stream_json(path, progress):
        if name == "info" and isinstance(value, dict):
            file.info = JsonRecord(value, f"{path.name}, info")
        if name not in _LISTS:
            _check_not_of_others(path, name)
            continue
        if number is None:
            if not isinstance(value, list):
                raise JsonRecord({name: value}, path.name).wrong(name, "a list")
            file.lists.add(name)
            continue
        place = f"{path.name}, {name}[{number}]"
        if not isinstance(value, dict):
            raise AppError("{0} is no object: the file is not of this format.", place)
        _take(file, name, value, place, options)
    for name in _REQUIRED:
        if name not in file.lists:
            raise JsonRecord({}, path.name).wrong(name, "a list")
    return file


def _check_not_of_others(path: Path, name: str) -> None:
    if not name:
        raise AppError("{0} holds no JSON object but a list: choose a file with images and annotations.", path)
    if name == _OF_DATUMARO:
        raise AppError("{0} is in Datumaro's own format: export it as COCO, CVAT or MOT.", path)


def _take(file: CocoFile, name: str, fields: dict[str, Any], place: str, options: ImportOptions) -> None:
    if name == "annotations":
        file.annotations.append(fields, place)
        return
    record = JsonRecord(fields, place)
    if name == "images":
        number = record.integer("id")
        if number in file.images:
            raise record.wrong("id", "an id of its own")
        file.images[number] = read_image(record, options)
    else:
        {
            "categories": file.categories,
            "videos": file.videos,
            "tracks": file.tracks,
            "attributes": file.attributes,
        }[name].append(record)


def first_frame_number(file: CocoFile) -> int:
    """Of the first frame: 1 where every video begins with its frame 1; many tools count so."""
    first: dict[int, int] = {}
    for image in file.images.values():
        if image.video is not None and image.frame is not None:
            first[image.video] = min(first.get(image.video, image.frame), image.frame)
    return int(bool(first) and set(first.values()) == {1} and "frame_base" not in file.info)
