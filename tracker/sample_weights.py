"""Least shares of the weight for groups of samples (specification 4.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class WeightGroup:
    """Samples that together keep a share of the weight.

    Attributes:
        slots: Which.
        shares: Their relative weights when the group is lifted to its floor.
        floor: Least share of the total.
    """

    slots: list[int]
    shares: Floats
    floor: float


def with_floors(weights: Floats, groups: Sequence[WeightGroup]) -> Floats:
    """Weights with sum 1 in which every group has at least its floor.

    A group below its floor is lifted to it; what is left is shared by all others in proportion to what they had. That
    may push another group below its floor, so it is repeated, at most once a group.

    Args:
        weights: Non-negative, one a slot.
        groups: Disjoint groups, floors summing to less than 1. Slots in no group have no floor.
    """
    weights = weights / max(float(weights.sum()), np.finfo(np.float64).tiny)
    lifted: list[WeightGroup] = []
    for _ in groups:
        low = [group for group in groups if group not in lifted and weights[group.slots].sum() < group.floor]
        if not low:
            break
        lifted += low
        fixed = [slot for group in lifted for slot in group.slots]
        free = np.ones(len(weights), dtype=bool)
        free[fixed] = False
        room = 1.0 - sum(group.floor for group in lifted)
        weights[free] *= room / max(float(weights[free].sum()), np.finfo(np.float64).tiny)
        for group in lifted:
            weights[group.slots] = group.floor * group.shares / group.shares.sum()
    return weights / max(float(weights.sum()), np.finfo(np.float64).tiny)
