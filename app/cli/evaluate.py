"""``evaluate``: how good and how fast a model is on annotated sequences, alone or beside others."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from app.cli.outputs import check_outputs
from app.cli.record import command_line, today, write_numbers
from app.cli.sequences import chosen_sets
from app.cli.terminal import ProgressBar, complain, say
from app.errors import AppError
from app.marked_section import check_section, write_section
from tracker.evaluation.comparison import CELL, Comparison
from tracker.evaluation.contenders import contender
from tracker.evaluation.evaluation_runs import evaluate_all

SECTION = "comparison"


def run_evaluate(arguments: argparse.Namespace) -> int:
    """Run a model, and others to compare with, over sequences and print what they reach.

    Args:
        arguments: As ``app.cli.arguments`` makes them for ``evaluate``.

    Returns:
        Exit code 0.

    Raises:
        AppError: A file cannot be written, or the arguments contradict each other.
        TrackerError: A folder, a model, a device or CSRT is not usable.
    """
    jobs: int = arguments.jobs
    if jobs < 1:
        raise AppError("--jobs 0 does no work; give 1 or more.")
    check_outputs((), [path for path in (arguments.json, arguments.table) if path])
    if arguments.table:
        check_section(arguments.table, SECTION)
    sets = chosen_sets(arguments)
    contenders = [contender(name, arguments.device) for name in (arguments.model, *arguments.compare)]
    if len({one.name for one in contenders}) < len(contenders):
        raise AppError("--compare names a tracker twice, or the model itself; give each once.")
    descriptions = [one.description() for one in contenders]
    if jobs > 1:
        complain("Several sequences at a time share the processor: the speeds say little.")
    bar = ProgressBar()
    sequences = [sequence for one in sets for sequence in one.sequences]
    try:
        reports = evaluate_all(
            contenders,
            sequences,
            arguments.seeds,
            jobs,
            lambda done, total, what: bar.show("Evaluating", done, total, f"frames, {what}"),
        )
    finally:
        bar.clear()
    comparison = Comparison.of(reports, descriptions, sets, arguments.seeds)
    say(f"{CELL}; seeds {_listed(arguments.seeds)}; on {reports[0].device}")
    say(comparison.table().rstrip())
    for line in (*comparison.notes(), *(map(str, comparison.targets()) if arguments.compare else ())):
        say(line)
    if arguments.json:
        write_numbers(arguments.json, arguments.argv, comparison.content())
    if arguments.table:
        write_section(arguments.table, SECTION, _page(comparison, arguments.argv, jobs))
        say(f"Wrote {arguments.table}")
    return 0


def _page(comparison: Comparison, argv: Sequence[str], jobs: int) -> str:
    """The comparison as a part of a page of docs."""
    speeds = f"; {jobs} sequences at a time, so that the speeds say little" if jobs > 1 else ""
    lines = [
        f"Cells: {CELL}{speeds}. Means over the seeds {_listed(comparison.seeds)}.",
        f"Made on {today()} by",
        "",
        f"    {command_line(argv)}",
        "",
        comparison.table(),
        *(f"- {note}" for note in comparison.notes()),
        "",
        "What the default model is held to:",
        "",
        *(f"- {target}" for target in comparison.targets()),
    ]
    return "\n".join(lines)


def _listed(seeds: Sequence[int]) -> str:
    return ", ".join(map(str, seeds))
