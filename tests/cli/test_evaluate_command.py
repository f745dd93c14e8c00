"""``evaluate``: alone, beside others, into a page of docs, and what it refuses."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from coded_video import painted
from PIL import Image

from app.cli import evaluate as evaluate_command
from app.cli import main
from app.errors import AppError
from app.marked_section import write_section
from tracker.evaluation.evaluate import EvaluationReport, SequenceReport
from tracker.evaluation.metrics import Accuracy

ROOT = Path(__file__).resolve().parents[2]
PAGE = "# Title\n\nbefore\n<!-- comparison: begin -->\nold\n<!-- comparison: end -->\nafter\n"


def write_sequence(folder: Path, length: int = 4) -> Path:
    (folder / "img").mkdir(parents=True)
    for number in range(length):
        Image.fromarray(painted(number)).save(folder / "img" / f"{number + 1:04d}.jpg")
    (folder / "groundtruth_rect.txt").write_text("".join(f"{10 + number},20,40,40\n" for number in range(length)))
    return folder


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """Instead of evaluating: what would have been evaluated."""
    calls: list[tuple[object, ...]] = []

    def evaluate(contenders, sequences, seeds, jobs, progress):
        calls.append(([one.name for one in contenders], [s.name for s in sequences], tuple(seeds), jobs))
        progress(4, 8, "lite0 A")
        return [
            EvaluationReport(
                one.name,
                "cpu",
                tuple(
                    SequenceReport(sequence.name, seed, Accuracy(0.5, 0.75, 0.625, len(sequence)), 20.0, 0.1)
                    for sequence in sequences
                    for seed in seeds
                ),
            )
            for one in contenders
        ]

    monkeypatch.setattr(evaluate_command, "evaluate_all", evaluate)
    return calls


def test_it_prints_a_table_and_writes_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], asked: list[tuple[object, ...]]
) -> None:
    folders = [write_sequence(tmp_path / name) for name in ("A", "B")]
    file = tmp_path / "numbers.json"
    arguments = ["evaluate", *map(str, folders), "--device", "cpu", "--seeds", "0,3", "--json", str(file)]
    assert main(arguments) == 0
    assert asked == [(["lite0"], ["A", "B"], (0, 3), 1)]
    out = capsys.readouterr().out
    assert "seeds 0, 3; on cpu" in out
    rows = [line.split("|") for line in out.splitlines() if "0.625" in line]
    assert [row[1].split()[0] for row in rows] == ["A", "B", "average"]
    assert rows[0][3].strip() == "0.500 / 0.750 / 0.625 / 20"
    assert "met" not in out, "without others nothing is judged"
    content = json.loads(file.read_text())
    assert content["command"] == "python main.py " + " ".join(arguments)
    assert content["trackers"][0]["average"]["success"] == 0.625
    assert [run["seed"] for run in content["trackers"][0]["runs"]] == [0, 3, 0, 3]


def test_a_comparison_goes_into_its_place_on_a_page_and_replaces_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], asked: list[tuple[object, ...]]
) -> None:
    write_sequence(tmp_path / "some" / "A")
    page = tmp_path / "page.md"
    page.write_text(PAGE, encoding="utf-8")
    arguments = ["evaluate", str(tmp_path / "some"), "--device", "cpu", "--compare", "lite0_untrained"]
    arguments += ["--generated", "--frames", "3", "--jobs", "2", "--table", str(page)]
    texts = []
    for _ in range(2):
        assert main(arguments) == 0
        texts.append(page.read_text(encoding="utf-8"))
    assert texts[0] == texts[1]
    assert texts[0].startswith("# Title\n\nbefore\n<!-- comparison: begin -->\n\nCells: AUC / precision")
    assert texts[0].endswith("\n\n<!-- comparison: end -->\nafter\n")
    assert "old" not in texts[0]
    for words in (
        "| average of some ",
        "| scene_plain ",
        "| average of generated ",
        f"    python main.py {' '.join(arguments)}\n",
        "- lite0_untrained: lite0_untrained.safetensors, SHA-256 3ddf61e3",
        "- average AUC at least 0.76: 0.500, NOT met",
        "by more than 0.03: +0.000 on A, met",
        "2 sequences at a time",
    ):
        assert words in texts[0], words
    assert asked[0][0] == ["lite0", "lite0_untrained"]
    assert "NOT met" in capsys.readouterr().out


def test_held_out_sequences_are_those_of_the_training_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], asked: list[tuple[object, ...]]
) -> None:
    for name in ("B", "A", "C"):
        write_sequence(tmp_path / "videos" / name)
    config = tmp_path / "mine.toml"
    config.write_text('network = "lite0"\n[data]\nvideos = ["videos"]\nheld_out = ["A", "B"]\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["evaluate", "--held-out", "mine.toml", "--device", "cpu"]) == 0
    assert asked[0][1] == ["A", "B"]
    assert "average of held out" in capsys.readouterr().out
    config.write_text('network = "lite0"\n[data]\nvideos = ["videos"]\nheld_out = ["A", "D"]\n', encoding="utf-8")
    assert main(["evaluate", "--held-out", "mine.toml"]) == 1
    assert "are not in videos" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["{folder}/none"], "There is no folder"),
        (["{folder}/empty"], "holds no sequence"),
        (["{folder}/A", "--json", "{folder}"], "is a folder"),
        (["{folder}/A", "--seeds", "0,0"], "twice"),
        (["{folder}/A", "--seeds", "one"], "whole number"),
        (["{folder}/A", "--jobs", "0"], "--jobs 0"),
        (["{folder}/A", "{folder}/A"], "Two sequences are named A"),
        (["{folder}/A", "--frames", "1"], "--frames 1"),
        (["{folder}/A", "--frames", "0"], "--frames 0"),
        (["{folder}/A", "--model", "no-such-model"], "no-such-model"),
        (["{folder}/A", "--compare", "no-such-model"], "no-such-model"),
        (["{folder}/A", "--compare", "csrt,"], "empty name"),
        (["{folder}/A", "--compare", "lite0"], "names a tracker twice"),
        (["{folder}/A", "--table", "{folder}/none.md"], "cannot be read"),
        (["{folder}/A", "--table", "{folder}/A/groundtruth_rect.txt"], "<!-- comparison: begin -->"),
        (["{folder}/A", "--held-out", "no-such"], "no training configuration"),
        ([], "required"),
    ],
)
def test_it_refuses_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    write_sequence(tmp_path / "A")
    (tmp_path / "empty").mkdir()
    code = main(["evaluate", *(argument.format(folder=tmp_path) for argument in arguments)])
    captured = capsys.readouterr()
    assert code in {1, 2}
    assert captured.out == ""
    assert len(captured.err.strip().splitlines()) == 1
    assert words in captured.err


def test_csrt_without_its_environment_names_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.evaluation.csrt_process.CSRT_FOLDER", tmp_path / "none")
    assert main(["evaluate", str(write_sequence(tmp_path / "A")), "--compare", "csrt"]) == 1
    assert capsys.readouterr().err.strip().endswith("set it up with: make csrt")


def test_the_real_tracker_on_a_real_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(write_sequence(tmp_path / "A", 3)), "--device", "cpu"]) == 0
    row = next(line.split("|") for line in capsys.readouterr().out.splitlines() if line.startswith("| A "))
    assert row[2].strip() == "3"
    auc, *_, speed = map(float, row[3].split("/"))
    assert 0 < auc <= 1
    assert speed > 0


@pytest.mark.slow
def test_processes_give_the_same_numbers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folders = [str(write_sequence(tmp_path / name, 3)) for name in ("B", "A")]
    contents = []
    for jobs in ("1", "2"):
        file = tmp_path / f"{jobs}.json"
        assert main(["evaluate", *folders, "--device", "cpu", "--json", str(file), "--jobs", jobs]) == 0
        contents.append(json.loads(file.read_text()))
    measures = [
        [(run["sequence"], run["auc"], run["precision"], run["frames"]) for run in content["trackers"][0]["runs"]]
        for content in contents
    ]
    assert measures[0] == measures[1]
    assert [name for name, *_ in measures[0]] == ["B", "A"]
    capsys.readouterr()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process there")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_it_soon_and_leaves_the_page_alone(tmp_path: Path, jobs: str) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE, encoding="utf-8")
    arguments = ["evaluate", "--generated", "--frames", "12", "--device", "cpu", "--jobs", jobs]
    with subprocess.Popen(
        [sys.executable, "main.py", *arguments, "--table", str(page)],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        start_new_session=True,
        # a shell has its background jobs ignore Ctrl+C, and they hand that on
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - one call, no lock
        text=True,
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "Evaluating" in line:  # the first tenth
                break
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does it
        rest = process.stderr.read()
        assert process.wait(60) == 130
    assert rest.strip().splitlines()[-1] == "Interrupted."
    assert "Traceback" not in rest
    assert page.read_text(encoding="utf-8") == PAGE


def test_a_section_needs_both_marks_in_order(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("<!-- a: end -->\n<!-- a: begin -->\n", encoding="utf-8")
    with pytest.raises(AppError, match="has no place for the table; add the lines <!-- a: begin -->"):
        write_section(page, "a", "text")
