"""From which row to which nothing is missing, among rows that were found without their table's tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.document.damaged_rows import Row
from app.document.salvage_losses import Gap

Key = tuple[int, ...]
Run = tuple[Key, Key]
"""First and last key of rows between which there are no others."""


class Runs:
    """Notes the runs among rows that pass by.

    Args:
        width: Columns of the key, the first ones of a row.

    Attributes:
        all: The runs so far.
    """

    def __init__(self, width: int) -> None:
        self._width = width
        self.all: list[Run] = []

    def passing(self, rows: Iterable[Row | None]) -> Iterator[Row]:
        """The rows; None among them, where something is missing, ends a run, and so does a key in no order."""
        goes_on = False
        for row in rows:
            if row is None:
                goes_on = False
                continue
            key = row[: self._width]
            if all(isinstance(it, int) for it in key):
                if goes_on and key > self.all[-1][1]:
                    self.all[-1] = (self.all[-1][0], key)
                else:
                    self.all.append((key, key))
                goes_on = True
            yield row


def without_runs(gap: Gap, owner: int, runs: Iterable[Run]) -> list[Gap]:
    """What of a gap no run covers.

    Args:
        gap: First and last key, of the rows of ``owner`` where that is not 0.
        owner: First column of the key.
        runs: With keys of one column where there is no owner, else of two.
    """
    covered = []
    for first, last in runs:
        if not owner:
            covered.append((first[0], last[0]))
        elif first[0] <= owner <= last[0]:
            low = first[1] if first[0] == owner else gap[0]
            covered.append((low, last[1] if last[0] == owner else gap[1]))
    left, position = [], gap[0]
    for low, high in sorted(covered):
        if low > position:
            left.append((position, min(low - 1, gap[1])))
        position = max(position, high + 1)
        if position > gap[1]:
            break
    if position <= gap[1]:
        left.append((position, gap[1]))
    return left
