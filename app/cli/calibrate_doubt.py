"""``calibrate-doubt``: fit the probability that a tracked box is wrong, and say how well it holds."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from app.calibration.diagram import reliability_svg
from app.calibration.logistic import Bin, Numbers, area_under_curve, calibration_error, fit, reliability
from app.calibration.tracked_frames import Sample, tracked_frames
from app.cli.outputs import check_outputs
from app.cli.sequences import chosen_sets
from app.cli.terminal import ProgressBar, say
from app.errors import AppError
from app.formats.atomic import new_file
from app.marked_section import check_section, write_section
from app.session.doubt_table import DoubtTable, read_table
from app.session.messages import ModelChoice
from app.session.tracker_protocol import MakeTracker

FOLDS = 5
SECTION = "doubt"


def run_calibrate_doubt(arguments: argparse.Namespace, make_tracker: MakeTracker) -> int:
    """Track the sequences, fit the table, print its figures; or only print those of a table there is.

    Args:
        arguments: As ``app.cli.arguments`` makes them for ``calibrate-doubt``.
        make_tracker: Makes the tracker.

    Returns:
        Exit code 0.

    Raises:
        AppError: A file cannot be read or written, or too little is wrong to learn from it.
        TrackerError: A folder or the model is not usable.
    """
    table_file, diagram_file, page = arguments.out, arguments.diagram, arguments.table
    check_outputs((), [path for path in (table_file, diagram_file, page) if path])
    if page:
        check_section(page, SECTION)
    sequences = [sequence for one in chosen_sets(arguments) for sequence in one.sequences]
    tracker = make_tracker(ModelChoice(arguments.model, arguments.device, 0))
    samples: list[Sample] = []
    bar = ProgressBar()
    try:
        bar.show(sequences[0].name, 0, len(sequences), f"of {len(sequences)} sequences")
        for sample in tracked_frames(sequences, tracker):
            samples.append(sample)
            bar.show(sample.sequence, len(samples), len(sequences), f"of {len(sequences)} sequences")
    finally:
        bar.clear()
    wrong = np.concatenate([sample.wrong for sample in samples])
    if arguments.check:
        told = _table(arguments.check).probabilities(np.concatenate([sample.features for sample in samples]))
        how = arguments.check.name
    else:
        told = held_out_probabilities(samples)
        how = f"a table fitted to other sequences, in {FOLDS} parts"
    bins = reliability(told, wrong)
    for line in (summary := _summary(arguments.model, samples, told, how)):
        say(line)
    for it in bins:
        say(f"  told {it.told:.2f}  true {it.true:.2f}  {it.count:6d} frames")
    if page:
        write_section(page, SECTION, "\n".join([*summary, "", *_rows(bins)]) + "\n")
        say(f"Wrote {page}")
    if table_file:
        intercept, weights = fit(np.concatenate([sample.features for sample in samples]), wrong)
        _write(table_file, DoubtTable(arguments.model, intercept, weights).as_json() + "\n")
    if diagram_file:
        _write(diagram_file, reliability_svg(bins, f"{arguments.model}: {len(wrong)} frames"))
    return 0


def held_out_probabilities(samples: list[Sample]) -> Numbers:
    """What tables fitted without a frame's own sequence say of it, in the order of the samples.

    Raises:
        AppError: There are too few sequences, or nothing is wrong in some part of them.
    """
    folds = min(FOLDS, len(samples))
    told = [np.empty(0)] * len(samples)
    for fold in range(folds):
        others = [sample for number, sample in enumerate(samples) if number % folds != fold]
        wrong = np.concatenate([sample.wrong for sample in others] or [np.empty(0, dtype=np.bool_)])
        if not wrong.any() or wrong.all():
            raise AppError("There are too few wrong frames to learn from; name more sequences.")
        intercept, weights = fit(np.concatenate([sample.features for sample in others]), wrong)
        table = DoubtTable("", intercept, weights)
        for number in range(fold, len(samples), folds):
            told[number] = table.probabilities(samples[number].features)
    return np.concatenate(told)


def _summary(model: str, samples: list[Sample], told: Numbers, how: str) -> list[str]:
    wrong = np.concatenate([sample.wrong for sample in samples])
    area, error = area_under_curve(told, wrong), calibration_error(reliability(told, wrong))
    return [
        f"Model {model}: {len(samples)} sequences, {len(wrong)} frames with a box, {wrong.mean():.1%} of them wrong.",
        f"By {how}: AUC {area:.3f}, expected calibration error {error:.3f}.",
    ]


def _rows(bins: tuple[Bin, ...]) -> list[str]:
    rows = ["| told | true | frames |", "|---|---|---|"]
    return rows + [f"| {it.told:.2f} | {it.true:.2f} | {it.count} |" for it in bins]


def _table(path: Path) -> DoubtTable:
    try:
        return read_table(path)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AppError(f"{path} is not a table of doubt ({error}); name resources/doubt.json.") from error


def _write(path: Path, text: str) -> None:
    with new_file(path) as file:
        file.write(text)
    say(f"Wrote {path}")
