"""From a model's name or file to a network that is ready to track."""

from __future__ import annotations

import os
from pathlib import Path

import torch

from tracker.batch_norm_folding import fold_batch_norm
from tracker.convert_checkpoint import RELEASED_SUFFIXES, read_released
from tracker.errors import TrackerError
from tracker.manifest import DEFAULT, WEIGHTS_FOLDER, read_manifest
from tracker.model_file import assemble, read_model_file, save_network
from tracker.network import DimpNetwork

__all__ = ["choose_device", "load_network", "read_network", "save_network"]

MODEL_SUFFIX = ".safetensors"


def load_network(
    model: str | os.PathLike[str] = DEFAULT, device: str = "auto", *, folder: Path = WEIGHTS_FOLDER
) -> DimpNetwork:
    """Loads a network for tracking: evaluation mode, no gradients, batch-norm folded, channels-last.

    Args:
        model: A name in the manifest, or the path of a model file (.safetensors) or of a released checkpoint (.pth).
        device: "auto" (CUDA, then Apple's MPS, then CPU), "cpu", "cuda" or "mps".
        folder: Where the manifest is.

    Raises:
        TrackerError: Unknown name, missing or damaged file, wrong weights, or an absent device.
    """
    target = choose_device(device)
    network = read_network(model, folder=folder).eval().requires_grad_(False)
    fold_batch_norm(network)
    network.iou_branch.prepare_refinement()
    if target.type == "cuda":
        # a session replays bit by bit, so the convolution algorithm must not depend on a race at start-up
        torch.backends.cudnn.benchmark = False
        torch.backends.cudnn.deterministic = True
    return network.requires_grad_(False).to(target).to(memory_format=torch.channels_last)


def read_network(model: str | os.PathLike[str] = DEFAULT, *, folder: Path = WEIGHTS_FOLDER) -> DimpNetwork:
    """A network as it was saved, on the CPU: batch-norm in place, parameters trainable. Where training starts.

    Raises:
        TrackerError: As ``load_network``.
    """
    path = _find(model, folder)
    if path.name.endswith(RELEASED_SUFFIXES):
        return assemble(*read_released(path))
    return assemble(*read_model_file(path))


def choose_device(device: str) -> torch.device:
    """The device a person asked for.

    Raises:
        TrackerError: An unknown device, or one this computer does not have.
    """
    available = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    if device == "auto":
        return torch.device(next(name for name, is_available in available.items() if is_available))
    if device not in available:
        raise TrackerError(f"There is no device {device!r}; choose auto, cpu, cuda or mps.")
    if not available[device]:
        raise TrackerError(f"This computer has no {device.upper()} device that PyTorch can use; choose auto or cpu.")
    return torch.device(device)


def _find(model: str | os.PathLike[str], folder: Path) -> Path:
    """The file meant by a manifest name or a path."""
    path = Path(model)
    is_file_name = (
        isinstance(model, os.PathLike) or path.name != model or path.name.endswith((MODEL_SUFFIX, *RELEASED_SUFFIXES))
    )
    if not is_file_name:
        manifest = read_manifest(folder)
        entry = manifest.find(str(model))
        if entry is None:
            known = ", ".join(manifest.entries)
            raise TrackerError(f"There is no model named {model!r}; known are {known}, or give the path of a file.")
        return manifest.verified_path(entry)
    if not path.is_file():
        raise TrackerError(f"There is no weights file {path}; check the path.")
    if not path.name.endswith((MODEL_SUFFIX, *RELEASED_SUFFIXES)):
        raise TrackerError(f"{path.name} is no weights file; give a .safetensors file or a released .pth checkpoint.")
    return path
