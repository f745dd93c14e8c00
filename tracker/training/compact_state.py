"""What a later run needs to go on from an earlier one, small enough to be kept in the repository.

Raw weights in float16 and the square roots of Adam's second moments in bfloat16. The first moments are left out: they
forget within ten steps.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor


def write_compact(state: dict[str, Any], path: Path) -> None:
    """Writes the compact form of a checkpoint's content."""
    names: list[str] = state["trained_names"]
    moments = state["optimizer"]["state"]
    tensors = {f"weight.{name}": state["model"][name].half().contiguous() for name in names}
    for index, name in enumerate(names):
        tensors[f"moment.{name}"] = moments[index]["exp_avg_sq"].sqrt().bfloat16().contiguous()
    buffers = {name: value for name, value in state["model"].items() if "running_" in name}
    tensors.update({f"buffer.{name}": value.float().contiguous() for name, value in buffers.items()})
    save_file(tensors, path, metadata={"step": str(state["step"])})


def read_compact(path: Path) -> tuple[dict[str, Tensor], dict[str, Tensor], int]:
    """Raw weights and buffers by name, Adam's second moments by name, and the step they are from."""
    weights: dict[str, Tensor] = {}
    moments: dict[str, Tensor] = {}
    with safe_open(path, framework="pt") as file:
        step = int(file.metadata()["step"])
        for key in file.keys():  # noqa: SIM118  # not a mapping
            kind, _, name = key.partition(".")
            value = file.get_tensor(key).float()
            if kind == "moment":
                moments[name] = value.square()
            else:
                weights[name] = value
    return weights, moments, step
