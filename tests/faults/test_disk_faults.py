"""A disk that is full, a folder that may not be written, two windows at one project: nothing is lost, all is said."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

sys.path.append(str(Path(__file__).parents[1] / "views"))
from window_fixture import Bench, close, make_bench, write_images

from app.document import write_through
from app.document.backup import back_up
from app.document.commands import AddCategory, DuplicateTrack
from app.document.document import Document, create_project, open_project
from app.document.project_copy import copy_project
from app.document.project_file import read_project
from app.document.salvage import salvage
from app.document.store import StorageError
from app.errors import AppError
from app.formats.export import export_project
from app.formats.registry import ExportTarget, parse_target
from app.views.window_dialogs import WindowDialogs
from bench.faults.starting_project import write_starting_project

is_root = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 MB of its own."""
    if not is_root:
        pytest.skip("only root may mount; the injected form is in tests/document/test_storage_failures.py")
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(disk)], check=False).returncode:
        pytest.skip("this machine mounts nothing")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def fill(disk: Path) -> Path:
    """Leave no byte free."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            while True:
                try:
                    file.write(b"x" * size)
                except OSError:
                    break
    return filler


@pytest.fixture
def document(small_disk: Path, qapp, monkeypatch) -> Iterator[Document]:
    monkeypatch.setattr(write_through, "RETRY_MS", 20)
    write_starting_project(small_disk / "p.dimple")
    document = open_project(small_disk / "p.dimple")
    yield document
    document.close()


def test_edits_on_a_full_disk_wait_for_room(document, small_disk, qtbot):
    sentences: list[str] = []
    document.storage_failed.connect(sentences.append)
    document.push(AddCategory(document, "before"))
    before = read_project(document.path).project
    filler = fill(small_disk)
    document.push(DuplicateTrack(document, 1))
    document.push(AddCategory(document, "meanwhile"))
    qtbot.waitUntil(lambda: not document.is_writing)
    assert len(sentences) == 1
    assert "full" in sentences[0]
    assert read_project(document.path).project == before, "half an edit is never there"
    filler.unlink()
    qtbot.waitUntil(lambda: not document.has_unwritten)
    assert read_project(document.path).project == document.project
    document.undo_stack.undo()
    document.flush()
    assert read_project(document.path).project == document.project


@pytest.mark.parametrize(
    "write",
    [
        lambda document, disk: copy_project(document.path, disk / "c.dimple", {}, lambda *_: None),
        lambda document, disk: export_project(
            document.project, ExportTarget(parse_target("coco:x").format, disk / "x")
        ),
        lambda document, disk: export_project(document.project, ExportTarget(parse_target("mot:m").format, disk / "m")),
        lambda document, disk: create_project(disk / "new.dimple"),
        lambda document, disk: salvage(document.path, disk / "salvaged.dimple"),
    ],
    ids=["copy", "file", "folder", "new", "salvage"],
)
def test_what_finds_no_room_says_so_and_leaves_nothing(document, small_disk, write: Callable[[Document, Path], object]):
    document.push(AddCategory(document, "its log is there"))
    fill(small_disk)
    before = sorted(it.name for it in small_disk.iterdir())
    with pytest.raises(AppError, match="full"):
        write(document, small_disk)
    assert sorted(it.name for it in small_disk.iterdir()) == before


def test_a_project_on_a_full_disk_says_so_and_opens_when_there_is_room(small_disk, qapp):
    write_starting_project(small_disk / "p.dimple")
    filler = fill(small_disk)
    before = (small_disk / "p.dimple").read_bytes()
    with pytest.raises(StorageError, match="full"):
        open_project(small_disk / "p.dimple")
    assert (small_disk / "p.dimple").read_bytes() == before
    filler.unlink()
    document = open_project(small_disk / "p.dimple")
    assert not document.read_only
    document.close()


def test_an_upgrade_that_finds_no_room_leaves_the_file_of_old(small_disk, qapp):
    write_starting_project(small_disk / "p.dimple", 1)
    content = read_project(small_disk / "p.dimple").project
    old = (small_disk / "p.dimple").read_bytes()
    filler = fill(small_disk)
    with pytest.raises(StorageError, match="full"):
        open_project(small_disk / "p.dimple")
    assert (small_disk / "p.dimple").read_bytes() == old
    filler.unlink()
    document = open_project(small_disk / "p.dimple")
    assert document.project == content
    document.close()


def test_a_backup_that_finds_no_room_is_a_sentence(document, small_disk, tmp_path, monkeypatch):
    home = small_disk / "home"
    home.mkdir()
    monkeypatch.setenv("XDG_DATA_HOME", str(home))
    fill(small_disk)
    with pytest.raises(AppError, match="No backup"):
        back_up(document.path, datetime.now().astimezone(), lambda *_: None)


@pytest.mark.skipif(not is_root, reason="becomes somebody else")
def test_a_folder_that_becomes_read_only_while_it_is_open_loses_nothing(qapp):
    folder = Path(tempfile.mkdtemp(prefix="dimple-read-only-"))
    write_starting_project(folder / "p.dimple")
    for path in (folder, folder / "p.dimple"):
        os.chown(path, 65534, 65534)
    os.seteuid(65534)
    try:
        document = open_project(folder / "p.dimple")
        document.push(AddCategory(document, "before"))
        (folder / "p.dimple").chmod(0o444)
        folder.chmod(0o555)
        document.push(AddCategory(document, "after"))
        shown, waiting = document.project, document.has_unwritten
        document.close()
        assert not waiting
        again = open_project(folder / "p.dimple")
        assert again.read_only
        assert again.project == shown
        again.close()
    finally:
        os.seteuid(0)
        shutil.rmtree(folder)


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    yield from make_bench(qtbot, monkeypatch)


def test_a_second_window_is_told_and_the_first_goes_on(bench, qtbot, monkeypatch, tmp_path):
    bench.open(write_images(tmp_path / "clip"))
    path = bench.session.document.path
    second = make_bench(qtbot, monkeypatch)
    other = next(second)
    other.window.open_path(path)
    other.wait(lambda: bool(other.told))
    assert "already open in another DiMPLE" in other.told[0]
    assert other.window.open_session is None
    bench.session.document.push(AddCategory(bench.session.document, "of the first"))
    shown = bench.session.document.project
    bench.window.close_project()
    other.open(path)
    assert other.session.document.project == shown
    close(other)
    second.close()


@pytest.fixture
def unwritten(bench, tmp_path) -> Bench:
    """A window with an edit that is in no file: another file has taken the project's place."""
    bench.open(write_images(tmp_path / "clip"))
    document = bench.session.document
    document.path.rename(tmp_path / "moved.dimple")
    document.path.write_text("another file")
    document.push(AddCategory(document, "not written"))
    assert document.has_unwritten
    return bench


def answer(text: str) -> None:
    """Press this button of the box that asks, as soon as it is there."""

    def press(tries: int = 200) -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            if tries:
                QTimer.singleShot(10, lambda: press(tries - 1))
            return
        next(it for it in box.findChildren(QPushButton) if it.text().replace("&", "") == text).click()

    QTimer.singleShot(0, press)


def test_leaving_with_unwritten_edits_asks_and_one_can_stay(unwritten):
    answer("Cancel")
    unwritten.window.close()
    assert unwritten.window.isVisible()
    answer("Cancel")
    unwritten.window.close_project()
    assert unwritten.window.open_session is not None
    unwritten.session.document.path.unlink()
    unwritten.window.close_project()
    assert unwritten.window.open_session is None, "it could be written after all, and nothing was asked"


def test_unwritten_edits_can_be_saved_elsewhere_on_leaving(unwritten, tmp_path, monkeypatch):
    target = tmp_path / "elsewhere.dimple"
    monkeypatch.setattr(WindowDialogs, "choose_copy", lambda _self, _path: target)
    shown = unwritten.session.document.project
    answer("Save elsewhere…")
    unwritten.window.close_project()
    assert unwritten.window.open_session is None
    assert read_project(target).project == shown
    assert (tmp_path / "clip.dimple").read_text() == "another file"


def test_unwritten_edits_can_be_given_up(unwritten, tmp_path):
    answer("Leave without them")
    unwritten.window.close_project()
    assert unwritten.window.open_session is None
    assert not read_project(tmp_path / "moved.dimple").project.categories
    unwritten.key(Qt.Key.Key_Escape)
