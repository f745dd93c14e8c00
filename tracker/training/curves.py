"""Curves of runs as a picture: ``python -m tracker.training.curves runs/NAME [...] --output curves.svg``."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Sequence
from pathlib import Path

from tracker.errors import TrackerError
from tracker.training.run_folder import TRAINING_LOG, VALIDATION_LOG

Row = dict[str, str]
PANELS = (
    ("classification loss, validation", ("first_loss", "last_loss")),
    ("peak at the target, validation", ("first_hits", "last_hits")),
    ("IoU error, validation", ("iou_error",)),
    ("rank correlation of the IoU, validation", ("iou_rank",)),
)
NAMES = {"first_loss": "initialiser", "last_loss": "optimised", "first_hits": "initialiser", "last_hits": "optimised"}


def read_log(path: Path) -> list[Row]:
    """Rows of a log.

    Raises:
        TrackerError: if there is none.
    """
    if not path.exists():
        raise TrackerError(f"There is no log {path}; give the folder of a run.")
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def plot(folders: Sequence[Path], output: Path) -> None:
    """Writes the picture; its kind by the suffix (.svg, .png).

    Runs are drawn one after the other, as a later run goes on where an earlier one ended.
    """
    import matplotlib as mpl  # noqa: PLC0415  # belongs to the `train` extra

    mpl.use("Agg")
    from matplotlib import pyplot as plt  # noqa: PLC0415

    figure, axes = plt.subplots(2, 3, figsize=(15, 7.5), layout="constrained")
    offset = 0
    colours = {"easy": "tab:blue", "hard": "tab:red"}
    for number, folder in enumerate(folders):
        training, validation = read_log(folder / TRAINING_LOG), read_log(folder / VALIDATION_LOG)
        steps = [offset + int(row["step"]) for row in training]
        for column, colour in (("c0", "tab:grey"), ("c5", "tab:orange")):
            axes[0, 0].plot(steps, _smooth(training, column), colour, label=column if number == 0 else None, lw=1)
        axes[1, 2].plot(steps, _smooth(training, "iou"), "tab:orange", lw=1, label="training" if number == 0 else None)
        for axis, (_, columns) in zip((axes[0, 1], axes[0, 2], axes[1, 0], axes[1, 1]), PANELS, strict=True):
            for kind, colour in colours.items():
                rows = [row for row in validation if row["set"] == kind]
                for column in columns:
                    style = ":" if column.startswith("first") else "-"
                    label = f"{kind} {NAMES.get(column, '')}".strip() if number == 0 else None
                    points = [offset + int(row["step"]) for row in rows]
                    axis.plot(points, [float(row[column]) for row in rows], style, color=colour, label=label, lw=1.4)
        offset = steps[-1] if steps else offset
    titles = ["classification loss, training", *(title for title, _ in PANELS), "IoU error, training"]
    for axis, title in zip(axes.flat, titles, strict=True):
        axis.set_title(title, fontsize=10)
        axis.set_xlabel("step")
        axis.grid(alpha=0.3)
        axis.legend(fontsize=8)
    figure.savefig(output)
    plt.close(figure)


def _smooth(rows: list[Row], column: str, memory: float = 0.9) -> list[float]:
    smoothed: list[float] = []
    for row in rows:
        value = float(row[column])
        smoothed.append(value if not smoothed else memory * smoothed[-1] + (1 - memory) * value)
    return smoothed


def main(argv: list[str] | None = None) -> int:
    """The command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="curves", description="Draw the curves of training runs.")
    parser.add_argument("runs", nargs="+", type=Path, help="folders of runs, in the order they followed each other")
    parser.add_argument("--output", type=Path, default=Path("curves.svg"))
    arguments = parser.parse_args(argv)
    try:
        plot(arguments.runs, arguments.output)
    except TrackerError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
