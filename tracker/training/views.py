"""Where a search area lies and what is in it: jitter, the map from picture to crop, boxes under it, IoU proposals.

A view is a (2, 3) affine matrix from picture to crop pixels, edge convention on both sides (spec sections 5.1-5.3
with exact geometry).
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from tracker.box_arrays import ious
from tracker.training.records import Floats, Pixels

Matrix = npt.NDArray[np.float64]
Rng = np.random.Generator

PROPOSAL_SCALES = (0.01, 0.05, 0.1, 0.2, 0.3)
PROPOSAL_TRIES = 100
LEAST_PROPOSAL_IOU = 0.1
ALIASING_SCALE = 0.5


def compose(outer: Matrix, inner: Matrix) -> Matrix:
    """The matrix of ``outer(inner(point))``."""
    return np.hstack([outer[:, :2] @ inner[:, :2], outer[:, :2] @ inner[:, 2:] + outer[:, 2:]])


def about(center: tuple[float, float], linear: Matrix) -> Matrix:
    """The linear map (2, 2) with ``center`` as its fixed point."""
    point = np.asarray(center, dtype=np.float64).reshape(2, 1)
    return np.hstack([linear, point - linear @ point])


def rect_to_rect(source: Floats | Matrix, target: Floats | Matrix) -> Matrix:
    """The axis-parallel map that takes box ``source`` (x, y, w, h) onto box ``target``."""
    sx, sy = float(target[2]) / float(source[2]), float(target[3]) / float(source[3])
    return np.asarray(
        [[sx, 0, float(target[0]) - sx * float(source[0])], [0, sy, float(target[1]) - sy * float(source[1])]]
    )


def jittered_view(
    box: Floats | Matrix, rng: Rng, size_jitter: float, offset: float, area_factor: float, crop_size: int
) -> Matrix:
    """A search area round a target, displaced and resized at random (spec 5.2).

    Args:
        box: Target (x, y, w, h) in the picture.
        rng: Source of chance.
        size_jitter: Standard deviation of the log size, each axis by itself.
        offset: Range of the centre in target sizes.
        area_factor: Side of the area in target sizes.
        crop_size: Side of the crop.
    """
    x, y, w, h = (float(value) for value in box)
    jw, jh = np.exp(rng.normal(0, size_jitter, 2)) * (w, h)
    size = float(np.sqrt(jw * jh))
    cx, cy = (x + w / 2, y + h / 2) + size * offset * (rng.random(2) - 0.5)
    side = max(area_factor * size, 4.0)
    scale = crop_size / side
    return np.asarray([[scale, 0, -scale * (cx - side / 2)], [0, scale, -scale * (cy - side / 2)]])


def shifted_inside(view: Matrix, width: int, height: int, crop_size: int) -> Matrix:
    """The view moved so that it shows as little as possible beyond the picture: small stills are mostly border else."""
    scale = float(view[0, 0])
    side = crop_size / scale
    moved = view.copy()
    for axis, extent in enumerate((width, height)):
        start = -view[axis, 2] / scale
        start = (extent - side) / 2 if side >= extent else min(max(start, 0.0), extent - side)
        moved[axis, 2] = -scale * start
    return moved


def warp(picture: Pixels, view: Matrix, width: int, height: int, border: int = cv2.BORDER_REPLICATE) -> Pixels:
    """The picture under a view, bilinear; strong reductions average first, so that they don't alias."""
    scale = float(np.sqrt(abs(np.linalg.det(view[:, :2]))))
    if scale < ALIASING_SCALE and min(picture.shape[:2]) > 16:
        rows, columns = picture.shape[:2]
        reduced = (max(8, round(columns * scale * 1.5)), max(8, round(rows * scale * 1.5)))
        if reduced[0] < columns and reduced[1] < rows:
            picture = np.asarray(cv2.resize(picture, reduced, interpolation=cv2.INTER_AREA), dtype=np.uint8)
            view = compose(view, np.asarray([[columns / reduced[0], 0, 0], [0, rows / reduced[1], 0]]))
    # cv2 counts from pixel centres, we count from edges
    half = np.asarray([[0.5], [0.5]])
    centred = np.hstack([view[:, :2], view[:, 2:] + view[:, :2] @ half - half])
    warped = cv2.warpAffine(picture, centred, (width, height), flags=cv2.INTER_LINEAR, borderMode=border)
    return np.asarray(warped, dtype=np.uint8)


def mapped_box(box: Floats | Matrix, view: Matrix, roundness: float = 0.5) -> Matrix:
    """The axis-parallel box round a mapped object.

    Objects seldom fill their boxes' corners, so under rotation the truth lies between the bounds of the mapped ellipse
    (``roundness`` 1) and those of the mapped rectangle (0). Without rotation both are exact.
    """
    x, y, w, h = (float(value) for value in box)
    center = view[:, :2] @ np.asarray([x + w / 2, y + h / 2]) + view[:, 2]
    halves = np.abs(view[:, :2]) * (w / 2, h / 2)
    extent = roundness * np.sqrt((halves**2).sum(axis=1)) + (1 - roundness) * halves.sum(axis=1)
    return np.concatenate([center - extent, 2 * extent])


def draw_proposals(box: Matrix, count: int, rng: Rng) -> tuple[Floats, Floats]:
    """Candidate boxes round the truth and their IoU (spec 5.3, without the rounding to whole pixels).

    Args:
        box: True box (4,) in crop pixels.
        count: How many.
        rng: Source of chance.

    Returns:
        Boxes (count, 4) and IoU (count,), each at least 0.1 unless 100 tries didn't find one.
    """
    x, y, w, h = (float(value) for value in box)
    size = float(np.sqrt(w * h))
    spread = rng.choice(PROPOSAL_SCALES, count) * size
    middle = np.asarray([x + w / 2, y + h / 2, w, h])
    proposals = np.empty((count, 4))
    overlaps = np.zeros(count)
    pending = np.arange(count)
    for _ in range(PROPOSAL_TRIES):
        drawn = middle + rng.normal(size=(len(pending), 4)) * spread[pending, None]
        for axis, extent in ((2, w), (3, h)):
            tiny = drawn[:, axis] <= 1
            drawn[tiny, axis] = extent * rng.uniform(0.15, 0.5, int(tiny.sum()))
        drawn[:, :2] -= drawn[:, 2:] / 2
        proposals[pending] = drawn
        overlaps[pending] = ious(drawn, box)
        pending = pending[overlaps[pending] <= LEAST_PROPOSAL_IOU]
        if not len(pending):
            break
        spread[pending] *= 0.9
    return proposals.astype(np.float32), overlaps.astype(np.float32)
