"""The files of one run: checkpoint, log, curves. Everything is written so that a kill at any moment leaves it whole."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from lightning_fabric import Fabric

from tracker.training.config import TrainingConfig

CHECKPOINT = "last.ckpt"
TRAINING_LOG = "training.csv"
VALIDATION_LOG = "validation.csv"
CONFIG_FILE = "config.json"


class RunFolder:
    """A folder with ``last.ckpt``, ``training.csv``, ``validation.csv`` and ``config.json``."""

    def __init__(self, folder: Path) -> None:
        """Creates the folder if need be."""
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def checkpoint(self) -> Path:
        """Where the last checkpoint is or will be."""
        return self.folder / CHECKPOINT

    def save_checkpoint(self, fabric: Fabric, state: dict[str, Any]) -> None:
        """Writes beside and moves over."""
        beside = self.folder / f"{CHECKPOINT}.part"
        fabric.save(str(beside), state)
        if fabric.is_global_zero:
            beside.replace(self.checkpoint)
        fabric.barrier()

    def write_config(self, config: TrainingConfig) -> None:
        """Keeps what the run was started with."""
        (self.folder / CONFIG_FILE).write_text(json.dumps(asdict(config), indent=1), encoding="utf-8")

    def append(self, log: str, row: Mapping[str, float | int | str]) -> None:
        """Adds a line to a log; the first line writes the header."""
        path = self.folder / log
        is_new = not path.exists()
        with path.open("a", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(row))
            if is_new:
                writer.writeheader()
            writer.writerow(row)

    def forget_after(self, step: int) -> None:
        """Drops the lines of steps that a kill lost, so that a resumed run doesn't log them twice."""
        for log in (TRAINING_LOG, VALIDATION_LOG):
            path = self.folder / log
            if not path.exists():
                continue
            with path.open(newline="", encoding="utf-8") as file:
                reader = csv.DictReader(file)
                names = list(reader.fieldnames or [])
                kept = [row for row in reader if None not in row.values() and int(row["step"]) <= step]
            beside = path.with_suffix(".part")
            with beside.open("w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, names)
                writer.writeheader()
                writer.writerows(kept)
            beside.replace(path)
