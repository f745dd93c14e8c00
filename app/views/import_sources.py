"""Videos and folders of images that an import brings into the project with its boxes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.document.model import Project, Sequence
from app.document.sequence_check import require_possible
from app.errors import AppError
from app.formats.progress import Progress
from app.media.frame_source import SourceInfo
from app.media.open_source import describe_source, open_source
from app.settings import Settings
from app.views.background import Background
from app.views.source_choice import choose_folder, choose_video


class ImportSources(QWidget):
    """Two buttons that ask for a source and read it beside the UI.

    Args:
        project: The copy of the open project that the import is tried on; new Sequences are put into it.
        last_sequence_id: Highest id that a Sequence of the project ever had.
        settings: Remember the last folder.
        parent: Qt owner.
    """

    reading = Signal(str)
    """A source is being read; in words."""
    progress = Signal(int, int)
    added = Signal(int)
    """Id of the Sequence: the new one, or that which has this source already."""
    failed = Signal(str)

    def __init__(
        self, project: Project, last_sequence_id: int, settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._project = project
        self._last_id = last_sequence_id
        self._settings = settings
        self._background = Background(self)
        self._background.finished.connect(self._take)
        self._background.failed.connect(self.failed)
        self._background.progress.connect(self.progress)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for text, choose, slot in (
            (self.tr("Add video…"), self.tr("The boxes belong to a video that is not in the project yet"), self._video),
            (
                self.tr("Add image folder…"),
                self.tr("The boxes belong to a folder of images that is not in the project yet"),
                self._folder,
            ),
        ):
            button = QPushButton(text)
            button.setToolTip(choose)
            button.setAutoDefault(False)
            button.clicked.connect(slot)
            layout.addWidget(button)
        layout.addStretch(1)

    def used(self, sequence_ids: set[int]) -> list[Sequence]:
        """The new Sequences among those with these ids."""
        return [it for it in self._project.sequences.values() if it.id > self._last_id and it.id in sequence_ids]

    def close_reading(self) -> None:
        """End the thread."""
        self._background.close()

    def _video(self) -> None:
        self._ask(choose_video)

    def _folder(self) -> None:
        self._ask(choose_folder)

    def _ask(self, choose: Callable[[QWidget, Settings], Path | None]) -> None:
        path = choose(self, self._settings)
        if path is None:
            return

        def read(progress: Progress) -> SourceInfo:
            source = open_source(path, progress.at)
            try:
                return describe_source(path, source)
            finally:
                source.close()

        self.reading.emit(self.tr("Reading {0}…").format(path.name))
        self._background.submit(read)

    def _take(self, info: SourceInfo) -> None:
        sequences = self._project.sequences
        path = str(info.path)
        known = next((it for it in sequences.values() if path == it.path or info.fingerprint == it.fingerprint), None)
        if known is None:
            known = Sequence(
                max(self._last_id, *sequences) + 1,
                info.name,
                path,
                info.frame_count,
                info.width,
                info.height,
                info.fps,
                info.file_size,
                info.fingerprint,
            )
            try:
                require_possible(known)
            except AppError as error:
                self.failed.emit(str(error))
                return
            sequences[known.id] = known
        self.added.emit(known.id)
