"""Looks at files without waiting for them: a drive that has gone may not answer for minutes."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal


class PatientLook(QObject):
    """Each look has a thread of its own, so that a place that does not answer holds up neither the window nor others.

    Such a thread cannot be ended; it ends with the program.

    Args:
        look: What to do in the thread; raises nothing.
        parent: Qt owner.
    """

    answered = Signal(object, object)
    """A path that was asked for, and what the look at it gave."""

    def __init__(self, look: Callable[[Path], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._asked: set[Path] = set()

    def at(self, path: Path) -> None:
        """Ask; ``answered`` follows as soon as the place answers. Asked again meanwhile, it answers once."""
        if path not in self._asked:
            self._asked.add(path)
            threading.Thread(target=self._ask, args=(path,), name="look", daemon=True).start()

    def _ask(self, path: Path) -> None:
        found = self._look(path)
        self._asked.discard(path)
        with contextlib.suppress(RuntimeError):  # whoever asked has gone
            self.answered.emit(path, found)
