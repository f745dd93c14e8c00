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

ROOM = 2
"""Cells that boxes may move before the map is cut anew."""


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
        features: (1, C, S, S); the crop is square.
        modulation: (1, C).
        layer: What reads the pooled features.
    """

    def __init__(self, features: Tensor, modulation: Tensor, layer: BoxLayer) -> None:
        self._cells = features[0].permute(1, 2, 0)
        self._modulation = modulation[0]
        self._layer = layer
        self._fractions = torch.arange(layer.bins + 1, device=features.device, dtype=features.dtype) / layer.bins
        self._window: _Window | None = None

    def predict(self, boxes: Tensor) -> tuple[Tensor, Tensor]:
        """This map's share of the predictions for boxes (K, 4) in crop pixels, (K,), and their gradient (K, 4)."""
        layer, count = self._layer, len(boxes)
        if self._window is None or not self._window.holds(boxes):
            self._window = self._cut(boxes)
        cells = self._window.cells
        side, _, channels = cells.shape
        flat = cells.view(side, side * channels)
        # x, y, w, h to (2, K) as (y, x): rows are the first axis of the map
        start, size = (boxes.T / layer.stride).view(2, 2, count).flip(1)
        weights, slopes = _axis_weights(start, size, self._window.points, self._fractions)
        rows, columns = weights

        by_row = (rows.reshape(count * layer.bins, side) @ flat).view(count, layer.bins, side, channels)
        pooled = columns[:, None] @ by_row
        hidden = torch.addmm(layer.bias, pooled.view(count, -1), layer.weight)
        share = hidden.clamp(min=0) @ layer.output

        hidden_gradient = (hidden > 0) * layer.output
        pooled_gradient = (hidden_gradient @ layer.weight.T).view_as(pooled)
        column_gradient = (pooled_gradient @ by_row.transpose(-1, -2)).sum(dim=1)
        by_row_gradient = (columns.transpose(-1, -2)[:, None] @ pooled_gradient).view(count * layer.bins, -1)
        row_gradient = (by_row_gradient @ flat.T).view_as(rows)
        gradient = (slopes * torch.stack((row_gradient, column_gradient))).sum(dim=(-2, -1))
        return share, gradient.flip(1).reshape(4, count).T / layer.stride

    def _cut(self, boxes: Tensor) -> _Window:
        """The cells within reach of any of the boxes, with room for them to move; at least one."""
        limit = len(self._cells)
        corners = torch.stack((boxes[:, :2], boxes[:, :2] + boxes[:, 2:])).nan_to_num() / self._layer.stride
        first = [math.floor(value) - 1 - ROOM for value in corners.amin(dim=(0, 1)).tolist()]
        last = [math.ceil(value) + 1 + ROOM for value in corners.amax(dim=(0, 1)).tolist()]
        first = [min(max(value, 0), limit - 1) for value in first]
        last = [min(max(value, 0), limit - 1) for value in last]
        side = max(last[0] - first[0], last[1] - first[1], 0) + 1
        left, top = (min(value, limit - side) for value in first)
        cells = self._cells[top : top + side, left : left + side] * self._modulation
        points = torch.arange(side, device=boxes.device, dtype=boxes.dtype)
        # boxes out of the map have no cells to lose there
        low = [-math.inf if value == 0 else value + 1 for value in (left, top)]
        high = [math.inf if value + side == limit else value + side - 2 for value in (left, top)]
        bounds = torch.tensor([low, high], device=boxes.device, dtype=boxes.dtype) * self._layer.stride
        return _Window(cells.contiguous(), torch.stack((points + top, points + left)), bounds)


@dataclass(frozen=True, slots=True)
class _Window:
    """A square part of a map.

    Attributes:
        cells: (side, side, C).
        points: (2, side) numbers of its rows and of its columns.
        bounds: (2, 2): smallest left and top, largest right and bottom of a box that touches no other cell.
    """

    cells: Tensor
    points: Tensor
    bounds: Tensor

    def holds(self, boxes: Tensor) -> bool:
        low, high = self.bounds
        first = boxes[:, :2]
        return bool(((first >= low) & (first + boxes[:, 2:] <= high)).all())


def _axis_weights(start: Tensor, size: Tensor, points: Tensor, fractions: Tensor) -> tuple[Tensor, Tensor]:
    """Pooling weights along both axes, with their derivatives.

    Args:
        start: (2, K) first edges in cells.
        size: (2, K) lengths in cells.
        points: (2, n) cells.
        fractions: (bins + 1,) places of the edges, 0 to 1.

    Returns:
        Weights (2, K, bins, n), and their derivatives in ``start`` and in ``size``, (2, 2, K, bins, n); 0 for a box
        without area.
    """
    bins = len(fractions) - 1
    edges = start[..., None] + fractions * size[..., None]
    z = (edges[..., None] - points[:, None, None]).clamp(-1.0, 1.0)
    distance = z.abs()
    hats = 1.0 - distance
    # the integral of the hat but for a constant, which the difference of two edges takes away
    integrals = z * (1.0 - 0.5 * distance)
    has_area = (size > 0).all(dim=0)
    per_width = (has_area * bins / torch.where(has_area, size, 1.0))[..., None, None]
    weights, by_start, by_end = torch.stack((integrals, hats, hats * fractions[:, None])).diff(dim=-2) * per_width
    return weights, torch.stack((by_start, by_end - weights * (per_width / bins)))
