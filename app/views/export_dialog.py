"""Choose a format, a place and what is exported; see what the format cannot hold; export."""

from __future__ import annotations

from itertools import chain, islice
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.document.model import Project, Sequence
from app.errors import AppError
from app.formats.export import export_project, target_kind
from app.formats.format import Format, TargetKind
from app.formats.losses import losses
from app.formats.options import ExportOptions
from app.formats.progress import Progress
from app.formats.registry import ExportTarget, all_formats
from app.formats.selection import Selection, select
from app.formats.snapshot import copying_tracks, without_tracks
from app.letting_go import let_go
from app.views.background import Background
from app.views.export_choices import ExportChoices, align_labels
from app.views.format_option_rows import FormatOptionRows
from app.views.frame_range import FrameRange
from app.views.leftovers import tracks_of
from app.views.step_by_step import StepByStep

_SUMMARY_HEIGHT = 128
_AT_ONCE = 250
"""Tracks that are copied or listed in one turn."""


class ExportDialog(QDialog):
    """One export of the open project; it stays open with a sentence when that fails.

    Args:
        project: What to export, as it is now.
        sequence: The one on the screen: names the file, and can be exported alone.
        folder: Where the last export went.
        frames: Of the Sequence on the screen, where only some are wanted; else everything is chosen.
        frame_base: Number that the first frame has on the screen.
        parent: Qt owner.
    """

    def __init__(
        self,
        project: Project,
        sequence: Sequence,
        folder: Path,
        frames: FrameRange | None = None,
        frame_base: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._project = without_tracks(project)
        self._made_ready = copying_tracks(project, self._project)
        self._preparing = StepByStep(self)
        self._is_ready = False
        self._sequence = sequence
        self._folder = folder
        self._path_is_own = False
        self.exported: Path | None = None
        self._counting = Background(self)
        self._exporting = Background(self)
        self.setWindowTitle(self.tr("Export"))
        self.setMinimumWidth(640)
        self._formats = all_formats()
        self._format = QComboBox()
        for known in self._formats:
            self._format.addItem(known.title)
        self._format.setAccessibleName(self.tr("Format"))
        self._path = QLineEdit()
        self._path.setAccessibleName(self.tr("File or folder to write"))
        self._browse_button = QPushButton(self.tr("Browse…"), autoDefault=False)  # Enter exports
        self._choices = ExportChoices(project, sequence, frames, frame_base)
        self._summary = QLabel()
        self._summary.setWordWrap(True)
        self._summary.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._error = QLabel()
        self._error.setWordWrap(True)
        self._error.setProperty("tone", "bad")
        self._error.hide()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.hide()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._export = self._buttons.addButton(self.tr("Export"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._export.setDefault(True)
        self._lay_out()
        self._connect()
        self._format_changed()
        self._made_ready = chain(self._made_ready, self._choices.listing())
        self._prepare()

    @property
    def format(self) -> Format:
        """The chosen format."""
        return self._formats[self._format.currentIndex()]

    @property
    def options(self) -> ExportOptions:
        """What was chosen beside the format."""
        return self._choices.options(self._own.values)

    def reject(self) -> None:
        """Cancel gives up a running export first, and closes the dialog where there is none."""
        if self._exporting.is_busy:
            self._exporting.cancel()
        else:
            super().reject()

    def done(self, result: int) -> None:
        """End the threads with the dialog."""
        self._preparing.forget()
        self._counting.close()
        self._exporting.close()
        super().done(result)
        let_go(*tracks_of(self._project))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's name
        """However it is closed."""
        self._preparing.forget()
        self._counting.close()
        self._exporting.close()
        super().closeEvent(event)

    def _prepare(self) -> None:
        """Copy and list some Tracks, and the others in turns of their own: thousands would hold the window up."""
        self._is_ready = len(list(islice(self._made_ready, _AT_ONCE))) < _AT_ONCE
        if self._is_ready:
            self._count()
        else:
            self._preparing.begin(self._prepare)

    def _lay_out(self) -> None:
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self._path, 1)
        place.addWidget(self._browse_button)
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(16)
        self._form.setVerticalSpacing(8)
        self._form.addRow(self.tr("Format"), self._format)
        self._form.addRow(self.tr("Write to"), place)
        self._own = FormatOptionRows(self._form, self)
        summary = QScrollArea()
        summary.setWidgetResizable(True)
        summary.setMinimumHeight(_SUMMARY_HEIGHT)
        summary.setFrameShape(QFrame.Shape.NoFrame)
        summary.setWidget(self._summary)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addLayout(self._form)
        layout.addWidget(self._choices)
        layout.addWidget(summary, 1)
        layout.addWidget(self._bar)
        layout.addWidget(self._error)
        layout.addWidget(self._buttons)

    def _connect(self) -> None:
        self._format.currentIndexChanged.connect(self._format_changed)
        self._path.textEdited.connect(self._own_path)
        self._browse_button.clicked.connect(self._browse)
        self._choices.changed.connect(self._choices_changed)
        self._own.changed.connect(self._count)
        self._buttons.accepted.connect(self._run)
        self._buttons.rejected.connect(self.reject)
        self._counting.finished.connect(self._show_summary)
        self._counting.failed.connect(self._fail)
        self._exporting.progress.connect(self._advance)
        self._exporting.finished.connect(self._finish)
        self._exporting.failed.connect(self._fail)
        self._exporting.cancelled.connect(self._gave_up)

    def _format_changed(self) -> None:
        self._own.show(self.format)
        align_labels(self._form, self._choices.form)
        self._choices_changed()

    def _choices_changed(self) -> None:
        if not self._path_is_own:
            is_file = target_kind(self.format, self.options) is TargetKind.FILE
            suffix = self.format.suffix if is_file else ""
            self._path.setText(str(self._folder / f"{self._sequence.name}_{self.format.name}{suffix}"))
        self._count()

    def _count(self) -> None:
        """Find out, beside the UI, what will be written and lost."""
        self._error.hide()
        self._allow()
        if not self._is_ready:
            return
        known, project, options = self.format, self._project, self.options

        def count(progress: Progress) -> tuple[Selection, list[str]]:
            selection = select(project, options)
            return selection, losses(known, selection, progress=progress)  # who closes the dialog waits for its end

        self._counting.submit(count)

    def _show_summary(self, counted: tuple[Selection, list[str]]) -> None:
        selection, lost = counted
        frames = sum(len(it.frames) for it in selection.sequences)
        text = self.tr("Tracks to be written: {0}, on frames: {1}.").format(f"{selection.track_count:,}", f"{frames:,}")
        if not lost:
            text += "\n" + self.tr("Nothing is lost.")
        self._summary.setText("\n".join([text, *(f"•  {it}" for it in lost)]))

    def _own_path(self) -> None:
        self._path_is_own = True
        self._error.hide()
        self._allow()

    def _allow(self) -> None:
        self._export.setEnabled(self._is_ready and bool(self._path.text().strip()))

    def _browse(self) -> None:
        if target_kind(self.format, self.options) is TargetKind.FOLDER:
            chosen = QFileDialog.getExistingDirectory(self, self.tr("Folder to write into"), str(self._folder))
            path = Path(chosen) / f"{self._sequence.name}_{self.format.name}" if chosen else None
        else:
            chosen, _filter = QFileDialog.getSaveFileName(
                self, self.tr("File to write"), self._path.text(), f"{self.format.title} (*{self.format.suffix})"
            )
            path = Path(chosen) if chosen else None
        if path is not None:
            self._path.setText(str(path))
            self._own_path()

    def _run(self) -> None:
        target = ExportTarget(self.format, Path(self._path.text().strip()).expanduser())
        project, options = self._project, self.options

        def export(progress: Progress) -> Path:
            if not any(it.tracks for it in select(project, options).sequences):
                raise AppError("No track is chosen: choose at least one.")
            export_project(project, target, options, progress)
            return target.path

        self._show_busy(busy=True)
        self._exporting.submit(export)

    def _show_busy(self, *, busy: bool) -> None:
        self._error.hide()
        self._bar.setRange(0, 0)
        self._bar.setVisible(busy)
        for widget in (self._format, self._path, self._browse_button, self._choices, self._export):
            widget.setEnabled(not busy)

    def _advance(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _gave_up(self) -> None:
        self._show_busy(busy=False)
        self._fail(self.tr("The export was cancelled: what was there before is unchanged."))

    def _fail(self, text: str) -> None:
        self._show_busy(busy=False)
        self._error.setText(text)
        self._error.show()

    def _finish(self, path: Path) -> None:
        self.exported = path
        self.accept()
