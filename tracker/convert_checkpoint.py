"""The authors' published checkpoints, read without running anything that is pickled in them.

    python -m tracker.convert_checkpoint dimp50.pth dimp50.safetensors

A checkpoint is a dict written by ``torch.save``: ``net`` holds the tensors, ``constructor`` says which function made
the network. Both container formats (zip, and the older one without) are read in PyTorch's weights-only mode, where
inert classes stand in for the authors' own; every other class is refused.
"""

from __future__ import annotations

import pickle
import struct
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor

from tracker.errors import TrackerError
from tracker.model_file import assemble, check_finite, check_shapes, save_network
from tracker.network_config import NETWORK_CONFIGS, NetworkConfig
from tracker.released_names import TABLE_SHAPE, our_names

RELEASED_SUFFIXES = (".pth", ".pth.tar", ".pt")
LARGEST_CHECKPOINT = 2 << 30
"""Bytes; the largest published file with its Adam moments has a quarter of that."""

CONSTRUCTORS = {
    "dimpnet18": "dimp18",
    "dimpnet50": "dimp50",
    "klcedimpnet18": "prdimp18",
    "klcedimpnet50": "prdimp50",
}
REQUIRED_ARGUMENTS: dict[str, object] = {
    "filter_size": 4,
    "clf_feat_norm": True,
    "final_conv": True,
    "num_dist_bins": 100,
    "bin_displacement": 0.1,
    "target_mask_act": "sigmoid",
    "score_act": "relu",
}
"""Numbers that are not among the weights but built into this package, by their names in the constructor."""


class Inert:
    """Stands in for a class of the authors: takes any arguments and state, does nothing."""

    def __init__(self, *_: object, **__: object) -> None: ...

    def __setstate__(self, state: object) -> None:
        if isinstance(state, dict):
            self.__dict__.update(state)


_MODULES = ("ltr.admin.", "dlframework.common.utils.")
_CLASSES = (
    "model_constructor.NetConstructor",
    "settings.Settings",
    "local.EnvironmentSettings",
    "stats.AverageMeter",
    "stats.StatValue",
)
_NUMPY = ("numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar", "numpy.dtype")


def _stand_ins() -> list[Callable[..., object] | tuple[Callable[..., object], str]]:
    names = [module + name for module in _MODULES for name in _CLASSES] + list(_NUMPY)
    # one class each: PyTorch finds a stand-in by class as well as by name
    return [(type(name.rpartition(".")[2], (Inert,), {}), name) for name in names]


def read_released(path: Path) -> tuple[NetworkConfig, dict[str, Tensor]]:
    """Structure and float32 weights of a published checkpoint, under this package's names.

    Raises:
        TrackerError: Anything but a published dimp18, dimp50, super_dimp, prdimp18 or prdimp50 file.
    """
    content = _unpickle(path)
    net, constructor = (content.get(key) for key in ("net", "constructor"))
    if not isinstance(net, dict) or not all(isinstance(name, str) for name in net):
        raise TrackerError(f"{path.name} holds no network weights; take a published DiMP checkpoint.")
    config = _config(constructor, path)
    names = our_names(net, config)
    if not all(isinstance(net[name], Tensor) for name in names):
        raise TrackerError(f"{path.name} holds something else than tensors among its weights; take a published file.")
    state = {ours: _flat_table(net[released]) for released, ours in names.items()}
    check_shapes(config, {name: tuple(tensor.shape) for name, tensor in state.items()}, path.name)
    # copies, so that the optimizer's moments in the same file can be freed
    state = {name: tensor.detach().to(torch.float32, copy=True).contiguous() for name, tensor in state.items()}
    check_finite(state, path.name)
    return config, state


def convert(source: Path, target: Path, name: str | None = None) -> NetworkConfig:
    """Writes a published checkpoint as a model file of this program.

    Args:
        source: The published file.
        target: A .safetensors file.
        name: What the model is to be called; its published name if None.

    Returns:
        The structure that was written.

    Raises:
        TrackerError: As ``read_released``.
    """
    config, state = read_released(source)
    config = replace(config, name=name) if name else config
    save_network(assemble(config, state), target)
    return config


def _unpickle(path: Path) -> dict[object, object]:
    refusal = f"{path.name} is no published DiMP checkpoint"
    try:
        if path.stat().st_size > LARGEST_CHECKPOINT:
            raise TrackerError(f"{refusal}: it is larger than 2 GB; take another file.")
        with torch.serialization.safe_globals(_stand_ins()):
            content = torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        raise TrackerError(
            f"{refusal}: it contains objects that would run code or cannot be read safely; nothing was run."
        ) from error
    except (RuntimeError, EOFError, OSError, LookupError, TypeError, AttributeError, struct.error) as error:
        raise TrackerError(f"{refusal} or is damaged; download it again.") from error
    except ValueError as error:
        if isinstance(error, TrackerError):
            raise
        raise TrackerError(f"{refusal} or is damaged; download it again.") from error
    if not isinstance(content, dict):
        raise TrackerError(f"{refusal}: it holds no dictionary; take another file.")
    return content


def _config(constructor: object, path: Path) -> NetworkConfig:
    """Which of the published networks a checkpoint says it is."""
    function = getattr(constructor, "fun_name", None)
    if not isinstance(function, str) or function not in CONSTRUCTORS:
        raise TrackerError(
            f"{path.name} holds a network built by {function!r}, which is not supported; "
            f"take a published dimp18, dimp50, super_dimp, prdimp18 or prdimp50."
        )
    arguments = getattr(constructor, "kwds", None) or {}
    if not isinstance(arguments, dict):
        raise TrackerError(f"{path.name} has a constructor without readable arguments; take a published file.")
    for name, required in REQUIRED_ARGUMENTS.items():
        if arguments.get(name, required) != required:
            raise TrackerError(
                f"{path.name} was built with {name} = {arguments[name]!r}, this program knows only {required!r}; "
                "take a published file."
            )
    name = CONSTRUCTORS[function]
    if name == "dimp50" and _is_super_dimp(arguments, path):
        name = "super_dimp"
    config = NETWORK_CONFIGS[name]
    sigma = arguments.get("gauss_sigma")
    return replace(config, label_sigma=sigma) if isinstance(sigma, float) and 0 < sigma < 100 else config


def _is_super_dimp(arguments: dict[object, object], path: Path) -> bool:
    """Constructor and shapes are those of dimp50; the label's width, or else the file name, tells them apart."""
    sigma = arguments.get("init_gauss_sigma")
    if isinstance(sigma, float):
        return abs(sigma - NETWORK_CONFIGS["super_dimp"].label_sigma) < 5e-3
    return "super" in path.name.lower()


def _flat_table(value: Tensor) -> Tensor:
    return value.flatten() if tuple(value.shape) == TABLE_SHAPE else value


def main(arguments: list[str]) -> int:
    """The command line: SOURCE TARGET."""
    try:
        source, target = map(Path, arguments)
    except ValueError:
        sys.stderr.write("usage: python -m tracker.convert_checkpoint SOURCE.pth TARGET.safetensors\n")
        return 2
    try:
        config = convert(source, target)
    except TrackerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{target}: {config.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
