"""What the labels of the open project have cost, a row a Sequence, and out as CSV."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.document.model import Project
from app.errors import AppError
from app.formats.effort_table import EffortRow, counting, write_effort
from app.views.step_by_step import StepByStep
from app.views.wording import time_text

_AT_ONCE = 60
"""Tracks whose boxes are counted in one turn, or fewer where there are rows to write."""
_ROW_COST = 10
"""As many Tracks are counted while one row is written."""
_MEASURED = 20
"""Rows that the width of a column is found by."""


class EffortDialog(QDialog):
    """A table to look at.

    Args:
        project: The open one.
        folder: Where the file dialog begins.
        parent: Qt owner.
    """

    def __init__(self, project: Project, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._folder = folder
        self.setWindowTitle(self.tr("Effort"))
        self.resize(860, 360)
        explained = QLabel(
            self.tr(
                "Corrections count once for each object and frame. Pauses of over a minute are no work. "
                "Undo takes nothing back: the work was done."
            )
        )
        explained.setWordWrap(True)
        explained.setProperty("role", "muted")
        self.table = QTableWidget()
        self.table.setAccessibleName(self.tr("Effort of each sequence"))
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self._counting = StepByStep(self)
        self._rows = counting(project)
        self._fill()
        self._answer = QLabel()
        self._answer.setProperty("role", "muted")
        self._answer.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        save = buttons.addButton(self.tr("Export as CSV…"), QDialogButtonBox.ButtonRole.ActionRole)
        save.clicked.connect(self._ask)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(explained)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._answer)
        layout.addWidget(buttons)

    def _fill(self) -> None:
        titles = (
            self.tr("Sequence"),
            self.tr("Boxes"),
            self.tr("Drawn"),
            self.tr("Corrected"),
            self.tr("Accepted"),
            self.tr("Time"),
            self.tr("Per 1000 boxes"),
            self.tr("Time per 1000"),
        )
        self.table.setColumnCount(len(titles))
        for column, title in enumerate(titles):
            heading = QTableWidgetItem(title)
            heading.setTextAlignment(_side(column))
            self.table.setHorizontalHeaderItem(column, heading)
        header = self.table.horizontalHeader()
        header.setResizeContentsPrecision(_MEASURED)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._count()

    def _count(self) -> None:
        """Some rows now, the others in turns of their own: there can be hundreds, or thousands of Tracks in one."""
        more: list[EffortRow] = []
        spent = 0
        for row in self._rows:
            if row is not None:
                more.append(row)
            spent += 1 if row is None else _ROW_COST
            if spent >= _AT_ONCE:
                self._counting.begin(self._count)
                break
        first = self.table.rowCount()
        self.table.setRowCount(first + len(more))
        for place, row in enumerate(more, first):
            for column, text in enumerate(self._texts(row)):
                item = QTableWidgetItem(text)
                item.setTextAlignment(_side(column))
                self.table.setItem(place, column, item)

    def _texts(self, row: EffortRow) -> tuple[str, ...]:
        effort = row.effort
        boxes, seconds = row.boxes_per_1000, row.seconds_per_1000
        return (
            row.name or self.tr("Whole project"),
            str(row.labelled),
            str(effort.drawn),
            str(effort.corrected),
            str(effort.accepted),
            time_text(effort.seconds),
            "–" if boxes is None else f"{boxes:.1f}",
            "–" if seconds is None else time_text(seconds),
        )

    def _ask(self) -> None:
        chosen, _filter = QFileDialog.getSaveFileName(
            self, self.tr("Export effort"), str(self._folder / "effort.csv"), self.tr("Tables (*.csv)")
        )
        if not chosen:
            return
        try:
            write_effort(self._project, Path(chosen))
        except AppError as error:
            self._answer.setText(str(error))
        else:
            self._answer.setText(self.tr("Written to {0}.").format(chosen))


def _side(column: int) -> Qt.AlignmentFlag:
    """Names on the left, numbers on the right, and headings over what they are of."""
    return (Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
