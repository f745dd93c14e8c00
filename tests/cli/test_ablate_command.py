"""``ablate``: tables on the terminal and on a page, numbers as JSON, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import ablate as ablate_command
from app.cli import main
from tracker.evaluation import ablation_tuning
from tracker.evaluation.evaluate import EvaluationReport, SequenceReport
from tracker.evaluation.metrics import Accuracy

PAGE = "# Ablation\n\n<!-- ablation: begin -->\nold\n<!-- ablation: end -->\n"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], int, tuple[int, ...]]]:
    """Instead of evaluating: names of the variants, frames, seeds. Each variant is a little better than the last."""
    calls: list[tuple[list[str], int, tuple[int, ...]]] = []

    def evaluate(variants, sequences, seeds, jobs, progress):
        calls.append(([variant.name for variant in variants], sum(map(len, sequences)), tuple(seeds)))
        progress(1, 2, variants[0].name)
        return [
            EvaluationReport(
                variant.name,
                "cpu",
                tuple(
                    SequenceReport(s.name, seed, Accuracy(0.3 + 0.01 * place, 0.9, 0.8, len(s)), 30.0, 0.1)
                    for s in sequences
                    for seed in seeds
                ),
            )
            for place, variant in enumerate(variants)
        ]

    monkeypatch.setattr(ablate_command, "evaluate_all", evaluate)
    monkeypatch.setattr(ablation_tuning, "evaluate_all", evaluate)
    return calls


def test_it_tunes_measures_and_writes_the_tables(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], asked: list[tuple[list[str], int, tuple[int, ...]]]
) -> None:
    page, numbers = tmp_path / "page.md", tmp_path / "numbers.json"
    page.write_text(PAGE, encoding="utf-8")
    arguments = ["ablate", "--generated", "--device", "cpu", "--seeds", "0,1", "--quick"]
    assert main([*arguments, "--table", str(page), "--json", str(numbers)]) == 0
    assert len(asked) == 3
    assert all(name.startswith("gradient descent ") for name in asked[0][0])
    assert all(name.startswith("running mean of filters ") for name in asked[1][0])
    assert asked[2][0][-1] == "running mean of filters"
    assert len(asked[2][0]) == 14
    assert asked[2][1:] == (9 * ablate_command.QUICK_FRAMES, (0,))
    text = page.read_text(encoding="utf-8")
    out = capsys.readouterr().out
    for words in (
        "Table 1: how the filter is made",
        "Table 2: what each part adds",
        "Table 3: what is learned while tracking",
        "| + learned loss ",
        "Gradient descent with steps of 2, the best on three generated scenes of other seeds: ",
        "generated: 9 sequences, 180 frames",
        "SHA-256",
        "The paper's order holds in ",
    ):
        assert words in text, words
        assert words in out, words
    assert "\n## Table 3" in text
    assert "\nold\n" not in text
    assert f"    python main.py {' '.join(arguments)} --table" in text
    content = json.loads(numbers.read_text(encoding="utf-8"))
    assert [len(table["rows"]) for table in content["tables"]] == [3, 10, 3]


def test_without_quick_all_frames_and_seeds_count(
    asked: list[tuple[list[str], int, tuple[int, ...]]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ablate", "--generated", "--device", "cpu", "--seeds", "0,1", "--frames", "30"]) == 0
    assert len(asked[0][0]) == len(ablation_tuning.STEPS)
    assert asked[2][1:] == (270, (0, 1))
    assert "over seeds" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "required"),
        (["--generated", "--jobs", "0"], "--jobs 0"),
        (["--generated", "--table", "{folder}/none.md"], "cannot be read"),
        (["--generated", "--json", "{folder}"], "is a folder"),
        (["--generated", "--model", "no-such"], "no-such"),
    ],
)
def test_it_refuses_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main(["ablate", *(argument.format(folder=tmp_path) for argument in arguments)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.strip().splitlines()) == 1
    assert words in captured.err


def test_a_model_without_an_untrained_start_is_refused(
    capsys: pytest.CaptureFixture[str], asked: list[tuple[list[str], int, tuple[int, ...]]], tmp_path: Path
) -> None:
    from tracker.model_file import save_network
    from tracker.network import NETWORK_CONFIGS, DimpNetwork

    save_network(DimpNetwork(NETWORK_CONFIGS["dimp18"]), tmp_path / "mine.safetensors", half=True)
    assert main(["ablate", "--generated", "--device", "cpu", "--model", str(tmp_path / "mine.safetensors")]) == 1
    assert "no untrained start of dimp18" in capsys.readouterr().err


@pytest.mark.slow
def test_the_real_thing_on_a_few_frames(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE, encoding="utf-8")
    assert main(["ablate", "--generated", "--frames", "4", "--quick", "--device", "cpu", "--table", str(page)]) == 0
    assert page.read_text(encoding="utf-8").count("\n## Table") == 3
    capsys.readouterr()
