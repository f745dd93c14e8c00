"""How long the window's thread is held up at a time: a timer that notes the longest gap between two of its beats."""

from __future__ import annotations

import time
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer

INTERVAL_MS = 5


@dataclass(frozen=True, slots=True)
class Gap:
    """The worst that was seen.

    Attributes:
        wall_ms: Longest time between two beats; on a busy machine others are to blame as well.
        own_ms: Most processor time that the window's thread itself took between two beats.
    """

    wall_ms: float
    own_ms: float


class Watchdog(QObject):
    """Beats in the thread that made it."""

    def __init__(self) -> None:
        super().__init__()
        self._wall = self._own = 0.0
        self._beat_at = time.perf_counter()
        self._own_at = time.thread_time()
        self._timer = QTimer(self, interval=INTERVAL_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def begin(self) -> None:
        """Forget what was; the next gap begins now."""
        self._wall = self._own = 0.0
        self._beat_at, self._own_at = time.perf_counter(), time.thread_time()

    def worst(self) -> Gap:
        """Since ``begin``."""
        return Gap(1000 * self._wall, 1000 * self._own)

    def stop(self) -> None:
        """Beat no longer."""
        self._timer.stop()

    def _beat(self) -> None:
        now, own = time.perf_counter(), time.thread_time()
        self._wall = max(self._wall, now - self._beat_at)
        self._own = max(self._own, own - self._own_at)
        self._beat_at, self._own_at = now, own
