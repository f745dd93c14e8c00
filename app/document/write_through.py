"""Keeps the project file up with the document, through times when it cannot be written and against power cuts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal

from app.document.statements import Statement
from app.document.store import StorageError, Store, push_to_disk
from app.errors import AppError
from app.spoken import spoken

RETRY_MS = 2000

SYNC_MS = 500
"""So long after a write the disk is told to have it for good; what a power cut takes at most, but for a slow disk."""


class WriteThrough(QObject):
    """Writes each change at once; after a failure collects changes and tries again every ``RETRY_MS``.

    Args:
        path: A checked project file, locked by the caller.
        rewrite: Writes the whole project anew to ``path``; used when the file has gone.
        parent: Owner.

    Raises:
        StorageError: The file cannot be opened for writing.
    """

    failed = Signal(str)
    """Writing has begun to fail; one sentence, once until it works again."""

    def __init__(self, path: Path, rewrite: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._path = path
        self._rewrite = rewrite
        self._store: Store | None = Store(path)
        self._waiting: list[Statement] = []
        self._retry = QTimer(self, interval=RETRY_MS)
        self._retry.timeout.connect(self.try_again)
        # a disk takes milliseconds at best, and seconds when it is busy: not in the thread of the window
        self._syncing = QThreadPool(self, maxThreadCount=1)
        self._sync_timer = QTimer(self, singleShot=True, interval=SYNC_MS)
        self._sync_timer.timeout.connect(self._sync)

    @property
    def is_waiting(self) -> bool:
        """Whether something is not in the file yet."""
        return bool(self._waiting)

    def write(self, changes: list[Statement]) -> None:
        """Write ``changes`` in one transaction, or keep them until the file can be written again."""
        self._waiting += changes
        # a full disk is asked every RETRY_MS, not at every stroke
        if not self._retry.isActive():
            self.try_again()

    def try_again(self) -> None:
        """Write what waits."""
        if not self._waiting:
            return
        try:
            self._write_waiting()
        except AppError as error:
            if not self._retry.isActive():
                self._retry.start()
                self.failed.emit(
                    spoken("{0} Nothing is lost: your work is kept in memory and written when possible.", error)
                )
        else:
            self._waiting = []
            self._retry.stop()
            if not self._sync_timer.isActive():
                self._sync_timer.start()

    def close(self) -> None:
        """Try a last time and let go of the file."""
        self._retry.stop()
        self.try_again()
        self._retry.stop()
        self._sync_timer.stop()
        self._syncing.waitForDone()
        if self._store is not None:
            self._store.close()
            self._store = None

    def _sync(self) -> None:
        log = Path(f"{self._path}-wal")
        if self._syncing.activeThreadCount():
            self._sync_timer.start()  # the disk is slow: what came meanwhile goes with the next one
        else:
            self._syncing.start(lambda: push_to_disk(log))

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
