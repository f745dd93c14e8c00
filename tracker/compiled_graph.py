"""Convolutions run by ONNX Runtime instead of PyTorch (docs/decisions/0005-trunk-runtime.md).

Graphs are made from the loaded network, in a tenth of a second for the default one: there is nothing to ship, to cache
or to keep in step with the weights.
"""

from __future__ import annotations

import enum
import os
from importlib.util import find_spec

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from tracker.compiled_session import CompiledSession
from tracker.onnx_export import INPUT, export_onnx

MOST_THREADS = 4
"""More than these gain nothing on maps of this size."""


class Runtime(enum.StrEnum):
    """What runs the convolutions of trunk, head and box branch while tracking."""

    AUTO = "auto"
    """ONNX Runtime for a network on the processor, where it is installed and works; else PyTorch."""
    PYTORCH = "pytorch"
    ONNX_RUNTIME = "onnxruntime"


class CompiledGraph:
    """A part of the network, compiled. Calls may come from several threads.

    Args:
        module: Takes maps (N, C, H, W) and returns one or several; in evaluation mode, batch-norm folded. Later changes
            of its weights have no effect.
        channels: C.
        threads: How many processor cores share one call.
        channels_last: The results lie in memory as (N, H, W, C); their shape is (N, C, H, W) all the same.
        padded: False leaves out what convolutions pad with, so that results are smaller than the maps.

    Raises:
        ImportError: ONNX Runtime is not installed.
        RuntimeError: It does not accept the graph.
        UnknownLayerError: The module holds a layer that is not translated.
    """

    def __init__(
        self, module: nn.Module, channels: int, threads: int, *, channels_last: bool = False, padded: bool = True
    ) -> None:
        graph = export_onnx(module, channels, channels_last=channels_last, padded=padded)
        self._session = CompiledSession(graph, threads)
        self._channels_last = channels_last

    def __call__(self, x: Tensor) -> tuple[Tensor, ...]:
        """Results for maps (N, C, H, W) on the CPU, in memory of their own; image by image, as most calls have one.

        That bounds the memory for the many crops of an annotated frame, and gives an image the same numbers to the
        bit in whatever company it comes.
        """
        maps = x.contiguous().numpy()
        images = [self.run(maps[i : i + 1]) for i in range(len(maps))]
        outputs = [
            torch.from_numpy(np.concatenate(parts) if len(maps) > 1 else parts[0])
            for parts in zip(*images, strict=True)
        ]
        return tuple(output.permute(0, 3, 1, 2) if self._channels_last else output for output in outputs)

    def run(self, maps: npt.NDArray[np.float32]) -> list[npt.NDArray[np.float32]]:
        """Results as they lie in memory, (N, C, H, W) or (N, H, W, C)."""
        return self._session.run({INPUT: np.ascontiguousarray(maps)})


def is_installed() -> bool:
    """Whether there is an ONNX Runtime to import."""
    return find_spec("onnxruntime") is not None


def usable_threads() -> int:
    """How many threads a computation may take: OMP_NUM_THREADS, or the cores this process may use, at most four."""
    wish = os.environ.get("OMP_NUM_THREADS", "")
    if wish.isdecimal() and int(wish) > 0:
        return int(wish)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST_THREADS)
