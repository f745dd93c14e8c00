"""The window through its front door: real keys and mouse, a fake tracker, no network."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QSlider, QSpinBox
from pytestqt.qtbot import QtBot
from window_fixture import Bench, make_bench, write_images

from app.document.document import open_project, project_path_for
from app.session.fake_tracker import FakeTrackerScript
from app.session.run_state import Phase
from app.settings import ThemeChoice
from app.views.action_table import ActionId
from app.views.box_item import BoxLayer
from tracker.geometry import BoundingBox

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
BOX = BoundingBox(40, 30, 40, 30)


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    yield from make_bench(qtbot, monkeypatch)


@pytest.fixture
def losing(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    yield from make_bench(qtbot, monkeypatch, FakeTrackerScript(lost_from=8))


@pytest.fixture
def slow(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    yield from make_bench(qtbot, monkeypatch, FakeTrackerScript(delay=0.02))


@pytest.fixture
def images(tmp_path: Path) -> Path:
    return write_images(tmp_path / "grey")


def drawn(bench: Bench, images: Path) -> None:
    bench.open(images)
    bench.draw(BOX)
    assert len(bench.session.sequence.tracks) == 1


def test_first_box_run_pause_and_undo(bench: Bench, images: Path) -> None:
    bench.open(images)
    assert bench.view.drawing
    assert "Draw a box" in bench.banner
    assert bench.window.windowTitle().startswith("grey")
    bench.draw(BOX)
    track = bench.session.track
    assert track is not None
    first = track.keyframes[0].box
    assert (first.x, first.y) == pytest.approx((BOX.x, BOX.y), abs=1)
    assert bench.session.document.project.categories[track.category_id].name == "object"
    bench.key(Qt.Key.Key_F)
    bench.wait(lambda: bench.session.run_state.phase is Phase.IDLE and bench.session.frame == 29)
    assert len(track.boxes) == 29
    bench.key(Qt.Key.Key_Z, CTRL)
    assert len(track.boxes) == 0
    bench.key(Qt.Key.Key_Z, CTRL | SHIFT)
    assert len(track.boxes) == 29
    bench.key(Qt.Key.Key_Z, CTRL)
    bench.key(Qt.Key.Key_Z, CTRL)
    # the first box takes its category with it: one step
    assert not bench.session.sequence.tracks
    assert not bench.session.document.project.categories


def test_keys_mean_the_frame_whose_number_is_shown_even_before_its_picture(
    bench: Bench, images: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn(bench, images)
    bench.key(Qt.Key.Key_F)
    bench.wait(lambda: bench.session.run_state.phase is Phase.IDLE and bench.session.frame == 29)
    track = bench.session.track
    monkeypatch.setattr(bench.window.open_session._loader, "request", lambda _frame: None)  # a decoder that takes long
    bench.key(Qt.Key.Key_A, SHIFT)
    assert bench.view.selected_box is not None
    assert bench.view.selected_box.locked
    tracked = track.boxes.get(19).box
    bench.key(Qt.Key.Key_Right)
    bench.key(Qt.Key.Key_Down, ALT)
    box = track.keyframes[19].box
    assert (box.x, box.y, box.w, box.h) == (tracked.x + 1, tracked.y, tracked.w, tracked.h + 1)
    assert 29 not in track.keyframes


def test_nothing_is_drawn_on_a_picture_that_is_not_the_frame_whose_number_is_shown(
    bench: Bench, images: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn(bench, images)
    bench.key(Qt.Key.Key_B)
    request = bench.window.open_session._loader.request
    monkeypatch.setattr(bench.window.open_session._loader, "request", lambda _frame: None)  # a decoder that takes long
    bench.key(Qt.Key.Key_D, SHIFT)
    assert bench.view.veil.text == "", "it may come any moment"
    bench.drag(BoundingBox(20, 20, 40, 40))
    assert list(bench.session.track.keyframes) == [0]
    assert bench.view.drawing, "the tool stays in hand"
    bench.wait(lambda: bench.view.veil.text == "Reading frame 10…")
    request(10)
    bench.wait(lambda: not bench.view.veil.is_waiting)
    assert bench.view.veil.text == ""
    bench.draw(BoundingBox(20, 20, 40, 40))
    assert list(bench.session.track.keyframes) == [0, 10]


def test_coming_back_before_the_picture_is_there_needs_no_waiting(
    bench: Bench, images: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn(bench, images)
    monkeypatch.setattr(bench.window.open_session._loader, "request", lambda _frame: None)
    bench.key(Qt.Key.Key_D, SHIFT)
    bench.wait(lambda: bench.view.veil.text == "Reading frame 10…")
    bench.key(Qt.Key.Key_A, SHIFT)
    assert not bench.view.veil.is_waiting


def test_a_frame_that_cannot_be_read_is_not_shown_as_the_one_before(bench: Bench, images: Path) -> None:
    drawn(bench, images)
    (images / "0029.png").write_bytes(b"gone")
    bench.key(Qt.Key.Key_End)
    bench.wait(lambda: bench.view.veil.text == "There is no picture of frame 29")
    assert "0029.png" in bench.banner
    bench.key(Qt.Key.Key_Home)
    bench.wait(lambda: not bench.view.veil.is_waiting)
    assert bench.banner == "", "nothing is wrong with this one"


def test_stepping_and_keyframes(bench: Bench, images: Path) -> None:
    drawn(bench, images)
    bench.key(Qt.Key.Key_D, SHIFT)
    assert bench.session.frame == 10
    bench.key(Qt.Key.Key_A)
    assert bench.session.frame == 9
    bench.key(Qt.Key.Key_Z)
    assert bench.session.frame == 0
    bench.key(Qt.Key.Key_End)
    assert bench.session.frame == 29
    bench.wait(lambda: "29 / 29" in bench.window.panels.workspace.strip.texts[0])
    bench.key(Qt.Key.Key_Home)
    assert bench.session.frame == 0


def test_c_goes_to_the_middle_of_the_gap_again_and_again(bench: Bench, images: Path) -> None:
    drawn(bench, images)
    bench.session.go_to(3)
    bench.key(Qt.Key.Key_C)
    assert bench.session.frame == 14, "between the keyframe on 0 and the end"
    bench.session.set_box(BoundingBox(50, 30, 40, 30))
    bench.session.go_to(13)
    bench.key(Qt.Key.Key_C)
    assert bench.session.frame == 7
    bench.session.go_to(14)
    bench.key(Qt.Key.Key_C)
    assert bench.session.frame == 21, "a keyframe begins the gap after it"


def test_nudging_is_one_step_of_undo_and_a_keyframe(bench: Bench, images: Path) -> None:
    drawn(bench, images)
    track = bench.session.track
    before = track.keyframes[0].box
    for _ in range(3):
        bench.key(Qt.Key.Key_Right)
    bench.key(Qt.Key.Key_Down, SHIFT)
    bench.key(Qt.Key.Key_Right, ALT)
    after = track.keyframes[0].box
    assert (after.x - before.x, after.y - before.y, after.w - before.w, after.h - before.h) == (3, 10, 1, 0)
    bench.key(Qt.Key.Key_Z, CTRL)
    assert track.keyframes[0].box == before


def test_stopped_by_itself_corrected_with_enter_and_goes_on(losing: Bench, images: Path) -> None:
    drawn(losing, images)
    losing.key(Qt.Key.Key_F)
    losing.wait(lambda: losing.session.run_state.phase is Phase.IDLE and losing.session.frame > 0)
    assert losing.banner
    assert "8" in losing.banner or "lost" in losing.banner.lower()
    assert losing.window.panels.workspace.strip.texts[2].endswith("lost")
    frame = losing.session.frame
    selected = losing.view.selected_box
    assert selected is not None
    assert selected.layer is BoxLayer.DOUBTFUL
    losing.key(Qt.Key.Key_Return)  # too early: there is nothing to confirm, and what can be done stays on offer
    assert "is lost on frame" in losing.banner
    banner = losing.window.panels.workspace.banner
    offered = [it.text() for it in banner.findChildren(QAbstractButton) if not it.isHidden()]
    assert "Outside from here" in offered
    losing.key(Qt.Key.Key_Right)
    assert frame in losing.session.track.keyframes
    losing.key(Qt.Key.Key_Return)
    # the fake counts its steps anew after it has learned, and is lost again further on
    losing.wait(lambda: losing.session.frame > frame and losing.session.run_state.phase is Phase.IDLE)
    assert losing.session.track.boxes.get(frame + 1) is not None


def test_space_pauses_and_escape_ends_a_run_and_a_drawing(slow: Bench, images: Path) -> None:
    drawn(slow, images)
    slow.key(Qt.Key.Key_F)
    slow.wait(lambda: slow.session.frame >= 2)
    slow.key(Qt.Key.Key_Space)
    assert slow.session.run_state.phase is Phase.PAUSED
    slow.key(Qt.Key.Key_Space)
    assert slow.session.run_state.phase is Phase.RUNNING
    slow.key(Qt.Key.Key_Escape)
    assert slow.session.run_state.phase is Phase.IDLE
    assert 0 < len(slow.session.track.boxes) < 29
    slow.key(Qt.Key.Key_T)
    assert slow.view.drawing
    slow.key(Qt.Key.Key_Escape)
    assert not slow.view.drawing
    assert len(slow.session.sequence.tracks) == 1


def test_a_run_is_shown_while_it_goes(slow: Bench, images: Path) -> None:
    drawn(slow, images)
    slow.key(Qt.Key.Key_F)
    strip = slow.window.panels.workspace.strip
    slow.wait(lambda: slow.session.frame >= 5 and "fps" in strip.texts[3])
    assert "Propagating forward" in strip.texts[3]
    assert "score 0.90" in strip.texts[2]
    selected = slow.view.selected_box
    assert selected is not None
    assert selected.layer is BoxLayer.TRACKED
    project, done = slow.session.document.path, slow.session.frame
    slow.window.close()
    document = open_project(project)
    assert len(document.track(1).boxes) >= done
    document.close()


def test_tracks_categories_and_names_by_key(bench: Bench, images: Path) -> None:
    drawn(bench, images)
    document = bench.session.document
    bench.window.panels.inspector.category_added.emit("car")
    assert document.project.categories[bench.session.track.category_id].name == "car"
    bench.key(Qt.Key.Key_1)
    assert document.project.categories[bench.session.track.category_id].name == "object"
    bench.key(Qt.Key.Key_2)
    bench.key(Qt.Key.Key_T)
    bench.draw(BoundingBox(90, 60, 30, 30))
    assert bench.session.track_id == 2
    assert document.project.categories[bench.session.track.category_id].name == "car"
    bench.key(Qt.Key.Key_Tab)
    assert bench.session.track_id == 1
    name = bench.window.panels.inspector.findChildren(QLineEdit)[1]
    name.setFocus()
    name.clear()
    bench.qtbot.keyClicks(name, "dad")
    bench.key(Qt.Key.Key_Return)
    assert document.track(1).name == "dad"
    assert bench.session.frame == 0
    model = bench.window.panels.tracks.table.model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["1  dad", "2"]
    bench.view.setFocus()
    bench.key(Qt.Key.Key_Delete, CTRL | SHIFT)
    assert list(bench.session.sequence.tracks) == [2]
    bench.key(Qt.Key.Key_Z, CTRL)
    assert list(bench.session.sequence.tracks) == [1, 2]


def test_outside_and_delete_keyframe(bench: Bench, images: Path) -> None:
    drawn(bench, images)
    bench.key(Qt.Key.Key_D, SHIFT)
    bench.key(Qt.Key.Key_O)
    assert bench.session.track.keyframes[10].box is None
    assert bench.window.panels.workspace.strip.texts[2] == "set by you: outside"
    bench.key(Qt.Key.Key_Delete)
    assert 10 not in bench.session.track.keyframes
    assert 0 in bench.session.track.keyframes


def test_closing_and_opening_again_finds_everything(bench: Bench, images: Path) -> None:
    drawn(bench, images)
    bench.key(Qt.Key.Key_F)
    bench.wait(lambda: bench.session.run_state.phase is Phase.IDLE and bench.session.frame == 29)
    bench.key(Qt.Key.Key_W, CTRL)
    assert bench.window.open_session is None
    assert bench.settings.recent == [project_path_for(images)]
    bench.open(images)
    assert not bench.view.drawing
    track = bench.session.track
    assert len(track.boxes) == 29
    assert list(track.keyframes) == [0]
    assert len(bench.session.document.project.sequences) == 1


@pytest.mark.parametrize("kind", ["missing", "text", "empty folder", "newer", "locked"])
def test_bad_input_is_one_sentence_and_the_window_stays(bench: Bench, images: Path, tmp_path: Path, kind: str) -> None:
    drawn(bench, images)
    path = tmp_path / "bad.mp4"
    other = None
    if kind == "text":
        path.write_text("not a video")
    elif kind == "empty folder":
        path = tmp_path / "nothing"
        path.mkdir()
    elif kind in {"newer", "locked"}:
        path = tmp_path / "other.dimple"
        from app.document.document import create_project

        other = create_project(path)
        if kind == "newer":
            other.close()
            with sqlite3.connect(path) as connection:
                connection.execute("PRAGMA user_version = 999")
            connection.close()
    bench.window.open_path(path)
    bench.wait(lambda: bool(bench.told))
    if other is not None:
        other.close()
    assert len(bench.told) == 1
    assert path.name in bench.told[0]
    assert "Traceback" not in bench.told[0]
    # what was open still is, and works
    assert bench.window.actions_table[ActionId.PROPAGATE_FORWARD].isEnabled()
    assert bench.session.sequence.name == "grey"
    bench.key(Qt.Key.Key_D)
    assert bench.session.frame == 1
    if kind in {"missing", "text", "empty folder"}:
        assert not project_path_for(path).exists()


def test_a_missing_video_says_so_and_keeps_its_boxes(bench: Bench, images: Path) -> None:
    drawn(bench, images)
    project = bench.session.document.path
    bench.key(Qt.Key.Key_W, CTRL)
    moved = images.with_name("moved")
    images.rename(moved)
    bench.window.open_path(project)
    bench.wait(lambda: "is not at" in bench.banner)
    assert len(bench.session.sequence.tracks) == 1
    bench.window.open_session.relocate(moved)
    bench.wait(lambda: not bench.view.picture_size.isEmpty())
    assert len(bench.view.boxes) == 1


def test_dropping_a_folder_opens_it(bench: Bench, images: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(images))])
    event = QDropEvent(
        QPointF(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    bench.window.start_page.dropEvent(event)
    bench.wait(lambda: bench.window.open_session is not None and bench.session.sequence is not None)
    assert bench.session.sequence.name == "grey"


def test_the_sample_opens_with_its_first_box(bench: Bench) -> None:
    bench.window.open_sample()
    bench.wait(lambda: bench.window.open_session is not None and bench.session.sequence is not None)
    assert bench.session.track.name == "biscuit box"
    assert 0 in bench.session.track.keyframes
    assert "Press F" in bench.banner
    assert not bench.session.document.undo_stack.canUndo()
    project = bench.session.document.path
    assert project.is_relative_to(Path.home()) or "home" in str(project)
    bench.window.close_project()
    bench.window.open_sample()
    bench.wait(lambda: bench.window.open_session is not None and bench.session.sequence is not None)
    assert bench.session.document.path == project


def test_heatmap_keys_and_theme_are_remembered(bench: Bench, images: Path) -> None:
    drawn(bench, images)
    assert bench.view.heat_visible
    bench.key(Qt.Key.Key_H)
    assert not bench.view.heat_visible
    assert not bench.settings.heatmap_visible
    opacity = bench.view.heat_opacity
    bench.key(Qt.Key.Key_BracketRight)
    assert bench.view.heat_opacity == pytest.approx(opacity + 0.1)
    assert bench.settings.heatmap_opacity == pytest.approx(opacity + 0.1, abs=0.001)
    bench.settings.theme = ThemeChoice.LIGHT
    assert QApplication.palette().window().color().name() == "#f5f6f8"


def test_every_control_has_an_accessible_name(bench: Bench, images: Path) -> None:
    drawn(bench, images)
    for kind in (QAbstractButton, QLineEdit, QComboBox, QSlider, QSpinBox):
        for control in bench.window.findChildren(kind):
            inner = control.objectName().startswith("qt_") or isinstance(control.parent(), QSpinBox | QComboBox)
            if inner or not control.isVisible():
                continue
            name = control.accessibleName() or (control.text() if isinstance(control, QAbstractButton) else "")
            assert name, (kind.__name__, control.parent(), control.toolTip())


def test_the_project_is_free_after_the_window_has_closed(bench: Bench, images: Path) -> None:
    drawn(bench, images)
    project = bench.session.document.path
    bench.window.close()
    document = open_project(project)
    assert len(document.project.sequences[1].tracks) == 1
    document.close()


def test_undo_names_what_it_undoes(bench: Bench, images: Path) -> None:
    drawn(bench, images)
    assert bench.window.actions_table[ActionId.UNDO].text() == "Undo “Add track”"
    assert not bench.window.actions_table[ActionId.REDO].isEnabled()


def test_opening_what_is_open_already_changes_nothing(bench: Bench, images: Path) -> None:
    drawn(bench, images)
    session = bench.session
    for path in (images, session.document.path):
        with bench.qtbot.waitSignal(bench.window.opening.opened_already):
            bench.window.open_path(path)
    assert bench.session is session
    assert bench.told == []
    assert bench.view.isVisible()


def test_moving_a_tracked_box_says_what_enter_does(bench: Bench, images: Path) -> None:
    drawn(bench, images)
    bench.key(Qt.Key.Key_F)
    bench.wait(lambda: bench.session.run_state.phase is Phase.IDLE and bench.session.frame == 29)
    bench.key(Qt.Key.Key_A)
    bench.key(Qt.Key.Key_Down)
    assert "Press Enter" in bench.banner
    bench.key(Qt.Key.Key_Z, CTRL)
    assert bench.banner == ""


def test_dragging_a_box_with_the_mouse_pauses_a_run_and_corrects(slow: Bench, images: Path) -> None:
    drawn(slow, images)
    slow.key(Qt.Key.Key_F)
    slow.wait(lambda: slow.session.frame >= 4)
    rect = slow.view.mapping.box_rect(slow.view.selected_box.box)
    start = rect.center().toPoint()
    left = Qt.MouseButton.LeftButton
    slow.qtbot.mousePress(slow.view, left, pos=start)
    for step in (6, 12, 24):
        slow.qtbot.mouseMove(slow.view, start + QPoint(0, step))
    assert slow.session.run_state.phase is Phase.PAUSED
    frame = slow.session.frame
    slow.qtbot.mouseRelease(slow.view, left, pos=start + QPoint(0, 24))
    assert slow.session.run_state.phase is Phase.IDLE
    assert frame in slow.session.track.keyframes
    moved = slow.session.track.keyframes[frame].box.y - slow.session.track.keyframes[0].box.y
    assert moved == pytest.approx(24 / slow.view.mapping.scale, abs=1.5)


def test_what_was_said_of_a_box_goes_with_it_and_the_first_step_is_said_again(bench: Bench) -> None:
    bench.window.open_sample()
    bench.wait(lambda: bench.window.open_session is not None and bench.session.sequence is not None)
    bench.wait(lambda: not bench.view.picture_size.isEmpty())
    assert "first box is drawn" in bench.banner
    bench.activate()
    bench.key(Qt.Key.Key_Delete, CTRL | SHIFT)
    assert "Draw a box" in bench.banner


def test_the_lanes_of_a_closed_project_hold_nothing_of_it(bench: Bench, images: Path) -> None:
    bench.open(images)
    bench.draw(BoundingBox(40, 30, 40, 30))
    timeline = bench.window.panels.time.timeline
    bench.wait(lambda: timeline.has_lane(1))
    bench.key(Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert bench.window.open_session is None
    assert not timeline.has_lane(1)
