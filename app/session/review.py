"""Going through the doubtful frames: from one to the next, and saying that a box is right."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.document.commands import AcceptBoxes, SayGone
from app.document.document import Document
from app.session.doubt import DoubtReason
from app.session.doubtful import Doubtful
from app.session.edits import Edits
from app.session.propagation_control import PropagationControl
from app.session.review_queue import ReviewQueue
from app.session.screen import Screen


class Review(QObject):
    """Where the person is in the queue.

    Signals:
        entered: Doubtful, when the person has gone to one, or None when there is nothing left.
        returned: Frame on which an object is back that the person has found gone before it; it is shown.

    Attributes:
        queue: The doubtful frames.
    """

    entered = Signal(object)
    returned = Signal(int)

    def __init__(
        self,
        document: Document,
        screen: Screen,
        edits: Edits,
        control: PropagationControl,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.queue = ReviewQueue(document, self)
        self._document = document
        self._screen = screen
        self._edits = edits
        self._control = control
        self._row = 0
        self._visited: Doubtful | None = None

    @property
    def visited(self) -> Doubtful | None:
        """The entry that the person went to and is still looking at, as long as its box is the tracker's."""
        entry, track = self._visited, self._screen.track
        if entry is None or track is None or (entry.track_id, entry.frame) != (track.id, self._screen.frame):
            return None
        return entry if entry.frame in track.boxes and entry.frame not in track.keyframes else None

    def go(self, step: int) -> None:
        """Go to the next entry, or the one before where ``step`` is negative; first of all to the most doubtful.

        Without an entry the person is told so.
        """
        self.queue.settle()
        entries = self.queue.entries
        if not entries:
            self._visited = None
            self.entered.emit(None)
            return
        place = self._place()
        if place is not None:
            row = place + step
        elif step > 0:
            row = self._row  # what stood there has gone, the next has moved up
        else:
            row = self._row - 1
        self.show(entries[min(max(row, 0), len(entries) - 1)])

    def show(self, entry: Doubtful) -> None:
        """Go to an entry."""
        self._control.pause()
        self._visited = entry
        self._row = next((row for row, it in enumerate(self.queue.entries) if it == entry), 0)
        self._screen.select_track(entry.track_id)
        self._screen.go_to(entry.frame)
        self.entered.emit(entry)

    def accept(self) -> None:
        """The box of the entry on the screen is right, and those of the frames listed with it; on to the next.

        Where the tracker was lost there is no box: the object is gone. Where it was found again is to be looked at.
        """
        entry = self.visited
        if entry is None or self._edits.is_refused():
            return
        if entry.reason is DoubtReason.LOST:
            if not self._edits.is_barred(entry.track_id):
                self._accept_gone(entry)
            return
        track = self._document.track(entry.track_id)
        frames = [it for it in range(entry.first, entry.last + 1) if it not in track.keyframes]
        self._document.push(AcceptBoxes(self._document, entry.track_id, frames))
        self._accepted()
        self.go(1)

    def _accept_gone(self, entry: Doubtful) -> None:
        command = SayGone(self._document, entry.track_id, entry.frame)
        self._document.push(command)
        self._accepted()
        back = self._document.track(entry.track_id).keyframes.get(command.last + 1)
        if back is None or back.box is None:
            self.go(1)
            return
        self._screen.go_to(command.last + 1)
        self.returned.emit(command.last + 1)

    def _accepted(self) -> None:
        self._edits.effort.accepted()
        self._visited = None
        self.queue.settle()
        self._row = min(self._row, max(len(self.queue.entries) - 1, 0))

    def _place(self) -> int | None:
        """Row of the entry that the person is at."""
        entry = self.visited
        if entry is None:
            return None
        return next((row for row, it in enumerate(self.queue.entries) if it == entry), None)
