"""Predicted IoU and its gradient in the boxes, written out for speed.

The same numbers as autograd gives through ``IoUPredictor.predict``, tested against it, at a fraction of the time. The
time goes into matrix products and into starting operations, so both are few: the maps are cut to the cells that some
box reaches; channels that the modulation sets to zero, half of them in a trained network, are left out; modulation and
bin areas are multiplied into the fully connected weights once a target; and the edges of all bins of both maps are
treated together.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

Corners = npt.NDArray[np.float64]
"""Boxes (K, 4) as left, top, right, bottom."""

ROOM = 2
"""Cells that boxes may move before the maps are cut anew."""


@dataclass(frozen=True, slots=True)
class BoxLayer:
    """The fully connected layer over one pooled map, batch-norm folded.

    Attributes:
        weight: (bins * bins * C, hidden), rows in the order (row, column, channel).
        bias: (hidden,).
        output: (hidden,), the part of the last layer that reads this one.
        bins: Pooling bins per side.
        stride: Crop pixels per cell of the map.
        channels: Numbers of the C channels within the map.
    """

    weight: Tensor
    bias: Tensor
    output: Tensor
    bins: int
    stride: int
    channels: Tensor

    def modulated(self, modulation: Tensor) -> BoxLayer:
        """The layer for one target: modulation (C,) and area of a bin multiplied in, idle channels left out.

        It then reads sums over bins, to be divided by the box's area in crop pixels.
        """
        channels = modulation.nonzero().flatten()
        if not len(channels):
            channels = channels.new_zeros(1)  # one that counts nothing: not every runtime multiplies empty matrices
        cells = self.weight.view(self.bins**2, -1, self.weight.shape[1])[:, channels]
        factors = modulation[channels, None] * (self.bins * self.stride) ** 2
        weight = (cells * factors).flatten(0, 1)
        return BoxLayer(weight, self.bias, self.output, self.bins, self.stride, channels)


def ordered_weight(weight: Tensor, bins: int) -> Tensor:
    """Linear weight (hidden, C * bins * bins) in ``BoxLayer``'s order."""
    hidden = weight.shape[0]
    return weight.view(hidden, -1, bins, bins).permute(2, 3, 1, 0).reshape(-1, hidden).contiguous()


class IoUGradient:
    """Predictions and their gradient for boxes in one crop.

    Args:
        maps: Test features (1, C, S, S) of each layer; the crop is square.
        layers: What reads them, ``modulated``.
        bias: (1,), of the output.
    """

    def __init__(self, maps: tuple[Tensor, ...], layers: tuple[BoxLayer, ...], bias: Tensor) -> None:
        self._cells = [cells[0].permute(1, 2, 0) for cells in maps]
        self._layers = layers
        self._bias = bias
        self._edges = _edge_places(layers, maps[0])
        self._window: _Window | None = None

    def __call__(self, boxes: Tensor) -> tuple[Tensor, Tensor]:
        """Predictions (K,) for boxes (K, 4) in crop pixels, and their gradient (K, 4)."""
        # so few numbers that NumPy is done before PyTorch begins
        corners = boxes.detach().cpu().numpy().astype(np.float64)
        corners[:, 2:] += corners[:, :2]
        np.nan_to_num(corners, copy=False)
        if self._window is None or not self._window.holds(corners):
            self._window = self._cut(boxes, corners)
        window, count = self._window, len(boxes)
        # edges of all bins in cells: rows, then columns of the first map, then of the next
        edges = torch.addmm(window.origins, boxes, self._edges)
        z = (edges[..., None] - window.points).clamp_(-1.0, 1.0)
        distance = z.abs()
        # the integral of a cell's hat function up to the edge, but for a constant that the difference takes away
        integrals = torch.addcmul(z, z, distance, value=-0.5)
        weights = integrals[:, 1:] - integrals[:, :-1]
        has_area = (boxes[:, 2:] > 0).all(dim=1, keepdim=True)
        per_side = has_area / torch.where(has_area, boxes[:, 2:], 1.0)
        per_area = per_side[:, :1] * per_side[:, 1:]

        predicted: Tensor = self._bias
        by_area: Tensor | float = 0.0
        # of the loss in each weight; a place more at both ends, and zero between two axes
        slopes = boxes.new_zeros(count, weights.shape[1] + 2, weights.shape[2])
        first = 0
        for layer, cells in zip(self._layers, window.cells, strict=True):
            height, width, _ = cells.shape
            row_bins = slice(first, first + layer.bins)
            column_bins = slice(first + layer.bins + 1, first + 2 * layer.bins + 1)
            first += 2 * (layer.bins + 1)
            share = _Share(layer, cells, weights[:, row_bins, :height], weights[:, column_bins, :width], per_area)
            slopes[:, row_bins.start + 1 : row_bins.stop + 1, :height] = share.row_gradient
            slopes[:, column_bins.start + 1 : column_bins.stop + 1, :width] = share.column_gradient
            predicted = predicted + share.value
            by_area = by_area + share.by_log_area
        by_edge = ((1.0 - distance) * (slopes[:, :-1] - slopes[:, 1:])).sum(dim=-1)
        gradient = by_edge @ self._edges.T
        gradient[:, 2:] -= by_area * per_side
        return predicted, gradient

    def _cut(self, boxes: Tensor, corners: Corners) -> _Window:
        """The cells within reach of any of the boxes, with room for them to move; at least one of each map."""
        ends = corners.reshape(-1, 2)
        low, high = ends.min(axis=0).tolist(), ends.max(axis=0).tolist()
        cells, origins = [], []
        bounds = [[-math.inf, -math.inf], [math.inf, math.inf]]
        for layer, whole in zip(self._layers, self._cells, strict=True):
            first, end = [0, 0], [0, 0]
            limit = len(whole)
            for axis in (0, 1):  # x, y
                reach = math.floor(low[axis] / layer.stride) - 1 - ROOM, math.ceil(high[axis] / layer.stride) + 2 + ROOM
                first[axis] = min(max(reach[0], 0), limit - 1)
                end[axis] = min(max(reach[1], first[axis] + 1), limit)
                # a box out of the map has no cells to lose there
                if first[axis] > 0:
                    bounds[0][axis] = max(bounds[0][axis], (first[axis] + 1) * layer.stride)
                if end[axis] < limit:
                    bounds[1][axis] = min(bounds[1][axis], (end[axis] - 2) * layer.stride)
            part = whole[first[1] : end[1], first[0] : end[0]]
            cells.append(part.index_select(2, layer.channels))
            origins += [-first[1]] * (layer.bins + 1) + [-first[0]] * (layer.bins + 1)
        longest = max(max(part.shape[:2]) for part in cells)
        return _Window(tuple(cells), boxes.new_tensor(origins), torch.arange(longest).to(boxes), np.array(bounds))


class _Share:
    """What one map contributes to the prediction for K boxes, and the derivatives of that.

    Attributes:
        value: (K,).
        row_gradient: Derivative in the row weights, (K, bins, height).
        column_gradient: Derivative in the column weights, (K, bins, width).
        by_log_area: What the value loses when the box's area grows by its own size, (K, 1).
    """

    def __init__(self, layer: BoxLayer, cells: Tensor, rows: Tensor, columns: Tensor, per_area: Tensor) -> None:
        height, width, channels = cells.shape
        count, bins = rows.shape[:2]
        flat = cells.view(height, width * channels)
        columns = columns[:, None]
        by_row = (rows.reshape(count * bins, height) @ flat).view(count, bins, width, channels)
        pooled = columns @ by_row
        hidden = torch.addcmul(layer.bias, pooled.view(count, -1) @ layer.weight, per_area)
        by_hidden = (hidden > 0) * layer.output
        self.value = hidden.clamp(min=0) @ layer.output
        self.by_log_area = (self.value - by_hidden @ layer.bias)[:, None]
        by_pooled = ((by_hidden * per_area) @ layer.weight.T).view_as(pooled)
        self.column_gradient = (by_pooled @ by_row.transpose(-1, -2)).sum(dim=1)
        by_by_row = (columns.transpose(-1, -2) @ by_pooled).view(count * bins, -1)
        self.row_gradient = (by_by_row @ flat.T).view(count, bins, height)


@dataclass(frozen=True, slots=True)
class _Window:
    """A part of each map.

    Attributes:
        cells: (height, width, C) of each map.
        origins: Minus the first row or column, for each edge of a bin.
        points: 0, 1, ... to the largest height or width.
        bounds: (2, 2): smallest left and top, largest right and bottom of a box that touches no other cell.
    """

    cells: tuple[Tensor, ...]
    origins: Tensor
    points: Tensor
    bounds: npt.NDArray[np.float64]

    def holds(self, corners: Corners) -> bool:
        low, high = self.bounds
        return bool((corners[:, :2] >= low).all() and (corners[:, 2:] <= high).all())


def _edge_places(layers: tuple[BoxLayer, ...], like: Tensor) -> Tensor:
    """The matrix (4, edges) from x, y, w, h in crop pixels to edges of bins in cells."""
    columns = []
    for layer in layers:
        fractions = [edge / layer.bins for edge in range(layer.bins + 1)]
        columns += [[0.0, 1 / layer.stride, 0.0, part / layer.stride] for part in fractions]
        columns += [[1 / layer.stride, 0.0, part / layer.stride, 0.0] for part in fractions]
    return like.new_tensor(columns).T
