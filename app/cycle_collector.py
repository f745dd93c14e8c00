"""Python's collector of reference cycles, kept in the UI thread.

Objects in cycles are freed by whichever thread happens to allocate next. A QObject of the UI thread that is freed in
the tracker's or the loader's thread leaves its timers behind, and Qt crashes on the next of them that is due.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_INTERVAL_MS = 200


def collect_if_due() -> None:
    """Collect what Python itself would have collected by now; call it in the UI thread."""
    young, middle, old = (count > limit for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True))
    if young:
        gc.collect(2 if middle and old else 1 if middle else 0)


class CycleCollector(QObject):
    """Collects cycles by a timer of the UI thread, and nowhere else, from now on."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=_INTERVAL_MS)
        self._timer.timeout.connect(collect_if_due)
        self._timer.start()

    def spare_what_is_there(self) -> None:
        """Look no longer at the objects there are now: those of libraries would take a twentieth of a second each time.

        What of them is a cycle stays in memory when nothing refers to it any longer.
        """
        gc.freeze()
