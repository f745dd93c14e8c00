"""Saving a copy of the open project in a thread of its own, with progress."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QThread, Signal
from PySide6.QtWidgets import QProgressDialog, QWidget

from app.document.document import Document
from app.document.project_copy import CopyCancelledError, copy_project
from app.errors import AppError

_PATIENCE_MS = 400
"""A copy made faster than this shows no progress."""


class _Copier(QThread):
    """One copy; lives in the UI thread but for ``run``."""

    told = Signal(int, int)
    """Pages done and in all."""

    def __init__(self, source: Path, target: Path, sequences: Mapping[int, str], parent: QObject) -> None:
        super().__init__(parent)
        self._source = source
        self._sequences = sequences
        self.target = target
        self.error = ""

    def run(self) -> None:
        """In the thread: copy, and keep what went wrong as a sentence."""
        try:
            copy_project(self._source, self.target, self._sequences, self._tell)
        except AppError as error:
            self.error = str(error)
        except CopyCancelledError:
            pass

    def _tell(self, done: int, total: int) -> None:
        if self.isInterruptionRequested():
            raise CopyCancelledError
        self.told.emit(done, total)


class ProjectCopying(QObject):
    """At most one copy at a time; the window stays usable.

    Args:
        window: Parent of the progress dialog.
    """

    copied = Signal(object)
    """Path of the copy."""
    failed = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._copier: _Copier | None = None
        self._progress: QProgressDialog | None = None

    def copy(self, document: Document, target: Path) -> None:
        """Begin to write a copy; what was copied before is waited for no longer."""
        self.close()
        document.flush()
        paths = {number: sequence.path for number, sequence in document.project.sequences.items()}
        self._copier = _Copier(document.path, target, paths, self)
        self._copier.told.connect(self._show_progress)
        self._copier.finished.connect(self._finished)
        self._progress = QProgressDialog(
            self.tr("Writing {0}…").format(target.name), self.tr("Cancel"), 0, 0, self._window
        )
        self._progress.setWindowModality(Qt.WindowModality.NonModal)
        self._progress.setMinimumDuration(_PATIENCE_MS)
        self._progress.canceled.connect(self._cancel)
        self._copier.start()

    def close(self) -> None:
        """Call off what is being written and end its thread."""
        copier, progress = self._copier, self._progress
        self._copier = self._progress = None
        if progress is not None:
            progress.canceled.disconnect(self._cancel)
            progress.close()
            progress.deleteLater()
        if copier is not None:
            copier.finished.disconnect(self._finished)
            copier.told.disconnect(self._show_progress)
            copier.requestInterruption()
            copier.wait()
            copier.deleteLater()

    def _show_progress(self, done: int, total: int) -> None:
        if self._progress is not None and total:
            self._progress.setMaximum(total)
            self._progress.setValue(min(done, total - 1))

    def _cancel(self) -> None:
        if self._copier is not None:
            self._copier.requestInterruption()

    def _finished(self) -> None:
        copier = self._copier
        if copier is None:
            return
        target, error, cancelled = copier.target, copier.error, copier.isInterruptionRequested()
        self.close()
        if error:
            self.failed.emit(error)
        elif not cancelled:
            self.copied.emit(target)
