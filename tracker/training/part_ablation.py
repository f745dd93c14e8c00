"""What training each part is worth on the validation sets.

``python -m tracker.training.part_ablation TRAINED.safetensors --config lite0`` puts the untrained weights back into one
part at a time and measures; "initialiser only" is the filter before the optimizer's first step.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import torch

from tracker.errors import TrackerError
from tracker.evaluation.ablation_variants import with_untrained_parts
from tracker.training.config import load_config
from tracker.training.data import load_split
from tracker.training.trainer import start_network
from tracker.training.training_network import TrainingNetwork
from tracker.training.validation import Metrics, ValidationSet, measure, validation_sets
from tracker.weights import read_network

VARIANTS: dict[str, tuple[str, ...]] = {
    "trained": (),
    "head untrained": ("target_model.head.",),
    "initialiser untrained": ("target_model.initializer.",),
    "tables, step and regulariser untrained": ("target_model.optimizer.",),
    "whole target model untrained": ("target_model.",),
    "trunk untrained": ("backbone.",),
    "untrained": ("",),
}


def table(rows: dict[str, dict[str, Metrics]]) -> str:
    """Markdown: a row a variant; loss and hits of initialiser and optimised filter on both sets."""
    lines = [
        "| | easy: C0 / C5 (x1000) | easy: hits | hard: C0 / C5 (x1000) | hard: hits |",
        "|---|---|---|---|---|",
    ]
    for name, sets in rows.items():
        cells = []
        for metrics in sets.values():
            cells.append(f"{1000 * metrics.first_loss:.2f} / {1000 * metrics.last_loss:.2f}")
            cells.append(f"{100 * metrics.first_hits:.1f} -> {100 * metrics.last_hits:.1f} %")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def main(argv: list[str] | None = None) -> int:
    """The command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="part_ablation", description="What training each part is worth.")
    parser.add_argument("model", type=Path, help="trained model file")
    parser.add_argument("--config", default="lite0")
    parser.add_argument("overrides", nargs="*", metavar="section.key=value")
    arguments = parser.parse_args(argv)
    try:
        config = load_config(arguments.config, arguments.overrides)
        torch.set_num_threads(config.run.threads)
        trained, untrained = read_network(arguments.model), start_network(config)
        sets: dict[str, ValidationSet] = validation_sets(config, load_split(config.data))
        rows = {}
        for name, prefixes in VARIANTS.items():
            model = TrainingNetwork(
                with_untrained_parts(trained, untrained, prefixes), config.loss, config.rates.trunk_from
            )
            model.to(memory_format=torch.channels_last)
            rows[name] = {key: measure(model, items, torch.device("cpu")) for key, items in sets.items()}
            sys.stderr.write(f"{name}\n")
    except TrackerError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(table(rows))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
