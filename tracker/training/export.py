"""From a run's checkpoint to a model file: ``python -m tracker.training.export runs/NAME/last.ckpt OUT.safetensors``.

The averaged weights are exported. ``--compact FILE`` also writes what another machine needs to go on training.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from tracker.errors import TrackerError
from tracker.network import DimpNetwork, NetworkConfig
from tracker.training.compact_state import write_compact
from tracker.weights import save_network

MODEL_PREFIX = "network."


def read_checkpoint(path: Path) -> dict[str, Any]:
    """A checkpoint's content.

    Raises:
        TrackerError: if the file is missing or no checkpoint of a run.
    """
    if not path.exists():
        raise TrackerError(f"There is no checkpoint {path}; give the last.ckpt of a run's folder.")
    state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    missing = {"model", "averages", "trained_names", "network"} - set(state)
    if missing:
        raise TrackerError(f"{path} is no checkpoint of this program's training: {', '.join(sorted(missing))} missing.")
    return state


def averaged_network(state: dict[str, Any], name: str | None = None) -> DimpNetwork:
    """The network of a checkpoint with its averaged weights.

    Args:
        state: What `read_checkpoint` gave.
        name: Another name for the network.
    """
    weights: dict[str, Tensor] = dict(state["model"])
    weights.update(zip(state["trained_names"], state["averages"], strict=True))
    config = replace(NetworkConfig.from_json(state["network"]), has_trained_iou=True)
    network = DimpNetwork(replace(config, name=name) if name else config)
    network.load_state_dict({key.removeprefix(MODEL_PREFIX): value for key, value in weights.items()})
    return network.eval()


def main(argv: list[str] | None = None) -> int:
    """The command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="export", description="Write a run's averaged weights as a model file.")
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("output", type=Path, help="model file (.safetensors)")
    parser.add_argument("--half", action="store_true", help="store float16")
    parser.add_argument("--name", help="name of the network in the file")
    parser.add_argument("--compact", type=Path, help="also write what is needed to go on training elsewhere")
    arguments = parser.parse_args(argv)
    try:
        state = read_checkpoint(arguments.checkpoint)
        save_network(averaged_network(state, arguments.name), arguments.output, half=arguments.half)
        if arguments.compact:
            write_compact(state, arguments.compact)
    except TrackerError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(f"{arguments.output}: step {state['step']}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
