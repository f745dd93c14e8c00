"""The Review dock: doubtful frames, the worst first; go through them, accept or correct."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.session.doubtful import Doubtful
from app.views.action_table import ActionId
from app.views.actions import Actions
from app.views.review_model import THUMBNAIL, ReviewModel
from app.views.tokens import Tokens


class ReviewPanel(QWidget):
    """List, count and buttons; without entries it says what would be there.

    Args:
        actions: The window's.
        tokens: The theme in use.
        parent: Qt owner.
    """

    chosen = Signal(object)
    """Doubtful, clicked or reached with the arrows."""

    def __init__(self, actions: Actions, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ReviewModel(tokens, self)
        self._following = False
        self._count = QLabel()
        self._count.setProperty("role", "section")
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setAccessibleName(self.tr("Frames to check"))
        self.list.setUniformItemSizes(True)
        self.list.setIconSize(QSize(THUMBNAIL + 6, THUMBNAIL))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.selectionModel().currentChanged.connect(self._choose)
        self._empty = QLabel()
        self._empty.setProperty("role", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(16, 16, 16, 16)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.list)
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 8, 4)
        head.addWidget(self._count, 1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(8, 8, 8, 8)
        buttons.setSpacing(8)
        self._buttons = []
        for action_id, text in ((ActionId.ACCEPT, self.tr("Accept")), (ActionId.NEXT_DOUBT, self.tr("Next"))):
            button = QPushButton(text)
            button.setToolTip(actions[action_id].toolTip())
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(actions[action_id].trigger)
            buttons.addWidget(button, 1)
            self._buttons.append(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)
        layout.addLayout(buttons)
        self.set_entries((), 0, {}, 0, tracked=False)

    def set_theme(self, tokens: Tokens) -> None:
        """Use other colours."""
        self.model.set_theme(tokens)

    @property
    def text(self) -> str:
        """The line above the list, or what stands in its place."""
        return self._count.text() if self.model.rowCount() else self._empty.text()

    def set_entries(
        self, entries: tuple[Doubtful, ...], count: int, names: dict[int, str], frame_base: int, *, tracked: bool
    ) -> None:
        """List other entries.

        Args:
            entries: The worst first.
            count: How many there are in all.
            names: Track id -> what it is called.
            frame_base: Number of the first frame on the screen.
            tracked: Whether there are tracked boxes at all.
        """
        self._following = True
        self.model.set_entries(entries, names, frame_base)
        self._following = False
        self._stack.setCurrentWidget(self.list if entries else self._empty)
        self._count.setText(self.tr("{0} to check").format(count) if entries else "")
        self._empty.setText(
            self.tr("Nothing left to check in this sequence.")
            if tracked
            else self.tr("After a run, the frames the tracker was not sure of are listed here.")
        )
        for button in self._buttons:
            button.setEnabled(bool(entries))

    def select(self, entry: Doubtful | None) -> None:
        """Highlight an entry without going to it again; None for none."""
        self._following = True
        row = self.model.row_of(entry)
        if row >= 0:
            index = self.model.index(row)
            self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.list.scrollTo(index)
        else:
            self.list.selectionModel().clear()
        self._following = False

    def _choose(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid() and not self._following:
            self.chosen.emit(self.model.entry(current.row()))
