"""YOLO as Ultralytics has it: ``labels/<split>/<picture>.txt``, ``images/<split>/``, ``data.yaml``.

A line an object: class from 0, then centre and size as shares of the picture, cut at its border. A picture without
objects has an empty file. Training labels have no sixth column; numbers of tracks go to ``labels_track/``, the same
lines with the number behind. Pictures are named ``<sequence>_000001`` by the video's own frames, from 1.
Read are also the folders of labelImg and of CVAT's "YOLO 1.1", confidences or numbers of tracks behind a box as
Ultralytics predicts them, outlines (the boxes round them) and key points (the boxes alone).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from app.document.names import clean_name
from app.formats.format import Field, ImportedProject, Likeness, TargetKind
from app.formats.options import AnyOption, FormatOption, ImportOptions, Split
from app.formats.picture_frames import picture_stem
from app.formats.progress import Progress
from app.formats.selection import SelectedSequence, Selection
from app.formats.shown_boxes import clipped, rounded
from app.formats.yolo_reader import read_yolo, sniff_yolo
from app.spoken import spoken

TRACKS = FormatOption("tracks", "Write labels_track/ with numbers of tracks too", True)

_LINE = "%d %.10f %.10f %.10f %.10f"


class YoloFormat:
    """A folder in the layout of Ultralytics."""

    name = "yolo"
    title = "YOLO (Ultralytics)"
    kind = TargetKind.FOLDER
    suffix = ""
    holds = frozenset({Field.CATEGORIES, Field.TRACKS, Field.TRACK_IDS, Field.FRACTIONS, Field.FRAME_NUMBERS})
    options: tuple[AnyOption, ...] = (TRACKS,)

    def notes(self, selection: Selection) -> list[str]:
        """Without ``labels_track/`` nothing tells which boxes are one object."""
        if selection.options.value(TRACKS) or not selection.track_count:
            return []
        return [
            spoken(
                "Without labels_track/ YOLO does not tell which boxes are one object: {0:,} tracks.",
                selection.track_count,
            )
        ]

    def picture_paths(self, sequence: SelectedSequence, index: int) -> list[str]:
        """``images/<split>/<sequence>_000001.jpg`` and on."""
        return [f"images/{_split(sequence)}/{picture_stem(sequence, int(sequence.frames[index]))}.jpg"]

    def write(self, selection: Selection, path: Path, progress: Progress) -> None:
        """Write a file a frame."""
        with_tracks = selection.options.value(TRACKS)
        splits = [_split(it) for it in selection.sequences] or [Split.TRAIN.value]
        for split in splits:
            (path / "labels" / split).mkdir(parents=True, exist_ok=True)
            if with_tracks:
                (path / "labels_track" / split).mkdir(parents=True, exist_ok=True)
        done, total = 0, sum(len(it.frames) for it in selection.sequences)
        for selected in selection.sequences:
            lines = _lines(selection, selected)
            for frame in selected.frames.tolist():
                progress.at(done, total)
                done += 1
                place = f"{_split(selected)}/{picture_stem(selected, frame)}.txt"
                own = lines.get(frame, [])
                (path / "labels" / place).write_text("".join(f"{line}\n" for line, _ in own), encoding="utf-8")
                if with_tracks:
                    text = "".join(f"{line} {number}\n" for line, number in own)
                    (path / "labels_track" / place).write_text(text, encoding="utf-8")
        (path / "data.yaml").write_text("".join(_yaml(selection, splits)), encoding="utf-8")

    def sniff(self, path: Path) -> Likeness:
        """By ``labels/`` with text files of five numbers."""
        return sniff_yolo(path)

    def read(self, path: Path, options: ImportOptions, progress: Progress) -> ImportedProject:
        """Import a folder; see ``read_yolo``."""
        return read_yolo(path, options, progress)


def _split(selected: SelectedSequence) -> str:
    return (selected.split or Split.TRAIN).value


def _lines(selection: Selection, selected: SelectedSequence) -> dict[int, list[tuple[str, int]]]:
    """Frame -> (line, number of the Track)."""
    sequence = selected.sequence
    size = np.array([sequence.width, sequence.height] * 2, dtype=np.float64)
    found: dict[int, list[tuple[str, int]]] = {}
    for track in selected.tracks:
        shown = selection.shown(selected, track)
        inside_boxes, inside = clipped(shown.boxes, sequence.width, sequence.height)
        boxes, left = rounded(inside_boxes)
        shares = np.concatenate([boxes[:, :2] + boxes[:, 2:] / 2, boxes[:, 2:]], axis=1) / size
        number = selection.class_numbers[track.category_id]
        kept = np.flatnonzero(inside & left)
        for frame, share in zip(shown.frames[kept].tolist(), shares[kept].tolist(), strict=True):
            found.setdefault(frame, []).append((_LINE % (number, *share), track.id))
    return found


def _yaml(selection: Selection, splits: list[str]) -> Iterator[str]:
    """``train`` and ``val`` must both be there; with nothing to validate on, it is what is trained on."""
    first = Split.TRAIN.value if Split.TRAIN.value in splits else splits[0]
    yield "path: .\n"
    yield f"train: images/{first}\n"
    yield f"val: images/{Split.VAL.value if Split.VAL.value in splits else first}\n"
    if Split.TEST.value in splits:
        yield f"test: images/{Split.TEST.value}\n"
    yield "names:\n"
    for number, category in enumerate(selection.categories):
        # a JSON string is one of YAML too, as long as emoji are not escaped
        yield f"  {number}: {json.dumps(clean_name(category.name), ensure_ascii=False)}\n"
