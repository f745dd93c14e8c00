"""Backups: made when due, a few kept, good ones never pushed out by a damaged file, put back as new files."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.document import backup
from app.document.backup import DAYS, LATEST, Backup, back_up, backup_folder, backups_of, is_due, kept, restore
from app.document.commands import AddCategory, SetBookmark
from app.document.document import open_project
from app.document.project_file import read_project
from app.errors import AppError
from app.views.backing_up import BackingUp
from bench.faults.starting_project import write_starting_project

MORNING = datetime(2026, 11, 27, 8, 0).astimezone()


def silent(_done: int, _total: int) -> None: ...


@pytest.fixture
def document(tmp_path, qapp):
    (tmp_path / "work").mkdir()
    write_starting_project(tmp_path / "work" / "clip.dimple")
    document = open_project(tmp_path / "work" / "clip.dimple")
    yield document
    document.close()


def test_a_backup_of_a_project_at_work_is_that_moment(document):
    document.push(SetBookmark(document, 2, 1, "before"))
    made = back_up(document.path, MORNING, silent)
    then = read_project(document.path).project
    document.push(SetBookmark(document, 2, 2, "after"))
    assert backups_of(document.path) == [made]
    assert read_project(made.path).project == then
    assert not str(made.path).startswith(str(document.path.parent))
    assert sorted(it.name for it in backup_folder(document.path).iterdir()) == [
        "0001 2026-11-27 08-00.dimple",
        "project.txt",
    ]
    assert (backup_folder(document.path) / "project.txt").read_text() == f"{document.path}\n"


def test_nothing_new_makes_no_generation(document):
    assert back_up(document.path, MORNING, silent) is not None
    assert back_up(document.path, MORNING + timedelta(days=1), silent) is None
    document.push(AddCategory(document, "new"))
    assert back_up(document.path, MORNING + timedelta(days=2), silent) is not None
    assert len(backups_of(document.path)) == 2


def test_a_clock_that_is_set_back_pushes_nothing_out_and_stops_nothing(document):
    for step, hours in enumerate([0, 48, -72, -71, 400]):
        document.push(AddCategory(document, f"category {step}"))
        now = MORNING + timedelta(hours=hours)
        assert is_due(backups_of(document.path), now)
        assert back_up(document.path, now, silent) is not None
    found = backups_of(document.path)
    assert [it.number for it in found] == [5, 4, 3, 2, 1]
    assert "category 4" in [it.name for it in read_project(found[0].path).project.categories.values()]


@given(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=60))
def test_kept_are_the_latest_and_the_last_of_each_of_the_latest_days(minutes):
    made = [Backup(Path("x"), number, MORNING + timedelta(minutes=it), 1) for number, it in enumerate(minutes)][::-1]
    left = kept(made)
    assert left[:LATEST] == made[:LATEST]
    assert len(left) <= LATEST + DAYS
    assert left == sorted(left, key=lambda it: -it.number)
    newest_of_day = {it.made.date(): it for it in made[::-1]}
    assert sum(it in newest_of_day.values() for it in left) >= min(DAYS, len(newest_of_day))
    # one by one as the program does it, nothing is lost that was to be kept
    rolling: list[Backup] = []
    for it in made[::-1]:
        rolling = kept([it, *rolling])
    assert set(rolling) == set(left) or len(rolling) <= LATEST + DAYS


def test_generations_are_few(document):
    for number in range(20):
        document.push(AddCategory(document, f"category {number}"))
        back_up(document.path, MORNING + timedelta(hours=5 * number), silent)
    assert len(backups_of(document.path)) <= LATEST + DAYS
    assert backups_of(document.path)[0].number == 20


def test_a_damaged_file_pushes_no_good_backup_out(document, tmp_path):
    good = back_up(document.path, MORNING, silent)
    path = document.path
    document.close()
    content = bytearray(path.read_bytes())
    content[20 * 4096 : 40 * 4096] = os.urandom(20 * 4096)
    path.write_bytes(content)
    with pytest.raises(AppError, match="damaged on its disk"):
        back_up(path, MORNING + timedelta(days=1), silent)
    assert backups_of(path) == [good]
    assert len(list(backup_folder(path).iterdir())) == 2


def test_where_no_backup_can_be_written_that_is_a_sentence(document, monkeypatch):
    folder = backup_folder(document.path)
    folder.parent.mkdir(parents=True)
    folder.write_text("in the way")
    with pytest.raises(AppError, match="No backup"):
        back_up(document.path, MORNING, silent)
    assert backups_of(document.path) == []


def test_calling_it_off_leaves_nothing(document):
    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        back_up(document.path, MORNING, stop)
    assert [it.name for it in backup_folder(document.path).iterdir()] == ["project.txt"]


def test_a_backup_is_put_back_beside_the_project_which_stays(document):
    made = back_up(document.path, MORNING, silent)
    document.push(AddCategory(document, "later"))
    now = read_project(document.path).project
    first, second = restore(made, document.path), restore(made, document.path)
    assert first.name == "clip from 2026-11-27 08-00.dimple"
    assert second.name == "clip from 2026-11-27 08-00 2.dimple"
    assert read_project(document.path).project == now
    restored = open_project(first)
    assert "later" not in [it.name for it in restored.project.categories.values()]
    assert not restored.read_only
    restored.close()


def test_the_open_project_is_backed_up_by_itself_once_and_again_when_it_has_changed(document, qtbot, monkeypatch):
    monkeypatch.setattr(backup, "INTERVAL", timedelta())  # always due
    backing_up = BackingUp(document)
    try:
        backing_up.look()
        qtbot.waitUntil(lambda: len(backups_of(document.path)) == 1)
        qtbot.waitUntil(lambda: not backing_up._background.is_busy)
        backing_up.look()
        assert not backing_up._background.is_busy, "nothing has changed"
        document.push(AddCategory(document, "new"))
        backing_up.look()
        qtbot.waitUntil(lambda: len(backups_of(document.path)) == 2)
    finally:
        backing_up.close()


def test_a_backup_that_fails_is_told_once_and_tried_again(document, qtbot):
    backup_folder(document.path).parent.mkdir(parents=True)
    backup_folder(document.path).write_text("in the way")
    backing_up = BackingUp(document)
    told: list[str] = []
    backing_up.failed.connect(told.append)
    try:
        for _ in range(2):
            backing_up.look()
            qtbot.waitUntil(lambda: not backing_up._background.is_busy)
        assert len(told) == 1
        backup_folder(document.path).unlink()
        backing_up.look()
        qtbot.waitUntil(lambda: len(backups_of(document.path)) == 1)
    finally:
        backing_up.close()
