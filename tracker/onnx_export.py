"""From a PyTorch module to an ONNX graph, for the layers that the trunks, heads and box branches are made of.

``torch.fx`` follows the module's own ``forward``, so that the network is described once. PyTorch's exporter would do
the same with two further packages and its compiler imported, seconds at every start.
"""

from __future__ import annotations

import operator
from collections.abc import Sequence

import torch
from torch import Tensor, fx, nn

from tracker.onnx_graph import OnnxGraph

INPUT = "maps"
"""Name of an exported module's input."""


class UnknownLayerError(ValueError):
    """The module contains something that is not translated."""


def export_onnx(module: nn.Module, channels: int, *, padded: bool = True) -> bytes:
    """The ONNX file of a module, from maps (N, C, H, W) to results (N, H', W', C').

    Args:
        module: Takes maps and returns others; batch-norm folded.
        channels: C.
        padded: False leaves out what convolutions pad with.

    Raises:
        UnknownLayerError: The module contains a layer that is not translated.
    """
    graph = OnnxGraph()
    (result,) = add_module(graph, module, graph.input(INPUT, ("N", channels, "H", "W")), padded=padded)
    graph.output(to_channels_last(graph, result), 4)
    return graph.file()


def to_channels_last(graph: OnnxGraph, maps: str) -> str:
    """Maps (N, C, H, W) as (N, H, W, C)."""
    return graph.add("Transpose", maps, perm=(0, 2, 3, 1))


def add_module(graph: OnnxGraph, module: nn.Module, maps: str, *, padded: bool = True) -> list[str]:
    """Adds all that a module does to ``maps`` and says what its results are called.

    Raises:
        UnknownLayerError: The module contains a layer that is not translated.
    """
    layers = dict(module.named_modules())
    names: dict[fx.Node, str] = {}
    for node in fx.Tracer().trace(module).nodes:
        inputs = [names[part] for part in node.args if isinstance(part, fx.Node)]
        match node.op:
            case "placeholder":
                names[node] = maps
            case "call_module":
                names[node] = _add_layer(graph, str(node.target), layers[str(node.target)], inputs, padded=padded)
            case "call_function" if node.target in {operator.add, torch.add}:
                names[node] = graph.add("Add", *inputs)
            case "output":
                return [names[part] for part in node.all_input_nodes]
            case _:
                raise UnknownLayerError(f"{node.op} {node.target}")
    raise AssertionError("torch.fx ends every graph with its output")


def _add_layer(graph: OnnxGraph, path: str, layer: nn.Module, inputs: Sequence[str], *, padded: bool) -> str:
    match layer:
        case nn.Identity():
            return inputs[0]
        case nn.ReLU():
            return graph.add("Relu", *inputs)
        case nn.ReLU6():
            return graph.add("Clip", *inputs, graph.constant(0.0), graph.constant(6.0))
        case nn.Conv2d(padding_mode="zeros") if not isinstance(layer.padding, str):
            constants = [_constant(graph, part) for part in (layer.weight, layer.bias) if part is not None]
            return graph.add("Conv", *inputs, *constants, group=layer.groups, **_window(layer, padded=padded))
        case nn.MaxPool2d(dilation=1, ceil_mode=False):
            return graph.add("MaxPool", *inputs, **_window(layer, padded=padded))
        case _:
            raise UnknownLayerError(f"{path}: {type(layer).__name__}")


def _constant(graph: OnnxGraph, values: Tensor) -> str:
    return graph.constant(values.detach().float().cpu().contiguous().numpy())


def _window(layer: nn.Conv2d | nn.MaxPool2d, *, padded: bool) -> dict[str, tuple[int, ...]]:
    """Attributes that convolution and pooling have in common."""
    padding = _pair(layer.padding) if padded else (0, 0)
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
