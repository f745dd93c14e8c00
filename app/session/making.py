"""Commands on very many frames, built beside the window: to put two long Tracks together takes most of a second."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal

from app.cycle_collector import making_masses

LARGE = 20_000
"""From so many keyframes and tracked boxes on a command is built in a thread."""

Finish = Callable[[], None]


class Making(QObject):
    """Builds one command at a time. The document must stay as it is meanwhile: keys and clicks have to wait.

    Signals:
        busy_changed: Whether a command is being built from now on.
    """

    busy_changed = Signal(bool)
    _built = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self, maxThreadCount=1)
        self._outcome: Finish | Exception | None = None
        self.is_busy = False
        self._built.connect(self.settle, Qt.ConnectionType.QueuedConnection)

    def do(self, build: Callable[[], Finish], cost: int) -> None:
        """``begin``, or all of it here and now where that takes little.

        Args:
            build: See ``begin``.
            cost: So many keyframes and tracked boxes it has to look at, about.
        """
        if cost < LARGE:
            build()()
        else:
            self.begin(build)

    def begin(self, build: Callable[[], Finish]) -> None:
        """Have ``build`` called in a thread, where it may read the document, and then in this one what it returned."""
        self.settle()
        self.is_busy = True

        def work() -> None:
            try:
                with making_masses():
                    self._outcome = build()
            except Exception as error:  # noqa: BLE001 - for the thread of the window to judge
                self._outcome = error
            self._built.emit()

        self.busy_changed.emit(True)
        self._pool.start(work)

    def settle(self) -> None:
        """Wait for what is under way, and finish it."""
        if not self.is_busy:
            return  # finished already by whoever could not wait
        self._pool.waitForDone()
        outcome, self._outcome = self._outcome, None
        assert outcome is not None
        try:
            if isinstance(outcome, Exception):
                raise outcome
            outcome()
        finally:
            self.is_busy = False
            self.busy_changed.emit(False)
