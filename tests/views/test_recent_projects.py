"""The list of recent projects, in the window: what is gone stays until the person says otherwise."""

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
