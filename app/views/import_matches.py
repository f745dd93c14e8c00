"""Rows that say which sequence of a file goes into which sequence of the project."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QScrollArea, QWidget

from app.document.model import Project, Sequence
from app.formats.matching import match_sequences
from app.views.elided_label import ElidedLabel

_MOST = 200
"""Rows; a file with more sequences is matched by name."""

_HEIGHT = 140


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
        self._wished: dict[int, int | None] = {}
        self._offered: int | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def matches(self) -> dict[int, int]:
        """Id in the file -> id in the project, without those that are left out."""
        chosen = {number: combo.currentData() for number, combo in self._rows.items()}
        return {**{number: it for number, it in chosen.items() if it is not None}, **self._others}

    @property
    def only_target(self) -> Sequence | None:
        """Where everything goes, if the file has one Sequence only."""
        chosen = list(self.matches.values())
        return self._project.sequences[chosen[0]] if len(self._rows) == len(chosen) == 1 else None

    def forget(self) -> None:
        """What the person chose was about another reading of the file."""
        self._wished = {}

    def offer(self, sequence_id: int) -> None:
        """The person has named a Sequence that the file is for: a row goes there from the next reading on."""
        self._offered = sequence_id
        self._wished = {number: it for number, it in self._wished.items() if it is not None and len(self._rows) > 1}

    def show_sequences(self, imported: Project) -> None:
        """Rows for what a file holds."""
        found = self._found(imported)
        self._rows = {}
        holder = QWidget()
        rows = QGridLayout(holder)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setHorizontalSpacing(16)
        rows.setVerticalSpacing(8)
        rows.setColumnStretch(0, 3)
        rows.setColumnStretch(1, 2)
        for number, sequence in list(imported.sequences.items())[:_MOST]:
            combo = QComboBox()
            combo.setAccessibleName(self.tr("Where {0} goes").format(sequence.name))
            for ours in self._project.sequences.values():
                combo.addItem(ours.name, ours.id)
            combo.addItem(self.tr("Leave out"), None)
            wanted = self._wished.get(number, found.get(number))
            combo.setCurrentIndex(combo.findData(wanted) if wanted is not None else combo.count() - 1)
            combo.currentIndexChanged.connect(self._choose)
            self._rows[number] = combo
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(12)
            rows.addWidget(ElidedLabel(self._described(sequence), 24), len(self._rows) - 1, 0)
            rows.addWidget(combo, len(self._rows) - 1, 1)
        self._others = {number: it for number, it in found.items() if number not in self._rows}
        self.setWidget(holder)
        self.setFixedHeight(min(_HEIGHT, holder.sizeHint().height()))

    def _found(self, imported: Project) -> dict[int, int]:
        """What fits, and a row for the Sequence that was offered: the one that fits it, else the first one left."""
        found = match_sequences(self._project, imported)
        new = self._offered
        if new is not None and new not in found.values():
            fitting = match_sequences(Project({new: self._project.sequences[new]}), imported)
            row = next((it for it in (*fitting, *imported.sequences) if it in fitting or it not in found), None)
            if row is not None:
                found[row] = new
        return found

    def _choose(self, *_index: int) -> None:
        self._wished = {number: combo.currentData() for number, combo in self._rows.items()}
        self.changed.emit()

    def _described(self, sequence: Sequence) -> str:
        name = sequence.name or self.tr("unnamed")
        frames = self.tr("{0} frames").format(f"{sequence.frame_count:,}")
        return f"{name:.40}  ·  {sequence.width} × {sequence.height}  ·  {frames}"
