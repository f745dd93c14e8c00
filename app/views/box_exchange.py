"""Files of boxes, into the open project and out of it: by menu, or dropped on the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.formats.recognition import TEXT_SUFFIXES, Recognised, likely_format, recognise_near
from app.settings import Settings
from app.views.action_table import ActionId
from app.views.actions import Actions
from app.views.frame_range import FrameRange
from app.views.importing import Importing
from app.views.open_session import OpenSession
from app.views.patient_look import PatientLook
from app.views.window_dialogs import WindowDialogs


class BoxExchange(QObject):
    """Does nothing while no Sequence is on the screen.

    Args:
        window: Qt owner, and parent of the dialogs.
        settings: The person's.
        actions: The window's.
        dialogs: Ask and tell.
        opened: Gives the open project.
    """

    other_dropped = Signal(object)
    """A path that was dropped and is not for the open project: perhaps a video."""

    def __init__(
        self,
        window: QWidget,
        settings: Settings,
        actions: Actions,
        dialogs: WindowDialogs,
        opened: Callable[[], OpenSession | None],
    ) -> None:
        super().__init__(window)
        self._dialogs = dialogs
        self._opened = opened
        self.importing = Importing(window, settings)
        self.importing.done.connect(self._say)
        self.importing.refused.connect(dialogs.tell)
        self.importing.added.connect(self._show_sequence)
        self.importing.recognised.connect(self._run)
        self._looking = PatientLook(_dropped, self)
        self._looking.answered.connect(self._take_dropped)
        self._last_dropped: Path | None = None
        actions.on(ActionId.IMPORT, self._import)
        actions.on(ActionId.EXPORT, self._export_all)

    def take_dropped(self, path: Path) -> None:
        """Import a file that was dropped; ``other_dropped`` where it is none, or there is nothing to import it into."""
        if self._opened() is None:
            self.other_dropped.emit(path)
            return
        self._last_dropped = path
        self._looking.at(path)  # it may be a folder of a hundred thousand pictures

    def _take_dropped(self, path: Path, found: Recognised | AppError | None) -> None:
        if path != self._last_dropped:
            return  # something else was dropped meanwhile
        self._last_dropped = None
        opened = self._opened()
        if found is None or opened is None or opened.session.sequence is None:
            self.other_dropped.emit(path)
        elif isinstance(found, AppError):
            self._dialogs.tell(str(found))
        else:
            self._run(found)

    def export(self, frames: FrameRange | None) -> None:
        """Ask what to export and where to, and do it; of these frames, where there are some."""
        opened = self._opened()
        if opened is not None and opened.session.sequence is not None:
            opened.document.flush()
            exported = self._dialogs.export(opened.document.project, opened.session.sequence, frames)
            if exported is not None:
                opened.status.say(self.tr("Exported to {0}.").format(exported))

    def _export_all(self) -> None:
        self.export(None)

    def _import(self) -> None:
        opened = self._opened()
        if opened is not None and opened.session.sequence is not None:
            self.importing.choose()

    def _run(self, found: Recognised) -> None:
        opened = self._opened()
        if opened is not None:
            self.importing.run(opened.session, found)

    def _say(self, text: str) -> None:
        opened = self._opened()
        if opened is not None:
            opened.status.say(text)

    def _show_sequence(self, sequence_id: int) -> None:
        opened = self._opened()
        if opened is not None:
            opened.show(sequence_id)


def _dropped(path: Path) -> Recognised | AppError | None:
    """What a dropped file or folder is; None where it may be a video or pictures."""
    found = likely_format(path)
    if found is None and path.suffix.lower() in TEXT_SUFFIXES and path.is_file():
        try:
            return recognise_near(path)
        except AppError as error:  # what is said of a video would lead astray
            return error
    return found
