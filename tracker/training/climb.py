"""The ascent of boxes as training runs it: the boxes that it ends at are themselves learned from.

A box branch that is trained on the IoU of boxes at random predicts it well on the whole; what refinement takes from it
is its slope, which no loss of section 3.6 looks at. Here the steps of refinement are unrolled, as those of the filter's
optimizer are in section 3.3, and the loss is on the boxes after each of them: slope and step are learned together.
"""

from __future__ import annotations

import torch
from torch import Tensor

from tracker.iou_predictor import IoUFeatures, IoUPredictor, Modulation, moved
from tracker.refinement_space import RefinementSpace

_LEAST_SIDE = 1.0
"""Crop pixels: a step may overshoot."""

_LARGEST_ERROR = 1.0
"""Of one coordinate: a box that starts on something else teaches no more than one that is off by its size."""


def climbed(
    branch: IoUPredictor, maps: IoUFeatures, modulation: Modulation, starts: Tensor, steps: int, *, learn: bool
) -> list[Tensor]:
    """Boxes (N, K, 4) in N crops after each of the steps of length one, in the ascent's own coordinates.

    Args:
        branch: The box branch.
        maps: Test features of N crops.
        modulation: One pair of modulation vectors a crop.
        starts: (N, K, 4), crop pixels.
        steps: How many.
        learn: Whether the boxes are to be differentiated in the branch's weights.
    """
    boxes = starts
    found = []
    for _ in range(steps):
        with torch.enable_grad():
            place = boxes if learn and boxes.requires_grad else boxes.detach().requires_grad_()
            predicted = branch.predict_batch(maps, modulation, place)
            (gradient,) = torch.autograd.grad(predicted.sum(), place, create_graph=learn)
            flat = moved(place.flatten(0, 1), gradient.flatten(0, 1), starts[0, :1, 2:], RefinementSpace.DEFAULT, 1.0)
            size = flat[:, 2:].clamp(min=_LEAST_SIDE)
            boxes = torch.cat((flat[:, :2], size), dim=1).view_as(starts)
        if not learn:
            boxes = boxes.detach()
        found.append(boxes)
    return found


def extent_loss(boxes: Tensor, truth: Tensor, visible: Tensor) -> Tensor:
    """How far boxes (N, K, 4) are off the true ones (N, 4), of frames that show the target (N,).

    The sum of the errors of centre, in sizes of the target, and of the logarithms of the sizes: near the truth that is
    about one less the IoU, and unlike it, it has a slope where boxes don't touch.
    """
    true = truth[:, None]
    size = true[..., 2:]
    center = (boxes[..., :2] + boxes[..., 2:] / 2 - true[..., :2] - size / 2) / size
    error = torch.cat((center, (boxes[..., 2:] / size).log()), dim=-1).abs()
    weighted = error.clamp(max=_LARGEST_ERROR).sum(dim=-1).mean(dim=-1) * visible
    return weighted.sum() / visible.sum().clamp(min=1)
