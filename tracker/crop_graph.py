"""Everything that is computed of each crop whatever the target is, as one ONNX graph: trunk, head, normalisation."""

from __future__ import annotations

from tracker.backbone import Trunk
from tracker.onnx_export import INPUT, add_module, to_channels_last
from tracker.onnx_format import FLOAT
from tracker.onnx_graph import OnnxGraph
from tracker.target_model import TargetModel


def crop_graph(trunk: Trunk, target_model: TargetModel) -> bytes:
    """The ONNX file; input RGB 0..255 (N, 3, S, S).

    Outputs: trunk features of strides 8 and 16 (N, C, S/8, S/8), (N, C', S/16, S/16), and classification features
    (N, S/16, S/16, C'').

    Raises:
        UnknownLayerError: A module contains a layer that is not translated.
    """
    graph = OnnxGraph()
    mean, inverse_std = (graph.constant(part.cpu().numpy()) for part in (trunk.mean, trunk.inverse_std))
    crops = graph.input(INPUT, ("N", 3, "S", "S"))
    stride8, stride16 = add_module(graph, trunk, graph.add("Mul", graph.add("Sub", crops, mean), inverse_std))
    (head,) = add_module(graph, target_model.head, stride16)
    outputs = stride8, stride16, _normalised(graph, to_channels_last(graph, head), target_model.norm.scale)
    for name in outputs:
        graph.output(name, 4)
    return graph.file()


def _normalised(graph: OnnxGraph, maps: str, scale: float) -> str:
    """``InstanceL2Norm`` of maps (N, H, W, C)."""
    shape = graph.add("Slice", graph.add("Shape", maps), graph.numbers(1), graph.numbers(4))
    count = graph.add("Cast", graph.add("ReduceProd", shape, keepdims=0), to=FLOAT)
    energy = graph.add("ReduceSumSquare", maps, axes=(1, 2, 3), keepdims=1)
    mean = graph.add("Div", count, graph.add("Add", energy, graph.constant(1e-5)))
    return graph.add("Mul", maps, graph.add("Mul", graph.add("Sqrt", mean), graph.constant(scale)))
