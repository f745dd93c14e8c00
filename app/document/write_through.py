"""Keeps the project file up with the document, through times when it cannot be written and against power cuts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal

from app.cycle_collector import making_masses
from app.document.statement import Statement
from app.document.store import StorageError, Store, is_log_long, keep_for_good
from app.errors import AppError
from app.spoken import spoken

RETRY_MS = 2000

SYNC_MS = 500
"""So long after a write the disk is told to have it for good; what a power cut takes at most, but for a slow disk."""

LARGE = 2000
"""From so many rows on a change is written beside the window: these take some five milliseconds, a million seconds."""


class WriteThrough(QObject):
    """Writes each change at once, a large one in a thread; after a failure collects changes and tries again.

    A long log is folded into the file in that thread, too. SQLite holds up who writes meanwhile, and who writes first
    after it until the disk has it all, seconds after an import: nothing of that is for the thread of the window.

    What comes while a large change is being written follows it in one transaction, so that the file always holds what
    the document held at some moment.

    Args:
        path: A checked project file, locked by the caller.
        store: Of this file; closed with this.
        rewrite: Writes the whole project anew to ``path``; used when the file has gone.
        parent: Owner.
    """

    failed = Signal(str)
    """Writing has begun to fail; one sentence, once until it works again."""
    writing_changed = Signal(bool)
    """A large change is being written from now on, or no longer."""

    _done = Signal()
    _folded = Signal()

    def __init__(self, path: Path, store: Store, rewrite: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._path = path
        self._rewrite = rewrite
        self._store: Store | None = store
        self._waiting: list[Statement] = []
        self._under_way: list[Statement] = []
        self._is_writing = self._is_done = self._is_folding = False
        self._outcome: Exception | None = None
        self._retry = QTimer(self, interval=RETRY_MS)
        self._retry.timeout.connect(self._try_again)
        self._writing = QThreadPool(self, maxThreadCount=1)
        self._done.connect(self._end_large, Qt.ConnectionType.QueuedConnection)
        self._folded.connect(self._end_folding, Qt.ConnectionType.QueuedConnection)
        # a disk takes milliseconds at best, and seconds when it is busy: not in the thread of the window
        self._syncing = QThreadPool(self, maxThreadCount=1)
        self._sync_timer = QTimer(self, singleShot=True, interval=SYNC_MS)
        self._sync_timer.timeout.connect(self._sync)

    @property
    def is_waiting(self) -> bool:
        """Whether something is not in the file yet."""
        return bool(self._waiting) or self._is_writing

    @property
    def is_writing(self) -> bool:
        """Whether a large change is being written."""
        return self._is_writing

    def write(self, changes: list[Statement]) -> None:
        """Write ``changes`` in one transaction, or keep them until the file can be written again."""
        self._waiting += changes
        # a full disk is asked every RETRY_MS, not at every stroke
        if not self._retry.isActive():
            self._try_again()

    def settle(self) -> None:
        """Wait until a large change has been written, or has failed to be."""
        while self._is_writing:
            self._writing.waitForDone()
            self._end_large()

    def write_now(self) -> None:
        """Write what waits, before this returns."""
        self.settle()
        self._try_again()
        self.settle()

    def close(self) -> None:
        """Try a last time and let go of the file."""
        self._retry.stop()
        self.write_now()
        self._retry.stop()
        self._sync_timer.stop()
        self._syncing.waitForDone()
        self._writing.waitForDone()
        if self._store is not None:
            self._store.close()
            self._store = None
        self._rewrite = _nothing  # the document, which goes with all its boxes as soon as nobody refers to it

    def _try_again(self) -> None:
        """Write what waits, or begin to."""
        if not self._waiting or self._is_writing:
            return
        is_large = self._is_folding or sum(it.cost for it in self._waiting) >= LARGE
        if is_large and self._store is not None and self._path.exists():
            self._begin_large(self._store)
            return
        try:
            self._write_waiting()
        except AppError as error:
            self._fail(error)
        else:
            self._waiting = []
            self._succeed()

    def _begin_large(self, store: Store) -> None:
        self._under_way, self._waiting = self._waiting, []
        changes = self._under_way
        self._is_writing, self._is_done, self._outcome = True, False, None

        def work() -> None:
            try:
                with making_masses():
                    store.write(changes)
                changes.clear()  # here: what thousands of Tracks were holds up whoever lets go of it
                keep_for_good(self._path)
            except Exception as error:  # noqa: BLE001 - for the thread of the window to judge
                self._outcome = error
            self._is_done = True
            self._done.emit()

        self.writing_changed.emit(True)
        self._writing.start(work)

    def _end_large(self) -> None:
        if not self._is_writing or not self._is_done:
            return  # ended already by whoever could not wait
        changes, outcome = self._under_way, self._outcome
        self._under_way, self._outcome, self._is_writing = [], None, False
        if outcome is None:
            self._succeed()
            self._try_again()
        else:
            self._waiting = changes + self._waiting
        if not self._is_writing:
            self.writing_changed.emit(False)
        if isinstance(outcome, AppError):
            self._fail(outcome)
        elif outcome is not None:
            raise outcome

    def _succeed(self) -> None:
        self._retry.stop()
        if not self._sync_timer.isActive():
            self._sync_timer.start()

    def _fail(self, error: AppError) -> None:
        if not self._retry.isActive():
            self._retry.start()
            self.failed.emit(
                spoken("{0} Nothing is lost: your work is kept in memory and written when possible.", error)
            )

    def _sync(self) -> None:
        if self._is_folding or self._is_writing or self._syncing.activeThreadCount():
            self._sync_timer.start()  # the disk is slow: what came meanwhile goes with the next one
        elif is_log_long(self._path):
            # what comes meanwhile is written after it in the same thread
            self._is_folding = True
            self._writing.start(self._fold)
        else:
            self._syncing.start(lambda: keep_for_good(self._path))

    def _fold(self) -> None:
        try:
            keep_for_good(self._path)
        finally:
            self._folded.emit()

    def _end_folding(self) -> None:
        self._is_folding = False

    def _write_waiting(self) -> None:
        if self._store is not None:
            if self._path.exists():
                self._store.write(self._waiting)
                return
            # before the new file is there: closing removes the old one's log by name
            self._store.close()
            self._store = None
        if not self._path.exists():
            self._rewrite()
            self._store = Store(self._path)
            return
        raise StorageError("Another file is now at {0}: move it away.", self._path)


def _nothing() -> None:
    """There is nothing to write any more."""
