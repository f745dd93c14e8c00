"""How many multiplications a tracked frame takes: what the physical limit is measured by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from tracker.ascent_graph import BOXES
from tracker.compiled_session import CompiledSession
from tracker.network import DimpNetwork
from tracker.onnx_export import INPUT

Shapes = Mapping[str, tuple[int, ...]]


def multiplications(network: DimpNetwork, crop_size: int, steps: int, track: Callable[[], object]) -> float:
    """Multiplications with an addition, in millions, of what is done for one frame.

    What PyTorch does is counted by PyTorch; of what ONNX Runtime does, from the shapes it is given: the box branch
    looks at parts of its maps only.

    Args:
        network: As it is used.
        crop_size: Side of a search region in crop pixels.
        steps: Of box refinement.
        track: Tracks a frame, with the target found.
    """
    with FlopCounterMode(display=False) as counter, _watched_sessions() as calls:
        track()
    total = counter.get_total_flops() / 2
    for shapes in calls:
        if BOXES in shapes:
            total += steps * _ascent_step(shapes)
        elif shapes[INPUT][1] == 3:
            total += _trunk_and_head(network, crop_size)
        else:
            total += _test_features(network, crop_size, shapes[INPUT])
    return total / 1e6


@contextmanager
def _watched_sessions() -> Iterator[list[Shapes]]:
    """The shapes of all inputs that sessions are given meanwhile."""
    calls: list[Shapes] = []
    original = CompiledSession.run

    def run(session: CompiledSession, inputs: Mapping[str, npt.NDArray[np.generic]]) -> list[npt.NDArray[np.float32]]:
        calls.append({name: part.shape for name, part in inputs.items()})
        return original(session, inputs)

    CompiledSession.run = run  # type: ignore[method-assign]
    try:
        yield calls
    finally:
        CompiledSession.run = original  # type: ignore[method-assign]


@torch.no_grad()
def _trunk_and_head(network: DimpNetwork, crop_size: int) -> float:
    with FlopCounterMode(display=False) as counter:
        network.classification_features(network.extract_features(torch.zeros(1, 3, crop_size, crop_size)))
    return float(counter.get_total_flops() / 2)


def _test_features(network: DimpNetwork, crop_size: int, shape: tuple[int, ...]) -> float:
    """Both 3x3 convolutions on a whole map, or on a part of it, each smaller by its rim than what it is given."""
    branch = network.iou_branch
    _, channels, rows, columns = shape
    module, stride = next(
        pair for pair in ((branch.test8, 8), (branch.test16, 16)) if _first_channels(pair[0]) == channels
    )
    rim = 0 if rows == crop_size // stride else 2
    total = 0.0
    for layer in module.modules():
        if isinstance(layer, nn.Conv2d):
            rows, columns = rows - rim, columns - rim
            total += rows * columns * layer.weight.numel()
    return total


def _first_channels(module: nn.Module) -> int:
    return next(layer.in_channels for layer in module.modules() if isinstance(layer, nn.Conv2d))


def _ascent_step(shapes: Shapes) -> float:
    """Prediction and gradient of all boxes (``tracker.ascent_graph``)."""
    boxes = shapes[BOXES][0]
    total = 0.0
    for stride in (8, 16):
        inputs, hidden = shapes[f"weight{stride}"]
        _, side, _, channels = shapes[f"cells{stride}"]
        bins = round((inputs / channels) ** 0.5)
        rows, columns = bins * side * side * channels, bins * bins * side * channels
        total += boxes * (2 * inputs * hidden + 2 * rows + 3 * columns)
    return total
