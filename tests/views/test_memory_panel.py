"""The Memory dock in the real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from window_fixture import Bench, make_bench, write_images

from app.session.run_state import Phase
from app.views.memory_panel import MemoryPanel
from tracker.geometry import BoundingBox

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def tracked(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Bench]:
    made = make_bench(qtbot, monkeypatch)
    bench = next(made)
    bench.open(write_images(tmp_path / "grey", width=320))
    bench.draw(BoundingBox(20, 20, 40, 30))
    bench.key(Qt.Key.Key_F)
    bench.wait(lambda: bench.session.run_state.phase is Phase.IDLE and bench.session.frame == 29)
    next(it for it in bench.window._docks if it.objectName() == "memory").raise_()
    bench.wait(lambda: panel(bench).model.rowCount() == 30)
    yield bench
    next(made, None)


def panel(bench: Bench) -> MemoryPanel:
    return bench.window.panels.memory


def rows(bench: Bench) -> list[str]:
    model = panel(bench).model
    return [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]


def choose(bench: Bench, frame: int) -> None:
    model = panel(bench).model
    panel(bench).list.setCurrentIndex(model.index(model.row_of(frame)))


def test_samples_are_listed_with_origin_weight_and_picture(tracked: Bench) -> None:
    assert rows(tracked)[0] == "Frame 0  ·  3.3 %: first frame"
    assert rows(tracked)[1] == "Frame 1  ·  3.3 %: seen in passing"
    picture = panel(tracked).model.index(1).data(Qt.ItemDataRole.DecorationRole).toImage()
    assert picture.pixelColor(3, 3).red() == 41, "the grey of frame 1"


def test_bad_sample_is_taken_out_by_the_button_stays_out_and_undo_puts_it_back(tracked: Bench) -> None:
    choose(tracked, 7)
    button = panel(tracked).button
    assert button.text() == "Take out"
    tracked.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert tracked.session.track.unlearned == {7}
    assert rows(tracked)[-1] == "Frame 7: taken out"
    choose(tracked, 7)
    assert button.text() == "Put back"
    tracked.view.setFocus()
    tracked.key(Qt.Key.Key_Home)
    tracked.key(Qt.Key.Key_F)
    tracked.wait(lambda: tracked.session.run_state.phase is Phase.IDLE and tracked.session.frame == 29)
    tracked.wait(lambda: len(rows(tracked)) == 30)
    assert rows(tracked)[-1] == "Frame 7: taken out"
    tracked.key(Qt.Key.Key_Z, CTRL)
    tracked.key(Qt.Key.Key_Z, CTRL)
    assert tracked.session.track.unlearned == frozenset()


def test_several_bad_samples_are_taken_out_one_after_the_other_where_they_stand(tracked: Bench) -> None:
    choose(tracked, 7)
    for _ in range(3):
        tracked.qtbot.mouseClick(panel(tracked).button, Qt.MouseButton.LeftButton)
    assert tracked.session.track.unlearned == {7, 8, 9}


def test_show_frame_goes_there_and_an_empty_memory_says_when_it_fills(tracked: Bench) -> None:
    choose(tracked, 12)
    panel(tracked)._show.click()
    tracked.wait(lambda: tracked.session.frame == 12)
    tracked.session.select_track(0)
    assert panel(tracked).model.rowCount() == 0
    assert panel(tracked)._empty.isVisible()
    assert not panel(tracked).button.isEnabled()
