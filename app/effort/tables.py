"""The numbers of a measurement as tables in Markdown, which terminals show as well."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.effort.causes import Cause
from app.effort.report import Change, Effort, Kind
from app.effort.statistics import Estimate
from app.effort.working import Working

_EACH = 3
"""Corrections that have columns of their own in the table of gaps; the later ones share one."""


def effort_table(efforts: Sequence[Effort], group: str, working: Working) -> str:
    """Boxes per 1000 frames of each condition, thresholds side by side."""
    some = [it for it in efforts if (it.kind.group, it.kind.working) == (group, working)]
    thresholds = sorted({it.kind.threshold for it in some})
    head = ["condition"]
    for threshold in thresholds:
        head += [f"C1000@{threshold:g} (95 %)", "median (95 %)", "person s", "machine s"]
    rows = []
    for condition in dict.fromkeys(it.kind.condition for it in some):
        row = [condition]
        for threshold in thresholds:
            found = next((it for it in some if (it.kind.condition, it.kind.threshold) == (condition, threshold)), None)
            row += ["-"] * 4 if found is None else _costs(found)
        rows.append(row)
    return _table(head, rows)


def change_table(changes: Sequence[Change], group: str, working: Working) -> str:
    """What each condition saves against those before it, of all boxes and of those after the first ones."""
    some = [it for it in changes if (it.kind.group, it.kind.working) == (group, working)]
    thresholds = sorted({it.kind.threshold for it in some})
    pairs = dict.fromkeys((it.kind.condition, it.base) for it in some)
    rows = []
    for condition, base in pairs:
        mine = {it.kind.threshold: it for it in some if (it.kind.condition, it.base) == (condition, base)}
        row = [condition, base]
        for threshold in thresholds:
            found = mine.get(threshold)
            row += ["-"] * 2 if found is None else [_percent(found.share), _against(*found.corrections)]
        rows.append(row)
    head = ["condition", "against"]
    for threshold in thresholds:
        head += [f"boxes at {threshold:g} (95 %)", "corrections"]
    return _table(head, rows)


def gap_table(efforts: Sequence[Effort], group: str) -> str:
    """Mean frames between actions before and after the k-th correction, of annotator S."""
    some = [it for it in efforts if (it.kind.group, it.kind.working) == (group, Working.SEQUENTIAL) and it.gaps]
    head = ["IoU", "condition", *(f"k = {number}" for number in range(1, _EACH + 1)), f"k > {_EACH}"]
    rows = []
    for it in some:
        cells = [f"{gap.before:.0f} → {gap.after:.0f} ({gap.runs})" for gap in it.gaps[:_EACH]]
        cells += ["-"] * (_EACH - len(cells))
        later = it.gaps[_EACH:]
        runs = sum(gap.runs for gap in later)
        before = sum(gap.runs * gap.before for gap in later) / max(1, runs)
        after = sum(gap.runs * gap.after for gap in later) / max(1, runs)
        cells.append(f"{before:.0f} → {after:.0f} ({runs})" if later else "-")
        rows.append([f"{it.kind.threshold:g}", it.kind.condition, *cells])
    return _table(head, rows)


def cause_table(efforts: Sequence[Effort], group: str, working: Working) -> str:
    """Why the annotator had to do something, in actions for 1000 frames."""
    some = [it for it in efforts if (it.kind.group, it.kind.working) == (group, working) and it.causes]
    rows = [
        [f"{it.kind.threshold:g}", it.kind.condition, *(f"{it.causes.get(cause, 0.0):.1f}" for cause in Cause)]
        for it in some
    ]
    return _table(["IoU", "condition", *Cause], rows) if rows else ""


def queue_table(efforts: Sequence[Effort], group: str) -> str:
    """What annotator Q was shown, and what was wrong still, in per cent of the frames."""
    rows = [
        [
            f"{it.kind.threshold:g}",
            it.kind.condition,
            f"{100 * found.before.missed:.1f}",
            f"{100 * found.at_budget.shown:.1f}",
            f"{100 * found.at_budget.missed:.1f}",
            f"{100 * found.at_end.shown:.1f}",
            f"{100 * found.at_end.missed:.1f}",
            f"{100 * found.precision:.0f}",
            f"{it.pooled.value:.1f}",
            f"{it.human_seconds:.0f}",
        ]
        for it in efforts
        if it.kind.group == group and (found := it.reviewing) is not None
    ]
    head = ["IoU", "condition", "missed at first", "shown", "missed", "shown at the end", "missed", "wrong entries"]
    return _table([*head, "C1000", "person s"], rows)


def kinds(efforts: Iterable[Effort]) -> list[Kind]:
    """One Kind for each group and kind of annotator, in order."""
    return list({(it.kind.group, it.kind.working): it.kind for it in efforts}.values())


def _costs(effort: Effort) -> list[str]:
    return [
        _interval(effort.pooled),
        _interval(effort.median),
        f"{effort.human_seconds:.0f}",
        f"{effort.machine_seconds:.0f}",
    ]


def _interval(estimate: Estimate) -> str:
    return f"{estimate.value:.1f} ({estimate.low:.1f}-{estimate.high:.1f})"


def _against(mine: float, theirs: float) -> str:
    """Two counts and what the one is of the other."""
    change = f"{100 * (mine / theirs - 1):+.0f} %" if theirs else "-"
    return f"{mine:g} : {theirs:g} ({change})"


def _percent(share: Estimate) -> str:
    return f"{100 * share.value:+.0f} % ({100 * share.low:+.0f} to {100 * share.high:+.0f})"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"

    return "\n".join([line(head), "|" + "|".join("-" * (width + 2) for width in widths) + "|", *map(line, rows)])
