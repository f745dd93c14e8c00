"""Adding videos or an image folder to the open project: chosen, read with progress, put in one after the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QProgressDialog, QWidget

from app.document.document import Document
from app.errors import AppError
from app.media.frame_loader import FrameLoader
from app.media.frame_source import SourceInfo

_PATIENCE_MS = 400
"""A source read faster than this shows no progress."""
_STEPS = 1000
"""Of the progress of one source."""
_TOLD = 5
"""Sources that could not be read and are named, where there are very many."""


class SequenceAdding(QObject):
    """Reads each source in a loader of its own; the window stays usable. What was read before Cancel stays.

    Args:
        make_loader: Makes a FrameLoader.
        window: Parent of the progress dialog.
    """

    added = Signal(int)
    """Id of the first Sequence: the new one, or that which has this source already."""
    failed = Signal(str)

    def __init__(self, make_loader: Callable[[], FrameLoader], window: QWidget) -> None:
        super().__init__(window)
        self._make_loader = make_loader
        self._window = window
        self._document: Document | None = None
        self._loader: FrameLoader | None = None
        self._progress: QProgressDialog | None = None
        self._waiting: deque[Path] = deque()
        self._count = self._done = 0
        self._first: int | None = None
        self._failures: list[str] = []
        self._cancelled = False

    def add(self, document: Document, paths: Sequence[Path]) -> None:
        """Add sources to a project; what was being added before is given up."""
        self.close()
        if document.read_only:
            self.failed.emit(self.tr("This project can only be read: copy it to a folder where you may write first."))
            return
        self._document, self._cancelled = document, False
        self._waiting, self._count, self._done = deque(paths), len(paths), 0
        self._first, self._failures = None, []
        self._progress = QProgressDialog(self._window)
        self._progress.setRange(0, 0)
        self._progress.setCancelButtonText(self.tr("Cancel"))
        self._progress.setAutoReset(False)
        self._progress.setAutoClose(False)
        self._progress.setWindowModality(Qt.WindowModality.WindowModal)
        self._progress.setMinimumDuration(_PATIENCE_MS)
        self._progress.canceled.connect(self._cancel)
        self._read_next()

    def close(self) -> None:
        """Give up what is being read."""
        progress = self._progress
        self._progress = self._document = None
        self._waiting.clear()
        if progress is not None:
            progress.canceled.disconnect(self._cancel)
            progress.close()
            progress.deleteLater()
        self._let_go()

    def _read_next(self) -> None:
        if self._progress is None:
            return
        if self._waiting and self._count > 1:
            text = self.tr("Reading {0}…").format(self._waiting[0].name)
            self._progress.setLabelText(text + "\n" + self.tr("{0} of {1}").format(self._done + 1, self._count))
            self._show_progress(0, 1)  # lets clicks in: on Cancel, perhaps
            if self._is_closed():
                return
        elif self._waiting:
            self._progress.setLabelText(self.tr("Reading {0}…").format(self._waiting[0].name))
        if self._cancelled or not self._waiting:
            self._end()
            return
        path = self._waiting.popleft()
        self._loader = self._make_loader()
        self._loader.opened.connect(self._opened)
        self._loader.open_failed.connect(self._open_failed)
        self._loader.indexing.connect(self._show_progress)
        self._loader.open(path)

    def _is_closed(self) -> bool:
        return self._progress is None

    def _let_go(self) -> None:
        loader, self._loader = self._loader, None
        if loader is not None:
            loader.opened.disconnect(self._opened)
            loader.open_failed.disconnect(self._open_failed)
            loader.indexing.disconnect(self._show_progress)
            loader.close()
            loader.deleteLater()

    def _end(self) -> None:
        first, failures, count = self._first, self._failures, self._count
        self.close()
        if first is not None:
            self.added.emit(first)
        if count == 1 and failures:
            self.failed.emit(failures[0])
        elif failures:
            more = len(failures) - _TOLD
            told = [self.tr("{0} of {1} could not be added:").format(len(failures), count), *failures[:_TOLD]]
            self.failed.emit("\n\n".join([*told, self.tr("{0} more").format(more)] if more > 0 else told))

    def _show_progress(self, done: int, total: int) -> None:
        if self._progress is not None and total:
            self._progress.setMaximum(self._count * _STEPS)
            self._progress.setValue(self._done * _STEPS + min(_STEPS * done // total, _STEPS - 1))

    def _cancel(self) -> None:
        self._cancelled = True
        if self._loader is not None:
            self._loader.cancel_opening()

    def _opened(self, info: SourceInfo) -> None:
        document = self._document
        self._let_go()
        self._done += 1
        if document is not None:
            try:
                sequence = document.add_sequence(*info.facts)
            except AppError as error:
                self._failures.append(str(error))
            else:
                self._first = self._first or sequence.id
        self._read_next()

    def _open_failed(self, text: str) -> None:
        self._let_go()
        self._done += 1
        if not self._cancelled:
            self._failures.append(text)
        self._read_next()
