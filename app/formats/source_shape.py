"""What an import is told of the video or the folder of images that its boxes belong to."""

from __future__ import annotations

from pathlib import Path

from app.document.model import Sequence
from app.formats.options import SourceShape
from app.media.frame_source import SourceInfo
from app.media.image_files import list_images


def shape_of(source: Sequence | SourceInfo) -> SourceShape:
    """Its numbers, and the names of its pictures where it is a folder that is there; looks through the folder."""
    pictures: list[str] = []
    folder = Path(source.path)
    try:
        if str(source.path) and folder.is_dir():
            pictures = list_images(folder)
    except OSError:
        pass  # frames are then found by numbers, as those of a video
    return SourceShape(source.name, source.frame_count, source.width, source.height, source.fps, tuple(pictures))
