"""Folders of very many pictures: the window stays usable while they are looked through, and they can be given up."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QMessageBox
from pytestqt.qtbot import QtBot
from window_fixture import Bench, make_bench, write_images

from app.document.source_path import project_path_for
from app.media import fingerprint, image_folder
from app.views.folder_recognition import FolderRecognition

_COUNT = 2000


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    yield from make_bench(qtbot, monkeypatch)


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A folder of two thousand pictures: links to ten, made in no order."""
    folder = write_images(tmp_path / "many", 10)
    for number in sorted(range(10, _COUNT), key=lambda it: it * 7919 % _COUNT):
        os.link(folder / f"{number % 10:04d}.png", folder / f"{number:04d}.png")
    return folder


class Held:
    """Something that the reading thread calls for each picture, and that waits at one of them."""

    def __init__(self, real, at: int) -> None:
        self._real, self._left = real, at
        self.reached, self.go_on = threading.Event(), threading.Event()

    def __call__(self, path: Path):
        self._left -= 1
        if self._left == 0:
            self.reached.set()
            assert self.go_on.wait(20)
        return self._real(path)


def texts(bench: Bench) -> list[str]:
    return [it.text() for it in bench.window.opening_page.findChildren(QLabel)]


def test_a_folder_that_is_being_looked_through_can_be_given_up(
    bench: Bench, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(image_folder.read_image_size, _COUNT // 2)
    monkeypatch.setattr(image_folder, "read_image_size", held)
    bench.window.open_path(many)
    bench.wait(held.reached.is_set)
    assert bench.window.opening_page.isVisible()
    # shown though the thread stands still
    bench.wait(lambda: any(it.startswith("Looking at each picture: ") for it in texts(bench)))
    bench.key(Qt.Key.Key_Escape)
    held.go_on.set()
    bench.wait(bench.window.start_page.isVisible)
    assert not project_path_for(many).exists()
    assert bench.told == []
    monkeypatch.undo()
    bench.open(many)
    assert bench.session.sequence.frame_count == _COUNT


def test_looking_for_a_moved_folder_can_be_given_up(
    bench: Bench, many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_without_its_folder(bench, tmp_path)
    held = Held(fingerprint.stat_of, _COUNT // 2)
    monkeypatch.setattr(fingerprint, "stat_of", held)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_arguments: str(many))
    monkeypatch.setattr(QMessageBox, "question", lambda *_arguments: QMessageBox.StandardButton.Yes)

    def give_up() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, FolderRecognition) and held.reached.is_set():
            held.go_on.set()
            bench.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        else:
            QTimer.singleShot(5, bench.window, give_up)

    give_up()
    locate(bench)
    assert bench.session.sequence.path == str(tmp_path / "few")
    locate(bench)
    bench.wait(lambda: not bench.view.picture_size.isEmpty())
    assert bench.session.sequence.path == str(many)
    assert bench.told == []


def test_a_folder_without_pictures_is_not_taken_for_a_moved_one(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_without_its_folder(bench, tmp_path)
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_arguments: str(empty))
    monkeypatch.setattr(QMessageBox, "question", lambda *_arguments: pytest.fail("asked whether to take it"))
    locate(bench)
    (told,) = bench.told
    assert "holds no pictures" in told
    assert bench.session.sequence.path == str(tmp_path / "few")


def open_without_its_folder(bench: Bench, tmp_path: Path) -> None:
    """A project of the folder ``few``, which is not there any more."""
    bench.open(write_images(tmp_path / "few", 3))
    project = bench.session.document.path
    bench.key(Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    (tmp_path / "few").rename(tmp_path / "moved away")
    bench.window.open_path(project)
    bench.wait(lambda: "is not at" in bench.banner)


def locate(bench: Bench) -> None:
    buttons = bench.window.panels.workspace.banner.findChildren(QAbstractButton)
    bench.qtbot.mouseClick(next(it for it in buttons if "Locate" in it.text()), Qt.MouseButton.LeftButton)
