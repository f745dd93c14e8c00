"""Labelling effort under several conditions, measured side by side on the same sequences by the same annotators."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from app.effort.annotator import Annotator
from app.effort.conditions import Condition, Machine
from app.effort.desk import Desk
from app.effort.labelled import Labelled, RememberedPictures
from app.effort.labour import Labour
from app.effort.lines import label_by_interpolation
from app.effort.working import Working, label_by_queue, label_in_order, label_worst_first
from app.session.messages import ModelChoice
from app.session.tracker_protocol import MakeTracker


@dataclass(frozen=True, slots=True)
class Case:
    """One annotator on one sequence under one condition, before it is measured.

    Attributes:
        group: Of sequences that a table shows together.
        sequence: Its name.
        condition: Name of what helps.
        working: In which order the annotator works.
        threshold: Least IoU that passes.
        seed: Of the annotator and the tracker.
    """

    group: str
    sequence: str
    condition: str
    working: Working
    threshold: float
    seed: int


@dataclass(frozen=True, slots=True)
class Run:
    """A case and what it came to.

    Attributes:
        case: Who, where and with what.
        labour: What it cost.
        machine_seconds: What the computer took for it, decoding included.
    """

    case: Case
    labour: Labour
    machine_seconds: float


@dataclass(frozen=True, slots=True)
class Group:
    """Sequences that a table shows together; their names are unique in a measurement."""

    name: str
    sequences: tuple[Labelled, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be measured.

    Attributes:
        conditions: Each of them.
        thresholds: With each least IoU.
        seeds: With each seed.
        workings: Annotators of each kind.
        model: Our tracker's model; the seed in it does not count.
    """

    conditions: tuple[Condition, ...]
    thresholds: tuple[float, ...] = (0.5, 0.7)
    seeds: tuple[int, ...] = (0,)
    workings: tuple[Working, ...] = (Working.SEQUENTIAL,)
    model: ModelChoice = field(default_factory=ModelChoice)

    @property
    def uses_model(self) -> bool:
        """Whether our tracker is in any of it."""
        return any(condition.uses_model for condition in self.conditions)

    def cases(self, groups: Sequence[Group]) -> list[tuple[Case, Labelled, Condition]]:
        """Every case: seed after seed, so that all of the first is there early; then sequence after sequence."""
        return [
            (Case(group.name, labelled.name, condition.name, working, threshold, seed), labelled, condition)
            for seed in self.seeds
            for group in groups
            for labelled in group.sequences
            for condition in self.conditions
            for working in self._workings(condition)
            for threshold in self.thresholds
        ]

    def _workings(self, condition: Condition) -> tuple[Working, ...]:
        """Straight lines are drawn in one way only, and stand beside what S does with trackers."""
        return tuple(it for it in self.workings if condition.carrier is not None or it is Working.SEQUENTIAL)


def measure(
    groups: Sequence[Group],
    plan: Plan,
    make_tracker: MakeTracker,
    progress: Callable[[int, str], None],
    known: Callable[[Case], Run | None] | None = None,
) -> Iterator[tuple[Run, bool]]:
    """Every case of the plan, one after the other, and whether it was measured now.

    Args:
        groups: The sequences.
        plan: What to measure.
        make_tracker: Makes our trackers.
        progress: Told before each run how many are done, and what comes.
        known: Gives the runs that need not be done again.

    Raises:
        TrackerError: CSRT is not installed, or a picture cannot be read.
    """
    pictures: RememberedPictures | None = None
    with Machine(make_tracker) as machine:
        for done, (case, labelled, condition) in enumerate(plan.cases(groups)):
            progress(done, f"{labelled.name}, {case.condition} {case.working.value}")
            run = known(case) if known is not None else None
            if run is not None:
                yield run, False
                continue
            if pictures is None or pictures.name != labelled.name:
                pictures = RememberedPictures(labelled)
            yield _measured(case, pictures, condition, machine, plan.model), True


def _measured(case: Case, labelled: Labelled, condition: Condition, machine: Machine, model: ModelChoice) -> Run:
    annotator = Annotator(case.threshold, case.seed)
    started = time.perf_counter()
    if condition.carrier is None:
        labour = label_by_interpolation(labelled, annotator)
    else:
        carrier = condition.carrier(labelled, machine, ModelChoice(model.name, model.device, case.seed))
        desk = Desk(labelled, annotator, carrier)
        match case.working:
            case Working.SEQUENTIAL:
                labour = label_in_order(desk)
            case Working.QUEUE:
                labour = label_by_queue(desk, condition.queue)
            case Working.WORST:
                labour = label_worst_first(desk)
    return Run(case, labour, time.perf_counter() - started)
