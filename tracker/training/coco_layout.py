"""DiMPLE's COCO export as training data: a team fine-tunes on its own labels.

Read are ``videos``, ``images`` (``video_id``, ``frame_index``, ``source_frame``) and ``annotations`` (``track_id``,
``bbox``). Pictures are looked for beside the JSON file by ``file_name``; where they were not exported, the video itself
is looked for beside it by the name in ``info.sources``.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from tracker.errors import TrackerError
from tracker.training.layouts import required
from tracker.training.records import Frames, ImageFiles, TrackRecord
from tracker.training.video_cache import VideoCache

Record = dict[str, Any]

LEAST_SCORE = 0.4
"""Boxes that the tracker itself wasn't sure of, and nobody set by hand, teach nothing."""


def read_coco_export(path: Path, cache: VideoCache) -> list[TrackRecord]:
    """Every track of a COCO export as a record.

    Boxes set by hand count always; boxes of the tracker count unless it was unsure of them.

    Raises:
        TrackerError: if the file is no such export, or neither pictures nor video are beside it.
    """
    content = _content(path)
    try:
        images: dict[int, list[Record]] = defaultdict(list)
        for image in content["images"]:
            images[image["video_id"]].append(image)
        annotations: dict[tuple[int, int], list[Record]] = defaultdict(list)
        for annotation in content["annotations"]:
            annotations[annotation["video_id"], annotation["track_id"]].append(annotation)
        categories = {category["id"]: category["name"] for category in content["categories"]}
        names = {video["id"]: video["name"] for video in content["videos"]}
        sources = {source["video_id"]: source["file"] for source in content.get("info", {}).get("sources", [])}
        records = []
        for video, its_images in images.items():
            its_images.sort(key=lambda image: image["frame_index"])
            tracks = sorted(key for key in annotations if key[0] == video)
            if not tracks:
                continue
            frames, place = _frames(path, its_images, sources.get(video), cache)
            for key in tracks:
                boxes = np.full((len(frames), 4), np.nan, dtype=np.float32)
                label = ""
                for annotation in annotations[key]:
                    label = categories[annotation["category_id"]]
                    if annotation["image_id"] in place and _is_sure(annotation):
                        boxes[place[annotation["image_id"]]] = annotation["bbox"]
                records.append(TrackRecord(f"{names[video]}#{key[1]}", frames, boxes, label=label))
    except (KeyError, TypeError, ValueError) as error:
        raise TrackerError(f"{path} is no COCO export of tracks ({error!r}); export the project as COCO.") from error
    return required(records, path, "annotations with track_id")


def _content(path: Path) -> Record:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise TrackerError(f"{path} can't be read as JSON ({error}).") from error
    if not isinstance(content, dict):
        raise TrackerError(f"{path} is no COCO file; export the project as COCO.")
    return content


def _is_sure(annotation: Record) -> bool:
    attributes = annotation.get("attributes", {})
    return bool(attributes.get("keyframe", True)) or float(attributes.get("score", 1.0)) >= LEAST_SCORE


def _frames(path: Path, images: list[Record], source: str | None, cache: VideoCache) -> tuple[Frames, dict[int, int]]:
    """The frames of one video, and the frame number of each image id."""
    files = [path.parent / image["file_name"] for image in images]
    if all(file.exists() for file in files):
        return ImageFiles(files), {image["id"]: number for number, image in enumerate(images)}
    video = path.parent / source if source else None
    if video is None or not video.is_file():
        raise TrackerError(
            f"Neither {files[0].name} nor the video {source or ''} is beside {path}; put the exported pictures or "
            "the video there."
        )
    frames = cache.frames(f"{path.stem}.{video.stem}", video)
    count = len(frames)
    place = {image["id"]: image["source_frame"] for image in images if image["source_frame"] < count}
    return frames, place
