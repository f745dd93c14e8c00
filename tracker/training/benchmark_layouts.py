"""Readers of the large public sets: GOT-10k, LaSOT, TrackingNet and MOT Challenge."""

from __future__ import annotations

from configparser import ConfigParser
from configparser import Error as ConfigError
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tracker.errors import TrackerError
from tracker.training.layouts import pictures_in, read_box_lines, required
from tracker.training.records import Floats, ImageFiles, TrackRecord

MOT_PEDESTRIAN_LIKE = frozenset({1, 2, 3, 4, 5, 6, 7})
"""Classes of MOT Challenge that are objects; the others are distractors, reflections and occluders."""

LEAST_MOT_VISIBILITY = 0.25
LEAST_TRACK_FRAMES = 20


def read_got10k(folder: Path) -> list[TrackRecord]:
    """GOT-10k: ``<Seq>/%08d.jpg``, ``groundtruth.txt``, ``absence.label``, ``cover.label``.

    A frame counts if the target isn't absent and something of it can be seen (spec 5.1).
    """
    records = []
    for table in sorted(folder.glob("*/groundtruth.txt")):
        sequence = table.parent
        files = pictures_in(sequence)
        boxes = read_box_lines(table, len(files))
        absent = _flags(sequence / "absence.label", len(files)) > 0
        cover = sequence / "cover.label"
        covered = _flags(cover, len(files)) <= 0 if cover.exists() else np.zeros(len(files), dtype=np.bool_)
        boxes[absent | covered] = np.nan
        records.append(TrackRecord(sequence.name, ImageFiles(files), boxes))
    return required(records, folder, "*/groundtruth.txt")


def read_lasot(folder: Path) -> list[TrackRecord]:
    """LaSOT: ``[<class>/]<Seq>/img/%08d.jpg``, ``groundtruth.txt``, ``full_occlusion.txt``, ``out_of_view.txt``."""
    records = []
    for table in sorted((*folder.glob("*/groundtruth.txt"), *folder.glob("*/*/groundtruth.txt"))):
        sequence = table.parent
        files = pictures_in(sequence / "img")
        boxes = read_box_lines(table, len(files))
        for flags in ("full_occlusion.txt", "out_of_view.txt"):
            boxes[_flags(sequence / flags, len(files)) > 0] = np.nan
        records.append(TrackRecord(sequence.name, ImageFiles(files), boxes, label=sequence.name.split("-")[0]))
    return required(records, folder, "<class>/<sequence>/groundtruth.txt")


def read_trackingnet(folder: Path) -> list[TrackRecord]:
    """TrackingNet: ``TRAIN_k/anno/<Seq>.txt`` and ``TRAIN_k/frames/<Seq>/<number>.jpg``, numbers without padding."""
    records = []
    for table in sorted(folder.glob("TRAIN_*/anno/*.txt")):
        files = sorted(pictures_in(table.parent.parent / "frames" / table.stem), key=lambda path: int(path.stem))
        records.append(TrackRecord(table.stem, ImageFiles(files), read_box_lines(table, len(files))))
    return required(records, folder, "TRAIN_*/anno/*.txt")


def read_mot(folder: Path) -> list[TrackRecord]:
    """MOT Challenge: ``<Seq>/gt/gt.txt`` and ``seqinfo.ini``; every object becomes a record.

    Frames and box corners are counted from 1 there. Objects marked to be ignored and those hardly seen are left out.
    """
    records = []
    for table in sorted(folder.glob("*/gt/gt.txt")):
        sequence = table.parent.parent
        files = pictures_in(sequence / _image_folder(sequence / "seqinfo.ini"))
        frames = ImageFiles(files)
        tracks: dict[int, Floats] = {}
        for number, line in enumerate(table.read_text(encoding="utf-8").splitlines(), start=1):
            if line.strip():
                _take_mot_line(line, f"line {number} of {table}", tracks, len(frames))
        for track, boxes in sorted(tracks.items()):
            record = TrackRecord(f"{sequence.name}#{track}", frames, boxes)
            if len(record.visible) >= LEAST_TRACK_FRAMES:
                records.append(record)
    return required(records, folder, "*/gt/gt.txt")


def _take_mot_line(line: str, where: str, tracks: dict[int, Floats], frame_count: int) -> None:
    try:
        fields = [float(value) for value in line.split(",")]
        frame, track, flag = int(fields[0]) - 1, int(fields[1]), fields[6]
    except (ValueError, IndexError):
        raise TrackerError(f"{where} is not of MOT Challenge's form: frame,id,left,top,w,h,flag,...") from None
    if not 0 <= frame < frame_count:
        raise TrackerError(f"{where} speaks of frame {frame + 1}, but there are {frame_count} pictures.")
    kind = int(fields[7]) if len(fields) > 7 else 1
    visibility = fields[8] if len(fields) > 8 else 1.0
    if flag > 0 and kind in MOT_PEDESTRIAN_LIKE and visibility >= LEAST_MOT_VISIBILITY:
        boxes = tracks.setdefault(track, np.full((frame_count, 4), np.nan, dtype=np.float32))
        boxes[frame] = [fields[2] - 1, fields[3] - 1, fields[4], fields[5]]


def _image_folder(info: Path) -> str:
    """``imDir`` of a seqinfo.ini; "img1" without one."""
    parser = ConfigParser()
    try:
        parser.read(info, encoding="utf-8")
    except ConfigError as error:
        raise TrackerError(f"{info} can't be read ({error}).") from error
    return parser.get("Sequence", "imDir", fallback="img1")


def _flags(path: Path, count: int) -> npt.NDArray[np.float64]:
    """Numbers of a flag file, one a frame, on one line or on many; zeros where the file is missing."""
    flags = np.zeros(count)
    if path.exists():
        values = [float(value) for value in path.read_text(encoding="utf-8").replace(",", " ").split()]
        flags[: min(count, len(values))] = values[:count]
    return flags
