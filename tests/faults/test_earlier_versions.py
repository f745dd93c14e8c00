"""Files that earlier versions of the program wrote, kept as they were: read, brought up, copied, salvaged."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.document import schema
from app.document.attributes import Attribute, AttributeKind
from app.document.document import open_project
from app.document.model import Effort, Gap, Keyframe, SequenceState
from app.document.project_file import read_project
from app.document.salvage import salvage
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus

KEPT = Path(__file__).parents[1] / "document" / "kept"
VERSIONS = range(1, schema.VERSION)


@pytest.fixture(params=VERSIONS)
def old(request, tmp_path) -> Path:
    path = tmp_path / "p.dimple"
    shutil.copy(KEPT / f"version-{request.param}.dimple", path)
    assert int.from_bytes(path.read_bytes()[60:64]) == request.param
    return path


def test_there_is_a_kept_file_of_each_earlier_version():
    """Before the schema changes, keep a small file that the program of today has written."""
    assert sorted(it.name for it in KEPT.iterdir()) == [f"version-{it}.dimple" for it in VERSIONS]


def test_reading_leaves_it_and_opening_brings_it_up(old, qapp):
    before = old.read_bytes()
    last_ids, read = read_project(old).last_ids, read_project(old).project
    assert old.read_bytes() == before
    document = open_project(old)
    assert document.project == read
    assert document.new_track_id() == last_ids.track + 1 >= len(document.project.sequences[1].tracks)
    document.close()
    assert int.from_bytes(old.read_bytes()[60:64]) == schema.VERSION
    assert read_project(old).project == read
    assert [it.name for it in old.parent.iterdir()] == [old.name]


def test_nothing_is_lost_in_a_salvage(old, tmp_path):
    made = salvage(old, tmp_path / "new.dimple")
    assert made.losses == []
    assert read_project(made.path).project == read_project(old).project


def test_all_that_version_2_held_is_there(tmp_path):
    path = tmp_path / "p.dimple"
    shutil.copy(KEPT / "version-2.dimple", path)
    project = read_project(path).project
    clip, other = project.sequences.values()
    first, second = clip.tracks.values()
    assert dict(first.keyframes) == {
        0: Keyframe(BoundingBox(10, 20.5, 30, 40)),
        7: Keyframe(BoundingBox(1.5, 2.5, 30, 40), True, 0.25, Gap.INTERPOLATED, {2: True}),
        20: Keyframe(None),
    }
    assert first.boxes.frames().tolist() == [1, 2, 3, 8, 30]
    assert [(it.id, it.name, it.category_id, it.z) for it in (first, second)] == [
        (1, "first", 1, 2),
        (3, "second", 2, 1),
    ]
    assert first.attributes == {1: "blue"}
    assert project.attributes == {
        1: Attribute(1, "colour", AttributeKind.CHOICE, ("red", "blue"), default="red"),
        2: Attribute(2, "moving", AttributeKind.FLAG, per_frame=True),
    }
    assert clip.bookmarks == {9: "look here"}
    assert clip.effort == Effort(3, 2, 1, 12.5)
    assert (other.state, other.note) == (SequenceState.DONE, "two\nlines")
    assert read_project(path).last_ids.track == 3, "a number that was used once is used no more"
    assert (first.accepted, first.unlearned) == ({}, frozenset()), "version 3 brought these"


def test_all_that_version_4_held_is_there(tmp_path):
    path = tmp_path / "p.dimple"
    shutil.copy(KEPT / "version-4.dimple", path)
    project = read_project(path).project
    assert {it.name: it.colour for it in project.categories.values()} == {"cup": "#a0b1c2", "mug": ""}
    track = project.track(1)
    assert track.boxes.frames().tolist() == [1, 2, 3, 4, 5, 6, 7, 8]
    assert track.boxes.get(5).status is TrackStatus.UNCERTAIN
    assert [frame for frame in range(10) if track.is_accepted(frame)] == [4]
    assert track.unlearned == {9}
    assert track.disputed == {}, "version 5 brought this"
