"""One kill: a program at work, SIGKILL in the middle of it, and the judgement of what it left."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from app.document import schema
from app.document.commands import SetBookmark
from app.document.document import open_project
from app.document.project_file import read_project, write_project
from app.document.store import connect
from app.errors import AppError
from bench.faults.comparison import difference
from bench.faults.forked import Child
from bench.faults.labour import COPY, DATA, EXPORTS, PROJECT, Activity, Labour, activities
from bench.faults.starting_project import write_starting_project

_LATE = 0.25 + 0.5
"""Seconds in which a tracked box must be in the file: the time between two batches, and as much again twice for a timer
of a loaded machine."""

_EXPORTED = [Path(it.partition(":")[2]) for it in EXPORTS]
_REPLAYED = ("before", "after")
_SHORT = {Activity.EDIT, Activity.UNDO}


@dataclass(frozen=True, slots=True)
class Killed:
    """What came of one kill.

    Attributes:
        seed: Repeats it, as far as moments can be repeated.
        version: Of the file that it began with.
        done: Steps that were acknowledged.
        interrupted: What was under way; None between two steps.
        fault: What was wrong afterwards; empty where nothing was.
    """

    seed: int
    version: int
    done: int
    interrupted: Activity | None
    fault: str


def kill_once(seed: int, target: Activity, folder: Path) -> Killed:
    """Start a program, kill it some time after a step of ``target`` has begun, and judge.

    Args:
        seed: Of its steps and of the moment.
        target: What is to be interrupted; a moment too late hits something else.
        folder: Empty.
    """
    chance = random.Random(f"moment {seed}")  # noqa: S311 - to be repeated, not to be safe
    version = seed % schema.VERSION + 1 if target is Activity.OPEN else schema.VERSION
    # the first opening may be an upgrade: that is what is killed then
    occasion = 0 if target is Activity.OPEN and chance.random() < 0.7 else chance.randrange(2)
    work = folder / "work"
    work.mkdir()
    write_starting_project(work / PROJECT, version)
    number = _number_of(seed, target, occasion)
    child = Child(lambda say: _labour(work, seed, None, say), folder / "errors.txt")
    if not child.wait_for(f"begin {number} "):
        return Killed(seed, version, 0, None, f"it ended by itself: {(folder / 'errors.txt').read_text()[-2000:]}")
    time.sleep(10 ** chance.uniform(-4.5, -1.5 if target in _SHORT else -1.0))
    ended = child.kill()
    assert ended.killed_at is not None
    finished = [int(line.split()[1]) for line in ended.lines if line.startswith("done ")]
    started = [line.split()[1:] for line in ended.lines if line.startswith("begin ")]
    interrupted = Activity[started[-1][1]] if len(started) > len(finished) else None
    replay = Child(lambda _say: _replay(folder, seed, len(finished), version), folder / "errors.txt").finish()
    if replay.code:
        return Killed(
            seed, version, len(finished), interrupted, f"no replay: {(folder / 'errors.txt').read_text()[-2000:]}"
        )
    try:
        fault = _judge(folder, interrupted)
    except AppError as error:
        fault = f"it does not open: {error}"
    if not fault and interrupted is Activity.PROPAGATE:
        fault = _missing_boxes(folder, ended.lines, ended.killed_at)
    if not fault and Child(lambda _say: _go_on(work), folder / "errors.txt").finish().code:
        fault = f"it could not be worked on: {(folder / 'errors.txt').read_text()[-2000:]}"
    return Killed(seed, version, len(finished), interrupted, fault)


def _number_of(seed: int, target: Activity, occasion: int) -> int:
    """The step that is the ``occasion``-th of its kind."""
    for number, activity in enumerate(activities(seed)):
        if activity is target:
            if occasion == 0:
                return number
            occasion -= 1
    raise AssertionError


def _labour(work: Path, seed: int, steps: int | None, say: Callable[[str], None]) -> Labour:
    """Work through ``steps`` steps, or on and on; gives the worker with its project open."""
    application = QCoreApplication([])
    labour = Labour(work, seed, say)
    for number, activity in enumerate(activities(seed)):
        if number == steps:
            break
        say(f"begin {number} {activity.name}")
        labour.do(number, activity)
        say(f"done {number}")
        application.processEvents()
    return labour


def _replay(folder: Path, seed: int, steps: int, version: int) -> None:
    """Do what was acknowledged again, without a kill, and then the next step; leaves what there is each time."""
    work = folder / "replay"
    work.mkdir()
    write_starting_project(work / PROJECT, version)
    labour = None
    if steps:
        labour = _labour(work, seed, steps, lambda _line: None)
        _leave(work, folder / _REPLAYED[0], labour)
    else:
        QCoreApplication([])
        shutil.copytree(work, folder / _REPLAYED[0])
        labour = Labour(work, seed, lambda _line: None)
    for number, activity in enumerate(activities(seed)):
        if number == steps:
            labour.do(number, activity)
            break
    _leave(work, folder / _REPLAYED[1], labour)
    labour.end()


def _leave(work: Path, target: Path, labour: Labour) -> None:
    target.mkdir()
    write_project(target / PROJECT, labour.document.project)
    for name in (COPY, *_EXPORTED):
        if (work / name).is_dir():
            shutil.copytree(work / name, target / name)
        elif (work / name).exists():
            shutil.copyfile(work / name, target / name)


def _judge(folder: Path, interrupted: Activity | None) -> str:
    path = folder / "work" / PROJECT
    sound = _integrity(path, folder / "look")
    if sound != "ok":
        return f"integrity_check says {sound}"
    before, after = (read_project(folder / it / PROJECT).project for it in _REPLAYED)
    if interrupted is None:
        after = before
    partly = interrupted in {Activity.PROPAGATE, Activity.CORRECT}
    fault = difference(read_project(path).project, before, after, partly=partly)
    if fault:
        return f"the project: {fault}"
    for backup in (folder / "work" / DATA).rglob("*.dimple"):
        read_project(backup)  # each that is there is whole
    return _judge_files(folder, interrupted) or _left_over(folder)


def _integrity(path: Path, look: Path) -> str:
    """What SQLite finds in a copy: looking would write."""
    look.mkdir()
    for suffix in ("", "-wal", "-journal"):
        with contextlib.suppress(FileNotFoundError):
            shutil.copyfile(f"{path}{suffix}", look / f"{path.name}{suffix}")
    with contextlib.closing(connect(look / path.name)) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


def _judge_files(folder: Path, interrupted: Activity | None) -> str:
    """Copies and exports are there whole: as of before the step that was interrupted, or after it."""
    sides = _REPLAYED if interrupted is not None else _REPLAYED[:1]
    found = folder / "work" / COPY
    copies = [read_project(it).project for side in sides if (it := folder / side / COPY).exists()]
    missing_once = any(not (folder / side / COPY).exists() for side in sides)
    if (found.exists() and read_project(found).project not in copies) or (not found.exists() and not missing_once):
        return f"{COPY} is not what it should be"
    for name in _EXPORTED:
        content = _content(folder / "work" / name)
        if content not in [_content(folder / side / name) for side in sides]:
            return f"{name} is not what it should be"
    return ""


def _content(path: Path) -> dict[str, bytes]:
    """Name -> bytes of a file or of all files in a folder."""
    files = [path] if path.is_file() else [it for it in path.rglob("*") if it.is_file()]
    return {str(it.relative_to(path.parent)): it.read_bytes() for it in files}


def _left_over(folder: Path) -> str:
    known = {
        PROJECT,
        *(f"{PROJECT}{it}" for it in ("-wal", "-shm", "-journal", ".lock")),
        COPY,
        DATA,
        *map(str, _EXPORTED),
    }
    strange = {it.name for it in (folder / "work").iterdir()} - known
    strange = {it for it in strange if ".dimple-part" not in it}
    return f"there is {strange}" if strange else ""


def _missing_boxes(folder: Path, lines: list[str], killed_at: float) -> str:
    """Boxes that had been on the screen for a while must be in the file."""
    run = lines[max(place for place, line in enumerate(lines) if line.startswith("begin ")) :]
    found = read_project(folder / "work" / PROJECT).project
    after = read_project(folder / _REPLAYED[1] / PROJECT).project
    for line in run:
        if line.startswith("box "):
            track_id, frame = map(int, line.split()[1:3])
            old = float(line.split()[3]) < killed_at - _LATE
            if old and found.track(track_id).boxes.get(frame) != after.track(track_id).boxes.get(frame):
                return f"track {track_id} has lost frame {frame}"
    return ""


def _go_on(work: Path) -> None:
    """Open for writing, edit, close, and find the edit."""
    QCoreApplication([])
    document = open_project(work / PROJECT)
    assert not document.read_only
    document.push(SetBookmark(document, 2, 7, "after the kill"))
    shown = document.project
    document.close()
    assert read_project(work / PROJECT).project == shown
    assert not list(work.glob(f"{PROJECT}?*")), os.listdir(work)  # noqa: PTH208
