"""The best length of a gradient descent step and the best rate of a running mean, found on generated scenes.

Both stand in for something learned or derived, so that they get the best number there is for them; it is sought on
scenes of other seeds than those that are measured, never on sequences of a development or test set.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tracker.evaluation.ablation_variants import Variant
from tracker.evaluation.evaluation_runs import Progress, evaluate_all
from tracker.evaluation.generated_scene import standard_scenes
from tracker.evaluation.sequence_sets import GeneratedSequence, generated_sequence

STEPS = tuple(2.0**power for power in range(-8, 2))
"""Lengths of a step that are tried."""
RATES = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2)
"""Shares of a frame's own filter that are tried."""

_OTHER_SEEDS = 100


@dataclass(frozen=True, slots=True)
class Tuned:
    """What was found.

    Attributes:
        best: The variant with the best number.
        tried: Every number with its mean AUC.
    """

    best: Variant
    tried: tuple[tuple[float, float], ...]


def tuning_scenes(length: int) -> list[GeneratedSequence]:
    """Scenes with look-alikes, change of scale, and a bit of everything."""
    scenes = standard_scenes(length)
    return [
        generated_sequence(f"tuning_{name}", replace(scenes[name], seed=scenes[name].seed + _OTHER_SEEDS))
        for name in ("look_alikes", "scale", "everything")
    ]


def tuned(
    make: Callable[[float], Variant],
    amounts: Sequence[float],
    scenes: Sequence[GeneratedSequence],
    jobs: int = 1,
    progress: Progress | None = None,
) -> Tuned:
    """The variant whose number reaches the highest mean AUC; the smallest such number if several do.

    Raises:
        TrackerError: The model cannot run.
    """
    variants = [replace(make(amount), name=f"{make(amount).name} {amount:g}") for amount in amounts]
    reports = evaluate_all(variants, scenes, (0,), jobs, progress)
    tried = [(amount, report.average.accuracy.auc) for amount, report in zip(amounts, reports, strict=True)]
    best = max(tried, key=lambda pair: pair[1])[0]
    return Tuned(make(best), tuple(tried))
