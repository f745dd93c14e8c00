"""Python's collector of reference cycles, kept in the UI thread.

Objects in cycles are freed by whichever thread happens to allocate next. A QObject of the UI thread that is freed in
the tracker's or the loader's thread leaves its timers behind, and Qt crashes on the next of them that is due.

A thread that reads, writes or imports a huge project makes hundreds of thousands of objects between two looks, which
would hold the window up for forty milliseconds and more. They are spared, as the libraries are: plain data is in no
cycle and goes when nothing refers to it.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_INTERVAL_MS = 200
_MANY = 20_000
"""So many objects are looked at in two milliseconds, and so many entries of lists in half of one."""
_LISTS = frozenset({list, tuple, dict, set})


def collect_if_due() -> None:
    """Collect what Python itself would have collected by now; call it in the UI thread."""
    generation = _due()
    if generation is not None:
        gc.collect(generation)


def collect_or_spare() -> None:
    """The same, but of masses of objects nothing is looked at, now or later."""
    generation = _due()
    if generation is None:
        return
    if gc.get_count()[0] > _MANY or any(_weight(it) > _MANY for it in range(generation + 1)):
        gc.freeze()
    else:
        gc.collect(generation)


def _weight(generation: int) -> float:
    """What there is to look at: objects, and entries of lists, of which four cost as much as one object."""
    there = gc.get_objects(generation)
    return len(there) + sum(len(it) for it in there if type(it) in _LISTS) / 4


def _due() -> int | None:
    young, middle, old = (count > limit for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True))
    return (2 if middle and old else 1 if middle else 0) if young else None


class CycleCollector(QObject):
    """Collects cycles by a timer of the UI thread, and nowhere else, from now on."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=_INTERVAL_MS)
        self._timer.timeout.connect(collect_or_spare)
        self._timer.start()

    def spare_what_is_there(self) -> None:
        """Look no longer at the objects there are now: those of libraries would take a twentieth of a second each time.

        What of them is a cycle stays in memory when nothing refers to it any longer.
        """
        gc.freeze()
