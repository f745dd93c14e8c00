"""What ``effort`` says in words and tables, on the terminal and in a page of the docs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from app.cli.record import command_line, today
from app.effort.conditions import CONDITIONS
from app.effort.measure import Run
from app.effort.report import changes, summarized
from app.effort.tables import cause_table, change_table, effort_table, gap_table, kinds, queue_table
from app.effort.working import Working

_TITLES = {
    Working.SEQUENTIAL: "watched from the start (S)",
    Working.QUEUE: "led by the review queue (Q)",
    Working.WORST: "worst frame first (W)",
}


def section_of(working: Working, name: str = "effort") -> str:
    """The part of the page that tells of one kind of annotator, which can be measured alone."""
    return f"{name}-{working.value}"


def effort_words(runs: Sequence[Run], base: str | None = None, level: str = "##") -> str:
    """All tables, in Markdown.

    Args:
        runs: What was measured.
        base: Condition that the others are compared with; by default each with all before it.
        level: Of the headings.
    """
    efforts, against = summarized(runs), changes(runs, base)
    parts = []
    for kind in kinds(efforts):
        some = [it for it in efforts if (it.kind.group, it.kind.working) == (kind.group, kind.working)]
        frames = f"{some[0].sequences} sequences, {some[0].frames} frames"
        parts.append(f"{level} {kind.group}, {_TITLES[kind.working]}: {frames}")
        parts.append(effort_table(efforts, kind.group, kind.working))
        if kind.working is Working.QUEUE:
            parts.append(queue_table(efforts, kind.group))
        if any((it.kind.group, it.kind.working) == (kind.group, kind.working) for it in against):
            parts.append(change_table(against, kind.group, kind.working))
        if kind.working is Working.SEQUENTIAL:
            parts.append(gap_table(efforts, kind.group))
        if reasons := cause_table(efforts, kind.group, kind.working):
            parts.append(reasons)
    return "\n\n".join(parts)


def effort_page(
    runs: Sequence[Run], argv: Sequence[str], plot: Path | None, page: Path, base: str | None = None
) -> str:
    """The same as a part of a page, with how it was made, what the conditions are, and the picture."""
    seeds = sorted({run.case.seed for run in runs})
    names = dict.fromkeys(run.case.condition for run in runs)
    lines = [f"Made on {today()} by", "", f"    {command_line(argv)}", ""]
    lines += [f"Seeds {', '.join(map(str, seeds))}. Conditions:", ""]
    lines += [f"- **{name}**: {CONDITIONS[name].about}" for name in names]
    if plot is not None:
        where = os.path.relpath(plot, page.parent).replace(os.sep, "/")
        lines += ["", f"![Boxes per 1000 frames, and how long corrections last]({where})"]
    return "\n".join([*lines, "", effort_words(runs, base, "###")])
