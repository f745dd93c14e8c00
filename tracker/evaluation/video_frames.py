"""Pictures of a video, read in order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np

from tracker.errors import TrackerError
from tracker.search_region import Image


class VideoFrames:
    """The frames of a video by number; going forward is cheap, going back begins anew.

    Args:
        path: The video.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._frames: Iterator[Image] = iter(())
        self._next = 0
        self._current: Image | None = None

    def __reduce__(self) -> tuple[type[VideoFrames], tuple[Path]]:
        """In another process the video is opened anew."""
        return VideoFrames, (self.path,)

    def read(self, index: int) -> Image:
        """Frame ``index`` from 0, RGB uint8 (H, W, 3).

        Raises:
            TrackerError: The video cannot be decoded, or is shorter.
        """
        if self._current is None or index < self._next - 1:
            self._frames, self._next = self._decoded(), 0
        while self._next <= index:
            self._current = next(self._frames, None)
            if self._current is None:
                raise TrackerError(f"{self.path} has no frame {index}; its table of boxes belongs to another video.")
            self._next += 1
        assert self._current is not None
        return self._current

    def _decoded(self) -> Iterator[Image]:
        try:
            with av.open(str(self.path)) as container:
                for frame in container.decode(video=0):
                    yield np.asarray(frame.to_ndarray(format="rgb24"), dtype=np.uint8)
        except (av.FFmpegError, IndexError) as error:
            raise TrackerError(f"{self.path} cannot be decoded as a video ({error}); restore the file.") from error
