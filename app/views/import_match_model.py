"""Which sequence of a file goes into which sequence of the project, as Qt's table model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.document.model import Project
from app.document.model import Sequence as Clip

WHAT, WHERE = range(2)
_LONGEST_NAME = 40
_Index = QModelIndex | QPersistentModelIndex


class ImportMatchModel(QAbstractTableModel):
    """What there is, and where it goes.

    Args:
        project: The open one.
        parent: Qt owner.

    Attributes:
        chosen: Id in the file -> id in the project; None for "leave out".
    """

    edited = Signal()
    """The person has chosen."""

    def __init__(self, project: Project, parent: QObject) -> None:
        super().__init__(parent)
        self._project = project
        self._clips: list[Clip] = []
        self.chosen: dict[int, int | None] = {}

    def show(self, clips: Sequence[Clip], chosen: Mapping[int, int | None]) -> None:
        """Rows for these, of the file."""
        self.beginResetModel()
        self._clips, self.chosen = list(clips), dict(chosen)
        self.endResetModel()

    def places(self) -> list[tuple[str, int | None]]:
        """What each row offers: names and ids."""
        return [*((it.name, it.id) for it in self._project.sequences.values()), (self.tr("Leave out"), None)]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008  # Qt's name and form
        """Sequences of the file."""
        return 0 if parent.isValid() else len(self._clips)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008  # Qt's name and form
        """What, where."""
        return 0 if parent.isValid() else 2

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Where it goes can be chosen."""
        if index.column() == WHAT:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  # Qt's form
        """Words, and the id of the place that is chosen."""
        clip = self._clips[index.row()]
        if index.column() == WHAT:
            shown = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}
            return self._described(clip) if role in shown else None
        number = self.chosen[clip.id]
        if role == Qt.ItemDataRole.EditRole:
            return number
        name = self.tr("Leave out") if number is None else self._project.sequences[number].name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.tr('Where {0} goes').format(clip.name)}: {name}"
        return name if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole} else None

    def setData(  # noqa: N802  # Qt's name
        self,
        index: _Index,
        value: Any,  # noqa: ANN401  # Qt's form
        role: int = Qt.ItemDataRole.EditRole,
    ) -> bool:
        """Choose a place by its id, or None."""
        clip = self._clips[index.row()]
        if role != Qt.ItemDataRole.EditRole or index.column() != WHERE or self.chosen[clip.id] == value:
            return False
        self.chosen[clip.id] = value
        self.dataChanged.emit(index, index)
        self.edited.emit()
        return True

    def _described(self, clip: Clip) -> str:
        name = clip.name or self.tr("unnamed")
        frames = self.tr("{0} frames").format(f"{clip.frame_count:,}")
        return f"{name:.{_LONGEST_NAME}}  ·  {clip.width} × {clip.height}  ·  {frames}"
