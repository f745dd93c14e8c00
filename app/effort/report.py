"""What the runs say together: boxes per 1000 frames, what the queue misses, and whether corrections last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from app.effort.labour import Standing
from app.effort.measure import Run
from app.effort.results_file import run_as_json
from app.effort.statistics import Costs, Estimate, GapsAround, gaps_around
from app.effort.working import Working

SECONDS_A_BOX = 7.0
"""A person's time for drawing one box, by studies of box annotation (Papadopoulos et al. 2017, extreme clicking)."""
SECONDS_AN_ANSWER = 1.5
"""For a look at a shown box and one key: it is right, or the object is gone. An assumption."""
PLAYED_FPS = 30.0
"""How fast the annotator watches."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a row of a table is about.

    Attributes:
        group: Of sequences.
        working: Kind of annotator.
        threshold: Least IoU that passes.
        condition: Name of what helped.
    """

    group: str
    working: Working
    threshold: float
    condition: str


@dataclass(frozen=True, slots=True)
class Missed:
    """What annotator Q had looked at and what was wrong still at one moment, as shares of all frames."""

    shown: float
    missed: float


@dataclass(frozen=True, slots=True)
class Reviewing:
    """How the queue led annotator Q.

    Attributes:
        before: After the first box was carried through.
        at_budget: When 5 % of the frames were shown.
        at_end: When the queue was empty.
        precision: Share of the entries that were wrong, as the queue said.
    """

    before: Missed
    at_budget: Missed
    at_end: Missed
    precision: float


@dataclass(frozen=True, slots=True)
class Effort:
    """One condition with one kind of annotator at one threshold, over all sequences of a group and all seeds.

    Attributes:
        kind: Which.
        sequences: How many.
        frames: Of one pass over all of them.
        pooled: Actions (boxes, and saying that the object is gone) for 1000 frames, all sequences as one.
        median: Median over sequences of actions per 1000 frames.
        gaps: How long boxes lasted before and after each correction.
        causes: Why there were actions -> how many for 1000 frames.
        reviewing: Of annotator Q.
        human_seconds: Modelled time of the person for 1000 frames: drawing, answering and watching.
        machine_seconds: Measured time of the computer for 1000 frames.
    """

    kind: Kind
    sequences: int
    frames: int
    pooled: Estimate
    median: Estimate
    gaps: tuple[GapsAround, ...]
    causes: dict[str, float]
    reviewing: Reviewing | None
    human_seconds: float
    machine_seconds: float


@dataclass(frozen=True, slots=True)
class Change:
    """How much more or less one condition costs than another on the same sequences.

    Attributes:
        kind: Of the one.
        base: Name of the other condition.
        share: -0.2 is 20 % fewer boxes.
        corrections: Actions after the first box of each sequence, with the one and with the other.
    """

    kind: Kind
    base: str
    share: Estimate
    corrections: tuple[float, float]


def summarized(runs: Sequence[Run]) -> list[Effort]:
    """An Effort for each kind; groups, annotators and conditions in the order of the runs, thresholds ascending."""
    return [_effort(kind, some) for kind, some in _by_kind(runs).items()]


def changes(runs: Sequence[Run], base: str | None = None) -> list[Change]:
    """Each condition against each one that stands before it, where both know the same sequences.

    Args:
        runs: What was measured.
        base: Compare with this condition instead, wherever it stands.
    """
    by_kind = _by_kind(runs)
    found = []
    for kind, some in by_kind.items():
        mine = Costs.of(some)
        for other, theirs in by_kind.items():
            if base is None and other == kind:
                break
            if other == kind or base not in {None, other.condition}:
                continue
            same = (other.group, other.working, other.threshold) == (kind.group, kind.working, kind.threshold)
            costs = Costs.of(theirs)
            if same and set(mine.names) == set(costs.names):
                corrections = mine.corrections(), costs.corrections()
                found.append(Change(kind, other.condition, mine.change_from(costs), corrections))
    return found


def as_json(runs: Sequence[Run]) -> dict[str, Any]:
    """Every number, for other programs."""

    def plain(kind: Kind) -> dict[str, Any]:
        return {**asdict(kind), "working": kind.working.value}

    return {
        "summary": [{**asdict(it), "kind": plain(it.kind)} for it in summarized(runs)],
        "changes": [{**asdict(it), "kind": plain(it.kind)} for it in changes(runs)],
        "runs": [run_as_json(run) for run in runs],
    }


def _by_kind(runs: Sequence[Run]) -> dict[Kind, list[Run]]:
    by_kind: dict[Kind, list[Run]] = {}
    for run in runs:
        case = run.case
        by_kind.setdefault(Kind(case.group, case.working, case.threshold, case.condition), []).append(run)
    # as they come, but thresholds ascending and all of one annotator together
    groups = list(dict.fromkeys(kind.group for kind in by_kind))
    workings = list(dict.fromkeys(kind.working for kind in by_kind))
    conditions = list(dict.fromkeys(kind.condition for kind in by_kind))

    def place(kind: Kind) -> tuple[int, int, float, int]:
        order = groups.index(kind.group), workings.index(kind.working)
        return *order, kind.threshold, conditions.index(kind.condition)

    return {kind: by_kind[kind] for kind in sorted(by_kind, key=place)}


def _effort(kind: Kind, runs: Sequence[Run]) -> Effort:
    costs = Costs.of(runs)
    frames = sum(run.labour.frames for run in runs)
    seconds = 0.0
    for labour in (run.labour for run in runs):
        answers = len(labour.actions) - labour.drawn + (labour.review.right if labour.review else 0)
        seconds += SECONDS_A_BOX * labour.drawn + SECONDS_AN_ANSWER * answers + labour.watched / PLAYED_FPS
    return Effort(
        kind=kind,
        sequences=len(costs.names),
        frames=int(costs.frames.sum()),
        pooled=costs.pooled(),
        median=costs.median(),
        gaps=tuple(gaps_around(runs)) if kind.working is Working.SEQUENTIAL else (),
        causes={name: 1000 * count / frames for name, count in _causes(runs).items()},
        reviewing=_reviewing(runs),
        human_seconds=1000 * seconds / frames,
        machine_seconds=1000 * sum(run.machine_seconds for run in runs) / frames,
    )


def _causes(runs: Sequence[Run]) -> Counter[str]:
    return Counter(cause.value for run in runs for cause in run.labour.causes)


def _reviewing(runs: Sequence[Run]) -> Reviewing | None:
    reviews = [run.labour.review for run in runs if run.labour.review is not None]
    if not reviews:
        return None
    frames = sum(run.labour.frames for run in runs)
    right, wrong = sum(review.right for review in reviews), sum(review.wrong for review in reviews)

    def at(moments: Sequence[Standing]) -> Missed:
        return Missed(sum(it.shown for it in moments) / frames, sum(it.missed for it in moments) / frames)

    return Reviewing(
        at([review.before for review in reviews]),
        at([review.at_budget for review in reviews]),
        at([review.at_end for review in reviews]),
        wrong / max(1, wrong + right),
    )
