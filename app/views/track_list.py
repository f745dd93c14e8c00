"""The Tracks dock: one row a Track, the selected one highlighted."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.views.action_table import ActionId
from app.views.actions import Actions
from app.views.step_by_step import StepByStep
from app.views.switch_cells import SwitchCells
from app.views.track_model import (
    COLUMN_CATEGORY,
    COLUMN_FRAMES,
    COLUMN_LOCKED,
    COLUMN_SHOWN,
    COLUMN_TRACK,
    SWITCHES,
    TrackModel,
)

_ROW_HEIGHT = 30
_FRAMES_WIDTH = 58
_SWITCH_WIDTH = 22
_TITLE_MARGIN = 16
_MOST_CATEGORY, _LEAST_CATEGORY = 0.36, 0.2
"""Shares of the width; the least where names of Tracks need the room."""
_MENU = (
    ActionId.PROPAGATE_FORWARD,
    ActionId.PROPAGATE_BACKWARD,
    None,
    ActionId.OUTSIDE,
    None,
    ActionId.HIDE_TRACK,
    ActionId.LOCK_TRACK,
    None,
    ActionId.DELETE_TRACK,
)


class TrackList(QWidget):
    """Table of Tracks with a button for a new one; without any it says how to begin.

    Args:
        actions: The window's.
        parent: Qt owner.
    """

    track_chosen = Signal(int)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._model: TrackModel | None = None
        self._following = False
        self._fitting = StepByStep(self)
        self._table = QTableView()
        self._table.setAccessibleName(self.tr("Tracks"))
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self._table.setShowGrid(False)
        self._table.setWordWrap(False)
        self._table.setTabKeyNavigation(False)
        self._table.verticalHeader().hide()
        self._table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self._table.horizontalHeader().setHighlightSections(False)
        self._table.horizontalHeader().setResizeContentsPrecision(0)  # names of rows that are seen; there may be 1000
        self._table.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self._table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._table.customContextMenuRequested.connect(self._show_menu)
        shown = SwitchCells(actions[ActionId.SHOW_ALL], actions[ActionId.HIDE_TRACK], self._table, usually_on=True)
        locked = SwitchCells(actions[ActionId.UNLOCK_ALL], actions[ActionId.LOCK_TRACK], self._table, usually_on=False)
        self._table.setItemDelegateForColumn(COLUMN_SHOWN, shown)
        self._table.setItemDelegateForColumn(COLUMN_LOCKED, locked)
        self._empty = QLabel(self.tr("No tracks yet.\nDraw a box around an object to begin one."))
        self._empty.setProperty("role", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(16, 16, 16, 16)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._table)
        new_track = QPushButton(actions[ActionId.NEW_TRACK].text())
        new_track.setToolTip(actions[ActionId.NEW_TRACK].toolTip())
        new_track.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        new_track.clicked.connect(actions[ActionId.NEW_TRACK].trigger)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(8, 8, 8, 8)
        buttons.addWidget(new_track, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._stack, 1)
        layout.addLayout(buttons)

    @property
    def table(self) -> QTableView:
        """The table itself."""
        return self._table

    def set_model(self, model: TrackModel | None) -> None:
        """List the Tracks of another Sequence, or of none; the model of the one before goes."""
        before, selection = self._model, self._table.selectionModel()
        self._model = model
        self._table.setModel(model)
        if before is not None:
            selection.deleteLater()
            before.deleteLater()
        if model is not None:
            header = self._table.horizontalHeader()
            header.setSectionResizeMode(COLUMN_TRACK, QHeaderView.ResizeMode.Stretch)
            header.setSectionResizeMode(COLUMN_CATEGORY, QHeaderView.ResizeMode.Fixed)
            header.setSectionResizeMode(COLUMN_FRAMES, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(COLUMN_FRAMES, max(_FRAMES_WIDTH, header.sectionSizeHint(COLUMN_FRAMES)))
            header.setMinimumSectionSize(_SWITCH_WIDTH)
            for column in SWITCHES:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
                header.resizeSection(column, _SWITCH_WIDTH)
            self._table.selectionModel().selectionChanged.connect(self._selected)
            model.modelReset.connect(self._show_content)
            model.modelReset.connect(self._fit_soon)
            model.dataChanged.connect(self._names_changed)
        self._show_content()
        self._fit_categories()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Divide the room among the columns."""
        super().resizeEvent(event)
        self._fit_categories()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's name
        """Divide it, which has no sense before."""
        super().showEvent(event)
        self._fit_categories()

    def _names_changed(self, first: QModelIndex, _last: QModelIndex) -> None:
        if first.column() <= COLUMN_CATEGORY:  # a run changes counts several times a second
            self._fit_soon()

    def _fit_soon(self) -> None:
        """In a turn of its own: the table measures the names that are seen, which takes as long as to paint them."""
        if not self._fitting.is_busy:
            self._fitting.begin(self._fit_categories)

    def _fit_categories(self) -> None:
        """As wide as the names of the Categories, but never so that those of the Tracks have no room."""
        # of a table that is not seen Qt measures every row, thousands of them
        if self._model is not None and self._table.isVisible():
            header = self._table.horizontalHeader()
            # what Qt wants for a heading has room for the arrow of an order that there is not
            heading = str(self._model.headerData(COLUMN_CATEGORY, Qt.Orientation.Horizontal))
            title = header.fontMetrics().horizontalAdvance(heading) + _TITLE_MARGIN
            wanted = max(self._table.sizeHintForColumn(COLUMN_CATEGORY), title)
            frames = header.sectionSize(COLUMN_FRAMES)
            frames += len(SWITCHES) * _SWITCH_WIDTH
            left = self._table.viewport().width() - frames - self._table.sizeHintForColumn(COLUMN_TRACK)
            least, most = (round(share * self.width()) for share in (_LEAST_CATEGORY, _MOST_CATEGORY))
            least = max(least, title)
            header.resizeSection(COLUMN_CATEGORY, min(wanted, max(least, min(left, most))))

    def select(self, track_id: int) -> None:
        """Highlight a Track, without choosing it again; 0 highlights none."""
        if self._model is None:
            return
        self._following = True
        row = self._model.row_of(track_id)
        if row < 0:
            self._table.clearSelection()
        elif not self._table.selectionModel().isRowSelected(row):
            self._table.selectRow(row)
        self._following = False

    def _selected(self, selected: QItemSelection, _deselected: QItemSelection) -> None:
        indexes = selected.indexes()
        if indexes and not self._following and self._model is not None:
            self.track_chosen.emit(self._model.track_id(indexes[0].row()))

    def _show_content(self) -> None:
        filled = self._model is not None and self._model.rowCount() > 0
        self._stack.setCurrentWidget(self._table if filled else self._empty)

    def _show_menu(self, position: QPoint) -> None:
        menu = QMenu(self)
        rename = QAction(self.tr("Rename"), menu)
        rename.triggered.connect(self._rename)
        menu.addAction(rename)
        menu.addSeparator()
        for action in _MENU:
            if action is None:
                menu.addSeparator()
            else:
                menu.addAction(self._actions[action])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._table.viewport().mapToGlobal(position))

    def _rename(self) -> None:
        self._table.edit(self._table.currentIndex().siblingAtColumn(COLUMN_TRACK))
