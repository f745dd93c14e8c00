"""Frames of a Sequence as picture files beside an export."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import cv2

from app.errors import AppError
from app.formats.format import Format
from app.formats.progress import Progress
from app.formats.selection import Selection
from app.media.frame_source import Frame, FrameSource

OpenSource = Callable[[Path], FrameSource]

_JPEG_QUALITY = 95


def write_pictures(
    selection: Selection, known: Format, folder: Path, open_source: OpenSource, progress: Progress
) -> None:
    """Write every exported frame where the format wants it.

    Args:
        selection: What is exported.
        known: Names the places.
        folder: Above all of them.
        open_source: Opens the video of a Sequence.
        progress: Told how many frames are done.

    Raises:
        AppError: A video cannot be read.
        OSError: A picture cannot be written.
        CancelledError: The person gave up.
    """
    total, done = sum(len(it.frames) for it in selection.sequences), 0
    for selected in selection.sequences:
        source = open_source(Path(selected.sequence.path))
        try:
            if source.frame_count < selected.sequence.frame_count:
                raise AppError(
                    "{0} has {1} frames and was labelled with "
                    "{2}: export without pictures, or put the right video there.",
                    selected.sequence.path,
                    source.frame_count,
                    selected.sequence.frame_count,
                )
            for index, frame in enumerate(selected.frames.tolist()):
                progress.at(done, total)
                done += 1
                paths = known.picture_paths(selected, index)
                if paths:
                    _write(source.read(frame), [folder / it for it in paths])
        finally:
            source.close()


def _write(picture: Frame, paths: list[Path]) -> None:
    suffix = paths[0].suffix.lower()
    quality = [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY] if suffix == ".jpg" else []
    done, data = cv2.imencode(suffix, cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), quality)
    if not done:
        raise AppError("{0} could not be made a picture: export without pictures.", paths[0].name)
    for number, path in enumerate(paths):
        path.parent.mkdir(parents=True, exist_ok=True)
        if number == 0:
            data.tofile(path)
            continue
        try:
            os.link(paths[0], path)  # one frame of several targets: the disk holds it once
        except OSError:
            data.tofile(path)
