"""The crop round the last position, and the only conversion between crop pixels and image pixels.

Both frames of reference use the edge convention of ``tracker.geometry``: pixel 0 covers [0, 1). In these coordinates
the index-based formulas of the published trackers (specification 3.2) take the same form as the exact ones; what
differs is which pixels are cut, what is reported about them, and a drift when a refined box comes back.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from tracker.config import BorderMode, Geometry, TrackerConfig, WindowRule
from tracker.geometry import BoundingBox

FEATURE_STRIDE = 16
"""Crop pixels per cell of the score map."""

_DECIMATED_FROM = 4.0
"""In the exact geometry pixels are averaged up to this reduction; beyond it, rows and columns are skipped first, so
that a crop costs the same in every size of picture."""

Image = npt.NDArray[np.uint8]
Pixels = npt.NDArray[np.uint8 | np.float32]


@dataclass(frozen=True, slots=True)
class SearchRegion:
    """Where a square crop lies in the picture.

    Attributes:
        center_x: Of the crop, in image pixels.
        center_y: Of the crop, in image pixels.
        scale: Image pixels per crop pixel.
        size: Side of the crop in crop pixels.
        drift: Crop pixels that a *refined* box is off when it comes back to the picture: 0.5 in the geometry of the
            published trackers (3.5 trap a), 0 in the exact one.
    """

    center_x: float
    center_y: float
    scale: float
    size: int
    drift: float = 0.0

    def to_crop(self, box: BoundingBox) -> BoundingBox:
        """A box in image pixels as one in crop pixels."""
        half, s = self.size / 2, self.scale
        return BoundingBox((box.x - self.center_x) / s + half, (box.y - self.center_y) / s + half, box.w / s, box.h / s)

    def to_image(self, box: BoundingBox) -> BoundingBox:
        """A box in crop pixels as one in image pixels; undoes ``to_crop``."""
        half, s = self.size / 2, self.scale
        return BoundingBox((box.x - half) * s + self.center_x, (box.y - half) * s + self.center_y, box.w * s, box.h * s)

    def refined_to_image(self, box: BoundingBox) -> BoundingBox:
        """A box from the box refinement in image pixels, with the geometry's drift."""
        return self.to_image(box.moved(self.drift, self.drift))

    def cell_to_image(self, row: float, column: float) -> tuple[float, float]:
        """Centre (x, y) in image pixels of a score map cell; cell t is centred at crop coordinate 16 t."""
        half = self.size / 2
        x, y = column * FEATURE_STRIDE - half, row * FEATURE_STRIDE - half
        return x * self.scale + self.center_x, y * self.scale + self.center_y

    def to_cell(self, x: float, y: float) -> tuple[float, float]:
        """(row, column) in score map cells of a point in image pixels."""
        half = self.size / 2
        row = ((y - self.center_y) / self.scale + half) / FEATURE_STRIDE
        column = ((x - self.center_x) / self.scale + half) / FEATURE_STRIDE
        return row, column

    @property
    def image_box(self) -> BoundingBox:
        """The crop in image pixels."""
        return self.to_image(BoundingBox(0, 0, self.size, self.size))

    def score_map_box(self, rows: int, columns: int) -> BoundingBox:
        """The score map in image pixels: half a cell beyond the crop on every side."""
        margin = -FEATURE_STRIDE / 2
        return self.to_image(BoundingBox(margin, margin, columns * FEATURE_STRIDE, rows * FEATURE_STRIDE))


def search_scale(box: BoundingBox, config: TrackerConfig) -> float:
    """Image pixels per crop pixel of the search region that goes with a target box (3.2)."""
    return config.search_area * math.sqrt(box.area) / config.crop_size


def cut_search_region(image: Image, box: BoundingBox, config: TrackerConfig) -> tuple[Pixels, SearchRegion]:
    """The crop round a target for tracking (3.3).

    Args:
        image: RGB (H, W, 3).
        box: Last known target box in image pixels.
        config: Settings.

    Returns:
        Crop (S, S, 3), uint8 in the exact geometry and float32 in the other, and its place.
    """
    side = search_scale(box, config) * config.crop_size
    x, y = box.center
    return _cut(image, (y, x), side, config.crop_size, config.border_mode, config)


def cut_initial_patch(image: Image, box: BoundingBox, size: int, config: TrackerConfig) -> tuple[Pixels, SearchRegion]:
    """The patch round an annotated target that the first samples are made from; edges are always repeated (3.4).

    Args:
        image: RGB (H, W, 3).
        box: The annotated box in image pixels.
        size: Side of the patch in crop pixels.
        config: Settings.

    Returns:
        Patch (size, size, 3) and its place.
    """
    scale = search_scale(box, config)
    x, y = box.center
    if config.geometry is Geometry.EXACT:
        return _cut(image, (y, x), scale * size, size, BorderMode.REPLICATE, config)
    # The published trackers round the centre here and then assume, not measure, where the patch lies.
    row, column = round(y - 0.5), round(x - 0.5)
    pixels, _ = _cut(image, (row + 0.5, column + 0.5), scale * size, size, BorderMode.REPLICATE, config)
    return pixels, SearchRegion(column + 0.5, row + 0.5, scale, size, drift=0.5)


def _cut(
    image: Image, center: tuple[float, float], side: float, size: int, border: BorderMode, config: TrackerConfig
) -> tuple[Pixels, SearchRegion]:
    """Cuts a square of ``side`` image pixels round ``center`` (row, column) and resizes it to ``size``."""
    exact = config.geometry is Geometry.EXACT
    picture: Pixels = image
    picture_size = np.array(image.shape[:2])
    if border is not BorderMode.REPLICATE:
        ratios = side / picture_size
        shrink = float(ratios.max() if border is BorderMode.INSIDE else ratios.min())
        side = math.trunc(side / min(max(shrink, 1.0), config.max_shrink or math.inf))
    reduction = side / size
    step = max(math.trunc(2 * reduction / _DECIMATED_FROM) if exact else math.trunc(reduction - 0.1), 1)
    # Edge coordinates of an exact centre, or the pixel that an index-based centre truncates to.
    middle = np.array(center) if exact else np.trunc(np.array(center) - 0.5)
    offset = np.zeros(2, dtype=int)
    if step > 1:
        offset = np.minimum(np.floor(middle % step).astype(int), picture_size - 1)
        picture = picture[offset[0] :: step, offset[1] :: step]
        picture_size = np.array(picture.shape[:2])
        # Kept pixel i stands for the block of `step` pixels centred on it.
        middle = (middle - offset + (step - 1) / 2) / step if exact else (middle - offset) // step
    count = max(round(side / step), 2)
    if exact and count > 2 * size:
        count -= count % 2  # halves without a remainder
    first, end = _window(middle, count, config.window_rule)
    if border is not BorderMode.REPLICATE:
        first, end = _moved_inside(first, end, picture_size)
    rows, columns = (np.trunc(np.array([first[axis], end[axis]])).astype(int) for axis in (0, 1))
    window = clipped_window(picture, int(rows[0]), int(rows[1]), int(columns[0]), int(columns[1]))
    pixels = _resized(window, size, averaged=exact)
    middle_of_window = step * (first + end) / 2
    if exact:
        middle_of_window = middle_of_window + offset - (step - 1) / 2
    scale = float(np.sqrt(np.prod(step * (end - first) / size)))
    region = SearchRegion(
        float(middle_of_window[1]), float(middle_of_window[0]), scale, size, drift=0.0 if exact else 0.5
    )
    return pixels, region


def _window(
    middle: npt.NDArray[np.float64], count: int, rule: WindowRule
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """First and one-past-last (row, column) of a window of about ``count`` pixels; whole numbers but for FLOAT."""
    match rule:
        case WindowRule.CENTERED:
            first = np.floor(middle - count / 2 + 0.5)
            return first, first + count
        case WindowRule.INTEGER:
            return middle - (count - 1) // 2, middle + count // 2 + 1
        case WindowRule.FLOAT:
            return middle - (count - 1) / 2, middle + count / 2 + 1


def _moved_inside(
    first: npt.NDArray[np.float64], end: npt.NDArray[np.float64], picture_size: npt.NDArray[np.int_]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """A window shifted into the picture, or centred on it where it is larger (3.3 step 6)."""
    shift = np.maximum(-first, 0) - np.maximum(end - picture_size, 0)
    first, end = first + shift, end + shift
    overhang = (np.maximum(-first, 0) + np.maximum(end - picture_size, 0)) // 2
    recentre = np.where(overhang > 0, -first - overhang, 0.0)
    return first + recentre, end + recentre


def clipped_window(picture: Pixels, top: int, bottom: int, left: int, right: int) -> Pixels:
    """Rows ``top`` to ``bottom`` and columns ``left`` to ``right`` (exclusive); edge pixels are repeated outside."""
    height, width = picture.shape[:2]
    if top >= 0 and left >= 0 and bottom <= height and right <= width:
        inside: Pixels = picture[top:bottom, left:right]
        return inside
    rows = np.clip(np.arange(top, bottom), 0, height - 1)
    columns = np.clip(np.arange(left, right), 0, width - 1)
    # only the rows and columns that exist are copied twice
    inner = picture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    repeated: Pixels = np.take(np.take(inner, rows - rows[0], axis=0), columns - columns[0], axis=1)
    return repeated


def _resized(window: Pixels, size: int, *, averaged: bool) -> Pixels:
    """A window resized to (size, size, 3), bilinear; averaged first where it is twice as large or more.

    Halving and then interpolating costs a tenth of OpenCV's averaging to an arbitrary size, and aliases little more.
    """
    if not averaged:
        window = window.astype(np.float32)
    if window.shape[:2] == (size, size):
        return window.copy()  # never a view of the caller's picture, which may be read-only or change
    if averaged and min(window.shape[:2]) >= 2 * size:
        half = (window.shape[1] // 2, window.shape[0] // 2)
        window = np.asarray(cv2.resize(window, half, interpolation=cv2.INTER_AREA))
    return np.asarray(cv2.resize(window, (size, size), interpolation=cv2.INTER_LINEAR))
