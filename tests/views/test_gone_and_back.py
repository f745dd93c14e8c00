"""Recent projects and their videos, gone and back again: what is gone stays until the person says otherwise."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from dialogs import in_dialog
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QListWidget, QMessageBox
from pytestqt.qtbot import QtBot
from window_fixture import Bench, make_bench, write_images

from app.views.action_table import ActionId
from app.views.export_dialog import ExportDialog
from tracker.geometry import BoundingBox


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    yield from make_bench(qtbot, monkeypatch)


def listed(bench: Bench) -> QListWidget:
    found = bench.window.start_page.findChild(QListWidget)
    assert isinstance(found, QListWidget)
    return found


def choose_first(bench: Bench) -> None:
    place = listed(bench).visualItemRect(listed(bench).item(0)).center()
    bench.qtbot.mouseClick(listed(bench).viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_project_that_is_gone_is_taken_off_the_list_only_where_the_person_says_so(
    bench: Bench, tmp_path: Path
) -> None:
    gone, other = tmp_path / "gone.mp4.dimple", tmp_path / "other.mp4.dimple"
    bench.settings.remember(other)
    bench.settings.remember(gone)
    bench.wait(lambda: "not there now" in listed(bench).item(0).text())

    def press(text: str) -> None:
        def answer(box: QMessageBox) -> None:
            assert str(tmp_path) in box.informativeText()
            next(it for it in box.findChildren(QAbstractButton) if text in it.text()).click()

        in_dialog(QMessageBox, answer, lambda: choose_first(bench))

    press("Close")
    assert bench.settings.recent == [gone, other]
    press("Take off")
    assert bench.settings.recent == [other]
    assert listed(bench).count() == 1


def test_a_project_whose_video_lies_on_a_drive_that_does_not_answer_opens(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    images = write_images(tmp_path / "images", 3)
    bench.open(images)
    path = bench.session.document.path
    bench.window.close_project()
    answers = threading.Event()
    look, asked = os.path.exists, []

    def slow(place: Path) -> bool:
        if Path(place) == images and threading.current_thread().name == "look":
            asked.append(place)
            return answers.wait(20) and False
        return look(place)

    monkeypatch.setattr(os.path, "exists", slow)
    bench.open(path)
    bench.wait(lambda: bool(asked))
    assert "is not at" not in bench.banner
    answers.set()
    bench.wait(lambda: "is not at" in bench.banner)


def test_a_video_that_is_put_back_is_shown_without_another_word(bench: Bench, tmp_path: Path) -> None:
    images = write_images(tmp_path / "images", 9)
    bench.open(images)
    bench.wait(lambda: bench.view.drawing)
    bench.draw(BoundingBox(20, 20, 40, 40))
    bench.session.go_to(4)
    path = bench.session.document.path
    bench.window.close_project()
    gone = images.rename(tmp_path / "gone")
    bench.window.open_path(path)
    bench.wait(lambda: "is not at" in bench.banner)
    assert bench.view.picture_size.isEmpty()
    gone.rename(images)
    bench.wait(lambda: not bench.view.picture_size.isEmpty())
    bench.wait(lambda: "is not at" not in bench.banner)
    assert bench.session.frame == 4
    assert bench.session.track_id == 1


def test_the_window_is_not_closed_under_a_dialog(bench: Bench, tmp_path: Path) -> None:
    bench.open(write_images(tmp_path / "images", 3))
    bench.wait(lambda: bench.view.drawing)
    bench.draw(BoundingBox(20, 20, 40, 40))

    def try_to_close(_dialog: ExportDialog) -> None:
        assert not bench.window.close()
        assert bench.window.isVisible()

    in_dialog(ExportDialog, try_to_close, bench.window.actions_table[ActionId.EXPORT].trigger)
    assert bench.window.close()
