"""Project files made to do harm: nothing of them runs, nothing beside them is written, nothing fills the memory."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from document_fixtures import new_document, tracked
from peak_memory import PRINT_PEAK

from app.document import schema, strange_file
from app.document.document import open_project
from app.document.project_file import read_project
from app.document.project_lock import ProjectLock
from app.document.salvage import salvage
from app.document.store import connect
from app.errors import AppError
from app.formats.export import export_project
from app.formats.registry import FORMATS, ExportTarget

_ROOT = Path(__file__).resolve().parents[2]
_KEPT = Path(__file__).parent / "kept" / "version-1.dimple"


@pytest.fixture
def project(tmp_path, qapp) -> Path:
    (tmp_path / "work").mkdir()
    document, track_id = new_document(tmp_path / "work" / "p.dimple")
    document.apply_tracked(track_id, 1, tracked())
    document.close()
    return document.path


def refused(path: Path, said: str) -> None:
    with pytest.raises(AppError, match=said) as caught:
        open_project(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def sql(path: Path, script: str) -> None:
    connection = sqlite3.connect(path)
    connection.executescript(script)
    connection.close()


@pytest.mark.parametrize("ending", ["-wal", "-shm", "-journal", ".lock"])
@pytest.mark.parametrize("make", [os.symlink, os.link], ids=["symbolic", "hard"])
def test_a_link_planted_beside_a_project_does_not_lead_into_another_file(project, tmp_path, ending, make):
    diary = tmp_path / "diary"
    diary.write_text("dear diary")
    make(diary, f"{project}{ending}")
    refused(project, "link")
    assert diary.read_text() == "dear diary"


def test_a_lock_is_never_made_through_a_link(tmp_path):
    (tmp_path / "p.dimple.lock").symlink_to(tmp_path / "new file")
    with pytest.raises(AppError, match="is a link"):
        ProjectLock(tmp_path / "p.dimple")
    assert not (tmp_path / "new file").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
@pytest.mark.timeout(20)
@pytest.mark.parametrize("ending", ["", "-wal"])
def test_a_pipe_does_not_keep_the_program_waiting(project, ending):
    if not ending:
        project.unlink()
    os.mkfifo(f"{project}{ending}")
    refused(project, "no plain file")


def test_a_file_of_absurd_size_is_not_copied(project, monkeypatch):
    with project.open("r+b") as file:
        file.truncate(strange_file.LARGEST_PROJECT + 1)  # a hole: it takes no room
    refused(project, "larger than 16 GB")


@pytest.mark.parametrize(
    "hidden",
    [
        "CREATE TRIGGER t AFTER UPDATE ON track BEGIN DELETE FROM track; END",
        "CREATE VIEW v AS SELECT load_extension('/tmp/x.so')",
        "CREATE INDEX i ON track (name)",
        "CREATE VIRTUAL TABLE f USING fts5 (a)",
    ],
)
def test_an_earlier_version_with_more_in_it_is_refused_before_it_is_lifted(tmp_path, qapp, hidden, monkeypatch):
    path = tmp_path / "p.dimple"
    shutil.copy(_KEPT, path)
    read_project(path)  # it is good as it is
    sql(path, hidden)
    monkeypatch.setattr(
        schema,
        "migrate",
        lambda connection, start, end=None, real=schema.migrate: (
            pytest.fail("lifted")
            if connection.execute("PRAGMA database_list").fetchone()[2]
            else real(connection, start, end)
        ),
    )
    refused(path, "not those of a project")


@pytest.mark.parametrize("version", [0, -1, -3])
def test_a_version_that_never_was_is_refused(tmp_path, qapp, version):
    path = tmp_path / "p.dimple"
    shutil.copy(_KEPT, path)
    sql(path, f"PRAGMA user_version = {version}")
    refused(path, "damaged|newer")


def test_a_version_that_never_was_is_refused_from_the_log_too(tmp_path, qapp):
    path, killed = tmp_path / "p.dimple", tmp_path / "killed"
    shutil.copy(_KEPT, path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA user_version = -1")
    killed.mkdir()
    for ending in ("", "-wal"):
        shutil.copy(f"{path}{ending}", killed)
    connection.close()
    refused(killed / "p.dimple", r"format -1")


def test_nothing_that_a_file_defines_runs_on_our_connections(tmp_path):
    path = tmp_path / "any.db"
    sql(
        path,
        "CREATE TABLE a (x); CREATE TABLE b (x); CREATE VIEW v AS SELECT x FROM a;"
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN INSERT INTO b VALUES (new.x); END;",
    )
    connection = connect(path)
    for statement in (
        "SELECT * FROM v",
        "INSERT INTO a VALUES (1)",
        "ATTACH ':memory:' AS other",
        "CREATE TEMP TRIGGER u AFTER INSERT ON b BEGIN DELETE FROM a; END",
        "CREATE VIRTUAL TABLE f USING fts5 (a)",
        "SELECT load_extension('x')",
    ):
        with pytest.raises(sqlite3.DatabaseError, match=r"prohibited|not authorized|too many attached"):
            connection.execute(statement)
    assert connection.execute("SELECT count(*) FROM b").fetchone() == (0,)
    with pytest.raises(sqlite3.DatabaseError):
        connection.execute("SELECT zeroblob(1000000000)")
    connection.close()


def test_deleting_still_takes_what_belongs_to_a_track(project):
    connection = connect(project)
    connection.execute("DELETE FROM track")
    assert connection.execute("SELECT count(*) FROM tracked_box").fetchone() == (0,)
    connection.close()


_LIMITED = """
import sys
from pathlib import Path
from app.document.project_file import read_project
from app.errors import AppError
try:
    read_project(Path(sys.argv[1]))
    print("read")
except AppError as error:
    print(error)
"""


def read_apart(path: Path) -> tuple[str, int]:
    """What becomes of a project in a process of its own, and the megabytes that it took."""
    done = subprocess.run(
        [sys.executable, "-c", _LIMITED + PRINT_PEAK, path],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    said, peak = done.stdout.splitlines()
    return said, int(peak)


def test_choices_nested_without_end_are_told_in_words(project):
    """Found by damage that knows the format: Python's JSON reader gives up with a RecursionError."""
    sql(project, f"INSERT INTO attribute VALUES (1, 'a', 'choice', '{'[' * 50_000}', 0, NULL, NULL)")
    refused(project, "attribute 1 is none")
    made = salvage(project, project.with_name("new.dimple"))
    assert made.boxes
    assert "Attributes: 1 contradicted the rest and are left out." in made.losses


@pytest.mark.parametrize("rate", ["9e999", "1e308", "5e-324", "0"])
def test_a_rate_that_cannot_be_is_that_of_pictures(project, tmp_path, rate):
    """Exports count frames of a second with it."""
    sql(project, f"UPDATE sequence SET fps = {rate}")
    read = read_project(project).project
    assert [it.fps for it in read.sequences.values()] == [25]
    for known in FORMATS:
        export_project(read, ExportTarget(known, tmp_path / f"{known.name}{known.suffix}"))


@pytest.mark.parametrize("options", ["mode=rw", "mode=ro&immutable=1"])
def test_every_connection_is_hardened(project, options):
    connection = connect(project, options)
    set_to = {"trusted_schema": 0, "cell_size_check": 1, "foreign_keys": 1}
    assert {it: connection.execute(f"PRAGMA {it}").fetchone()[0] for it in set_to} == set_to
    assert connection.execute("PRAGMA mmap_size").fetchone() in {None, (0,)}
    assert connection.getlimit(sqlite3.SQLITE_LIMIT_LENGTH) == 1 << 26
    assert connection.getlimit(sqlite3.SQLITE_LIMIT_ATTACHED) == 0
    connection.close()


def test_there_is_one_way_to_open_a_database():
    opening = [
        line.strip()
        for file in (_ROOT / "app").rglob("*.py")
        if file.name != "store.py"
        for line in file.read_text(encoding="utf-8").splitlines()
        if "sqlite3.connect(" in line
    ]
    assert opening
    assert all('":memory:"' in it for it in opening), opening


def test_spoilt_sql_of_a_project_is_told_in_one_line(project):
    data = project.read_bytes()
    place = data.index(b"CREATE TABLE keyframe")
    project.write_bytes(data[: place + 30] + b"`" + data[place + 31 :])
    with pytest.raises(AppError, match="damaged") as caught:
        read_project(project)
    assert "\n" not in str(caught.value)
    assert str(project) in str(caught.value)


def test_boxes_far_apart_do_not_fill_the_memory(project):
    sql(project, "UPDATE sequence SET frame_count = 10000000")
    few = "WITH RECURSIVE n (i) AS (VALUES (2) UNION ALL SELECT i + 1 FROM n WHERE i < {}) "
    add = (
        "INSERT INTO track SELECT i, 1, 1, '', i FROM n;"
        "INSERT INTO tracked_box SELECT id, f, 0, 0, 9, 9, 1, 0 FROM track, (SELECT 0 AS f UNION SELECT 9999999)"
        " WHERE id > 1;"
    )
    sql(project, (few + add).format(11))
    said, peak = read_apart(project)
    assert said == "read"
    assert peak < 400
    sql(project, f"DELETE FROM track WHERE id > 1; DELETE FROM tracked_box WHERE track_id > 1; {few.format(400)} {add}")
    said, peak = read_apart(project)
    assert "tracked boxes lie on" in said
    assert peak < 200
