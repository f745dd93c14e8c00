"""Small pictures of boxes as Qt paints them."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QImage

from app.media.frame_source import Frame
from app.session.box_pixels import box_pixels
from tracker.geometry import BoundingBox


def box_thumbnail(picture: Frame, box: BoundingBox, side: int) -> QImage:
    """The square round a box, ``side`` pixels wide."""
    return image_of(box_pixels(picture, box, side))


def image_of(pixels: Frame) -> QImage:
    """Pixels as a QImage of its own."""
    height, width = pixels.shape[:2]
    data = np.ascontiguousarray(pixels)
    return QImage(data.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
