"""Keeps the Memory dock true to a Session."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.session.messages import MemorySample, MemoryShown
from app.session.session import Session
from app.settings import Settings
from app.views.memory_panel import MemoryPanel


class MemoryPresenter(QObject):
    """Shows the selected Track's memory.

    Args:
        session: On the screen; also the Qt owner.
        panel: The dock's content.
        settings: The person's.
    """

    def __init__(self, session: Session, panel: MemoryPanel, settings: Settings) -> None:
        super().__init__(session)
        self._session = session
        self._panel = panel
        self._settings = settings
        self._samples: tuple[MemorySample, ...] = ()
        session.memory.shown.connect(self._take)
        session.document.learning_changed.connect(self._list)
        session.track_selected.connect(self._list)
        panel.visible_changed.connect(session.memory.watch)
        panel.learning_chosen.connect(self._choose)
        panel.frame_requested.connect(session.go_to)
        session.memory.watch(panel.isVisible())
        self._list()

    def _take(self, memory: MemoryShown | None) -> None:
        self._samples = memory.samples if memory is not None else ()
        self._list()

    def _list(self, _track_id: int = 0) -> None:
        track = self._session.track
        out = tuple(sorted(track.unlearned)) if track is not None else ()
        self._panel.set_samples(self._samples if track is not None else (), out, self._settings.frame_base)

    def _choose(self, frame: int, learns: bool) -> None:
        self._session.memory.set_learning(frame, learns=learns)
