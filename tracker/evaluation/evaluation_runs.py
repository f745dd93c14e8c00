"""Many runs of many trackers, one after the other or in several processes, with progress and an end on Ctrl-C."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tracker.evaluation.contenders import Contender
from tracker.evaluation.evaluate import EvaluationReport, SequenceReport, follow
from tracker.evaluation.sequence import AnnotatedSequence

Progress = Callable[[int, int, str], None]
"""Told of (frames done in all, frames in all, what runs)."""

_THREADS = "OMP_NUM_THREADS"
_SECONDS_BETWEEN = 0.2


@dataclass(frozen=True, slots=True)
class EvaluationRun:
    """One pass of one tracker over one sequence."""

    contender: Contender
    sequence: AnnotatedSequence
    seed: int


class CancelledRunError(Exception):
    """The run was given up because its program was interrupted."""


def evaluate_all(
    contenders: Sequence[Contender],
    sequences: Sequence[AnnotatedSequence],
    seeds: Sequence[int],
    jobs: int = 1,
    progress: Progress | None = None,
) -> list[EvaluationReport]:
    """Runs every tracker over every sequence with every seed; one that takes no seed runs once, noted as the first.

    Args:
        contenders: The trackers.
        sequences: What they run on.
        seeds: At least one.
        jobs: Runs at a time; above 1 in processes, which share the cores unless OMP_NUM_THREADS is set.
        progress: Told now and then.

    Returns:
        A report for each tracker, in their order.

    Raises:
        TrackerError: A picture cannot be read, or a tracker cannot run.
    """
    runs = [
        EvaluationRun(contender, sequence, seed)
        for contender in contenders
        for sequence in sequences
        for seed in (seeds if contender.takes_seed else seeds[:1])
    ]
    reports = iter(_in_processes(runs, jobs, progress) if jobs > 1 and len(runs) > 1 else _in_turn(runs, progress))
    counts = [sum(run.contender is contender for run in runs) for contender in contenders]
    return [
        EvaluationReport(contender.name, contender.device(), tuple(next(reports) for _ in range(count)))
        for contender, count in zip(contenders, counts, strict=True)
    ]


def _in_turn(runs: Sequence[EvaluationRun], progress: Progress | None) -> list[SequenceReport]:
    total = sum(len(run.sequence) for run in runs)
    done = 0
    reports = []
    for run in runs:

        def count(name: str = f"{run.contender.name} {run.sequence.name}") -> None:
            nonlocal done
            done += 1
            if progress:
                progress(done, total, name)

        reports.append(_made(run, count))
    return reports


def _made(run: EvaluationRun, count: Callable[[], None]) -> SequenceReport:
    with run.contender.start(run.seed) as tracker:
        return follow(run.sequence, tracker, run.seed, count)


def _in_processes(runs: Sequence[EvaluationRun], jobs: int, progress: Progress | None) -> list[SequenceReport]:
    # "spawn": a forked process would inherit torch's threads in whatever state they are
    context = multiprocessing.get_context("spawn")
    cancelled, counter = context.Event(), context.Value("q", 0)
    total = sum(len(run.sequence) for run in runs)
    with (
        _threads_for(jobs),
        ProcessPoolExecutor(jobs, mp_context=context, initializer=_enter, initargs=(cancelled, counter)) as pool,
    ):
        waiting = [pool.submit(_made_here, run) for run in runs]
        try:
            pending: set[Future[SequenceReport]] = set(waiting)
            while pending:
                finished, pending = wait(pending, _SECONDS_BETWEEN, FIRST_EXCEPTION)
                for future in finished:
                    future.result()  # the first failure ends the rest
                if progress:
                    progress(counter.value, total, f"{len(runs) - len(pending)} of {len(runs)} runs done")
        except BaseException:
            cancelled.set()
            pool.shutdown(cancel_futures=True)
            raise
        return [future.result() for future in waiting]


_cancelled: Any = None
"""In a process of the pool: the event that ends all runs."""
_counter: Any = None
"""In a process of the pool: the frames done by all of them."""


def _enter(cancelled: Any, counter: Any) -> None:  # noqa: ANN401 - multiprocessing's types depend on the context
    global _cancelled, _counter
    _cancelled, _counter = cancelled, counter
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the program decides


def _made_here(run: EvaluationRun) -> SequenceReport:
    def count() -> None:
        if _cancelled.is_set():
            raise CancelledRunError
        with _counter.get_lock():
            _counter.value += 1

    return _made(run, count)


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
