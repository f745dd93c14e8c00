"""Python's collector of reference cycles, kept in the UI thread.

Objects in cycles are freed by whichever thread happens to allocate next. A QObject of the UI thread that is freed in
the tracker's or the loader's thread leaves its timers behind, and Qt crashes on the next of them that is due.

A thread that reads, writes or imports a huge project makes hundreds of thousands of objects between two looks, which
would hold the window up for forty milliseconds and more. They are spared, as the libraries are: plain data is in no
cycle and goes when nothing refers to it. While such a thread is at work nothing is looked at: among few objects there
may be lists of hundreds of thousands of numbers, and each of those would be gone through.

Nothing here asks for the objects themselves: that would refer to tuples that another thread is still making, and Python
ends ``tuple(rows)`` with a SystemError when somebody else holds what it makes.
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QTimer

_INTERVAL_MS = 200
_MANY = 20_000
"""So many objects are looked at in two milliseconds."""
_LONG_SECONDS = 0.005
"""A look that took so long found long lists: one was enough."""


class _Workers:
    """How many threads make masses of objects."""

    def __init__(self) -> None:
        self.count = 0
        self._lock = threading.Lock()

    def change(self, by: int) -> None:
        with self._lock:
            self.count += by


_workers = _Workers()


@contextmanager
def making_masses() -> Iterator[None]:
    """While this lasts, in any thread, no cycles are collected: for work that ends by itself."""
    _workers.change(1)
    try:
        yield
    finally:
        _workers.change(-1)


def collect_if_due() -> None:
    """Collect what Python itself would have collected by now; call it in the UI thread."""
    generation = _due()
    if generation is not None:
        gc.collect(generation)


def _due() -> int | None:
    young, middle, old = (count > limit for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True))
    return (2 if middle and old else 1 if middle else 0) if young else None


class CycleCollector(QObject):
    """Collects cycles by a timer of the UI thread, and nowhere else, from now on."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._older = [0, 0]
        self._timer = QTimer(self, interval=_INTERVAL_MS)
        self._timer.timeout.connect(self.collect_or_spare)
        self._timer.start()

    def spare_what_is_there(self) -> None:
        """Look no longer at the objects there are now: those of libraries would take a twentieth of a second each time.

        What of them is a cycle stays in memory when nothing refers to it any longer.
        """
        gc.freeze()
        self._older = [0, 0]

    def collect_or_spare(self) -> None:
        """Collect what is due; of masses of objects nothing is looked at, now or later."""
        generation = _due()
        if generation is None or _workers.count:
            return
        new = gc.get_count()[0]
        if new + sum(self._older[:generation]) > _MANY:
            self.spare_what_is_there()
            return
        begun = time.thread_time()
        gc.collect(generation)
        if time.thread_time() - begun > _LONG_SECONDS:
            self.spare_what_is_there()
        else:
            self._grow_older(generation, new)

    def _grow_older(self, generation: int, new: int) -> None:
        """Keep count of the objects in the second and the third generation: at most so many, for some have gone."""
        middle, old = self._older
        self._older = [middle + new, old] if generation == 0 else [0, old + middle + new]
