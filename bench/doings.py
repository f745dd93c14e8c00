"""What a person does to a project in the real window, and how long each of it holds the window up."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QSpinBox

from app.formats.recognition import recognise_near
from app.settings import ThemeChoice
from app.views.action_table import ActionId
from app.views.category_list import CategoryList
from app.views.export_dialog import ExportDialog
from app.views.import_dialog import ImportDialog
from bench.hands import Hands
from bench.huge_project import HUGE
from bench.watchdog import Gap, Watchdog

_SETTLE = 1.5
"""Seconds in which what was put off shows: counts, doubts, the collector."""
_PLAYED = 300


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


class Doings:
    """Does them in the window.

    Args:
        window: Somebody at it.
        path: Of the project.
        table: Of its boxes, to import.
        held: Gets a row for each thing that was done.
        before: What each row begins with.
    """

    def __init__(self, window: Hands, path: Path, table: Path, held: list[Held], before: str = "") -> None:
        self.hands = window
        self._path, self._table, self._before = path, table, before
        self._dog = Watchdog()
        self._held = held
        self._has_acted = False

    def all(self, doings: Sequence[Doing]) -> None:
        """Open the project, do these, and close it; nothing where there are none."""
        hands = self.hands
        if doings:
            self.do("open the project", lambda: hands.window.open_path(self._path), hands.has_picture)
            self.do("switch to the huge sequence", lambda: self._show(HUGE))
            for doing in doings:
                hands.session.select_track(2)
                hands.session.go_to(self._frames // 2 + 7)
                doing(self)
            self.do(
                "close the project", lambda: hands.do(ActionId.SHOW_START), lambda: hands.window.open_session is None
            )
        self._dog.stop()

    @property
    def _frames(self) -> int:
        return self.hands.session.document.project.sequences[HUGE].frame_count

    def go(self) -> None:
        """From frame to frame."""
        hands = self.hands
        hands.session.go_to(0)
        self.do("go 300 frames on, one by one", self._step, lambda: hands.session.frame == _PLAYED)
        self.do("go to the last frame", lambda: hands.session.go_to(self._frames - 1))
        hands.session.go_to(0)
        self.do("play at eight times the speed", lambda: hands.session.play(8), lambda: hands.session.frame > _PLAYED)
        hands.session.stop_playing()
        self.do("go to a doubtful frame", partial(hands.do, ActionId.NEXT_DOUBT))
        self.do("select the next track", partial(hands.do, ActionId.NEXT_TRACK))

    def edit(self, action: ActionId, what: str, answer: Callable[[QDialog], None] | None = None) -> None:
        """An action, its undo, its redo and its undo again."""
        self.do(what, partial(self.hands.do, action, answer))
        self.undo_and_redo(what)

    def copy(self) -> None:
        """To as many frames as can be."""
        self.edit(ActionId.COPY_TO_NEXT, "copy a box to the next 10,000 frames", _take_most)

    def take_in(self) -> None:
        """As much as is there already."""
        self.do("import as many boxes", self._import)
        self.undo_and_redo("import as many boxes")

    def write_out(self) -> None:
        """Everything as CSV."""
        self.do("export all boxes", partial(self.hands.do, ActionId.EXPORT, self._export))

    def dialogs(self) -> None:
        """Those that show much."""
        for action, what in (
            (ActionId.PREFERENCES, "open the preferences"),
            (ActionId.EDIT_SHORTCUTS, "open the keys of the preferences"),
            (ActionId.SHORTCUTS, "open the list of keys"),
            (ActionId.PALETTE, "open the command palette"),
            (ActionId.EXPORT, "open the export"),
            (ActionId.ATTRIBUTES, "open categories and attributes"),
            (ActionId.EFFORT, "open the effort"),
        ):
            self.look_at(action, what)

    def look_at(self, action: ActionId, what: str) -> None:
        """A dialog, closed again after a while."""
        self.do(what, partial(self.hands.do, action, _look))

    def look(self) -> None:
        """Another size; another theme and back."""
        window = self.hands.window
        settings, size = window._settings, window.size()  # noqa: SLF001 - past the preferences
        self.do("make the window smaller", lambda: window.resize(1100, 700))
        self.do("make the window larger", lambda: window.resize(size))
        for theme in (ThemeChoice.LIGHT, ThemeChoice.DARK):
            self.do(f"change to the {theme.value} theme", partial(setattr, settings, "theme", theme))

    def categories(self) -> None:
        """Another name and colour for what all boxes are of."""
        listed = self.hands.window.findChild(CategoryList)
        assert isinstance(listed, CategoryList)
        self.do("rename a category", lambda: listed.renamed.emit(1, "thing"))
        self.do("colour a category", lambda: listed.coloured.emit(1, "#ff0000"))

    def whole(self) -> None:
        """The Sequence and the file."""
        hands = self.hands
        self.do("remove the sequence", partial(hands.do, ActionId.REMOVE_SEQUENCE))
        self.do("undo: remove the sequence", partial(hands.do, ActionId.UNDO))
        self.do("save a copy", self._copy, (self._path.parent / "copy.dimple").exists)

    def do(self, what: str, act: Callable[[], object], done: Callable[[], bool] = lambda: True) -> None:
        """Do one thing, and note how it holds the window up.

        Args:
            what: For a person.
            act: Begins it.
            done: Whether it is done; that it is in the file is waited for besides.
        """

        def whole() -> None:
            act()
            self._has_acted = True

        self.hands.settle(0.1)
        self._dog.begin()
        self._has_acted = False
        begun = time.perf_counter()
        QTimer.singleShot(0, self.hands.window, whole)
        self.hands.settle(0.02)
        self.hands.until(lambda: self._has_acted and done() and self._is_written())
        seconds = time.perf_counter() - begun
        self.hands.settle(_SETTLE)
        self._held.append(Held(self._before + what, self._dog.worst(), seconds))
        print(self._held[-1], flush=True)

    def undo_and_redo(self, what: str) -> None:
        """Of what has just been done."""
        self.do(f"undo: {what}", partial(self.hands.do, ActionId.UNDO))
        self.do(f"redo: {what}", partial(self.hands.do, ActionId.REDO))
        self.do(f"undo again: {what}", partial(self.hands.do, ActionId.UNDO))

    def _is_written(self) -> bool:
        opened = self.hands.window.open_session
        return opened is None or not (opened.is_busy or opened.document.has_unwritten)

    def _show(self, sequence_id: int) -> None:
        assert self.hands.window.open_session is not None
        self.hands.window.open_session.show(sequence_id)

    def _step(self) -> None:
        """A key that repeats."""
        self._steps = 0
        self._repeat = QTimer(self.hands.window, interval=15)
        self._repeat.timeout.connect(self._next)
        self._repeat.start()

    def _next(self) -> None:
        self.hands.do(ActionId.NEXT_FRAME)
        self._steps += 1
        if self._steps == _PLAYED:
            self._repeat.stop()

    def _import(self) -> None:
        window = self.hands.window
        self.hands.answer_with(self._take_in)
        window._exchange.importing.run(self.hands.session, recognise_near(self._table))  # noqa: SLF001 - past the file dialog

    def _take_in(self, dialog: QDialog) -> None:
        assert isinstance(dialog, ImportDialog)
        self.hands.until(lambda: dialog.added is not None)
        dialog.accept()

    def _export(self, dialog: QDialog) -> None:
        assert isinstance(dialog, ExportDialog)
        names = [known.name for known in dialog._formats]  # noqa: SLF001 - the list box
        dialog._format.setCurrentIndex(names.index("csv"))  # noqa: SLF001
        self.hands.settle(0.5)
        self.hands.until(dialog._export.isEnabled)  # noqa: SLF001
        dialog._export.click()  # noqa: SLF001

    def _copy(self) -> None:
        menu = self.hands.window._project_menu  # noqa: SLF001 - past the file dialog
        menu._copying.copy(self.hands.session.document, self._path.parent / "copy.dimple")  # noqa: SLF001


Doing = Callable[[Doings], None]

HUGE_DOINGS: dict[str, Doing] = {
    "go": Doings.go,
    "split": lambda it: it.edit(ActionId.SPLIT, "split a track in its middle"),
    "duplicate": lambda it: it.edit(ActionId.DUPLICATE, "duplicate a track"),
    "delete-half": lambda it: it.edit(ActionId.DELETE_FROM_HERE, "delete half a track"),
    "delete": lambda it: it.edit(ActionId.DELETE_TRACK, "delete a track"),
    "swap": lambda it: it.edit(ActionId.SWAP, "swap two tracks from the middle on", QDialog.accept),
    "merge": lambda it: it.edit(ActionId.MERGE, "merge two tracks", QDialog.accept),
    "copy": Doings.copy,
    "import": Doings.take_in,
    "export": Doings.write_out,
    "dialogs": Doings.dialogs,
    "look": Doings.look,
    "categories": Doings.categories,
    "whole": Doings.whole,
}
"""By a short name, in this order."""


def _look(dialog: QDialog) -> None:
    QTimer.singleShot(500, dialog, dialog.reject)


def _take_most(dialog: QDialog) -> None:
    for field in dialog.findChildren(QSpinBox):
        field.setValue(field.maximum())
    dialog.accept()
