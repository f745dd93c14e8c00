"""Small pictures of boxes."""

from __future__ import annotations

import cv2
import numpy as np
from PySide6.QtGui import QImage

from app.media.frame_source import Frame
from tracker.geometry import BoundingBox

_ROUND = 1.6
"""Side of what is cut out, over the box's longer side."""


def box_thumbnail(picture: Frame, box: BoundingBox, side: int) -> QImage:
    """The square round a box, ``side`` pixels wide; grey beyond the picture's edge, the box drawn thin."""
    return image_of(box_pixels(picture, box, side))


def box_pixels(picture: Frame, box: BoundingBox, side: int) -> Frame:
    """The same as pixels, RGB uint8 ``(side, side, 3)``."""
    extent = max(box.w, box.h, 4.0) * _ROUND
    scale = side / extent
    x, y = box.center
    shift = np.array([[scale, 0, side / 2 - scale * x], [0, scale, side / 2 - scale * y]])
    small = cv2.warpAffine(
        picture,
        shift,
        (side, side),
        flags=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(96, 96, 96),
    )
    corner = (round(side / 2 - scale * box.w / 2), round(side / 2 - scale * box.h / 2))
    end = (round(side / 2 + scale * box.w / 2) - 1, round(side / 2 + scale * box.h / 2) - 1)
    cv2.rectangle(small, corner, end, (255, 255, 255), 1)
    return np.asarray(small, dtype=np.uint8)


def image_of(pixels: Frame) -> QImage:
    """Pixels as a QImage of its own."""
    height, width = pixels.shape[:2]
    data = np.ascontiguousarray(pixels)
    return QImage(data.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
