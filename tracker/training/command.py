"""The command: ``python -m tracker.training --config NAME [--run FOLDER] [section.key=value ...]``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tracker.errors import TrackerError
from tracker.training.config import load_config
from tracker.training.process_setup import prepare_process


def main(argv: list[str] | None = None) -> int:
    """Starts or resumes a run; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="train", description="Train a tracker network, or go on with a run that was interrupted."
    )
    parser.add_argument("--config", default="lite0", help="name of a configuration, or a .toml file (default: lite0)")
    parser.add_argument("--run", type=Path, help="folder of the run (default: runs/NAME); resumes what is in it")
    parser.add_argument("overrides", nargs="*", metavar="section.key=value", help="changes to the configuration")
    arguments = parser.parse_args(argv)
    prepare_process()
    from tracker.training.trainer import Trainer  # noqa: PLC0415  # torch reads the environment when it is imported

    try:
        config = load_config(arguments.config, arguments.overrides)
        Trainer(config, arguments.run or Path("runs") / config.name).run()
    except TrackerError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0
