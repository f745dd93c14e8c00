"""What boxes in a row say about the movement, without any picture: jumps, changes of size, leaving the picture."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Boxes = npt.NDArray[np.float64]
"""``(N, 4)``: x, y, w, h in image pixels, frame by frame; NaN where there is no box."""
Numbers = npt.NDArray[np.float64]
"""``(N,)``, one a frame."""


def jumps(boxes: Boxes) -> Numbers:
    """How far each box lies from where one would expect it after the two before, in target sizes.

    One may expect that it stays or that it goes on as it did, whichever is nearer: an object that stops at once has
    not jumped. 0 where too little is known.
    """
    centers = boxes[:, :2] + boxes[:, 2:] / 2
    sizes = np.sqrt(boxes[:, 2] * boxes[:, 3])
    steps = np.diff(centers, axis=0)
    still = np.hypot(steps[:, 0], steps[:, 1])
    moving = still.copy()
    if len(steps) > 1:
        change = np.diff(steps, axis=0)
        moving[1:] = np.hypot(change[:, 0], change[:, 1])
    out = np.zeros(len(boxes))
    out[1:] = np.nan_to_num(np.fmin(still, moving) / np.fmin(sizes[:-1], sizes[1:]))
    return out


def size_changes(boxes: Boxes) -> Numbers:
    """By which factor the side of each box differs from the one before, 1 or more; 1 where too little is known."""
    sizes = np.sqrt(boxes[:, 2] * boxes[:, 3])
    out = np.ones(len(boxes))
    out[1:] = np.nan_to_num(np.exp(np.abs(np.diff(np.log(sizes)))), nan=1.0)
    return out


def has_left(boxes: Boxes, width: int, height: int) -> npt.NDArray[np.bool_]:
    """Whether the centre of each box, or more than half of its area, is outside the picture; False without a box."""
    x, y, w, h = boxes.T
    inside_x = np.clip(x + w, 0, width) - np.clip(x, 0, width)
    inside_y = np.clip(y + h, 0, height) - np.clip(y, 0, height)
    center_x, center_y = x + w / 2, y + h / 2
    out = (center_x < 0) | (center_y < 0) | (center_x > width) | (center_y > height)
    return np.asarray(out | (inside_x * inside_y < 0.5 * w * h))
