"""``effort``: how many boxes a person must draw, measured with simulated annotators."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from app.cli.effort_page import effort_page, effort_words, section_of
from app.cli.outputs import check_outputs
from app.cli.record import write_numbers
from app.cli.terminal import ProgressBar, complain, say, stop_on_interrupt
from app.effort.conditions import CONDITIONS
from app.effort.measure import Group, Plan, Run, measure
from app.effort.plot import check_plot, draw_plot
from app.effort.report import as_json
from app.effort.results_file import ResultsFile
from app.effort.working import Working
from app.errors import AppError
from app.marked_section import check_section, write_section
from app.session.messages import ModelChoice
from app.session.tracker_protocol import MakeTracker
from tracker.evaluation.effort_scenes import LENGTH
from tracker.evaluation.sequence_sets import check_distinct, effort_set, sets_in, shortened
from tracker.manifest import sha256_of


def run_effort(arguments: argparse.Namespace, make_tracker: MakeTracker) -> int:
    """Measure and print; Ctrl-C ends it after the run in progress and prints what there is.

    Args:
        arguments: As ``app.cli.arguments`` makes them for ``effort``.
        make_tracker: Makes our trackers.

    Returns:
        Exit code 0.

    Raises:
        AppError: Nothing to measure on, unknown conditions or annotators, or a file that cannot be written.
        TrackerError: A folder, the model or CSRT is not usable.
    """
    plan = _plan(arguments)
    if arguments.against is not None and arguments.against not in arguments.conditions:
        raise AppError(f"--against {arguments.against} is not measured; add it to --conditions.")
    scene_seeds = arguments.scene_seeds if arguments.generated else ()
    groups = _groups(arguments.folders, scene_seeds=scene_seeds, limit=arguments.limit)
    total = len(plan.cases(groups))
    if not total:
        raise AppError("Straight lines are drawn by annotator S alone; add S to --annotators, or another condition.")
    _check(arguments, plan)
    results = None
    if arguments.results is not None:
        frames = {it.name: len(it.boxes) for group in groups for it in group.sequences}
        results = ResultsFile(arguments.results, _checksum(arguments.model) if plan.uses_model else "", frames)
    runs = _runs(groups, plan, make_tracker, results)
    say(effort_words(runs, arguments.against))
    if len(runs) < total and arguments.table is not None:
        complain(f"{arguments.table} is left as it was: give the command again with --results to go on.")
        arguments.table = None
    _write(arguments, runs)
    return 0


def _check(arguments: argparse.Namespace, plan: Plan) -> None:
    """Whether everything can be measured and written: found out before hours of work, not after."""
    check_outputs(
        (), [it for it in (arguments.json, arguments.plot, arguments.results, arguments.table) if it is not None]
    )
    if arguments.table is not None:
        for working in plan.workings:
            check_section(arguments.table, section_of(working, arguments.section))
    if arguments.plot is not None:
        check_plot(arguments.plot)
    for condition in plan.conditions:
        condition.check()


def _write(arguments: argparse.Namespace, runs: Sequence[Run]) -> None:
    """The files that were asked for."""
    if arguments.json is not None:
        write_numbers(arguments.json, arguments.argv, as_json(runs))
    if arguments.plot is not None:
        draw_plot(runs, arguments.plot)
        say(f"Wrote {arguments.plot}")
    if arguments.table is not None:
        for working in dict.fromkeys(run.case.working for run in runs):
            some = [run for run in runs if run.case.working is working]
            text = effort_page(some, arguments.argv, arguments.plot, arguments.table, arguments.against)
            write_section(arguments.table, section_of(working, arguments.section), text)
        say(f"Wrote {arguments.table}")


def _runs(groups: Sequence[Group], plan: Plan, make_tracker: MakeTracker, results: ResultsFile | None) -> list[Run]:
    """All runs, as many of them as are there already from the file of results."""
    total = len(plan.cases(groups))
    bar = ProgressBar()
    runs: list[Run] = []
    known = results.known if results is not None else None
    try:
        with stop_on_interrupt() as asked:
            for run, is_new in measure(
                groups,
                plan,
                make_tracker,
                lambda done, text: bar.show("Measuring", done, total, f"runs, {text}"),
                known,
            ):
                runs.append(run)
                if results is not None and is_new:
                    results.add(run)
                if asked.is_set():
                    complain(f"Stopped after {len(runs)} of {total} runs.")
                    break
    finally:
        bar.clear()
    return runs


def _plan(arguments: argparse.Namespace) -> Plan:
    try:
        conditions = tuple(CONDITIONS[name] for name in arguments.conditions)
    except KeyError as error:
        raise AppError(f"--conditions: there is no {error}; choose of {', '.join(CONDITIONS)}.") from error
    known = {it.value: it for it in Working}
    try:
        workings = tuple(known[name.upper()] for name in arguments.annotators)
    except KeyError as error:
        raise AppError(f"--annotators: there is no {error}; choose of {', '.join(known)}.") from error
    model = ModelChoice(arguments.model, arguments.device)
    return Plan(tuple(dict.fromkeys(conditions)), arguments.thresholds, arguments.seeds, workings, model)


def _checksum(model: str) -> str:
    from tracker.weights import model_path  # noqa: PLC0415  # loads torch

    return sha256_of(model_path(model))


def _groups(folders: Sequence[Path], *, scene_seeds: Sequence[int], limit: int | None) -> list[Group]:
    if limit == 0:
        raise AppError("--limit 0 leaves nothing to label; give 1 or more.")
    sets = sets_in(list(folders))
    if scene_seeds:
        sets.append(effort_set(scene_seeds, limit or LENGTH))
    if not sets:
        raise AppError("There is nothing to measure on; name folders of sequences, or give --generated.")
    check_distinct(sets)
    return [Group(one.name, one.sequences) for one in (shortened(sets, limit) if limit else sets)]
