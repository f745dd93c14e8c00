"""Fitting a logistic model, and how well its probabilities hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

RIDGE = 1.0
"""Strength of the pull of every weight, per standard deviation of its feature, to zero."""
_STEPS = 50
_VARIES = 1e-9


def fit(features: Numbers, wrong: Bools) -> tuple[float, tuple[float, ...]]:
    """Intercept and weights, none of them negative: each feature speaks for doubt or not at all.

    With few sequences a feature can seem to speak against its meaning; such a one is left out, the worst first, and the
    rest is fitted again.

    Args:
        features: (N, F), each the larger the more doubtful.
        wrong: (N,).
    """
    kept = [column for column in range(features.shape[1]) if features[:, column].std() > _VARIES]
    while True:
        intercept, weights = _newton(features[:, kept], wrong)
        if not kept or weights.min() >= 0:
            break
        kept.pop(int(weights.argmin()))
    all_weights = np.zeros(features.shape[1])
    all_weights[kept] = weights
    return intercept, tuple(float(weight) for weight in all_weights)


def _newton(features: Numbers, wrong: Bools) -> tuple[float, Numbers]:
    """Newton's method on columns of unit spread."""
    mean, spread = features.mean(axis=0), features.std(axis=0)
    columns = np.column_stack([np.ones(len(features)), (features - mean) / spread])
    ridge = np.diag([1e-6, *np.full(features.shape[1], RIDGE)])
    weights = np.zeros(columns.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(columns @ weights, -30, 30)))
        slope = columns.T @ (chance - wrong) + ridge @ weights
        curvature = (columns * (chance * (1 - chance))[:, None]).T @ columns + ridge
        step = np.linalg.solve(curvature, slope)
        weights -= step
        if np.abs(step).max() < 1e-9:
            break
    own = weights[1:] / spread
    return float(weights[0] - own @ mean), own


@dataclass(frozen=True, slots=True)
class Bin:
    """Frames that were given about the same probability.

    Attributes:
        count: How many.
        told: Mean probability.
        true: Share of them that was wrong.
    """

    count: int
    told: float
    true: float


def reliability(told: Numbers, wrong: Bools, bins: int = 10) -> tuple[Bin, ...]:
    """Bins of equal width from 0 to 1, without those that are empty."""
    place = np.minimum((told * bins).astype(np.int64), bins - 1)
    return tuple(
        Bin(int(inside.sum()), float(told[inside].mean()), float(wrong[inside].mean()))
        for inside in (place == number for number in range(bins))
        if inside.any()
    )


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: mean distance of told from true, by frames (Naeini et al., AAAI 2015)."""
    return sum(it.count * abs(it.told - it.true) for it in bins) / sum(it.count for it in bins)


def area_under_curve(told: Numbers, wrong: Bools) -> float:
    """Chance that a wrong frame is given more than a right one; NaN where there are not both kinds."""
    positive, negative = int(wrong.sum()), int((~wrong).sum())
    if not positive or not negative:
        return float("nan")
    _, inverse, counts = np.unique(told, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    return float((ranks[wrong].sum() - positive * (positive + 1) / 2) / (positive * negative))
