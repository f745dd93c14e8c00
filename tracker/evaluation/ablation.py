"""The paper's tables 1-3 on other data: rows, differences, and whether the paper's order holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracker.evaluation.evaluate import EvaluationReport
from tracker.evaluation.sequence_sets import SequenceSet
from tracker.evaluation.text_table import text_table

_RESAMPLES = 10_000
_LEVELS = (2.5, 97.5)
_VISIBLE = 0.0005
"""A smaller difference is none in three digits."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A row as the paper has it.

    Attributes:
        label: What is measured.
        auc: The paper's AUC in percent (OTB-100, NFS and UAV123 together), or None for what it does not have.
        above: The rows, counted from 0, that this one is claimed to be above.
    """

    label: str
    auc: float | None
    above: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table as the paper has it."""

    title: str
    rows: tuple[PaperRow, ...]


OPTIMIZERS = PaperTable(
    "Table 1: how the filter is made",
    (
        PaperRow("initialiser only", 58.2),
        PaperRow("gradient descent", 61.6, (0,)),
        PaperRow("steepest descent", 63.8, (1,)),
    ),
)
PARTS = PaperTable(
    "Table 2: what each part adds",
    (
        PaperRow("steepest descent on ImageNet features, fixed loss, from zero", 58.7),
        PaperRow("+ initialiser", 60.0, (0,)),
        PaperRow("+ trained trunk", 62.6, (1,)),
        PaperRow("+ trained head", 63.3, (2,)),
        PaperRow("+ learned loss", 63.8, (3,)),
        PaperRow("+ box branch (ours from here on)", None, (4,)),
        PaperRow("+ calibration, damped sizes", None, (5,)),
        PaperRow("+ sizes carried by optical flow", None, (6,)),
        PaperRow("+ box branch fitted to the target", None, (7,)),
        PaperRow("+ recovery, near peaks, doubt of jumps, hiding: the whole tracker", None, (8,)),
    ),
)
UPDATES = PaperTable(
    "Table 3: what is learned while tracking",
    (
        PaperRow("no update", 61.7),
        PaperRow("running mean of filters", 61.7),
        PaperRow("memory and optimizer", 63.8, (0, 1)),
    ),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """How much one row is above another: means over the same sequences.

    Attributes:
        mean: Of the AUC.
        low: Lower end of the 95 % interval, from resampling the sequences.
        high: Upper end.
    """

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:+.3f} [{self.low:+.3f}, {self.high:+.3f}]"

    def verdict(self, above: str, below: str) -> str:
        """What it says: a word for each direction, and whether the difference is beyond the spread over sequences."""
        if abs(self.mean) < _VISIBLE:
            return "no difference"
        word = above if self.mean > 0 else below
        return word if self.low > 0 or self.high < 0 else f"{word}, but within the spread over sequences"


@dataclass(frozen=True, slots=True)
class AblationTable:
    """A table of the paper with our measurements.

    Attributes:
        paper: What the paper has.
        reports: Ours, row by row.
        sets: Names of the sequences of each set.
    """

    paper: PaperTable
    reports: tuple[EvaluationReport, ...]
    sets: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, paper: PaperTable, reports: Sequence[EvaluationReport], sets: Sequence[SequenceSet]) -> AblationTable:
        """Of what was evaluated."""
        assert len(paper.rows) == len(reports)
        return cls(paper, tuple(reports), {one.name: tuple(s.name for s in one.sequences) for one in sets})

    def difference(self, upper: int, lower: int) -> Difference:
        """How much row ``upper`` is above row ``lower``."""
        gains = _by_sequence(self.reports[upper]) - _by_sequence(self.reports[lower])
        chosen = np.random.default_rng(0).integers(len(gains), size=(_RESAMPLES, len(gains)))
        low, high = np.percentile(gains[chosen].mean(axis=1), _LEVELS)
        return Difference(float(gains.mean()), float(low), float(high))

    def seed_spread(self) -> float:
        """The largest standard deviation of a row's mean AUC over seeds; 0 for one seed."""
        return max(_seed_spread(report) for report in self.reports)

    def table(self) -> str:
        """Markdown, even on a terminal."""
        head = ["AUC", "paper", "all", *self.sets, "success at 0.5", "over seeds", "above the row before"]
        rows = []
        for place, (row, report) in enumerate(zip(self.paper.rows, self.reports, strict=True)):
            average = report.average.accuracy
            spread = f"{_seed_spread(report):.3f}" if len(report.seeds) > 1 else ""
            rows.append(
                [
                    row.label,
                    "" if row.auc is None else f"{row.auc / 100:.3f}",
                    f"{average.auc:.3f}",
                    *(f"{report.on(names).average.accuracy.auc:.3f}" for names in self.sets.values()),
                    f"{average.success:.3f}",
                    spread,
                    str(self.difference(place, place - 1)) if place else "",
                ]
            )
        return text_table(head, rows)

    def verdicts(self) -> list[tuple[int, int, Difference]]:
        """The pairs (upper row, lower row) that the table claims an order of, and what was measured."""
        pairs = [(upper, lower) for upper, row in enumerate(self.paper.rows) for lower in row.above]
        return [(upper, lower, self.difference(upper, lower)) for upper, lower in pairs]

    def words(self) -> str:
        """Whether the order holds, and how large the differences are against the spread; Markdown."""
        rows = self.paper.rows
        claims = [one for upper, _, one in self.verdicts() if rows[upper].auc is not None]
        holding, clear = sum(one.mean > 0 for one in claims), sum(one.low > 0 for one in claims)
        spread = self.seed_spread()
        seeds = f"; with the seed a row's mean moves by {spread:.3f} at most (standard deviation)" if spread else ""
        count = len(_by_sequence(self.reports[0]))
        lines = [
            f"The paper's order holds in {holding} of {len(claims)} steps, in {clear} of them beyond the spread.",
            f"Brackets are 95 % intervals from resampling the {count} sequences{seeds}.",
            "",
        ]
        for upper, lower, difference in self.verdicts():
            a, b = rows[upper], rows[lower]
            line = f"- {a.label.removeprefix('+ ')} over {b.label.removeprefix('+ ')}: {difference}"
            if a.auc is not None and b.auc is not None:
                line += f", in the paper {(a.auc - b.auc) / 100:+.3f}: {difference.verdict('holds', 'reversed')}"
            else:
                line += f": {difference.verdict('helps', 'harms')}"
            lines.append(line)
        return "\n".join(lines)

    def content(self) -> dict[str, object]:
        """Everything as plain data for JSON."""
        return {
            "title": self.paper.title,
            "rows": [
                {"label": row.label, "paper": row.auc, **report.content()}
                for row, report in zip(self.paper.rows, self.reports, strict=True)
            ],
            "differences": [
                {"upper": upper, "lower": lower, "mean": one.mean, "interval": [one.low, one.high]}
                for upper, lower, one in self.verdicts()
            ],
        }


def _by_sequence(report: EvaluationReport) -> Floats:
    """AUC of each sequence, the mean over seeds."""
    return np.array([row.accuracy.auc for row in report.by_sequence])


def _seed_spread(report: EvaluationReport) -> float:
    averages = [report.of_seed(seed).average.accuracy.auc for seed in report.seeds]
    return float(np.std(averages, ddof=1)) if len(averages) > 1 else 0.0
