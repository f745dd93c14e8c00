"""Which Tracks the person worked on last: undo and redo that take the selected one away give another to go on with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject

from app.session.screen import Screen

_KEPT = 100


class RecentTracks(QObject):
    """Remembers what was selected. UI thread only.

    Args:
        screen: Says what is selected; also the Qt owner.
    """

    def __init__(self, screen: Screen) -> None:
        super().__init__(screen)
        self._screen = screen
        self._ids: list[int] = []
        screen.track_selected.connect(self._keep)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """While the history is walked by a step: what comes back selected is what goes on being worked on.

        A Track that comes back where none is selected is selected, else the one worked on before that which went.
        """
        sequence, selected = self._screen.sequence, self._screen.track_id
        there = set(sequence.tracks) if sequence is not None else set()
        yield
        if sequence is None or sequence is not self._screen.sequence or self._screen.track is not None:
            return
        come = [it for it in sequence.tracks if it not in there]
        if come or selected:
            known = [it for it in reversed(self._ids) if it in sequence.tracks]
            self._screen.select_track((come or known or [0])[0])

    def _keep(self, track_id: int) -> None:
        if track_id:
            self._ids = [*(it for it in self._ids if it != track_id), track_id][-_KEPT:]
