"""The part of a picture round a box, small, for lists. No Qt: the worker makes some of them."""

from __future__ import annotations

import cv2
import numpy as np

from app.media.frame_source import Frame
from tracker.geometry import BoundingBox

_ROUND = 1.6
"""Side of what is cut out, over the box's longer side."""


def box_pixels(picture: Frame, box: BoundingBox, side: int) -> Frame:
    """The square round a box, RGB uint8 ``(side, side, 3)``; grey beyond the picture's edge, the box drawn thin."""
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
