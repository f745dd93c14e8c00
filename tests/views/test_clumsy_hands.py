"""Keys at the wrong moment: what the person looks at holds still, is selected, and is told why nothing happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from dialogs import in_dialog
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDoubleSpinBox, QInputDialog, QListWidget
from pytestqt.qtbot import QtBot
from window_fixture import Bench, make_bench, write_images

from app.session.fake_tracker import FakeTrackerScript
from app.session.run_state import Phase
from app.views.other_track_dialog import OtherTrackDialog
from tracker.geometry import BoundingBox

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
BOX, FAR = BoundingBox(40, 30, 50, 40), BoundingBox(10, 60, 20, 20)
SLOW = FakeTrackerScript(delay=0.02)


@pytest.fixture
def make(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[..., Bench]]:
    """A window with one Track that has a keyframe on frame 0."""
    made: list[Iterator[Bench]] = []

    def seated(script: FakeTrackerScript | None = None, frames: int = 30) -> Bench:
        made.append(make_bench(qtbot, monkeypatch, script))
        bench = next(made[-1])
        bench.open(write_images(tmp_path / "grey", frames, width=320))
        bench.draw(BOX)
        return bench

    yield seated
    for it in made:
        next(it, None)


def run(bench: Bench) -> None:
    bench.key(Key.Key_F)
    bench.wait(lambda: bench.session.run_state.phase is Phase.RUNNING and bench.session.frame > 1)


def stays(bench: Bench) -> int:
    """The frame that is shown, when the one under way has come; it must be the same later."""
    bench.qtbot.wait(100)
    frame = bench.session.frame
    bench.qtbot.wait(200)
    assert bench.session.frame == frame
    return frame


@pytest.mark.parametrize("key", [Key.Key_B, Key.Key_T])
def test_the_picture_holds_still_for_a_drawing_that_is_begun_during_a_run(make, key: Qt.Key) -> None:
    bench = make(SLOW, 120)
    run(bench)
    bench.key(key)
    frame = stays(bench)
    assert bench.session.run_state.phase is Phase.PAUSED
    bench.draw(FAR)
    assert bench.session.track is not None
    assert bench.session.track.keyframes[frame].box == FAR
    assert bench.session.track_id == (2 if key == Key.Key_T else 1)
    if key == Key.Key_T:
        bench.key(Key.Key_Space)  # the run of the other one goes on where it was
        bench.wait(lambda: bench.session.frame > frame + 1)


def test_the_picture_holds_still_for_a_drawing_that_is_begun_while_it_plays(make) -> None:
    bench = make(frames=120)
    bench.key(Key.Key_Space)
    bench.wait(lambda: bench.session.frame > 1)
    bench.key(Key.Key_B)
    assert not bench.session.playing
    stays(bench)


@pytest.mark.parametrize("drawing", [False, True])
def test_keys_wait_while_the_mouse_has_a_box_in_hand(make, drawing: bool) -> None:
    bench = make()
    if drawing:
        bench.key(Key.Key_B)
    rect = bench.view.mapping.box_rect(BOX)
    left = Qt.MouseButton.LeftButton
    bench.qtbot.mousePress(bench.view, left, pos=rect.center().toPoint())
    bench.qtbot.mouseMove(bench.view, rect.bottomRight().toPoint())
    for key, modifiers in (
        (Key.Key_D, Qt.KeyboardModifier.NoModifier),
        (Key.Key_Z, CTRL),
        (Key.Key_Delete, CTRL | SHIFT),
        (Key.Key_Right, Qt.KeyboardModifier.NoModifier),
    ):
        bench.key(key, modifiers)
    bench.qtbot.mouseRelease(bench.view, left, pos=rect.bottomRight().toPoint())
    assert bench.session.frame == 0
    assert bench.session.track is not None
    middle = BOX.center
    box = bench.session.track.keyframes[0].box
    assert box is not None
    assert (box.x, box.y) == (middle if drawing else pytest.approx((BOX.x + BOX.w / 2, BOX.y + BOX.h / 2), abs=1))
    bench.key(Key.Key_D)
    assert bench.session.frame == 1


def test_what_a_dialog_asks_about_stays_on_the_screen(make) -> None:
    bench = make(SLOW, 120)
    run(bench)
    asked: list[int] = []

    def answer(dialog: QInputDialog) -> None:
        asked.append(stays(bench))
        dialog.accept()

    in_dialog(QInputDialog, answer, lambda: bench.key(Key.Key_B, CTRL))
    assert bench.session.track is not None
    assert min(frame for frame in bench.session.track.keyframes if frame) == asked[0] + 1


def test_the_picture_holds_still_while_a_number_of_its_box_is_typed(make) -> None:
    bench = make(SLOW, 120)
    run(bench)
    left = next(
        it
        for it in bench.window.panels.inspector.findChildren(QDoubleSpinBox)
        if it.accessibleName().startswith("Left")
    )
    bench.qtbot.mouseClick(left, Qt.MouseButton.LeftButton)
    frame = stays(bench)
    left.selectAll()
    bench.qtbot.keyClicks(left, "77")
    bench.qtbot.keyClick(left, Key.Key_Return)
    assert bench.session.track is not None
    assert bench.session.track.keyframes[frame].box is not None
    assert bench.session.track.keyframes[frame].box.x == 77


def test_undo_leaves_a_track_selected_to_go_on_with(make) -> None:
    bench = make()
    bench.key(Key.Key_T)
    bench.draw(FAR)
    bench.key(Key.Key_D)
    bench.key(Key.Key_B, SHIFT)
    bench.key(Key.Key_S)
    assert bench.session.track_id == 3
    bench.key(Key.Key_Z, CTRL)
    assert bench.session.track_id == 2, "of which 3 was split off"
    bench.key(Key.Key_Delete, CTRL | SHIFT)
    assert bench.session.track_id == 0
    bench.key(Key.Key_Z, CTRL)
    assert bench.session.track_id == 2, "is back"
    for _ in range(2):
        bench.key(Key.Key_Z, CTRL)
    assert bench.session.track_id == 1, "is left"


def test_sentences_name_the_keys_in_force(make) -> None:
    bench = make()
    bench.settings.shortcuts = {"draw": ("Q",)}
    bench.key(Key.Key_Delete)
    assert bench.session.track is not None
    assert not bench.session.track.keyframes
    project = bench.session.document.path
    bench.window.close_project()
    bench.open(project)  # where no box has been drawn yet
    bench.view.setFocus()
    bench.key(Key.Key_B, SHIFT)
    assert bench.banner == "This track has no box yet that could be put here: press Q and draw one."


def test_a_key_that_can_do_nothing_says_why(make) -> None:
    bench = make()
    for key, modifiers, reason in (
        (Key.Key_X, Qt.KeyboardModifier.NoModifier, "no keyframe of this track after frame 0"),
        (Key.Key_Z, Qt.KeyboardModifier.NoModifier, "no keyframe of this track before frame 0"),
        (Key.Key_5, Qt.KeyboardModifier.NoModifier, "No category has the key 5"),
        (Key.Key_Y, CTRL, "nothing to do again"),
        (Key.Key_Delete, SHIFT, "needs chosen frames"),
    ):
        bench.key(key, modifiers)
        assert reason in bench.banner
    bench.key(Key.Key_D)
    bench.key(Key.Key_C, CTRL)
    assert bench.banner == "“Copy box” needs a box, and track 1 has none on frame 1: press B and draw it."
    bench.settings.shortcuts = {"draw": ("Q",)}
    bench.key(Key.Key_C, CTRL)
    assert bench.banner.endswith("press Q and draw it.")
    bench.settings.shortcuts = {}
    bench.key(Key.Key_Right)
    assert "“Move box right by 1 px” needs a box" in bench.banner
    bench.session.select_track(0)
    bench.key(Key.Key_F)
    assert bench.banner == "“Propagate forward” needs a track: choose one with Tab, or click its box."
    bench.key(Key.Key_Z, CTRL)
    bench.key(Key.Key_F)
    assert "there is none yet: press B" in bench.banner
    bench.key(Key.Key_Z, CTRL)
    assert bench.banner == "There is nothing to undo."


def test_what_enter_would_do_is_not_said_on_another_frame(make) -> None:
    bench = make()
    bench.key(Key.Key_F)
    bench.wait(lambda: bench.session.run_state.phase is Phase.IDLE and bench.session.frame == 29)
    bench.key(Key.Key_Right)
    assert bench.banner.startswith("Press Enter, and the tracker learns")
    bench.key(Key.Key_A)
    assert bench.banner == ""
    bench.key(Key.Key_Right)
    bench.key(Key.Key_T)
    bench.draw(FAR)
    assert bench.banner == "", "it was said of the other track"


def test_sentences_name_the_key_that_confirms_whatever_it_is(make) -> None:
    bench = make(FakeTrackerScript(lost_from=8))
    bench.settings.shortcuts = {"confirm": ["W"]}
    bench.key(Key.Key_F)
    bench.wait(lambda: "the tracker lost the target" in bench.banner)
    assert bench.banner.endswith("Move the box there and press W to go on.")
    bench.key(Key.Key_N)
    assert "Press W if so, or draw the box." in bench.banner
    bench.key(Key.Key_B)
    bench.draw(FAR)
    assert bench.banner == "Press W, and the tracker learns this box and goes on."
    bench.settings.shortcuts = {"confirm": []}
    bench.key(Key.Key_Right)
    assert bench.banner == "Press “Confirm box and go on”, and the tracker learns this box and goes on."


def test_a_run_says_how_many_places_there_are_to_check_and_goes_there(make) -> None:
    bench = make(FakeTrackerScript(score_of=lambda step: 0.1 if step in {8, 20} else 0.9))
    bench.settings.keep_going = True
    bench.key(Key.Key_F)
    bench.wait(lambda: bench.session.run_state.phase is Phase.IDLE and bench.session.frame == 29)
    assert bench.banner == "Reached frame 29. Doubtful places to check: 2."
    bench.key(Key.Key_N)
    assert bench.session.frame in {8, 20}


def test_the_same_box_once_more_is_no_step_of_undo(make) -> None:
    bench = make()
    before = bench.session.document.undo_stack.count()
    bench.key(Key.Key_B, SHIFT)
    bench.key(Key.Key_C, CTRL)
    bench.key(Key.Key_V, CTRL)
    assert bench.session.document.undo_stack.count() == before


def test_swap_proposes_the_object_that_is_nearest(make) -> None:
    bench = make()
    category = next(iter(bench.session.document.project.categories))
    bench.session.create_track(BoundingBox(200, 80, 30, 30), category)
    near = bench.session.create_track(BoundingBox(45, 32, 50, 40), category, "near")
    bench.session.select_track(1)
    seen: list[str] = []

    def look(dialog: OtherTrackDialog) -> None:
        seen.append(dialog.findChild(QListWidget).currentItem().text())
        bench.qtbot.keyClick(dialog.findChild(QListWidget), Key.Key_Return)

    in_dialog(OtherTrackDialog, look, lambda: bench.key(Key.Key_S, SHIFT))
    assert seen == [f"{near} near  ·  object"]
    assert bench.session.track is not None
    assert bench.session.track.keyframes[0].box == BoundingBox(45, 32, 50, 40)
