"""Opens whatever a person points at as a FrameSource, or says in one sentence why that is not possible."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.errors import AppError
from app.media.fingerprint import fingerprint
from app.media.frame_source import FrameSource, SourceInfo
from app.media.frame_times import FrameTimes
from app.media.image_files import IMAGE_SUFFIXES
from app.media.image_folder import ImageFolder, open_image_folder
from app.media.index_cache import cached_index, remember_index
from app.media.video_indexing import build_index
from app.media.video_source import VideoSource


def open_source(
    path: Path,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> FrameSource:
    """Open a video file or an image folder.

    A video is demuxed as a whole the first time, which can take seconds; the result is kept in the user's cache
    folder, recognised by the video's content.

    Args:
        path: Video file or image folder.
        progress: Called with (done, total) now and then, in units that only their ratio gives a meaning.
        cancelled: Asked now and then from the same thread; True gives up.

    Raises:
        AppError: Missing, unreadable, neither a video nor a folder of pictures, empty, or cancelled.
    """
    path = Path(path)
    if path.is_dir():
        return open_image_folder(path, progress, cancelled)
    if not path.exists():
        raise AppError("{0} is not there; check the name, or whether it was moved.", path)
    if not path.is_file():
        raise AppError("{0} is neither a file nor a folder; choose a video or a folder of pictures.", path)
    if path.suffix.lower() in IMAGE_SUFFIXES:
        raise AppError("{0} is a single picture; open the folder it is in, or a video.", path)
    size, content = fingerprint(path)
    if size == 0:
        raise AppError("{0} is empty; copy or record the video again.", path)
    index = cached_index(content)
    if index is not None:
        return VideoSource(path, index)
    index = build_index(path, progress or _ignore, cancelled or _never)
    source = VideoSource(path, index)
    remember_index(content, index)
    return source


def describe_source(path: Path, source: FrameSource) -> SourceInfo:
    """What a project stores of an opened source.

    Raises:
        AppError: The file or folder can no longer be read.
    """
    path = Path(path).absolute()
    # a folder has been looked through already
    size, content = source.pictures.fingerprint() if isinstance(source, ImageFolder) else fingerprint(path)
    return SourceInfo(
        path=path,
        name=path.name if path.is_dir() else path.stem,
        frame_count=source.frame_count,
        width=source.width,
        height=source.height,
        fps=source.fps,
        file_size=size,
        fingerprint=content,
        times=FrameTimes.read(source.frame_count, source.time_of),
    )


def _ignore(_done: int, _total: int) -> None:
    pass


def _never() -> bool:
    return False
