"""One pass of a tracker over a sequence, and the measures of many passes."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Protocol, runtime_checkable

from tracker.evaluation.metrics import Accuracy, measure
from tracker.evaluation.sequence import AnnotatedSequence
from tracker.geometry import BoundingBox
from tracker.result import TrackResult
from tracker.search_region import Image


class EvaluatedTracker(Protocol):
    """What is evaluated: anything that can start on a box and follow it."""

    def initialize(self, image: Image, box: BoundingBox) -> TrackResult:
        """Start on a box."""
        ...

    def track(self, image: Image) -> TrackResult:
        """Find the target in the next picture."""
        ...


@runtime_checkable
class TimesItself(Protocol):
    """A tracker in another process, which knows better than a clock here how long it took."""

    @property
    def seconds(self) -> float:
        """For the last picture."""
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
        tracker: Its name.
        device: Where it ran.
        runs: In the order they were made.
    """

    tracker: str
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

    @property
    def seeds(self) -> tuple[int, ...]:
        """All seeds that were used."""
        return tuple(dict.fromkeys(run.seed for run in self.runs))

    def of_seed(self, seed: int) -> EvaluationReport:
        """The runs with one seed alone."""
        return EvaluationReport(self.tracker, self.device, tuple(run for run in self.runs if run.seed == seed))

    def on(self, sequences: Collection[str]) -> EvaluationReport:
        """The runs on some sequences alone."""
        return EvaluationReport(self.tracker, self.device, tuple(run for run in self.runs if run.sequence in sequences))

    def content(self) -> dict[str, object]:
        """Everything as plain data, averages included."""
        return {
            "tracker": self.tracker,
            "device": self.device,
            "average": _as_dict(self.average),
            "sequences": [_as_dict(report) for report in self.by_sequence],
            "runs": [_as_dict(report) | {"seed": report.seed} for report in self.runs],
        }


def follow(
    sequence: AnnotatedSequence, tracker: EvaluatedTracker, seed: int = 0, count: Callable[[], None] | None = None
) -> SequenceReport:
    """One pass over a sequence: the first box given, no resets.

    Args:
        sequence: What to run on; its first frame has a box.
        tracker: Forgets what it knew.
        seed: Noted in the report.
        count: Called after every frame.

    Raises:
        TrackerError: A picture cannot be read, or the tracker fails.
    """
    first = sequence.boxes[0]
    assert first is not None  # what reads sequences refuses others
    picture = sequence.read(0)
    started = time.perf_counter()
    tracker.initialize(picture, first)
    start_seconds = _taken(tracker, started)
    boxes = [first]
    seconds = 0.0
    if count:
        count()
    for index in range(1, len(sequence)):
        picture = sequence.read(index)
        started = time.perf_counter()
        boxes.append(tracker.track(picture).box)
        seconds += _taken(tracker, started)
        if count:
            count()
    speed = (len(sequence) - 1) / seconds if seconds else 0.0
    return SequenceReport(sequence.name, seed, measure(boxes, sequence.boxes), speed, start_seconds)


def _taken(tracker: EvaluatedTracker, started: float) -> float:
    """Seconds for a picture that was handed over at ``started``."""
    return tracker.seconds if isinstance(tracker, TimesItself) else time.perf_counter() - started


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
