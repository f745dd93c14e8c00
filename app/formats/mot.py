"""MOTChallenge: a folder a Sequence with ``seqinfo.ini`` and ``gt/gt.txt``, as TrackEval, motmetrics and CVAT read it.

Frames and ids count from 1. Boxes are left, top, width, height; the top-left pixel is (1, 1) by the official text, or
(0, 0) as CVAT and Datumaro read it: the option ``box-base`` chooses, ``export_info.json`` tells. A frame without the
object has no row. Nine columns: frame, id, left, top, width, height, 1 (counts), class, visibility. ``det/det.txt``
has the same boxes as detections with scores, ten columns and id -1. Read are also MOT15 and results of trackers (ten
columns without a class), detections alone, and the files of CVAT and X-AnyLabeling.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.document.model import Sequence
from app.document.names import clean_name
from app.formats.format import Field, ImportedProject, Likeness, TargetKind
from app.formats.mot_reader import read_mot, sniff_mot
from app.formats.options import AnyOption, Choice, FormatOption, ImportOptions
from app.formats.progress import Progress
from app.formats.selection import SelectedSequence, Selection
from app.formats.shown_boxes import rounded
from app.spoken import spoken

BOX_BASE = FormatOption(
    "box-base",
    "Top-left pixel is",
    1,
    (Choice(1, "1 (the official text, motmetrics, TrackEval)"), Choice(0, "0 (CVAT, Datumaro)")),
)
OCCLUDED_VISIBILITY = FormatOption("occluded-visibility", "Visible share of occluded boxes", 0.5)
DETECTIONS = FormatOption("detections", "Write det/det.txt with scores too", False)

_CHUNK = 20_000
_SEQMAP = "DiMPLE"
_NUMBER = "%.10g"
"""Ten digits: ten-thousandths of a pixel in the largest picture there is."""
_GT = f"%d,%d,{_NUMBER},{_NUMBER},{_NUMBER},{_NUMBER},1,%d,{_NUMBER}\n"
_DET = f"%d,-1,{_NUMBER},{_NUMBER},{_NUMBER},{_NUMBER},{_NUMBER},-1,-1,-1\n"


class MotFormat:
    """A folder of MOTChallenge ground truth."""

    name = "mot"
    title = "MOTChallenge"
    kind = TargetKind.FOLDER
    suffix = ""
    holds = frozenset(
        {
            Field.CATEGORIES,
            Field.TRACKS,
            Field.TRACK_IDS,
            Field.VISIBILITY,
            Field.FRACTIONS,
            Field.BEYOND_BORDER,
        }
    )
    options: tuple[AnyOption, ...] = (BOX_BASE, OCCLUDED_VISIBILITY, DETECTIONS)

    def notes(self, selection: Selection) -> list[str]:
        """The format wants whole frames per second: a sentence for each that is not."""
        return [
            spoken(
                "MOTChallenge wants whole frames per second: the {0:g} of {1} become {2}.",
                it.fps,
                it.name,
                _frame_rate(it),
            )
            for it in (selected.sequence for selected in selection.sequences)
            if it.fps != _frame_rate(it)
        ]

    def picture_paths(self, sequence: SelectedSequence, index: int) -> list[str]:
        """``img1/000001.jpg`` and on, without gaps."""
        return [f"{sequence.folder}/img1/{index + 1:06d}.jpg"]

    def write(self, selection: Selection, path: Path, progress: Progress) -> None:
        """Write a folder a Sequence, and a map of them."""
        labels = [clean_name(it.name) for it in selection.categories]
        for done, selected in enumerate(selection.sequences):
            part = progress.part(done / len(selection.sequences), (done + 1) / len(selection.sequences))
            place = path / selected.folder
            (place / "gt").mkdir(parents=True)
            _write(place / "seqinfo.ini", _seqinfo(selected))
            _write(place / "gt" / "labels.txt", (f"{label}\n" for label in labels))
            rows = _collect(selected, selection, part)
            _write(place / "gt" / "gt.txt", _gt_lines(rows, part))
            if selection.options.value(DETECTIONS):
                (place / "det").mkdir()
                _write(place / "det" / "det.txt", _det_lines(rows, part))
        (path / "seqmaps").mkdir()
        for split in {it.split: None for it in selection.sequences}:
            names = [it.folder for it in selection.sequences if it.split is split]
            file = path / "seqmaps" / f"{_SEQMAP}-{split.value if split else 'train'}.txt"
            _write(file, (f"{name}\n" for name in ["name", *names]))

    def sniff(self, path: Path) -> Likeness:
        """By ``seqinfo.ini`` or ``gt.txt``."""
        return sniff_mot(path)

    def read(self, path: Path, options: ImportOptions, progress: Progress) -> ImportedProject:
        """Import a folder; see ``read_mot``."""
        return read_mot(path, options, progress)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Boxes of a Sequence by frame, then track; columns as in the file."""

    numbers: npt.NDArray[np.int64]
    tracks: npt.NDArray[np.int64]
    boxes: npt.NDArray[np.float64]
    classes: npt.NDArray[np.int64]
    visibility: npt.NDArray[np.float64]
    scores: npt.NDArray[np.float64]


def _collect(selected: SelectedSequence, selection: Selection, progress: Progress) -> _Rows:
    base = selection.options.value(BOX_BASE)
    occluded_visibility = selection.options.value(OCCLUDED_VISIBILITY)
    columns: list[tuple[npt.NDArray[np.int64] | npt.NDArray[np.float64], ...]] = []
    for done, track in enumerate(selected.tracks):
        progress.at(done, 2 * len(selected.tracks))
        shown = selection.shown(selected, track)
        boxes, left = rounded(shown.boxes + np.array([base, base, 0, 0]))
        shown = shown.with_boxes(boxes).at(np.flatnonzero(left))
        # what the person set; a default where only "occluded" was set
        visibility = np.where(shown.occluded & (shown.visibility == 1), occluded_visibility, shown.visibility)
        ids = np.full(len(shown), track.id)
        classes = np.full(len(shown), selection.class_numbers[track.category_id] + 1)
        columns.append((selected.places(shown.frames) + 1, ids, shown.boxes, classes, visibility, shown.scores))
    if not columns:
        whole, real = np.empty(0, dtype=np.int64), np.empty(0)
        return _Rows(whole, whole, np.empty((0, 4)), whole, real, real)
    numbers, tracks, boxes, classes, visibility, scores = (np.concatenate(it) for it in zip(*columns, strict=True))
    order = np.lexsort((tracks, numbers))
    return _Rows(
        numbers[order].astype(np.int64),
        tracks[order].astype(np.int64),
        boxes[order],
        classes[order].astype(np.int64),
        visibility[order],
        scores[order],
    )


def _gt_lines(rows: _Rows, progress: Progress) -> Iterator[str]:
    for chunk in _chunks(rows, progress):
        x, y, w, h = (it.tolist() for it in rows.boxes[chunk].T)
        numbers, tracks = rows.numbers[chunk].tolist(), rows.tracks[chunk].tolist()
        classes, visibility = rows.classes[chunk].tolist(), rows.visibility[chunk].tolist()
        yield from map(_GT.__mod__, zip(numbers, tracks, x, y, w, h, classes, visibility, strict=True))


def _det_lines(rows: _Rows, progress: Progress) -> Iterator[str]:
    for chunk in _chunks(rows, progress):
        x, y, w, h = (it.tolist() for it in rows.boxes[chunk].T)
        yield from map(
            _DET.__mod__, zip(rows.numbers[chunk].tolist(), x, y, w, h, rows.scores[chunk].tolist(), strict=True)
        )


def _chunks(rows: _Rows, progress: Progress) -> Iterator[slice]:
    count = len(rows.numbers)
    for start in range(0, count, _CHUNK):
        progress.at(count + start, 2 * count)
        yield slice(start, start + _CHUNK)


def _write(path: Path, lines: Iterable[str]) -> None:
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.writelines(lines)


def _frame_rate(sequence: Sequence) -> int:
    return max(1, round(sequence.fps))


def _seqinfo(selected: SelectedSequence) -> list[str]:
    """Exactly these seven keys: Datumaro refuses others."""
    sequence = selected.sequence
    return [
        "[Sequence]\n",
        f"name={selected.folder}\n",
        "imDir=img1\n",
        f"frameRate={_frame_rate(sequence)}\n",
        f"seqLength={len(selected.frames)}\n",
        f"imWidth={sequence.width}\n",
        f"imHeight={sequence.height}\n",
        "imExt=.jpg\n",
    ]
