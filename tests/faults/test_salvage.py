"""A damaged project gives back what can be read of it, into a new one, and says what is missing."""

from __future__ import annotations

import random
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from generated_projects import projects
from hypothesis import given, settings

from app.document.attributes import Attribute, AttributeKind
from app.document.model import Keyframe, Project, Sequence
from app.document.project_file import DamagedFileError, read_project, write_project
from app.document.salvage import salvage
from app.errors import AppError
from bench.faults.starting_project import starting_project, write_starting_project
from tracker.geometry import BoundingBox

PAGE = 4096


@pytest.fixture
def path(tmp_path) -> Path:
    project = starting_project()
    project.attributes[1] = Attribute(1, "colour", AttributeKind.CHOICE, ("red", "blue"))
    project.sequences[2].tracks[2].attributes[1] = "red"
    project.sequences[2].bookmarks = {5: "here"}
    for frame in range(1, 300):
        project.sequences[2].tracks[3].keyframes[frame] = Keyframe(BoundingBox(frame, 1, 10, 10))
    write_project(tmp_path / "p.dimple", project)
    return tmp_path / "p.dimple"


def root_page(path: Path, table: str) -> int:
    connection = sqlite3.connect(path)
    (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    connection.close()
    return page


def spoil(path: Path, page: int, junk: bytes = b"\xff" * PAGE) -> None:
    content = bytearray(path.read_bytes())
    content[(page - 1) * PAGE : page * PAGE] = junk
    path.write_bytes(content)


def leaves(path: Path, table: str) -> list[int]:
    """Pages that hold the rows of a table, in order."""
    content = path.read_bytes()
    found: list[int] = []

    def walk(page: int) -> None:
        raw = content[(page - 1) * PAGE : page * PAGE]
        if raw[0] in (0x0A, 0x0D):
            found.append(page)
            return
        cells = int.from_bytes(raw[3:5])
        for cell in range(cells):
            offset = int.from_bytes(raw[12 + 2 * cell : 14 + 2 * cell])
            walk(int.from_bytes(raw[offset : offset + 4]))
        walk(int.from_bytes(raw[8:12]))

    walk(root_page(path, table))
    return found


@settings(deadline=None, max_examples=8)
@given(projects())
def test_a_project_without_damage_comes_back_whole(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("whole")
    write_project(folder / "p.dimple", content)
    made = salvage(folder / "p.dimple", folder / "new.dimple")
    assert made.losses == []
    assert read_project(folder / "new.dimple").project == content
    assert read_project(folder / "new.dimple").last_ids == read_project(folder / "p.dimple").last_ids


@pytest.mark.parametrize("version", [1, 2])
def test_a_file_of_an_earlier_version_comes_back_whole(tmp_path, version):
    write_starting_project(tmp_path / "p.dimple", version)
    made = salvage(tmp_path / "p.dimple", tmp_path / "new.dimple")
    assert made.losses == []
    assert read_project(tmp_path / "new.dimple").project == read_project(tmp_path / "p.dimple").project


def test_a_page_of_tracked_boxes_costs_its_boxes_and_no_more(path, tmp_path):
    before = read_project(path).project
    pages = leaves(path, "tracked_box")
    spoil(path, pages[len(pages) // 2])
    with pytest.raises(DamagedFileError):
        read_project(path)
    spoiled = path.read_bytes()
    made = salvage(path, tmp_path / "new.dimple")
    assert path.read_bytes() == spoiled, "the damaged file stays as it is"
    after = read_project(made.path).project
    old, new = before.track(1).boxes, after.track(1).boxes
    lost = sorted(set(old.frames().tolist()) - set(new.frames().tolist()))
    assert 20 < len(lost) < 100
    assert all(old.get(frame) == new.get(frame) for frame in new.frames().tolist())
    assert made.losses == [f"Tracked boxes of track 1 “crowd” on frames {lost[0]} to {lost[-1]} could not be read."]
    assert replace(after.sequences[2]) == before.sequences[2]


def test_several_damaged_pages_cost_their_boxes_and_no_more(path, tmp_path):
    before = read_project(path).project.track(1).boxes
    pages = leaves(path, "tracked_box")
    chosen = random.Random(3).sample(pages[5:-5], 8)
    for page in chosen:
        spoil(path, page)
    made = salvage(path, tmp_path / "new.dimple")
    after = read_project(made.path).project.track(1).boxes
    assert len(before) - len(after) < 9 * len(before) / len(pages)
    assert 3 <= len(made.losses) <= 8


@pytest.mark.parametrize("table", ["sequence", "category", "track"])
def test_boxes_outlive_what_they_belong_to(path, tmp_path, table):
    before = read_project(path).project
    spoil(path, root_page(path, table))
    made = salvage(path, tmp_path / "new.dimple")
    after = read_project(made.path).project
    assert after.track(1).boxes == before.track(1).boxes
    assert dict(after.track(3).keyframes) == dict(before.track(3).keyframes)
    assert any("stands for it" in it for it in made.losses)
    assert any("recovered" in it.name for it in [*after.sequences.values(), *after.categories.values()]) or (
        table == "track" and after.track(1).name == "recovered 1"
    )


def test_a_file_without_its_beginning_comes_back(path, tmp_path):
    before = read_project(path).project
    spoil(path, 1, bytes(PAGE))
    with pytest.raises(DamagedFileError, match="not a DiMPLE project"):
        read_project(path)
    made = salvage(path, tmp_path / "new.dimple")
    assert read_project(made.path).project == before
    assert made.losses == ["The beginning of the file was damaged and has been taken from a new one."]


def test_a_file_that_was_cut_off_gives_its_first_part(path, tmp_path):
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 2 // 3])
    made = salvage(path, tmp_path / "new.dimple")
    assert 5_000 < made.boxes < 20_000
    assert made.losses
    assert read_project(made.path).project.sequences[2].name == "short"


def test_single_rows_that_make_no_sense_are_left_out(path, tmp_path):
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute("UPDATE keyframe SET w = -1 WHERE frame = 7")
    connection.execute("UPDATE tracked_box SET x = 9e999 WHERE frame = 8")
    connection.execute("UPDATE tracked_box SET x = 1e308 WHERE frame = 9")  # what earlier versions took for a box
    connection.execute("UPDATE track_attribute SET value = 'no such choice'")
    connection.execute("UPDATE category SET colour = CASE id WHEN 1 THEN 'red' ELSE '#a0b1c2' END")
    connection.commit()
    connection.close()
    made = salvage(path, tmp_path / "new.dimple")
    after = read_project(made.path).project
    assert 7 not in after.track(3).keyframes
    assert 8 not in after.track(1).boxes
    assert 9 not in after.track(1).boxes
    assert len(after.track(1).boxes) == 19_998
    assert [it.colour for it in after.categories.values()] == ["", "#a0b1c2"]
    assert len(made.losses) == 3


def test_what_belongs_to_what_cannot_be_is_left_out(path, tmp_path):
    """Found by damage that knows the format: no stand-in can be made for such an owner, or under such a name."""
    connection = sqlite3.connect(path)
    connection.execute("UPDATE keyframe SET track_id = -1 WHERE track_id = 3 AND frame = 7")
    connection.execute(f"UPDATE tracked_box SET track_id = {2**40} WHERE frame = 8")
    connection.execute("UPDATE track SET category_id = 9 WHERE id = 3")
    connection.execute("UPDATE category SET name = 'recovered 9' WHERE id = 2")
    connection.commit()
    connection.close()
    made = salvage(path, tmp_path / "new.dimple")
    after = read_project(made.path).project
    assert len(after.track(3).keyframes) == 299
    assert len(after.track(1).boxes) == 19_999
    assert after.categories[9].name.startswith("recovered 9 (")
    assert any("category 9" in it for it in made.losses)


@pytest.mark.parametrize("count", [12, pytest.param(150, marks=pytest.mark.slow)])
def test_any_damage_ends_with_a_project_or_a_sentence(path, tmp_path, count):
    good = path.read_bytes()
    chance = random.Random(count)
    for number in range(count):
        content = bytearray(good)
        for _ in range(chance.choice([1, 3, 20])):
            start = chance.randrange(len(content))
            length = chance.choice([1, 8, 512, PAGE, 20 * PAGE])
            content[start : start + length] = chance.randbytes(min(length, len(content) - start))
        if chance.random() < 0.2:
            del content[chance.randrange(len(content)) :]
        path.write_bytes(content)
        target = tmp_path / f"{number}.dimple"
        try:
            made = salvage(path, target)
        except AppError:
            assert not target.exists()
        else:
            assert isinstance(read_project(made.path).project, Project)
    path.write_bytes(b"SQLite format 3\0" + bytes(3 * PAGE))
    with pytest.raises(AppError, match="Nothing can be read"):
        salvage(path, tmp_path / "none.dimple")


def test_what_bears_a_tables_name_and_is_none_is_not_asked(tmp_path):
    path = tmp_path / "p.dimple"
    write_project(path, Project({1: Sequence(1, "clip", "/clip.mp4", 5, 10, 10, 25.0)}))
    connection = sqlite3.connect(path)
    connection.execute("DROP TABLE tracked_box")
    connection.execute(
        "CREATE VIEW tracked_box AS WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x FROM t) SELECT * FROM t"
    )
    connection.commit()
    connection.close()
    made = salvage(path, tmp_path / "new.dimple")
    assert read_project(made.path).project.sequences[1].name == "clip"
    assert made.boxes == 0
