"""While a large change is written the window answers, and what a person does meanwhile comes afterwards, in order."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from window_fixture import Bench, make_bench, write_images

from app.document import project_reader, write_through
from app.document.project_file import read_project
from app.document.store import Store
from app.views.action_table import ActionId
from tracker.geometry import BoundingBox

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    yield from make_bench(qtbot, monkeypatch)


def test_keys_pressed_while_it_is_written_are_done_afterwards(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.open(write_images(tmp_path / "grey"))
    bench.draw(BoundingBox(40, 30, 40, 30))
    bench.key(Qt.Key.Key_F)
    bench.wait(lambda: not bench.session.run_state.is_busy and bench.session.frame == 29)
    document = bench.session.document
    may_end, write = threading.Event(), Store.write

    def slow(store: Store, statements: object) -> None:
        may_end.wait(20)
        write(store, statements)  # type: ignore[arg-type]

    monkeypatch.setattr(write_through, "LARGE", 10)
    monkeypatch.setattr(Store, "write", slow)
    bench.key(Qt.Key.Key_Delete, CTRL | SHIFT)
    assert document.is_writing
    assert not bench.session.sequence.tracks
    assert "saving" in bench.window._corner.text()
    bench.key(Qt.Key.Key_Z, CTRL)
    bench.key(Qt.Key.Key_A)
    through = bench.window.windowHandle()  # as from the keyboard and the mouse themselves
    QTest.keyClick(through, Qt.Key.Key_A)
    button = bench.window._tool_bar.widgetForAction(bench.window.actions_table[ActionId.HEATMAP])
    place = button.mapTo(bench.window, button.rect().center())
    QTest.mouseClick(through, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    bench.view.setFocus()
    QTest.keyClick(through, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    assert not bench.session.sequence.tracks, "the edit waits for the one before it"
    assert bench.session.frame == 29
    assert bench.window.actions_table[ActionId.HEATMAP].isChecked()
    assert QApplication.activePopupWidget() is None
    may_end.set()
    bench.wait(lambda: bench.session.frame == 27 and not document.has_unwritten)
    assert not bench.window.actions_table[ActionId.HEATMAP].isChecked()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.close()
    assert len(bench.session.sequence.tracks) == 1
    assert read_project(document.path).project == document.project
    assert "saving" not in bench.window._corner.text()


@pytest.mark.parametrize("leave", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_reading_a_large_project_can_be_left_and_leaves_no_lock(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leave: Qt.Key
) -> None:
    bench.open(write_images(tmp_path / "grey"))
    bench.draw(BoundingBox(40, 30, 40, 30))
    bench.key(Qt.Key.Key_F)
    bench.wait(lambda: not bench.session.run_state.is_busy and bench.session.frame == 29)
    path = bench.session.document.path
    bench.key(Qt.Key.Key_W, CTRL)
    may_go_on, rows = threading.Event(), project_reader._box_rows

    def slow(*arguments: object) -> Iterator[object]:
        may_go_on.wait(20)
        yield from rows(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(project_reader, "_box_rows", slow)
    bench.window.open_path(path)
    bench.wait(bench.window.opening_page.isVisible)
    for key in (Qt.Key.Key_F, Qt.Key.Key_B, Qt.Key.Key_Delete):
        bench.key(key)  # harm nothing
    with bench.qtbot.waitSignal(bench.window.opening.cancelled):
        bench.key(leave)
        may_go_on.set()
    assert bench.window.start_page.isVisible()
    assert not path.with_name(f"{path.name}.lock").exists()
    monkeypatch.undo()
    bench.open(path)
    assert len(bench.session.sequence.tracks) == 1
