"""Which sequences a command is to run on, from its arguments."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.errors import AppError
from tracker.evaluation.sequence_sets import (
    SequenceSet,
    check_distinct,
    effort_set,
    generated_set,
    sets_in,
    shortened,
)

HELD_OUT = "held out"
"""Name of the set of sequences that training left out."""


def chosen_sets(arguments: argparse.Namespace) -> list[SequenceSet]:
    """The sequences that the arguments name, of each the first ``frames`` if so wished.

    Raises:
        AppError: Nothing was asked for.
        TrackerError: A folder or the training configuration is not usable, or a sequence was named twice.
    """
    sets = sets_in(arguments.folders)
    if arguments.held_out:
        sets.append(_held_out(arguments.held_out))
    if arguments.generated:
        sets.append(generated_set())
    if arguments.scene_seeds:
        sets.append(effort_set(arguments.scene_seeds))
    if not sets:
        raise AppError("A folder of sequences is required; name one or more, or give --generated.")
    check_distinct(sets)
    if arguments.frames in {0, 1}:
        raise AppError(f"--frames {arguments.frames} leaves nothing to track; give 2 or more.")
    return shortened(sets, arguments.frames) if arguments.frames else sets


def _held_out(config: str) -> SequenceSet:
    """The sequences that a training configuration leaves out."""
    from tracker.training.config import load_config  # noqa: PLC0415 - for those who ask for it

    data = load_config(config).data
    found = [Path(folder) / name for name in data.held_out for folder in data.videos if (Path(folder) / name).is_dir()]
    if len(found) < len(data.held_out) or not found:
        raise AppError(
            f"The sequences that the configuration {config} holds out are not in {', '.join(data.videos) or 'files'}; "
            "work in the folder that its paths start from, or leave --held-out away."
        )
    (one,) = sets_in(found)
    return SequenceSet(HELD_OUT, one.sequences)
