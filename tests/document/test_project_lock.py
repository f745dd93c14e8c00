"""One program a project."""

from __future__ import annotations

import os

import pytest
from document_fixtures import new_document

from app.document import project_lock
from app.document.document import open_project
from app.document.project_lock import ProjectLock, require_unlocked
from app.errors import AppError


def test_the_second_one_gets_a_sentence_that_names_the_first(tmp_path):
    lock = ProjectLock(tmp_path / "p.dimple")
    with pytest.raises(AppError, match=f"process {os.getpid()} on "):
        ProjectLock(tmp_path / "p.dimple")
    lock.release()
    assert list(tmp_path.iterdir()) == []
    ProjectLock(tmp_path / "p.dimple").release()


def test_a_lock_file_that_was_left_behind_hinders_nobody(tmp_path):
    (tmp_path / "p.dimple.lock").write_text("process 1 on a machine that lost its power, with a very long name")
    lock = ProjectLock(tmp_path / "p.dimple")
    assert (tmp_path / "p.dimple.lock").read_text().startswith(f"process {os.getpid()} on ")
    lock.release()
    lock.release()


def test_a_removed_lock_file_is_not_taken_for_a_lock(tmp_path):
    """Between opening and locking the file its last owner may remove it: then the lock is worth nothing."""
    first = ProjectLock(tmp_path / "p.dimple")
    (tmp_path / "p.dimple.lock").unlink()
    second = ProjectLock(tmp_path / "p.dimple")
    with pytest.raises(AppError):
        ProjectLock(tmp_path / "p.dimple")
    second.release()
    first.release()


def test_through_a_link_it_is_the_same_project(tmp_path, qapp):
    document, _ = new_document(tmp_path / "p.dimple")
    (tmp_path / "link.dimple").symlink_to(tmp_path / "p.dimple")
    with pytest.raises(AppError, match="already open"):
        open_project(tmp_path / "link.dimple")
    document.close()


def test_asking_whether_it_is_open_makes_no_lock_that_a_kill_could_leave(tmp_path, monkeypatch):
    project = tmp_path / "p.dimple"
    lock = ProjectLock(project)
    with pytest.raises(AppError, match="already open in another DiMPLE"):
        require_unlocked(project)
    lock.release()
    monkeypatch.setattr(project_lock, "ProjectLock", lambda _project: pytest.fail("a lock was made"))
    require_unlocked(project)
