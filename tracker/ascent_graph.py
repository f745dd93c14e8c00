"""The whole ascent of the box refinement as one ONNX graph, its gradient written out.

The same function as ``IoUGradient`` and ``moved`` repeated (which are what it is tested against), but started once a
frame instead of a hundred operations a step.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracker import onnx_format
from tracker.onnx_graph import OnnxGraph
from tracker.refinement_space import RefinementSpace

BOXES = "boxes"
REFERENCE_SIZE = "reference_size"
HIDDEN_BIAS = "hidden_bias"
HIDDEN_OUTPUT = "hidden_output"
OUTPUT_BIAS = "output_bias"


@dataclass(frozen=True, slots=True)
class PooledMap:
    """One of the maps that boxes are pooled from.

    Attributes:
        bins: Pooling bins per side.
        stride: Crop pixels per cell.
    """

    bins: int
    stride: int

    def input_name(self, what: str) -> str:
        """What one of the graph's inputs for this map is called."""
        return f"{what}{self.stride}"

    def edge_places(self) -> npt.NDArray[np.float32]:
        """The matrix (4, 2 bins + 2) from x, y, w, h in crop pixels to edges of bins in cells: rows, then columns."""
        matrix = np.zeros((4, 2, self.bins + 1))
        matrix[1, 0] = matrix[0, 1] = 1 / self.stride
        matrix[3, 0] = matrix[2, 1] = np.arange(self.bins + 1) / (self.bins * self.stride)
        return matrix.reshape(4, -1).astype(np.float32)

    def between_edges(self) -> npt.NDArray[np.float32]:
        """The matrix (2 bins, 2 bins + 2) that takes the difference of the edges of each bin."""
        one = np.eye(self.bins, self.bins + 1, 1) - np.eye(self.bins, self.bins + 1)
        return np.kron(np.eye(2), one).astype(np.float32)


def ascent_graph(maps: tuple[PooledMap, ...], space: RefinementSpace, steps: tuple[float, ...], hidden: int) -> bytes:
    """The ONNX file of an ascent of ``len(steps)`` steps.

    N crops, K boxes in each, M = N K; (L, L) is the part of a map that is given, with C channels. Inputs:

    - ``boxes`` (M, 4): x, y, w, h in crop pixels, those of a crop together
    - ``reference_size`` (M, 2): size of the first box
    - ``hidden_bias``, ``hidden_output`` (maps x hidden), ``output_bias`` (1)
    - of each map, its stride at the end of the name: ``cells`` (N, L, L, C), ``origins`` (M, 2 bins + 2): minus the
      first row or column for each edge, ``weight`` (bins * bins * C, hidden) as in ``BoxLayer``

    Outputs: boxes after each step (steps, M, 4), predictions before the last step (M,).

    Args:
        maps: What is pooled from.
        space: Coordinates of the ascent.
        steps: Step lengths.
        hidden: Width of the hidden layer of each map.
    """
    graph = OnnxGraph()
    ascent = _Ascent(graph, maps, hidden)
    boxes = graph.input(BOXES, ("M", 4))
    reference_size = graph.input(REFERENCE_SIZE, ("M", 2))
    first = graph.numbers(0)
    trail = []
    predicted = ""
    for step in steps:
        predicted, gradient = ascent.climb(boxes)
        boxes = _moved(graph, boxes, gradient, reference_size, space, step)
        trail.append(graph.add("Unsqueeze", boxes, first))
    graph.output(graph.add("Concat", *trail, axis=0), 3)
    graph.output(predicted, 1)
    return graph.file()


def _moved(
    graph: OnnxGraph, boxes: str, gradient: str, reference_size: str, space: RefinementSpace, step: float
) -> str:
    """``tracker.iou_predictor.moved``."""
    length = graph.constant(step)
    if space is RefinementSpace.DEFAULT:
        sizes = graph.add("Gather", boxes, graph.numbers(2, 3, 2, 3), axis=1)
        return graph.add("Add", boxes, graph.add("Mul", graph.add("Mul", gradient, length), sizes))
    two, halves = graph.numbers(2, 2), graph.constant(0.5)
    corner, size = graph.add_several("Split", (boxes, two), 2, axis=1)
    by_corner, by_size = graph.add_several("Split", (gradient, two), 2, axis=1)
    scale = graph.add("Mul", graph.add("Mul", reference_size, reference_size), length)
    center = graph.add("Add", corner, graph.add("Mul", size, halves))
    center = graph.add("Add", center, graph.add("Mul", by_corner, scale))
    growth = graph.add("Mul", graph.add("Sub", by_size, graph.add("Mul", by_corner, halves)), size)
    size = graph.add("Mul", size, graph.add("Exp", graph.add("Mul", growth, length)))
    corner = graph.add("Sub", center, graph.add("Mul", size, halves))
    return graph.add("Concat", corner, size, axis=1)


class _Ascent:
    """Adds predictions and gradients; what does not change from step to step is added once."""

    def __init__(self, graph: OnnxGraph, maps: tuple[PooledMap, ...], hidden: int) -> None:
        self._graph = graph
        self._shares = [_Share(graph, pooled, hidden) for pooled in maps]
        width = len(maps) * hidden
        self._widths = graph.numbers(*[hidden] * len(maps))
        self._hidden_bias = graph.input(HIDDEN_BIAS, (width,))
        self._hidden_output = graph.input(HIDDEN_OUTPUT, (width,))
        self._output_bias = graph.input(OUTPUT_BIAS, (1,))
        self._bias_column = graph.add("Unsqueeze", self._hidden_bias, graph.numbers(1))
        self._zero, self._one = graph.constant(0.0), graph.constant(1.0)
        self._last, self._second = graph.numbers(-1), graph.numbers(1)
        self._sizes = graph.numbers(2, 3, 2, 3)
        self._parts = graph.numbers(1, 1, 2)
        self._size_columns = graph.constant((0.0, 0.0, 1.0, 1.0))

    def climb(self, boxes: str) -> tuple[str, str]:
        """Predictions (M,) and gradient (M, 4) for boxes (M, 4)."""
        add = self._graph.add
        per_side = self._per_side(boxes)
        per_w, per_h, _ = self._graph.add_several("Split", (per_side, self._parts), 3, axis=1)
        per_area = add("Mul", per_w, per_h)
        summed = add("Concat", *(share.hidden(boxes) for share in self._shares), axis=1)
        hidden = add("Add", add("Mul", summed, per_area), self._hidden_bias)
        # ten times as fast as Greater and Where
        by_hidden = add("Mul", add("Sign", add("Relu", hidden)), self._hidden_output)
        value = add("ReduceSum", add("Mul", hidden, by_hidden), self._last, keepdims=1)
        predicted = add("Squeeze", add("Add", value, self._output_bias), self._second)
        by_log_area = add("Sub", value, add("MatMul", by_hidden, self._bias_column))
        by_summed = self._graph.add_several("Split", (add("Mul", by_hidden, per_area), self._widths), 2, axis=1)
        first, second = (share.gradient(part) for share, part in zip(self._shares, by_summed, strict=True))
        by_area = add("Mul", add("Mul", per_side, self._size_columns), by_log_area)
        return predicted, add("Sub", add("Add", first, second), by_area)

    def _per_side(self, boxes: str) -> str:
        """1 / (w, h, w, h), and 0 for boxes without area."""
        add = self._graph.add
        sizes = add("Gather", boxes, self._sizes, axis=1)
        has_area = add("Greater", add("ReduceMin", sizes, axes=(1,), keepdims=1), self._zero)
        return add("Where", has_area, add("Div", self._one, add("Where", has_area, sizes, self._one)), self._zero)


class _Share:
    """What one map contributes; ``gradient`` belongs to the last ``hidden``."""

    def __init__(self, graph: OnnxGraph, pooled: PooledMap, hidden: int) -> None:
        self._graph = graph
        named, bins = pooled.input_name, pooled.bins
        self._weight = graph.input(named("weight"), (named("bbC"), hidden))
        self._origins = graph.input(named("origins"), ("M", 2 * bins + 2))
        cells = graph.input(named("cells"), ("N", named("L"), named("L"), named("C")))
        crops, side, _, channels = graph.add_several("Split", (graph.add("Shape", cells), graph.numbers(1, 1, 1, 1)), 4)
        rest, bin_count = graph.numbers(-1), graph.numbers(bins)
        zero, one = graph.constant(0, np.int64), graph.constant(1, np.int64)
        every = graph.add("Range", zero, graph.add("Squeeze", side), one)
        self._points = graph.add("Cast", every, to=onnx_format.FLOAT)
        self._by_crop = graph.add("Concat", crops, rest, side, axis=0)
        self._by_place = graph.add("Concat", crops, rest, graph.add("Mul", side, channels), axis=0)
        self._by_box = graph.add("Concat", rest, bin_count, side, axis=0)
        self._by_cell = graph.add("Concat", rest, bin_count, side, channels, axis=0)
        self._by_bin, self._by_hidden = graph.numbers(0, -1), graph.numbers(0, bins, bins, -1)
        self._cells = graph.add("Reshape", cells, graph.numbers(0, 0, -1))
        self._places = graph.constant(pooled.edge_places())
        self._places_back = graph.constant(pooled.edge_places().T)
        self._between = graph.constant(pooled.between_edges())
        self._between_back = graph.constant(pooled.between_edges().T)
        self._cells_back = graph.add("Transpose", self._cells, perm=(0, 2, 1))
        self._weight_back = graph.add("Transpose", self._weight, perm=(1, 0))
        self._axes = graph.numbers(bins, bins)
        self._last, self._second = graph.numbers(-1), graph.numbers(1)
        self._ends = graph.constant(-1.0), graph.constant(1.0)
        self._one, self._half = graph.constant(1.0), graph.constant(0.5)
        self._distance = self._columns = self._by_row = ""

    def hidden(self, boxes: str) -> str:
        """Sums over the bins of boxes (M, 4), through the weights: (M, hidden)."""
        add = self._graph.add
        edges = add("Add", add("MatMul", boxes, self._places), self._origins)
        z = add("Clip", add("Sub", add("Unsqueeze", edges, self._last), self._points), *self._ends)
        self._distance = add("Abs", z)
        # the integral of a cell's hat function up to the edge, but for a constant that the difference takes away
        integrals = add("Mul", z, add("Sub", self._one, add("Mul", self._distance, self._half)))
        shares = add("MatMul", self._between, integrals)
        rows, columns = self._graph.add_several("Split", (shares, self._axes), 2, axis=1)
        self._columns = add("Unsqueeze", columns, self._second)
        by_row = add("MatMul", add("Reshape", rows, self._by_crop), self._cells)
        self._by_row = add("Reshape", by_row, self._by_cell)
        sums = add("MatMul", self._columns, self._by_row)
        return add("MatMul", add("Reshape", sums, self._by_bin), self._weight)

    def gradient(self, by_hidden: str) -> str:
        """Derivative in the boxes (M, 4) from that in the hidden sums (M, hidden)."""
        add = self._graph.add
        by_bins = add("MatMul", by_hidden, self._weight_back)
        by_sums = add("Reshape", by_bins, self._by_hidden)
        by_column = add("MatMul", by_sums, add("Transpose", self._by_row, perm=(0, 1, 3, 2)))
        by_column = add("ReduceSum", by_column, self._second, keepdims=0)
        by_by_row = add("MatMul", add("Transpose", self._columns, perm=(0, 1, 3, 2)), by_sums)
        by_row = add("MatMul", add("Reshape", by_by_row, self._by_place), self._cells_back)
        slopes = add("Concat", add("Reshape", by_row, self._by_box), by_column, axis=1)
        hats = add("Sub", self._one, self._distance)
        by_edge = add("Mul", hats, add("MatMul", self._between_back, slopes))
        return add("MatMul", add("ReduceSum", by_edge, self._last, keepdims=0), self._places_back)
