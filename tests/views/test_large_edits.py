"""Edits of very long tracks are put together beside the window; what a person does meanwhile comes afterwards."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from dialogs import in_dialog
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from window_fixture import Bench, make_bench, write_images

from app.document.commands import DuplicateTrack, MergeTracks
from app.document.project_file import read_project
from app.session import edits
from app.views.action_table import ActionId
from app.views.other_track_dialog import MergeDialog
from tracker.geometry import BoundingBox

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_Patch = pytest.MonkeyPatch


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: _Patch, tmp_path: Path) -> Iterator[Bench]:
    """Two tracks, the first one tracked to the end and selected; every one of them counts as long."""
    for made in make_bench(qtbot, monkeypatch):
        made.open(write_images(tmp_path / "grey"))
        made.draw(BoundingBox(40, 30, 40, 30))
        made.key(Qt.Key.Key_F)
        made.wait(lambda: not made.session.run_state.is_busy and made.session.frame == 29)  # noqa: B023
        made.key(Qt.Key.Key_T)
        made.draw(BoundingBox(100, 60, 30, 30))
        made.key(Qt.Key.Key_Tab)
        monkeypatch.setattr(edits, "LARGE", 1)
        yield made


@pytest.fixture
def may_go_on(monkeypatch: _Patch) -> Iterator[Callable[[], None]]:
    """Merging takes until this is called."""
    event, build = threading.Event(), MergeTracks.__init__

    def slow(*arguments: object) -> None:
        assert event.wait(20)
        build(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(MergeTracks, "__init__", slow)
    yield event.set
    event.set()


def _merge(bench: Bench) -> None:
    in_dialog(MergeDialog, MergeDialog.accept, bench.window.actions_table[ActionId.MERGE].trigger)
    bench.activate()


def test_keys_wait_until_it_is_done_and_come_in_order(bench: Bench, may_go_on: Callable[[], None]) -> None:
    document = bench.session.document
    _merge(bench)
    bench.key(Qt.Key.Key_A)
    bench.key(Qt.Key.Key_Z, CTRL)
    assert (bench.session.frame, len(bench.session.sequence.tracks)) == (29, 2)
    assert "saving" in bench.window._corner.text()
    may_go_on()
    bench.wait(lambda: bench.session.frame == 28 and not document.has_unwritten)
    assert document.undo_stack.canRedo()
    assert len(bench.session.sequence.tracks) == 2
    bench.key(Qt.Key.Key_Z, CTRL | SHIFT)
    assert len(bench.session.sequence.tracks) == 1
    assert read_project(document.path).project == document.project
    assert "saving" not in bench.window._corner.text()


def test_a_window_that_is_closed_meanwhile_closes_with_the_edit_in_the_file(
    bench: Bench, may_go_on: Callable[[], None]
) -> None:
    path = bench.session.document.path
    _merge(bench)
    bench.window.close()
    assert bench.window.isVisible()
    may_go_on()
    bench.wait(lambda: not bench.window.isVisible())
    assert [len(it.tracks) for it in read_project(path).project.sequences.values()] == [1]


def test_what_is_made_anew_is_selected(bench: Bench) -> None:
    bench.window.actions_table[ActionId.DUPLICATE].trigger()
    bench.wait(lambda: len(bench.session.sequence.tracks) == 3)
    assert bench.session.track_id == max(bench.session.sequence.tracks)
    assert bench.session.track.boxes == bench.session.sequence.tracks[1].boxes


def test_what_cannot_be_done_is_said_and_changes_nothing(bench: Bench) -> None:
    bench.key(Qt.Key.Key_Home)
    before = bench.session.document.undo_stack.count()
    bench.key(Qt.Key.Key_S)
    bench.wait(lambda: "nothing before frame 0" in bench.banner)
    assert not bench.session.edits.making.is_busy
    assert bench.session.document.undo_stack.count() == before


def test_a_bug_in_it_is_told_and_the_window_goes_on(bench: Bench, monkeypatch: _Patch) -> None:
    monkeypatch.setattr(DuplicateTrack, "__init__", lambda *_: 1 / 0)
    with bench.qtbot.captureExceptions() as caught:
        bench.window.actions_table[ActionId.DUPLICATE].trigger()
        bench.wait(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError
    bench.key(Qt.Key.Key_A)
    assert bench.session.frame == 28
