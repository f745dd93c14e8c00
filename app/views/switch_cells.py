"""Cells of a table that are an icon: one for on, one for off, and a click changes from one to the other."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QAction, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

_SIDE = 16
_CALM = 0.4
"""Opacity of what is as usual: the eye finds what is not."""


class SwitchCells(QStyledItemDelegate):
    """Shows and sets the check state of a column.

    Args:
        usual: Action with the icon of the usual state, in the theme's colours.
        unusual: The same of the other one.
        usually_on: Whether the usual state is the checked one.
        parent: Qt owner.
    """

    def __init__(self, usual: QAction, unusual: QAction, parent: QObject, *, usually_on: bool) -> None:
        super().__init__(parent)
        self._usual = usual
        self._unusual = unusual
        self._usually_on = usually_on

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The cell's background, and its icon."""
        bare = QStyleOptionViewItem(option)
        super().initStyleOption(bare, QModelIndex())
        bare.widget.style().drawControl(bare.widget.style().ControlElement.CE_ItemViewItem, bare, painter, bare.widget)
        is_usual = _is_on(index) is self._usually_on
        place = QRect(0, 0, _SIDE, _SIDE)
        place.moveCenter(option.rect.center())
        painter.save()
        painter.setOpacity(_CALM if is_usual else 1.0)
        (self._usual if is_usual else self._unusual).icon().paint(painter, place)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """Room for the icon."""
        return QSize(_SIDE + 8, _SIDE + 8)

    def editorEvent(  # noqa: N802  # Qt's name
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """A click anywhere in the cell."""
        if not isinstance(event, QMouseEvent) or event.button() is not Qt.MouseButton.LeftButton:
            return False
        if event.type() is QEvent.Type.MouseButtonRelease and option.rect.contains(event.position().toPoint()):
            state = Qt.CheckState.Unchecked if _is_on(index) else Qt.CheckState.Checked
            return model.setData(model.index(index.row(), index.column()), state, Qt.ItemDataRole.CheckStateRole)
        return event.type() is QEvent.Type.MouseButtonDblClick  # its second release comes, too


def _is_on(index: QModelIndex | QPersistentModelIndex) -> bool:
    return Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
