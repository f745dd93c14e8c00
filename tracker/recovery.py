"""Finding a lost target again: where to look, and how large the target may be there.

Not in the paper, whose tracker freezes when it finds nothing. The size to look for follows the weight-free idea of
KeepTrack (Mayer et al., ICCV 2021, section 3.5): the box may have shrunk with what was left to see of the target.
"""

from __future__ import annotations

import math

import numpy as np

from tracker.config import RecoveryConfig
from tracker.geometry import BoundingBox

_OVERLAP = 1.5
"""Neighbouring search regions share this many target sizes, so that the target is whole in one of them."""

_MOST_STEPS = 24
"""Places along the longer side of the picture at most: a speck of a target must not make thousands."""


def regrown_box(box: BoundingBox, sizes: tuple[float, ...], lost: int, config: RecoveryConfig) -> BoundingBox:
    """The box with the mean size of recent frames in which it was not smaller.

    Args:
        box: The last known box.
        sizes: Square roots of the areas of the recent boxes, newest last.
        lost: For how many frames the target has been lost; as many recent frames count, within limits.
        config: Those limits.
    """
    if not lost or not sizes:
        return box
    window = min(max(lost, config.least_window), config.history)
    last = math.sqrt(box.area)
    not_smaller = [size for size in sizes[-window:] if size >= last]
    return box.scaled(max(float(np.mean(not_smaller)) / last, 1.0)) if not_smaller else box


def places_elsewhere(
    home: BoundingBox, area_factor: float, picture_size: tuple[int, int], lost: int, config: RecoveryConfig
) -> list[tuple[float, float]]:
    """Centres (x, y) of the search regions to try in one frame beside the usual one.

    All places together cover the picture; each frame takes the next few, the nearest first, and starts over when all
    have had their turn.

    Args:
        home: Where the target was, with the size to look for.
        area_factor: Side of a search region over the target's size.
        picture_size: (width, height).
        lost: For how many frames the target has been lost.
        config: How many places a frame.
    """
    size = math.sqrt(home.area)
    step = max(size * max(area_factor - _OVERLAP, 1.0), max(picture_size) / _MOST_STEPS)
    centers = [_along(middle, step, extent) for middle, extent in zip(home.center, picture_size, strict=True)]
    places = [(x, y) for y in centers[1] for x in centers[0] if math.dist((x, y), home.center) > step / 2]
    if not places:
        return []
    places.sort(key=lambda place: math.dist(place, home.center))  # stable, so the same everywhere
    first = max(lost - config.after, 0) * config.places
    return [places[(first + number) % len(places)] for number in range(min(config.places, len(places)))]


def centered(box: BoundingBox, place: tuple[float, float]) -> BoundingBox:
    """The box with its centre at ``place`` (x, y)."""
    x, y = box.center
    return box.moved(place[0] - x, place[1] - y)


def _along(middle: float, step: float, extent: int) -> list[float]:
    """Multiples of ``step`` from ``middle`` in both directions, as far as the picture reaches."""
    middle = min(max(middle, 0.0), float(extent))
    before = math.ceil(max(middle - step / 2, 0.0) / step)
    after = math.ceil(max(extent - middle - step / 2, 0.0) / step)
    return [min(max(middle + number * step, 0.0), float(extent)) for number in range(-before, after + 1)]
