"""One training item as arrays, and many as a batch of tensors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from tracker.training.records import Floats, Pixels


@dataclass(frozen=True, slots=True)
class TrainingItem:
    """Frames of one target.

    Attributes:
        train_crops: (n, S, S, 3) RGB. Element 0 is the latest and the one the IoU modulation is taken from.
        train_boxes: (n, 4) in crop pixels.
        test_crops: (m, S, S, 3) RGB.
        test_boxes: (m, 4) in crop pixels; where ``visible`` is False, of no meaning.
        visible: (m,) whether the target is there.
        proposals: (m, P, 4) candidate boxes.
        overlaps: (m, P) their true IoU.
    """

    train_crops: Pixels
    train_boxes: Floats
    test_crops: Pixels
    test_boxes: Floats
    visible: npt.NDArray[np.bool_]
    proposals: Floats
    overlaps: Floats


class Batch(NamedTuple):
    """B items as tensors: the fields of `TrainingItem` with a leading B. A tuple, so that Fabric can walk it."""

    train_crops: Tensor
    train_boxes: Tensor
    test_crops: Tensor
    test_boxes: Tensor
    visible: Tensor
    proposals: Tensor
    overlaps: Tensor

    def to(self, device: torch.device) -> Batch:
        """The batch on a device."""
        return Batch(*(tensor.to(device) for tensor in self))


def collate(items: Sequence[TrainingItem]) -> Batch:
    """Stacks items."""
    return Batch(*(torch.from_numpy(np.stack([getattr(item, name) for item in items])) for name in Batch._fields))


def network_input(crops: Tensor) -> Tensor:
    """Crops (B, n, S, S, 3) uint8 as (B * n, 3, S, S) float 0..255, channels last without a copy of the order."""
    return crops.flatten(0, 1).permute(0, 3, 1, 2).to(torch.float32)
