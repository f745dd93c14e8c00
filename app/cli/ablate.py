"""``ablate``: the paper's tables 1-3 on other data."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from app.cli.outputs import check_outputs
from app.cli.record import command_line, today, write_numbers
from app.cli.sequences import chosen_sets
from app.cli.terminal import ProgressBar, say
from app.errors import AppError
from app.marked_section import check_section, write_section
from tracker.evaluation.ablation import OPTIMIZERS, PARTS, UPDATES, AblationTable
from tracker.evaluation.ablation_tuning import RATES, STEPS, Tuned, tuned, tuning_scenes
from tracker.evaluation.ablation_variants import all_variants, gradient_descent, running_mean
from tracker.evaluation.contenders import ModelContender
from tracker.evaluation.evaluation_runs import evaluate_all
from tracker.evaluation.sequence_sets import SequenceSet, shortened

SECTION = "ablation"
QUICK_FRAMES = 20
TUNING_FRAMES = 60


def run_ablate(arguments: argparse.Namespace) -> int:
    """Measure a model with one part after the other taken out, and print the paper's tables.

    Args:
        arguments: As ``app.cli.arguments`` makes them for ``ablate``.

    Returns:
        Exit code 0.

    Raises:
        AppError: A file cannot be written, or ``--jobs`` is 0.
        TrackerError: A folder, the model or the device is not usable.
    """
    jobs: int = arguments.jobs
    if jobs < 1:
        raise AppError("--jobs 0 does no work; give 1 or more.")
    check_outputs((), [path for path in (arguments.json, arguments.table) if path])
    if arguments.table:
        check_section(arguments.table, SECTION)
    sets = chosen_sets(arguments)
    seeds: Sequence[int] = arguments.seeds
    steps: Sequence[float] = STEPS
    rates: Sequence[float] = RATES
    tuning_frames = TUNING_FRAMES
    if arguments.quick:
        sets, seeds, steps, rates = shortened(sets, QUICK_FRAMES), seeds[:1], STEPS[::3], RATES[::3]
        tuning_frames = QUICK_FRAMES
    description = ModelContender(arguments.model, arguments.device).description()
    bar = ProgressBar()

    def show(step: str, done: int, total: int, what: str) -> None:
        bar.show(step, done, total, f"frames, {what}")

    with tempfile.TemporaryDirectory() as folder:
        try:
            scenes = tuning_scenes(min(tuning_frames, arguments.frames or tuning_frames))
            descent, mean = (
                tuned(partial(make, arguments.model, arguments.device), amounts, scenes, jobs, partial(show, step))
                for step, make, amounts in (
                    ("Tuning gradient descent", gradient_descent, steps),
                    ("Tuning the running mean", running_mean, rates),
                )
            )
            variants = all_variants(arguments.model, arguments.device, descent.best, mean.best, Path(folder))
            distinct = variants.distinct
            sequences = [sequence for one in sets for sequence in one.sequences]
            measured = evaluate_all(distinct, sequences, seeds, jobs, partial(show, "Measuring"))
        finally:
            bar.clear()
    reports = dict(zip(distinct, measured, strict=True))
    tables = [
        AblationTable.of(paper, [reports[variant] for variant in rows], sets)
        for paper, rows in ((OPTIMIZERS, variants.optimizers), (PARTS, variants.parts), (UPDATES, variants.updates))
    ]
    notes = [f"Model: {description}; seeds {', '.join(map(str, seeds))}; {_listed(sets)}.", *_tuning(descent, mean)]
    for line in notes:
        say(line)
    for table in tables:
        say(f"\n{table.paper.title}\n\n{table.table()}\n{table.words()}")
    if arguments.json:
        content = {"model": description, "seeds": seeds, "tables": [table.content() for table in tables]}
        write_numbers(arguments.json, arguments.argv, content)
    if arguments.table:
        write_section(arguments.table, SECTION, _page(tables, notes, arguments.argv))
        say(f"Wrote {arguments.table}")
    return 0


def _page(tables: Sequence[AblationTable], notes: Sequence[str], argv: Sequence[str]) -> str:
    """The tables as a part of a page of docs."""
    parts = [f"Made on {today()} by\n\n    {command_line(argv)}\n", *(f"- {note}" for note in notes)]
    parts += [f"\n## {table.paper.title}\n\n{table.table()}\n{table.words()}" for table in tables]
    return "\n".join(parts)


def _listed(sets: Sequence[SequenceSet]) -> str:
    return ", ".join(
        f"{one.name}: {len(one.sequences)} sequences, {sum(map(len, one.sequences))} frames" for one in sets
    )


def _tuning(descent: Tuned, mean: Tuned) -> list[str]:
    return [
        f"{what} {one.best.amount:g}, the best on three generated scenes of other seeds: "
        + ", ".join(f"{amount:g} {auc:.3f}" for amount, auc in one.tried)
        for what, one in (("Gradient descent with steps of", descent), ("Running mean with a rate of", mean))
    ]
