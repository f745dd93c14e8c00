"""The keyboard gets from the picture to every panel and back without the mouse, and to the name of a track."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QLineEdit
from pytestqt.qtbot import QtBot
from window_fixture import Bench, make_bench, write_images

from tracker.geometry import BoundingBox

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Bench]:
    for made in make_bench(qtbot, monkeypatch):
        made.open(write_images(tmp_path / "grey"))
        made.draw(BoundingBox(40, 30, 40, 30))
        yield made


def place(bench: Bench) -> str:
    """Object name of the dock or tool bar that has the keyboard, or ``picture``."""
    focused = QApplication.focusWidget()
    if focused is bench.view:
        return "picture"
    while focused is not None and focused.objectName() not in {"tools", "tracks", "inspector", "time", "review"}:
        focused = focused.parentWidget()
    return focused.objectName() if focused is not None else ""


def test_f6_walks_through_everything_that_is_seen_and_shift_f6_back(bench: Bench) -> None:
    seen = []
    for _ in range(5):
        bench.key(Qt.Key.Key_F6)
        seen.append(place(bench))
    assert seen == ["tracks", "inspector", "time", "tools", "picture"]
    bench.key(Qt.Key.Key_F6, SHIFT)
    assert place(bench) == "tools"
    review = bench.window.findChild(QDockWidget, "review")
    review.raise_()
    bench.wait(lambda: not review.widget().visibleRegion().isEmpty())
    bench.view.setFocus()
    bench.key(Qt.Key.Key_F6)
    bench.key(Qt.Key.Key_F6)
    assert place(bench) in {"review", "time"}  # an empty list of doubtful frames takes no keys


def test_escape_brings_the_keyboard_back_from_fields_and_lists(bench: Bench) -> None:
    for steps in (1, 2, 3, 4):
        for _ in range(steps):
            bench.key(Qt.Key.Key_F6)
        assert place(bench) != "picture"
        bench.key(Qt.Key.Key_Escape)
        assert place(bench) == "picture", steps
    assert bench.session.track is not None


def test_a_track_is_named_without_the_mouse_and_work_goes_on(bench: Bench) -> None:
    bench.key(Qt.Key.Key_F2)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    bench.qtbot.keyClicks(field, "fly 3")  # single letters do nothing else here
    bench.key(Qt.Key.Key_Return)
    assert place(bench) == "picture"
    assert bench.session.track is not None
    assert bench.session.track.name == "fly 3"
    assert bench.session.frame == 0
    assert not bench.session.run_state.is_busy
    bench.key(Qt.Key.Key_D)
    assert bench.session.frame == 1


def test_a_name_that_was_begun_is_given_up_with_escape(bench: Bench) -> None:
    bench.key(Qt.Key.Key_F2)
    bench.qtbot.keyClicks(QApplication.focusWidget(), "wrong")
    steps = bench.session.document.undo_stack.count()
    bench.key(Qt.Key.Key_Escape)
    assert place(bench) == "picture"
    assert bench.session.track is not None
    assert bench.session.track.name == ""
    assert bench.session.document.undo_stack.count() == steps
    assert bench.window.panels.inspector.name.text() == ""


def test_ctrl_f6_brings_what_lies_behind_to_the_front_with_the_keyboard(bench: Bench) -> None:
    ctrl = Qt.KeyboardModifier.ControlModifier
    bench.key(Qt.Key.Key_F)
    bench.wait(lambda: bench.session.frame == 29 and not bench.session.run_state.is_busy)
    bench.key(Qt.Key.Key_F6, ctrl)  # Review, where nothing is doubtful
    assert bench.window.panels.review.isVisible()
    assert place(bench) == "picture"
    bench.wait(lambda: not bench.window.panels.review.visibleRegion().isEmpty())
    bench.key(Qt.Key.Key_F6, ctrl)
    bench.wait(lambda: not bench.window.panels.memory.visibleRegion().isEmpty())
    assert QApplication.focusWidget() is bench.window.panels.memory.list
    for _ in range(3):
        bench.key(Qt.Key.Key_Down)
    bench.key(Qt.Key.Key_Tab)
    bench.key(Qt.Key.Key_Space)
    assert bench.session.track is not None
    assert len(bench.session.track.unlearned) == 1, "taken out without the mouse"
    bench.key(Qt.Key.Key_F6, ctrl)
    assert QApplication.focusWidget() is bench.window.panels.inspector.name
