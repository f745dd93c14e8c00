"""Getting work back through the window: a damaged project, a project that is gone, the backups of the open one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from dialogs import in_dialog
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListWidget, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot
from window_fixture import Bench, make_bench, write_images

from app.document.backup import back_up, backups_of
from app.document.commands import AddCategory, SetBookmark
from app.document.project_file import read_project
from app.views import backing_up
from app.views.action_table import ActionId
from app.views.recovery_dialog import RecoveryDialog

THEN = datetime(2026, 11, 26, 9, 30).astimezone()


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    yield from make_bench(qtbot, monkeypatch)


def silent(_done: int, _total: int) -> None: ...


def button(dialog: RecoveryDialog, text: str) -> QPushButton:
    return next(it for it in dialog.findChildren(QPushButton) if it.text() == text)


def press_return(bench: Bench, dialog: RecoveryDialog) -> None:
    bench.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    bench.wait(lambda: not dialog.isVisible())


def rows(dialog: RecoveryDialog) -> list[str]:
    ways = dialog.findChild(QListWidget)
    return [ways.item(row).text() for row in range(ways.count())]


@pytest.fixture
def project(bench: Bench, tmp_path: Path) -> Path:
    """A closed project with a category, and one backup from before it had a bookmark."""
    bench.open(write_images(tmp_path / "clip"))
    document = bench.session.document
    document.push(AddCategory(document, "cup"))
    back_up(document.path, THEN, silent)
    document.push(SetBookmark(document, 1, 3, "later"))
    bench.window.close_project()
    return document.path


def spoil(path: Path) -> bytes:
    content = bytearray(path.read_bytes())
    content[:4096] = bytes(4096)
    path.write_bytes(content)
    return bytes(content)


def test_a_damaged_project_is_read_as_far_as_can_be_and_opened(bench: Bench, project: Path) -> None:
    spoiled = spoil(project)

    def work(dialog: RecoveryDialog) -> None:
        assert len(rows(dialog)) == 2
        assert "can still be read" in rows(dialog)[0]
        assert "2026" in rows(dialog)[1] or "/26" in rows(dialog)[1]
        bench.qtbot.mouseClick(button(dialog, "Make a new project of it"), Qt.MouseButton.LeftButton)
        bench.wait(lambda: any(it.text() == "Open the new project" for it in dialog.findChildren(QPushButton)))
        assert "beginning of the file" in dialog.findChild(QPlainTextEdit).toPlainText()
        bench.qtbot.mouseClick(button(dialog, "Open the new project"), Qt.MouseButton.LeftButton)

    in_dialog(RecoveryDialog, work, lambda: bench.window.open_path(project))
    bench.wait(lambda: bench.window.open_session is not None and not bench.view.picture_size.isEmpty())
    document = bench.session.document
    assert document.path == project.with_name(f"{project.stem} recovered.dimple")
    assert document.project.sequences[1].bookmarks == {3: "later"}
    assert project.read_bytes() == spoiled


def test_leaving_the_dialog_opens_and_changes_nothing(bench: Bench, project: Path) -> None:
    spoiled = spoil(project)
    before = sorted(project.parent.iterdir())
    in_dialog(
        RecoveryDialog,
        lambda dialog: bench.qtbot.keyClick(dialog, Qt.Key.Key_Escape),
        lambda: bench.window.open_path(project),
    )
    assert bench.window.open_session is None
    assert project.read_bytes() == spoiled
    assert sorted(project.parent.iterdir()) == before


def test_a_project_that_is_gone_is_brought_back_from_its_backup(bench: Bench, project: Path) -> None:
    project.unlink()
    in_dialog(RecoveryDialog, lambda dialog: press_return(bench, dialog), lambda: bench.window.open_path(project))
    bench.wait(lambda: bench.window.open_session is not None and bench.session.sequence is not None)
    assert bench.session.document.project.categories[1].name == "cup"


def test_what_can_be_got_from_nothing_is_told(bench: Bench, project: Path) -> None:
    project.write_bytes(b"SQLite format 3\0" + bytes(5 * 4096 - 16))

    def work(dialog: RecoveryDialog) -> None:
        bench.qtbot.mouseClick(button(dialog, "Make a new project of it"), Qt.MouseButton.LeftButton)
        bench.wait(lambda: "Nothing can be read" in dialog._explained.text())
        assert button(dialog, "Make a new project of it").isEnabled(), "the backup is there to be taken"

    in_dialog(RecoveryDialog, work, lambda: bench.window.open_path(project))


def test_a_project_without_a_backup_is_told_when_there_will_be_one(bench: Bench, tmp_path: Path) -> None:
    bench.open(write_images(tmp_path / "new"))

    def look(dialog: RecoveryDialog) -> None:
        assert any("no backup yet: one is made soon" in it.text() for it in dialog.findChildren(QLabel))
        assert not dialog.findChild(QListWidget).isVisible()
        dialog.reject()

    in_dialog(RecoveryDialog, look, bench.window.actions_table[ActionId.RESTORE_BACKUP].trigger)


def test_a_backup_of_the_open_project_is_opened_as_a_project_of_its_own(bench: Bench, project: Path) -> None:
    bench.open(project)
    now = read_project(project).project

    def work(dialog: RecoveryDialog) -> None:
        assert len(rows(dialog)) == 1
        press_return(bench, dialog)

    in_dialog(RecoveryDialog, work, bench.window.actions_table[ActionId.RESTORE_BACKUP].trigger)
    bench.wait(lambda: bench.session.document.path != project)
    assert bench.session.document.project.sequences[1].bookmarks == {}
    assert read_project(project).project == now


def test_work_in_the_window_is_backed_up_by_itself(bench: Bench, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(backing_up, "_FIRST_LOOK_MS", 50)
    bench.open(write_images(tmp_path / "other"))
    path = bench.session.document.path
    bench.wait(lambda: len(backups_of(path)) == 1)
    made = backups_of(path)[0]
    assert abs(datetime.now().astimezone() - made.made) < timedelta(minutes=2)
    assert read_project(made.path).project == bench.session.document.project
