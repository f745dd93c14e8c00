"""Frame *i* of a video or an image folder, always the same picture however one gets there."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

Frame = npt.NDArray[np.uint8]
"""One picture: RGB uint8 ``(H, W, 3)``, C-contiguous, read-only."""


class FrameSource(Protocol):
    """Gives frame *i* of one Sequence. Not thread-safe: one instance a thread."""

    @property
    def frame_count(self) -> int:
        """Number of frames, counted by decoding."""
        ...

    @property
    def width(self) -> int:
        """Width of every frame in pixels, after rotation."""
        ...

    @property
    def height(self) -> int:
        """Height of every frame in pixels, after rotation."""
        ...

    @property
    def fps(self) -> float:
        """Average frames per second (for an image folder: the number it is played at)."""
        ...

    def time_of(self, index: int) -> float:
        """Presentation time of a frame in seconds from the first one."""
        ...

    def read(self, index: int) -> Frame:
        """Frame ``index`` (0-based).

        Raises:
            IndexError: ``index`` is not in ``range(frame_count)``.
            AppError: The file can no longer be read.
        """
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...
