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
        raise TrackerError(f"The tracker takes pictures as RGB uint8 (height, width, 3), not {kind}; convert it first.")
    if 0 in image.shape:
        raise TrackerError("The picture has no pixels; take another one.")


def check_box(box: BoundingBox, image: Image | None) -> None:
    """Refuses a box that is not finite, has no size, or does not fit the picture (if there is one).

    Raises:
        TrackerError: What is wrong with it.
    """
    numbers = f"({box.x:g}, {box.y:g}, {box.w:g}, {box.h:g})"
    if not box.is_valid:
        raise TrackerError(f"The box {numbers} is not usable: it needs finite numbers and a size; draw it again.")
    if image is None:
        return
    if max(box.w, box.h) > _LARGEST_BOX * max(image.shape[:2]):
        raise TrackerError(f"The box {numbers} is far larger than the picture; draw it round the object you see.")
    if box.clipped(image.shape[1], image.shape[0]) is None:
        raise TrackerError(
            f"The box {numbers} lies outside the picture of {image.shape[1]} x {image.shape[0]} pixels; draw it inside."
        )
