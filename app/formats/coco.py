"""COCO as one file with three readers: detection (pycocotools), TAO (TrackEval) and COCO-VID (mmtracking).

Boxes are x, y, w, h from the top-left corner, counted from 0, cut at the picture's border. Frames count from 0
(``frame_index``, ``frame_id``) without gaps; file names count from 1, ``<sequence>/000001.jpg``. All ids start at 1:
the matcher of pycocotools takes annotation 0 for "no match".
Ours beside the format, which others pass over: ``attributes`` of annotations and their definitions; of each track its
``name``, the frames on which it is gone, and the values that change there.
In a file without videos each folder is one; an annotation without a box gets the one round its polygons or its mask.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TextIO

import numpy as np

from app.document.model import Track
from app.formats.coco_attributes import definitions, fragment, keys
from app.formats.coco_file import sniff_coco
from app.formats.coco_reader import read_coco
from app.formats.format import Field, ImportedProject, Likeness, TargetKind
from app.formats.options import AnyOption, ImportOptions
from app.formats.progress import Progress
from app.formats.selection import SelectedSequence, Selection
from app.formats.shown_boxes import ShownBoxes, clipped, rounded
from app.formats.shown_values import shown_values
from app.spoken import spoken
from tracker.result import TrackStatus

_CHUNK = 20_000
"""Lines that are in memory at a time."""

_SCORE_DIGITS = 6

_ANNOTATION = (
    '{"id": %d, "image_id": %d, "video_id": %d, "category_id": %d, "track_id": %d, "instance_id": %d, '
    '"bbox": [%r, %r, %r, %r], "area": %r, "iscrowd": 0, "segmentation": [], "attributes": '
    '{"keyframe": %s, "occluded": %s, "visibility": %r, "score": %r, "status": "%s"%s}}'
)
_IMAGE = (
    '{"id": %d, "file_name": %s, "width": %d, "height": %d, "video_id": %d, "frame_index": %d, "frame_id": %d, '
    '"source_frame": %d}'
)
_STATUSES = [it.name.lower() for it in TrackStatus]


class CocoFormat:
    """One JSON file for detection and tracking."""

    name = "coco"
    title = "COCO (detection, TAO and COCO-VID)"
    kind = TargetKind.FILE
    suffix = ".json"
    holds = frozenset(Field) - {Field.BEYOND_BORDER}
    options: tuple[AnyOption, ...] = ()

    def notes(self, selection: Selection) -> list[str]:
        """Boxes that lie wholly outside the picture are left out."""
        tracks = [(it, track) for it in selection.sequences for track in it.tracks]
        gone = sum(
            int((~clipped(selection.shown(it, track).boxes, it.sequence.width, it.sequence.height)[1]).sum())
            for it, track in tracks
        )
        return [spoken("COCO holds no boxes outside the picture: {0:,} will be left out.", gone)] if gone else []

    def picture_paths(self, sequence: SelectedSequence, index: int) -> list[str]:
        """One folder a Sequence, files counted from 1 by the video's own numbers."""
        return [f"{sequence.folder}/{int(sequence.frames[index]) + 1:06d}.jpg"]

    def write(self, selection: Selection, path: Path, progress: Progress) -> None:
        """Write one file; no more than a few thousand lines of it are ever in memory."""
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(f'{{\n"info": {json.dumps(_info(selection))},\n"licenses": []')
            _write_list(file, "categories", map(json.dumps, _categories(selection)))
            _write_list(file, "videos", map(json.dumps, map(_video, selection.sequences)))
            _write_list(file, "attributes", map(json.dumps, definitions(selection)))
            _write_list(file, "tracks", map(json.dumps, _tracks(selection)))
            _write_list(file, "images", _images(selection))
            _write_list(file, "annotations", _annotations(selection, progress))
            file.write("\n}\n")

    def sniff(self, path: Path) -> Likeness:
        """By the names of its lists."""
        return sniff_coco(path)

    def read(self, path: Path, options: ImportOptions, progress: Progress) -> ImportedProject:
        """Import one file; see ``read_coco``."""
        return read_coco(path, options, progress)


def _write_list(file: TextIO, key: str, lines: Iterable[str]) -> None:
    """One record a line. ASCII only: some readers open files in the system's encoding."""
    file.write(f',\n"{key}": [')
    separator = "\n"
    for line in lines:
        file.write(separator)
        file.write(line)
        separator = ",\n"
    file.write("]")


def _info(selection: Selection) -> dict[str, object]:
    return {
        "description": "Exported by DiMPLE",
        "version": "1.0",
        "frame_base": 0,
        "file_name_base": 1,
        "first_frame": selection.options.first_frame,
        "frame_step": selection.options.frame_step,
        "box_base": 0,
        "sources": [
            {
                "video_id": it.sequence.id,
                "name": it.sequence.name,
                "folder": it.folder,
                "file": Path(it.sequence.path).name,
                "frame_count": it.sequence.frame_count,
            }
            for it in selection.sequences
        ],
    }


def _categories(selection: Selection) -> Iterator[dict[str, object]]:
    for category in selection.categories:
        yield {"id": category.id, "name": category.name, "supercategory": ""}


def _video(selected: SelectedSequence) -> dict[str, object]:
    sequence = selected.sequence
    return {
        "id": sequence.id,
        "name": selected.folder,
        "width": sequence.width,
        "height": sequence.height,
        "fps": sequence.fps,
        "neg_category_ids": [],
        "not_exhaustive_category_ids": [],
        "metadata": {"source": sequence.name},
    }


def _tracks(selection: Selection) -> Iterator[dict[str, object]]:
    named = keys(selection.project.attributes.values())
    for selected in selection.sequences:
        for track in selected.tracks:
            yield {
                "id": track.id,
                "category_id": track.category_id,
                "video_id": selected.sequence.id,
                "name": track.name,
                "attributes": {named[number]: value for number, value in track.attributes.items()},
                "outside_frames": selection.outside_frames(selected, track),
                **_outside_values(selection, selected, track, named),
            }


def _outside_values(
    selection: Selection, selected: SelectedSequence, track: Track, named: Mapping[int, str]
) -> dict[str, object]:
    """What changes in the frames on which the object is gone, which have no annotation to tell it."""
    changed = [it for it in selection.outside_frames(selected, track) if track.keyframes[it].attributes]
    texts = {
        str(frame): {named[number]: value for number, value in track.keyframes.values_at(frame).items()}
        for frame in changed
    }
    return {"outside_attributes": texts} if texts else {}


def _images(selection: Selection) -> Iterator[str]:
    number = 0
    for selected in selection.sequences:
        video = selected.sequence
        folder = json.dumps(selected.folder)[:-1]
        for index, frame in enumerate(selected.frames.tolist()):
            number += 1
            name = f'{folder}/{frame + 1:06d}.jpg"'
            yield _IMAGE % (number, name, video.width, video.height, video.id, index, index, frame)


def _annotations(selection: Selection, progress: Progress) -> Iterator[str]:
    number = images_before = done = 0
    for selected in selection.sequences:
        for track in selected.tracks:
            progress.at(done, selection.track_count)
            done += 1
            shown = _in_picture(selection.shown(selected, track), selected)
            for start in range(0, len(shown), _CHUNK):
                progress.at(done, selection.track_count)
                rows = np.arange(start, min(start + _CHUNK, len(shown)))
                part = shown.at(rows)
                yield from _lines(part, _fragments(selection, track, part), selected, track, number, images_before)
                number += len(rows)
        images_before += len(selected.frames)


def _fragments(selection: Selection, track: Track, shown: ShownBoxes) -> list[str]:
    """The project's own attributes in each line."""
    values = shown_values(selection.project, track, shown.frames)
    named = keys(selection.project.attributes.values())
    texts = [fragment(it, named) for it in values.distinct]
    return [texts[stretch] for stretch in values.stretches.tolist()]


def _lines(
    shown: ShownBoxes, fragments: list[str], selected: SelectedSequence, track: Track, number: int, images_before: int
) -> Iterator[str]:
    video, category, own = selected.sequence.id, track.category_id, track.id
    x, y, w, h = shown.boxes.T
    for image, left, top, width, height, area, keyframe, occluded, visibility, score, status, rest in zip(
        (selected.places(shown.frames) + images_before + 1).tolist(),
        x.tolist(),
        y.tolist(),
        w.tolist(),
        h.tolist(),
        np.round(w * h, 8).tolist(),
        shown.keyframes.tolist(),
        shown.occluded.tolist(),
        shown.visibility.tolist(),
        np.round(shown.scores, _SCORE_DIGITS).tolist(),
        shown.statuses.tolist(),
        fragments,
        strict=True,
    ):
        number += 1
        yield _ANNOTATION % (
            number,
            image,
            video,
            category,
            own,
            own,
            left,
            top,
            width,
            height,
            area,
            "true" if keyframe else "false",
            "true" if occluded else "false",
            visibility,
            score,
            _STATUSES[status],
            rest,
        )


def _in_picture(shown: ShownBoxes, selected: SelectedSequence) -> ShownBoxes:
    cut, inside = clipped(shown.boxes, selected.sequence.width, selected.sequence.height)
    exact, left = rounded(cut)
    return shown.with_boxes(exact).at(np.flatnonzero(inside & left))
