"""Picture files: which files of a folder are frames, their order, their size, and their pixels as RGB."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from app.errors import AppError
from app.media.frame_source import Frame, OpeningCancelledError

IMAGE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff", ".ppm", ".pgm", ".jp2"})

# What Pillow may take a file for, whatever its name says. It knows forty more kinds: rare decoders that few people have
# tried to break, and PostScript, for which it starts a program.
_KINDS = ("JPEG", "PNG", "BMP", "WEBP", "TIFF", "PPM", "JPEG2000")

# A guard against headers that claim absurd sizes; the largest cameras make 150 million pixels.
_LARGEST_PIXELS = 2**28
_CHECK_EVERY = 256
_DIGITS = re.compile(r"[0-9]+")
_EXIF_ORIENTATION = 0x0112
_ORIENTATIONS_THAT_SWAP_SIDES = frozenset({5, 6, 7, 8})


def list_images(folder: Path, cancelled: Callable[[], bool] | None = None) -> list[str]:
    """Names of the pictures of a folder in natural order (``2.jpg`` before ``10.jpg``); hidden files are left out.

    Args:
        folder: To be looked through.
        cancelled: Asked now and then; True gives up.

    Raises:
        OSError: The folder cannot be read.
        OpeningCancelledError: Given up.
    """
    names = []
    # without asking the disk for each of what may be a hundred thousand files
    with os.scandir(folder) as entries:
        for count, entry in enumerate(entries):
            if cancelled is not None and count % _CHECK_EVERY == 0 and cancelled():
                raise OpeningCancelledError("Opening {0} was cancelled.", folder)
            suffix = os.path.splitext(entry.name)[1].lower()  # noqa: PTH122  # a Path each costs a second
            if suffix in IMAGE_SUFFIXES and not entry.name.startswith(".") and entry.is_file():
                names.append(entry.name)
    return sorted(names, key=natural_key)


def pictures_in(folder: Path, cancelled: Callable[[], bool] | None = None) -> list[str]:
    """The same of a folder that is to be a video.

    Raises:
        AppError: There is none, the folder cannot be read, or given up.
    """
    try:
        names = list_images(folder, cancelled)
    except OSError as error:
        raise AppError("The folder {0} cannot be read ({1}).", folder, error.strerror or error) from error
    if not names:
        raise AppError("The folder {0} holds no pictures; choose one with JPEG, PNG, BMP, WebP or TIFF files.", folder)
    return names


def natural_key(name: str) -> str:
    """Sort key of a file's name: runs of digits are numbers; the name itself settles ``1.jpg`` against ``01.jpg``.

    One text and no list of parts: the order of a hundred thousand names is made in one go, which the window waits for.
    A number is told from other text by a character that no name has, and is longer than a lesser one.
    """
    return f"{_DIGITS.sub(_number_key, name.casefold())}\0\0{name}"


def _number_key(digits: re.Match[str]) -> str:
    number = digits[0].lstrip("0")
    return f"\0{chr(1 + len(number))}{number}"


def read_image_size(path: Path) -> tuple[int, int]:
    """(width, height) after EXIF rotation, from the header alone.

    Raises:
        AppError: Not a picture that can be read.
    """
    with _opened(path) as image:
        width, height = image.size
        swapped = image.getexif().get(_EXIF_ORIENTATION) in _ORIENTATIONS_THAT_SWAP_SIDES
    return (height, width) if swapped else (width, height)


def picture_size(path: Path) -> tuple[int, int] | None:
    """(width, height) as stored, before EXIF rotation; None where there is no picture that can be read."""
    try:
        with _opened(path) as image:
            return image.size
    except AppError:
        return None


def read_image(path: Path) -> Frame:
    """A picture as RGB uint8 ``(H, W, 3)``, rotated as its EXIF data say, read-only.

    Grey becomes equal red, green and blue; 16 bits are brought to 8 by the same division on every picture, so that
    brightness stays comparable from frame to frame; transparency is dropped.

    Raises:
        AppError: Not a picture that can be read.
    """
    with _opened(path) as image:
        upright = ImageOps.exif_transpose(image)
        pixels = _to_rgb(upright)
    pixels.setflags(write=False)
    return pixels


def _to_rgb(image: Image.Image) -> Frame:
    if image.mode == "I" or image.mode.startswith("I;16"):
        # Pillow's own conversion cuts 16 bits off at 255 instead of scaling them.
        grey = (np.clip(np.asarray(image).astype(np.int64), 0, 65535) >> 8).astype(np.uint8)
        return np.repeat(grey[:, :, None], 3, axis=2)
    if image.mode == "F":
        raise UnidentifiedImageError("floating-point pixels have no fixed white")
    return np.array(image.convert("RGB"), dtype=np.uint8, order="C")


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    """The picture with its header read; whatever Pillow finds wrong becomes one sentence that names the file."""
    try:
        with Image.open(path, formats=_KINDS) as image:
            if image.width * image.height > _LARGEST_PIXELS:
                raise Image.DecompressionBombError
            yield image
    except FileNotFoundError as error:
        raise AppError("The picture {0} is no longer there.", path) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise AppError("The picture {0} is too large to open; scale it down first.", path) from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise AppError("The picture {0} cannot be read: it is damaged or of an unknown kind.", path) from error
