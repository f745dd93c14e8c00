"""Keeps the project file up with the document, through times when it cannot be written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.document.statements import Statement
from app.document.store import StorageError, Store
from app.errors import AppError

RETRY_MS = 2000


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
                self.failed.emit(f"{error} Nothing is lost: your work is kept in memory and written when possible.")
        else:
            self._waiting = []
            self._retry.stop()

    def close(self) -> None:
        """Try a last time and let go of the file."""
        self._retry.stop()
        self.try_again()
        self._retry.stop()
        if self._store is not None:
            self._store.close()
            self._store = None

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
        raise StorageError(f"Another file is now at {self._path}: move it away.")
