"""The comparison of trackers: table, averages over the right sequences, and what the default model is held to."""

from __future__ import annotations

import pytest

from tracker.evaluation.comparison import Comparison
from tracker.evaluation.evaluate import EvaluationReport, SequenceReport
from tracker.evaluation.metrics import Accuracy
from tracker.evaluation.text_table import text_table

SETS = {"dev": ("Car", "Dog"), "generated": ("scene_plain",)}


def report(name: str, seeds: tuple[int, ...], aucs: dict[str, float], success: float = 0.95) -> EvaluationReport:
    runs = tuple(
        SequenceReport(sequence, seed, Accuracy(auc + 0.01 * seed, 0.9, success, 100), 50.0, 0.1)
        for sequence, auc in aucs.items()
        for seed in seeds
    )
    return EvaluationReport(name, "cpu", runs)


def compared(**changed: float) -> Comparison:
    aucs = {"Car": 0.80, "Dog": 0.76, "scene_plain": 0.10} | changed
    return Comparison(
        (
            report("lite0", (0, 2), aucs),
            report("csrt", (0,), {"Car": 0.7, "Dog": 0.6, "scene_plain": 0.9}),
            report("lite0_untrained", (0, 2), {"Car": 0.825, "Dog": 0.5, "scene_plain": 0.9}),
        ),
        ("a file", "OpenCV", "another file"),
        SETS,
        (0, 2),
    )


def test_the_table_has_a_row_a_sequence_and_an_average_a_set() -> None:
    lines = compared().table().splitlines()
    assert [line.split("|")[1].strip() for line in lines[2:]] == [
        "Car",
        "Dog",
        "average of dev",
        "scene_plain",
        "average of generated",
    ]
    cells = [cell.strip() for cell in lines[4].split("|")[2:-1]]
    assert cells[0] == "200"
    assert cells[1] == "0.790 / 0.900 / 0.950 / 50"
    assert cells[2] == "0.650 / 0.900 / 0.950 / 50"
    assert len({len(line) for line in lines}) == 1


def test_targets_are_judged_on_real_sequences_and_against_the_untrained_model() -> None:
    auc, success, loss = compared().targets()
    assert (auc.found, auc.is_met) == ("0.790", True)
    assert (success.found, success.is_met) == ("0.950", True)
    assert (loss.found, loss.is_met) == ("-0.025 on Car", True)
    assert str(auc) == "average AUC at least 0.76: 0.790, met"
    auc, _, loss = compared(Car=0.70).targets()
    assert not auc.is_met
    assert (loss.found, loss.is_met) == ("-0.125 on Car", False)
    assert str(loss).endswith("on Car, NOT met")


def test_generated_scenes_are_judged_where_there_is_nothing_else() -> None:
    only = {"generated": ("scene_plain",)}
    aucs = {"scene_plain": 0.8}
    alone = Comparison((report("lite0", (0,), aucs, success=0.9),), ("a file",), only, (0,))
    assert [target.is_met for target in alone.targets()] == [True, False]


def test_notes_say_what_each_is_and_how_much_the_seed_matters() -> None:
    notes = compared().notes()
    assert notes[0] == "lite0: a file; average AUC by seed 0.553, 0.573"
    assert notes[1] == "csrt: OpenCV"
    content = compared().content()
    assert content["trackers"][1]["description"] == "OpenCV"
    assert content["trackers"][0]["average"]["auc"] == pytest.approx(0.563333)


def test_a_text_table_is_markdown_with_even_columns() -> None:
    assert text_table(("name", "n"), [("a", "1"), ("longer", "1000")]) == (
        "| name   |    n |\n| :----- | ---: |\n| a      |    1 |\n| longer | 1000 |\n"
    )
