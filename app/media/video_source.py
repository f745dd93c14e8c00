"""A video file as a FrameSource."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from av.video.frame import VideoFrame

from app.errors import AppError
from app.media.frame_source import Frame
from app.media.frame_stepper import DecodingInterruptedError, FrameStepper
from app.media.video_decoder import Orientation, VideoDecoder
from app.media.video_index import VideoIndex
from app.spoken import shown_frame

# Where the way is shorter there is nothing to gain.
_FAR = 24
_GLANCE_BYTES = 32 * 2**20


class VideoSource:
    """Frames of one video, the same picture whether sought or read on to; implements ``GlancingSource``."""

    def __init__(self, path: Path, index: VideoIndex) -> None:
        """Open ``path``, whose frames are ``index``.

        Raises:
            AppError: The file cannot be opened, or its first frame not be decoded.
        """
        self._index = index
        self._decoder = VideoDecoder(path, one_thread=index.damaged)
        self._stepper = FrameStepper(self._decoder, index)
        self._leaper: FrameStepper | None = None
        self._looked_at = 0
        try:
            self._orientation = Orientation.of(self._stepper.decode(0))
        except AppError:
            self._decoder.close()
            raise

    @property
    def frame_count(self) -> int:
        """Number of frames, counted by decoding."""
        return self._index.frame_count

    @property
    def width(self) -> int:
        """Width of every frame in pixels, after rotation."""
        return self._index.height if self._orientation.transposed else self._index.width

    @property
    def height(self) -> int:
        """Height of every frame in pixels, after rotation."""
        return self._index.width if self._orientation.transposed else self._index.height

    @property
    def fps(self) -> float:
        """Average frames per second."""
        return self._index.fps

    def time_of(self, index: int) -> float:
        """Presentation time of a frame in seconds from the first one."""
        return self._index.time_of(index)

    def read(self, index: int) -> Frame:
        """Frame ``index`` (0-based).

        Raises:
            IndexError: ``index`` is not in ``range(frame_count)``.
            AppError: The file is damaged there, changes its picture size there, or can no longer be read.
        """
        self._check(index)
        return self._picture(index, self._stepper.decode(index))

    def read_unless(self, index: int, interrupted: Callable[[], bool]) -> Frame | None:
        """See ``GlancingSource``."""
        self._check(index)
        try:
            return self._picture(index, self._stepper.decode(index, interrupted))
        except DecodingInterruptedError:
            return None

    def glance(self, index: int) -> Frame | None:
        """See ``GlancingSource``."""
        self._check(index)
        leap, self._looked_at = abs(index - self._looked_at), index
        if self._stepper.damaged or self._stepper.is_near(index) or not self._decoder.can_leave_out:
            return None
        follows = self._leaper is not None and self._leaper.is_near(index)
        if not follows and (leap < _FAR or index - self._stepper.key_before(index) < _FAR):
            return None
        try:
            if self._leaper is None:
                decoder = VideoDecoder(self._decoder.path)
                self._leaper = FrameStepper(decoder, self._index, _GLANCE_BYTES, in_leaps=True)
            return self._picture(index, self._leaper.decode(index))
        except AppError:
            return None  # the long way says what is wrong

    def _check(self, index: int) -> None:
        if not 0 <= index < self._index.frame_count:
            raise IndexError(index)

    def _picture(self, index: int, decoded: VideoFrame) -> Frame:
        if (decoded.width, decoded.height) != (self._index.width, self._index.height):
            raise AppError(
                "Frame {0} of {1} is {2} x {3} pixels and the first one "
                "{4} x {5}; convert the video to one size first.",
                shown_frame(index),
                self._decoder.path,
                decoded.width,
                decoded.height,
                self._index.width,
                self._index.height,
            )
        frame = np.ascontiguousarray(self._orientation.apply(self._decoder.to_rgb(decoded)))
        frame.setflags(write=False)
        return frame

    def close(self) -> None:
        """Let go of the file."""
        for stepper in (self._stepper, self._leaper):
            if stepper is not None:
                stepper.close()
