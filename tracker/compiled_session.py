"""Sessions of ONNX Runtime: for one caller who may use all cores, or for several with one core each."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import numpy.typing as npt

from tracker.core_choice import CoreChoice

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import onnxruntime  # type: ignore[import-untyped]

T = TypeVar("T")
R = TypeVar("R")

_this_thread = threading.local()


def on_all_cores(work: Callable[[T], R], things: Sequence[T], cores: int) -> list[R]:
    """``work`` of each thing, as many at a time as there are cores; sessions take one core each meanwhile.

    That is faster than one after the other with all cores, where threads wait for each other at every layer. All have
    been done when it returns or raises. Within a thing's work there are no further cores.

    Raises:
        Exception: The first that was raised, by order of the things.
    """
    if len(things) < 2 or cores < 2 or has_one_core():
        return [work(thing) for thing in things]
    with ThreadPoolExecutor(min(cores, len(things)), "core", initializer=keep_to_one_core) as threads:
        jobs = [threads.submit(work, thing) for thing in things]
    return [job.result() for job in jobs]


def keep_to_one_core() -> None:
    """From now on sessions take one core for a call of this thread."""
    _this_thread.has_one_core = True


def has_one_core() -> bool:
    """Whether this thread keeps to one core: those of ``on_all_cores`` do, and the one of ``tracker.spare_core``."""
    return getattr(_this_thread, "has_one_core", False)


class CompiledSession:
    """A compiled ONNX file. Calls may come from several threads.

    A call shares all cores, or has one where that is faster; to results it makes no difference.

    Args:
        graph: The file.
        threads: How many processor cores may share one call.

    Raises:
        ImportError: ONNX Runtime is not installed.
        RuntimeError: It does not accept the graph.
    """

    def __init__(self, graph: bytes, threads: int) -> None:
        self._one_core = make_session(graph, 1)
        self._all_cores = make_session(graph, threads) if threads > 1 else self._one_core
        self._choice = CoreChoice()

    def run(self, inputs: Mapping[str, npt.NDArray[np.generic]]) -> list[npt.NDArray[np.float32]]:
        """All outputs, in memory of their own."""
        if self._all_cores is self._one_core or has_one_core():
            return self._results(inputs, shared=False)
        shared = self._choice.next()
        started = time.perf_counter()
        results = self._results(inputs, shared=shared)
        self._choice.took(time.perf_counter() - started, shared=shared)
        return results

    def _results(self, inputs: Mapping[str, npt.NDArray[np.generic]], *, shared: bool) -> list[npt.NDArray[np.float32]]:
        session = self._all_cores if shared else self._one_core
        results: list[npt.NDArray[np.float32]] = session.run(None, inputs)
        return results


def make_session(graph: bytes, threads: int) -> onnxruntime.InferenceSession:
    """ONNX Runtime's session for a file, as ``CompiledSession``."""
    import onnxruntime  # noqa: PLC0415 - optional, and not needed on a graphics card

    onnxruntime.disable_telemetry_events()  # the Windows build would report to the system's event tracing
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.use_deterministic_compute = True
    # threads wait for each other within a call, not for the next one, which would take a core from PyTorch and window
    options.add_session_config_entry("session.force_spinning_stop", "1")
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
