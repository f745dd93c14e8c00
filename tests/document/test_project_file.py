"""Creating, reading and refusing project files."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from document_fixtures import key, new_document, tracked
from generated_projects import projects
from hypothesis import given, settings

from app.document import schema
from app.document.attributes import AttributeKind
from app.document.commands import DefineAttribute, RenameTrack, SetFrameValue, SetKeyframe, SetTrackValue
from app.document.document import create_project, open_project
from app.document.model import Effort, Keyframe, Project
from app.document.project_file import read_project, write_project
from app.document.store import StorageError
from app.errors import AppError
from tracker.geometry import BoundingBox


def state_of(folder: Path) -> dict[str, bytes]:
    return {it.name: it.read_bytes() for it in folder.iterdir()}


@pytest.fixture
def project(tmp_path, qapp) -> Path:
    """A closed project with a Track, a Keyframe, a tracked box and one of everything else."""
    folder = tmp_path / "work"
    folder.mkdir()
    document, track_id = new_document(folder / "p.dimple")
    document.apply_tracked(track_id, 1, tracked())
    colour = DefineAttribute(document, "colour", AttributeKind.CHOICE, ("red", "blue"))
    document.push(colour)
    document.push(SetTrackValue(document, track_id, colour.attribute_id, "blue"))
    moving = DefineAttribute(document, "moving", AttributeKind.FLAG, per_frame=True)
    document.push(moving)
    document.push(SetFrameValue(document, track_id, 0, moving.attribute_id, True))
    document.put_bookmark(1, 3, "look")
    document.put_effort(1, Effort(1, 2, 3, 4.5))
    document.close()
    return document.path


@settings(deadline=None, max_examples=50)
@given(projects())
def test_a_written_project_is_read_as_it_was(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("round") / "p.dimple"
    write_project(path, content)
    loaded = read_project(path)
    assert loaded.project == content
    highest = max((it for sequence in content.sequences.values() for it in sequence.tracks), default=0)
    assert loaded.last_ids == (len(content.sequences), len(content.categories), highest, len(content.attributes))
    assert [it.effort for it in loaded.project.sequences.values()] == [it.effort for it in content.sequences.values()]
    assert [it.name for it in path.parent.iterdir()] == ["p.dimple"]


@pytest.mark.parametrize("name", ["a b.dimple", "käse 🧀 #?%41&mode=ro.dimple", "'; DROP TABLE track.dimple", "-p"])
def test_names_of_files_are_only_names(tmp_path, qapp, name):
    document, _ = new_document(tmp_path / name)
    shown = document.project
    document.close()
    assert [it.name for it in tmp_path.iterdir()] == [name]
    again = open_project(tmp_path / name)
    assert again.project == shown
    again.close()


def test_nothing_is_left_beside_a_closed_project(project):
    assert [it.name for it in project.parent.iterdir()] == ["p.dimple"]


def test_the_file_names_its_kind_and_version(project):
    header = project.read_bytes()[:100]
    assert header[68:72] == b"DiMP"
    assert int.from_bytes(header[60:64]) == schema.VERSION == 5


def test_an_existing_file_is_never_overwritten_by_create(project):
    before = state_of(project.parent)
    with pytest.raises(AppError, match="exists already"):
        create_project(project)
    assert state_of(project.parent) == before


@pytest.mark.parametrize("where", ["missing/p.dimple", "file/p.dimple"])
def test_create_needs_a_folder(tmp_path, where):
    (tmp_path / "file").write_text("")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(AppError, match="no folder"):
        create_project(tmp_path / where)
    assert sorted(tmp_path.rglob("*")) == before


def set_header(path: Path, offset: int, number: int) -> None:
    content = bytearray(path.read_bytes())
    content[offset : offset + 4] = number.to_bytes(4)
    path.write_bytes(content)


def sql(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda path: path.unlink(), "no project"),
        (lambda path: path.write_text("hello"), "not a DiMPLE project"),
        (lambda path: path.write_bytes(b""), "not a DiMPLE project"),
        (lambda path: (path.unlink(), path.mkdir()), "cannot be read"),
        (lambda path: set_header(path, 68, 7), "not a DiMPLE project"),
        (lambda path: set_header(path, 60, 99), "newer DiMPLE"),
        (lambda path: path.write_bytes(path.read_bytes()[:5000]), "damaged"),
        (lambda path: path.write_bytes(path.read_bytes()[:4096] + os.urandom(20000)), "damaged"),
        (lambda path: sql(path, "CREATE TABLE more (x)"), "damaged"),
        (lambda path: sql(path, "CREATE TRIGGER t AFTER INSERT ON track BEGIN DELETE FROM track; END"), "damaged"),
        (lambda path: sql(path, "DROP TABLE keyframe"), "damaged"),
        (
            lambda path: sql(path, "DELETE FROM keyframe_attribute", "UPDATE keyframe SET frame = 1000"),
            "keyframe on frame 1000",
        ),
        (lambda path: sql(path, "UPDATE keyframe SET x = -9e999"), "keyframe on frame 0"),
        (lambda path: sql(path, "UPDATE keyframe SET x = 1e308"), "keyframe on frame 0"),
        (lambda path: sql(path, "UPDATE keyframe SET x = NULL"), "keyframe on frame 0"),
        (lambda path: sql(path, "UPDATE keyframe SET visibility = 7"), "keyframe on frame 0"),
        (lambda path: sql(path, "UPDATE tracked_box SET frame = 9999999999"), "tracked box that is none"),
        (lambda path: sql(path, "UPDATE tracked_box SET frame = -1"), "tracked box that is none"),
        (lambda path: sql(path, "UPDATE tracked_box SET x = 9e999"), "tracked box that is none"),
        (lambda path: sql(path, "UPDATE tracked_box SET w = 1e308"), "tracked box that is none"),
        (lambda path: sql(path, "UPDATE tracked_box SET w = -1"), "tracked box that is none"),
        (lambda path: sql(path, "UPDATE tracked_box SET score = 1e300"), "tracked box that is none"),
        (lambda path: sql(path, "UPDATE tracked_box SET status = 256"), "tracked box that is none"),
        (lambda path: sql(path, "INSERT INTO disputed_box VALUES (1, 9999999, 1, 1, 5, 5, 9, 9, 5, 5)"), "disputed"),
        (lambda path: sql(path, "INSERT INTO disputed_box VALUES (1, 1, 9e999, 1, 5, 5, 9, 9, 5, 5)"), "disputed"),
        (lambda path: sql(path, "INSERT INTO disputed_box VALUES (1, 1, 1, 1, 5, 5, 9, 9, 5, 1e308)"), "disputed"),
        (lambda path: sql(path, "UPDATE sequence SET frame_count = 1 << 40"), "no sequence"),
        (lambda path: sql(path, "UPDATE sequence SET width = 0"), "no sequence"),
        (lambda path: sql(path, "UPDATE category SET id = -1", "UPDATE track SET category_id = -1"), "no id"),
        (lambda path: sql(path, "UPDATE track SET sequence_id = 5"), "not there"),
        (lambda path: sql(path, "UPDATE sqlite_sequence SET seq = 1 << 62"), "count of ids"),
        (lambda path: sql(path, "UPDATE keyframe SET gap = 2"), "keyframe on frame 0"),
        (lambda path: sql(path, "UPDATE sequence SET state = 3"), "no state"),
        (lambda path: sql(path, "UPDATE bookmark SET frame = 1000"), "bookmark on a frame"),
        (lambda path: sql(path, "UPDATE effort SET seconds = 9e999"), "effort that is none"),
        (lambda path: sql(path, "UPDATE effort SET drawn = -1"), "effort that is none"),
        (lambda path: sql(path, "UPDATE attribute SET kind = 'colour'"), "attribute 1 is none"),
        (lambda path: sql(path, "UPDATE attribute SET choices = '[1'"), "attribute 1 is none"),
        (lambda path: sql(path, "UPDATE attribute SET choices = '[1]'"), "choices that are none"),
        (lambda path: sql(path, "UPDATE attribute SET choices = '[]'"), "contradicts itself"),
        (lambda path: sql(path, "UPDATE attribute SET default_value = 7"), "cannot have"),
        (lambda path: sql(path, "UPDATE track_attribute SET value = 'green'"), "cannot have"),
        (lambda path: sql(path, "UPDATE track_attribute SET attribute_id = 2, value = 1"), "cannot have"),
        (lambda path: sql(path, "UPDATE keyframe_attribute SET value = 2"), "cannot have"),
        (lambda path: sql(path, "UPDATE keyframe_attribute SET frame = 5"), "not there"),
        (lambda path: sql(path, "UPDATE track SET z = 1 << 40"), "place in the order"),
    ],
)
def test_a_file_that_is_no_good_project_is_refused_and_left_alone(project, qapp, spoil, said):
    spoil(project)
    before = None if project.is_dir() else state_of(project.parent)
    with pytest.raises(AppError, match=said) as caught:
        open_project(project)
    assert "\n" not in str(caught.value)
    assert str(project) in str(caught.value)
    if before is not None:
        assert state_of(project.parent) == before


def test_a_newer_version_known_only_from_the_log_is_refused_and_left_alone(project, tmp_path):
    connection = sqlite3.connect(project)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA user_version = 99")
    killed = tmp_path / "killed"
    killed.mkdir()
    for suffix in ("", "-wal"):
        shutil.copy(f"{project}{suffix}", killed)
    connection.close()
    before = state_of(killed)
    assert before["p.dimple-wal"]
    with pytest.raises(AppError, match="newer DiMPLE"):
        open_project(killed / "p.dimple")
    assert state_of(killed) == before


def test_every_byte_flip_is_refused_or_harmless(project):
    """Whatever is broken, the answer is a project or a sentence, in no time and with nothing changed."""
    good = project.read_bytes()
    for offset in [*range(0, 120, 3), *range(4096, len(good), 397)]:
        spoiled = bytearray(good)
        spoiled[offset] ^= 0xFF
        project.write_bytes(spoiled)
        with contextlib.suppress(AppError):
            assert isinstance(read_project(project).project, Project)
        assert project.read_bytes() == spoiled


def test_a_file_of_an_earlier_version_is_brought_up(project, qapp, monkeypatch):
    shown = read_project(project).project
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, "CREATE TABLE note (text TEXT) STRICT;"))
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    before = state_of(project.parent)
    assert read_project(project).project == shown
    assert state_of(project.parent) == before, "reading alone changes nothing"
    document = open_project(project)
    assert document.project == shown
    document.close()
    connection = sqlite3.connect(project)
    assert connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
    assert connection.execute("SELECT count(*) FROM note").fetchone() == (0,)
    connection.close()


def test_a_migration_that_fails_leaves_the_file_as_it_was(project, monkeypatch):
    broken = "CREATE TABLE note (text TEXT) STRICT; INSERT INTO nowhere VALUES (1);"
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, broken))
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    before = state_of(project.parent)
    with pytest.raises(AppError, match="damaged"):
        open_project(project)
    assert state_of(project.parent) == before


def test_a_file_of_version_3_that_was_kept_has_categories_without_colours(tmp_path, qapp):
    path = tmp_path / "p.dimple"
    shutil.copy(Path(__file__).parent / "kept" / "version-3.dimple", path)
    document = open_project(path)
    assert [(it.name, it.colour) for it in document.project.categories.values()] == [("cup", ""), ("mug", "")]
    assert dict(document.track(1).keyframes) == {0: Keyframe(BoundingBox(1, 2, 3, 4)), 5: Keyframe(None)}
    document.close()
    assert int.from_bytes(path.read_bytes()[60:64]) == schema.VERSION


def test_a_file_of_version_1_that_was_kept_is_read_and_brought_up(tmp_path, qapp):
    path = tmp_path / "p.dimple"
    shutil.copy(Path(__file__).parent / "kept" / "version-1.dimple", path)
    read = read_project(path).project
    document = open_project(path)
    assert document.project == read
    first, second = document.project.sequences[1].tracks.values()
    assert dict(first.keyframes) == {
        0: key(),
        7: Keyframe(BoundingBox(1.5, 2.5, 30, 40), True, 0.25),
        20: Keyframe(None),
    }
    assert first.boxes.frames().tolist() == [1, 2, 3, 8, 30]
    assert (first.name, second.name, second.category_id) == ("first", "second", 2)
    assert [track.z for track in (first, second)] == [1, 2], "painted by id, as it was"
    assert document.project.sequences[1].name == "clip"
    assert document.new_track_id() == 4
    document.close()
    assert int.from_bytes(path.read_bytes()[60:64]) == schema.VERSION
    assert read_project(path).project == read


@pytest.fixture
def as_nobody(project):
    """The project as somebody sees it who may read, but write nothing."""
    folder = Path("/tmp") / f"dimple-read-only-{os.getpid()}"
    shutil.copytree(project.parent, folder)
    folder.chmod(0o755)
    (folder / "p.dimple").chmod(0o644)
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    else:
        (folder / "p.dimple").chmod(0o444)
        folder.chmod(0o555)
    yield folder / "p.dimple"
    if is_root:
        os.seteuid(0)
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.skipif(os.name == "nt", reason="permissions of folders work otherwise there")
def test_where_nothing_may_be_written_a_project_opens_for_reading(as_nobody, qapp):
    before = state_of(as_nobody.parent)
    document = open_project(as_nobody)
    assert document.read_only
    assert len(document.track(1).boxes) == 1
    for change in (
        lambda: document.push(RenameTrack(document, 1, "x")),
        lambda: document.apply_tracked(1, 2, tracked()),
        lambda: document.add_sequence("/x.mp4", "x", 1, 1, 1, 1.0),
    ):
        with pytest.raises(AppError, match="can only be read"):
            change()
    assert document.track(1).name == "first"
    document.close()
    with pytest.raises(StorageError, match="may not be written"):
        create_project(as_nobody.with_name("new.dimple"))
    assert state_of(as_nobody.parent) == before


def test_an_old_log_does_not_get_into_a_new_file(project, qapp):
    """A project was deleted by hand, its log stayed: the new project of that name starts empty."""
    document = open_project(project)
    document.push(SetKeyframe(document, 1, 9, key()))
    log = Path(f"{project}-wal").read_bytes()
    document.close()
    project.unlink()
    Path(f"{project}-wal").write_bytes(log)
    document = create_project(project)
    assert document.project == Project()
    document.close()
    assert read_project(project).project == Project()
