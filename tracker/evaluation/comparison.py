"""Several trackers on the same sequences, side by side, and what the default model is held to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from tracker.evaluation.evaluate import EvaluationReport, SequenceReport
from tracker.evaluation.sequence_sets import GENERATED, SequenceSet
from tracker.evaluation.text_table import text_table

UNTRAINED = "lite0_untrained"
LEAST_AUC = 0.76
LEAST_SUCCESS = 0.92
LARGEST_LOSS = 0.03
"""AUC that a sequence may lose by training."""

CELL = "AUC / precision at 20 px / success at 0.5 / frames a second"


@dataclass(frozen=True, slots=True)
class Target:
    """Something the first tracker is held to.

    Attributes:
        wish: What is wanted.
        found: What was measured.
        is_met: Whether that is enough.
    """

    wish: str
    found: str
    is_met: bool

    def __str__(self) -> str:
        return f"{self.wish}: {self.found}, {'met' if self.is_met else 'NOT met'}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Reports of several trackers on the same sequences.

    Attributes:
        reports: The tracker in question first.
        descriptions: What exactly each tracker is.
        sets: Names of the sequences of each set.
        seeds: Of the trackers that take one.
    """

    reports: tuple[EvaluationReport, ...]
    descriptions: tuple[str, ...]
    sets: dict[str, tuple[str, ...]]
    seeds: tuple[int, ...]

    @classmethod
    def of(
        cls,
        reports: Sequence[EvaluationReport],
        descriptions: Sequence[str],
        sets: Sequence[SequenceSet],
        seeds: Sequence[int],
    ) -> Comparison:
        """Of what was evaluated."""
        names = {one.name: tuple(sequence.name for sequence in one.sequences) for one in sets}
        return cls(tuple(reports), tuple(descriptions), names, tuple(seeds))

    def table(self) -> str:
        """A row a sequence, one for the average of each set; cells as ``CELL`` says. Markdown, even on a terminal."""
        head = ["sequence", "frames", *(report.tracker for report in self.reports)]
        rows = []
        for name, sequences in self.sets.items():
            chosen = [report.on(sequences) for report in self.reports]
            columns = [report.by_sequence for report in chosen]
            rows += [[row[0].sequence, *self._cells(row)] for row in zip(*columns, strict=True)]
            rows.append([f"average of {name}", *self._cells([report.average for report in chosen])])
        return text_table(head, rows)

    def targets(self) -> list[Target]:
        """What the first tracker is held to: on all sequences but generated ones, if there are others."""
        sequences = [s for name, inner in self.sets.items() if name != GENERATED for s in inner]
        sequences = sequences or list(self.sets[GENERATED])
        judged = self.reports[0].on(sequences)
        average = judged.average.accuracy
        targets = [
            Target(f"average AUC at least {LEAST_AUC}", f"{average.auc:.3f}", average.auc >= LEAST_AUC),
            Target(
                f"average success at 0.5 at least {LEAST_SUCCESS}",
                f"{average.success:.3f}",
                average.success >= LEAST_SUCCESS,
            ),
        ]
        untrained = next((report.on(sequences) for report in self.reports[1:] if report.tracker == UNTRAINED), None)
        if untrained is not None:
            gains = {
                before.sequence: after.accuracy.auc - before.accuracy.auc
                for before, after in zip(untrained.by_sequence, judged.by_sequence, strict=True)
            }
            worst = min(gains, key=gains.__getitem__)
            found = f"{gains[worst]:+.3f} on {worst}"
            wish = f"AUC of no sequence below {UNTRAINED} by more than {LARGEST_LOSS}"
            targets.append(Target(wish, found, gains[worst] >= -LARGEST_LOSS))
        return targets

    def notes(self) -> list[str]:
        """What each tracker is, and how much its average AUC over all sequences varies with the seed."""
        lines = []
        for report, description in zip(self.reports, self.descriptions, strict=True):
            line = f"{report.tracker}: {description}"
            if len(report.seeds) > 1:
                averages = [f"{report.of_seed(seed).average.accuracy.auc:.3f}" for seed in report.seeds]
                line += f"; average AUC by seed {', '.join(averages)}"
            lines.append(line)
        return lines

    def content(self) -> dict[str, object]:
        """Everything as plain data for JSON."""
        return {
            "seeds": self.seeds,
            "sets": self.sets,
            "trackers": [
                report.content() | {"description": description}
                for report, description in zip(self.reports, self.descriptions, strict=True)
            ],
            "targets": [asdict(target) for target in self.targets()],
        }

    def _cells(self, row: Sequence[SequenceReport]) -> list[str]:
        """Frames of one pass, and what each tracker reached."""
        return [
            str(row[0].accuracy.frames // len(self.seeds)),
            *(
                f"{one.accuracy.auc:.3f} / {one.accuracy.precision:.3f} / {one.accuracy.success:.3f} / "
                f"{one.frames_per_second:.0f}"
                for one in row
            ),
        ]
