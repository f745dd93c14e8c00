"""How long the window is held up by the largest things a person can do to a huge project."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog

from app.document.project_file import write_project
from app.formats.export import export_project
from app.formats.recognition import recognise_near
from app.formats.registry import ExportTarget, parse_target
from app.marked_section import check_section, write_section
from app.views.action_table import ActionId
from app.views.import_dialog import ImportDialog
from bench.faults.blank_source import blank_loader
from bench.hands import Hands
from bench.huge_project import HUGE, SMALL, huge_project
from bench.private_home import private_home
from bench.watchdog import Gap, Watchdog

SECTION = "blocking"
GOAL_MS = 50.0
_SETTLE = 1.5
"""Seconds in which what was put off shows: counts, doubts, the collector."""


@dataclass(frozen=True, slots=True)
class Held:
    """What one thing did to the window.

    Attributes:
        what: For a person.
        gap: The longest time in which the window did not answer.
        seconds: Until it was done, and in the file.
    """

    what: str
    gap: Gap
    seconds: float

    def __str__(self) -> str:
        """A row of a table."""
        return f"| {self.what} | {self.gap.wall_ms:.0f} | {self.gap.own_ms:.0f} | {self.seconds:.2f} |"


def measure(folder: Path, frames: int, boxes: int) -> list[Held]:
    """Do them all, one after the other, in the real window.

    Args:
        folder: Empty.
        frames: Of the huge Sequence.
        boxes: In it.
    """
    path, table = folder / "huge.dimple", folder / "boxes.csv"
    project = huge_project(folder, frames, boxes)
    write_project(path, project)
    export_project(project, ExportTarget(parse_target("csv:boxes.csv").format, table))
    del project
    with private_home(folder):
        window = Hands(lambda: blank_loader({str(SMALL): 400, str(HUGE): frames}))
        try:
            return list(_Doings(window, path, table, frames).all())
        finally:
            window.close()


class _Doings:
    def __init__(self, window: Hands, path: Path, table: Path, frames: int) -> None:
        self._hands = window
        self._path, self._table, self._frames = path, table, frames
        self._dog = Watchdog()
        self._held: list[Held] = []

    def all(self) -> list[Held]:
        hands = self._hands
        self._do("open the project", lambda: hands.window.open_path(self._path), hands.has_picture)
        self._do("switch to the huge sequence", lambda: self._show(HUGE))
        self._do("go 300 frames on, one by one", self._step, lambda: hands.session.frame == 300)
        self._do("go to the last frame", lambda: hands.session.go_to(self._frames - 1))
        hands.session.select_track(2)
        hands.session.go_to(self._frames // 2 + 7)
        for action, what in (
            (ActionId.SPLIT, "split a track in its middle"),
            (ActionId.DUPLICATE, "duplicate a track"),
            (ActionId.DELETE_FROM_HERE, "delete half a track"),
            (ActionId.DELETE_TRACK, "delete a track"),
        ):
            self._do(what, partial(hands.do, action))
            self._undo_and_redo(what)
            hands.session.select_track(2)
        for action, what in (
            (ActionId.SWAP, "swap two tracks from the middle on"),
            (ActionId.MERGE, "merge two tracks"),
        ):
            self._do(what, partial(hands.do, action, QDialog.accept))
            self._undo_and_redo(what)
            hands.session.select_track(2)
        self._do("import as many boxes", self._import)
        self._undo_and_redo("import as many boxes")
        self._do("remove the sequence", lambda: hands.do(ActionId.REMOVE_SEQUENCE))
        self._do("undo: remove the sequence", lambda: hands.do(ActionId.UNDO))
        self._do("save a copy", self._copy, (self._path.parent / "copy.dimple").exists)
        self._do("close the project", lambda: hands.do(ActionId.SHOW_START), lambda: hands.window.open_session is None)
        self._dog.stop()
        return self._held

    def _do(self, what: str, act: Callable[[], object], done: Callable[[], bool] = lambda: True) -> None:
        self._hands.settle(0.1)
        self._dog.begin()
        begun = time.perf_counter()
        QTimer.singleShot(0, self._hands.window, act)
        self._hands.settle(0.02)
        self._hands.until(lambda: done() and self._is_written())
        seconds = time.perf_counter() - begun
        self._hands.settle(_SETTLE)
        self._held.append(Held(what, self._dog.worst(), seconds))
        print(self._held[-1], flush=True)

    def _undo_and_redo(self, what: str) -> None:
        self._do(f"undo: {what}", lambda: self._hands.do(ActionId.UNDO))
        self._do(f"redo: {what}", lambda: self._hands.do(ActionId.REDO))
        self._do(f"undo again: {what}", lambda: self._hands.do(ActionId.UNDO))

    def _is_written(self) -> bool:
        opened = self._hands.window.open_session
        return opened is None or not (opened.is_busy or opened.document.has_unwritten)

    def _show(self, sequence_id: int) -> None:
        assert self._hands.window.open_session is not None
        self._hands.window.open_session.show(sequence_id)

    def _step(self) -> None:
        """A key that repeats."""
        self._steps = 0
        self._repeat = QTimer(self._hands.window, interval=15)
        self._repeat.timeout.connect(self._next)
        self._repeat.start()

    def _next(self) -> None:
        self._hands.do(ActionId.NEXT_FRAME)
        self._steps += 1
        if self._steps == 300:
            self._repeat.stop()

    def _import(self) -> None:
        window = self._hands.window
        session = self._hands.session
        assert session.sequence is not None
        self._hands.answer_with(self._take_in)
        window._exchange.importing.run(session.document, session.sequence, recognise_near(self._table))  # noqa: SLF001 - past the file dialog

    def _take_in(self, dialog: QDialog) -> None:
        assert isinstance(dialog, ImportDialog)
        self._hands.until(lambda: dialog.added is not None)
        dialog.accept()

    def _copy(self) -> None:
        menu = self._hands.window._project_menu  # noqa: SLF001 - past the file dialog
        menu._copying.copy(self._hands.session.document, self._path.parent / "copy.dimple")  # noqa: SLF001


def report(frames: int = 200_000, boxes: int = 500_000, page: Path | None = None) -> None:
    """Print what was seen, and write it into a page."""
    if page is not None:
        check_section(page, SECTION)
    with tempfile.TemporaryDirectory(prefix="dimple-blocking-") as folder:
        held = measure(Path(folder), frames, boxes)
    lines = [
        f"A project of {frames:,} frames and {boxes:,} boxes.",
        "",
        "| what | longest gap, ms | of it own time, ms | done after, s |",
        "|---|---|---|---|",
        *map(str, held),
    ]
    print("\n".join(lines))
    if page is not None:
        write_section(page, SECTION, "\n".join(lines))
