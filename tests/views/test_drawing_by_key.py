"""A box drawn, corrected and repeated with keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from pytestqt.qtbot import QtBot
from window_fixture import Bench, make_bench, write_images

from app.session.run_state import Phase
from tracker.geometry import BoundingBox

SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Bench]:
    for bench in make_bench(qtbot, monkeypatch):
        bench.open(write_images(tmp_path / "grey"))  # 160 x 120: the cursor begins at (80, 60)
        yield bench


def press(bench: Bench, key: Qt.Key, times: int = 1, modifiers: Qt.KeyboardModifier | None = None) -> None:
    for _ in range(times):
        bench.key(key, modifiers or Qt.KeyboardModifier.NoModifier)


def draw_box(bench: Bench) -> None:
    press(bench, Qt.Key.Key_Left, 4)
    press(bench, Qt.Key.Key_Up, 3)
    press(bench, Qt.Key.Key_Right, 2, SHIFT)
    press(bench, Qt.Key.Key_Return)
    press(bench, Qt.Key.Key_Right, 3)
    press(bench, Qt.Key.Key_Down, 4)
    press(bench, Qt.Key.Key_Up, 1, SHIFT)
    press(bench, Qt.Key.Key_Return)


def test_a_target_is_labelled_with_keys_only(bench: Bench) -> None:
    assert bench.view.drawing
    draw_box(bench)
    assert not bench.view.drawing
    track = bench.session.track
    assert track.keyframes[0].box == BoundingBox(42, 30, 30, 39)
    assert bench.session.frame == 0, "arrows drew and did not step"
    press(bench, Qt.Key.Key_Right, 1, ALT)
    assert track.keyframes[0].box == BoundingBox(42, 30, 31, 39)
    press(bench, Qt.Key.Key_F)
    bench.wait(lambda: bench.session.run_state.phase is Phase.IDLE and bench.session.frame == 29)
    assert len(track.boxes) == 29
    press(bench, Qt.Key.Key_T)
    draw_box(bench)
    assert bench.session.track_id == 2
    assert bench.session.track.keyframes[29].box == BoundingBox(42, 30, 30, 39)


def test_the_cursor_stays_in_the_picture_and_escape_leaves(bench: Bench) -> None:
    press(bench, Qt.Key.Key_Left, 20)
    press(bench, Qt.Key.Key_Up, 20)
    press(bench, Qt.Key.Key_Return)
    press(bench, Qt.Key.Key_Right, 40)
    press(bench, Qt.Key.Key_Down, 40)
    press(bench, Qt.Key.Key_Return)
    assert bench.session.track.keyframes[0].box == BoundingBox(0, 0, 160, 120)
    press(bench, Qt.Key.Key_T)
    press(bench, Qt.Key.Key_Return)
    press(bench, Qt.Key.Key_Escape)
    assert not bench.view.drawing
    assert len(bench.session.sequence.tracks) == 1


def test_enter_twice_on_one_spot_makes_no_box(bench: Bench) -> None:
    press(bench, Qt.Key.Key_Return, 2)
    assert bench.view.drawing
    assert not bench.session.sequence.tracks


def test_the_same_box_again(bench: Bench) -> None:
    draw_box(bench)
    box = bench.session.track.keyframes[0].box
    press(bench, Qt.Key.Key_D, 1, SHIFT)
    press(bench, Qt.Key.Key_B, 1, SHIFT)
    assert bench.session.track.keyframes[10].box == box
    press(bench, Qt.Key.Key_Right, 5)
    press(bench, Qt.Key.Key_D, 1)
    press(bench, Qt.Key.Key_B, 1, SHIFT)
    assert bench.session.track.keyframes[11].box == box.moved(5, 0)


def test_zoomed_in_the_picture_moves_with_the_cursor_and_with_the_box(bench: Bench) -> None:
    for _ in range(6):
        press(bench, Qt.Key.Key_Plus, 1, Qt.KeyboardModifier.ControlModifier)
    room = QRectF(bench.view.rect())
    assert not room.contains(bench.view.mapping.to_widget(10, 10))
    press(bench, Qt.Key.Key_Left, 7)
    press(bench, Qt.Key.Key_Up, 5)
    assert room.contains(bench.view.mapping.to_widget(10, 10)), "where the cursor is"
    press(bench, Qt.Key.Key_Return)
    press(bench, Qt.Key.Key_Right, 1)
    press(bench, Qt.Key.Key_Down, 1)
    press(bench, Qt.Key.Key_Return)
    assert bench.session.track is not None
    assert bench.session.track.keyframes[0].box == BoundingBox(10, 10, 10, 10)
    press(bench, Qt.Key.Key_Right, 13, SHIFT)
    assert bench.session.track.keyframes[0].box == BoundingBox(140, 10, 10, 10)
    assert room.contains(bench.view.mapping.to_widget(145, 15)), "where the box is"


def test_ctrl_goes_far_and_enter_with_it_is_still_a_command(bench: Bench) -> None:
    ctrl = Qt.KeyboardModifier.ControlModifier
    press(bench, Qt.Key.Key_Left, 1, ctrl)
    press(bench, Qt.Key.Key_Return, 1, ctrl)  # accepts, where there is something to accept
    press(bench, Qt.Key.Key_Up, 1, ctrl)
    press(bench, Qt.Key.Key_Return)
    press(bench, Qt.Key.Key_Right, 1, ctrl)
    press(bench, Qt.Key.Key_Down, 2)
    press(bench, Qt.Key.Key_Return)
    assert bench.session.track is not None
    assert bench.session.track.keyframes[0].box == BoundingBox(0, 0, 100, 20)
