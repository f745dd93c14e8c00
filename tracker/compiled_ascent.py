"""The box refinement run by ONNX Runtime: test features where they are needed, then the whole ascent in one call.

Boxes read little of the maps that they are pooled from, a fifth in the default model. Only that part goes through the
box branch's convolutions, which are most of its work. A part is cut with room for boxes to move; where one leaves it
all the same, the ascent is done over on whole maps, so that the result is always that of whole maps.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from torch import Tensor, nn

from tracker.ascent_graph import (
    BOXES,
    HIDDEN_BIAS,
    HIDDEN_OUTPUT,
    OUTPUT_BIAS,
    REFERENCE_SIZE,
    PooledMap,
    ascent_graph,
)
from tracker.compiled_graph import CompiledGraph
from tracker.compiled_session import CompiledSession
from tracker.iou_gradient import BoxLayer
from tracker.refinement_space import RefinementSpace

Numbers = npt.NDArray[np.float32]

ROOM = 8.0
"""Crop pixels that boxes may move beyond all candidates before they need whole maps."""

_MARGIN = 2
"""Cells at a cut edge that two 3x3 convolutions get wrong."""


@dataclass(frozen=True, slots=True)
class MapWindow:
    """Square parts of one map for N crops, all of the same size.

    Attributes:
        first: First (column, row) of each, (N, 2).
        side: Columns and rows.
        bounds: Smallest left and top, largest right and bottom of boxes that touch no cell outside, crop pixels,
            (N, 2) each.
    """

    first: npt.NDArray[np.int64]
    side: int
    bounds: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]

    @classmethod
    def around(cls, corners: npt.NDArray[np.float64], stride: int, cells: int) -> MapWindow:
        """The cells within reach of boxes, with room.

        Args:
            corners: Smallest left and top, largest right and bottom of each crop's boxes, (N, 4) crop pixels, finite.
            stride: Crop pixels per cell.
            cells: Rows and columns of the whole map.
        """
        limit = float(stride * cells)
        reach = np.clip(corners, -limit, 2 * limit)
        low = np.floor((reach[:, :2] - ROOM) / stride).astype(np.int64)
        high = np.ceil((reach[:, 2:] + ROOM) / stride).astype(np.int64) + 1
        low, high = np.clip(low, 0, cells - 1), np.clip(high, 1, cells)
        side = int((high - low).max())
        side = min(side + side % 2, cells)  # few different sizes: each new one costs its planning
        first = np.minimum(low, cells - side)
        # the map is zero outside: boxes may leave it, but not the part
        lowest = np.where(first > 0, first * stride, -np.inf)
        highest = np.where(first + side < cells, (first + side - 1) * stride, np.inf)
        return cls(first, side, (lowest, highest))

    @classmethod
    def whole(cls, crops: int, cells: int) -> MapWindow:
        """Everything."""
        unlimited = np.full((crops, 2), np.inf)
        return cls(np.zeros((crops, 2), dtype=np.int64), cells, (-unlimited, unlimited))

    def holds(self, corners: npt.NDArray[np.float64]) -> bool:
        """Whether boxes with these corners, as in ``around``, read nothing from outside."""
        lowest, highest = self.bounds
        return bool((corners[:, :2] >= lowest).all() and (corners[:, 2:] <= highest).all())


class CompiledAscent:
    """Box refinement for fixed weights on the processor.

    Args:
        modules: What makes test features of trunk features: two 3x3 convolutions, one module a map.
        channels: Trunk channels of each map.
        threads: How many processor cores share one call.
    """

    def __init__(self, modules: tuple[nn.Module, ...], channels: tuple[int, ...], threads: int) -> None:
        self._graphs = [PartGraph(module, count, threads) for module, count in zip(modules, channels, strict=True)]
        self._threads = threads
        self._ascents: dict[tuple[RefinementSpace, tuple[float, ...]], CompiledSession] = {}

    def climb(
        self,
        maps: tuple[Tensor, ...],
        layers: tuple[BoxLayer, ...],
        output_bias: Tensor,
        boxes: Numbers,
        reference_size: Numbers,
        space: RefinementSpace,
        steps: tuple[float, ...],
    ) -> tuple[Numbers, Numbers]:
        """As ``IoUPredictor.refine``, for N crops at once.

        Args:
            maps: Trunk features (N, C, S, S) of each stride.
            layers: What reads the test features, ``modulated``.
            output_bias: (1,), of the output.
            boxes: (N, K, 4) as (x, y, w, h) in crop pixels.
            reference_size: (N, K, 2), of the box that each box belongs to.
            space: Coordinates of the ascent.
            steps: Length of each step.

        Returns:
            The moved boxes (N, K, 4), and the prediction for each (N, K) as of *before* its last step.
        """
        crops = len(boxes)
        sizes = [whole.shape[-1] for whole in maps]
        around = _corners(boxes)
        windows = [MapWindow.around(around, layer.stride, cells) for layer, cells in zip(layers, sizes, strict=True)]
        inputs = {
            BOXES: boxes.reshape(-1, 4),
            REFERENCE_SIZE: reference_size.reshape(-1, 2),
            HIDDEN_BIAS: np.concatenate([layer.bias.numpy() for layer in layers]),
            HIDDEN_OUTPUT: np.concatenate([layer.output.numpy() for layer in layers]),
            OUTPUT_BIAS: output_bias.numpy(),
        }
        ascent = self.ascent(layers, space, steps)
        while True:
            for whole, graph, layer, window in zip(maps, self._graphs, layers, windows, strict=True):
                inputs |= _map_inputs(whole, graph, layer, window, boxes.shape[1])
            trail, predicted = ascent.run(inputs)
            # where boxes were when they were looked at
            passed = trail[:-1].reshape(len(steps) - 1, *boxes.shape).swapaxes(0, 1).reshape(crops, -1, 4)
            reached = _corners(passed) if passed.size else around
            if all(window.holds(reached) for window in windows):
                return trail[-1].reshape(boxes.shape), predicted.reshape(boxes.shape[:2])
            windows = [MapWindow.whole(crops, cells) for cells in sizes]

    def ascent(self, layers: tuple[BoxLayer, ...], space: RefinementSpace, steps: tuple[float, ...]) -> CompiledSession:
        """The compiled ascent with these settings; made at its first use."""
        known = self._ascents.get((space, steps))
        if known is None:
            maps = tuple(PooledMap(layer.bins, layer.stride) for layer in layers)
            known = CompiledSession(ascent_graph(maps, space, steps, len(layers[0].bias)), self._threads)
            self._ascents[space, steps] = known
        return known


def _map_inputs(
    whole: Tensor, graph: PartGraph, layer: BoxLayer, window: MapWindow, boxes: int
) -> dict[str, npt.NDArray[np.generic]]:
    """What the ascent needs of one map: whole trunk features (N, C, S, S), so many boxes a crop."""
    channels = layer.channels.numpy()
    cells = np.stack(
        [
            graph.part(whole.numpy()[number : number + 1], int(column), int(row), window.side)[..., channels]
            for number, (column, row) in enumerate(window.first)
        ]
    )
    # rows first, then columns
    origins = -window.first[:, ::-1].repeat(layer.bins + 1, axis=1).repeat(boxes, axis=0).astype(np.float32)
    named = PooledMap(layer.bins, layer.stride).input_name
    return {named("cells"): cells, named("origins"): origins, named("weight"): layer.weight.numpy()}


class PartGraph:
    """Test features of a part of one map."""

    def __init__(self, module: nn.Module, channels: int, threads: int) -> None:
        self._padded = CompiledGraph(module, channels, threads)
        self._valid = CompiledGraph(module, channels, threads, padded=False)

    def part(self, whole: Numbers, column: int, row: int, side: int) -> Numbers:
        """Test features (side, side, C) from a place on, of the trunk features (1, C', S, S) of one crop."""
        left, top = column - _MARGIN, row - _MARGIN
        end = _MARGIN + side
        if left >= 0 <= top and max(column, row) + end <= whole.shape[-1]:
            valid: Numbers = self._valid(whole[:, :, top : row + end, left : column + end])[0]
            return valid
        # what is outside of the map counts as zero in both convolutions, so that the map's own edges must be there
        left, top = max(left, 0), max(top, 0)
        padded: Numbers = self._padded(whole[:, :, top : row + end, left : column + end])[0]
        return padded[row - top :, column - left :][:side, :side]


def _corners(boxes: Numbers) -> npt.NDArray[np.float64]:
    """Smallest left and top, largest right and bottom of boxes (N, K, 4), as (N, 4); finite whatever the boxes are."""
    corners = boxes.astype(np.float64)
    corners[..., 2:] += corners[..., :2]
    if not np.isfinite(corners).all():
        np.nan_to_num(corners, copy=False)  # ten times as slow
    return np.concatenate([corners[..., :2].min(axis=1), corners[..., 2:].max(axis=1)], axis=1)
