"""Files of boxes, into the open project and out of it: by menu, or dropped on the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.formats.recognition import TEXT_SUFFIXES, likely_format, recognise_near
from app.settings import Settings
from app.views.action_table import ActionId
from app.views.actions import Actions
from app.views.frame_range import FrameRange
from app.views.importing import Importing
from app.views.open_session import OpenSession
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
        actions.on(ActionId.IMPORT, self._import)
        actions.on(ActionId.EXPORT, self._export_all)

    def take_dropped(self, path: Path) -> bool:
        """Import a file that was dropped; False where it may be a video, or there is nothing to import it into."""
        opened = self._opened()
        if opened is None or opened.session.sequence is None:
            return False
        found = likely_format(path)
        if found is None and path.suffix.lower() in TEXT_SUFFIXES and path.is_file():
            try:
                found = recognise_near(path)
            except AppError as error:  # what is said of a video would lead astray
                self._dialogs.tell(str(error))
                return True
        if found is not None:
            self.importing.run(opened.document, opened.session.sequence, found)
        return found is not None

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
            self.importing.choose(opened.document, opened.session.sequence)

    def _say(self, text: str) -> None:
        opened = self._opened()
        if opened is not None:
            opened.status.say(text)

    def _show_sequence(self, sequence_id: int) -> None:
        opened = self._opened()
        if opened is not None:
            opened.show(sequence_id)
