"""Somebody at work: an endless, repeatable row of random steps in a real Session, each said when it begins and ends."""

from __future__ import annotations

import enum
import os
import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject

from app.document import write_through
from app.document.backup import back_up
from app.document.document import Document, open_project
from app.document.project_copy import copy_project
from app.formats.export import export_project
from app.formats.registry import ExportTarget, parse_target
from app.media.frame_loader import FrameLoader
from app.media.frame_source import Frame
from app.session.fake_tracker import FakeTracker, FakeTrackerScript
from app.session.messages import ModelChoice
from app.session.run_state import Direction
from app.session.session import Session
from app.session.tracker_thread import TrackerThread
from bench.faults.blank_source import FRAMES, open_blank
from bench.faults.random_edit import random_box, random_edit

PROJECT = "p.dimple"
EXPORTS = ("coco:boxes.json", "mot:boxes_mot")
COPY = "copy.dimple"
DATA = "data"
"""The person's data folder, with the backups."""

_NOON = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
_WORKED_ON = 2
"""Id of the Sequence on the screen."""
_RUN_DELAY = 0.0002
_LARGE = 30
"""Rows from which on a change is written in a thread: so few that both ways are gone here."""
_PATIENCE = 60.0


class Activity(enum.Enum):
    """What a step does."""

    OPEN = "opening"
    EDIT = "editing"
    PROPAGATE = "propagation"
    CORRECT = "correction"
    UNDO = "undo and redo"
    EXPORT = "export"
    COPY = "save a copy"
    BACK_UP = "backup"


_DECK = (
    *[Activity.EDIT] * 7,
    *[Activity.UNDO] * 4,
    *[Activity.PROPAGATE] * 2,
    *[Activity.CORRECT] * 2,
    Activity.EXPORT,
    Activity.COPY,
    Activity.BACK_UP,
    Activity.OPEN,
)
"""Dealt again and again, shuffled each time, so that everything comes soon."""


def activities(seed: int) -> Iterator[Activity]:
    """The steps of a seed, without end; the first one opens the project."""
    yield Activity.OPEN
    shuffler = random.Random(seed)  # noqa: S311 - to be repeated, not to be safe
    while True:
        yield from shuffler.sample(_DECK, len(_DECK))


class Labour(QObject):
    """Works on the project in a folder.

    What a step does depends on the seed, its number and the document alone: two of them are the same.

    Args:
        folder: Holds the project.
        seed: Of the steps.
        say: Told each box of a run: Track, frame.
    """

    def __init__(self, folder: Path, seed: int, say: Callable[[str], None]) -> None:
        super().__init__()
        self._folder = folder
        os.environ["XDG_DATA_HOME"] = str(folder / DATA)  # of this process, which is somebody's whole life
        write_through.LARGE = _LARGE
        self._seed = seed
        self._say = say
        self._on_frame: Callable[[int], None] | None = None
        self._tracker = TrackerThread(open_blank, lambda choice: FakeTracker(FakeTrackerScript(_RUN_DELAY), choice))
        self._loader: FrameLoader | None = None
        self._session: Session | None = None

    @property
    def document(self) -> Document:
        """The open project."""
        return self._at_work.document

    @property
    def _at_work(self) -> Session:
        assert self._session is not None
        return self._session

    def do(self, number: int, activity: Activity) -> None:
        """Do one step; when it returns, all that it did is acknowledged."""
        chance = random.Random(f"{self._seed} {number}")  # noqa: S311
        match activity:
            case Activity.OPEN:
                self.close()
                self._open()
            case Activity.EDIT:
                self._at_work.cancel()
                random_edit(self.document, _WORKED_ON, chance)
            case Activity.UNDO:
                self._undo(chance)
            case Activity.PROPAGATE:
                self._propagate(chance)
            case Activity.CORRECT:
                self._correct(chance)
            case Activity.EXPORT:
                target = parse_target(EXPORTS[chance.randrange(2)])
                export_project(self.document.project, ExportTarget(target.format, self._folder / target.path))
            case Activity.COPY:
                self.document.flush()
                paths = {it.id: it.path for it in self.document.project.sequences.values()}
                copy_project(self.document.path, self._folder / COPY, paths, lambda _done, _total: None)
            case Activity.BACK_UP:
                back_up(self.document.path, _NOON + timedelta(hours=number), lambda _done, _total: None)
        self._until_written()

    def close(self) -> None:
        """Leave the project."""
        if self._session is not None and self._loader is not None:
            document = self._session.document
            self._session.close()
            self._loader.close()
            document.close()
            self._session = self._loader = None

    def end(self) -> None:
        """Leave, with all threads."""
        self.close()
        self._tracker.shutdown()

    def _open(self) -> None:
        document = open_project(self._folder / PROJECT)
        self._loader = FrameLoader(open_source=open_blank)
        self._session = Session(document, self._tracker, self._loader)
        self._session.model = ModelChoice("fake", "cpu")
        self._session.frame_shown.connect(self._see)
        self._session.open_sequence(_WORKED_ON)

    def _see(self, frame: int, _picture: Frame) -> None:
        session = self._at_work
        session.painted()
        if session.run_state.is_busy:
            self._say(f"box {session.track_id} {frame} {time.monotonic()}")
        if self._on_frame is not None:
            self._on_frame(frame)

    def _undo(self, chance: random.Random) -> None:
        redo = chance.random() < 0.4
        (self._at_work.redo if redo else self._at_work.undo)()

    def _propagate(self, chance: random.Random) -> None:
        session = self._at_work
        if not self._stand_on_a_box(chance):
            return
        count = chance.randrange(20, 150)
        backward = session.frame > FRAMES // 2
        last = max(0, session.frame - count) if backward else min(FRAMES - 1, session.frame + count)
        session.all_tracks = chance.random() < 0.3
        if chance.random() < 0.3:
            self._once_seen(session.frame + (-5 if backward else 5), session.cancel)
        session.propagate(Direction.BACKWARD if backward else Direction.FORWARD, last)
        self._until_idle()

    def _correct(self, chance: random.Random) -> None:
        """Move a box and press Enter, standing still or in the middle of a run; the tracker learns it and goes on."""
        session = self._at_work
        if not self._stand_on_a_box(chance):
            return
        session.all_tracks = False
        box = random_box(chance)

        def correct() -> None:
            session.set_box(box)
            session.confirm()

        if chance.random() < 0.5 and session.frame + 60 < FRAMES:
            self._once_seen(session.frame + chance.randrange(3, 30), correct)
            session.propagate(Direction.FORWARD, session.frame + 60)
        else:
            correct()
        self._until_idle()

    def _stand_on_a_box(self, chance: random.Random) -> bool:
        session = self._at_work
        assert session.sequence is not None
        tracks = [it for it in session.sequence.tracks.values() if it.frames()]
        if not tracks:
            return False
        track = chance.choice(tracks)
        session.cancel()
        session.select_track(track.id)
        session.go_to(chance.choice(track.frames()))
        return True

    def _once_seen(self, frame: int, action: Callable[[], None]) -> None:
        def look(shown: int) -> None:
            if shown == frame and self._at_work.run_state.is_busy:
                self._on_frame = None
                action()

        self._on_frame = look

    def _until_written(self) -> None:
        """The window lets a person begin nothing before."""
        limit = time.monotonic() + _PATIENCE
        while self.document.is_writing:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
            if time.monotonic() > limit:
                raise TimeoutError(self.document.path)

    def _until_idle(self) -> None:
        limit = time.monotonic() + _PATIENCE
        while self._at_work.run_state.is_busy:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
            if time.monotonic() > limit:
                raise TimeoutError(self._at_work.run_state)
        self._on_frame = None
