"""Runs a tracker over benchmark sequences, once from the first frame to the last, and reports how well it did."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

from tracker.dimp_tracker import DimpTracker
from tracker.evaluation.metrics import Accuracy, measure
from tracker.evaluation.sequence import BenchmarkSequence, find_sequences
from tracker.geometry import BoundingBox
from tracker.result import TrackResult
from tracker.search_region import Image
from tracker.weights import load_network

Progress = Callable[[str, int, int], None]
"""Told of (sequence name, frames done in all, frames in all)."""


class EvaluatedTracker(Protocol):
    """What is evaluated: anything that can start on a box and follow it."""

    def initialize(self, image: Image, box: BoundingBox) -> TrackResult:
        """Start on a box."""
        ...

    def track(self, image: Image) -> TrackResult:
        """Find the target in the next picture."""
        ...


@dataclass(frozen=True, slots=True)
class SequenceReport:
    """One run over one sequence.

    Attributes:
        sequence: Name.
        seed: Of the tracker.
        accuracy: Measures.
        frames_per_second: Of tracking alone, without reading pictures and without the first frame.
        start_seconds: Time for the first frame.
    """

    sequence: str
    seed: int
    accuracy: Accuracy
    frames_per_second: float
    start_seconds: float


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """All runs, and their averages: over seeds for a sequence, over sequences (not frames) for the whole.

    Attributes:
        model: Which tracker.
        device: Where it ran.
        runs: In the order they were made.
    """

    model: str
    device: str
    runs: tuple[SequenceReport, ...]

    @property
    def average(self) -> SequenceReport:
        """The mean over all runs; every sequence has as many, so that it is the mean over sequences too."""
        return _mean("average", self.runs)

    @property
    def by_sequence(self) -> tuple[SequenceReport, ...]:
        """The mean over seeds for each sequence."""
        names = dict.fromkeys(run.sequence for run in self.runs)
        return tuple(_mean(name, [run for run in self.runs if run.sequence == name]) for name in names)

    def to_json(self) -> str:
        """Everything as indented JSON."""
        content = {
            "model": self.model,
            "device": self.device,
            "average": _as_dict(self.average),
            "sequences": [_as_dict(report) for report in self.by_sequence],
            "runs": [_as_dict(report) | {"seed": report.seed} for report in self.runs],
        }
        return json.dumps(content, indent=1) + "\n"

    def table(self) -> str:
        """A line a sequence and one for the average, as text for a terminal."""
        rows = (*self.by_sequence, self.average)
        width = max(len("sequence"), *(len(row.sequence) for row in rows))
        lines = [f"{'sequence':<{width}}   AUC  P@20  S@.5  frames  frames/s"]
        lines += [
            f"{row.sequence:<{width}}  {row.accuracy.auc:.3f} {row.accuracy.precision:.3f} {row.accuracy.success:.3f}"
            f"  {row.accuracy.frames:6d}  {row.frames_per_second:8.1f}"
            for row in rows
        ]
        return "\n".join(lines) + "\n"


def evaluate_directories(
    folders: Sequence[Path],
    model: str = "default",
    device: str = "auto",
    seeds: Sequence[int] = (0,),
    progress: Progress | None = None,
) -> EvaluationReport:
    """Evaluates a model on sequences in OTB layout.

    Args:
        folders: Sequences, or folders of sequences.
        model: A name or path for ``load_network``.
        device: A device for ``load_network``.
        seeds: Each sequence is run once with each.
        progress: Told of every frame.

    Raises:
        TrackerError: Unusable folder, sequence, model or device.
    """
    sequences = find_sequences(list(folders))
    network = load_network(model, device=device)

    def make_tracker(seed: int) -> EvaluatedTracker:
        return DimpTracker(network, seed=seed)

    runs = run_evaluation(sequences, make_tracker, seeds, progress)
    return EvaluationReport(network.config.name, str(network.device), runs)


def run_evaluation(
    sequences: Sequence[BenchmarkSequence],
    make_tracker: Callable[[int], EvaluatedTracker],
    seeds: Sequence[int] = (0,),
    progress: Progress | None = None,
) -> tuple[SequenceReport, ...]:
    """Runs a fresh tracker over every sequence with every seed.

    Args:
        sequences: What to run on.
        make_tracker: Makes a tracker for a seed.
        seeds: Each sequence is run once with each.
        progress: Told of every frame.

    Raises:
        TrackerError: A picture cannot be read.
    """
    total = len(seeds) * sum(map(len, sequences))
    done = 0
    runs = []
    for sequence in sequences:
        for seed in seeds:

            def count(name: str = sequence.name) -> None:
                nonlocal done
                done += 1
                if progress:
                    progress(name, done, total)

            runs.append(_run(sequence, make_tracker(seed), seed, count))
    return tuple(runs)


def _run(
    sequence: BenchmarkSequence, tracker: EvaluatedTracker, seed: int, count: Callable[[], None]
) -> SequenceReport:
    first = sequence.boxes[0]
    assert first is not None  # read_sequence refuses others
    picture = sequence.read(0)
    started = time.perf_counter()
    tracker.initialize(picture, first)
    start_seconds = time.perf_counter() - started
    boxes = [first]
    seconds = 0.0
    count()
    for index in range(1, len(sequence)):
        picture = sequence.read(index)
        started = time.perf_counter()
        boxes.append(tracker.track(picture).box)
        seconds += time.perf_counter() - started
        count()
    speed = (len(sequence) - 1) / seconds if seconds else 0.0
    return SequenceReport(sequence.name, seed, measure(boxes, sequence.boxes), speed, start_seconds)


def _mean(name: str, runs: Sequence[SequenceReport]) -> SequenceReport:
    count = len(runs)
    accuracy = Accuracy(
        auc=sum(run.accuracy.auc for run in runs) / count,
        precision=sum(run.accuracy.precision for run in runs) / count,
        success=sum(run.accuracy.success for run in runs) / count,
        frames=sum(run.accuracy.frames for run in runs),
    )
    speed = sum(run.frames_per_second for run in runs) / count
    return SequenceReport(name, runs[0].seed, accuracy, speed, sum(run.start_seconds for run in runs) / count)


def _as_dict(report: SequenceReport) -> dict[str, float | str]:
    return {
        "sequence": report.sequence,
        **asdict(report.accuracy),
        "frames_per_second": report.frames_per_second,
        "start_seconds": report.start_seconds,
    }
