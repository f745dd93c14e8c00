"""One picture that shows a whole track: frames chosen evenly, each with its box and number."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from app.errors import AppError
from app.media.frame_source import Frame
from tracker.geometry import BoundingBox

_COLUMNS = 4
_THUMBNAIL_WIDTH = 320
_GAP = 8
_BACKGROUND = (24, 26, 30)
_BOX_COLOUR = (255, 176, 0)
_BOX_EDGE = (0, 0, 0)
_TEXT_COLOUR = (255, 255, 255)
_MOST_HEIGHT = 4 * _THUMBNAIL_WIDTH


def evenly(first: int, last: int, count: int) -> list[int]:
    """Up to ``count`` different frames from ``first`` to ``last`` inclusive, both among them, ascending."""
    low, high = min(first, last), max(first, last)
    steps = max(1, count - 1)
    return sorted({low + (high - low) * step // steps for step in range(steps + 1)})


def draw_contact_sheet(
    read: Callable[[int], Frame], box_at: Callable[[int], BoundingBox | None], frames: list[int]
) -> Image.Image:
    """Thumbnails of ``frames``, four a row, with boxes and frame numbers.

    Args:
        read: Gives a frame, RGB uint8 (H, W, 3).
        box_at: The box on a frame in image pixels, or None where there is none.
        frames: At least one.

    Raises:
        AppError: A frame cannot be read.
    """
    thumbnails = [_thumbnail(read(frame), box_at(frame), frame) for frame in frames]
    width, height = thumbnails[0].size
    columns = min(_COLUMNS, len(frames))
    rows = -(-len(frames) // columns)
    sheet = Image.new("RGB", (columns * (width + _GAP) + _GAP, rows * (height + _GAP) + _GAP), _BACKGROUND)
    for place, thumbnail in enumerate(thumbnails):
        row, column = divmod(place, columns)
        sheet.paste(thumbnail, (_GAP + column * (width + _GAP), _GAP + row * (height + _GAP)))
    return sheet


def save_png(picture: Image.Image, path: Path) -> None:
    """Write a PNG that appears whole or not at all.

    Raises:
        AppError: It cannot be written.
    """
    part = path.absolute().with_name(f".{secrets.token_hex(6)}.dimple-part")
    try:
        try:
            picture.save(part, format="PNG")
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise AppError(f"{path} could not be written ({error.strerror or error}); choose another place.") from error


def _thumbnail(frame: Frame, box: BoundingBox | None, number: int) -> Image.Image:
    picture = Image.fromarray(frame)
    scale = min(_THUMBNAIL_WIDTH / picture.width, _MOST_HEIGHT / picture.height)
    small = picture.resize((max(1, round(picture.width * scale)), max(1, round(picture.height * scale))))
    draw = ImageDraw.Draw(small)
    if box is not None:
        corners = (box.x * scale, box.y * scale, box.right * scale, box.bottom * scale)
        # a dark line outside the light one shows on any background
        draw.rectangle(corners, outline=_BOX_EDGE, width=4)
        draw.rectangle(corners, outline=_BOX_COLOUR, width=2)
    label = f"{number}" if box is not None else f"{number}  no box"
    font = ImageFont.load_default(16)
    left, top, right, bottom = draw.textbbox((6, 4), label, font=font)
    draw.rectangle((left - 4, top - 3, right + 4, bottom + 3), fill=_BACKGROUND)
    draw.text((6, 4), label, fill=_TEXT_COLOUR, font=font)
    return small
