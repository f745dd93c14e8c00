"""Objects cut out of pictures, altered, and pasted into crops: the material of look-alikes, occluders and scenes."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from tracker.training.records import Floats, Pixels
from tracker.training.views import Matrix, Rng, compose, rect_to_rect, warp

LEAST_CUTOUT_PIXELS = 100
"""Smaller masks are mostly their own soft edge."""

LEAST_CUTOUT_FILL = 0.2
"""A mask that fills less of its box is mostly strings or scattered bits: nobody would see the target."""


@dataclass(frozen=True, slots=True)
class Patch:
    """A cut-out.

    Attributes:
        pixels: RGB (h, w, 3).
        alpha: Opacity (h, w), 0..255.
    """

    pixels: Pixels
    alpha: Pixels

    @property
    def rect(self) -> Matrix:
        """Its own frame as a box."""
        return np.asarray([0.0, 0.0, self.pixels.shape[1], self.pixels.shape[0]])


@dataclass(frozen=True, slots=True)
class Layer:
    """A patch at its place: ``view`` takes patch pixels to crop pixels."""

    patch: Patch
    view: Matrix


def patch_from_box(picture: Pixels, box: Floats | Matrix, rng: Rng) -> Patch | None:
    """The content of a box behind a soft-edged superellipse; None where too little is left inside the picture."""
    left, top = (max(0, round(float(value))) for value in box[:2])
    right = min(picture.shape[1], round(float(box[0] + box[2])))
    bottom = min(picture.shape[0], round(float(box[1] + box[3])))
    if right - left < 6 or bottom - top < 6:
        return None
    pixels = np.ascontiguousarray(picture[top:bottom, left:right])
    rows, columns = pixels.shape[:2]
    exponent = float(rng.choice((2.0, 3.0, 5.0)))
    v = np.abs((np.arange(rows) + 0.5) * 2 / rows - 1)[:, None] ** exponent
    u = np.abs((np.arange(columns) + 0.5) * 2 / columns - 1)[None] ** exponent
    feather = rng.uniform(0.08, 0.25)
    alpha = np.clip((1.0 - (u + v) ** (1 / exponent)) / feather, 0, 1) * 255
    return Patch(pixels, alpha.astype(np.uint8))


def patch_from_mask(picture: Pixels, mask: Pixels) -> tuple[Patch, Matrix] | None:
    """The largest connected part of the mask and its tight box; None where there is too little of it."""
    _, parts, statistics, _ = cv2.connectedComponentsWithStats(mask)
    if len(statistics) < 2:
        return None
    largest = 1 + int(statistics[1:, cv2.CC_STAT_AREA].argmax())
    left, top, width, height, area = (int(value) for value in statistics[largest])
    if min(width, height) < 6 or area < max(LEAST_CUTOUT_PIXELS, LEAST_CUTOUT_FILL * width * height):
        return None
    inside = (slice(top, top + height), slice(left, left + width))
    whole = np.where(parts[inside] == largest, np.uint8(255), np.uint8(0))
    soft = cv2.GaussianBlur(cv2.erode(whole, np.ones((3, 3), np.uint8)), (0, 0), 0.8)
    patch = Patch(np.ascontiguousarray(picture[inside]), np.asarray(soft, dtype=np.uint8))
    return patch, np.asarray([left, top, width, height], dtype=np.float64)


def disguised(patch: Patch, rng: Rng, other: Patch | None) -> Patch:
    """A look-alike of a patch: the same object, but to be told apart by colour, brightness or texture.

    A copy that can't be told apart would teach the classifier nothing, so the change is the same on all frames of an
    item and never nothing.

    Args:
        patch: The original.
        rng: Source of chance.
        other: Another object whose texture may be mixed in.
    """
    kind = rng.integers(0, 5)
    pixels = patch.pixels
    if kind == 0 or (kind == 4 and other is None):
        hsv = cv2.cvtColor(pixels, cv2.COLOR_RGB2HSV)
        turn = int(rng.choice((-1, 1)) * rng.integers(18, 90))
        hsv[..., 0] = ((hsv[..., 0].astype(np.int16) + turn) % 180).astype(np.uint8)
        hsv[..., 1] = np.maximum(hsv[..., 1], int(rng.integers(0, 90)))
        pixels = np.asarray(cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB), dtype=np.uint8)
    elif kind == 1:
        pixels = pixels[..., list(((1, 2, 0), (2, 0, 1), (1, 0, 2), (0, 2, 1), (2, 1, 0))[int(rng.integers(0, 5))])]
    elif kind == 2:
        factor = float(rng.choice((rng.uniform(0.35, 0.65), rng.uniform(1.4, 1.9))))
        pixels = np.clip(pixels.astype(np.float32) * factor, 0, 255)
    elif kind == 3:
        grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)[..., None].astype(np.float32)
        tint = rng.uniform(0.5, 1.4, 3)
        pixels = np.clip(grey * tint, 0, 255)
    elif other is not None:
        rows, columns = pixels.shape[:2]
        texture = cv2.resize(other.pixels, (columns, rows), interpolation=cv2.INTER_AREA).astype(np.float32)
        share = np.full((rows, columns, 1), rng.uniform(0.4, 0.7), dtype=np.float32)
        if rng.random() < 0.5:  # a part that looks different: other trousers, another label on the bottle
            share[:] = 0
            middle = int(rows * rng.uniform(0.35, 0.65))
            share[(slice(0, middle) if rng.random() < 0.5 else slice(middle, rows))] = 0.9
        pixels = pixels * (1 - share) + texture * share
    result = Patch(np.ascontiguousarray(pixels).astype(np.uint8), patch.alpha)
    return mirrored(result) if rng.random() < 0.5 else result


def mirrored(patch: Patch) -> Patch:
    """The patch with left and right exchanged."""
    return Patch(np.ascontiguousarray(patch.pixels[:, ::-1]), np.ascontiguousarray(patch.alpha[:, ::-1]))


def placed(patch: Patch, box: Matrix, rng: Rng, wobble: float = 1.0) -> Layer:
    """A patch over a box in crop pixels, slightly turned and stretched as another frame would show it."""
    angle = np.radians(rng.normal(0, 7 * wobble))
    stretch = np.exp(rng.normal(0, 0.08 * wobble, 2))
    turn = np.asarray([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) * stretch
    center = np.asarray([box[0] + box[2] / 2, box[1] + box[3] / 2]).reshape(2, 1)
    return Layer(patch, compose(np.hstack([turn, center - turn @ center]), rect_to_rect(patch.rect, box)))


def paste(crop: Pixels, layer: Layer) -> None:
    """Blends a layer into a crop, in place."""
    patch, view = layer.patch, layer.view
    rows, columns = patch.pixels.shape[:2]
    corners = view[:, :2] @ np.asarray([[0, columns, 0, columns], [0, 0, rows, rows]], dtype=np.float64) + view[:, 2:]
    left, top = (max(0, int(np.floor(value))) for value in corners.min(axis=1))
    right = min(crop.shape[1], int(np.ceil(corners[0].max())))
    bottom = min(crop.shape[0], int(np.ceil(corners[1].max())))
    if right <= left or bottom <= top:
        return
    local = view.copy()
    local[:, 2] -= (left, top)
    pixels = warp(patch.pixels, local, right - left, bottom - top).astype(np.float32)
    alpha = warp(patch.alpha, local, right - left, bottom - top, cv2.BORDER_CONSTANT)[..., None] / np.float32(255)
    region = crop[top:bottom, left:right]
    region[:] = (region + (pixels - region) * alpha + 0.5).astype(np.uint8)
