"""YouTube-VIS: one JSON file, one annotation a Track with a box or null for every frame of its video.

Boxes are x, y, w, h from the picture's corner, counted from 0, cut at its border; ids count from 1. There is no
``images`` list: a video has ``length`` and ``file_names``. What the format has no place for is in ``dimple`` of each
video and annotation (app/formats/track_record.py), which other readers pass over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

import numpy as np

from app.document.model import Track
from app.formats.format import Field, ImportedProject, Likeness, TargetKind
from app.formats.options import AnyOption, ImportOptions
from app.formats.progress import Progress
from app.formats.selection import SelectedSequence, Selection
from app.formats.shown_boxes import clipped, rounded
from app.formats.track_record import encoded, track_record
from app.formats.youtube_vis_reader import read_youtube_vis, sniff_youtube_vis
from app.spoken import spoken


class YoutubeVisFormat:
    """One JSON file, a Track an annotation."""

    name = "youtube-vis"
    title = "YouTube-VIS"
    kind = TargetKind.FILE
    suffix = ".json"
    holds = frozenset(Field) - {Field.BEYOND_BORDER, Field.TRACK_ATTRIBUTES, Field.FRAME_ATTRIBUTES}
    options: tuple[AnyOption, ...] = ()

    def notes(self, selection: Selection) -> list[str]:
        """Boxes that lie wholly outside the picture are left out."""
        gone = sum(
            int((~clipped(selection.shown(it, track).boxes, it.sequence.width, it.sequence.height)[1]).sum())
            for it in selection.sequences
            for track in it.tracks
        )
        return [spoken("YouTube-VIS holds no boxes outside the picture: {0:,} will be left out.", gone)] if gone else []

    def picture_paths(self, sequence: SelectedSequence, index: int) -> list[str]:
        """One folder a Sequence, files counted from 1 by the video's own numbers."""
        return [_file_name(sequence, int(sequence.frames[index]))]

    def write(self, selection: Selection, path: Path, progress: Progress) -> None:
        """Write Track by Track."""
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write('{\n"info": {"description": "Exported by DiMPLE", "version": "1.0"},\n"licenses": []')
            _write_list(file, "categories", (_category(it.id, it.name) for it in selection.categories))
            _write_list(file, "videos", map(_video, selection.sequences))
            _write_list(file, "annotations", _annotations(selection, progress))
            file.write("\n}\n")

    def sniff(self, path: Path) -> Likeness:
        """By the names of its lists."""
        return sniff_youtube_vis(path)

    def read(self, path: Path, options: ImportOptions, progress: Progress) -> ImportedProject:
        """Import one file; see ``read_youtube_vis``."""
        return read_youtube_vis(path, options, progress)


def _write_list(file: TextIO, key: str, records: Iterable[dict[str, object]]) -> None:
    file.write(f',\n"{key}": [')
    separator = "\n"
    for record in records:
        file.write(separator + encoded(record))
        separator = ",\n"
    file.write("]")


def _category(number: int, name: str) -> dict[str, object]:
    return {"id": number, "name": name, "supercategory": ""}


def _file_name(selected: SelectedSequence, frame: int) -> str:
    return f"{selected.folder}/{frame + 1:06d}.jpg"


def _video(selected: SelectedSequence) -> dict[str, object]:
    sequence = selected.sequence
    about: dict[str, object] = {"name": sequence.name, "fps": sequence.fps, "frame_count": sequence.frame_count}
    if not selected.is_whole:
        about["source_frames"] = selected.frames.tolist()
    return {
        "id": sequence.id,
        "width": sequence.width,
        "height": sequence.height,
        "length": len(selected.frames),
        "file_names": [_file_name(selected, frame) for frame in selected.frames.tolist()],
        "dimple": about,
    }


def _annotations(selection: Selection, progress: Progress) -> Iterator[dict[str, object]]:
    done = 0
    for selected in selection.sequences:
        for track in selected.tracks:
            progress.at(done, selection.track_count)
            done += 1
            yield _annotation(selection, selected, track)


def _annotation(selection: Selection, selected: SelectedSequence, track: Track) -> dict[str, object]:
    sequence = selected.sequence
    shown = selection.shown(selected, track)
    inside_boxes, inside = clipped(shown.boxes, sequence.width, sequence.height)
    boxes, left = rounded(inside_boxes)
    shown = shown.with_boxes(boxes).at(np.flatnonzero(inside & left))
    bboxes: list[list[float] | None] = [None] * len(selected.frames)
    areas: list[float | None] = [None] * len(selected.frames)
    segmentations: list[list[object] | None] = [None] * len(selected.frames)
    for place, box in zip(selected.places(shown.frames).tolist(), shown.boxes.tolist(), strict=True):
        bboxes[place], areas[place], segmentations[place] = box, round(box[2] * box[3], 8), []
    return {
        "id": track.id,
        "video_id": sequence.id,
        "category_id": track.category_id,
        "iscrowd": 0,
        "width": sequence.width,
        "height": sequence.height,
        "length": len(selected.frames),
        "bboxes": bboxes,
        "areas": areas,
        "segmentations": segmentations,
        "dimple": track_record(track, shown, selection.outside_frames(selected, track)),
    }
