"""Where videos and projects are found again."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from document_fixtures import new_document

from app.document.document import create_project, open_project
from app.document.source_path import find_source, project_path_for, relative_source


def clip(path: Path, size: int = 1000) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * size)
    return path


def test_a_folder_that_is_moved_as_a_whole_finds_its_video(tmp_path, qapp):
    clip(tmp_path / "a" / "clip.mp4")
    document, _ = new_document(tmp_path / "a" / "p.dimple")
    document.close()
    (tmp_path / "a").rename(tmp_path / "b")
    again = open_project(tmp_path / "b" / "p.dimple")
    assert Path(again.project.sequences[1].path) == tmp_path / "b" / "clip.mp4"
    again.close()


def test_a_project_that_moves_alone_finds_its_video(tmp_path, qapp):
    clip(tmp_path / "a" / "clip.mp4")
    document, _ = new_document(tmp_path / "a" / "p.dimple")
    document.close()
    (tmp_path / "b").mkdir()
    shutil.move(tmp_path / "a" / "p.dimple", tmp_path / "b")
    again = open_project(tmp_path / "b" / "p.dimple")
    assert Path(again.project.sequences[1].path) == tmp_path / "a" / "clip.mp4"
    again.close()


def test_a_video_elsewhere_is_found_over_the_parent_folder(tmp_path, qapp):
    video = clip(tmp_path / "a" / "videos" / "clip.mp4")
    (tmp_path / "a" / "projects").mkdir()
    document = create_project(tmp_path / "a" / "projects" / "p.dimple")
    document.add_sequence(video, "clip", 10, 20, 20, 25.0, 1000)
    document.close()
    (tmp_path / "a").rename(tmp_path / "b")
    again = open_project(tmp_path / "b" / "projects" / "p.dimple")
    assert Path(again.project.sequences[1].path) == tmp_path / "b" / "videos" / "clip.mp4"
    again.close()


def test_the_right_size_counts_more_than_the_place(tmp_path):
    wrong, right = clip(tmp_path / "here" / "clip.mp4", 5), clip(tmp_path / "there" / "clip.mp4", 1000)
    project = tmp_path / "here" / "p.dimple"
    assert find_source(project, "clip.mp4", str(right), 1000) == right
    assert find_source(project, "clip.mp4", str(right), 7) == wrong
    assert find_source(project, "gone.mp4", str(tmp_path / "gone.mp4"), 7) == tmp_path / "gone.mp4"
    assert find_source(project, None, str(right), 0) == right


def test_relative_paths_are_portable(tmp_path):
    project = tmp_path / "p" / "p.dimple"
    assert relative_source(tmp_path / "p" / "a" / "b.mp4", project) == "a/b.mp4"
    assert relative_source(tmp_path / "v.mp4", project) == "../v.mp4"


def test_a_project_lives_beside_its_source(tmp_path):
    video = clip(tmp_path / "clip.mp4")
    assert project_path_for(video) == tmp_path / "clip.mp4.dimple"
    assert project_path_for(clip(tmp_path / "clip.avi")) != project_path_for(video)
    (tmp_path / "frames").mkdir()
    assert project_path_for(tmp_path / "frames") == tmp_path / "frames.dimple"
    assert sorted(it.name for it in tmp_path.iterdir()) == ["clip.avi", "clip.mp4", "frames"]


def test_where_nothing_can_be_written_it_lives_in_the_data_folder(tmp_path, monkeypatch, private_home):
    video = clip(tmp_path / "clip.mp4")
    monkeypatch.setattr("app.document.source_path._is_writable", lambda folder: False)
    apart = project_path_for(video)
    assert apart.is_relative_to(private_home)
    assert apart.suffix == ".dimple"
    assert apart != project_path_for(clip(tmp_path / "other" / "clip.mp4"))
    clip(tmp_path / "clip.mp4.dimple")
    assert project_path_for(video) == tmp_path / "clip.mp4.dimple", "a project that exists is the one"


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no such folder there")
def test_a_folder_of_the_system_is_not_writable(tmp_path):
    from app.document.source_path import _is_writable

    assert _is_writable(tmp_path)
    assert not _is_writable(Path("/proc"))
    assert not _is_writable(tmp_path / "missing")


def test_a_video_shown_to_be_elsewhere_is_looked_for_there_from_then_on(tmp_path, qapp):
    document, _ = new_document(tmp_path / "p.dimple")
    moved = clip(tmp_path / "other" / "renamed.mp4")
    document.relocate_sequence(1, moved)
    document.close()
    again = open_project(tmp_path / "p.dimple")
    assert again.project.sequences[1].path == str(moved)
    again.close()
