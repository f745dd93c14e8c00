"""What training minimises: the classification losses of all filter iterates and the IoU error (spec 5.3, 5.4)."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

from tracker.training.config import LossConfig

STRIDE = 16


class Losses(NamedTuple):
    """Loss terms of one batch, scalars. A tuple, so that Fabric can walk through it.

    Attributes:
        total: What is minimised.
        iterates: (iterations + 1,) classification loss of every filter iterate: C_0 is the initialiser's.
        iou: Mean squared error of the predicted ``2 IoU - 1``.
        ascent: How far boxes are off after each step of their ascent; 0 where that is not learned.
    """

    total: Tensor
    iterates: Tensor
    iou: Tensor
    ascent: Tensor


def score_labels(boxes: Tensor, visible: Tensor, cells: int, sigma: float) -> Tensor:
    """Gaussian labels round the targets' centres; all zero where the target is absent.

    Args:
        boxes: (..., 4) in crop pixels.
        visible: (...), bool.
        cells: Side of the score map; score cell t is centred at crop pixel 16 t.
        sigma: Standard deviation in cells.

    Returns:
        (..., cells, cells), 1 at the target's centre.
    """
    centers = (boxes[..., :2] + boxes[..., 2:] / 2) / STRIDE
    grid = torch.arange(cells, device=boxes.device, dtype=boxes.dtype)
    along = torch.exp(-((grid - centers[..., None]) ** 2) / (2 * sigma**2))
    return along[..., 1, :, None] * along[..., 0, None, :] * visible[..., None, None]


def classification_loss(scores: Tensor, labels: Tensor, threshold: float) -> Tensor:
    """Mean squared error that forgives background scores below zero (spec 5.4).

    Args:
        scores: (..., rows, columns).
        labels: The same shape.
        threshold: Cells with a lower label are background.

    Returns:
        A scalar: mean over all cells.
    """
    is_target = labels >= threshold
    error = torch.where(is_target, scores - labels, scores.clamp(min=0))
    return error.square().mean()


def iou_loss(predicted: Tensor, overlaps: Tensor, visible: Tensor, contrast: float = 0.0) -> Tensor:
    """Mean squared error of predicted (B, m, P) against ``2 IoU - 1``, over the frames that show the target.

    Refinement climbs differences between boxes of one frame; an error that all proposals of a frame share moves none of
    them. ``contrast`` is the further weight of what is left of the errors without the mean of their frame.
    """
    error = predicted - (2 * overlaps - 1)
    own = error - error.mean(dim=-1, keepdim=True)
    weighted = (error.square() + contrast * own.square()).mean(dim=-1) * visible
    return weighted.sum() / visible.sum().clamp(min=1)


def combined(iterates: Tensor, iou: Tensor, ascent: Tensor, config: LossConfig) -> Losses:
    """The weighted sum."""
    total = config.classification * iterates.sum() + config.iou * iou + config.ascent * ascent
    return Losses(total, iterates, iou, ascent)
