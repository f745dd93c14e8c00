"""From a model's name or file to a network that is ready to track."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import torch
from torch import Tensor

from tracker.batch_norm_folding import fold_batch_norm
from tracker.compiled_graph import Runtime, is_installed, usable_threads
from tracker.errors import TrackerError
from tracker.model_file import assemble, read_model_file, save_network
from tracker.model_library import ModelLibrary
from tracker.model_name import DEFAULT, MODEL_SUFFIX, RELEASED_SUFFIXES, has_suffix, is_model_file
from tracker.network import DimpNetwork
from tracker.network_config import NetworkConfig
from tracker.onnx_export import UnknownLayerError
from tracker.presets import preset
from tracker.released_checkpoint import read_released

__all__ = [
    "Runtime",
    "choose_device",
    "existing_file",
    "load_network",
    "model_path",
    "read_network",
    "read_weights",
    "save_network",
]

_log = logging.getLogger(__name__)


def load_network(
    model: str | os.PathLike[str] = DEFAULT,
    device: str = "auto",
    *,
    library: ModelLibrary | None = None,
    runtime: Runtime = Runtime.AUTO,
    threads: int | None = None,
) -> DimpNetwork:
    """Loads a network for tracking: evaluation mode, no gradients, batch-norm folded, channels-last.

    Where ONNX Runtime does the convolutions, PyTorch is set to one thread, for the whole process: what remains to it is
    too small to be shared, and its threads, waiting for more, would keep the cores from ONNX Runtime's.

    Args:
        model: A name in the library, or the path of a model file (.safetensors) or of a released checkpoint (.pth).
        device: "auto" (CUDA, then Apple's MPS, then CPU), "cpu", "cuda" or "mps".
        library: Where names are looked up; by default the program's models and the person's own.
        runtime: What runs the convolutions.
        threads: Processor cores to use; by default ``usable_threads()``. With ONNX Runtime, results are the same to the
            bit for any number.

    Raises:
        TrackerError: Unknown name, missing or damaged file, wrong weights, or an absent device or runtime.
    """
    target = choose_device(device)
    network = read_network(model, library=library).eval().requires_grad_(False)
    fold_batch_norm(network)
    network.iou_branch.prepare_refinement()
    if target.type == "cuda":
        # a session replays bit by bit, so the convolution algorithm must not depend on a race at start-up
        torch.backends.cudnn.benchmark = False
        torch.backends.cudnn.deterministic = True
    network.requires_grad_(False).to(target).to(memory_format=torch.channels_last)
    _choose_runtime(network, runtime, threads or usable_threads())
    return network


def _choose_runtime(network: DimpNetwork, runtime: Runtime, threads: int) -> None:
    if runtime is Runtime.PYTORCH or (runtime is Runtime.AUTO and network.device.type != "cpu"):
        return
    if network.device.type != "cpu":
        raise TrackerError("ONNX Runtime is used on the processor only; choose the device cpu, or another runtime.")
    if not is_installed():
        if runtime is Runtime.ONNX_RUNTIME:
            raise TrackerError("ONNX Runtime is not installed; run pip install onnxruntime, or choose another runtime.")
        _log.info("ONNX Runtime is not installed; PyTorch does its work, more slowly.")
        return
    try:
        network.compile_graphs(threads)
        refinement = preset(network.config.preset).refinement
        network.iou_branch.compile_ascent(refinement.space, refinement.iterations, refinement.step, refinement.decay)
    except (ImportError, RuntimeError, UnknownLayerError) as error:
        if runtime is Runtime.ONNX_RUNTIME:
            raise TrackerError("ONNX Runtime cannot run this network ({0}); choose another runtime.", error) from error
        _log.warning("ONNX Runtime cannot run this network; PyTorch does its work, more slowly: %s", error)
        return
    torch.set_num_threads(1)


def read_network(model: str | os.PathLike[str] = DEFAULT, *, library: ModelLibrary | None = None) -> DimpNetwork:
    """A network as it was saved, on the CPU: batch-norm in place, parameters trainable. Where training starts.

    Raises:
        TrackerError: As ``load_network``.
    """
    config, state = read_weights(model_path(model, library))
    return assemble(config, {name: tensor.float() for name, tensor in state.items()})


def model_path(model: str | os.PathLike[str] = DEFAULT, library: ModelLibrary | None = None) -> Path:
    """The file that a name or path means.

    Raises:
        TrackerError: There is none.
    """
    return existing_file(model) if is_model_file(model) else (library or ModelLibrary()).find(str(model))


def read_weights(path: Path) -> tuple[NetworkConfig, dict[str, Tensor]]:
    """Structure and weights, in the file's precision, of a model file or of a released checkpoint; all checked.

    Raises:
        TrackerError: Neither of them, or damaged.
    """
    return read_released(path) if has_suffix(path, *RELEASED_SUFFIXES) else read_model_file(path)


def choose_device(device: str) -> torch.device:
    """The device a person asked for.

    Raises:
        TrackerError: An unknown device, or one this computer does not have.
    """
    available = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    if device == "auto":
        return torch.device(next(name for name, is_available in available.items() if is_available))
    if device not in available:
        raise TrackerError("There is no device {0!r}; choose auto, cpu, cuda or mps.", device)
    if not available[device]:
        raise TrackerError("This computer has no {0} device that PyTorch can use; choose auto or cpu.", device.upper())
    return torch.device(device)


def existing_file(model: str | os.PathLike[str]) -> Path:
    """The weights file that a person names.

    Raises:
        TrackerError: There is none, or it is of another kind.
    """
    path = Path(model)
    if not path.is_file():
        raise TrackerError("There is no weights file {0}; check the path.", path)
    if not has_suffix(path, MODEL_SUFFIX, *RELEASED_SUFFIXES):
        raise TrackerError("{0} is no weights file; give a .safetensors file or a released .pth checkpoint.", path.name)
    return path
