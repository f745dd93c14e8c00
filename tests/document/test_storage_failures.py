"""While the disk does not take it, work goes on in memory; when it does again, everything is written."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from pathlib import Path

import pytest
from document_fixtures import FRAMES, key, new_document, tracked

from app.document import store, write_through
from app.document.commands import (
    AddTrack,
    ApplyPropagation,
    DefineAttribute,
    DeleteKeyframe,
    ImportTracks,
    RemoveAttribute,
    RemoveTrack,
    SetFrameValue,
    SetKeyframe,
    SetTrackValue,
)
from app.document.document import open_project
from app.document.model import AttributeKind, Track
from app.document.project_file import read_project
from app.document.tracked_boxes import TrackedBoxes


@pytest.fixture
def opened(tmp_path, qapp, monkeypatch):
    monkeypatch.setattr(write_through, "RETRY_MS", 20)
    folder = tmp_path / "work"
    folder.mkdir()
    document, track_id = new_document(folder / "p.dimple")
    sentences: list[str] = []
    document.storage_failed.connect(sentences.append)
    yield document, track_id, sentences
    document.close()


def fill_disk(document) -> None:
    """The file may grow by no page: SQLite says "full", as it does for a full disk."""
    connection = document._file._store._connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")


def free_disk(document) -> None:
    document._file._store._connection.execute("PRAGMA max_page_count = 1000000")


def test_a_full_disk_loses_nothing(opened, qtbot):
    document, track_id, sentences = opened
    fill_disk(document)
    for frame in range(1, FRAMES):
        document.apply_tracked(track_id, frame, tracked(frame))
    document.flush()
    document.push(SetKeyframe(document, track_id, 50, key(1)))
    for frame in range(1, FRAMES):
        document.apply_tracked(track_id, frame, tracked(frame + 0.5))
    document.flush()
    assert len(sentences) == 1, "one sentence for the whole spell"
    assert "full" in sentences[0]
    assert document.has_unwritten
    assert read_project(document.path).project != document.project
    free_disk(document)
    qtbot.waitUntil(lambda: not document.has_unwritten, timeout=5000)
    assert read_project(document.path).project == document.project
    document.undo_stack.undo()
    assert read_project(document.path).project == document.project
    assert len(sentences) == 1


def test_what_waits_for_the_disk_is_written_as_it_was_whatever_has_become_of_it_since(opened, qtbot):
    """Rows of many tracks are made when they are written, which may be much later."""
    document, track_id, _sentences = opened
    fill_disk(document)
    for frame in range(FRAMES):
        document.apply_tracked(track_id, frame, tracked(frame))
    document.flush()
    assert document.has_unwritten
    boxes = TrackedBoxes()
    for frame in range(20, 30):
        boxes.set(frame, tracked(frame))
    came = [Track(70 + i, f"far {i}", 1, {10: key(i), 40: key(9)}, boxes.copy()) for i in range(3)]
    document.push(ImportTracks(document, [], [], [(1, track) for track in came]))
    colour = DefineAttribute(document, "colour", AttributeKind.TEXT)
    document.push(colour)
    seen = DefineAttribute(document, "seen", AttributeKind.FLAG, per_frame=True)
    document.push(seen)
    document.push(SetKeyframe(document, 70, 11, key(5)))
    document.push(SetTrackValue(document, 70, colour.attribute_id, "red"))
    document.push(SetFrameValue(document, 71, 10, seen.attribute_id, True))
    document.apply_tracked(71, 25, tracked(1))
    document.apply_tracked(71, 31, tracked(2))
    document.push(ApplyPropagation(document, 72, 22, 26, TrackedBoxes(), boxes.copy()))
    document.push(DeleteKeyframe(document, 72, 40))
    document.push(RemoveAttribute(document, colour.attribute_id))
    document.undo_stack.undo()
    document.flush()
    free_disk(document)
    qtbot.waitUntil(lambda: not document.has_unwritten, timeout=5000)
    assert read_project(document.path).project == document.project
    assert document.track(70).attributes == {colour.attribute_id: "red"}


def test_closing_while_it_cannot_be_written_keeps_what_was_there(opened):
    document, track_id, sentences = opened
    before = read_project(document.path).project
    fill_disk(document)
    for frame in range(1, FRAMES):
        document.apply_tracked(track_id, frame, tracked(frame))
    document.close()
    assert "full" in sentences[0]
    again = open_project(document.path)
    assert again.project == before
    again.close()


def test_a_deleted_file_is_written_anew(opened, qtbot):
    document, track_id, sentences = opened
    document.apply_tracked(track_id, 1, tracked())
    document.flush()
    document.path.unlink()
    document.push(SetKeyframe(document, track_id, 2, key()))
    assert not document.has_unwritten
    assert sentences == []
    assert read_project(document.path).project == document.project
    document.push(SetKeyframe(document, track_id, 3, key()))
    assert read_project(document.path).project == document.project


def test_a_folder_that_goes_and_comes_back(opened, qtbot, tmp_path):
    document, track_id, sentences = opened
    away = tmp_path / "away"
    document.path.parent.rename(away)
    document.push(SetKeyframe(document, track_id, 2, key()))
    document.push(RemoveTrack(document, track_id))
    assert len(sentences) == 1
    assert str(document.path) in sentences[0]
    assert document.has_unwritten
    document.undo_stack.undo()
    document.path.parent.mkdir()
    qtbot.waitUntil(lambda: not document.has_unwritten, timeout=5000)
    assert read_project(document.path).project == document.project


def test_another_file_in_its_place_is_not_touched(opened, qtbot):
    document, track_id, sentences = opened
    moved = document.path.with_name("moved.dimple")
    document.path.rename(moved)
    document.path.write_text("mine")
    document.push(SetKeyframe(document, track_id, 2, key()))
    assert "another file" in sentences[0]
    assert document.path.read_text() == "mine"
    document.path.unlink()
    qtbot.waitUntil(lambda: not document.has_unwritten, timeout=5000)
    assert read_project(document.path).project == document.project


def test_a_file_that_another_program_holds(opened, qtbot):
    document, track_id, sentences = opened
    document._file._store._connection.execute("PRAGMA busy_timeout = 0")
    other = sqlite3.connect(document.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    document.push(SetKeyframe(document, track_id, 2, key()))
    assert "in use" in sentences[0]
    other.execute("ROLLBACK")
    other.close()
    qtbot.waitUntil(lambda: not document.has_unwritten, timeout=5000)
    assert read_project(document.path).project == document.project


def test_two_spells_are_two_sentences(opened, qtbot):
    document, _, sentences = opened
    for spell in (1, 2):
        fill_disk(document)
        command = AddTrack(document, 1, "more", 1, 0, key())
        document.push(command)
        for frame in range(FRAMES):
            document.apply_tracked(command.track_id, frame, tracked(frame))
        document.flush()
        assert len(sentences) == spell
        free_disk(document)
        qtbot.waitUntil(lambda: not document.has_unwritten, timeout=5000)


def test_tracked_boxes_go_to_disk_by_themselves(opened, qtbot):
    document, track_id, _ = opened
    for frame in range(1, 20):
        document.apply_tracked(track_id, frame, tracked(frame))
    assert read_project(document.path).project != document.project
    qtbot.waitUntil(lambda: read_project(document.path).project == document.project, timeout=2000)


def test_a_closed_document_says_so(opened, tmp_path):
    document, track_id, _ = opened
    document.close()
    document.close()
    with pytest.raises(Exception, match="closed"):
        document.push(SetKeyframe(document, track_id, 2, key()))
    shutil.rmtree(document.path.parent)


def test_a_long_log_is_folded_in_beside_the_window(tmp_path, qtbot, monkeypatch):
    monkeypatch.setattr(write_through, "SYNC_MS", 1)
    monkeypatch.setattr(store, "_LONG_LOG", 20_000)
    document, track_id = new_document(tmp_path / "p.dimple")
    for frame in range(100):
        document.push(SetKeyframe(document, track_id, frame, key(frame)))
    alone = tmp_path / "without-log.dimple"

    def keyframes_without_log() -> int:
        shutil.copy(document.path, alone)
        sequences = read_project(alone).project.sequences.values()
        return sum(len(track.keyframes) for it in sequences for track in it.tracks.values())

    assert keyframes_without_log() == 0, "no edit folds the log in"
    qtbot.waitUntil(lambda: keyframes_without_log() == 100)
    qtbot.waitUntil(lambda: not document._file._is_folding)
    log = Path(f"{document.path}-wal")
    # begun anew, with a first entry: SQLite has whoever writes that one wait for the disk
    assert 0 < log.stat().st_size < 20_000
    before = log.stat().st_size
    document.push(SetKeyframe(document, track_id, 100, key(100)))
    assert log.stat().st_size > before
    assert read_project(document.path).project == document.project
    document.close()


def test_edits_while_the_log_is_folded_in_wait_beside_the_window(tmp_path, qtbot, monkeypatch):
    monkeypatch.setattr(write_through, "SYNC_MS", 1)
    monkeypatch.setattr(store, "_LONG_LOG", 20_000)
    folding, may_end = threading.Event(), threading.Event()
    fold = write_through.keep_for_good

    def slow_disk(path: Path) -> None:
        if store.is_log_long(path):
            folding.set()
            assert may_end.wait(10)
        fold(path)

    monkeypatch.setattr(write_through, "keep_for_good", slow_disk)
    document, track_id = new_document(tmp_path / "p.dimple")
    for frame in range(100):
        document.push(SetKeyframe(document, track_id, frame, key(frame)))
    qtbot.waitUntil(folding.is_set)
    document.push(SetKeyframe(document, track_id, 100, key(100)))
    assert document.is_writing, "keys are held, the window is not"
    may_end.set()
    qtbot.waitUntil(lambda: not document.is_writing)
    assert read_project(document.path).project == document.project
    document.close()
