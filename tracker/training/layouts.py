"""Readers of the layouts that tracking data comes in: folder in, `TrackRecord`s or `StillRecord`s out."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np

from tracker.errors import TrackerError
from tracker.training.records import Floats, ImageFiles, StillRecord, TrackRecord
from tracker.training.video_cache import VideoCache

PICTURE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".bmp"})


def read_video_csv(folder: Path, cache: VideoCache) -> list[TrackRecord]:
    """A folder of sequences, each ``video.mp4`` + ``boxes.csv`` (frame,track_id,x,y,w,h) and perhaps ``masks/``.

    Frames of the video and rows of the table both count from 0; a frame without a row: target absent. Every track of
    a sequence becomes one record; with several tracks the mask's grey value is the track's number.
    """
    records: list[TrackRecord] = []
    for table in sorted(folder.glob("*/boxes.csv")):
        sequence = table.parent
        frames = cache.frames(sequence.name, sequence / "video.mp4")
        mask_files = sorted((sequence / "masks").glob("*.png"))
        masks = cache.masks(sequence.name, mask_files) if len(mask_files) == len(frames) else None
        tracks = _read_box_table(table, len(frames))
        for track, boxes in sorted(tracks.items()):
            several = len(tracks) > 1
            name = f"{sequence.name}#{track}" if several else sequence.name
            records.append(TrackRecord(name, frames, boxes, masks, track if several else None))
    return required(records, folder, "*/boxes.csv beside video.mp4")


def _read_box_table(table: Path, frame_count: int) -> dict[int, Floats]:
    tracks: dict[int, Floats] = defaultdict(lambda: np.full((frame_count, 4), np.nan, dtype=np.float32))
    with table.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            index = int(row["frame"])
            if not 0 <= index < frame_count:
                raise TrackerError(f"{table} speaks of frame {index}, but the video has {frame_count} frames.")
            tracks[int(row["track_id"])][index] = [float(row[key]) for key in ("x", "y", "w", "h")]
    return dict(tracks)


def read_stills_csv(folder: Path) -> list[StillRecord]:
    """A folder with ``boxes.csv`` (file,class,x,y,w,h) and the pictures in ``img/``."""
    table = folder / "boxes.csv"
    if not table.exists():
        raise TrackerError(f"{table} is missing: stills come as boxes.csv (file,class,x,y,w,h) and img/.")
    boxes: dict[str, list[list[float]]] = defaultdict(list)
    labels: dict[str, list[str]] = defaultdict(list)
    with table.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            boxes[row["file"]].append([float(row[key]) for key in ("x", "y", "w", "h")])
            labels[row["file"]].append(row["class"])
    return [
        StillRecord(folder / "img" / name, np.asarray(rows, dtype=np.float32), tuple(labels[name]))
        for name, rows in sorted(boxes.items())
    ]


def read_otb(folder: Path) -> list[TrackRecord]:
    """OTB: ``<Seq>/img/*.jpg`` and ``<Seq>/groundtruth_rect.txt``, x,y,w,h a line (comma, tab or blank between)."""
    records = []
    for table in sorted(folder.glob("*/groundtruth_rect.txt")):
        files = pictures_in(table.parent / "img")
        records.append(TrackRecord(table.parent.name, ImageFiles(files), read_box_lines(table, len(files))))
    return required(records, folder, "*/groundtruth_rect.txt")


def pictures_in(folder: Path) -> list[Path]:
    """Picture files of a folder in order of their names."""
    if not folder.is_dir():
        raise TrackerError(f"{folder} is missing: the sequence's pictures are expected there.")
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in PICTURE_SUFFIXES)


def read_box_lines(table: Path, frame_count: int) -> Floats:
    """Boxes of a file, one a line; lines of zeros, negative sizes or NaN say that the target is absent."""
    lines = table.read_text(encoding="utf-8").replace(",", " ").split("\n")
    rows = [[float(value) for value in line.split()[:4]] for line in lines if line.strip()]
    boxes = np.full((frame_count, 4), np.nan, dtype=np.float32)
    count = min(frame_count, len(rows))
    boxes[:count] = np.asarray(rows[:count], dtype=np.float32).reshape(count, 4)
    boxes[~(boxes[:, 2:] > 0).all(axis=1)] = np.nan
    return boxes


def required(records: list[TrackRecord], folder: Path, pattern: str) -> list[TrackRecord]:
    """The records, if there are any.

    Raises:
        TrackerError: saying where none were found and what was looked for.
    """
    if not records:
        raise TrackerError(f"{folder} holds no sequences ({pattern}); check the path in the training configuration.")
    return records
