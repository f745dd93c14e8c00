"""The samples that an annotated frame gives: shifted, mirrored, blurred and rotated crops (specification 3.4, 4.1)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from tracker.config import AugmentationConfig, Geometry, TrackerConfig
from tracker.geometry import BoundingBox
from tracker.search_region import Image, Pixels, SearchRegion, clipped_window, cut_initial_patch


@dataclass(frozen=True, slots=True)
class AnnotatedCrops:
    """Crops of one annotated frame; the first is the unaltered one.

    Attributes:
        pixels: (n, S, S, 3), RGB 0..255.
        boxes: Target box in each crop, crop pixels.
        region: Place of the unaltered crop in the picture.
    """

    pixels: Pixels
    boxes: tuple[BoundingBox, ...]
    region: SearchRegion


def annotated_crops(
    image: Image,
    box: BoundingBox,
    config: TrackerConfig,
    augmentation: AugmentationConfig,
    generator: np.random.Generator,
) -> AnnotatedCrops:
    """Makes the crops of an annotated frame, in the order identity, shifts, flip, blurs, rotations.

    Args:
        image: RGB (H, W, 3).
        box: The annotated box in image pixels.
        config: Geometry, crop size and search area.
        augmentation: Which crops.
        generator: Source of the random shifts.
    """
    size = config.crop_size
    patch_size = math.trunc(augmentation.expansion * size)
    patch_size += (patch_size - size) % 2  # the same parity, so that the crop can be exactly centred
    patch, patch_region = cut_initial_patch(image, box, patch_size, config)
    maker = _CropMaker(patch, patch_region.to_crop(box), size, config.geometry, augmentation, generator)
    region = SearchRegion(patch_region.center_x, patch_region.center_y, patch_region.scale, size, patch_region.drift)
    return AnnotatedCrops(*maker.make(), region)


class _CropMaker:
    """Alters one patch and cuts crops of it."""

    def __init__(
        self,
        patch: Pixels,
        box: BoundingBox,
        size: int,
        geometry: Geometry,
        augmentation: AugmentationConfig,
        generator: np.random.Generator,
    ) -> None:
        self._patch = patch
        self._box = box
        self._size = size
        self._exact = geometry is Geometry.EXACT
        self._augmentation = augmentation
        self._generator = generator
        self._crops: list[Pixels] = []
        self._boxes: list[BoundingBox] = []

    def make(self) -> tuple[Pixels, tuple[BoundingBox, ...]]:
        self._add(self._patch, self._box, (0, 0))
        for shift in self._augmentation.shifts:
            row, column = (math.trunc(part * self._size / 2) for part in shift)
            self._add(self._patch, self._box, (row, column))
        if self._augmentation.flip:
            mirrored = np.ascontiguousarray(self._patch[:, ::-1])
            self._add(mirrored, self._mirrored_box(), self._random_shift())
        for vertical, horizontal in self._augmentation.blurs:
            self._add(_blurred(self._patch, vertical, horizontal), self._box, self._random_shift())
        for angle in self._augmentation.rotations:
            self._add(_rotated(self._patch, angle), self._rotated_box(angle), self._random_shift())
        return np.stack(self._crops), tuple(self._boxes)

    def _add(self, patch: Pixels, box: BoundingBox, shift: tuple[int, int]) -> None:
        """Cuts the middle of a patch after moving its content by ``shift`` (rows, columns) down and to the right."""
        margin = (patch.shape[0] - self._size) // 2
        top, left = margin - shift[0], margin - shift[1]
        self._crops.append(clipped_window(patch, top, top + self._size, left, left + self._size))
        self._boxes.append(box.moved(-left, -top))

    def _random_shift(self) -> tuple[int, int]:
        row, column = (self._generator.random(2) - 0.5) * self._augmentation.random_shift * self._size
        return math.trunc(row), math.trunc(column)

    def _mirrored_box(self) -> BoundingBox:
        if not self._exact:  # the published trackers leave it; the target is centred to less than a pixel
            return self._box
        return BoundingBox(self._patch.shape[1] - self._box.right, self._box.y, self._box.w, self._box.h)

    def _rotated_box(self, angle: float) -> BoundingBox:
        """The box with its centre rotated and its size kept."""
        if not self._exact:
            return self._box
        cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        middle = self._patch.shape[0] / 2
        x, y = (part - middle for part in self._box.center)
        return self._box.moved(cosine * x + sine * y - x, cosine * y - sine * x - y)


def _blurred(patch: Pixels, vertical: float, horizontal: float) -> Pixels:
    blurred = cv2.sepFilter2D(patch, -1, _gaussian(horizontal), _gaussian(vertical), borderType=cv2.BORDER_REPLICATE)
    return np.asarray(blurred)


def _gaussian(sigma: float) -> npt.NDArray[np.float64]:
    half = math.ceil(2 * sigma)
    taps = np.exp(-(np.arange(-half, half + 1) ** 2) / (2 * sigma**2))
    return np.asarray(taps / taps.sum(), dtype=np.float64)


def _rotated(patch: Pixels, angle: float) -> Pixels:
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    middle = (patch.shape[0] - 1) / 2
    forward = np.array([[cosine, sine, 0.0], [-sine, cosine, 0.0]])
    forward[:, 2] = middle - forward[:, :2] @ (middle, middle)
    rotated = cv2.warpAffine(
        patch, forward, patch.shape[1::-1], flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(rotated)


def dropped_channels(features: Tensor, probability: float, generator: np.random.Generator) -> Tensor:
    """A copy of classification features (1, C, h, w) with whole channels zeroed and the others scaled up (3.4 step 6).

    The mask comes from ``generator``, not from torch, so that all devices drop the same channels.
    """
    kept = generator.random(features.shape[1]) >= probability
    factors = torch.from_numpy(kept.astype(np.float32) / (1.0 - probability)).to(features)
    return features * factors[None, :, None, None]
