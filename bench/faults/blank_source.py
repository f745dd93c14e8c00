"""A video without pictures, for labelling where only the project matters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from app.media.frame_loader import FrameLoader
from app.media.frame_source import Frame

FRAMES, WIDTH, HEIGHT = 400, 640, 480


class BlankSource:
    """Black frames, all the same one."""

    fps = 25.0

    def __init__(self, frame_count: int = FRAMES, width: int = WIDTH, height: int = HEIGHT) -> None:
        self.frame_count, self.width, self.height = frame_count, width, height
        self._frame: Frame = np.zeros((height, width, 3), dtype=np.uint8)
        self._frame.setflags(write=False)

    def time_of(self, index: int) -> float:
        """Seconds from the first frame."""
        return index / self.fps

    def read(self, index: int) -> Frame:  # noqa: ARG002 - one frame is as black as the other
        """A black picture."""
        return self._frame

    def close(self) -> None:
        """Nothing is held."""


def open_blank(
    path: Path,  # noqa: ARG001 - nothing is read
    progress: Callable[[int, int], None] | None = None,  # noqa: ARG001
    cancelled: Callable[[], bool] | None = None,  # noqa: ARG001
) -> BlankSource:
    """Opens anything, in no time."""
    return BlankSource()


def blank_loader(videos: Mapping[str, int], width: int = WIDTH, height: int = HEIGHT) -> FrameLoader:
    """Opens paths whose names without ending are in ``videos``, with as many frames."""

    def open_source(path: Path, _progress: Callable[[int, int], None], _cancelled: Callable[[], bool]) -> BlankSource:
        return BlankSource(videos[path.stem], width, height)

    return FrameLoader(open_source=open_source)
