"""A tracker that throws, hangs or runs out of memory leaves the window at work, and the run can be repeated."""

from __future__ import annotations

import importlib
import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

sys.path.append(str(Path(__file__).parents[1] / "views"))
from window_fixture import Bench, make_bench, write_images

from app.document.project_file import read_project
from app.session import tracker_factory
from app.session.fake_tracker import FakeTracker, FakeTrackerScript
from app.session.messages import ModelChoice
from app.session.run_state import Phase
from tracker.geometry import BoundingBox
from tracker.network_config import NETWORK_CONFIGS

FRAMES = 30


class HangingTracker(FakeTracker):
    """Hangs in one frame until it is let go."""

    hangs = threading.Event()
    released = threading.Event()

    def track(self, image):
        if len(self.calls) > 6 and not self.hangs.is_set():
            self.hangs.set()
            self.released.wait(60)
        return super().track(image)


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    yield from make_bench(qtbot, monkeypatch, FakeTrackerScript())


def begin(bench: Bench, tmp_path: Path) -> None:
    """A video on the screen with a box on its first frame."""
    bench.open(write_images(tmp_path / "clip", FRAMES))
    bench.key(Qt.Key.Key_B)
    bench.draw(BoundingBox(20, 30, 40, 30))
    bench.wait(lambda: bench.session.track is not None)


def idle(bench: Bench) -> bool:
    return bench.session.run_state.phase is Phase.IDLE


def press(bench: Bench, text: str) -> None:
    """A button of the banner."""
    banner = bench.window.panels.workspace.banner
    button = next(it for it in banner.findChildren(QPushButton) if it.isVisible() and it.text() == text)
    bench.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def still_works(bench: Bench) -> None:
    """The window takes an edit, and it is in the file."""
    bench.session.go_to(2)
    bench.key(Qt.Key.Key_U)
    assert 2 in bench.session.sequence.bookmarks
    assert read_project(bench.session.document.path).project == bench.session.document.project


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (ZeroDivisionError("of the tracker"), "fault in the program"),
        (MemoryError(), "ran out of memory"),
        (type("OutOfMemoryError", (RuntimeError,), {})("CUDA out of memory"), "ran out of memory"),
    ],
)
def test_a_tracker_that_throws_is_told_and_logged_and_the_run_repeated(bench, tmp_path, caplog, failure, said):
    begin(bench, tmp_path)
    trackers: list[FakeTracker] = []
    engine = bench.program.tracker._worker._engine

    def make(choice: ModelChoice) -> FakeTracker:
        trackers.append(FakeTracker(FakeTrackerScript(fail_at=9, failure=failure), choice))
        return trackers[-1]

    engine._make_tracker = make
    bench.key(Qt.Key.Key_F)
    bench.wait(lambda: said in bench.banner)
    assert idle(bench)
    assert bench.session.frame == 8
    assert "Traceback" in caplog.text
    assert type(failure).__name__ in caplog.text
    still_works(bench)
    bench.session.go_to(8)
    trackers[-1].script = FakeTrackerScript()
    press(bench, "Retry")
    bench.wait(lambda: idle(bench) and bench.session.frame == FRAMES - 1)
    assert bench.session.track.boxes.frames().tolist() == list(range(1, FRAMES))
    assert read_project(bench.session.document.path).project == bench.session.document.project


def test_a_tracker_that_hangs_is_told_and_logged_and_can_be_started_anew(bench, tmp_path, caplog):
    caplog.set_level(logging.WARNING)
    begin(bench, tmp_path)
    HangingTracker.hangs.clear()
    HangingTracker.released.clear()
    tracker = bench.program.tracker
    tracker._make_tracker = lambda choice: FakeTracker(choice=choice)  # of the next one
    tracker._worker._engine._make_tracker = lambda choice: HangingTracker(choice=choice)
    tracker.be_patient_for(0.3)
    stuck_thread = tracker._thread
    try:
        bench.key(Qt.Key.Key_F)
        bench.wait(HangingTracker.hangs.is_set)
        bench.wait(lambda: "has not answered" in bench.banner)
        assert "in track" in caplog.text, "where it hangs is in the log"
        reached = bench.session.frame
        press(bench, "Start the tracker anew")
        bench.wait(lambda: idle(bench))
        still_works(bench)
        bench.session.go_to(reached)
        bench.key(Qt.Key.Key_F)
        bench.wait(lambda: idle(bench) and bench.session.frame == FRAMES - 1)
        assert bench.session.track.boxes.frames().tolist() == list(range(1, FRAMES))
    finally:
        HangingTracker.released.set()
    assert stuck_thread.wait(20_000), "let go, it ends by itself"
    assert bench.session.track.boxes.frames().tolist() == list(range(1, FRAMES)), "and changes nothing any more"


def test_a_model_too_large_for_the_graphics_card_is_loaded_for_the_processor(monkeypatch):
    torch = importlib.import_module("torch")
    weights = importlib.import_module("tracker.weights")
    asked: list[str] = []

    class Network:
        device = torch.device("cpu")
        config = NETWORK_CONFIGS["lite0"]

    def load(name: str, device: str) -> Network:
        asked.append(device)
        if device != "cpu":
            raise torch.OutOfMemoryError("full")
        return Network()

    monkeypatch.setattr(weights, "load_network", load)
    told: list[tuple[str, str]] = []
    make = tracker_factory.dimp_trackers(lambda *it: told.append(it))
    monkeypatch.setattr("tracker.dimp_tracker.DimpTracker", lambda network, *_settings: (network,))
    assert isinstance(make(ModelChoice("default", "auto"))[0], Network)
    assert asked == ["auto", "cpu"]
    assert told == [("default", "cpu")]
