"""Which Tracks the person does not want to see, or does not want to change: of the session, not of the project."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from app.document.document import Document
from app.document.model import Track
from app.spoken import spoken


class TrackSwitches(QObject):
    """Hidden Tracks are not painted and out of reach of the mouse; locked ones no edit and no run changes.

    Neither is a step of undo, nor in the project's file (docs/decisions/0017-hide-and-lock.md). UI thread only.

    Signals:
        changed: What is hidden, locked or shown alone.
        locked: Id of a Track that is locked from now on.

    Args:
        document: The open project; also the Qt owner.
    """

    changed = Signal()
    locked = Signal(int)

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._hidden: set[int] = set()
        self._locked: set[int] = set()
        self._only_selected = False
        document.track_renumbered.connect(self._renumbered)

    @property
    def only_selected(self) -> bool:
        """Whether the selected Track alone is shown."""
        return self._only_selected

    @only_selected.setter
    def only_selected(self, only: bool) -> None:
        self._only_selected = only
        self.changed.emit()

    @property
    def any_hidden(self) -> bool:
        """Whether ``show_all`` has something to do."""
        return self._only_selected or bool(self._hidden)

    @property
    def any_locked(self) -> bool:
        """Whether ``unlock_all`` has something to do."""
        return bool(self._locked)

    def is_hidden(self, track_id: int) -> bool:
        """Whether a Track is hidden, whichever is selected."""
        return track_id in self._hidden

    def is_locked(self, track_id: int) -> bool:
        """Whether nothing changes a Track."""
        return track_id in self._locked

    def shown(self, tracks: list[Track], selected_id: int) -> list[Track]:
        """Those of these Tracks that are to be painted, in the same order."""
        if not self.any_hidden:
            return tracks
        if self._only_selected:
            tracks = [it for it in tracks if it.id == selected_id]
        return [it for it in tracks if it.id not in self._hidden]

    def toggle_hidden(self, track_id: int) -> None:
        """Hide a Track, or show it again."""
        self._hidden ^= {track_id}
        self.changed.emit()

    def toggle_locked(self, track_id: int) -> None:
        """Lock a Track, or unlock it."""
        self._locked ^= {track_id}
        if track_id in self._locked:
            self.locked.emit(track_id)
        self.changed.emit()

    def show_all(self) -> None:
        """Hide nothing."""
        self._hidden.clear()
        self.only_selected = False

    def unlock_all(self) -> None:
        """Lock nothing."""
        self._locked.clear()
        self.changed.emit()

    def why_not(self, track_ids: Iterable[int]) -> str:
        """Why one of these Tracks cannot be changed by hand, in a sentence; empty where all can be."""
        for track_id in track_ids:
            if track_id in self._locked:
                return locked_text(track_id)
            if track_id in self._hidden:
                return spoken("Track {0} is hidden: show it first, by the eye in the list of tracks.", track_id)
        return ""

    def _renumbered(self, track_id: int, number: int) -> None:
        for switched in (self._hidden, self._locked):
            if track_id in switched:
                switched.remove(track_id)
                switched.add(number)


def locked_text(track_id: int) -> str:
    """Why nothing happens to a locked Track."""
    return spoken("Track {0} is locked, so nothing was changed: unlock it by the lock in the list of tracks.", track_id)
