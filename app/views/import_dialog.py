"""See what another tool's file would bring into the project, put right how it is read, and take it in."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QFrame,
    QLabel,
    QProgressBar,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.document.model import Project, Sequence
from app.document.statements import LastIds
from app.formats.format import ImportedProject, Reader
from app.formats.import_file import ImportFile
from app.formats.merging import Additions, additions
from app.formats.options import ImportOptions
from app.formats.progress import Progress
from app.formats.registry import all_readers
from app.formats.simplify import DEFAULT_TOLERANCE
from app.formats.snapshot import copying_tracks, without_tracks
from app.formats.source_shape import shape_of
from app.letting_go import let_go
from app.settings import Settings
from app.views.background import Background
from app.views.import_matches import ImportMatches
from app.views.import_preview import Preview, drop_preview
from app.views.import_sources import ImportSources
from app.views.leftovers import Leftovers, tracks_of
from app.views.number_margin import with_margin
from app.views.step_by_step import StepByStep

_SUMMARY_HEIGHT = 144
_NUMBER_WIDTH = 120
_SHOWN_CATEGORIES = 8
_APPEARS_MS = 150
_AT_ONCE = 250
"""Tracks that are copied in one turn."""


class ImportDialog(QDialog):
    """A preview that changes nothing; ``added`` is what to take in once it is accepted.

    Args:
        project: The open project, as it is now.
        last_ids: Highest ids that it ever used.
        sequence: The one on the screen: the video that boxes belong to where the file does not tell.
        path: File or folder.
        known: What it was recognised as; None for an archive, which is not unpacked yet.
        settings: Remember the folder of new videos.
        parent: Qt owner.
    """

    def __init__(
        self,
        project: Project,
        last_ids: LastIds,
        sequence: Sequence,
        path: Path,
        known: Reader | None,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._project = without_tracks(project)
        self._tracks = copying_tracks(project, self._project)
        self._copying = StepByStep(self)
        self._is_copied = False
        self._last_ids = last_ids
        self._shown = self._source = self._project.sequences[sequence.id]
        self._source_error = ""
        self._path = path
        self._file = ImportFile(path)
        self._base = settings.frame_base
        self._read: ImportedProject | None = None
        self.added: Additions | None = None
        self._reading = Background(self, _drop_read)
        self._merging = Background(self, drop_preview)
        self._leftovers = Leftovers(self._merging)
        # a dialog that appears asks for Python's lock at every turn, and a thread that reads keeps it for 5 ms each
        self._begin = QTimer(self, singleShot=True, interval=_APPEARS_MS)
        self.setWindowTitle(self.tr("Import"))
        self.setMinimumWidth(640)
        self._formats = all_readers()
        self._format = QComboBox()
        for it in self._formats:
            self._format.addItem(it.title)
        self._format.setAccessibleName(self.tr("Format"))
        self._format.setPlaceholderText(self.tr("As recognised"))
        self._format.setCurrentIndex(self._formats.index(known) if known is not None else -1)
        self._frame_base = self._base_choice(self.tr("Number of the first frame"))
        self._box_base = self._base_choice(self.tr("Number of the top-left pixel"))
        self._tolerance = self._tolerance_field()
        self._matches = ImportMatches(self._project)
        self._sources = ImportSources(self._project, last_ids.sequence, settings)
        self._summary = QLabel()
        self._summary.setWordWrap(True)
        self._summary.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._error = QLabel()
        self._error.setWordWrap(True)
        self._error.setProperty("tone", "bad")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._import = self._buttons.addButton(self.tr("Import"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._import.setDefault(True)
        self._lay_out()
        self._connect()
        self._wait(self.tr("Reading…"))
        self._copy()
        self._begin.start()

    @property
    def format(self) -> Reader | None:
        """The chosen format; None as long as nobody has recognised it."""
        chosen = self._format.currentIndex()
        return self._formats[chosen] if chosen >= 0 else None

    @property
    def new_sequences(self) -> list[Sequence]:
        """What is to be added to the project before ``added``: videos that the person named and boxes go into."""
        return self._sources.used({number for number, _ in self.added.tracks} if self.added else set())

    def done(self, result: int) -> None:
        """End the threads with the dialog."""
        self._end()
        super().done(result)
        let_go(*tracks_of(self._project))
        self._forget_read()
        if result != QDialog.DialogCode.Accepted:
            self._forget_added()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's name
        """However it is closed."""
        self._end()
        super().closeEvent(event)

    def _end(self) -> None:
        self._begin.stop()
        self._copying.forget()
        self._reading.close()
        self._merging.close()
        self._sources.close_reading()
        self._file.close()

    def _base_choice(self, name: str) -> QComboBox:
        choice = QComboBox()
        choice.setAccessibleName(name)
        for text, value in ((self.tr("As the file says"), None), ("0", 0), ("1", 1)):
            choice.addItem(text, value)
        return choice

    def _tolerance_field(self) -> QDoubleSpinBox:
        field = with_margin(QDoubleSpinBox())
        field.setAccessibleName(self.tr("Tolerance of keyframes"))
        field.setRange(0, 1000)
        field.setMaximumWidth(_NUMBER_WIDTH)
        field.setSingleStep(0.5)
        field.setSuffix(self.tr(" px"))
        field.setValue(DEFAULT_TOLERANCE)
        field.setToolTip(
            self.tr(
                "Boxes on every frame become keyframes that a straight path joins, off by no more than this. "
                "The boxes themselves stay as they are."
            )
        )
        return field

    def _lay_out(self) -> None:
        path = QLabel(str(self._path))
        path.setWordWrap(True)
        path.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.addRow(self.tr("From"), path)
        form.addRow(self.tr("Format"), self._format)
        form.addRow(self.tr("First frame is"), self._frame_base)
        form.addRow(self.tr("Top-left pixel is"), self._box_base)
        form.addRow(self.tr("Keyframes within"), self._tolerance)
        form.addRow(self.tr("Goes into"), self._matches)
        form.addRow("", self._sources)
        form.setRowVisible(self._matches, False)  # nothing to show before the file is read
        self._form = form
        summary = QScrollArea()
        summary.setWidgetResizable(True)
        summary.setMinimumHeight(_SUMMARY_HEIGHT)
        summary.setFrameShape(QFrame.Shape.NoFrame)
        summary.setWidget(self._summary)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addLayout(form)
        layout.addWidget(summary, 1)
        layout.addWidget(self._bar)
        layout.addWidget(self._error)
        layout.addWidget(self._buttons)

    def _connect(self) -> None:
        self._begin.timeout.connect(self._read_anew)
        self._format.currentIndexChanged.connect(self._matches.forget)
        for choice in (self._format, self._frame_base, self._box_base):
            choice.currentIndexChanged.connect(self._read_anew)
        self._tolerance.valueChanged.connect(self._merge_anew)
        self._matches.changed.connect(self._match_anew)
        self._sources.reading.connect(self._wait_for_source)
        self._sources.progress.connect(self._advance)
        self._sources.added.connect(self._take_source)
        self._sources.failed.connect(self._refuse_source)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        for background, finished, failed in (
            (self._reading, self._take_read, self._fail_to_read),
            (self._merging, self._take_preview, self._fail),
        ):
            background.finished.connect(finished)
            background.failed.connect(failed)
            background.progress.connect(self._advance)

    def _copy(self) -> None:
        """Copy some Tracks, and the others in turns of their own: thousands would hold the window up."""
        self._is_copied = len(list(islice(self._tracks, _AT_ONCE))) < _AT_ONCE
        if self._is_copied:
            self._merge_anew()
        else:
            self._copying.begin(self._copy)

    def _read_anew(self) -> None:
        """Read the file as it is to be read now, beside the UI."""
        self._begin.stop()
        known, file = self.format, self._file
        self._source = it = self._matches.only_target or self._shown
        frame_base, box_base = self._frame_base.currentData(), self._box_base.currentData()

        finding = self._matches.finding()

        def read(progress: Progress) -> tuple[Reader, ImportedProject, dict[int, int]]:
            recognised, found = file.read(known, ImportOptions(frame_base, box_base, shape_of(it)), progress)
            return recognised, found, finding(found.project)

        self._merging.cancel()
        self._forget_read()
        self._wait(self.tr("Reading…"))
        self._reading.submit(read)

    def _take_read(self, found: tuple[Reader, ImportedProject, dict[int, int]]) -> None:
        known, read, fitting = found
        self._read = read
        with QSignalBlocker(self._format):
            self._format.setCurrentIndex(self._formats.index(known))
        for choice, base in ((self._frame_base, read.frame_base), (self._box_base, read.box_base)):
            self._form.setRowVisible(choice, base is not None)
            if choice.currentData() is None and base is not None:
                choice.setItemText(0, self.tr("{0}, as the file says").format(base))
        self._matches.show_sequences(read.project, fitting)
        self._form.setRowVisible(self._matches, bool(read.project.sequences))
        self._match_anew()

    def _match_anew(self) -> None:
        """Another video may mean other boxes: some formats tell shares of the picture alone."""
        if (self._matches.only_target or self._source) is self._source:
            self._merge_anew()
        else:
            self._read_anew()

    def _wait_for_source(self, text: str) -> None:
        self._source_error = ""
        self._reading.cancel()
        self._merging.cancel()
        self._wait(text)

    def _refuse_source(self, text: str) -> None:
        """Say why, and go on with what there is."""
        self._source_error = text
        self._read_anew()

    def _take_source(self, sequence_id: int) -> None:
        self._matches.offer(sequence_id)
        self._read_anew()

    def _merge_anew(self) -> None:
        """Work out what would come in, beside the UI."""
        read, known, tolerance = self._read, self.format, self._tolerance.value()
        if read is None or known is None or not self._is_copied:
            return
        ours, last_ids, matches = self._project, self._last_ids, self._matches.matches

        def merge(progress: Progress) -> Preview:
            return Preview.of(
                read, known, tolerance, lambda theirs: additions(ours, last_ids, theirs, matches), progress
            )

        self._wait(self.tr("Comparing with the project…"))
        self._merging.submit(merge)

    def _forget_read(self) -> None:
        if self._read is not None:
            self._leftovers.let_go(*tracks_of(self._read.project))
            self._read = None

    def _forget_added(self) -> None:
        if self.added is not None:
            let_go(self.added.tracks)
            self.added = None

    def _wait(self, text: str) -> None:
        self._forget_added()
        self._error.setText(self._source_error)
        self._error.setVisible(bool(self._source_error))
        self._summary.setText(text)
        self._bar.setRange(0, 0)
        self._bar.show()
        self._import.setEnabled(False)

    def _advance(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _fail_to_read(self, text: str) -> None:
        self._form.setRowVisible(self._matches, False)
        self._fail(text)

    def _fail(self, text: str) -> None:
        self._bar.hide()
        self._summary.clear()
        self._error.setText(text)
        self._error.show()
        self._import.setEnabled(False)

    def _take_preview(self, preview: Preview) -> None:
        self._bar.hide()
        self.added = preview.added
        self._import.setEnabled(bool(preview.added.tracks))
        self._summary.setText("\n".join([*self._told(preview), *(f"•  {it}" for it in preview.notes)]))

    def _told(self, preview: Preview) -> list[str]:
        added = preview.added
        if not added.tracks:
            return [self.tr("Nothing of this belongs to the project.")]
        told = [
            self.tr("Tracks: {0}, boxes: {1}, keyframes: {2}; on frames {3} to {4}.").format(
                f"{len(added.tracks):,}",
                f"{preview.boxes:,}",
                f"{preview.keyframes:,}",
                *(it + self._base for it in preview.frames),
            )
        ]
        names = {it.id: it.name for it in (*self._project.categories.values(), *added.categories)}
        new = {it.id for it in added.categories}
        counted = Counter(track.category_id for _, track in added.tracks).most_common()
        parts = [
            (self.tr("{0} (new): {1}") if number in new else "{0}: {1}").format(names[number], f"{count:,}")
            for number, count in counted[:_SHOWN_CATEGORIES]
        ]
        if len(counted) > _SHOWN_CATEGORIES:
            parts.append(self.tr("{0} more").format(len(counted) - _SHOWN_CATEGORIES))
        told.append(self.tr("Categories: {0}").format(", ".join(parts)))
        return told


def _drop_read(found: object) -> None:
    assert isinstance(found, tuple)
    _, read, _ = found
    let_go(*tracks_of(read.project))
