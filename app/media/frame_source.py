"""Frame *i* of a video or an image folder, always the same picture however one gets there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from app.errors import AppError
from app.media.frame_times import FrameTimes

Frame = npt.NDArray[np.uint8]
"""One picture: RGB uint8 ``(H, W, 3)``, C-contiguous, read-only."""


class OpeningCancelledError(AppError):
    """The person gave up opening a source: nothing is wrong with it."""


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What there is to know of a video or image folder before any frame is shown.

    Attributes:
        path: Absolute path.
        name: The file's stem or the folder's name.
        frame_count: Counted by decoding.
        width: In pixels, after rotation.
        height: In pixels, after rotation.
        fps: Average frames per second.
        file_size: Bytes of the video file, or the sum over an image folder's pictures.
        fingerprint: SHA-256 over the size and parts of the content; recognises a moved file.
        times: When each frame is shown.
    """

    path: Path
    name: str
    frame_count: int
    width: int
    height: int
    fps: float
    file_size: int
    fingerprint: str
    times: FrameTimes = field(compare=False, repr=False)

    @property
    def facts(self) -> tuple[Path, str, int, int, int, float, int, str]:
        """All but the times, as ``Document.add_sequence`` takes them."""
        return (
            self.path,
            self.name,
            self.frame_count,
            self.width,
            self.height,
            self.fps,
            self.file_size,
            self.fingerprint,
        )


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


@runtime_checkable
class GlancingSource(FrameSource, Protocol):
    """A source with a quick way to frames that are far from the last one (docs/decisions/0015-far-frames.md)."""

    def glance(self, index: int) -> Frame | None:
        """What ``read`` gives, sooner; None where ``read`` is as quick.

        Where the file has damage that nobody has met yet it may be another picture: ``read`` it too as soon as there
        is time.

        Raises:
            IndexError: ``index`` is not in ``range(frame_count)``.
        """
        ...

    def read_unless(self, index: int, interrupted: Callable[[], bool]) -> Frame | None:
        """As ``read``; None as soon as ``interrupted``, which is asked on the way. Asked again it goes on from there.

        Raises:
            IndexError: ``index`` is not in ``range(frame_count)``.
            AppError: The file can no longer be read.
        """
        ...
