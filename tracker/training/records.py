"""What a data set gives: sequences of boxes over frames, and stills with boxes.

Boxes are float32 (x, y, w, h) in image pixels, edge convention; a row of NaN says that the target is absent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import cv2
import numpy as np
import numpy.typing as npt

from tracker.errors import TrackerError

Pixels = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]


class Frames(Protocol):
    """Pictures by number: RGB (H, W, 3), or one channel (H, W) for masks, uint8."""

    def __len__(self) -> int:
        """How many there are."""
        ...

    def __getitem__(self, index: int) -> Pixels:
        """Picture ``index``, from 0."""
        ...


class ImageFiles:
    """Frames kept as picture files, decoded when asked for."""

    def __init__(self, paths: Iterable[Path], *, colour: bool = True) -> None:
        """Takes the files in frame order; ``colour=False`` keeps the stored grey values (masks)."""
        self.paths = tuple(paths)
        self.colour = colour

    def __len__(self) -> int:
        return len(self.paths)

    def __getitem__(self, index: int) -> Pixels:
        return read_picture(self.paths[index], colour=self.colour)


class MappedFrames:
    """Frames of one ``.npy`` array (T, H, W[, 3]) on disk, paged in as they are used and shared by all processes."""

    def __init__(self, path: Path) -> None:
        """Opens lazily, so that a copy sent to a loader process is a path and not the pixels."""
        self.path = path
        self._array: Pixels | None = None

    def __getstate__(self) -> dict[str, Any]:
        return {"path": self.path, "_array": None}

    def _opened(self) -> Pixels:
        if self._array is None:
            self._array = np.load(self.path, mmap_mode="r")
        return self._array

    def __len__(self) -> int:
        return len(self._opened())

    def __getitem__(self, index: int) -> Pixels:
        return np.asarray(self._opened()[index])


class ArrayFrames:
    """Frames in memory, for generated data."""

    def __init__(self, array: Pixels) -> None:
        """Takes the array (T, H, W[, 3])."""
        self.array = array

    def __len__(self) -> int:
        return len(self.array)

    def __getitem__(self, index: int) -> Pixels:
        return np.asarray(self.array[index])


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """One target through one sequence.

    Attributes:
        name: Sequence name, with the track's number where the sequence has several.
        frames: Its pictures.
        boxes: (T, 4); NaN rows where the target is absent.
        masks: Outlines of the target, one picture a frame, or None.
        mask_value: Grey value of this target in ``masks``; None: anything above zero.
        label: Class name, or "" where unknown.
    """

    name: str
    frames: Frames
    boxes: Floats
    masks: Frames | None = None
    mask_value: int | None = None
    label: str = ""

    @property
    def visible(self) -> npt.NDArray[np.intp]:
        """Numbers of the frames with a usable box."""
        with np.errstate(invalid="ignore"):
            usable = np.isfinite(self.boxes).all(axis=1) & (self.boxes[:, 2] > 1) & (self.boxes[:, 3] > 1)
        return np.flatnonzero(usable)

    def mask(self, index: int) -> Pixels | None:
        """Mask of one frame as 0/255, or None without masks."""
        if self.masks is None:
            return None
        picture = self.masks[index]
        chosen = picture > 0 if self.mask_value is None else picture == self.mask_value
        return chosen.astype(np.uint8) * 255


@dataclass(frozen=True, slots=True)
class StillRecord:
    """One picture with the boxes of its objects.

    Attributes:
        path: Picture file.
        boxes: (N, 4).
        labels: Class name of each box.
    """

    path: Path
    boxes: Floats
    labels: tuple[str, ...]

    def picture(self) -> Pixels:
        """The picture, RGB."""
        return read_picture(self.path)


def read_picture(path: Path, *, colour: bool = True) -> Pixels:
    """Decodes a picture file as RGB (H, W, 3), or as stored grey values (H, W).

    Raises:
        TrackerError: if the file is missing or no picture.
    """
    picture = cv2.imread(str(path), cv2.IMREAD_COLOR if colour else cv2.IMREAD_UNCHANGED)
    if picture is None:
        raise TrackerError(f"{path} can't be read as a picture; check the training data's folder.")
    if not colour:
        return np.asarray(picture if picture.ndim == 2 else picture[..., 0], dtype=np.uint8)
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), dtype=np.uint8)
