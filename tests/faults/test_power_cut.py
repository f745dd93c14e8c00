"""After a power cut: whatever of the log has reached the disk, the project opens as it was at some earlier moment."""

from __future__ import annotations

import copy
import os
import random
import shutil
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from app.document import store, write_through
from app.document.commands import AddCategory, AddTrack, RenameTrack, SetBookmark, SetKeyframe
from app.document.document import Document, create_project, open_project
from app.document.model import Keyframe, Project
from app.document.project_file import read_project
from app.document.statement import Statement
from app.document.store import Store
from app.document.tracked_boxes import TrackedBox
from app.document.write_through import WriteThrough
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus

PAGE, HEADER, FRAME = 4096, 32, 24 + 4096
"""Of a write-ahead log: bytes of a page, of its header, of a page with the header of its own."""


def box(x: float) -> BoundingBox:
    return BoundingBox(x, 20, 30, 40)


def work(document: Document, count: int) -> list[Project]:
    """Small and large edits; the project after each, the first one as it was."""
    history = [copy.deepcopy(document.project)]
    for number in range(count):
        if number % 5 == 4:
            for frame in range(200):
                document.apply_tracked(1, frame, TrackedBox(box(number + frame / 8), 0.5, TrackStatus.FOUND))
            document.flush()
            history.append(copy.deepcopy(document.project))
        command = [
            lambda n=number: SetKeyframe(document, 1, n % 90, Keyframe(box(n))),
            lambda n=number: RenameTrack(document, 1, f"name {n}"),
            lambda n=number: SetBookmark(document, 1, n % 50, "look"),
        ][number % 3]()
        document.push(command)
        history.append(copy.deepcopy(document.project))
        if number % 7 == 6:
            document.undo_stack.undo()
            history.append(copy.deepcopy(document.project))
    return history


@pytest.fixture
def cut(tmp_path, qapp) -> tuple[Path, list[Project], Document]:
    """A project whose edits are in the log alone, as at the moment of the cut; with all that it had been."""
    path = tmp_path / "p.dimple"
    document = create_project(path)
    document.add_sequence(tmp_path / "clip.mp4", "clip", 1000, 640, 480, 25.0)
    document.push(AddCategory(document, "cup"))
    document.push(AddTrack(document, 1, "first", 1, 0, Keyframe(box(1))))
    document.close()
    document = open_project(path)
    history = work(document, 20)
    yield path, history, document
    document.close()


def place_of(project: Project, history: list[Project]) -> int:
    """The last moment at which the project was so."""
    return max(place for place, it in enumerate(history) if it == project)


def left(path: Path, folder: Path, log: bytes, main: bytes | None = None) -> Path:
    """The project as the disk has it."""
    folder.mkdir(exist_ok=True)
    found = folder / path.name
    found.write_bytes(path.read_bytes() if main is None else main)
    Path(f"{found}-wal").write_bytes(log)
    return found


def offsets(length: int, every: int) -> list[int]:
    """At, just before and after each boundary in a log, and in the middle of things."""
    starts = [0, HEADER, *range(HEADER, length, every * FRAME)]
    near = (-1, 0, 1, 8, 23, 24, 25, 512, 2048, FRAME - 1)
    return sorted({start + it for start in starts for it in near if 0 <= start + it <= length} | {length})


@pytest.mark.parametrize("every", [15, pytest.param(1, marks=pytest.mark.slow)])
def test_a_log_that_was_cut_off_anywhere_gives_an_earlier_moment(cut, tmp_path, every):
    path, history, _ = cut
    log = Path(f"{path}-wal").read_bytes()
    places = [0]
    for length in offsets(len(log), every):
        project = read_project(left(path, tmp_path / "cut", log[:length])).project
        # what was undone is as it was before: of equal moments the first that is no earlier than the last one
        later = [place for place in range(places[-1], len(history)) if history[place] == project]
        assert later, "a longer log is a later moment"
        places.append(later[0])
    assert places[1] == 0
    assert project == history[-1]
    assert len(set(places)) > (3 if every > 1 else 15)


@pytest.mark.parametrize("count", [20, pytest.param(400, marks=pytest.mark.slow)])
@pytest.mark.parametrize("torn", [b"\0" * 512, b"\xa5" * 512])
def test_a_torn_page_of_the_log_gives_an_earlier_moment(cut, tmp_path, count, torn):
    """The disk wrote sectors of 512 bytes in any order, and one of them not at all, or something else."""
    path, history, _ = cut
    log = Path(f"{path}-wal").read_bytes()
    chance = random.Random(count)
    places = set()
    for _ in range(count):
        sector = chance.randrange(len(log) // 512) * 512
        spoiled = log[:sector] + torn + log[sector + 512 :]
        places.add(place_of(read_project(left(path, tmp_path / "torn", spoiled[: len(log)])).project, history))
    assert len(places) > 2


def test_a_power_cut_while_the_log_is_folded_in_loses_nothing(cut, tmp_path):
    """Any mixture of sectors old and new in the file itself, with the log still there."""
    path, history, document = cut
    log, old = Path(f"{path}-wal").read_bytes(), path.read_bytes()
    document.close()
    new = path.read_bytes()
    old = old.ljust(len(new), b"\0")
    chance = random.Random(1)
    for _ in range(10):
        mixed = b"".join(chance.choice((old, new))[sector : sector + 512] for sector in range(0, len(new), 512))
        # the first page says what file it is, and SQLite reads it before the log
        found = left(path, tmp_path / "mixed", log, old[:PAGE] + mixed[PAGE:])
        assert read_project(found).project == history[-1]
    shutil.rmtree(tmp_path / "mixed")


def test_what_was_written_is_pushed_to_the_disk_soon_and_not_in_the_windows_thread(cut, qtbot, monkeypatch):
    monkeypatch.setattr(write_through, "SYNC_MS", 20)
    path, _, _ = cut
    Path(f"{path}-wal").stat()
    synced: list[int] = []
    fsync = os.fsync
    main = threading.get_ident()

    def note(descriptor: int) -> None:
        assert threading.get_ident() != main
        synced.append(os.fstat(descriptor).st_ino)
        fsync(descriptor)

    monkeypatch.setattr(store.os, "fsync", note)
    owner = QObject()
    writing = WriteThrough(path, Store(path), lambda: None, owner)
    writing.write([Statement("INSERT INTO bookmark VALUES (1, 900, 'x')", [()])])
    assert synced == []
    qtbot.waitUntil(lambda: synced == [Path(f"{path}-wal").stat().st_ino])
    writing.close()
