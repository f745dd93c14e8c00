"""Playing the Sequence by the clock: every picture at its own time, and where that is too fast, fewer pictures."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

_TICK_MS = 8


class Playback(QObject):
    """Asks for frames as their time comes, one at a time: a slow decoder makes it skip, never lag.

    Signals:
        playing_changed: Whether it plays.
        wanted: A frame that should be fetched and shown; answered by ``shown``.
    """

    playing_changed = Signal(bool)
    wanted = Signal(int)

    def __init__(self, parent: QObject | None = None, clock: Callable[[], float] = time.perf_counter) -> None:
        super().__init__(parent)
        self._clock = clock
        self._timer = QTimer(self, interval=_TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._time_of: Callable[[int], float] = float
        self._frame = self._end = 0
        self._speed = 1.0
        self._started = self._origin = 0.0
        self._awaited: int | None = None

    @property
    def playing(self) -> bool:
        """Whether it plays."""
        return self._timer.isActive()

    def start(self, frame: int, end: int, speed: float, time_of: Callable[[int], float]) -> None:
        """Play from ``frame`` to ``end`` inclusive.

        Args:
            frame: The frame on the screen.
            end: Last frame, or the first one where ``speed`` is negative.
            speed: Times real time; negative plays backward.
            time_of: Presentation time of a frame in seconds.
        """
        self._frame, self._end, self._speed, self._time_of = frame, end, speed, time_of
        self._awaited = None
        self._origin, self._started = time_of(frame), self._clock()
        if not self.playing:
            self._timer.start()
            self.playing_changed.emit(True)

    def stop(self) -> None:
        """Stay on the frame that is shown."""
        if self.playing:
            self._timer.stop()
            self.playing_changed.emit(False)

    def awaits(self, frame: int) -> bool:
        """Whether ``frame`` is the one that was asked for."""
        return frame == self._awaited

    def shown(self, frame: int) -> None:
        """The wanted frame is on the screen: the next may be asked for."""
        self._awaited = None
        self._frame = frame

    def _tick(self) -> None:
        if self._awaited is not None:
            return
        if self._frame == self._end:
            self.stop()
            return
        now = self._origin + self._speed * (self._clock() - self._started)
        step = 1 if self._speed > 0 else -1
        frame = self._frame
        while frame != self._end and (self._time_of(frame + step) - now) * step <= 0:
            frame += step
        if frame != self._frame:
            self._awaited = frame
            self.wanted.emit(frame)
