"""Checkpoints like those that DiMP's authors published, made here: both containers, numbers that need no download."""

from __future__ import annotations

import sys
import types
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import torch

from tracker.network_config import NETWORK_CONFIGS
from tracker.released_checkpoint import CONSTRUCTORS
from tracker.released_names import COUNTER, NEVER_RUN, published_tensors

State = dict[str, torch.Tensor]

PUBLISHED_FILES = {
    "dimp18": "dimp18.pth",
    "dimp50": "dimp50.pth",
    "super_dimp": "super_dimp.pth.tar",
    "prdimp18": "prdimp18.pth.tar",
    "prdimp50": "prdimp50.pth.tar",
}


def function_of(name: str) -> str:
    """The authors' function that built a network."""
    built = "dimp50" if name == "super_dimp" else name
    return next(function for function, network in CONSTRUCTORS.items() if network == built)


def shapes_only(name: str) -> State:
    """A state dict of the right names and shapes that takes no room in the file."""
    return OrderedDict(
        (key, torch.tensor(3 if key.endswith(COUNTER) else 1.0).expand(shape))
        for key, shape in published_tensors(NETWORK_CONFIGS[name]).items()
    )


def random_state(name: str, seed: int = 3) -> State:
    """Weights that keep the size of what passes through, the same on every computer; the part never run is constant."""
    generator = np.random.default_rng(seed)
    state: State = OrderedDict()
    for key, shape in published_tensors(NETWORK_CONFIGS[name]).items():
        if key.startswith(NEVER_RUN) or key.endswith(COUNTER):
            state[key] = torch.tensor(3 if key.endswith(COUNTER) else 1.0).expand(shape)
        else:
            # numpy's uniform numbers are the same everywhere, torch's normal ones are not promised to be
            uniform = torch.from_numpy(generator.random(shape, dtype=np.float32))
            state[key] = plausible(key, uniform)
    return state


def plausible(key: str, uniform: torch.Tensor) -> torch.Tensor:
    """Uniform numbers of 0..1 brought to what a tensor of that name, the authors' or ours, usually holds."""
    part = key.removeprefix("classifier.filter_optimizer.")
    if part != key:
        return _OPTIMIZER[part.partition(".")[0]] + 0.05 * uniform
    if uniform.dim() == 1:
        is_scale = key.endswith(("running_var", "weight"))
        return 0.8 + 0.4 * uniform if is_scale else 0.1 * (uniform - 0.5)
    # what is the same everywhere must give nothing, or random layers soon see no difference between two places
    centered = uniform.double() - uniform.double().flatten(1).mean(1).view(-1, *[1] * (uniform.dim() - 1))
    # boxes shall not run away; in our own model, which measures that on annotated frames, hardly move
    gentle = 0.1 if "iou_predictor" in key else 0.01 if "iou_branch.output" in key else 1.0
    return (centered * gentle * (24 / uniform[0].numel()) ** 0.5).float()


_BINS = torch.arange(100.0).view(1, 100, 1, 1)
_OPTIMIZER = {
    "log_step_length": torch.tensor([-0.2]),
    "filter_reg": torch.tensor([0.1]),
    "label_map_predictor": torch.exp(-0.5 * (_BINS / 9) ** 2),
    "target_mask_predictor": 3 * torch.tanh(2 - _BINS / 10),
    "spatial_weight_predictor": torch.ones(1, 100, 1, 1),
}
"""What training starts the optimizer's numbers from."""


@contextmanager
def authors_classes() -> Iterator[Callable[[str], type]]:
    """Gives classes under the authors' names for pickling; nothing of them is left afterwards."""
    made: dict[str, types.ModuleType] = {}

    def make(class_path: str) -> type:
        module_name, _, class_name = class_path.rpartition(".")
        parts = module_name.split(".")
        for end in range(1, len(parts) + 1):
            name = ".".join(parts[:end])
            made[name] = sys.modules.setdefault(name, types.ModuleType(name))
        cls = type(class_name, (), {"__module__": module_name})
        setattr(made[module_name], class_name, cls)
        return cls

    try:
        yield make
    finally:
        for name in made:
            del sys.modules[name]


def write_released(
    path: Path,
    function: object,
    state: Mapping[str, object],
    *,
    zip_format: bool = True,
    prefix: str = "ltr.admin.",
    kwds: object = None,
    further: Mapping[str, object] | None = None,
) -> Path:
    """A checkpoint as the training program writes it, with the classes it names.

    Args:
        path: Where to.
        function: Name of the function that built the network.
        state: The tensors.
        zip_format: The container since PyTorch 1.6, or the older one.
        prefix: Of the modules; older files have another.
        kwds: Arguments of the function; usual ones if None.
        further: Entries to add to the dictionary or to replace in it.
    """
    with authors_classes() as make:
        constructor = make(f"{prefix}model_constructor.NetConstructor")()
        constructor.fun_name, constructor.fun_module = function, "ltr.models.tracking.dimpnet"
        constructor.args = ()
        constructor.kwds = kwds if kwds is not None else {"filter_size": 4, "clf_feat_norm": True}
        meter = make(f"{prefix}stats.AverageMeter")()
        meter.avg = 0.5
        settings = make(f"{prefix}settings.Settings")()
        settings.env = make(f"{prefix}local.EnvironmentSettings")()
        settings.env.workspace_dir = "/somewhere"
        content = {
            "epoch": 50,
            "actor_type": "DiMPActor",
            "net_type": "DiMPnet",
            "net": OrderedDict(state),
            "net_info": None,
            "constructor": constructor,
            "optimizer": {"state": {}, "param_groups": []},
            "stats": OrderedDict(train=OrderedDict({"Loss/total": meter})),
            "settings": settings,
        }
        torch.save(content | dict(further or {}), path, _use_new_zipfile_serialization=zip_format)
    return path


def write_published(path: Path, name: str, *, zip_format: bool = True, seed: int = 3) -> Path:
    """The published file of a network with random weights."""
    return write_released(path, function_of(name), random_state(name, seed), zip_format=zip_format)
