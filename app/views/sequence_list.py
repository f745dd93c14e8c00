"""The Sequences dock: the videos and image folders of the project, how far each is, and what is in it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QMenu,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.document.model import Sequence
from app.views.action_table import ActionId
from app.views.actions import Actions
from app.views.sequence_model import SequenceModel
from app.views.tokens import Tokens

_ICON_SIZE = 18
_MENU = (ActionId.SEQUENCE_DONE, ActionId.SEQUENCE_NOTE, None, ActionId.REMOVE_SEQUENCE)


class SequenceList(QWidget):
    """One row a Sequence, the one on the screen highlighted.

    Args:
        actions: The window's.
        tokens: Colours of the theme.
        parent: Qt owner.
    """

    sequence_chosen = Signal(int)

    def __init__(self, actions: Actions, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._following = False
        self.model = SequenceModel(tokens, self)
        self.list = QListView()
        self.list.setModel(self.model)
        self._heights = _RowHeights(self.model, self)
        self.list.setItemDelegate(self._heights)
        self.list.setAccessibleName(self.tr("Sequences of the project"))
        self.list.setIconSize(QSize(_ICON_SIZE, _ICON_SIZE))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        add = QPushButton(self.tr("Add videos…"))
        add.setToolTip(actions[ActionId.ADD_VIDEO].toolTip())
        add.clicked.connect(actions[ActionId.ADD_VIDEO].trigger)
        folder = QPushButton(self.tr("Add folder…"))
        folder.setToolTip(actions[ActionId.ADD_FOLDER].toolTip())
        folder.clicked.connect(actions[ActionId.ADD_FOLDER].trigger)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(8, 8, 8, 8)
        buttons.setSpacing(8)
        buttons.addWidget(add, 1)
        buttons.addWidget(folder, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)

    @property
    def texts(self) -> list[str]:
        """What the rows say."""
        return [str(self.model.index(row).data()) for row in range(self.model.rowCount())]

    def set_theme(self, tokens: Tokens) -> None:
        """Use other colours."""
        self.model.set_theme(tokens)

    def show_sequences(self, sequences: Iterable[Sequence], current: int) -> None:
        """List these; ``current`` is the id of the one on the screen."""
        self._following = True
        self.model.show(sequences)
        row = self.model.row_of(current)
        if row != self.list.currentIndex().row():
            self.list.setCurrentIndex(self.model.index(row))
        self._following = False

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """Other letters, other rows."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._heights.forget()

    def _chosen(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid() and not self._following:
            self.sequence_chosen.emit(self.model.sequences[index.row()].id)

    def _show_menu(self, position: QPoint) -> None:
        menu = QMenu(self)
        for action in _MENU:
            if action is None:
                menu.addSeparator()
            else:
                menu.addAction(self._actions[action])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.list.viewport().mapToGlobal(position))


class _RowHeights(QStyledItemDelegate):
    """Remembers how high rows of so many lines are: Qt lays the words of a thousand rows out whenever one changes."""

    def __init__(self, model: SequenceModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._known: dict[tuple[int, bool], QSize] = {}

    def forget(self) -> None:
        """Look anew."""
        self._known.clear()

    def sizeHint(  # noqa: N802  # Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """As wide as there is room, and as high as Qt makes a row of this shape."""
        shape = self._model.shape(index.row())
        size = self._known.get(shape)
        if size is None:
            size = QSize(0, super().sizeHint(option, index).height())
            if shape[1]:  # letters from other fonts may make a line higher
                self._known[shape] = size
        return size
