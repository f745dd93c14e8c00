"""Reading benchmark sequences: pictures with ``groundtruth_rect.txt`` (OTB), or ``video.mp4`` with ``boxes.csv``."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np

from tracker.errors import TrackerError
from tracker.evaluation.video_frames import VideoFrames
from tracker.geometry import BoundingBox
from tracker.search_region import Image

_BOX_FILES = ("groundtruth_rect.txt", "groundtruth.txt")
_VIDEO, _VIDEO_BOXES = "video.mp4", "boxes.csv"
_PICTURES = {".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"}
_DELIMITERS = re.compile(r"[,;\t ]+")


class AnnotatedSequence(Protocol):
    """What a tracker is evaluated on; may be sent to another process."""

    @property
    def name(self) -> str:
        """For tables."""
        ...

    @property
    def boxes(self) -> tuple[BoundingBox | None, ...]:
        """True box of each picture in image pixels; None where the object is absent, never on the first."""
        ...

    def __len__(self) -> int: ...

    def read(self, index: int) -> Image:
        """Picture ``index``, RGB uint8 (H, W, 3)."""
        ...


@dataclass(frozen=True, slots=True)
class BenchmarkSequence:
    """Pictures with the true box of one object.

    Attributes:
        name: The folder's name.
        pictures: Image files in order; of a video, its file for every frame.
        boxes: True box of each picture in image pixels, top-left from 0; None where the object is absent.
        video: The video and the number of the first frame that counts, or None.
    """

    name: str
    pictures: tuple[Path, ...]
    boxes: tuple[BoundingBox | None, ...]
    video: tuple[VideoFrames, int] | None = field(default=None, compare=False)

    def __len__(self) -> int:
        return len(self.pictures)

    def read(self, index: int) -> Image:
        """Picture ``index``, RGB uint8 (H, W, 3).

        Raises:
            TrackerError: The file cannot be read as a picture.
        """
        if self.video:
            frames, first = self.video
            return frames.read(first + index)
        path = self.pictures[index]
        try:
            data = np.fromfile(path, dtype=np.uint8)  # imread cannot open every path on every system
        except OSError as error:
            raise TrackerError(f"The picture {path} cannot be read ({error.strerror}); restore the file.") from error
        picture = cv2.imdecode(data, cv2.IMREAD_COLOR_RGB) if data.size else None
        if picture is None:
            raise TrackerError(f"{path} is not a picture or is damaged; restore the file.")
        return np.asarray(picture, dtype=np.uint8)


def find_sequences(folders: list[Path]) -> list[BenchmarkSequence]:
    """The sequences in some folders, each either a sequence itself or a folder of them.

    Raises:
        TrackerError: A folder is missing or holds no sequence, or a sequence is not usable.
    """
    sequences = []
    for folder in folders:
        if not folder.is_dir():
            raise TrackerError(f"There is no folder {folder}; check the path.")
        found = [folder] if _box_file(folder) else [inner for inner in sorted(folder.iterdir()) if _box_file(inner)]
        if not found:
            raise TrackerError(
                f"{folder} holds no sequence: it needs pictures in img/ and a {_BOX_FILES[0]}, or {_VIDEO} and "
                f"{_VIDEO_BOXES}."
            )
        sequences += [read_sequence(inner) for inner in found]
    return sequences


def read_sequence(folder: Path) -> BenchmarkSequence:
    """Reads one sequence.

    Raises:
        TrackerError: No pictures or boxes, a line that is no box, or no box on the first frame.
    """
    box_file = _box_file(folder)
    if box_file is None:
        raise TrackerError(f"{folder} has no {_BOX_FILES[0]}; take a folder in OTB layout.")
    if box_file.name == _VIDEO_BOXES:
        return _read_video_sequence(folder, box_file)
    pictures_folder = folder / "img" if (folder / "img").is_dir() else folder
    pictures = tuple(sorted(path for path in pictures_folder.iterdir() if path.suffix.lower() in _PICTURES))
    if not pictures:
        raise TrackerError(f"{pictures_folder} has no pictures; take a folder in OTB layout.")
    boxes = _read_boxes(box_file)
    # Some sequences of OTB have boxes for a stretch only; what both have is usable.
    length = min(len(pictures), len(boxes))
    if not length or boxes[0] is None:
        raise TrackerError(f"{box_file} has no box on the first frame; a tracker needs one to start from.")
    return BenchmarkSequence(folder.name, pictures[:length], boxes[:length])


def _box_file(folder: Path) -> Path | None:
    names = (*_BOX_FILES, _VIDEO_BOXES) if (folder / _VIDEO).is_file() else _BOX_FILES
    return next((folder / name for name in names if (folder / name).is_file()), None)


def _read_video_sequence(folder: Path, box_file: Path) -> BenchmarkSequence:
    """``boxes.csv`` has lines frame,track_id,x,y,w,h, both counted from 0, for frames that show the object.

    The first track in the table counts, from its first frame to its last.
    """
    boxes: dict[int, BoundingBox] = {}
    track: str | None = None
    with box_file.open(newline="", encoding="utf-8-sig") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            try:
                frame, box = int(row["frame"]), BoundingBox(*(float(row[key]) for key in ("x", "y", "w", "h")))
                if track is None:
                    track = row["track_id"]
                is_wanted = row["track_id"] == track
            except (KeyError, TypeError, ValueError):
                raise TrackerError(
                    f"Line {number} of {box_file} is not a box; write frame,track_id,x,y,w,h under such a header."
                ) from None
            if is_wanted and frame >= 0 and box.is_valid:
                boxes[frame] = box
    if not boxes:
        raise TrackerError(f"{box_file} has no box; a tracker needs one to start from.")
    first, last = min(boxes), max(boxes)
    video = folder / _VIDEO
    every = tuple(boxes.get(frame) for frame in range(first, last + 1))
    return BenchmarkSequence(folder.name, (video,) * len(every), every, (VideoFrames(video), first))


def _read_boxes(path: Path) -> tuple[BoundingBox | None, ...]:
    boxes: list[BoundingBox | None] = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").rstrip().splitlines(), start=1):
        fields = [field for field in _DELIMITERS.split(line.strip()) if field]
        try:
            x, y, w, h = map(float, fields)
        except ValueError:
            raise TrackerError(
                f"Line {number} of {path} is {line.strip()!r}, not a box; write x, y, width, height."
            ) from None
        box = BoundingBox(x, y, w, h)
        boxes.append(box if box.is_valid else None)
    return tuple(boxes)
