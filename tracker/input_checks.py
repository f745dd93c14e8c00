"""What the tracker accepts from outside, refused in words otherwise."""

from __future__ import annotations

import numpy as np

from tracker.errors import TrackerError
from tracker.geometry import BoundingBox
from tracker.search_region import Image

_LARGEST_BOX = 10.0
"""Times the picture's longer side; a larger box is a slip of the keyboard."""


def check_image(image: Image) -> None:
    """Refuses anything but an RGB uint8 picture (H, W, 3) with pixels.

    Raises:
        TrackerError: What it is instead.
    """
    if not isinstance(image, np.ndarray) or image.dtype != np.uint8 or image.ndim != 3 or image.shape[2] != 3:
        kind = f"{image.dtype} {image.shape}" if isinstance(image, np.ndarray) else type(image).__name__
        raise TrackerError(
            "The tracker takes pictures as RGB uint8 (height, width, 3), not {0}; convert it first.", kind
        )
    if 0 in image.shape:
        raise TrackerError("The picture has no pixels; take another one.")


def check_box(box: BoundingBox, image: Image | None) -> None:
    """Refuses a box that is not finite, has no size, or does not fit the picture (if there is one).

    Raises:
        TrackerError: What is wrong with it.
    """
    numbers = f"({box.x:g}, {box.y:g}, {box.w:g}, {box.h:g})"
    if not box.is_valid:
        raise TrackerError(
            "The box {0} is not usable: it needs a size, and a place near the picture; draw it again.", numbers
        )
    if image is None:
        return
    if max(box.w, box.h) > _LARGEST_BOX * max(image.shape[:2]):
        raise TrackerError("The box {0} is far larger than the picture; draw it round the object you see.", numbers)
    if box.clipped(image.shape[1], image.shape[0]) is None:
        raise TrackerError(
            "The box {0} lies outside the picture of {1} x {2} pixels; draw it inside.",
            numbers,
            image.shape[1],
            image.shape[0],
        )
