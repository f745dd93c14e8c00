"""How much larger a target has become from one picture to the next, and where it went, by optical flow.

Not in the paper. The box branch answers for each frame anew, with an error of its own each time, so its word on the
size is only followed slowly; a target that grows fast then outruns its box. Optical flow is the opposite: it knows
nothing of the box, but tells well how far points of the target have moved apart since the last frame. So flow carries
the size from frame to frame, and the box branch puts right what drifts. Points in a grid, checked by following them
back, and the median over their pairs are those of the MedianFlow tracker (Kalal, Mikolajczyk, Matas, "Forward-Backward
Error", ICPR 2010).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from tracker.config import FlowConfig, TrackerConfig
from tracker.geometry import BoundingBox
from tracker.search_region import Image, SearchRegion, cut_search_region

_PER_PIXEL = 8
"""A box is rounded to such parts of an image pixel."""

_WINDOW = (11, 11)
"""Pixels about a point that must look alike."""

_LEVELS = 3
"""Halvings of the crop: movements of up to some 40 crop pixels are found."""

_STOP = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 10, 0.03)

_LEAST_POINTS = 8
_LEAST_PAIRS = 10

_STILL = 0.05
"""Crop pixels: whoever comes back as near as this is never among the worse half."""

_ASTRAY = 1.0
"""Crop pixels: whoever comes back no nearer than this is never among the better half."""

_CAME_BACK = 0.5
"""Crop pixels: within them a point counts as followed."""

_TOGETHER = 0.5
"""Crop pixels: whoever moves as the median but for so much moves with the rest."""

_FAR = 0.25
"""Share of the target's diagonal that two points must lie apart."""

Points = npt.NDArray[np.float32]
"""(n, 2) as x, y in crop pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class FlowOrigin:
    """The target in the picture where the flow to the next one begins.

    Attributes:
        pixels: Grey crop (S, S).
        region: Its place in the picture.
        box: The target, image pixels.
    """

    pixels: Image
    region: SearchRegion
    box: BoundingBox


def flow_origin(image: Image, box: BoundingBox, config: TrackerConfig) -> FlowOrigin | None:
    """What has to be kept of a picture (H, W, 3) with the target at ``box``; None where flow is switched off."""
    if not config.flow.points:
        return None
    # which points are believed is decided by thresholds: errors of rounding, which differ from processor to processor,
    # must not reach them
    x, y = (round(place * _PER_PIXEL) / _PER_PIXEL for place in box.center)
    w, h = (max(round(side * _PER_PIXEL), 1) / _PER_PIXEL for side in (box.w, box.h))
    box = BoundingBox(x - w / 2, y - h / 2, w, h)
    pixels, region = _grey_crop(image, box, config)
    return FlowOrigin(pixels, region, box)


@dataclass(frozen=True, slots=True)
class TargetFlow:
    """How the target has moved since the picture before.

    Attributes:
        log_growth: The logarithm of its size over that before, drawn to 0 by doubt.
        center: Where its box's centre is now, image pixels (x, y); None where too few points say so.
        came_back: Share of the points that came back when followed backward; None where there was no picture before.
    """

    log_growth: float = 0.0
    center: tuple[float, float] | None = None
    came_back: float | None = None


NO_FLOW = TargetFlow()


def target_flow(origin: FlowOrigin | None, image: Image, config: TrackerConfig) -> TargetFlow:
    """How the target has moved from the picture before to this one.

    Args:
        origin: Of the picture before, of the same size; None where there is none to start from.
        image: RGB (H, W, 3).
        config: Settings.
    """
    if origin is None:
        return NO_FLOW
    pixels, _ = _grey_crop(image, origin.box, config)
    box = origin.region.to_crop(origin.box)
    start, end, came_back = _followed(origin.pixels, pixels, _grid(box, config.flow))
    if len(start) < _LEAST_POINTS:
        return TargetFlow(came_back=came_back)
    growth = _log_growth(start, end, came_back, box, config.flow)
    if len(start) < config.flow.place_points or came_back < config.flow.place_share:
        return TargetFlow(growth, None, came_back)
    dx, dy = np.median(end - start, axis=0).tolist()
    x, y = origin.box.center
    return TargetFlow(growth, (x + dx * origin.region.scale, y + dy * origin.region.scale), came_back)


def _log_growth(start: Points, end: Points, came_back: float, box: BoundingBox, flow: FlowConfig) -> float:
    first, second = _pairs(len(start))
    # coordinate by coordinate: NumPy is slow on rows of two
    (x, y), (new_x, new_y) = ((points[first] - points[second]).T for points in (start, end))
    squared = x * x + y * y
    far = squared > (_FAR * math.hypot(box.w, box.h)) ** 2
    if int(far.sum()) < _LEAST_PAIRS:
        return 0.0
    # along the pair's own direction: errors of single points lengthen and shorten it alike
    ratios = np.log(np.maximum((x * new_x + y * new_y)[far] / squared[far], 0.2))
    growth = float(np.median(ratios))
    spread = float(np.median(np.abs(ratios - growth)))
    belief = min(came_back / flow.full_share, 1.0) / (1 + (spread / flow.spread) ** 2)
    return belief * min(max(growth, -flow.limit), flow.limit)


@lru_cache(maxsize=128)
def _pairs(count: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Both numbers of each pair of so many points."""
    return np.triu_indices(count, 1)


def _grey_crop(image: Image, box: BoundingBox, config: TrackerConfig) -> tuple[Image, SearchRegion]:
    flow = config.flow
    pixels, region = cut_search_region(
        image, box, replace(config, crop_size=flow.crop_size, search_area=flow.search_area)
    )
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)).astype(np.uint8, copy=False), region


def _grid(box: BoundingBox, flow: FlowConfig) -> Points:
    """Points evenly over the inner part of a box in crop pixels."""
    x, y = box.center
    reach = np.linspace(-flow.inner / 2, flow.inner / 2, flow.points)
    columns, rows = np.meshgrid(x + reach * box.w, y + reach * box.h)
    return np.stack([columns, rows], axis=-1).reshape(-1, 2).astype(np.float32)


def _followed(before: Image, after: Image, start: Points) -> tuple[Points, Points, float]:
    """Points (n, 2) of one crop and where they lie in the other, as far as they are to be believed.

    These are the better half of those that come back when followed backward, and of them the ones that move with the
    rest.

    Returns:
        Points (m, 2) of the first crop, the same in the second, and the share of all that came back.
    """
    end, found = _flow(before, after, start)
    back, found_back = _flow(after, before, end)
    error = np.linalg.norm(back - start, axis=1)
    usable = found & found_back
    came_back = float((usable & (error < _CAME_BACK)).mean())
    if usable.any():
        usable &= error <= min(max(float(np.median(error[usable])), _STILL), _ASTRAY)
    start, end = start[usable], end[usable]
    if not len(start):
        return start, end, came_back
    moved = end - start
    apart = np.linalg.norm(moved - np.median(moved, axis=0), axis=1)
    together = apart <= max(3 * float(np.median(apart)), _TOGETHER)
    return start[together], end[together], came_back


def _flow(before: Image, after: Image, start: Points) -> tuple[Points, npt.NDArray[np.bool_]]:
    end, status, _ = cv2.calcOpticalFlowPyrLK(
        before,
        after,
        start[:, None],
        start[:, None].copy(),  # only written to
        winSize=_WINDOW,
        maxLevel=_LEVELS,
        criteria=_STOP,
    )
    return np.asarray(end, dtype=np.float32)[:, 0], np.asarray(status)[:, 0] > 0
