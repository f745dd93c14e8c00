"""Rows that say which sequence of a file goes into which sequence of the project."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QLabel, QScrollArea, QWidget

from app.document.model import Project, Sequence
from app.formats.matching import match_sequences

_MOST = 200
"""Rows; a file with more sequences is matched by name."""

_HEIGHT = 120


class ImportMatches(QScrollArea):
    """One row a sequence of the file; what fits is chosen already.

    Args:
        project: The open one.
        parent: Qt owner.
    """

    changed = Signal()

    def __init__(self, project: Project, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._rows: dict[int, QComboBox] = {}
        self._others: dict[int, int] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)

    @property
    def matches(self) -> dict[int, int]:
        """Id in the file -> id in the project, without those that are left out."""
        chosen = {number: combo.currentData() for number, combo in self._rows.items()}
        return {**{number: it for number, it in chosen.items() if it is not None}, **self._others}

    def show_sequences(self, imported: Project) -> None:
        """Rows for what a file holds."""
        found = match_sequences(self._project, imported)
        self._rows = {}
        holder = QWidget()
        form = QFormLayout(holder)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        for number, sequence in list(imported.sequences.items())[:_MOST]:
            combo = QComboBox()
            combo.setAccessibleName(self.tr("Where {0} goes").format(sequence.name))
            for ours in self._project.sequences.values():
                combo.addItem(ours.name, ours.id)
            combo.addItem(self.tr("Leave out"), None)
            combo.setCurrentIndex(combo.findData(found[number]) if number in found else combo.count() - 1)
            combo.currentIndexChanged.connect(self.changed)
            self._rows[number] = combo
            form.addRow(QLabel(self._described(sequence)), combo)
        self._others = {number: it for number, it in found.items() if number not in self._rows}
        self.setWidget(holder)
        self.setFixedHeight(min(_HEIGHT, holder.sizeHint().height()))

    def _described(self, sequence: Sequence) -> str:
        name = sequence.name or self.tr("unnamed")
        frames = self.tr("{0} frames").format(f"{sequence.frame_count:,}")
        return f"{name:.40}  ·  {sequence.width} × {sequence.height}  ·  {frames}"
