"""Numbers over sequences, with bootstrap intervals: the sequences are what chance has chosen, not the frames."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.effort.measure import Run

Numbers = npt.NDArray[np.float64]

_RESAMPLES = 2000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number and its 95 % bootstrap interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class Costs:
    """What each sequence costs: one entry a sequence.

    Attributes:
        names: Of the sequences.
        actions: Boxes drawn and "it is gone" said, the mean over seeds.
        frames: Of one pass.
    """

    names: tuple[str, ...]
    actions: Numbers
    frames: Numbers

    @classmethod
    def of(cls, runs: Sequence[Run]) -> Costs:
        """Of runs that differ in sequence and seed only."""
        names = tuple(dict.fromkeys(run.case.sequence for run in runs))
        mine = [[run.labour for run in runs if run.case.sequence == name] for name in names]
        return cls(
            names,
            np.array([np.mean([len(labour.actions) for labour in several]) for several in mine]),
            np.array([several[0].frames for several in mine], dtype=np.float64),
        )

    def pooled(self) -> Estimate:
        """Actions for 1000 frames, all sequences as one."""
        return self._estimate(lambda rows: 1000 * self.actions[rows].sum(axis=-1) / self.frames[rows].sum(axis=-1))

    def median(self) -> Estimate:
        """Median over sequences of actions for 1000 frames."""
        return self._estimate(lambda rows: np.median((1000 * self.actions / self.frames)[rows], axis=-1))

    def corrections(self) -> float:
        """Actions after the first box of each sequence, which nothing spares anyone."""
        return float((self.actions - 1).sum())

    def change_from(self, other: Costs) -> Estimate:
        """By what share this costs more (or, negative, less) than ``other`` on the same sequences, drawn in pairs."""
        place = {name: row for row, name in enumerate(other.names)}
        theirs = other.actions[[place[name] for name in self.names]]
        return self._estimate(lambda rows: self.actions[rows].sum(axis=-1) / theirs[rows].sum(axis=-1) - 1)

    def _estimate(self, statistic: Callable[[npt.NDArray[np.int64]], Numbers]) -> Estimate:
        """Of a function of rows ``(..., sequences)``."""
        count = len(self.names)
        draws = np.random.default_rng(0).integers(count, size=(_RESAMPLES, count))
        low, high = np.quantile(statistic(draws), (0.025, 0.975))
        return Estimate(float(statistic(np.arange(count))), float(low), float(high))


@dataclass(frozen=True, slots=True)
class GapsAround:
    """How long boxes lasted before and after the k-th correction.

    Attributes:
        number: k; the first box is not a correction.
        runs: That had so many.
        before: Mean frames from the action before it to this one.
        after: Mean frames from it to the next, or to the end of the sequence.
    """

    number: int
    runs: int
    before: float
    after: float


def gaps_around(runs: Sequence[Run]) -> list[GapsAround]:
    """For each k that there is, ascending."""
    gaps = [run.labour.gaps for run in runs]
    found = []
    for number in range(1, max(map(len, gaps))):
        some = [(one[number - 1], one[number]) for one in gaps if len(one) > number]
        before, after = np.mean(some, axis=0).tolist()
        found.append(GapsAround(number, len(some), before, after))
    return found
