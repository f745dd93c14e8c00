"""Reading benchmark sequences in the layout of OTB: pictures in ``img/``, boxes in ``groundtruth_rect.txt``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from tracker.errors import TrackerError
from tracker.geometry import BoundingBox
from tracker.search_region import Image

_BOX_FILES = ("groundtruth_rect.txt", "groundtruth.txt")
_PICTURES = {".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"}
_DELIMITERS = re.compile(r"[,;\t ]+")


@dataclass(frozen=True, slots=True)
class BenchmarkSequence:
    """Pictures with the true box of one object.

    Attributes:
        name: The folder's name.
        pictures: Image files in order.
        boxes: True box of each picture in image pixels, top-left from 0; None where the object is absent.
    """

    name: str
    pictures: tuple[Path, ...]
    boxes: tuple[BoundingBox | None, ...]

    def __len__(self) -> int:
        return len(self.pictures)

    def read(self, index: int) -> Image:
        """Picture ``index``, RGB uint8 (H, W, 3).

        Raises:
            TrackerError: The file cannot be read as a picture.
        """
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
            raise TrackerError(f"{folder} holds no sequence: it needs pictures in img/ and a {_BOX_FILES[0]}.")
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
    return next((folder / name for name in _BOX_FILES if (folder / name).is_file()), None)


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
