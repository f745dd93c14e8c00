"""Backs the open project up while it is worked on, in a thread of its own; the person notices nothing of it."""

from __future__ import annotations

import logging
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from app.document.backup import back_up, backups_of, is_due
from app.document.document import Document
from app.formats.progress import Progress
from app.views.background import Background

_LOOK_MS = 60_000
"""Between two looks whether it is time."""

_FIRST_LOOK_MS = 5_000
"""Whoever opens a project wants to see it first."""

_log = logging.getLogger(__name__)


class BackingUp(QObject):
    """One backup as the project opens, if the last one is old, and one every half hour in which it has changed.

    Args:
        document: The open project.
        parent: Qt owner.
    """

    failed = Signal(str)
    """One sentence, once for each open project."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._told = False
        self._changed = True
        self._background = Background(self)
        self._background.finished.connect(self._made)
        self._background.failed.connect(self._tell)
        document.undo_stack.indexChanged.connect(self._note_change)
        document.boxes_changed.connect(self._note_change)
        document.boxes_arrived.connect(self._note_change)
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start(_FIRST_LOOK_MS)

    def look(self) -> None:
        """Begin a backup if it is time for one and there is something new."""
        self._timer.setInterval(_LOOK_MS)
        now = datetime.now().astimezone()
        path = self._document.path
        if self._document.read_only or self._background.is_busy or not self._changed:
            return
        if not is_due(backups_of(path), now):
            return
        self._changed = False

        def work(progress: Progress) -> object:
            return back_up(path, now, progress.at)

        self._background.submit(work)

    def close(self) -> None:
        """Give up what is being written and end the thread."""
        self._timer.stop()
        self._document.undo_stack.indexChanged.disconnect(self._note_change)
        self._document.boxes_changed.disconnect(self._note_change)
        self._document.boxes_arrived.disconnect(self._note_change)
        self._background.close()

    def _note_change(self) -> None:
        self._changed = True

    def _made(self, backup: object) -> None:
        _log.info("backup of %s: %s", self._document.path, backup)

    def _tell(self, text: str) -> None:
        self._changed = True
        _log.warning("%s", text)
        if not self._told:
            self._told = True
            self.failed.emit(text)
