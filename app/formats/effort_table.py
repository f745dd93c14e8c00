"""What the labels of a project have cost, as a table and as a CSV file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.document.model import Effort, Project
from app.formats.atomic import new_file

COLUMNS = (
    "sequence",
    "frames",
    "labelled boxes",
    "boxes drawn",
    "corrections",
    "accepted",
    "active seconds",
    "drawn and corrected per 1000 labelled boxes",
    "seconds per 1000 labelled boxes",
)
"""Of the CSV file, in the order of ``EffortRow.cells``."""


@dataclass(frozen=True, slots=True)
class EffortRow:
    """One Sequence, or the whole project.

    Attributes:
        name: Of the Sequence; empty for the project.
        frames: That it has.
        labelled: Boxes shown, over all Tracks and frames: one object on one frame counts one.
        effort: What they have cost.
    """

    name: str
    frames: int
    labelled: int
    effort: Effort

    @property
    def boxes_per_1000(self) -> float | None:
        """Boxes drawn or corrected for 1000 labelled ones; None without any."""
        return self._per_1000(self.effort.drawn + self.effort.corrected)

    @property
    def seconds_per_1000(self) -> float | None:
        """Active seconds for 1000 labelled boxes; None without any."""
        return self._per_1000(self.effort.seconds)

    def cells(self) -> tuple[str | int | float, ...]:
        """What the CSV file holds of it; empty where a number is not known."""
        rates = ("" if rate is None else round(rate, 2) for rate in (self.boxes_per_1000, self.seconds_per_1000))
        effort = self.effort
        counts = (effort.drawn, effort.corrected, effort.accepted, round(effort.seconds, 1))
        return (self.name, self.frames, self.labelled, *counts, *rates)

    def _per_1000(self, amount: float) -> float | None:
        return 1000 * amount / self.labelled if self.labelled else None


def effort_rows(project: Project) -> list[EffortRow]:
    """One row a Sequence, by id, and the whole project last."""
    return [row for row in counting(project) if row is not None]


def counting(project: Project) -> Iterator[EffortRow | None]:
    """The same, with None in between after each Track: for who has other things to do meanwhile."""
    rows = []
    for sequence in list(project.sequences.values()):
        labelled = 0
        for track in list(sequence.tracks.values()):
            labelled += len(track.shown_frames())
            yield None
        rows.append(EffortRow(sequence.name, sequence.frame_count, labelled, sequence.effort))
        yield rows[-1]
    yield _total_row(rows)


def _total_row(rows: list[EffortRow]) -> EffortRow:
    effort = sum((row.effort for row in rows), Effort())
    return EffortRow("", sum(row.frames for row in rows), sum(row.labelled for row in rows), effort)


def write_effort(project: Project, path: Path) -> None:
    """Write the table as CSV (UTF-8, commas); the last line, without a name, is the whole project.

    Raises:
        AppError: The file cannot be written.
    """
    with new_file(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(row.cells() for row in effort_rows(project))
