"""Predicted IoU and its gradient in the boxes, written out for speed.

The same numbers as autograd gives through ``IoUPredictor.predict``, tested against it, at a fraction of the time: the
map is cut to the cells that some box touches, the modulation is multiplied into that cut once, the fully connected
weights lie in the order the pooling produces, and no graph is recorded.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from tracker.precise_pooling import hat, hat_integral


@dataclass(frozen=True, slots=True)
class BoxLayer:
    """The fully connected layer over one pooled map, batch-norm folded.

    Attributes:
        weight: (bins * bins * C, hidden), rows in the order (row, column, channel).
        bias: (hidden,).
        output: (hidden,), the part of the last layer that reads this one.
        bins: Pooling bins per side.
        stride: Crop pixels per cell of the map.
    """

    weight: Tensor
    bias: Tensor
    output: Tensor
    bins: int
    stride: int


def ordered_weight(weight: Tensor, bins: int) -> Tensor:
    """Linear weight (hidden, C * bins * bins) in ``BoxLayer``'s order."""
    hidden = weight.shape[0]
    return weight.view(hidden, -1, bins, bins).permute(2, 3, 1, 0).reshape(-1, hidden).contiguous()


class ModulatedMap:
    """One crop's test features at one stride, times the modulation.

    Args:
        features: (1, C, H, W).
        modulation: (1, C).
        layer: What reads the pooled features.
    """

    def __init__(self, features: Tensor, modulation: Tensor, layer: BoxLayer) -> None:
        self._cells = features[0].permute(1, 2, 0)
        self._modulation = modulation[0]
        self._layer = layer

    def predict(self, boxes: Tensor) -> tuple[Tensor, Tensor]:
        """This map's share of the predictions for boxes (K, 4) in crop pixels, (K,), and their gradient (K, 4)."""
        layer, count = self._layer, len(boxes)
        window = self._window(boxes)
        height, width, channels = window.cells.shape
        # rows first: starts (2, K) as (y, x)
        start, size = (boxes / layer.stride).view(count, 2, 2).permute(1, 2, 0).flip(1)
        points = torch.arange(max(height, width), device=boxes.device, dtype=boxes.dtype)
        points = points + torch.tensor([[window.top], [window.left]], device=boxes.device, dtype=boxes.dtype)
        weights, by_position, by_size = _axis_weights(start, size, points, layer.bins)
        rows, columns = weights[0, ..., :height], weights[1, ..., :width]

        by_row = rows.reshape(count * layer.bins, height) @ window.cells.reshape(height, width * channels)
        by_row = by_row.view(count, layer.bins, width, channels)
        pooled = columns[:, None] @ by_row
        hidden = torch.addmm(layer.bias, pooled.view(count, -1), layer.weight)
        share = hidden.clamp(min=0) @ layer.output

        hidden_gradient = (hidden > 0) * layer.output
        pooled_gradient = (hidden_gradient @ layer.weight.T).view_as(pooled)
        column_gradient = (pooled_gradient @ by_row.transpose(-1, -2)).sum(dim=1)
        by_row_gradient = (columns.transpose(-1, -2)[:, None] @ pooled_gradient).view(count * layer.bins, -1)
        row_gradient = (by_row_gradient @ window.cells.reshape(height, -1).T).view_as(rows)
        y, h = ((row_gradient * slope[0, ..., :height]).sum(dim=(1, 2)) for slope in (by_position, by_size))
        x, w = ((column_gradient * slope[1, ..., :width]).sum(dim=(1, 2)) for slope in (by_position, by_size))
        return share, torch.stack((x, y, w, h), dim=1) / layer.stride

    def _window(self, boxes: Tensor) -> _Window:
        """The cells within reach of any of the boxes; at least one."""
        height, width, _ = self._cells.shape
        corners = torch.cat((boxes[:, :2], boxes[:, :2] + boxes[:, 2:]), dim=1).nan_to_num() / self._layer.stride
        left, top = (math.floor(value) - 1 for value in corners.amin(dim=0)[:2].tolist())
        right, bottom = (math.ceil(value) + 2 for value in corners.amax(dim=0)[2:].tolist())
        left, top = min(max(left, 0), width - 1), min(max(top, 0), height - 1)
        right, bottom = min(max(right, left + 1), width), min(max(bottom, top + 1), height)
        return _Window(self._cells[top:bottom, left:right] * self._modulation, left, top)


@dataclass(frozen=True, slots=True)
class _Window:
    cells: Tensor
    left: int
    top: int


def _axis_weights(start: Tensor, size: Tensor, points: Tensor, bins: int) -> tuple[Tensor, Tensor, Tensor]:
    """Pooling weights along both axes, with their derivatives.

    Args:
        start: (2, K) first edges in cells.
        size: (2, K) lengths in cells.
        points: (2, n) cells.
        bins: How many bins.

    Returns:
        Weights (2, K, bins, n), their derivatives in ``start``, and in ``size``; 0 for a box without area.
    """
    fractions = torch.arange(bins + 1, device=start.device, dtype=start.dtype) / bins
    edges = start[..., None] + fractions * size[..., None]
    z = edges[..., None] - points[:, None, None]
    hats, integrals = hat(z), hat_integral(z)
    has_area = (size > 0).all(dim=0)
    per_width = torch.where(has_area, bins / torch.where(has_area, size, 1.0), 0.0)[..., None, None]
    weights = integrals.diff(dim=-2) * per_width
    by_position = hats.diff(dim=-2) * per_width
    by_size = ((hats * fractions[:, None]).diff(dim=-2) - weights / bins) * per_width
    return weights, by_position, by_size
