"""From a PyTorch module to an ONNX graph, for the layers that the trunks, heads and box branches are made of.

``torch.fx`` follows the module's own ``forward``, so that the network is described once. PyTorch's exporter would do
the same with two further packages and its compiler imported, seconds at every start.
"""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor, fx, nn

from tracker import onnx_format

INPUT = "maps"
"""Name of a graph's input."""


class UnknownLayerError(ValueError):
    """The module contains something that is not translated."""


def export_onnx(module: nn.Module, channels: int, *, channels_last: bool = False) -> bytes:
    """The ONNX file of a module.

    Args:
        module: Takes maps (N, C, H, W) and returns one or several; batch-norm folded.
        channels: C.
        channels_last: Outputs are (N, H, W, C).

    Raises:
        UnknownLayerError: The module contains a layer that is not translated.
    """
    graph = _Graph(dict(module.named_modules()))
    results: list[str] = []
    for node in fx.Tracer().trace(module).nodes:
        match node.op:
            case "placeholder":
                graph.names[node] = INPUT
            case "call_module":
                graph.names[node] = graph.layer(str(node.target), graph.arguments(node))
            case "call_function" if node.target in {operator.add, torch.add}:
                graph.names[node] = graph.add("Add", graph.arguments(node))
            case "output":
                results = [graph.names[part] for part in node.all_input_nodes]
            case _:
                raise UnknownLayerError(f"{node.op} {node.target}")
    if channels_last:
        results = [graph.add("Transpose", [name], perm=(0, 2, 3, 1)) for name in results]
    inputs = [onnx_format.float_value(INPUT, ("N", channels, "H", "W"))]
    outputs = [onnx_format.float_value(name, [f"{name}{axis}" for axis in range(4)]) for name in results]
    return onnx_format.model(graph.nodes, graph.initializers, inputs, outputs)


@dataclass(slots=True)
class _Graph:
    """An ONNX graph as it grows; values are called after their number."""

    modules: dict[str, nn.Module]
    names: dict[fx.Node, str] = field(default_factory=dict)
    nodes: list[bytes] = field(default_factory=list)
    initializers: list[bytes] = field(default_factory=list)

    def add(self, kind: str, inputs: Sequence[str], **attributes: onnx_format.Attribute) -> str:
        """Adds an operation and says what its result is called."""
        name = f"value{len(self.nodes)}"
        self.nodes.append(onnx_format.node(kind, inputs, name, **attributes))
        return name

    def arguments(self, node: fx.Node) -> list[str]:
        """What the values that an operation takes are called."""
        return [self.names[part] for part in node.args if isinstance(part, fx.Node)]

    def constant(self, value: Tensor) -> str:
        name = f"constant{len(self.initializers)}"
        self.initializers.append(onnx_format.initializer(name, value.detach().float().cpu().contiguous().numpy()))
        return name

    def layer(self, path: str, inputs: list[str]) -> str:
        """Adds a layer of the module."""
        match self.modules[path]:
            case nn.Identity():
                return inputs[0]
            case nn.ReLU():
                return self.add("Relu", inputs)
            case nn.ReLU6():
                limits = [self.constant(torch.tensor(limit)) for limit in (0.0, 6.0)]
                return self.add("Clip", [*inputs, *limits])
            case nn.Conv2d(padding_mode="zeros") as layer if not isinstance(layer.padding, str):
                constants = [self.constant(part) for part in (layer.weight, layer.bias) if part is not None]
                return self.add("Conv", [*inputs, *constants], group=layer.groups, **_window(layer))
            case nn.MaxPool2d(dilation=1, ceil_mode=False) as layer:
                return self.add("MaxPool", inputs, **_window(layer))
            case layer:
                raise UnknownLayerError(f"{path}: {type(layer).__name__}")


def _window(layer: nn.Conv2d | nn.MaxPool2d) -> dict[str, tuple[int, ...]]:
    """Attributes that convolution and pooling have in common."""
    padding = _pair(layer.padding)
    return {
        "kernel_shape": _pair(layer.kernel_size),
        "strides": _pair(layer.stride),
        "pads": padding + padding,
        "dilations": _pair(layer.dilation),
    }


def _pair(value: object) -> tuple[int, int]:
    if isinstance(value, int):
        return value, value
    assert isinstance(value, tuple)
    return value
