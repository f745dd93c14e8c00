"""How a crop's pixels change from frame to frame: light, colour, blur, noise, compression (spec 5.2 and more)."""

from __future__ import annotations

import cv2
import numpy as np

from tracker.training.records import Pixels
from tracker.training.views import Rng

GREY_PROBABILITY = 0.05


def photometric(crop: Pixels, rng: Rng, strength: float, *, grey: bool) -> Pixels:
    """A changed copy of a crop.

    Args:
        crop: RGB (S, S, 3).
        rng: Source of chance.
        strength: 0 leaves the crop as it is (but for ``grey``), 1 is for training.
        grey: Take the colour away; decided once for all frames of an item.
    """
    if strength > 0:
        crop = _light(crop, rng, strength)
        if rng.random() < 0.18 * strength:
            crop = _blur(crop, rng)
        if rng.random() < 0.10 * strength:
            noise = rng.normal(0, rng.uniform(2, 10), (*crop.shape[:2], 1)).astype(np.float32)
            crop = np.clip(crop + noise, 0, 255).astype(np.uint8)
        if rng.random() < 0.20 * strength:
            quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(20, 80))]
            crop = np.asarray(cv2.imdecode(cv2.imencode(".jpg", crop, quality)[1], cv2.IMREAD_COLOR), dtype=np.uint8)
    if grey:
        crop = np.repeat(cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY)[..., None], 3, axis=2)
    return crop


def _light(crop: Pixels, rng: Rng, strength: float) -> Pixels:
    """Brightness, contrast, gamma and a slight colour cast in one table a channel."""
    level = np.arange(256, dtype=np.float64) / 255
    gamma = np.exp(rng.normal(0, 0.12 * strength))
    contrast = 1 + strength * rng.uniform(-0.2, 0.2)
    gains = (1 + strength * rng.uniform(-0.2, 0.2)) * np.exp(rng.normal(0, 0.03 * strength, 3))
    table = ((level[:, None] ** gamma - 0.45) * contrast + 0.45) * gains
    return np.asarray(cv2.LUT(crop, (np.clip(table, 0, 1) * 255).round().astype(np.uint8)[:, None, :]), dtype=np.uint8)


def _blur(crop: Pixels, rng: Rng) -> Pixels:
    """Out of focus, or smeared along a line as by a fast move."""
    if rng.random() < 0.5:
        return np.asarray(cv2.GaussianBlur(crop, (0, 0), rng.uniform(0.6, 2.2)), dtype=np.uint8)
    length = int(rng.integers(3, 15))
    kernel = np.zeros((length, length), dtype=np.float32)
    angle = rng.uniform(0, np.pi)
    middle = (length - 1) / 2
    offset = (middle * np.cos(angle), middle * np.sin(angle))
    start = (round(middle - offset[0]), round(middle - offset[1]))
    end = (round(middle + offset[0]), round(middle + offset[1]))
    cv2.line(kernel, start, end, 1.0)
    return np.asarray(cv2.filter2D(crop, -1, kernel / kernel.sum()), dtype=np.uint8)
