"""Hidden and locked tracks in the real window: what is not seen, what is not changed, and what is said about it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot
from window_fixture import Bench, make_bench, write_images

from app.document.model import Track
from app.session.fake_tracker import FakeTrackerScript
from app.session.run_state import Phase
from app.views.action_table import ActionId
from app.views.track_model import COLUMN_LOCKED, COLUMN_SHOWN, COLUMN_TRACK
from tracker.geometry import BoundingBox

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
FIRST, SECOND = BoundingBox(20, 20, 40, 30), BoundingBox(150, 60, 50, 40)


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Bench]:
    """Two tracks on the first of thirty frames; the second one is selected."""
    made = make_bench(qtbot, monkeypatch, FakeTrackerScript(delay=0.01))
    bench = next(made)
    bench.open(write_images(tmp_path / "grey", width=320))
    bench.draw(FIRST)
    bench.key(Qt.Key.Key_T)
    bench.draw(SECOND)
    bench.wait(lambda: shown(bench) == {1, 2})
    yield bench
    next(made, None)


def shown(bench: Bench) -> set[int]:
    return {it.track_id for it in bench.view.boxes}


def track(bench: Bench, number: int) -> Track:
    return bench.session.document.track(number)


def click_cell(bench: Bench, number: int, column: int) -> None:
    table = bench.window.panels.tracks.table
    rect = table.visualRect(table.model().index(number - 1, column))
    assert rect.isValid()
    bench.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    bench.view.setFocus()


def said(bench: Bench, number: int, column: int) -> str:
    model = bench.window.panels.tracks.table.model()
    return str(model.index(number - 1, column).data(Qt.ItemDataRole.AccessibleTextRole))


def middle(bench: Bench, box: BoundingBox) -> QPoint:
    return bench.view.mapping.box_rect(box).center().toPoint()


def test_a_hidden_track_is_off_the_picture_and_out_of_reach_of_mouse_and_keys(bench: Bench) -> None:
    bench.key(Qt.Key.Key_H, SHIFT)
    assert shown(bench) == {1}
    assert bench.window.actions_table[ActionId.HIDE_TRACK].isChecked()
    assert said(bench, 2, COLUMN_SHOWN) == "Hidden: click to show it"
    bench.key(Qt.Key.Key_Right)
    assert bench.banner == "Track 2 is hidden: show it first, by the eye in the list of tracks."
    assert track(bench, 2).box_at(0) == pytest.approx(SECOND, abs=1)
    bench.session.select_track(1)
    bench.qtbot.mouseClick(bench.view, Qt.MouseButton.LeftButton, pos=middle(bench, SECOND))
    assert bench.session.track_id == 1
    click_cell(bench, 2, COLUMN_SHOWN)
    assert shown(bench) == {1, 2}
    assert said(bench, 2, COLUMN_SHOWN) == "Shown: click to hide it"


def test_tab_passes_hidden_tracks_over_while_others_can_be_seen(bench: Bench) -> None:
    bench.key(Qt.Key.Key_T)
    bench.draw(BoundingBox(230, 20, 40, 30))
    bench.wait(lambda: shown(bench) == {1, 2, 3})
    bench.session.select_track(2)
    bench.key(Qt.Key.Key_H, SHIFT)
    bench.session.select_track(1)
    bench.key(Qt.Key.Key_Tab)
    assert bench.session.track_id == 3
    bench.key(Qt.Key.Key_Tab, SHIFT)
    assert bench.session.track_id == 1
    bench.key(Qt.Key.Key_Tab, SHIFT)
    bench.key(Qt.Key.Key_H, SHIFT)
    bench.key(Qt.Key.Key_Tab)
    assert bench.session.track_id == 1, "from a hidden one to the one that can be seen"
    bench.key(Qt.Key.Key_Tab)
    assert bench.session.track_id == 2, "there is no other that can be seen"
    bench.key(Qt.Key.Key_H, CTRL | SHIFT)
    for number in (1, 2):
        bench.session.select_track(number)
        bench.key(Qt.Key.Key_H, SHIFT)
    bench.session.select_track(0)
    bench.key(Qt.Key.Key_Tab)
    assert bench.session.track_id == 3, "with none selected, the one that can be seen"


def test_only_the_selected_track_follows_the_selection(bench: Bench) -> None:
    bench.key(Qt.Key.Key_Q)
    assert shown(bench) == {2}
    bench.key(Qt.Key.Key_Tab)
    bench.wait(lambda: shown(bench) == {1})
    bench.key(Qt.Key.Key_H, SHIFT)
    assert shown(bench) == set()
    bench.key(Qt.Key.Key_H, CTRL | SHIFT)
    assert shown(bench) == {1, 2}
    assert not bench.window.actions_table[ActionId.ONLY_SELECTED].isChecked()


def test_no_hand_changes_a_locked_track_and_it_is_said_why(bench: Bench) -> None:
    click_cell(bench, 2, COLUMN_LOCKED)
    assert bench.window.actions_table[ActionId.LOCK_TRACK].isChecked()
    assert said(bench, 2, COLUMN_LOCKED) == "Locked: click to unlock it"
    why = "Track 2 is locked, so nothing was changed: unlock it by the lock in the list of tracks."
    stack = bench.session.document.undo_stack
    steps = stack.count()
    for key, modifiers in (
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_B, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_B, SHIFT),
        (Qt.Key.Key_O, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_O, SHIFT),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Delete, CTRL | SHIFT),
        (Qt.Key.Key_BracketRight, CTRL),
        (Qt.Key.Key_F, Qt.KeyboardModifier.NoModifier),
    ):
        bench.window.panels.workspace.banner.clear()
        bench.key(key, modifiers)
        assert bench.banner == why, key
        assert bench.session.run_state.phase is Phase.IDLE
    bench.window.panels.workspace.banner.clear()
    bench.drag(SECOND.moved(15, 10))
    assert bench.banner == why
    table = bench.window.panels.tracks.table
    assert not table.model().index(1, COLUMN_TRACK).flags() & Qt.ItemFlag.ItemIsEditable
    assert stack.count() == steps
    bench.key(Qt.Key.Key_K, SHIFT)
    bench.key(Qt.Key.Key_Right)
    assert stack.count() == steps + 1


def test_runs_over_all_tracks_pass_locked_ones_over(bench: Bench) -> None:
    bench.key(Qt.Key.Key_K, SHIFT)
    bench.key(Qt.Key.Key_A, CTRL | SHIFT)
    bench.key(Qt.Key.Key_F)
    bench.wait(lambda: len(track(bench, 1).boxes) == 29 and bench.session.run_state.phase is Phase.IDLE)
    assert not len(track(bench, 2).boxes)


def test_a_run_ends_when_what_it_carries_is_locked(bench: Bench) -> None:
    bench.key(Qt.Key.Key_F)
    bench.wait(lambda: len(track(bench, 2).boxes) > 3)
    bench.key(Qt.Key.Key_K, SHIFT)
    assert bench.session.run_state.phase is Phase.IDLE
    assert len(track(bench, 2).boxes) < 29


def test_hidden_and_locked_tracks_stay_so_under_another_number(bench: Bench) -> None:
    switches = bench.session.switches
    switches.toggle_hidden(1)
    switches.toggle_locked(2)
    bench.session.document.renumber_track(1, 7)
    bench.session.document.renumber_track(2, 8)
    assert switches.is_hidden(7)
    assert switches.is_locked(8)
    assert not switches.is_hidden(1)
    bench.window.actions_table[ActionId.UNLOCK_ALL].trigger()
    assert not switches.is_locked(8)
