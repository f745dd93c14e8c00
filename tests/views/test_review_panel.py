"""The Review dock in the real window: N, Shift+N, Enter, clicks, and what it says when there is nothing to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from window_fixture import Bench, make_bench, write_images

from app.document.model import Source
from app.session.fake_tracker import FakeTrackerScript
from app.session.messages import StopRules
from app.session.run_state import Phase
from app.views.action_table import ActionId
from app.views.review_panel import ReviewPanel
from tracker.geometry import BoundingBox

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
LOW = {8: 0.1, 15: 0.2, 22: 0.3}


@pytest.fixture
def tracked(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Bench]:
    """A window in which a run has left three doubtful frames: 8, 15 and 22, in that order of doubt."""
    script = FakeTrackerScript(score_of=lambda step: LOW.get(step, 0.9))
    made = make_bench(qtbot, monkeypatch, script)
    bench = next(made)
    bench.open(write_images(tmp_path / "grey", width=320))
    assert "After a run" in panel(bench).text
    bench.draw(BoundingBox(20, 20, 40, 30))
    bench.key(Qt.Key.Key_F)
    bench.wait(lambda: bench.session.run_state.phase is Phase.IDLE and bench.session.frame == 29)
    bench.wait(lambda: panel(bench).text == "3 to check")
    dock = next(it for it in bench.window._docks if it.objectName() == "review")
    dock.raise_()
    yield bench
    next(made, None)


def panel(bench: Bench) -> ReviewPanel:
    return bench.window.panels.review


def rows(bench: Bench) -> list[str]:
    model = panel(bench).model
    return [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]


def at(bench: Bench, frame: int) -> Callable[[], bool]:
    return lambda: bench.session.frame == frame


def test_list_says_frame_track_and_reason_in_order_of_doubt(tracked: Bench) -> None:
    assert rows(tracked) == [f"Frame {frame}  ·  1: low score" for frame in (8, 15, 22)]


@pytest.fixture
def sure(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """A window whose tracker has no doubts."""
    yield from make_bench(qtbot, monkeypatch, FakeTrackerScript())


def test_a_run_without_any_doubt_says_that_there_is_nothing_to_check(sure: Bench, tmp_path: Path) -> None:
    sure.open(write_images(tmp_path / "grey", width=320))
    sure.draw(BoundingBox(20, 20, 40, 30))
    sure.key(Qt.Key.Key_F)
    sure.wait(lambda: sure.session.run_state.phase is Phase.IDLE and sure.session.frame == 29)
    sure.wait(lambda: panel(sure).text.startswith("Nothing left to check"))


def test_n_walks_enter_accepts_and_the_end_is_said(tracked: Bench) -> None:
    tracked.key(Qt.Key.Key_N)
    tracked.wait(at(tracked, 8))
    assert "Frame 8: low score." in tracked.banner
    tracked.key(Qt.Key.Key_D)
    assert not tracked.banner, "its buttons would accept another frame"
    tracked.key(Qt.Key.Key_N, SHIFT)
    tracked.wait(at(tracked, 8))
    assert panel(tracked).list.currentIndex().row() == 0
    tracked.key(Qt.Key.Key_N)
    tracked.wait(at(tracked, 15))
    tracked.key(Qt.Key.Key_N, SHIFT)
    tracked.wait(at(tracked, 8))
    tracked.key(Qt.Key.Key_Return)
    tracked.wait(at(tracked, 15))
    assert rows(tracked) == [f"Frame {frame}  ·  1: low score" for frame in (15, 22)]
    assert not tracked.session.run_state.is_busy
    tracked.key(Qt.Key.Key_Return)
    tracked.wait(at(tracked, 22))
    tracked.key(Qt.Key.Key_Return)
    tracked.wait(lambda: "Nothing left to check" in tracked.banner)
    assert panel(tracked).text == "Nothing left to check in this sequence."
    assert len(tracked.session.track.keyframes) == 1
    tracked.key(Qt.Key.Key_Z, CTRL)
    tracked.wait(lambda: panel(tracked).text == "1 to check")


def test_moving_the_box_takes_the_frame_off_the_list_and_enter_goes_on_from_there(tracked: Bench) -> None:
    tracked.key(Qt.Key.Key_N)
    tracked.wait(lambda: "Frame 8" in tracked.banner and "8 / 29" in tracked.window.panels.workspace.strip.texts[0])
    tracked.key(Qt.Key.Key_Down)
    tracked.wait(lambda: panel(tracked).text == "2 to check")
    moved = tracked.session.track.keyframes[8].box
    tracked.key(Qt.Key.Key_Return)
    tracked.wait(lambda: tracked.session.run_state.phase is Phase.IDLE and tracked.session.frame == 29)
    assert tracked.session.track.boxes.get(20).box == moved.moved(12, 0)


def test_a_lost_stretch_is_proposed_as_gone_and_one_key_accepts(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = make_bench(qtbot, monkeypatch, FakeTrackerScript(lost_from=10, lost_until=13))
    bench = next(made)
    bench.open(write_images(tmp_path / "grey", width=320))
    bench.draw(BoundingBox(20, 20, 40, 30))
    bench.session.rules = StopRules(keep_going=True)
    bench.key(Qt.Key.Key_F)
    bench.wait(lambda: bench.session.run_state.phase is Phase.IDLE and bench.session.frame == 29)
    bench.wait(lambda: panel(bench).text == "1 to check")
    bench.key(Qt.Key.Key_N)
    bench.wait(lambda: "Gone from frame 10 to 12?" in bench.banner)
    bench.key(Qt.Key.Key_Return)
    bench.wait(lambda: "back on frame 13" in bench.banner and bench.session.frame == 13)
    track = bench.session.track
    assert [track.source_at(frame) for frame in (10, 12, 13)] == [Source.OUTSIDE, Source.OUTSIDE, Source.KEYFRAME]
    bench.wait(lambda: panel(bench).text == "Nothing left to check in this sequence.")
    bench.key(Qt.Key.Key_Z, CTRL)
    bench.wait(lambda: panel(bench).text == "1 to check")
    next(made, None)


def test_click_in_the_list_goes_there_and_the_buttons_work(tracked: Bench) -> None:
    view = panel(tracked).list
    tracked.qtbot.waitUntil(view.isVisible)
    place = view.visualRect(panel(tracked).model.index(1)).center()
    tracked.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    tracked.wait(at(tracked, 15))
    accept = next(it for it in panel(tracked).findChildren(QPushButton) if it.text() == "Accept")
    tracked.qtbot.mouseClick(accept, Qt.MouseButton.LeftButton)
    tracked.wait(at(tracked, 22))
    assert tracked.window.actions_table[ActionId.ACCEPT].toolTip() == accept.toolTip()


def test_frames_that_were_on_the_screen_have_a_small_picture(tracked: Bench) -> None:
    model = panel(tracked).model
    pixmap = model.index(0).data(Qt.ItemDataRole.DecorationRole).toImage()
    inside = pixmap.pixelColor(6 + 4, 4)
    assert inside.red() == inside.green() == inside.blue() == 40 + 8, "the grey of frame 8"


def test_threshold_of_the_preferences_decides_what_is_low(tracked: Bench) -> None:
    tracked.settings.doubt_threshold = 0.15
    tracked.wait(lambda: panel(tracked).text == "1 to check")
