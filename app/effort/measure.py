"""Labelling effort under several conditions, measured side by side on the same sequences by the same annotator."""

from __future__ import annotations

import contextlib
import enum
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from app.effort.annotator import Annotator
from app.effort.carriers import Carrier, EngineCarrier, RestartingCarrier
from app.effort.labelled import Labelled
from app.effort.labelling import Labour, label_by_interpolation, label_in_order
from app.session.messages import ModelChoice
from app.session.tracker_protocol import MakeTracker
from tracker.evaluation.csrt_process import CsrtProcess


class Condition(enum.Enum):
    """What helps the annotator."""

    LINEAR = "linear"
    """Nothing but straight lines between keyframes."""
    CSRT = "csrt"
    """OpenCV's CSRT, begun anew at each correction."""
    RESTART = "restart"
    """Our tracker, begun anew at each correction."""
    MEMORY = "memory"
    """Our tracker, which learns from all corrections, as in the window."""

    @property
    def uses_our_tracker(self) -> bool:
        """Whether DiMP carries the boxes."""
        return self in {Condition.RESTART, Condition.MEMORY}


@dataclass(frozen=True, slots=True)
class Run:
    """One annotator on one sequence under one condition.

    Attributes:
        condition: What helped.
        threshold: Least IoU that passes.
        seed: Of the annotator and the tracker.
        labour: What it cost.
        machine_seconds: What the computer took for it, reading pictures included.
    """

    condition: Condition
    threshold: float
    seed: int
    labour: Labour
    machine_seconds: float


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be measured.

    Attributes:
        conditions: Each of them.
        thresholds: With each least IoU.
        seeds: With each seed.
        model: Our tracker's model; the seed in it does not count.
    """

    conditions: tuple[Condition, ...]
    thresholds: tuple[float, ...] = (0.5, 0.7)
    seeds: tuple[int, ...] = (0,)
    model: ModelChoice = field(default_factory=ModelChoice)

    def __len__(self) -> int:
        """Runs on each sequence."""
        return len(self.conditions) * len(self.thresholds) * len(self.seeds)


def measure(
    sequences: Sequence[Labelled],
    plan: Plan,
    make_tracker: MakeTracker,
    progress: Callable[[int, str], None],
) -> Iterator[Run]:
    """Every run of the plan on every sequence, one after the other.

    Args:
        sequences: Names must be unique.
        plan: What to measure.
        make_tracker: Makes our trackers.
        progress: Told before each run how many are done, and what comes.

    Raises:
        TrackerError: CSRT is not installed, or a picture cannot be read.
    """
    done = 0
    with contextlib.ExitStack() as open_until_end:
        csrt = open_until_end.enter_context(CsrtProcess()) if Condition.CSRT in plan.conditions else None
        for labelled in sequences:
            for condition in plan.conditions:
                for threshold in plan.thresholds:
                    for seed in plan.seeds:
                        progress(done, f"{labelled.name}, {condition.value}")
                        annotator = Annotator(threshold, seed)
                        model = ModelChoice(plan.model.name, plan.model.device, seed)
                        started = time.perf_counter()
                        if condition is Condition.LINEAR:
                            labour = label_by_interpolation(labelled, annotator)
                        else:
                            carrier: Carrier
                            if condition is Condition.CSRT:
                                assert csrt is not None
                                carrier = RestartingCarrier(labelled, csrt)
                            else:
                                with_memory = condition is Condition.MEMORY
                                carrier = EngineCarrier(labelled, make_tracker, with_memory=with_memory, model=model)
                            labour = label_in_order(labelled, annotator, carrier)
                        yield Run(condition, threshold, seed, labour, time.perf_counter() - started)
                        done += 1
