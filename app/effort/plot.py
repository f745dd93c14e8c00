"""The numbers of a measurement as a picture: costs, how long corrections last, the worst-frame curve, the queue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from app.effort.conditions import CONDITIONS
from app.effort.measure import Run
from app.effort.report import Effort, summarized
from app.effort.working import Working
from app.errors import AppError
from app.formats.atomic import new_path

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_COLOURS = ("#8c8c8c", "#d98a29", "#4c78a8", "#b03a5b", "#3a8f5d", "#7a5aa6", "#20899a", "#a68a3c")
_STYLE: Any = {  # matplotlib's type for it is a list of three hundred names
    "svg.hashsalt": "dimple",  # the same numbers give the same file
    "svg.fonttype": "none",  # text stays text: smaller, and searchable
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 10,
    "figure.facecolor": "white",
}
_GAPS_OF = 2
"""A mean gap is drawn where at least so many runs had that correction."""

Draw = Callable[["Axes", Sequence[Run], str], None]


def check_plot(path: Path) -> None:
    """Whether the picture can be drawn at all: found out before hours of work, not after.

    Raises:
        AppError: It cannot.
    """
    if path.suffix.lower() != ".svg":
        raise AppError(f"The plot is an SVG file; call it {path.with_suffix('.svg').name}.")
    if find_spec("matplotlib") is None:
        raise AppError("Plots need a library of their own; install it with: pip install '.[train]'")


def draw_plot(runs: Sequence[Run], path: Path) -> None:
    """Write the picture: a column for each group of sequences, a row for each question the runs answer.

    Raises:
        AppError: It cannot be written.
    """
    import matplotlib as mpl  # noqa: PLC0415  # an extra, and slow to load

    mpl.use("Agg")
    from matplotlib import pyplot as plt  # noqa: PLC0415

    groups = list(dict.fromkeys(run.case.group for run in runs))
    rows = [
        (draw, some)
        for draw, working in ((_costs, None), (_gaps, _SEQUENTIAL), (_curve, _WORST), (_queue, _QUEUE))
        if (some := [run for run in runs if working is None or run.case.working is working])
    ]
    with mpl.rc_context(_STYLE):
        size = (5.2 * len(groups), 3.1 * len(rows))
        figure, axes = plt.subplots(len(rows), len(groups), figsize=size, layout="constrained", squeeze=False)
        for row, (draw, some) in enumerate(rows):
            for column, group in enumerate(groups):
                draw(axes[row, column], [run for run in some if run.case.group == group], group)
        with new_path(path) as part:
            figure.savefig(part, format="svg", metadata={"Date": None})
        plt.close(figure)


_SEQUENTIAL, _QUEUE, _WORST = Working.SEQUENTIAL, Working.QUEUE, Working.WORST


def _colour(condition: str) -> str:
    """The same in every panel and every picture."""
    return _COLOURS[list(CONDITIONS).index(condition) % len(_COLOURS)]


def _conditions(runs: Sequence[Run]) -> list[str]:
    return list(dict.fromkeys(run.case.condition for run in runs))


def _costs(axis: Axes, runs: Sequence[Run], group: str) -> None:
    """Boxes per 1000 frames with their intervals; of annotator S, or of whoever worked."""
    efforts = summarized(runs)
    first = efforts[0].kind.working
    efforts = [it for it in efforts if it.kind.working is first]
    names = _conditions(runs)
    thresholds = sorted({it.kind.threshold for it in efforts})
    height = 0.8 / len(thresholds)
    for it in efforts:
        lane = thresholds.index(it.kind.threshold)
        y = names.index(it.kind.condition) + (lane - (len(thresholds) - 1) / 2) * height
        value, colour = it.pooled.value, _colour(it.kind.condition)
        axis.barh(y, value, height * 0.9, color=colour, alpha=1.0 if lane == 0 else 0.55)
        axis.plot([it.pooled.low, it.pooled.high], [y, y], color="#222222", lw=1)
        axis.annotate(
            f" {value:.1f} at {it.kind.threshold:g}", (max(value, it.pooled.high), y), va="center", fontsize=8
        )
    axis.set_yticks(range(len(names)), names)
    axis.invert_yaxis()
    axis.margins(x=0.25)
    axis.set_xlim(left=0)
    axis.set_xlabel("boxes per 1000 frames, 95 % interval over sequences")
    axis.set_title(f"{group}: what it costs ({first.value})")


def _gaps(axis: Axes, runs: Sequence[Run], group: str) -> None:
    """Mean frames from the k-th correction to the next action, at the highest threshold."""
    efforts = summarized(runs)
    threshold = max(it.kind.threshold for it in efforts)
    for it in efforts:
        shown = [gap for gap in it.gaps if gap.runs >= _GAPS_OF]
        if it.kind.threshold == threshold and shown:
            colour = _colour(it.kind.condition)
            first = shown[0].before if shown[0].number == 1 else float("nan")
            axis.plot(
                [0, *(gap.number for gap in shown)],
                [first, *(gap.after for gap in shown)],
                color=colour,
                marker=".",
                label=it.kind.condition,
            )
    axis.set_yscale("log")
    axis.yaxis.set_major_formatter("{x:.0f}")
    _whole_numbers(axis)
    axis.set_ylim(bottom=1)
    axis.set_xlabel("correction k (0: the first box)")
    axis.set_ylabel("frames it lasts, mean")
    axis.set_title(f"{group}: do corrections last (S, {threshold:g})")
    _legend(axis)


def _curve(axis: Axes, runs: Sequence[Run], group: str) -> None:
    """Share of the frames that pass after so many boxes of annotator W, at the highest threshold."""
    names, threshold = _conditions(runs), max(run.case.threshold for run in runs)
    for name in names:
        mine = [run.labour for run in runs if (run.case.condition, run.case.threshold) == (name, threshold)]
        most = max((len(labour.passing) for labour in mine), default=0)
        if not most:
            continue
        frames = sum(labour.frames for labour in mine)
        # a sequence that is done stays so
        passing = [sum(it.passing[min(k, len(it.passing) - 1)] for it in mine) / frames for k in range(most)]
        axis.plot(np.arange(1, most + 1), 100 * np.array(passing), color=_colour(name), label=name)
    _whole_numbers(axis)
    axis.set_xlabel("boxes a sequence")
    axis.set_ylabel("frames that pass, %")
    axis.set_title(f"{group}: worst frame first (W, {threshold:g})")
    _legend(axis)


def _queue(axis: Axes, runs: Sequence[Run], group: str) -> None:
    """What annotator Q was shown against what was wrong still, at the lowest threshold."""
    threshold = min(run.case.threshold for run in runs)
    for it in summarized(runs):
        if it.kind.threshold == threshold and it.reviewing is not None:
            _queue_line(axis, it, _colour(it.kind.condition))
    axis.axvline(5, color="#bbbbbb", lw=1, ls="--")
    axis.axhline(1, color="#bbbbbb", lw=1, ls="--")
    axis.set_xlim(left=0)
    axis.set_ylim(bottom=0)
    axis.set_xlabel("frames shown, %")
    axis.set_ylabel("frames below IoU 0.5, %")
    axis.set_title(f"{group}: what the queue misses (Q, {threshold:g})")
    _legend(axis)


def _queue_line(axis: Axes, effort: Effort, colour: str) -> None:
    assert effort.reviewing is not None
    moments = (effort.reviewing.before, effort.reviewing.at_budget, effort.reviewing.at_end)
    xs, ys = [100 * it.shown for it in moments], [100 * it.missed for it in moments]
    axis.plot(xs, ys, color=colour, marker="o", ms=4, label=effort.kind.condition)


def _whole_numbers(axis: Axes) -> None:
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415  # see draw_plot

    axis.xaxis.set_major_locator(MaxNLocator(integer=True))


def _legend(axis: Axes) -> None:
    if axis.get_legend_handles_labels()[0]:
        axis.legend(frameon=False, fontsize=8)
