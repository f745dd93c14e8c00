"""MOTChallenge folders -> ``Project``; also what CVAT, X-AnyLabeling and scripts call MOT."""

from __future__ import annotations

import configparser
import math
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.document.model import MAX_FRAMES, Category, Keyframes, Project, Sequence, Track
from app.document.names import clean_name
from app.errors import AppError
from app.formats.box_rows import BoxRows, RepeatedBoxError, track_layers
from app.formats.export_info import SequenceInfo, is_export_of, read_info
from app.formats.format import ImportedProject, Likeness
from app.formats.ids import MAX_ID, Ids
from app.formats.mot_rows import MotRows, read_rows
from app.formats.options import ImportOptions
from app.formats.plain_input import encoding_of
from app.formats.progress import Progress
from app.spoken import spoken

_MOT17_CLASSES = (
    "pedestrian",
    "person on vehicle",
    "car",
    "bicycle",
    "motorbike",
    "non-motorised vehicle",
    "static person",
    "distractor",
    "occluder",
    "occluder on ground",
    "occluder full",
    "reflection",
    "crowd",
)
_UNTRACKED = -1


def sniff_mot(path: Path) -> Likeness:
    """By ``seqinfo.ini``, or ``gt/gt.txt`` without one."""
    if not path.is_dir():
        return Likeness.NO
    if (path / "seqinfo.ini").is_file() or next(path.glob("*/seqinfo.ini"), None) is not None:
        return Likeness.CERTAIN
    if is_export_of(path, "mot"):
        return Likeness.CERTAIN
    return Likeness.LIKELY if _rows_file(path) is not None else Likeness.NO


def read_mot(path: Path, options: ImportOptions, progress: Progress) -> ImportedProject:
    """Read a folder of sequences, or the folder of one.

    Every row that counts (seventh column not 0) becomes a tracked box: the format tells nothing else but a visible
    share, and less than 1 makes a Keyframe, which can hold it.

    Args:
        path: Holds ``seqinfo.ini``, or folders that do; or ``gt/gt.txt`` alone where ``options.source`` is given.
        options: Bases, where the person knows better than ``export_info.json`` and the official text.
        progress: Told how far it is.

    Raises:
        AppError: The folder is not of this format; the sentence names file and line.
        CancelledError: The person gave up.
    """
    folders = sorted(it.parent for it in [*path.glob("seqinfo.ini"), *path.glob("*/seqinfo.ini")])
    if not folders and _rows_file(path) is not None:
        folders = [path]
    if not folders and not is_export_of(path, "mot"):
        raise AppError("{0} holds no seqinfo.ini: choose a folder in the layout of MOTChallenge.", path)
    info = read_info(path)
    box_base = options.box_base
    if box_base is None:
        box_base = 0 if info.options.get("box-base") == 0 else 1
    reading = _Reading(options, box_base)
    for number, folder in enumerate(folders, start=1):
        progress.at(number - 1, len(folders))
        reading.read_sequence(number, folder, info.sequence(folder.name))
    return ImportedProject(reading.project, max(reading.frame_bases, default=1), box_base, reading.notes)


@dataclass(frozen=True, slots=True)
class _SeqInfo:
    name: str
    length: int
    width: int
    height: int
    fps: float


class _Reading:
    """The Project so far."""

    def __init__(self, options: ImportOptions, box_base: int) -> None:
        self.project = Project()
        self.notes: list[str] = []
        self.frame_bases: list[int] = []
        self._options = options
        self._box_base = box_base
        self._ids = Ids()

    def read_sequence(self, number: int, folder: Path, about: SequenceInfo) -> None:
        file = _rows_file(folder) or folder / "gt" / "gt.txt"
        place = f"{folder.name}/{file.relative_to(folder).as_posix()}"
        rows = read_rows(file, place)
        if rows.ignored:
            self.notes.append(
                spoken("{0}: {1:,} rows that do not count (seventh column 0) are left out.", place, rows.ignored)
            )
        if not rows.has_classes and len(rows.frames):
            self.notes.append(
                spoken(
                    "{0} has no classes but places in the world, as MOT15 and results do: all got the first one.", place
                )
            )
        seqinfo = self._seqinfo(folder, rows)
        frame_base = self._frame_base(rows, place)
        _check_frames(rows, frame_base, seqinfo.length, place)
        source_frames = about.source_frames(seqinfo.length)
        count = about.frame_count(int(source_frames[-1]) + 1 if seqinfo.length else 1)
        width, height = about.size(seqinfo.width, seqinfo.height)
        name, fps = about.name(seqinfo.name), about.fps(seqinfo.fps)
        sequence = self.project.sequences[number] = Sequence(number, name, "", count, width, height, fps)
        categories = self._categories(folder, rows, place)
        frames = source_frames[rows.frames - frame_base]
        self._add_tracks(sequence, rows, frames, categories, about, place)

    def _add_tracks(
        self,
        sequence: Sequence,
        rows: MotRows,
        frames: npt.NDArray[np.int64],
        categories: dict[int, int],
        about: SequenceInfo,
        place: str,
    ) -> None:
        untracked = rows.tracks == _UNTRACKED
        if untracked.any():
            self.notes.append(
                spoken("{0}: {1:,} boxes have the id -1: each became a track of its own.", place, int(untracked.sum()))
            )
        wrong = np.flatnonzero((rows.tracks < _UNTRACKED) | (rows.tracks > MAX_ID))
        if len(wrong):
            row = int(wrong[0])
            raise AppError(
                "{0}, line {1}: id {2} is no track: ids count from 1.", place, rows.lines[row], rows.tracks[row]
            )
        keys = np.where(untracked, MAX_ID + 1 + np.arange(len(frames)), rows.tracks)
        boxes = rows.boxes - np.array([self._box_base, self._box_base, 0, 0])
        visibility = np.clip(rows.visibility, 0.0, 1.0)
        columns = replace(
            BoxRows.tracked(keys, frames, boxes),
            scores=rows.scores.astype(np.float32),
            keyframes=visibility < 1,
            visibility=visibility,
        )
        try:
            for layers in track_layers(columns):
                row = int(layers.rows[0])
                wanted = int(rows.tracks[row])
                own = self._ids.take(wanted if wanted > 0 else None)
                track = Track(own, about.track_name(wanted), categories[int(rows.classes[row])])
                track.keyframes, track.boxes = Keyframes(layers.keyframes), layers.boxes
                sequence.tracks[own] = track
        except RepeatedBoxError as error:
            row = error.row
            raise AppError(
                "{0}, line {1}: a second box of id {2} on frame {3}.",
                place,
                rows.lines[row],
                rows.tracks[row],
                rows.frames[row],
            ) from error

    def _frame_base(self, rows: MotRows, place: str) -> int:
        """What the person says; else 1, or 0 where a row has frame 0."""
        base = self._options.frame_base
        if base is None:
            base = 0 if len(rows.frames) and rows.frames.min() == 0 else 1
            if base == 0:
                self.notes.append(
                    spoken("{0} numbers frames from 0, not from 1 as it should: 0 was taken for the first.", place)
                )
        self.frame_bases.append(base)
        return base

    def _categories(self, folder: Path, rows: MotRows, place: str) -> dict[int, int]:
        """Class number -> Category; classes are counted from 1, or from 0 where a row has class 0."""
        labels = _read_labels(folder)
        names = _MOT17_CLASSES if labels is None else labels
        base = 1
        if len(rows.classes) and rows.classes.min() == 0:
            base = 0
            self.notes.append(
                spoken("{0} numbers classes from 0, not from 1 as it should: 0 was taken for the first.", place)
            )
        if labels is not None:
            for name in labels:
                self._category(name)
        found = {}
        for number in np.unique(rows.classes).tolist():
            name = names[number - base] if 0 <= number - base < len(names) else ""
            if not name:
                line = rows.lines[int(np.flatnonzero(rows.classes == number)[0])]
                raise AppError(
                    "{0}, line {1}: class {2} has no name: add gt/labels.txt, one name a line.", place, line, number
                )
            found[number] = self._category(name)
        return found

    def _category(self, name: str) -> int:
        categories = self.project.categories
        known = next((it.id for it in categories.values() if it.name == name), None)
        if known is None and name:
            known = len(categories) + 1
            categories[known] = Category(known, name)
        return known or 0

    def _seqinfo(self, folder: Path, rows: MotRows) -> _SeqInfo:
        path = folder / "seqinfo.ini"
        if path.is_file():
            return _read_seqinfo(path)
        source = self._options.source
        if source is None:
            raise AppError("{0} holds no seqinfo.ini, so name the video that its boxes belong to.", folder)
        last = int(rows.frames.max(initial=0))
        return _SeqInfo(
            source.name, max(source.frame_count, min(last, MAX_FRAMES)), source.width, source.height, source.fps
        )


def _rows_file(folder: Path) -> Path | None:
    """``gt/gt.txt``, or beside ``seqinfo.ini`` as X-AnyLabeling has it; without either, detections."""
    return next(
        (it for it in (folder / "gt" / "gt.txt", folder / "gt.txt", folder / "det" / "det.txt") if it.is_file()), None
    )


def _check_frames(rows: MotRows, base: int, length: int, place: str) -> None:
    wrong = np.flatnonzero((rows.frames < base) | (rows.frames >= length + base))
    if len(wrong):
        row = int(wrong[0])
        raise AppError(
            "{0}, line {1}: frame {2} is not in {3} to {4} of seqinfo.ini: correct it, or say how frames are numbered.",
            place,
            rows.lines[row],
            rows.frames[row],
            base,
            length - 1 + base,
        )


def _read_seqinfo(path: Path) -> _SeqInfo:
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read_string(path.read_text(encoding=encoding_of(path)), source=path.name)
        section = parser["Sequence"]
        name = clean_name(section.get("name", path.parent.name))
        length, width, height = (section.getint(key) for key in ("seqLength", "imWidth", "imHeight"))
        rate = section.getfloat("frameRate", 30.0)
    except (OSError, ValueError, KeyError, configparser.Error) as error:
        text = " ".join(str(error).split())
        raise AppError("{0} is no seqinfo.ini ({1:.200}): correct the file.", path, text) from error
    if length is None or width is None or height is None:
        raise AppError("{0} lacks seqLength, imWidth or imHeight: add them.", path)
    if not (0 <= length <= MAX_FRAMES and 1 <= width < 2**31 and 1 <= height < 2**31 and 0 < rate < math.inf):
        raise AppError(
            "{0} gives impossible numbers ({1} frames of {2} x {3}): correct the file.", path, length, width, height
        )
    return _SeqInfo(name, length, width, height, rate)


def _read_labels(folder: Path) -> list[str] | None:
    path = next((it for it in (folder / "gt" / "labels.txt", folder / "labels.txt") if it.is_file()), None)
    if path is None:
        return None
    try:
        return [clean_name(it) for it in path.read_text(encoding=encoding_of(path)).split("\n")]
    except (OSError, ValueError) as error:
        raise AppError("{0} cannot be read ({1}): check the file.", path, error) from error
