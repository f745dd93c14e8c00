"""Videos decoded once into arrays on disk.

Training reads frames at random; seeking in a video for each would cost far more than the network. The arrays are
memory-mapped, so that the system keeps what is used and drops what is not.
"""

from __future__ import annotations

import os
from pathlib import Path

import av
import numpy as np

from tracker.errors import TrackerError
from tracker.training.records import Frames, ImageFiles, MappedFrames, Pixels


def decode_video(path: Path) -> Pixels:
    """All frames of a video, RGB uint8 (T, H, W, 3).

    Raises:
        TrackerError: if the file can't be decoded.
    """
    try:
        with av.open(str(path)) as container:
            frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    except (av.FFmpegError, IndexError) as error:
        raise TrackerError(f"{path} can't be decoded as a video ({error}).") from error
    if not frames:
        raise TrackerError(f"{path} holds no frames.")
    return np.stack(frames)


class VideoCache:
    """A folder of decoded videos and mask sequences."""

    def __init__(self, folder: Path) -> None:
        """Creates the folder if need be."""
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def frames(self, name: str, video: Path) -> MappedFrames:
        """Frames of ``video``, decoded at the first call."""
        target = self.folder / f"{name}.npy"
        if not target.exists():
            _write_array(target, decode_video(video))
        return MappedFrames(target)

    def masks(self, name: str, files: list[Path]) -> Frames:
        """Mask pictures of one sequence as one array."""
        target = self.folder / f"{name}.masks.npy"
        if not target.exists():
            pictures = ImageFiles(files, colour=False)
            _write_array(target, np.stack([pictures[index] for index in range(len(pictures))]))
        return MappedFrames(target)


def _write_array(target: Path, array: Pixels) -> None:
    """Writes beside and moves over: a killed run leaves no half-written cache."""
    beside = target.with_suffix(f".{os.getpid()}.part")
    with beside.open("wb") as file:
        np.save(file, array)
    beside.replace(target)
