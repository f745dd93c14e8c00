"""The checkpoints that DiMP's authors published, as networks of this program.

A checkpoint is a dict written by ``torch.save``: ``net`` holds the tensors, ``constructor`` says which function made
the network. It is believed only as far as names, shapes and types are those of a published file.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor

from tracker.errors import TrackerError
from tracker.model_file import check_finite
from tracker.model_name import shown
from tracker.network_config import NETWORK_CONFIGS, NetworkConfig
from tracker.released_names import TABLE_SHAPE, check_released, our_names
from tracker.safe_unpickling import unpickle_safely

CONSTRUCTORS = {
    "dimpnet18": "dimp18",
    "dimpnet50": "dimp50",
    "klcedimpnet18": "prdimp18",
    "klcedimpnet50": "prdimp50",
}
"""The published function that built a network, and the network; dimpnet50 also built super_dimp."""
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


def read_released(path: Path) -> tuple[NetworkConfig, dict[str, Tensor]]:
    """Structure and float32 weights of a published checkpoint, under this package's names.

    Raises:
        TrackerError: Anything but a published dimp18, dimp50, super_dimp, prdimp18 or prdimp50 file.
    """
    content = unpickle_safely(path)
    net, constructor = (content.get(key) for key in ("net", "constructor"))
    if not isinstance(net, dict) or not all(isinstance(name, str) for name in net):
        raise TrackerError("{0} holds no network weights; take a published DiMP checkpoint.", path.name)
    config = _config(constructor, path)
    check_released(net, config, path.name)
    # copies, so that the optimizer's moments in the same file can be freed
    state = {
        ours: _flat_table(net[released]).detach().to(torch.float32, copy=True).contiguous()
        for released, ours in our_names(net, config).items()
    }
    check_finite(state, path.name)
    return config, state


def _config(constructor: object, path: Path) -> NetworkConfig:
    """Which of the published networks a checkpoint says it is."""
    function = getattr(constructor, "fun_name", None)
    if not isinstance(function, str) or function not in CONSTRUCTORS:
        raise TrackerError(
            "{0} holds a network built by {1}, which is not supported; take a published dimp18, dimp50, super_dimp, "
            "prdimp18 or prdimp50.",
            path.name,
            shown(function),
        )
    arguments = getattr(constructor, "kwds", None) or {}
    if not isinstance(arguments, dict):
        raise TrackerError("{0} has a constructor without readable arguments; take a published file.", path.name)
    for name, required in REQUIRED_ARGUMENTS.items():
        value = arguments.get(name, required)
        # anything may stand there, a tensor too, and comparing that with a number gives no truth
        if not isinstance(value, bool | int | float | str) or value != required:
            raise TrackerError(
                "{0} was built with {1} = {2}, this program knows only {3!r}; take a published file.",
                path.name,
                name,
                shown(value),
                required,
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
