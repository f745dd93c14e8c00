"""Frames chosen in the timeline and what is done with them; threshold, playback and frame numbers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from dialogs import in_dialog
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot
from window_fixture import Bench, make_bench, write_images

from app.session.fake_tracker import FakeTrackerScript
from app.session.run_state import Phase
from app.settings import Settings
from app.views.action_table import ActionId
from app.views.export_dialog import ExportDialog
from app.views.frame_range import FrameRange
from app.views.go_to_frame_dialog import GoToFrameDialog
from tracker.geometry import BoundingBox

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Bench]:
    for bench in make_bench(qtbot, monkeypatch, FakeTrackerScript()):
        bench.open(write_images(tmp_path / "grey"))
        bench.draw(BoundingBox(40, 30, 40, 30))
        yield bench


def chosen(bench: Bench) -> FrameRange | None:
    return bench.window.open_session.range.chosen


def idle(bench: Bench) -> None:
    bench.wait(lambda: bench.session.run_state.phase is Phase.IDLE)


def spot(bench: Bench, frame: int) -> QPoint:
    timeline = bench.window.panels.time.timeline
    axis = bench.window.panels.time.axis
    bench.wait(lambda: timeline.has_lane(1))
    return QPoint(round(axis.x_of(frame, timeline.width())), round(timeline.lane_center(1)))


def drag(bench: Bench, first: int, last: int) -> None:
    viewport = bench.window.panels.time.timeline.viewport()
    bench.qtbot.mousePress(viewport, LEFT, pos=spot(bench, first))
    bench.qtbot.mouseMove(viewport, spot(bench, (first + last) // 2))
    bench.qtbot.mouseMove(viewport, spot(bench, last))
    bench.qtbot.mouseRelease(viewport, LEFT, pos=spot(bench, last))


def test_a_click_on_a_lane_seeks_and_a_drag_chooses_frames(bench: Bench) -> None:
    viewport = bench.window.panels.time.timeline.viewport()
    bench.qtbot.mouseClick(viewport, LEFT, pos=spot(bench, 12))
    assert bench.session.frame == 12
    assert chosen(bench) is None
    assert not bench.window.actions_table[ActionId.DELETE_RANGE].isEnabled()
    drag(bench, 20, 8)
    assert chosen(bench) == FrameRange(8, 20)
    assert bench.window.actions_table[ActionId.DELETE_RANGE].isEnabled()
    bench.qtbot.mouseClick(viewport, LEFT, SHIFT, pos=spot(bench, 25))
    assert chosen(bench) == FrameRange(8, 25)
    bench.key(Qt.Key.Key_I, SHIFT)
    assert chosen(bench) is None


def test_frames_are_chosen_by_keys(bench: Bench) -> None:
    bench.key(Qt.Key.Key_D, SHIFT)
    bench.key(Qt.Key.Key_I)
    assert chosen(bench) == FrameRange(10, 29)
    for _ in range(3):
        bench.key(Qt.Key.Key_D)
    bench.key(Qt.Key.Key_P)
    assert chosen(bench) == FrameRange(10, 13)
    timeline = bench.window.panels.time.timeline
    timeline.setFocus()
    bench.key(Qt.Key.Key_Right, SHIFT)
    assert (chosen(bench), bench.session.frame) == (FrameRange(10, 14), 14)
    bench.key(Qt.Key.Key_Left, SHIFT)
    bench.key(Qt.Key.Key_Left, SHIFT)
    assert (chosen(bench), bench.session.frame) == (FrameRange(10, 12), 12)


def test_a_run_within_the_range_goes_both_ways_and_touches_nothing_beyond(bench: Bench) -> None:
    bench.key(Qt.Key.Key_D, SHIFT)
    bench.key(Qt.Key.Key_B, SHIFT)  # the same box here
    drag(bench, 6, 16)
    bench.session.go_to(10)
    bench.view.setFocus()
    bench.key(Qt.Key.Key_I, CTRL | SHIFT)
    bench.wait(lambda: len(bench.session.track.boxes) >= 10)
    idle(bench)
    frames = bench.session.track.boxes.frames().tolist()
    assert frames == [*range(6, 10), *range(11, 17)]


def test_tracked_boxes_of_the_range_go_in_one_step_and_keyframes_stay(bench: Bench) -> None:
    bench.key(Qt.Key.Key_F)
    bench.wait(lambda: bench.session.frame == 29)
    idle(bench)
    bench.session.go_to(10)
    bench.key(Qt.Key.Key_Right)
    drag(bench, 5, 15)
    bench.view.setFocus()
    bench.key(Qt.Key.Key_Delete, SHIFT)
    track = bench.session.track
    assert sorted(track.keyframes) == [0, 10]
    assert track.boxes.frames().tolist() == [*range(1, 5), *range(16, 30)]
    assert bench.window.actions_table[ActionId.UNDO].text() == "Undo “Delete tracked boxes”"
    bench.key(Qt.Key.Key_Z, CTRL)
    assert len(track.boxes) == 29
    bench.key(Qt.Key.Key_Z, CTRL | SHIFT)
    bench.key(Qt.Key.Key_Delete, SHIFT)
    assert "no tracked box" in bench.banner


def test_the_context_menu_offers_what_can_be_done(bench: Bench) -> None:
    drag(bench, 3, 9)
    timeline = bench.window.panels.time.timeline
    timeline.menu_requested.emit(timeline.mapToGlobal(QPoint(300, 30)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    names = [action.objectName() for action in menu.actions() if action.isEnabled() and not action.isSeparator()]
    assert names == [
        "range-start",
        "range-end",
        "propagate-range",
        "delete-range",
        "play-range",
        "zoom-range",
        "export-range",
        "clear-range",
    ]
    bench.qtbot.keyClick(menu, Qt.Key.Key_Escape)
    bench.key(Qt.Key.Key_7, CTRL)
    axis = bench.window.panels.time.axis
    assert (axis.first, axis.last) == (2.0, 10.0)  # never fewer than eight frames
    bench.key(Qt.Key.Key_8, CTRL)
    assert (axis.first, axis.last) == (-0.5, 29.5)


def test_the_range_is_played_and_stopped_at_its_end(bench: Bench) -> None:
    drag(bench, 4, 9)
    bench.settings.playback_speed = 8.0
    bench.view.setFocus()
    bench.key(Qt.Key.Key_Space, SHIFT)
    assert bench.session.frame == 4
    assert bench.session.playing
    bench.wait(lambda: not bench.session.playing)
    assert bench.session.frame == 9


def test_the_range_is_exported_alone(bench: Bench, tmp_path: Path) -> None:
    bench.key(Qt.Key.Key_F)
    bench.wait(lambda: bench.session.frame == 29)
    idle(bench)
    drag(bench, 5, 9)
    target = tmp_path / "range.json"

    def export(dialog: ExportDialog) -> None:
        path = next(it for it in dialog.findChildren(QLineEdit) if it.accessibleName() == "File or folder to write")
        path.selectAll()
        bench.qtbot.keyClicks(path, str(target))
        button = next(it for it in dialog.findChildren(QPushButton) if it.text() == "Export")
        bench.qtbot.mouseClick(button, LEFT)
        bench.wait(target.exists)

    bench.view.setFocus()
    in_dialog(ExportDialog, export, lambda: bench.key(Qt.Key.Key_E, CTRL | SHIFT))
    written = json.loads(target.read_text())
    assert len(written["annotations"]) == 5


def test_the_threshold_line_is_dragged_and_remembered(bench: Bench) -> None:
    curve = bench.window.panels.time.curve
    line = QPoint(curve.width() // 2, round(curve.threshold_y()))
    bench.qtbot.mousePress(curve.viewport(), LEFT, pos=line)
    bench.qtbot.mouseMove(curve.viewport(), line - QPoint(0, 12))
    bench.qtbot.mouseRelease(curve.viewport(), LEFT, pos=line - QPoint(0, 12))
    assert bench.session.frame == 0, "dragging the line is no seeking"
    assert Settings().doubt_threshold > 0.3
    assert curve.threshold_y() == pytest.approx(line.y() - 12, abs=2)


def test_j_k_l_play_either_way_at_any_speed(bench: Bench) -> None:
    bench.session.go_to(15)
    bench.settings.playback_speed = 0.25
    bench.key(Qt.Key.Key_L)
    assert bench.session.playing
    bench.key(Qt.Key.Key_L)
    assert bench.settings.playback_speed == 0.5
    bench.key(Qt.Key.Key_L, SHIFT)
    assert bench.settings.playback_speed == 0.25
    bench.key(Qt.Key.Key_K)
    assert not bench.session.playing
    for _ in range(9):
        bench.key(Qt.Key.Key_J)
    assert bench.settings.playback_speed == 8.0
    bench.wait(lambda: bench.session.frame == 0)
    bench.wait(lambda: not bench.session.playing)


def test_frames_are_counted_from_one_where_the_person_wants_it(bench: Bench) -> None:
    bench.settings.frame_base = 1
    strip = bench.window.panels.workspace.strip
    assert strip.texts[0] == "Frame 1 / 30"
    field = next(it for it in bench.window.findChildren(QSpinBox) if it.accessibleName() == "Frame number")
    field.setFocus()
    field.selectAll()
    bench.qtbot.keyClicks(field, "11")
    bench.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert bench.session.frame == 10

    def go(dialog: GoToFrameDialog) -> None:
        entry = dialog.findChild(QLineEdit)
        assert entry.text() == "11"
        entry.selectAll()
        bench.qtbot.keyClicks(entry, "30")
        bench.qtbot.keyClick(entry, Qt.Key.Key_Return)

    bench.view.setFocus()
    in_dialog(GoToFrameDialog, go, lambda: bench.key(Qt.Key.Key_G, CTRL))
    assert bench.session.frame == 29
    bench.settings.frame_base = 0
    bench.wait(lambda: strip.texts[0] == "Frame 29 / 29")
