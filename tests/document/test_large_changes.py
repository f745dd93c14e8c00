"""A change of very many rows is written beside the window, and in its order among the others."""

from __future__ import annotations

import gc
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from document_fixtures import FRAMES, key, new_document, tracked
from pytestqt.qtbot import QtBot

from app.document import write_through
from app.document.commands import DuplicateTrack, MergeTracks, RemoveTrack, SetKeyframe, SplitTrack
from app.document.document import Document, open_project
from app.document.project_file import read_project
from app.document.store import Store
from app.document.track_statements import put_boxes


@pytest.fixture
def opened(tmp_path: Path, qapp: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Document, int]]:
    monkeypatch.setattr(write_through, "RETRY_MS", 20)
    document, track_id = new_document(tmp_path / "p.dimple")
    for frame in range(1, FRAMES):
        document.apply_tracked(track_id, frame, tracked(frame))
    document.flush()
    monkeypatch.setattr(write_through, "LARGE", 500)
    yield document, track_id
    document.close()


def test_pushing_returns_before_it_is_written_and_the_file_has_it_when_that_is_said(
    opened: tuple[Document, int], qtbot: QtBot
) -> None:
    document, track_id = opened
    said: list[bool] = []
    document.writing_changed.connect(said.append)
    with qtbot.waitSignal(document.writing_changed, check_params_cb=lambda on: not on):
        document.push(DuplicateTrack(document, track_id))
        assert document.is_writing
        assert document.has_unwritten
    assert said == [True, False]
    assert not document.has_unwritten
    assert read_project(document.path).project == document.project


def test_what_comes_meanwhile_follows_in_order(opened: tuple[Document, int], qtbot: QtBot) -> None:
    document, track_id = opened
    split = SplitTrack(document, track_id, 300)
    document.push(split)
    document.push(SetKeyframe(document, split.track_id, 400, key(77)))
    document.apply_tracked(split.track_id, 401, tracked(88))
    document.push(RemoveTrack(document, split.track_id))
    document.undo_stack.undo()
    document.push(MergeTracks(document, track_id, split.track_id))
    qtbot.waitUntil(lambda: not document.has_unwritten)
    assert read_project(document.path).project == document.project
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
    document.flush()
    assert read_project(document.path).project == document.project


def test_what_is_being_written_is_what_was_there_when_it_was_changed(opened: tuple[Document, int]) -> None:
    document, track_id = opened
    document.push(DuplicateTrack(document, track_id))
    copy = max(document.project.sequences[1].tracks)
    # the boxes of the copy change while they wait to be written
    for frame in range(1, FRAMES):
        document.apply_tracked(copy, frame, tracked(-frame))
    document.flush()
    assert read_project(document.path).project == document.project
    assert np.all(document.track(copy).boxes.arrays()[1][:, 0] < 0)


def test_closing_waits_for_it(opened: tuple[Document, int]) -> None:
    document, track_id = opened
    document.push(RemoveTrack(document, track_id))
    assert document.is_writing
    shown = document.project
    document.close()
    again = open_project(document.path)
    assert again.project == shown
    again.close()


def test_a_full_disk_keeps_it_and_all_that_follows(opened: tuple[Document, int], qtbot: QtBot) -> None:
    document, track_id = opened
    assert document._file is not None
    assert document._file._store is not None
    connection = document._file._store._connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    before = read_project(document.path).project
    with qtbot.waitSignals([document.storage_failed, document.writing_changed]):
        document.push(DuplicateTrack(document, track_id))
    document.push(SetKeyframe(document, track_id, 50, key(1)))
    qtbot.waitUntil(lambda: not document.is_writing)
    assert document.has_unwritten
    assert read_project(document.path).project == before
    document._file.settle()
    connection.execute("PRAGMA max_page_count = 1000000")
    qtbot.waitUntil(lambda: not document.has_unwritten)
    assert read_project(document.path).project == document.project


def test_who_looks_at_all_objects_meanwhile_does_not_disturb_what_is_written(opened: tuple[Document, int]) -> None:
    """The window's collector does, and was the last to hold what the writing thread had let go of."""
    document, track_id = opened
    document.close()
    parts = [put_boxes([(track_id, frame, tracked(frame)) for frame in range(part, part + 40)]) for part in range(300)]
    store, failed = Store(document.path), []

    def work() -> None:
        try:
            for _ in range(5):
                store.write([statement for part in parts for statement in part])
        except Exception as error:  # noqa: BLE001 - for the test to judge
            failed.append(error)

    many = [[number] for number in range(20_000)]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(0.0005)
    try:
        thread = threading.Thread(target=work)
        thread.start()
        while thread.is_alive():
            there = gc.get_objects()
            sum(len(it) for it in there if type(it) is list)
            del there
            time.sleep(0.0005)
    finally:
        sys.setswitchinterval(interval)
        store.close()
    assert not failed
    assert len(many) == 20_000
