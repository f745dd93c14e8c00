"""``demo``, the contact sheet, the terminal line, and what happens without a display."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import main as program
from app import headless
from app.cli import main
from app.cli.contact_sheet import draw_contact_sheet, evenly, save_png
from app.cli.terminal import ProgressBar, in_minutes, stop_on_interrupt
from app.errors import AppError
from app.media.open_source import open_source
from app.sample import load_sample
from app.session.fake_tracker import FakeTracker
from tracker.geometry import BoundingBox

_ROOT = Path(__file__).resolve().parents[2]


def _run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    import os

    kept = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    return subprocess.run(
        [sys.executable, *arguments],
        check=False,
        cwd=_ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
        timeout=100,
    )


def test_sample_clip_is_what_its_description_says() -> None:
    sample = load_sample()
    source = open_source(sample.video)
    assert sample.box.clipped(source.width, source.height) == sample.box
    assert source.frame_count > 60
    source.close()
    assert sum(file.stat().st_size for file in sample.video.parent.iterdir()) < 2.1e6


def test_demo_writes_its_results_and_may_be_repeated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "made" / "on the way"
    for _ in range(2):
        assert main(["demo", "--out", str(out), "--until", "20"], lambda choice: FakeTracker(choice=choice)) == 0
    assert sorted(path.name for path in out.iterdir()) == ["coco.json", "contact_sheet.png", "mot"]
    assert len(json.loads((out / "coco.json").read_text())["annotations"]) == 21
    assert "Tracked 20 frames" in capsys.readouterr().out
    blocked = tmp_path / "file"
    blocked.touch()
    assert main(["demo", "--out", str(blocked)], lambda choice: FakeTracker(choice=choice)) == 1
    assert "cannot be made" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"QT_QPA_PLATFORM": "offscreen"}, True),
        ({"QT_QPA_PLATFORM": "xcb"}, False),
        ({"DISPLAY": ""}, False),
    ],
)
def test_display_is_found(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: bool) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert headless.has_display() is expected
    monkeypatch.setattr(sys, "platform", "darwin")
    assert headless.has_display() is True


def test_without_a_display_the_sample_runs_headless(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr("app.cli.main", lambda argv: asked.append(list(argv)) or 0)
    monkeypatch.setattr(headless, "has_display", lambda: False)
    assert program.main(["--sample", "--out", "results"]) == 0
    assert asked == [["demo", "--out", "results"]]
    assert "no display" in capsys.readouterr().err
    for argv, words in (([], "main.py demo"), (["a.mp4"], "track a.mp4"), (["a.dimple"], "export a.dimple")):
        assert program.main(argv) == 1
        assert words in capsys.readouterr().err
    assert len(asked) == 1


def test_main_tells_commands_from_what_to_open(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[object] = []
    monkeypatch.setattr("app.cli.main", lambda argv: asked.append(list(argv)) or 3)
    monkeypatch.setattr("app.application.run", lambda path, *, sample: asked.append((path, sample)) or 4)
    monkeypatch.setattr(headless, "has_display", lambda: True)
    for argv in (["--help"], ["track"], ["export", "b"], ["clip.mp4"], [], ["--sample"]):
        assert program.main(argv) == (3 if argv and argv[0] in {"--help", "track", "export"} else 4)
    assert asked == [["--help"], ["track"], ["export", "b"], (Path("clip.mp4"), False), (None, False), (None, True)]
    for argv in (["frob", "x"], ["clip.mp4", "--sample"], ["--frob"]):
        with pytest.raises(SystemExit, match="2"):
            program.main(argv)
        assert len(capsys.readouterr().err.splitlines()) == 1


def test_help_loads_neither_torch_nor_qt() -> None:
    code = (
        "import sys, main\n"
        "assert main.main(['--help']) == 0 and main.main(['track', '--help']) == 0\n"
        "heavy = {'torch', 'PySide6', 'av', 'cv2', 'numpy'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    ran = _run("-c", code)
    assert ran.returncode == 0, ran.stderr
    for command in ("track", "evaluate", "export", "demo"):
        assert command in ran.stdout


def test_commands_load_no_qt_and_no_torch_before_it_is_needed() -> None:
    code = (
        "import sys, main, app.cli.track, app.cli.export, app.cli.demo\n"
        "heavy = {'torch', 'PySide6', 'PySide6.QtCore', 'pyqtgraph'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    ran = _run("-c", code)
    assert ran.returncode == 0, ran.stderr


def test_real_demo_in_a_process_of_its_own(tmp_path: Path) -> None:
    ran = _run("main.py", "demo", "--out", str(tmp_path / "out"), "--until", "3", "--device", "cpu")
    assert ran.returncode == 0, ran.stderr
    assert "Tracked 3 frames" in ran.stdout
    annotations = json.loads((tmp_path / "out" / "coco.json").read_text())["annotations"]
    assert len(annotations) == 4
    first = load_sample().box
    assert annotations[0]["bbox"] == [first.x, first.y, first.w, first.h]
    moved = BoundingBox(*annotations[3]["bbox"])
    assert abs(moved.center[0] - first.center[0]) < 30
    assert abs(moved.center[1] - first.center[1]) < 30


def test_real_process_refuses_in_one_sentence(tmp_path: Path) -> None:
    ran = _run("main.py", "track", str(tmp_path / "gone.mp4"), "--box", "1,2,3,4")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == f"main.py: {tmp_path / 'gone.mp4'} is not there; check the name, or whether it was moved.\n"
    ran = _run("main.py", QT_QPA_PLATFORM="xcb")
    if sys.platform.startswith("linux"):
        assert (ran.returncode, ran.stdout) == (1, "")
        assert len(ran.stderr.splitlines()) == 1
        assert "no display" in ran.stderr


def test_frames_of_a_contact_sheet_are_spread_evenly() -> None:
    assert evenly(0, 454, 4) == [0, 151, 302, 454]
    assert evenly(30, 10, 3) == [10, 20, 30]
    assert evenly(5, 5, 12) == [5]
    assert evenly(0, 3, 12) == [0, 1, 2, 3]
    assert evenly(7, 9, 1) == [7, 9]


def test_contact_sheet_shows_the_box_where_it_is() -> None:
    grey = np.full((240, 320, 3), 90, dtype=np.uint8)
    sheet = np.asarray(
        draw_contact_sheet(lambda _: grey, {0: BoundingBox(100, 80, 120, 60)}.get, [0, 1]),
        dtype=np.int64,
    )
    assert sheet.shape == (240 + 16, 2 * 328 + 8, 3)
    amber = (sheet[..., 0] > 200) & (sheet[..., 2] < 60)
    rows, columns = np.nonzero(amber)
    assert (columns.min() - 8, columns.max() - 8) == pytest.approx((100, 220), abs=1)
    assert (rows.min() - 8, rows.max() - 8) == pytest.approx((80, 140), abs=1)
    assert not amber[:, 340:].any(), "no box on the second frame"
    tall = draw_contact_sheet(lambda _: np.zeros((4000, 100, 3), np.uint8), lambda _: None, [0])
    assert tall.height < 1400


def test_picture_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    save_png(Image.new("RGB", (4, 4)), tmp_path / "a.png")
    with Image.open(tmp_path / "a.png") as picture:
        assert picture.format == "PNG"
    with pytest.raises(AppError, match="could not be written"):
        save_png(Image.new("RGB", (4, 4)), tmp_path / "none" / "a.png")
    assert [path.name for path in tmp_path.iterdir()] == ["a.png"]


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_bar_redraws_one_line_in_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    bar = ProgressBar()
    for done in range(1001):
        bar.show("Tracking", done, 1000, "50.0 frames/s")
    bar.clear()
    drawn = terminal.getvalue()
    assert "\n" not in drawn
    assert drawn.count("\r") < 100
    assert "[" + "#" * 30 + "] 1000/1000 50.0 frames/s" in drawn
    assert drawn.endswith("\r")


def test_bar_writes_few_lines_into_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    log = io.StringIO()
    monkeypatch.setattr(sys, "stderr", log)
    bar = ProgressBar()
    for done in range(1001):
        bar.show("Opening", done, 1000)
        bar.show("Tracking", done, 1000, "50.0 frames/s")
    bar.clear()
    lines = log.getvalue().splitlines()
    assert len(lines) == 10
    assert lines[-1] == "Tracking 1000/1000 50.0 frames/s"


def test_minutes_and_interrupts_off_the_main_thread() -> None:
    import threading

    assert [in_minutes(seconds) for seconds in (0, 59.6, 61, 3600, -1)] == ["0:00", "1:00", "1:01", "60:00", "0:00"]
    entered: list[bool] = []

    def work() -> None:
        with stop_on_interrupt() as asked:
            entered.append(asked.is_set())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert entered == [False]


def test_train_takes_its_own_arguments(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from tracker.training import command

    taken: list[list[str]] = []
    monkeypatch.setattr(command, "main", lambda argv: taken.append(argv) or 0)
    assert main(["train", "--config", "tiny", "run.steps=3"]) == 0
    assert taken == [["--config", "tiny", "run.steps=3"]]
    monkeypatch.setattr("app.cli.find_spec", lambda _name: None)
    assert main(["train"]) == 1
    assert "pip install '.[train]'" in capsys.readouterr().err
