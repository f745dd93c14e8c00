"""``evaluate``: how good and how fast a model is on annotated sequences."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path

from app.cli_outputs import check_outputs
from app.cli_terminal import ProgressBar, complain, say
from app.errors import AppError
from app.formats.atomic import new_file
from tracker.evaluation.evaluate import EvaluationReport, evaluate_directories
from tracker.evaluation.sequence import BenchmarkSequence, find_sequences

_THREADS = "OMP_NUM_THREADS"


def run_evaluate(
    folders: Sequence[Path], model: str, device: str, seeds: Sequence[int], json_file: Path | None, jobs: int
) -> int:
    """Run a model over sequences in OTB layout and print what it reaches.

    Args:
        folders: Sequences, or folders of sequences.
        model: Name of a model, or a weights file.
        device: Where the network runs.
        seeds: Each sequence is run once with each.
        json_file: The numbers as JSON too, or None.
        jobs: Sequences at a time, each in a process of its own.

    Returns:
        Exit code 0.

    Raises:
        AppError: The JSON file cannot be written, or ``jobs`` is 0.
        TrackerError: A folder, the model or the device is not usable.
    """
    if jobs < 1:
        raise AppError("--jobs 0 does no work; give 1 or more.")
    check_outputs((), [] if json_file is None else [json_file])
    sequences = find_sequences(list(folders))
    bar = ProgressBar()
    if jobs == 1 or len(sequences) == 1:
        try:
            report = evaluate_directories(
                folders, model, device, seeds, lambda name, done, total: bar.show(name, done, total, "frames")
            )
        finally:
            bar.clear()
    else:
        complain("Several sequences at a time share the processor: the speeds say little.")
        report = _in_processes(sequences, model, device, seeds, jobs, bar)
    say(f"Model {report.model} on {report.device}, seeds {','.join(map(str, seeds))}")
    say(report.table().rstrip())
    if json_file is not None:
        with new_file(json_file) as file:
            file.write(report.to_json())
        say(f"Wrote {json_file}")
    return 0


def _in_processes(
    sequences: list[BenchmarkSequence], model: str, device: str, seeds: Sequence[int], jobs: int, bar: ProgressBar
) -> EvaluationReport:
    """The reports of all sequences, in their order, from ``jobs`` processes."""
    reports: dict[int, EvaluationReport] = {}
    # "spawn": a forked process would inherit torch's threads in whatever state they are
    context = multiprocessing.get_context("spawn")
    with _threads_for(jobs), ProcessPoolExecutor(jobs, mp_context=context) as pool:
        waiting = {
            pool.submit(evaluate_directories, [_folder_of(sequence)], model, device, tuple(seeds)): place
            for place, sequence in enumerate(sequences)
        }
        try:
            for finished in as_completed(waiting):
                reports[waiting[finished]] = finished.result()
                bar.show("Evaluating", len(reports), len(sequences), "sequences")
        finally:
            pool.shutdown(cancel_futures=True)
            bar.clear()
    runs = tuple(run for place in sorted(reports) for run in reports[place].runs)
    return EvaluationReport(reports[0].model, reports[0].device, runs)


@contextmanager
def _threads_for(jobs: int) -> Iterator[None]:
    """Each process started inside takes its share of the processor, unless the person has set the number."""
    if _THREADS in os.environ:
        yield
        return
    os.environ[_THREADS] = str(max(1, (os.cpu_count() or 1) // jobs))
    try:
        yield
    finally:
        del os.environ[_THREADS]


def _folder_of(sequence: BenchmarkSequence) -> Path:
    pictures = sequence.pictures[0].parent
    return pictures.parent if pictures.name == "img" else pictures
