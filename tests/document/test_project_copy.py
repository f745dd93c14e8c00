"""A copy of an open project is whole, finds its videos from where it lies, and leaves the project alone."""

from __future__ import annotations

import pytest
from document_fixtures import key, new_document, tracked

from app.document.commands import SetKeyframe
from app.document.document import open_project
from app.document.project_copy import CopyCancelledError, copy_project
from app.document.project_file import read_project
from app.errors import AppError


@pytest.fixture
def opened(tmp_path, qapp):
    (tmp_path / "clip.mp4").write_bytes(b"x" * 1000)
    document, track_id = new_document(tmp_path / "p.dimple")
    document.apply_tracked(track_id, 1, tracked())
    document.flush()
    yield document, track_id
    document.close()


def paths(document) -> dict[int, str]:
    return {number: sequence.path for number, sequence in document.project.sequences.items()}


def test_a_copy_of_an_open_project_is_equal_and_opens(opened, tmp_path):
    document, track_id = opened
    elsewhere = tmp_path / "deep" / "er"
    elsewhere.mkdir(parents=True)
    told = []
    copy_project(document.path, elsewhere / "c.dimple", paths(document), lambda *it: told.append(it))
    document.push(SetKeyframe(document, track_id, 9, key()))
    copy = open_project(elsewhere / "c.dimple")
    assert 9 not in copy.track(track_id).keyframes
    assert copy.project.sequences[1].path == str(tmp_path / "clip.mp4")
    assert copy.project.sequences[1].tracks[track_id].boxes == document.track(track_id).boxes
    assert copy.new_track_id() == document.new_track_id()
    copy.close()
    assert told[-1][0] == told[-1][1] > 0
    assert sorted(it.name for it in elsewhere.iterdir()) == ["c.dimple"]


def test_calling_it_off_leaves_nothing_and_what_was_there(opened, tmp_path):
    document, _ = opened
    target = tmp_path / "c.dimple"
    target.write_text("mine")

    def stop(_done: int, _total: int) -> None:
        raise CopyCancelledError

    with pytest.raises(CopyCancelledError):
        copy_project(document.path, target, paths(document), stop)
    assert target.read_text() == "mine"
    assert not list(tmp_path.glob(".*part*"))


def test_what_cannot_be_is_said_in_words(opened, tmp_path):
    document, _ = opened
    other, _ = new_document(tmp_path / "other.dimple")
    before = read_project(other.path).project
    for target, said in (
        (document.path, "itself"),
        (tmp_path / "nowhere" / "c.dimple", "no folder"),
        (other.path, "open"),
    ):
        with pytest.raises(AppError, match=said):
            copy_project(document.path, target, paths(document), lambda *_it: None)
    assert read_project(other.path).project == before
    other.close()
