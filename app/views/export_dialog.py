"""Choose a format and a place, see what it cannot hold, export."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.document.model import Project, Sequence
from app.errors import AppError
from app.formats.export import export_project
from app.formats.format import Format, TargetKind
from app.formats.losses import losses
from app.formats.mot import BOX_BASE
from app.formats.options import ExportOptions
from app.formats.registry import FORMATS, ExportTarget
from app.formats.selection import select
from app.views.frame_range import FrameRange


class ExportDialog(QDialog):
    """One export of the open project; it stays open with a sentence when that fails.

    Args:
        project: What to export.
        sequence: The one on the screen: names the file, and can be exported alone.
        folder: Where the last export went.
        parent: Qt owner.
    """

    def __init__(self, project: Project, sequence: Sequence, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._sequence = sequence
        self._folder = folder
        self._path_is_own = False
        self.exported: Path | None = None
        self.setWindowTitle(self.tr("Export"))
        self.setMinimumWidth(560)
        self._format = QComboBox()
        for known in FORMATS:
            self._format.addItem(known.title)
        self._format.setAccessibleName(self.tr("Format"))
        self._path = QLineEdit()
        self._path.setAccessibleName(self.tr("File or folder to write"))
        browse = QPushButton(self.tr("Browse…"), autoDefault=False)  # Enter exports
        self._keyframes_only = QCheckBox(self.tr("Only boxes I have set"))
        self._frames = FrameRange(0, 0)
        self._frames_only = QCheckBox()
        self._this_only = QCheckBox(self.tr("Only “{0}”").format(sequence.name))
        self._base = QComboBox()
        for choice in BOX_BASE.choices:
            self._base.addItem(choice.title, choice.value)
        self._base.setAccessibleName(self.tr("Number of the top-left pixel"))
        self._summary = QLabel()
        self._summary.setWordWrap(True)
        self._summary.setProperty("role", "muted")
        self._error = QLabel()
        self._error.setWordWrap(True)
        self._error.setProperty("tone", "bad")
        self._error.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._export = buttons.addButton(self.tr("Export"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._export.setDefault(True)
        self._lay_out(browse, buttons)
        self._format.currentIndexChanged.connect(self._format_changed)
        self._path.textEdited.connect(self._own_path)
        browse.clicked.connect(self._browse)
        for box in (self._keyframes_only, self._this_only, self._frames_only):
            box.toggled.connect(self._show_summary)
        buttons.accepted.connect(self._run)
        buttons.rejected.connect(self.reject)
        self._format_changed()

    def _lay_out(self, browse: QPushButton, buttons: QDialogButtonBox) -> None:
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self._path, 1)
        place.addWidget(browse)
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(16)
        self._form.setVerticalSpacing(8)
        self._form.addRow(self.tr("Format"), self._format)
        self._form.addRow(self.tr("Write to"), place)
        self._form.addRow(self.tr("Top-left pixel is"), self._base)
        self._form.addRow("", self._keyframes_only)
        self._form.addRow("", self._this_only)
        self._form.addRow("", self._frames_only)
        self._form.setRowVisible(self._frames_only, False)
        self._form.setRowVisible(self._this_only, len(self._project.sequences) > 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addLayout(self._form)
        layout.addWidget(self._summary)
        layout.addWidget(self._error)
        layout.addWidget(buttons)

    def offer_frames(self, frames: FrameRange, base: int) -> None:
        """Export only these frames of the Sequence on the screen, unless the person takes the check mark away.

        Args:
            frames: From 0.
            base: Number that the first frame has on the screen.
        """
        self._frames = frames
        self._frames_only.setText(
            self.tr("Only frames {0} to {1} of “{2}”").format(
                frames.first + base, frames.last + base, self._sequence.name
            )
        )
        self._form.setRowVisible(self._frames_only, True)
        self._frames_only.setChecked(True)

    @property
    def format(self) -> Format:
        """The chosen format."""
        return FORMATS[self._format.currentIndex()]

    @property
    def options(self) -> ExportOptions:
        """What was chosen beside the format."""
        frames = self._frames if self._frames_only.isChecked() else None
        this_only = self._this_only.isChecked() or frames is not None
        return ExportOptions(
            sequence_ids=frozenset({self._sequence.id}) if this_only else None,
            first_frame=frames.first if frames is not None else 0,
            last_frame=frames.last if frames is not None else None,
            keyframes_only=self._keyframes_only.isChecked(),
            own={BOX_BASE.name: self._base.currentData()} if self.format.name == "mot" else {},
        )

    def _format_changed(self) -> None:
        self._form.setRowVisible(self._base, self.format.name == "mot")
        if not self._path_is_own:
            self._path.setText(str(self._folder / f"{self._sequence.name}_{self.format.name}{self.format.suffix}"))
        self._show_summary()

    def _show_summary(self) -> None:
        self._error.hide()
        lost = losses(self.format, select(self._project, self.options))
        sequences = [self._sequence] if self._this_only.isChecked() else list(self._project.sequences.values())
        tracks = sum(len(it.tracks) for it in sequences)
        lines = [
            self.tr("One track will be written.")
            if tracks == 1
            else self.tr("{0} tracks will be written.").format(tracks)
        ]
        self._summary.setText("\n".join([*lines, *lost]))
        self._export.setEnabled(bool(self._path.text().strip()))

    def _own_path(self) -> None:
        self._path_is_own = True
        self._show_summary()

    def _browse(self) -> None:
        if self.format.kind is TargetKind.FOLDER:
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
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            export_project(self._project, target, self.options)
        except AppError as error:
            self._error.setText(str(error))
            self._error.show()
            return
        finally:
            QApplication.restoreOverrideCursor()
        self.exported = target.path
        self.accept()
