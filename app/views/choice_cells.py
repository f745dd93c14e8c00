"""Cells of a table that look and work as list boxes: thousands of real ones would take seconds to make."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStyleOptionViewItem,
    QWidget,
)

_Index = QModelIndex | QPersistentModelIndex
_GAP = 8


class ChoiceCells(QStyledItemDelegate):
    """Shows what is chosen, and offers the choice while a cell is edited.

    Args:
        choices: Gives what there is to choose from: words, and the value for the model's edit role.
        parent: The table; also the Qt owner.
    """

    def __init__(self, choices: Callable[[], Sequence[tuple[str, object]]], parent: QWidget) -> None:
        super().__init__(parent)
        self._choices = choices
        # what a list box looks like follows from the style sheet, which asks for a real one
        self._model = QComboBox(parent)
        self._model.hide()

    @property
    def height(self) -> int:
        """Of a row, with the gap to the next one."""
        return self._model.sizeHint().height() + _GAP

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:  # noqa: N802  # Qt's name
        """Room for a list box."""
        return QSize(self._model.sizeHint().width(), self.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """A list box that is closed."""
        box = QStyleOptionComboBox()
        box.initFrom(self._model)
        box.rect = _inner(option.rect)
        box.palette = QPalette(option.palette)
        text = str(index.data())
        state = QStyle.StateFlag.State_Enabled
        for flag in (QStyle.StateFlag.State_HasFocus, QStyle.StateFlag.State_MouseOver):
            state |= option.state & flag
        box.state = state
        style = self._model.style()
        style.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, box, painter, self._model)
        room = style.subControlRect(
            QStyle.ComplexControl.CC_ComboBox, box, QStyle.SubControl.SC_ComboBoxEditField, self._model
        )
        box.currentText = box.fontMetrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room.width())
        style.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, box, painter, self._model)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: _Index) -> QWidget:  # noqa: N802
        """A list box, open at once."""
        box = QComboBox(parent)
        box.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        view = box.view()
        assert isinstance(view, QListView)
        view.setUniformItemSizes(True)  # there may be a thousand
        for text, value in self._choices():
            box.addItem(text, value)
        box.activated.connect(self._finish)
        QTimer.singleShot(0, box, box.showPopup)
        return box

    def setEditorData(self, editor: QWidget, index: _Index) -> None:  # noqa: N802  # Qt's name
        """What is chosen so far."""
        assert isinstance(editor, QComboBox)
        editor.setCurrentIndex(editor.findData(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:  # noqa: N802
        """What the person chose."""
        assert isinstance(editor, QComboBox)
        model.setData(model.index(index.row(), index.column()), editor.currentData())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: _Index) -> None:  # noqa: N802
        """Where the picture of it was."""
        editor.setGeometry(_inner(option.rect))

    def _finish(self, _row: int) -> None:
        box = self.sender()
        assert isinstance(box, QWidget)
        self.commitData.emit(box)
        self.closeEditor.emit(box)


def _inner(rect: QRect) -> QRect:
    return rect.adjusted(0, _GAP // 2, 0, -_GAP // 2)
