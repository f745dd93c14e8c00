"""What runs the network while tracking, ONNX Runtime or PyTorch (docs/decisions/0005-trunk-runtime.md), on which cores.

Graphs are made from the loaded network, in a tenth of a second for the default one: there is nothing to ship, to cache
or to keep in step with the weights.
"""

from __future__ import annotations

import enum
import os
from importlib.util import find_spec

import numpy as np
import numpy.typing as npt
from torch import nn

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
        module: Takes maps (N, C, H, W) and returns others; in evaluation mode, batch-norm folded. Later changes of its
            weights have no effect.
        channels: C.
        threads: How many processor cores may share one call.
        padded: False leaves out what convolutions pad with, so that results are smaller than the maps.

    Raises:
        ImportError: ONNX Runtime is not installed.
        RuntimeError: It does not accept the graph.
        UnknownLayerError: The module holds a layer that is not translated.
    """

    def __init__(self, module: nn.Module, channels: int, threads: int, *, padded: bool = True) -> None:
        self._session = CompiledSession(export_onnx(module, channels, padded=padded), threads)

    def __call__(self, maps: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Results (N, H', W', C') for maps (N, C, H, W)."""
        (results,) = self._session.run({INPUT: np.ascontiguousarray(maps)})
        return results


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
