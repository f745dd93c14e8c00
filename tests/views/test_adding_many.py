"""Many videos added to a project at once: what can be read comes in, what cannot is told, and Cancel stops there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QProgressDialog, QPushButton
from pytestqt.qtbot import QtBot
from window_fixture import Bench, make_bench, write_images

from app.views.action_table import ActionId


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Bench]:
    for made in make_bench(qtbot, monkeypatch):
        made.open(write_images(tmp_path / "first", 3))
        yield made


def choose(bench: Bench, monkeypatch: pytest.MonkeyPatch, paths: list[Path]) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_arguments: ([str(it) for it in paths], ""))
    bench.window.actions_table[ActionId.ADD_VIDEO].trigger()


def names(bench: Bench) -> list[str]:
    return [it.name for it in bench.session.document.project.sequences.values()]


def test_all_that_can_be_read_come_in_and_the_others_are_told(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [write_images(tmp_path / f"v{number}", 2) for number in range(6)]
    for number in range(7):
        broken = tmp_path / f"broken{number}.mp4"
        broken.write_bytes(b"no video")
        paths.insert(2, broken)
    choose(bench, monkeypatch, paths)
    bench.wait(lambda: len(names(bench)) == 7 and bool(bench.told))
    assert names(bench) == ["first", *(f"v{number}" for number in range(6))]
    assert bench.session.sequence.name == "v0", "the first that came in is on the screen"
    assert len(bench.told) == 1
    assert bench.told[0].startswith("7 of 13 could not be added:")
    assert bench.told[0].endswith("2 more")


def test_cancel_leaves_what_was_read_and_reads_no_more(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.views.sequence_adding._PATIENCE_MS", 0)
    choose(bench, monkeypatch, [write_images(tmp_path / f"v{number:02}", 2) for number in range(40)])
    bench.wait(lambda: len(names(bench)) > 3)
    dialog = bench.window.findChild(QProgressDialog)
    assert dialog is not None
    assert " of 40" in dialog.labelText()
    dialog.findChild(QPushButton).click()
    bench.wait(lambda: bench.session.sequence.name == "v00")
    count = len(names(bench))
    bench.qtbot.wait(200)
    assert 4 < count + 1 < 35
    assert len(names(bench)) == count
    assert bench.told == []
