"""Somebody who labels with mouse and keys, all day, and checks what the program says: each undo, each reopening."""

from __future__ import annotations

import faulthandler
import hashlib
import random
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.application import Program
from app.document.model import Project
from app.document.project_file import read_project
from app.formats.export import export_project
from app.formats.registry import ExportTarget, parse_target
from app.session.run_state import RunState
from app.session.session import Session
from app.views.main_window import MainWindow
from app.views.video_view import VideoView
from bench.soak.clips import HEIGHT, WIDTH, scene
from tracker.geometry import BoundingBox

Key = Qt.Key
Modifier = Qt.KeyboardModifier
_PATIENCE = 300.0
"""Seconds in which nothing moves until it counts as stuck: a loaded machine is slow, not wrong."""

_MOST_TRACKS = 8
_FPS = 25.0
"""At which the simulated tracker works, for the simulated clock."""


class WrongError(Exception):
    """The program is not as it should be."""


class SoakAnnotator:
    """Hands, eyes and a notebook.

    Args:
        program: The window.
        folder: For exports.
        seed: Of all choices.

    Attributes:
        seconds: What all this would have taken a person.
        counts: How often each thing was done.
        checked: Undos and redos that led to a place that was known.
    """

    def __init__(self, program: Program, folder: Path, seed: int) -> None:
        self._program = program
        self._folder = folder
        self._chance = random.Random(seed)  # noqa: S311 - to be repeated
        self._scene = scene()
        self._notebook: dict[int, tuple[object, str]] = {}
        self.checked = 0
        self.seconds = 0.0
        self.counts: dict[str, int] = {}

    @property
    def window(self) -> MainWindow:
        """The program's."""
        return self._program.window

    @property
    def session(self) -> Session:
        """Of the open project."""
        assert self.window.open_session is not None
        return self.window.open_session.session

    @property
    def _view(self) -> VideoView:
        return self.window.panels.workspace.view

    def work_on(self, path: Path, actions: int) -> None:
        """Open, label for a while, close, and compare the file with what was on the screen."""
        self._did("open", 10.0)
        self.window.open_path(path)
        self._until(lambda: self.window.open_session is not None and not self._view.picture_size.isEmpty(), "a picture")
        self._view.setFocus()
        self._notebook.clear()
        self._look()
        for _ in range(actions):
            self._act()
        self._press(Key.Key_Escape)
        self._until(self._is_idle, "the end of the run")
        self.session.document.flush()
        shown, file = self.session.document.project, self.session.document.path
        before = _fingerprint(shown)
        if read_project(file).project != shown:
            raise WrongError("the file is not what the screen shows")
        self._close()
        if _fingerprint(read_project(file).project) != before:
            raise WrongError("the closed file is not what the screen showed")

    def add_pictures(self, video: Path, pictures: Path) -> None:
        """Begin the project, with its second Sequence."""
        self.window.open_path(video)
        self._until(lambda: self.window.open_session is not None and not self._view.picture_size.isEmpty(), "a picture")
        document = self.session.document
        self.window._project_menu._adding.add(document, [pictures])  # noqa: SLF001 - past the file dialog
        self._until(lambda: len(document.project.sequences) == 2, "the second sequence")
        self._close()

    def _close(self) -> None:
        """Back to the start page; what is deleted later is deleted here, where no event loop comes round."""
        self._press(Key.Key_W, Modifier.ControlModifier)
        self._until(lambda: self.window.open_session is None, "the start page")
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _act(self) -> None:
        tracks = self._tracks()
        if not tracks:
            self._draw()
            return
        actions: list[tuple[Callable[[], None], int]] = [
            (self._step, 8),
            (self._draw, 2 if tracks < _MOST_TRACKS else 0),
            (self._delete, 0 if tracks < _MOST_TRACKS else 3),
            (self._propagate, 3),
            (self._correct, 4),
            (self._undo, 3),
            (self._export, 1),
            (self._switch, 1),
            (self._bookmark, 1),
        ]
        (chosen,) = self._chance.choices([it for it, _ in actions], [weight for _, weight in actions])
        chosen()
        if chosen != self._undo:
            self._look()

    def _tracks(self) -> int:
        assert self.session.sequence is not None
        return len(self.session.sequence.tracks)

    def _step(self) -> None:
        self._did("step", 0.7)
        self._press(
            self._chance.choice([Key.Key_D, Key.Key_A]),
            self._chance.choice([Modifier.NoModifier, Modifier.ShiftModifier]),
        )

    def _draw(self) -> None:
        self._did("draw", 5.0)
        self._press(Key.Key_Home)
        for _ in range(self._chance.randrange(12)):
            self._press(Key.Key_D, Modifier.ShiftModifier)
        self._until(lambda: not self._view.veil.is_waiting, "the picture of the frame")
        before = self._tracks()
        self._press(Key.Key_T)
        box = self._scene.box(self.session.frame) or BoundingBox(WIDTH * 0.4, HEIGHT * 0.4, 40, 40)
        rect = self._view.mapping.box_rect(box)
        start, end = rect.topLeft().toPoint(), rect.bottomRight().toPoint()
        QTest.mousePress(self._view, Qt.MouseButton.LeftButton, pos=start)
        for share in (0.3, 0.7, 1.0):
            QTest.mouseMove(self._view, start + QPoint(*(round(share * it) for it in (end - start).toTuple())))
        QTest.mouseRelease(self._view, Qt.MouseButton.LeftButton, pos=end)
        if self._tracks() != before + 1:
            raise WrongError("a drawn box made no track")

    def _delete(self) -> None:
        self._did("delete", 2.0)
        self._press(Key.Key_Delete, Modifier.ControlModifier | Modifier.ShiftModifier)

    def _propagate(self) -> None:
        self._did("propagate", 1.0)
        before = sum(len(it.boxes) for it in self.session.sequence.tracks.values()) if self.session.sequence else 0
        self._press(self._chance.choice([Key.Key_F, Key.Key_R]))
        if self._chance.random() < 0.3:
            self._until(lambda: self._is_idle() or self.session.run_state.done > 10, "some frames")
            self._press(Key.Key_Escape)
        self._until(self._is_idle, "the end of the run")
        after = sum(len(it.boxes) for it in self.session.sequence.tracks.values()) if self.session.sequence else 0
        self.seconds += abs(after - before) / _FPS

    def _correct(self) -> None:
        track = self.session.track
        if track is None or track.box_at(self.session.frame) is None:
            self._step()
            return
        self._did("correct", 6.0)
        frame = self.session.frame
        for _ in range(self._chance.randrange(1, 6)):
            self._press(self._chance.choice([Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down]))
        self._look()  # moves go on with the step before where that moved the same box
        self._press(Key.Key_Return)
        self._until(self._is_idle, "the corrected run")
        if track.id in self.session.document.project.sequences and frame not in track.keyframes:
            raise WrongError("a correction made no keyframe")

    def _undo(self) -> None:
        self._did("undo", 1.5)
        for _ in range(self._chance.randrange(1, 4)):
            self._press(
                Key.Key_Z,
                self._chance.choice([Modifier.ControlModifier, Modifier.ControlModifier | Modifier.ShiftModifier]),
            )
            self._look(after_undo=True)

    def _export(self) -> None:
        self._did("export", 15.0)
        target = parse_target(self._chance.choice(["coco:boxes.json", "mot:boxes_mot", "csv:boxes.csv"]))
        self.session.document.flush()
        export_project(self.session.document.project, ExportTarget(target.format, self._folder / target.path))

    def _switch(self) -> None:
        self._did("switch", 4.0)
        self._press(self._chance.choice([Key.Key_PageDown, Key.Key_PageUp]), Modifier.ControlModifier)
        self._until(lambda: not self._view.picture_size.isEmpty(), "a picture")

    def _bookmark(self) -> None:
        self._did("bookmark", 2.0)
        self._press(Key.Key_U)

    def _look(self, *, after_undo: bool = False) -> None:
        """Write down what the project is at this place of the undo stack; undo and redo must lead to the same there.

        A place is known by the command that led to it: after an undo and another edit it is another place.
        """
        stack = self.session.document.undo_stack
        place = stack.index()
        command = stack.command(place - 1) if place else None
        now = _fingerprint(self.session.document.project)
        known_command, known = self._notebook.get(place, (None, ""))
        if after_undo and known and known_command is command and known != now:
            raise WrongError(f"undo {place} of {stack.count()} is not what it was")
        self._notebook[place] = command, now
        self.checked += after_undo and bool(known) and known_command is command

    def _is_idle(self) -> bool:
        return not self.session.run_state.is_busy

    def _did(self, what: str, seconds: float) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1
        self.seconds += seconds

    def _press(self, key: Key, modifier: Modifier = Modifier.NoModifier) -> None:
        QTest.keyClick(self._view, key, modifier)

    def _until(self, condition: Callable[[], bool], what: str) -> None:
        moved, seen = time.monotonic(), self._run_state()
        while not condition():
            QApplication.processEvents()
            if self._run_state() != seen:
                moved, seen = time.monotonic(), self._run_state()
            if time.monotonic() - moved > _PATIENCE:
                faulthandler.dump_traceback()
                raise WrongError(f"waited too long for {what}; the run was last at {seen}")
            time.sleep(0.0005)

    def _run_state(self) -> RunState | None:
        return self.session.run_state if self.window.open_session is not None else None


def _fingerprint(project: Project) -> str:
    """A short text that two projects share when they are equal."""
    digest = hashlib.sha256()
    for sequence in project.sequences.values():
        digest.update(repr((sequence.id, sequence.bookmarks, sequence.note, sequence.marked)).encode())
        for track in sequence.tracks.values():
            digest.update(repr((track.id, track.name, track.category_id, list(track.keyframes.items()))).encode())
            digest.update(
                repr((track.attributes, track.z, track.accepted, track.disputed, sorted(track.unlearned))).encode()
            )
            for column in track.boxes.arrays():
                digest.update(column.tobytes())
    digest.update(repr((project.categories, project.attributes)).encode())
    return digest.hexdigest()
