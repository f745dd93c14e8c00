"""What a project can hold of a video or a folder of images."""

from __future__ import annotations

from app.document.model import MAX_FRAMES, Sequence
from app.errors import AppError


def require_possible(sequence: Sequence) -> None:
    """Refuse a Sequence that no project file can hold.

    Raises:
        AppError: Its path is no text, or it has no frame or too many.
    """
    if any("\ud800" <= character <= "\udfff" for character in sequence.path):
        raise AppError("The name of {0!a} is not valid Unicode: rename the file.", sequence.path)
    if not 1 <= sequence.frame_count <= MAX_FRAMES:
        raise AppError("{0} has {1} frames: a sequence has 1 to {2}.", sequence.path, sequence.frame_count, MAX_FRAMES)
