"""What the tracker has in its memory, for the panel that shows it: asked for only while it is looked at."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.document.commands import SetLearning
from app.document.document import Document
from app.session.edits import Edits
from app.session.messages import MemoryShown
from app.session.screen import Screen
from app.session.tracker_thread import TrackerThread
from app.spoken import shown_frame, spoken


class MemoryWatch(QObject):
    """The selected Track's memory. UI thread only.

    Signals:
        shown: MemoryShown of the selected Track, or None while nothing is known of it.
    """

    shown = Signal(object)

    def __init__(
        self, document: Document, screen: Screen, edits: Edits, tracker: TrackerThread, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._screen = screen
        self._edits = edits
        self._tracker = tracker
        self._watching = False
        screen.track_selected.connect(self._track_selected)
        tracker.memory.connect(self._take)

    def watch(self, on: bool) -> None:
        """Begin or end to follow the memory."""
        if on != self._watching:
            self._watching = on
            self._track_selected(self._screen.track_id)

    def set_learning(self, frame: int, *, learns: bool) -> None:
        """Take a frame out of the selected Track's memory for good, or let the tracker learn from it again."""
        track = self._screen.track
        if track is None or self._edits.is_refused():
            return
        teaching = [it for it, keyframe in track.keyframes.items() if keyframe.box is not None]
        left = [it for it in teaching if it not in track.unlearned and it != frame]
        if not learns and frame in teaching and not left:
            self._edits.refuse(
                spoken(
                    "Frame {0} is the only one that you have set and the tracker learns from: set another box first.",
                    shown_frame(frame),
                )
            )
            return
        self._edits.interrupt()
        self._document.push(SetLearning(self._document, track.id, frame, learns=learns))

    def close(self) -> None:
        """Listen no longer."""
        self.watch(False)
        self._tracker.memory.disconnect(self._take)

    def _track_selected(self, track_id: int) -> None:
        self._tracker.watch_memory(track_id if self._watching else 0)
        self.shown.emit(None)

    def _take(self, memory: MemoryShown) -> None:
        if self._watching and memory.track_id == self._screen.track_id:
            self.shown.emit(memory)
