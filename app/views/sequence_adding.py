"""Adding one more video or image folder to the open project: chosen, read with progress, put in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QProgressDialog, QWidget

from app.document.document import Document
from app.errors import AppError
from app.media.frame_loader import FrameLoader
from app.media.frame_source import SourceInfo

_PATIENCE_MS = 400
"""A source read faster than this shows no progress."""


class SequenceAdding(QObject):
    """Reads a source in a loader of its own; the window stays usable.

    Args:
        make_loader: Makes a FrameLoader.
        window: Parent of the progress dialog.
    """

    added = Signal(int)
    """Id of the Sequence: the new one, or that which has this source already."""
    failed = Signal(str)

    def __init__(self, make_loader: Callable[[], FrameLoader], window: QWidget) -> None:
        super().__init__(window)
        self._make_loader = make_loader
        self._window = window
        self._document: Document | None = None
        self._loader: FrameLoader | None = None
        self._progress: QProgressDialog | None = None
        self._cancelled = False

    def add(self, document: Document, path: Path) -> None:
        """Add a source to a project; what was being added before is given up."""
        self.close()
        if document.read_only:
            self.failed.emit(self.tr("This project can only be read: copy it to a folder where you may write first."))
            return
        self._document, self._cancelled = document, False
        self._progress = QProgressDialog(
            self.tr("Reading {0}…").format(path.name), self.tr("Cancel"), 0, 0, self._window
        )
        self._progress.setWindowModality(Qt.WindowModality.WindowModal)
        self._progress.setMinimumDuration(_PATIENCE_MS)
        self._progress.canceled.connect(self._cancel)
        self._loader = self._make_loader()
        self._loader.opened.connect(self._opened)
        self._loader.open_failed.connect(self._open_failed)
        self._loader.indexing.connect(self._show_progress)
        self._loader.open(path)

    def close(self) -> None:
        """Give up what is being read."""
        loader, progress = self._loader, self._progress
        self._loader = self._progress = self._document = None
        if progress is not None:
            progress.canceled.disconnect(self._cancel)
            progress.close()
            progress.deleteLater()
        if loader is not None:
            loader.opened.disconnect(self._opened)
            loader.open_failed.disconnect(self._open_failed)
            loader.indexing.disconnect(self._show_progress)
            loader.close()
            loader.deleteLater()

    def _show_progress(self, done: int, total: int) -> None:
        if self._progress is not None:
            self._progress.setMaximum(total)
            self._progress.setValue(min(done, total - 1) if total else 0)

    def _cancel(self) -> None:
        self._cancelled = True
        if self._loader is not None:
            self._loader.cancel_opening()

    def _opened(self, info: SourceInfo) -> None:
        document = self._document
        self.close()
        if document is None:
            return
        try:
            sequence = document.add_sequence(*info.facts)
        except AppError as error:
            self.failed.emit(str(error))
            return
        self.added.emit(sequence.id)

    def _open_failed(self, text: str) -> None:
        cancelled = self._cancelled
        self.close()
        if not cancelled:
            self.failed.emit(text)
