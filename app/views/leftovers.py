"""What a dialog has made of thousands of Tracks and needs no more."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.document.model import Project
from app.letting_go import Container, let_go
from app.views.background import Background


class Leftovers(QObject):
    """Lets go of what a thread may still look at, as soon as that is idle.

    Args:
        user: The thread; also the Qt owner.
    """

    def __init__(self, user: Background) -> None:
        super().__init__(user)
        self._user = user
        self._waiting: list[Container] = []
        for idle in (user.finished, user.failed, user.cancelled):
            idle.connect(self._go)

    def let_go(self, *containers: Container) -> None:
        """Empty these, at once or soon."""
        self._waiting += containers
        self._go()

    def _go(self, _what: object = None) -> None:
        if not self._user.is_busy:
            let_go(*self._waiting)
            self._waiting = []


def tracks_of(project: Project) -> list[Container]:
    """All Tracks of a Project. Sequences without any may go on to live elsewhere, as those of an import do."""
    return [it.tracks for it in project.sequences.values() if it.tracks]
