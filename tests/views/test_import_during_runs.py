"""An import while the tracker is at work, or has just been: it is taken in at once, and the run goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from dialogs import in_dialog
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot
from window_fixture import Bench, make_bench, write_images

from app.document.model import Category, Keyframe, Keyframes, Project, Sequence, Track
from app.formats.export import export_project
from app.formats.recognition import recognise_near
from app.formats.registry import parse_target
from app.session.fake_tracker import FakeTrackerScript
from app.session.run_state import Phase
from app.views.action_table import ActionId
from app.views.import_dialog import ImportDialog
from tracker.geometry import BoundingBox

BOX = BoundingBox(20, 20, 40, 30)
FRAMES = 60


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Bench]:
    for made in make_bench(qtbot, monkeypatch, FakeTrackerScript(delay=0.01)):
        made.open(write_images(tmp_path / "clip", FRAMES))
        made.draw(BOX)
        yield made


def running(bench: Bench) -> None:
    bench.window.actions_table[ActionId.PROPAGATE_FORWARD].trigger()
    bench.wait(lambda: bench.session.run_state.phase is Phase.RUNNING and bench.session.frame > 2)


def paused(bench: Bench) -> None:
    running(bench)
    bench.session.toggle_pause()
    bench.wait(lambda: bench.session.run_state.phase is Phase.PAUSED)


def filled(bench: Bench) -> None:
    bench.session.go_to(30)
    bench.session.set_box(BOX.moved(20, 0))
    bench.session.go_to(10)
    bench.window.actions_table[ActionId.FILL].trigger()
    bench.wait(lambda: bench.session.run_state.phase is Phase.IDLE and len(bench.session.track.boxes) == 29)


@pytest.mark.parametrize("before", [running, paused, filled])
def test_an_import_is_ready_and_the_run_goes_on(bench: Bench, tmp_path: Path, before: Callable[[Bench], None]) -> None:
    tracks = {it: Track(it, "", 1, Keyframes({it: Keyframe(BOX)})) for it in range(1, 9)}
    imported = Project({1: Sequence(1, "clip", "", FRAMES, 160, 120, 25.0, tracks=tracks)}, {1: Category(1, "dot")})
    table = tmp_path / "boxes.csv"
    export_project(imported, parse_target(f"csv:{table}"))
    before(bench)
    document, sequence = bench.session.document, bench.session.sequence

    def accept(dialog: ImportDialog) -> None:
        bench.wait(lambda: dialog.added is not None)
        box = dialog.findChild(QDialogButtonBox)
        next(it for it in box.buttons() if it.text() == "Import").click()

    importing = bench.window._exchange.importing
    in_dialog(ImportDialog, accept, lambda: importing.run(bench.session, recognise_near(table)))
    bench.wait(lambda: len(sequence.tracks) == 9)
    assert not bench.window.open_session.is_busy
    assert not document.has_unwritten
    if bench.session.run_state.phase is Phase.PAUSED:
        bench.session.toggle_pause()
    track = sequence.tracks[min(sequence.tracks)]
    if before is not filled:
        bench.wait(lambda: bench.session.run_state.phase is Phase.IDLE)
        assert track.boxes.frames().tolist() == list(range(1, FRAMES))
    bench.activate()
    while document.undo_stack.canUndo():
        bench.session.undo()
    assert not sequence.tracks
    while document.undo_stack.canRedo():
        bench.session.redo()
    assert len(sequence.tracks) == 9
