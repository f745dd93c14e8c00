"""Long work of the window's thread in parts, with room between them for keys, clicks and painting."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

_PAUSE_MS = 1
"""Timers of no time come before others that are due."""

_PICTURE_MS = 12
"""In which a picture is worked out and painted, in two turns."""


class AfterPicture(QObject):
    """Does one thing once after each step to another frame, or several of them, when the picture has been painted.

    Args:
        act: It.
        parent: Qt owner.
    """

    def __init__(self, act: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True, interval=_PICTURE_MS)
        self._timer.timeout.connect(act)

    def begin(self) -> None:
        """Do it soon, unless that is to come already."""
        if not self._timer.isActive():
            self._timer.start()


class StepByStep(QObject):
    """Does each step in a turn of the event loop of its own.

    A queued signal would not do: events that are posted while others are delivered come in the same turn.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: deque[Callable[[], object]] = deque()
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._step)

    @property
    def is_busy(self) -> bool:
        """Whether steps are still to be done."""
        return bool(self._steps)

    def begin(self, *steps: Callable[[], object]) -> None:
        """Do these, after those that are still to be done."""
        self._steps.extend(steps)
        if self._steps:
            self._timer.start()

    def forget(self) -> None:
        """Do nothing more."""
        self._steps.clear()
        self._timer.stop()

    def _step(self) -> None:
        step = self._steps.popleft()
        step()
        if self._steps:
            self._timer.start()
