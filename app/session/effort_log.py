"""Counts what labelling costs a person: boxes, corrections, accepted frames and the time at work."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from app.document.document import Document
from app.document.model import Effort
from app.session.screen import Screen

IDLE_SECONDS = 60.0
"""A longer pause between two things a person does is not work."""
_WRITE_MS = 10_000


class EffortLog(QObject):
    """Adds to the effort of the Sequence on the screen. Undo takes nothing back: the work was done.

    What was counted goes to the file every ten seconds, and when the Sequence or the project is left.

    Args:
        document: The open project; nothing is counted in one that can only be read.
        screen: What is shown.
        parent: Qt owner.
        clock: Seconds that only go forward.
    """

    def __init__(
        self,
        document: Document,
        screen: Screen,
        parent: QObject | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._screen = screen
        self._clock = clock
        self._new = Effort()
        self._sequence_id = 0
        self._seen: float | None = None
        self._last_edit = (0, -1)
        self._timer = QTimer(self, singleShot=True, interval=_WRITE_MS)
        self._timer.timeout.connect(self.flush)

    def active(self) -> None:
        """The person does something: the time since the last thing is work, unless it was a pause."""
        now = self._clock()
        if self._seen is not None and 0 < now - self._seen <= IDLE_SECONDS:
            self._add(Effort(seconds=now - self._seen))
        self._seen = now

    def drew(self, track_id: int) -> None:
        """A box where there was none."""
        self._last_edit = (track_id, self._screen.frame)
        self._add(Effort(drawn=1))

    def corrected(self, track_id: int) -> None:
        """A box that was there is another now; moving it on in small steps counts once."""
        edit = (track_id, self._screen.frame)
        if edit != self._last_edit:
            self._last_edit = edit
            self._add(Effort(corrected=1))

    def accepted(self) -> None:
        """The shown box was found good as it is."""
        self._add(Effort(accepted=1))

    def flush(self) -> None:
        """Put what was counted into the project."""
        self._timer.stop()
        new, self._new = self._new, Effort()
        sequence = self._document.project.sequences.get(self._sequence_id)
        if sequence is not None and new != Effort():
            self._document.put_effort(sequence.id, sequence.effort + new)

    def _add(self, effort: Effort) -> None:
        sequence = self._screen.sequence
        if sequence is None or self._document.read_only:
            return
        if sequence.id != self._sequence_id:
            self.flush()
            self._sequence_id = sequence.id
        self._new += effort
        if not self._timer.isActive():
            self._timer.start()
