"""The table that says which sequence of a file goes into which sequence of the project."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from app.document.model import Project, Sequence
from app.formats.matching import match_sequences
from app.views.choice_cells import ChoiceCells
from app.views.import_match_model import WHERE, ImportMatchModel

_HEIGHT = 140
_BORDER = 1
"""Of the style sheet, which shows the focus: without room for it the last row would have to be scrolled to."""
_SHARE = 0.4
"""Of the width, for where it goes."""


class ImportMatches(QTableView):
    """One row a sequence of the file; what fits is chosen already.

    Args:
        project: The open one.
        parent: Qt owner.
    """

    changed = Signal()

    def __init__(self, project: Project, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._wished: dict[int, int | None] = {}
        self._offered: int | None = None
        self._rows = ImportMatchModel(project, self)
        self._rows.edited.connect(self._choose)
        self._cells = ChoiceCells(self._rows.places, self)
        self.setModel(self._rows)
        self.setItemDelegateForColumn(WHERE, self._cells)
        self.setAccessibleName(self.tr("Where each sequence goes"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.EditKeyPressed | trigger.AnyKeyPressed)
        self.clicked.connect(self._open)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    @property
    def matches(self) -> dict[int, int]:
        """Id in the file -> id in the project, without those that are left out."""
        return {number: it for number, it in self._rows.chosen.items() if it is not None}

    @property
    def only_target(self) -> Sequence | None:
        """Where everything goes, if the file has one Sequence only."""
        matches = self.matches
        only = next(iter(matches.values())) if len(self._rows.chosen) == len(matches) == 1 else None
        return self._project.sequences[only] if only is not None else None

    def forget(self) -> None:
        """What the person chose was about another reading of the file."""
        self._wished = {}

    def offer(self, sequence_id: int) -> None:
        """The person has named a Sequence that the file is for: a row goes there from the next reading on."""
        self._offered = sequence_id
        self._wished = {
            number: it for number, it in self._wished.items() if it is not None and len(self._rows.chosen) > 1
        }

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
        chosen = {number: self._wished.get(number, found.get(number)) for number in imported.sequences}
        self._rows.show(list(imported.sequences.values()), chosen)
        self.verticalHeader().setDefaultSectionSize(self._cells.height)
        self.setFixedHeight(min(_HEIGHT, self._cells.height * len(chosen) + 2 * _BORDER))
        if chosen:
            self.setCurrentIndex(self._rows.index(0, WHERE))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """What and where share the width."""
        super().resizeEvent(event)
        where = round(_SHARE * self.viewport().width())
        self.setColumnWidth(0, self.viewport().width() - where)
        self.setColumnWidth(1, where)

    def _open(self, index: QModelIndex) -> None:
        if index.column() == WHERE:
            self.edit(index)

    def _choose(self) -> None:
        self._wished = dict(self._rows.chosen)
        self.changed.emit()


def _found(project: Project, offered: int | None, imported: Project) -> dict[int, int]:
    """What fits, and a row for the Sequence that was offered: the one that fits it, else the first one left."""
    found = match_sequences(project, imported)
    if offered is not None and offered not in found.values():
        fitting = match_sequences(Project({offered: project.sequences[offered]}), imported)
        row = next((it for it in (*fitting, *imported.sequences) if it in fitting or it not in found), None)
        if row is not None:
            found[row] = offered
    return found
