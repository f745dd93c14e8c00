"""What the runs say together: boxes per 1000 frames, with intervals, and whether corrections last."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.effort.measure import Condition, Run

SECONDS_A_BOX = 7.0
"""A person's time for drawing one box, by studies of box annotation (annotators.md, section D.1)."""
PLAYED_FPS = 30.0
"""How fast the annotator watches."""

_RESAMPLES = 2000


@dataclass(frozen=True, slots=True)
class Effort:
    """One condition at one threshold, over all sequences and seeds.

    Attributes:
        condition: What helped.
        threshold: Least IoU that passes.
        sequences: How many.
        frames: Of one pass over all of them.
        pooled: Actions (boxes, and saying that the object is gone) for 1000 frames, all sequences as one.
        interval: 95 % bootstrap interval of ``pooled``, sequences drawn anew.
        median: Median over sequences of actions per 1000 frames.
        first_gaps: Mean frames that the first box of a sequence lasted.
        later_gaps: Mean frames that a correction after the first two lasted; NaN where there was none.
        human_seconds: Modelled time of the person for 1000 frames: drawing and watching.
        machine_seconds: Measured time of the computer for 1000 frames.
    """

    condition: Condition
    threshold: float
    sequences: int
    frames: int
    pooled: float
    interval: tuple[float, float]
    median: float
    first_gaps: float
    later_gaps: float
    human_seconds: float
    machine_seconds: float


def summarized(runs: Sequence[Run]) -> list[Effort]:
    """An Effort for each threshold and condition, in the order of the runs."""
    keys = dict.fromkeys((run.threshold, run.condition) for run in runs)
    return [
        _effort([run for run in runs if (run.threshold, run.condition) == (threshold, condition)])
        for threshold, condition in sorted(keys, key=lambda key: key[0])
    ]


def _effort(runs: list[Run]) -> Effort:
    names = list(dict.fromkeys(run.labour.sequence for run in runs))
    mine = [[run for run in runs if run.labour.sequence == name] for name in names]
    # the mean over seeds is one sequence's cost
    actions = np.array([np.mean([len(run.labour.actions) for run in several]) for several in mine])
    frames = np.array([several[0].labour.frames for several in mine], dtype=np.float64)
    draws = np.random.default_rng(0).integers(len(names), size=(_RESAMPLES, len(names)))
    resampled = 1000 * actions[draws].sum(axis=1) / frames[draws].sum(axis=1)
    low, high = np.quantile(resampled, (0.025, 0.975))
    gaps = [run.labour.gaps for run in runs]
    later = [gap for several in gaps for gap in several[2:]]
    drawn = sum(run.labour.drawn for run in runs)
    watched = sum(run.labour.frames for run in runs)
    return Effort(
        condition=runs[0].condition,
        threshold=runs[0].threshold,
        sequences=len(names),
        frames=int(frames.sum()),
        pooled=float(1000 * actions.sum() / frames.sum()),
        interval=(float(low), float(high)),
        median=float(np.median(1000 * actions / frames)),
        first_gaps=float(np.mean([several[0] for several in gaps])),
        later_gaps=float(np.mean(later)) if later else float("nan"),
        human_seconds=1000 * (SECONDS_A_BOX * drawn + watched / PLAYED_FPS) / watched,
        machine_seconds=1000 * sum(run.machine_seconds for run in runs) / watched,
    )


def as_text(efforts: Sequence[Effort]) -> str:
    """A table for a terminal."""
    head = "IoU  condition  per 1000      95 % interval   median  first box lasts  later ones  person s  machine s"
    lines = [head]
    lines += [
        f"{it.threshold:.1f}  {it.condition.value:<9}  {it.pooled:8.1f}  {it.interval[0]:8.1f} - {it.interval[1]:<7.1f}"
        f"  {it.median:7.1f}  {it.first_gaps:15.1f}  {it.later_gaps:10.1f}  {it.human_seconds:8.0f}"
        f"  {it.machine_seconds:9.0f}"
        for it in efforts
    ]
    return "\n".join(lines)


def as_markdown(efforts: Sequence[Effort]) -> str:
    """The same for the docs."""
    rows = [
        "| IoU | condition | boxes per 1000 frames | 95 % interval | median | first box lasts | later ones last |",
        "|---|---|---|---|---|---|---|",
    ]
    rows += [
        f"| {it.threshold:.1f} | {it.condition.value} | {it.pooled:.1f} | {it.interval[0]:.1f} - {it.interval[1]:.1f} "
        f"| {it.median:.1f} | {it.first_gaps:.0f} | {_or_dash(it.later_gaps)} |"
        for it in efforts
    ]
    return "\n".join(rows) + "\n"


def as_json(efforts: Sequence[Effort], runs: Sequence[Run]) -> str:
    """Every number, for other programs; numbers that are none are null."""
    content = {
        "summary": [
            {
                "condition": it.condition.value,
                "threshold": it.threshold,
                "sequences": it.sequences,
                "frames": it.frames,
                "pooled": it.pooled,
                "interval": list(it.interval),
                "median": it.median,
                "first_gaps": it.first_gaps,
                "later_gaps": None if np.isnan(it.later_gaps) else it.later_gaps,
                "human_seconds": it.human_seconds,
                "machine_seconds": it.machine_seconds,
            }
            for it in efforts
        ],
        "runs": [
            {
                "sequence": run.labour.sequence,
                "condition": run.condition.value,
                "threshold": run.threshold,
                "seed": run.seed,
                "frames": run.labour.frames,
                "actions": list(run.labour.actions),
                "drawn": run.labour.drawn,
                "machine_seconds": run.machine_seconds,
            }
            for run in runs
        ],
    }
    return json.dumps(content, indent=1, allow_nan=False) + "\n"


def _or_dash(number: float) -> str:
    return "-" if np.isnan(number) else f"{number:.0f}"
