"""Rows that say which sequence of a file goes into which sequence of the project."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QScrollArea, QWidget

from app.document.model import Project, Sequence
from app.formats.matching import match_sequences
from app.views.elided_label import ElidedLabel
from app.views.step_by_step import StepByStep

_MOST = 200
"""Rows; a file with more sequences is matched by name."""

_AT_ONCE = 8
"""Rows that are made in one turn: more than there is room for."""
_ITEMS_AT_ONCE = 2000
"""Or fewer: Qt looks at each place that a row offers, and a project can have a thousand."""
_HEIGHT = 140
_ID_ROLE = Qt.ItemDataRole.UserRole


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
        self._chosen: dict[int, int | None] = {}
        self._wished: dict[int, int | None] = {}
        self._offered: int | None = None
        self._making = StepByStep(self)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def matches(self) -> dict[int, int]:
        """Id in the file -> id in the project, without those that are left out."""
        return {number: it for number, it in self._chosen.items() if it is not None}

    @property
    def only_target(self) -> Sequence | None:
        """Where everything goes, if the file has one Sequence only."""
        matches = self.matches
        only = next(iter(matches.values())) if len(self._chosen) == len(matches) == 1 else None
        return self._project.sequences[only] if only is not None else None

    def forget(self) -> None:
        """What the person chose was about another reading of the file."""
        self._wished = {}

    def offer(self, sequence_id: int) -> None:
        """The person has named a Sequence that the file is for: a row goes there from the next reading on."""
        self._offered = sequence_id
        self._wished = {number: it for number, it in self._wished.items() if it is not None and len(self._chosen) > 1}

    def finding(self) -> Callable[[Project], dict[int, int]]:
        """What fits what a file holds; may be asked in another thread."""
        return partial(_found, self._project, self._offered)

    def show_sequences(self, imported: Project, found: dict[int, int] | None = None) -> None:
        """Rows for what a file holds.

        Args:
            imported: Read from the file.
            found: What ``finding`` says of it, where that has been asked.
        """
        found = self.finding()(imported) if found is None else found
        self._chosen = {number: self._wished.get(number, found.get(number)) for number in imported.sequences}
        holder = QWidget()
        rows = QGridLayout(holder)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setHorizontalSpacing(16)
        rows.setVerticalSpacing(8)
        rows.setColumnStretch(0, 3)
        rows.setColumnStretch(1, 2)
        shown = list(imported.sequences.values())[:_MOST]
        add = partial(self._add_rows, rows, self._places(holder))
        at_once = max(1, min(_AT_ONCE, _ITEMS_AT_ONCE // max(1, len(self._project.sequences))))
        add(shown[:at_once])
        self._making.forget()
        self._making.begin(
            *(partial(add, shown[start : start + at_once]) for start in range(at_once, len(shown), at_once))
        )
        self.setWidget(holder)
        self.setFixedHeight(min(_HEIGHT, holder.sizeHint().height()))

    def _places(self, parent: QWidget) -> QStandardItemModel:
        """What each row offers; one for all of them."""
        places = QStandardItemModel(parent)
        named = [(ours.name, ours.id) for ours in self._project.sequences.values()]
        for name, number in (*named, (self.tr("Leave out"), None)):
            item = QStandardItem(name)
            item.setData(number, _ID_ROLE)
            places.appendRow(item)
        return places

    def _add_rows(self, rows: QGridLayout, places: QStandardItemModel, sequences: list[Sequence]) -> None:
        ids = list(self._project.sequences)
        for sequence in sequences:
            combo = QComboBox()
            combo.setAccessibleName(self.tr("Where {0} goes").format(sequence.name))
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(12)
            combo.setModel(places)
            wanted = self._chosen[sequence.id]
            combo.setCurrentIndex(ids.index(wanted) if wanted is not None else len(ids))
            combo.currentIndexChanged.connect(partial(self._choose, sequence.id, combo))
            row = rows.rowCount()
            rows.addWidget(ElidedLabel(self._described(sequence), 24), row, 0)
            rows.addWidget(combo, row, 1)

    def _choose(self, sequence_id: int, combo: QComboBox, _index: int) -> None:
        self._chosen[sequence_id] = combo.currentData()
        self._wished = dict(self._chosen)
        self.changed.emit()

    def _described(self, sequence: Sequence) -> str:
        name = sequence.name or self.tr("unnamed")
        frames = self.tr("{0} frames").format(f"{sequence.frame_count:,}")
        return f"{name:.40}  ·  {sequence.width} × {sequence.height}  ·  {frames}"


def _found(project: Project, offered: int | None, imported: Project) -> dict[int, int]:
    """What fits, and a row for the Sequence that was offered: the one that fits it, else the first one left."""
    found = match_sequences(project, imported)
    if offered is not None and offered not in found.values():
        fitting = match_sequences(Project({offered: project.sequences[offered]}), imported)
        row = next((it for it in (*fitting, *imported.sequences) if it in fitting or it not in found), None)
        if row is not None:
            found[row] = offered
    return found
