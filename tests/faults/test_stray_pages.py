"""Rows come back from pages that no table leads to any more, and only what is on damaged pages is lost and told."""

from __future__ import annotations

import re
import shutil
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.document.attributes import Attribute, AttributeKind
from app.document.model import Keyframe, Project, Track
from app.document.project_file import DamagedFileError, read_project, write_project
from app.document.row_runs import without_runs
from app.document.row_shapes import table_of
from app.document.salvage import salvage
from bench.faults.starting_project import starting_project, write_starting_project
from tracker.geometry import BoundingBox

PAGE = 4096
TABLES = ("tracked_box", "keyframe", "keyframe_attribute", "track", "bookmark")


@pytest.fixture(scope="module")
def project() -> Project:
    """Large enough that each of TABLES has pages above its leaves; notes that go on on further pages."""
    made = starting_project()
    made.attributes[1] = Attribute(1, "colour", AttributeKind.TEXT, per_frame=True)
    made.sequences[2].note = "A long note. " * 2000
    made.sequences[1].bookmarks = {frame: f"bookmark {frame}" for frame in range(0, 1500, 3)}
    for number in range(100, 400):
        made.sequences[1].tracks[number] = Track(number, f"track number {number}", 1, z=number)
    keyframes = made.sequences[2].tracks[3].keyframes
    for frame in range(1, 300):
        keyframes[frame] = Keyframe(BoundingBox(frame, 1, 10, 10), attributes={1: f"colour {frame}"})
    return made


@pytest.fixture
def path(tmp_path, project) -> Path:
    write_project(tmp_path / "p.dimple", project)
    return tmp_path / "p.dimple"


@dataclass
class Tree:
    """Pages of a table, and the cells on those above the leaves."""

    interior: list[int] = field(default_factory=list)
    leaves: list[int] = field(default_factory=list)
    cells: dict[int, int] = field(default_factory=dict)


def tree_of(path: Path, table: str) -> Tree:
    connection = sqlite3.connect(path)
    (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    connection.close()
    content, found = path.read_bytes(), Tree()

    def walk(page: int) -> None:
        raw = content[(page - 1) * PAGE : page * PAGE]
        if raw[0] in (0x0A, 0x0D):
            found.leaves.append(page)
            return
        found.interior.append(page)
        found.cells[page] = int.from_bytes(raw[3:5])
        for cell in range(found.cells[page]):
            offset = int.from_bytes(raw[12 + 2 * cell : 14 + 2 * cell])
            walk(int.from_bytes(raw[offset : offset + 4]))
        walk(int.from_bytes(raw[8:12]))

    walk(root)
    return found


def spoil(path: Path, *pages: int, junk: bytes = b"\xff" * PAGE) -> None:
    content = bytearray(path.read_bytes())
    for page in pages:
        content[(page - 1) * PAGE : (page - 1) * PAGE + len(junk)] = junk
    path.write_bytes(content)


def salvaged(path: Path) -> tuple[Project, list[str]]:
    made = salvage(path, path.with_name("new.dimple"))
    return read_project(made.path).project, made.losses


def frames_told(losses: list[str], what: str) -> set[int]:
    told = set()
    for it in losses:
        if "if there were any" in it:
            continue
        found = re.fullmatch(rf"{what} of track \d+.* on frames (\d+)(?: to (\d+))? could not be read\.", it)
        assert found, it
        told |= set(range(int(found[1]), int(found[2] or found[1]) + 1))
    return told


def test_every_table_of_the_test_has_pages_above_its_leaves(path):
    for table in TABLES:
        assert tree_of(path, table).interior, table


@pytest.mark.parametrize("which", ["the top one", "all"])
@pytest.mark.parametrize(
    "junk",
    [pytest.param(b"\xff" * PAGE, id="page"), pytest.param(bytes(12), id="header", marks=pytest.mark.slow)],
)
def test_without_the_pages_above_them_the_tracked_boxes_of_all_leaves_come_back(path, project, which, junk):
    tree = tree_of(path, "tracked_box")
    lost_pages = tree.interior if which == "all" else tree.interior[:1]
    spoil(path, *lost_pages, junk=junk)
    with pytest.raises(DamagedFileError):
        read_project(path)
    after, losses = salvaged(path)
    old, new = project.track(1).boxes, after.track(1).boxes
    lost = set(old.frames().tolist()) - set(new.frames().tolist())
    assert 0 < len(lost) <= sum(tree.cells[it] for it in lost_pages), "only what was on the spoilt pages"
    assert all(old.get(frame) == new.get(frame) for frame in new.frames().tolist())
    assert frames_told(losses, "Tracked boxes") == lost
    others = "Tracked boxes of tracks 2 to 3, 100 to 399: if there were any, they could not be read."
    assert [it for it in losses if "if there were any" in it] == [others]
    assert after.sequences[2].tracks[3].keyframes == project.sequences[2].tracks[3].keyframes


def test_leaves_between_spoilt_leaves_come_back_though_the_top_is_gone_too(path, project):
    tree = tree_of(path, "tracked_box")
    spoil(path, tree.interior[0], *tree.leaves[10:12], *tree.leaves[20:21])
    after, losses = salvaged(path)
    old, new = project.track(1).boxes, after.track(1).boxes
    lost = set(old.frames().tolist()) - set(new.frames().tolist())
    assert len(lost) < 5 * len(old) / len(tree.leaves)
    assert lost <= frames_told(losses, "Tracked boxes")


def test_tracks_come_back_without_the_page_above_them(path, project):
    """Pages above the leaves of a table with ids hold no rows: nothing is lost."""
    (top,) = tree_of(path, "track").interior
    spoil(path, top)
    after, losses = salvaged(path)
    assert after == project
    assert all("Tracks" in it for it in losses)


@pytest.mark.parametrize("table", ["keyframe", "keyframe_attribute", "bookmark"])
def test_other_rows_come_back_without_the_page_above_them(path, project, table):
    (top,) = tree_of(path, table).interior
    cells = tree_of(path, table).cells[top]
    spoil(path, top)
    after, losses = salvaged(path)
    old, new = project.sequences[2].tracks[3].keyframes, after.sequences[2].tracks[3].keyframes
    before = {"keyframe": len(old), "bookmark": len(project.sequences[1].bookmarks)}
    found = {"keyframe": len(new), "bookmark": len(after.sequences[1].bookmarks)}
    with_values = [frame for frame, it in new.items() if it.attributes]
    assert before.get(table, len(old)) - found.get(table, len(with_values)) <= cells + 1
    assert {frame: it for frame, it in new.items() if it.attributes} == {it: old[it] for it in with_values}
    assert after.track(1).boxes == project.track(1).boxes
    assert losses


def test_without_its_first_page_all_comes_back(path, project):
    spoil(path, 1)
    after, losses = salvaged(path)
    assert after == project
    assert losses == ["The beginning of the file was damaged and has been taken from a new one."]


def test_without_its_first_page_and_a_top_what_is_on_the_leaves_comes_back(path, project):
    top, *_ = tree_of(path, "tracked_box").interior
    spoil(path, 1, top)
    after, losses = salvaged(path)
    assert len(project.track(1).boxes) - len(after.track(1).boxes) < 20
    assert losses[1:] == ["1 further parts of the file (4 KB each) could not be read."]
    assert after.sequences[2] == project.sequences[2]


def test_a_table_that_is_defined_in_no_text_does_not_end_it(path, project):
    """Found by damage that knows the format: SQLite's message of it is no text, either."""
    content = path.read_bytes()
    place = content.index(b"CREATE TABLE keyframe")
    path.write_bytes(content[: place + 30] + b"\xff\xff" + content[place + 32 :])
    after, _losses = salvaged(path)
    assert after.track(1).boxes == project.track(1).boxes


def test_a_file_that_was_lifted_comes_back_without_its_first_page(tmp_path):
    """Its tables begin on other pages than those of a new file."""
    path = tmp_path / "p.dimple"
    write_starting_project(path, 1)
    before = read_project(path).project
    spoil(path, 1)
    after, _losses = salvaged(path)
    assert after == before


def test_what_is_only_in_the_log_comes_back_without_the_first_page(tmp_path, path, project):
    """Killed while the file was open: the last edits are in the log."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute("UPDATE keyframe SET x = 77 WHERE frame = 5")
    connection.commit()
    (tmp_path / "killed").mkdir()
    for ending in ("", "-wal"):
        shutil.copy(f"{path}{ending}", tmp_path / "killed" / f"p.dimple{ending}")
    connection.close()
    killed = tmp_path / "killed" / "p.dimple"
    spoil(killed, 1)
    after, _losses = salvaged(killed)
    assert after.sequences[2].tracks[3].keyframes[5].box.x == 77
    assert after.track(1).boxes == project.track(1).boxes


def test_what_was_deleted_stays_deleted(path, project):
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA secure_delete = OFF")
    connection.execute("DELETE FROM tracked_box WHERE frame > 200")
    connection.commit()
    assert connection.execute("PRAGMA freelist_count").fetchone()[0] > 100
    connection.close()
    after, losses = salvaged(path)
    assert losses == []
    assert max(after.track(1).boxes.frames()) <= 200


def test_runs_are_taken_out_of_a_gap():
    assert without_runs((1, 9), 0, []) == [(1, 9)]
    assert without_runs((1, 9), 0, [((3,), (4,)), ((4,), (6,))]) == [(1, 2), (7, 9)]
    assert without_runs((0, 99), 2, [((1, 50), (3, 10))]) == []
    assert without_runs((0, 99), 2, [((1, 50), (2, 10)), ((2, 12), (2, 20)), ((2, 90), (3, 4))]) == [(11, 11), (21, 89)]
    assert without_runs((0, 99), 2, [((3, 0), (4, 0))]) == [(0, 99)]


def test_tables_that_look_alike_are_told_apart():
    def named(*rows, attributes=frozenset()):
        return table_of(rows, has_ids=False, attributes=attributes)

    box = (1, 5, 1.0, 2, 3, 4.5)
    assert named((*box, 0, 1)) == "keyframe", "of version 1: not occluded, visible"
    assert named((*box, 1, 0), (*box, 0.93, 1)) == "tracked_box"
    assert named((*box, 9, 9, 5, 5)) == "disputed_box"
    assert named(box) == "accepted_box"
    assert named((1, 5, None, None, None, None, 0, 1, 0)) == "keyframe"
    assert named((1, 1, "red"), attributes={1}) == "track_attribute"
    assert named((1, 1, "red")) == "bookmark"
    assert named((1, 1, 0.5), attributes={1}) == "track_attribute"
    assert named(("object", 1)) is None, "an index"


@pytest.mark.timeout(60)
def test_pages_that_are_led_to_again_and_again_do_not_keep_it_busy(path, project):
    """Each page above the leaves leads to one and the same below: as many rows as there are ways, if one went them."""
    tree = tree_of(path, "tracked_box")
    content = bytearray(path.read_bytes())
    for page in tree.interior:
        start = (page - 1) * PAGE
        below = next((it for it in tree.interior if it > page), tree.leaves[3])
        for cell in range(tree.cells[page]):
            offset = start + int.from_bytes(content[start + 12 + 2 * cell : start + 14 + 2 * cell])
            content[offset : offset + 4] = below.to_bytes(4)
        content[start + 8 : start + 12] = below.to_bytes(4)
    path.write_bytes(content)
    after, losses = salvaged(path)
    lost = len(project.track(1).boxes) - len(after.track(1).boxes)
    assert lost < 500
    assert losses or not lost
