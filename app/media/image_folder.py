"""A folder of pictures as a FrameSource: frame i is the i-th picture in natural order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.errors import AppError
from app.media.fingerprint import PictureFiles, stat_of
from app.media.folder_cache import cached_size, mark_of, remember_size
from app.media.frame_source import Frame, OpeningCancelledError
from app.media.image_files import pictures_in, read_image, read_image_size

_FRAMES_PER_SECOND = 25.0
_CHECK_EVERY = 64


class ImageFolder:
    """Frames from the pictures of one folder; implements ``FrameSource``.

    Attributes:
        pictures: The files.
    """

    def __init__(self, pictures: PictureFiles, width: int, height: int) -> None:
        """Take pictures that are known to have one size; ``open_image_folder`` makes sure of it."""
        self.pictures = pictures
        self._width, self._height = width, height

    @property
    def frame_count(self) -> int:
        """Number of pictures."""
        return len(self.pictures.names)

    @property
    def width(self) -> int:
        """Width of every picture in pixels, after EXIF rotation."""
        return self._width

    @property
    def height(self) -> int:
        """Height of every picture in pixels, after EXIF rotation."""
        return self._height

    @property
    def fps(self) -> float:
        """Pictures carry no times: the number they are played at."""
        return _FRAMES_PER_SECOND

    def time_of(self, index: int) -> float:
        """Seconds from the first picture at ``fps``."""
        return index / _FRAMES_PER_SECOND

    def read(self, index: int) -> Frame:
        """Picture ``index`` (0-based).

        Raises:
            IndexError: ``index`` is not in ``range(frame_count)``.
            AppError: The file is gone, damaged, or has another size than before.
        """
        if not 0 <= index < self.frame_count:
            raise IndexError(index)
        folder, names = self.pictures.folder, self.pictures.names
        path = folder / names[index]
        frame = read_image(path)
        height, width = frame.shape[:2]
        if (width, height) != (self._width, self._height):
            raise _other_size(path, (width, height), names[0], (self._width, self._height))
        return frame

    def close(self) -> None:
        """Nothing is held open between reads."""


def open_image_folder(
    path: Path,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImageFolder:
    """A folder as a FrameSource, after a look at every picture's header, the first time or when any has changed.

    Args:
        path: The folder.
        progress: Called with (pictures looked at, pictures in all).
        cancelled: Asked now and then; True gives up.

    Raises:
        AppError: No pictures, an unreadable one, pictures of different sizes, or cancelled.
    """
    names = pictures_in(path, cancelled)

    def look_at(done: int) -> None:
        if done % _CHECK_EVERY == 0 and cancelled is not None and cancelled():
            raise OpeningCancelledError("Opening {0} was cancelled.", path)

    stats = []
    for done, name in enumerate(names):
        look_at(done)
        stats.append(stat_of(path / name))
    mark = mark_of(names, stats)
    size = cached_size(mark)
    if size is None:
        size = read_image_size(path / names[0])
        for done, name in enumerate(names):
            look_at(done)
            if progress is not None and done % _CHECK_EVERY == 0:
                progress(done, len(names))
            found = read_image_size(path / name)
            if found != size:
                raise _other_size(path / name, found, names[0], size)
        remember_size(mark, size)
    return ImageFolder(PictureFiles(path, names, [it.st_size for it in stats]), *size)


def _other_size(path: Path, size: tuple[int, int], first: str, first_size: tuple[int, int]) -> AppError:
    return AppError(
        "The picture {0} is {1} x {2} pixels but {3} is {4} x {5}; put pictures of one size into a folder.",
        path,
        size[0],
        size[1],
        first,
        first_size[0],
        first_size[1],
    )
