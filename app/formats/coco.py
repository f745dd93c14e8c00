"""COCO as one file with three readers: detection (pycocotools), TAO (TrackEval) and COCO-VID (mmtracking).

Boxes are x, y, w, h from the top-left corner, counted from 0, cut at the picture's border. Frames count from 0
(``frame_index``, ``frame_id``) without gaps; file names count from 1, ``<sequence>/000001.jpg``. All ids start at 1:
the matcher of pycocotools takes annotation 0 for "no match".
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TextIO

from app.document.model import Project, Sequence
from app.formats.atomic import new_file
from app.formats.coco_reader import read_coco
from app.formats.format import TargetKind
from app.formats.options import ExportOptions
from app.formats.sequence_names import folder_names
from app.formats.shown_boxes import ShownBox, exported_sequences, exported_tracks, rounded, shown_boxes
from tracker.geometry import BoundingBox

Record = Mapping[str, object]

# one encoder: json.dumps makes a new one for each record
_encode = json.JSONEncoder(allow_nan=False).encode


class CocoFormat:
    """One JSON file for detection and tracking."""

    name = "coco"
    title = "COCO (detection, TAO and COCO-VID)"
    kind = TargetKind.FILE
    suffix = ".json"

    def losses(self, project: Project, options: ExportOptions) -> list[str]:
        """What COCO cannot hold of ``project``."""
        cut = gone = outside = 0
        for sequence in exported_sequences(project, options):
            frames = set(options.frames(sequence))
            for track in exported_tracks(sequence, options):
                outside += sum(it.box is None and frame in frames for frame, it in track.keyframes.items())
                for shown in shown_boxes(track, options):
                    if shown.frame in frames and _reaches_out(shown.box, sequence):
                        is_gone = _in_picture(shown, sequence) is None
                        gone += is_gone
                        cut += not is_gone
        sentences = []
        if cut:
            sentences.append(f"COCO boxes end at the border of the picture: {cut} were cut there.")
        if gone:
            sentences.append(f"COCO holds no boxes outside the picture: {gone} are left out.")
        if outside:
            sentences.append(f"COCO has no mark for an object that has left: {outside} outside keyframes are left out.")
        return sentences

    def write(self, project: Project, path: Path, options: ExportOptions) -> None:
        """Export to one file.

        Raises:
            AppError: It cannot be written.
        """
        sequences = exported_sequences(project, options)
        names = folder_names(sequences)
        frames = {sequence.id: options.frames(sequence) for sequence in sequences}
        with new_file(path) as file:
            file.write('{\n"info": ')
            file.write(json.dumps(_info(sequences, names, options)))
            file.write(',\n"licenses": []')
            _write_list(file, "categories", _categories(project))
            _write_list(file, "videos", (_video(sequence, names[sequence.id]) for sequence in sequences))
            _write_list(file, "tracks", _tracks(sequences, options))
            _write_list(file, "images", _images(sequences, names, frames))
            _write_list(file, "annotations", _annotations(sequences, frames, options))
            file.write("\n}\n")

    def read(self, path: Path) -> Project:
        """Import one file; see ``read_coco``."""
        return read_coco(path)


def _write_list(file: TextIO, key: str, records: Iterable[Record]) -> None:
    """One record a line, never all of them in memory. ASCII only: some readers open files in the system's encoding."""
    file.write(f',\n"{key}": [')
    for number, record in enumerate(records):
        file.write(",\n" if number else "\n")
        file.write(_encode(record))
    file.write("]")


def _info(sequences: list[Sequence], names: dict[int, str], options: ExportOptions) -> Record:
    return {
        "description": "Exported by DiMPLE",
        "version": "1.0",
        "frame_base": 0,
        "file_name_base": 1,
        "first_frame": options.first_frame,
        "frame_step": options.frame_step,
        "box_base": 0,
        "sources": [
            {
                "video_id": it.id,
                "name": it.name,
                "folder": names[it.id],
                "file": Path(it.path).name,
                "frame_count": it.frame_count,
            }
            for it in sequences
        ],
    }


def _categories(project: Project) -> Iterator[Record]:
    for category in sorted(project.categories.values(), key=lambda it: it.id):
        yield {"id": category.id, "name": category.name, "supercategory": ""}


def _video(sequence: Sequence, name: str) -> Record:
    return {
        "id": sequence.id,
        "name": name,
        "width": sequence.width,
        "height": sequence.height,
        "fps": sequence.fps,
        "neg_category_ids": [],
        "not_exhaustive_category_ids": [],
        "metadata": {"source": sequence.name},
    }


def _tracks(sequences: list[Sequence], options: ExportOptions) -> Iterator[Record]:
    for sequence in sequences:
        for track in exported_tracks(sequence, options):
            yield {"id": track.id, "category_id": track.category_id, "video_id": sequence.id, "name": track.name}


def _images(sequences: list[Sequence], names: dict[int, str], frames: dict[int, list[int]]) -> Iterator[Record]:
    image_id = 0
    for sequence in sequences:
        for index, frame in enumerate(frames[sequence.id]):
            image_id += 1
            yield {
                "id": image_id,
                "file_name": f"{names[sequence.id]}/{frame + 1:06d}.jpg",
                "width": sequence.width,
                "height": sequence.height,
                "video_id": sequence.id,
                "frame_index": index,
                "frame_id": index,
                "source_frame": frame,
            }


def _annotations(sequences: list[Sequence], frames: dict[int, list[int]], options: ExportOptions) -> Iterator[Record]:
    annotation_id = 0
    images_before = 0
    for sequence in sequences:
        image_ids = {frame: images_before + index for index, frame in enumerate(frames[sequence.id], start=1)}
        images_before += len(image_ids)
        for track in exported_tracks(sequence, options):
            for shown in shown_boxes(track, options):
                image_id = image_ids.get(shown.frame)
                box = _in_picture(shown, sequence)
                if image_id is None or box is None:
                    continue
                annotation_id += 1
                yield {
                    "id": annotation_id,
                    "image_id": image_id,
                    "video_id": sequence.id,
                    "category_id": track.category_id,
                    "track_id": track.id,
                    "instance_id": track.id,
                    "bbox": [box.x, box.y, box.w, box.h],
                    "area": round(box.area, 8),
                    "iscrowd": 0,
                    "segmentation": [],
                    "attributes": {
                        "keyframe": shown.is_keyframe,
                        "occluded": shown.occluded,
                        "visibility": shown.visibility,
                        "score": round(shown.score, 6),
                        "status": shown.status.name.lower(),
                    },
                }


def _in_picture(shown: ShownBox, sequence: Sequence) -> BoundingBox | None:
    clipped = shown.box.clipped(sequence.width, sequence.height)
    return None if clipped is None else rounded(clipped)


def _reaches_out(box: BoundingBox, sequence: Sequence) -> bool:
    return box.x < 0 or box.y < 0 or box.right > sequence.width or box.bottom > sequence.height
