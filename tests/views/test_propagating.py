"""Runs by key, menu and dialog in the real window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from dialogs import in_dialog
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QDoubleSpinBox, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot
from window_fixture import Bench, make_bench, write_images

from app.document.model import Track
from app.session.doubt import DoubtReason
from app.session.fake_tracker import FakeTrackerScript
from app.session.messages import StopRules
from app.session.run_state import Phase
from app.settings import Settings
from app.views.action_table import ActionId
from app.views.preferences_dialog import PreferencesDialog, PreferencesPage
from app.views.propagate_dialog import PropagateDialog
from tracker.geometry import BoundingBox

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
BOX = BoundingBox(20, 20, 40, 30)


@pytest.fixture
def make(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[..., Bench]]:
    made: list[Iterator[Bench]] = []

    def open_with(script: FakeTrackerScript | None = None) -> Bench:
        made.append(make_bench(qtbot, monkeypatch, script))
        bench = next(made[-1])
        bench.open(write_images(tmp_path / "grey", width=320))
        bench.draw(BOX)
        return bench

    yield open_with
    for it in made:
        next(it, None)


def track(bench: Bench) -> Track:
    assert bench.session.track is not None
    return bench.session.track


def frames(bench: Bench) -> list[int]:
    return track(bench).boxes.frames().tolist()


def idle_at(bench: Bench, frame: int) -> None:
    bench.wait(lambda: bench.session.run_state.phase is Phase.IDLE and bench.session.frame == frame)


def test_keys_carry_a_number_of_frames_and_to_the_next_keyframe(make) -> None:
    bench = make()
    bench.settings.run_frames = 5
    bench.key(Qt.Key.Key_F, CTRL)
    idle_at(bench, 5)
    assert frames(bench) == [1, 2, 3, 4, 5]
    bench.key(Qt.Key.Key_D, SHIFT)
    bench.key(Qt.Key.Key_D, SHIFT)
    bench.key(Qt.Key.Key_B)
    bench.wait(lambda: bench.view.drawing)
    bench.wait(lambda: bench.session.frame == 25)
    bench.draw(BOX.moved(30, 0))
    bench.key(Qt.Key.Key_R, CTRL)
    idle_at(bench, 20)
    assert frames(bench) == [*range(1, 6), *range(20, 25)]
    bench.key(Qt.Key.Key_Home)
    bench.key(Qt.Key.Key_F, SHIFT)
    idle_at(bench, 25)
    assert frames(bench) == list(range(1, 25))
    bench.key(Qt.Key.Key_R, SHIFT)
    idle_at(bench, 0)


def test_g_fills_the_gap_and_one_undo_takes_it_back(make) -> None:
    bench = make()
    bench.key(Qt.Key.Key_D, SHIFT)
    bench.key(Qt.Key.Key_B)
    bench.wait(lambda: "10 / 29" in bench.window.panels.workspace.strip.texts[0])
    bench.draw(BOX.moved(10, 0))
    bench.key(Qt.Key.Key_A)
    bench.key(Qt.Key.Key_G)
    bench.wait(lambda: frames(bench) == list(range(1, 10)) and bench.session.run_state.phase is Phase.IDLE)
    assert set(track(bench).keyframes) == {0, 10}
    assert bench.banner.startswith("Filled frames 1 to 9.")
    bench.key(Qt.Key.Key_Z, CTRL)
    assert frames(bench) == []


def test_both_ways_from_the_middle(make) -> None:
    bench = make()
    bench.key(Qt.Key.Key_D, SHIFT)
    bench.key(Qt.Key.Key_T)
    bench.wait(lambda: "10 / 29" in bench.window.panels.workspace.strip.texts[0])
    bench.draw(BOX.moved(50, 40))
    bench.key(Qt.Key.Key_F, CTRL | SHIFT)
    bench.wait(lambda: len(frames(bench)) == 29 and bench.session.run_state.phase is Phase.IDLE)
    assert frames(bench) == [*range(10), *range(11, 30)]


def test_all_tracks_are_carried_when_that_is_chosen_and_it_is_remembered(make) -> None:
    bench = make()
    bench.key(Qt.Key.Key_T)
    bench.draw(BOX.moved(100, 50))
    bench.key(Qt.Key.Key_A, CTRL | SHIFT)
    assert bench.window.actions_table[ActionId.ALL_TRACKS].isChecked()
    assert Settings().all_tracks
    bench.key(Qt.Key.Key_F)
    idle_at(bench, 29)
    assert [len(it.boxes) for it in bench.session.sequence.tracks.values()] == [29, 29]


def choose(dialog: PropagateDialog, *texts: str) -> None:
    for text in texts:
        kinds = [it for kind in (QRadioButton, QCheckBox, QPushButton) for it in dialog.findChildren(kind)]
        next(it for it in kinds if it.text() == text).click()


def test_dialog_orders_a_run_in_detail(make) -> None:
    bench = make(FakeTrackerScript(lost_from=8))

    def order(dialog: PropagateDialog) -> None:
        number = next(it for it in dialog.findChildren(QDoubleSpinBox))
        number.setValue(12)
        choose(dialog, "Both ways", "Keep going, and list it for review", "Propagate")

    bench.key(Qt.Key.Key_D, SHIFT)
    bench.key(Qt.Key.Key_T)
    bench.wait(lambda: "10 / 29" in bench.window.panels.workspace.strip.texts[0])
    bench.draw(BOX.moved(50, 40))
    in_dialog(PropagateDialog, order, bench.window.actions_table[ActionId.PROPAGATE].trigger)
    bench.wait(lambda: len(frames(bench)) == 22 and bench.session.run_state.phase is Phase.IDLE)
    assert frames(bench) == [*range(10), *range(11, 23)]
    assert (bench.settings.run_frames, bench.settings.keep_going) == (12, True)
    assert "Reached" in bench.banner


def test_where_the_two_runs_of_a_fill_disagree_is_to_be_checked(make) -> None:
    bench = make()
    for _ in range(2):
        bench.key(Qt.Key.Key_D, SHIFT)
    bench.key(Qt.Key.Key_B)
    bench.draw(BOX.moved(200, 30))  # the fake tracker goes a pixel a frame, and comes nowhere near it
    bench.key(Qt.Key.Key_A)
    bench.key(Qt.Key.Key_G)
    bench.wait(lambda: bench.banner.startswith("Filled frames 1 to 19. Doubtful places to check"))
    queue = bench.session.review.queue
    assert {it.reason for it in queue.entries} == {DoubtReason.DISAGREEMENT}
    assert sum(it.last - it.first + 1 for it in queue.entries) == 19
    bench.key(Qt.Key.Key_N)
    assert "tracked forward and backward it is in different places" in bench.banner
    bench.key(Qt.Key.Key_Z, CTRL)
    bench.wait(lambda: queue.count == 0)
    bench.key(Qt.Key.Key_Z, CTRL | SHIFT)
    bench.wait(lambda: {it.reason for it in queue.entries} == {DoubtReason.DISAGREEMENT})
    path = bench.session.document.path
    bench.window.close_project()
    bench.open(path)
    queue = bench.session.review.queue
    bench.wait(lambda: queue.count > 0)
    assert {it.reason for it in queue.entries} == {DoubtReason.DISAGREEMENT}
    bench.wait(lambda: bench.session.track is not None)
    assert all(track(bench).dispute_at(frame) for frame in range(1, 20))


def test_a_run_back_over_what_was_tracked_forward_asks_where_they_disagree(make) -> None:
    bench = make()  # a pixel to the right with each frame, forward and backward
    bench.key(Qt.Key.Key_F)
    idle_at(bench, 29)
    bench.key(Qt.Key.Key_R)
    idle_at(bench, 0)
    queue = bench.session.review.queue
    bench.wait(lambda: queue.count > 0)
    assert {it.reason for it in queue.entries} == {DoubtReason.DISAGREEMENT}
    assert {frame for it in queue.entries for frame in range(it.first, it.last + 1)} == set(range(1, 23))
    assert track(bench).dispute_at(1).other == BOX.moved(1, 0)
    bench.key(Qt.Key.Key_Z, CTRL)
    bench.wait(lambda: queue.count == 0)
    assert not track(bench).disputed


def test_a_run_back_out_of_a_corrected_box_asks_nothing(make) -> None:
    bench = make()
    bench.key(Qt.Key.Key_F)
    idle_at(bench, 29)
    bench.key(Qt.Key.Key_B)
    bench.draw(BOX.moved(200, 30))
    bench.key(Qt.Key.Key_R)
    idle_at(bench, 0)
    assert track(bench).box_at(10).y == pytest.approx(50, abs=1)
    assert not track(bench).disputed


def test_where_the_two_runs_of_a_fill_agree_there_is_nothing_to_check(make) -> None:
    bench = make(FakeTrackerScript(box_at=dict.fromkeys(range(1, 30), BOX)))
    for _ in range(2):
        bench.key(Qt.Key.Key_D, SHIFT)
    bench.key(Qt.Key.Key_B, SHIFT)
    bench.key(Qt.Key.Key_A)
    bench.key(Qt.Key.Key_G)
    bench.wait(lambda: bench.banner.startswith("Filled frames 1 to 19."))
    assert bench.banner == "Filled frames 1 to 19."
    assert bench.session.frame == 19, "where the person was"


def test_dialog_left_by_escape_starts_nothing(make) -> None:
    bench = make()
    in_dialog(PropagateDialog, lambda dialog: None, bench.window.actions_table[ActionId.PROPAGATE].trigger)
    assert not bench.session.run_state.is_busy
    assert frames(bench) == []


def test_dialog_offers_no_keyframe_both_ways(make) -> None:
    bench = make()

    def look(dialog: PropagateDialog) -> None:
        keyframe = next(it for it in dialog.findChildren(QRadioButton) if "keyframe" in it.text())
        choose(dialog, keyframe.text(), "Both ways")
        assert not keyframe.isEnabled()
        assert not keyframe.isChecked()
        assert dialog.reach.name == "END"

    in_dialog(PropagateDialog, look, bench.window.actions_table[ActionId.PROPAGATE].trigger)


@pytest.mark.parametrize(
    ("script", "frame", "words", "button"),
    [
        (FakeTrackerScript(lost_from=4), 4, "lost the target", "Draw box"),
        (FakeTrackerScript(uncertain_from=4), 4, "two look-alikes", "Confirm box and go on"),
        (FakeTrackerScript(box_at={6: BOX.moved(120, 40)}), 6, "the box jumped", "Confirm box and go on"),
        (
            FakeTrackerScript(box_at={n: BOX.moved(40 * n, 0) for n in range(1, 30)}),
            8,
            "leave the picture",
            "Outside from here",
        ),
    ],
    ids=["lost", "ambiguous", "jump", "left"],
)
def test_run_that_stops_by_itself_says_why_and_what_to_do(make, script, frame, words, button) -> None:
    bench = make(script)
    bench.settings.stop_jump = 1.5 if "jumped" in words else 0.0
    bench.key(Qt.Key.Key_F)
    bench.wait(lambda: bench.banner.startswith("Stopped"))
    assert words in bench.banner
    assert f"frame {frame}" in bench.banner
    idle_at(bench, frame)
    banner = bench.window.panels.workspace.banner
    assert next(it.text() for it in banner.findChildren(QPushButton) if it.isVisible()) == button


def test_the_picture_stays_where_it_is_while_messages_come_and_go(make) -> None:
    bench = make(FakeTrackerScript(uncertain_from=4))
    banner = bench.window.panels.workspace.banner

    def place() -> tuple[object, ...]:
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        return bench.view.mapping, bench.view.size().toTuple()

    banner.clear()
    at_first = place()
    bench.key(Qt.Key.Key_F)
    idle_at(bench, 4)
    for key in (None, Qt.Key.Key_Right):
        if key is not None:
            bench.key(key)
        assert bench.banner
        assert place() == at_first
    banner.clear()
    assert place() == at_first


def test_rules_are_set_in_preferences_and_hold_for_the_next_run(make) -> None:
    bench = make(FakeTrackerScript(lost_from=4))

    def change(dialog: PreferencesDialog) -> None:
        dialog.pages.setCurrentIndex(PreferencesPage.STOPPING)
        field = next(it for it in dialog.findChildren(QDoubleSpinBox) if it.accessibleName() == "without the object")
        field.setValue(2)

    in_dialog(PreferencesDialog, change, bench.window.actions_table[ActionId.PREFERENCES].trigger)
    assert bench.settings.stop_rules == StopRules(lost_frames=2)
    bench.window.activateWindow()
    bench.wait(bench.window.isActiveWindow)
    bench.view.setFocus()
    bench.key(Qt.Key.Key_F)
    idle_at(bench, 4)
    assert frames(bench) == [1, 2, 3, 4, 5]
    bench.window.actions_table[ActionId.KEEP_GOING].trigger()
    bench.key(Qt.Key.Key_Home)
    bench.key(Qt.Key.Key_F)
    idle_at(bench, 29)
    assert frames(bench) == list(range(1, 30))


def test_window_says_that_the_tracker_is_stuck_stays_alive_and_says_when_it_is_back(make) -> None:
    bench = make(FakeTrackerScript(delay=1.2))
    bench.program.tracker.be_patient_for(0.3)
    bench.key(Qt.Key.Key_F)
    bench.wait(lambda: "has not answered" in bench.banner)
    bench.key(Qt.Key.Key_Escape)
    bench.key(Qt.Key.Key_End)
    assert bench.session.frame == 29, "keys work all the while"
    bench.wait(lambda: "answers again" in bench.banner)
    bench.program.tracker.be_patient_for(20)


def test_why_a_run_stopped_is_said_on_that_frame_until_it_is_undone_or_the_track_goes(make) -> None:
    bench = make(FakeTrackerScript(uncertain_from=4))
    for ending in (lambda: bench.key(Qt.Key.Key_Z, CTRL), lambda: bench.key(Qt.Key.Key_Delete, CTRL | SHIFT)):
        bench.key(Qt.Key.Key_Home)
        bench.key(Qt.Key.Key_F)
        idle_at(bench, 4)
        said = bench.banner
        assert "two look-alikes" in said
        bench.key(Qt.Key.Key_A)
        assert not bench.banner, "its buttons would do it to another frame"
        bench.key(Qt.Key.Key_D)
        assert bench.banner == said
        ending()
        assert bench.banner != said
        bench.key(Qt.Key.Key_A)
        bench.key(Qt.Key.Key_D)
        assert bench.banner != said


def test_of_many_tracks_that_stop_two_are_named_and_the_rest_counted(make) -> None:
    bench = make(FakeTrackerScript(box_at={1: BOX.moved(200, 0)}))
    for place in range(4):
        bench.key(Qt.Key.Key_T)
        bench.draw(BoundingBox(30 + 40 * place, 60, 30, 30))
    bench.key(Qt.Key.Key_A, CTRL | SHIFT)
    bench.key(Qt.Key.Key_F)
    bench.wait(lambda: bench.banner.startswith("Stopped"))
    assert bench.banner.count("jumped at frame") == 2
    assert bench.banner.endswith("2 more have stopped: see the Review panel.")


def test_sentences_number_the_frames_as_the_window_does(make) -> None:
    bench = make(FakeTrackerScript(uncertain_from=4))
    for base in (0, 1):
        bench.settings.frame_base = base
        bench.key(Qt.Key.Key_Home)
        bench.key(Qt.Key.Key_F)
        idle_at(bench, 4)
        assert f"Stopped at frame {4 + base}:" in bench.banner
        assert bench.window.panels.workspace.strip.texts[0] == f"Frame {4 + base} / {29 + base}"
        bench.key(Qt.Key.Key_End)
        bench.key(Qt.Key.Key_F)
        assert f"no box on frame {29 + base}" in bench.banner
        bench.key(Qt.Key.Key_Z, CTRL)
    bench.settings.frame_base = 0
