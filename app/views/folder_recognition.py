"""Recognising a folder of pictures by its content, which takes a while where there are very many."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressDialog, QWidget

from app.formats.progress import Progress
from app.media.fingerprint import fingerprint
from app.views.background import Background


class FolderRecognition(QProgressDialog):
    """Shown while the folder is looked through in a thread; ``exec()`` ends with it, or as the person gives up.

    Args:
        folder: Of the pictures.
        window: Parent.

    Attributes:
        fingerprint: What was found; empty where there was none.
        failure: One sentence why there was none; empty where the person gave up.
    """

    def __init__(self, folder: Path, window: QWidget) -> None:
        super().__init__(window)
        self.fingerprint = self.failure = ""
        self.setLabelText(self.tr("Reading {0}…").format(folder.name))
        self.setCancelButtonText(self.tr("Cancel"))
        self.setRange(0, 0)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._background = Background(self)
        self._background.finished.connect(self._take)
        self._background.failed.connect(self._fail)
        self.canceled.connect(self.reject)  # of itself it only hides
        self.finished.connect(self._background.close)

        def look_through(progress: Progress) -> str:
            def cancelled() -> bool:
                progress.at(0, 0)  # leaves by itself where it is
                return False

            return fingerprint(folder, cancelled)[1]

        self._background.submit(look_through)

    def _take(self, found: object) -> None:
        self.fingerprint = str(found)
        self.accept()

    def _fail(self, text: str) -> None:
        self.failure = text
        self.reject()
