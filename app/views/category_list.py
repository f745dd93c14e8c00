"""The project's categories with their number keys: click one to give it to the selected Track."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

from PySide6.QtCore import QEvent, QPoint, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.document.model import Category
from app.views.actions import TAKES_ENTER
from app.views.changed_part import changed_part
from app.views.colour_menu import ColourMenu
from app.views.nudges import CATEGORY_KEYS
from app.views.palette import ink_on

_ID_ROLE = Qt.ItemDataRole.UserRole
_CHIP_SIZE = 18
_ROWS = 6
"""More categories than this scroll."""
_FLAGS = QListWidgetItem().flags() | Qt.ItemFlag.ItemIsEditable


class CategoryList(QWidget):
    """Says what the person wants by signal; double-clicking renames."""

    chosen = Signal(int)
    """Category id."""
    added = Signal(str)
    """Name of a new one."""
    renamed = Signal(int, str)
    coloured = Signal(int, str)
    """Category id and ``#rrggbb``; empty: each Track its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Category"))
        self._list.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setProperty(TAKES_ENTER, True)
        self._list.setIconSize(QSize(_CHIP_SIZE, _CHIP_SIZE))
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._list.customContextMenuRequested.connect(self._ask_colour)
        self._colours: dict[int, str] = {}
        self._listed: tuple[list[Category], int, float] | None = None
        self._list.itemClicked.connect(self._choose)
        self._list.itemActivated.connect(self._choose)
        self._list.setUniformItemSizes(True)
        self._list.itemChanged.connect(self._rename)
        self._new = QLineEdit()
        self._new.setPlaceholderText(self.tr("New category"))
        self._new.setAccessibleName(self.tr("Name of a new category"))
        self._new.returnPressed.connect(self._add)
        self._new.textChanged.connect(self._text_changed)
        self._add_button = QPushButton(self.tr("Add"))
        self._add_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._add_button.clicked.connect(self._add)
        self._add_button.setEnabled(False)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._new, 1)
        row.addWidget(self._add_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._list)
        layout.addLayout(row)

    def set_categories(self, categories: list[Category], current: int) -> None:
        """List these; ``current`` (0: none) is the selected Track's."""
        wanted = (list(categories), self.palette().cacheKey(), self.devicePixelRatioF())
        with QSignalBlocker(self._list):
            if wanted != self._listed:  # asked for with each Track that is selected
                shown = self._listed[0] if self._listed is not None and self._listed[1:] == wanted[1:] else []
                if not shown:
                    self._list.clear()
                self._listed = wanted
                self._list_changed(shown, categories)
            row = next((row for row, it in enumerate(categories) if it.id == current), -1)
            self._list.setCurrentRow(row)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """The squares with the keys follow the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._listed is not None:
            item = self._list.currentItem()
            self.set_categories(self._listed[0], item.data(_ID_ROLE) if item is not None else 0)

    def forget_typed(self) -> None:
        """The name of a new one that has not been added."""
        self._new.clear()

    def _list_changed(self, shown: list[Category], categories: list[Category]) -> None:
        """List anew what differs: there can be thousands."""
        self._colours = {category.id: category.colour for category in categories}
        chip_of = cache(self._key_chip)
        same, end = changed_part(shown, categories)
        for _ in range(len(shown) - same - end):
            self._list.takeItem(same)
        for position in range(same, len(categories) - end):
            self._list.insertItem(position, QListWidgetItem())
        # with those that come or go, those below have other keys
        with_keys = len(CATEGORY_KEYS) + max(len(categories) - len(shown), 0)
        last = max(len(categories) - end, min(with_keys, len(categories)))
        for position in range(same, last):
            self._describe(self._list.item(position), categories[position], position, chip_of)
        row = max(self._list.sizeHintForRow(0), _CHIP_SIZE)
        self._list.setFixedHeight(row * min(max(len(categories), 1), _ROWS) + 2)

    def _describe(
        self, item: QListWidgetItem, category: Category, position: int, chip_of: Callable[[str, str], QIcon]
    ) -> None:
        key = CATEGORY_KEYS[position] if position < len(CATEGORY_KEYS) else ""
        how = self.tr("Press {0} to choose it").format(key) if key else category.name
        hint = self.tr("Double click renames, right click colours it")
        item.setText(category.name)
        item.setFlags(_FLAGS)
        item.setData(_ID_ROLE, category.id)
        item.setToolTip(f"{how}\n{hint}")
        item.setIcon(chip_of(key, category.colour))
        said = self.tr("Key {0}").format(key) if key else None
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, said)

    def _ask_colour(self, place: QPoint) -> None:
        index = self._list.indexAt(place)
        row = index.row() if index.isValid() else self._list.currentRow()
        if row < 0:
            return
        category_id = int(self._list.item(row).data(_ID_ROLE))
        menu = ColourMenu(self._colours.get(category_id, ""), self)
        menu.chosen.connect(partial(self.coloured.emit, category_id))
        menu.ask(self._list.viewport().mapToGlobal(place))

    def _key_chip(self, key: str, colour: str) -> QIcon:
        """The number key as a small square in the Category's colour; no number where there is no key left."""
        scale = self.devicePixelRatioF()
        picture = QPixmap(round(_CHIP_SIZE * scale), round(_CHIP_SIZE * scale))
        picture.setDevicePixelRatio(scale)
        picture.fill(Qt.GlobalColor.transparent)
        if key or colour:
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(self.palette().placeholderText().color())
            if colour:
                painter.setBrush(QColor(colour))
            area = QRectF(0.5, 0.5, _CHIP_SIZE - 1, _CHIP_SIZE - 1)
            painter.drawRoundedRect(area, 3, 3)
            painter.setFont(self.font())
            if colour:
                painter.setPen(ink_on(QColor(colour)))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, key)
            painter.end()
        return QIcon(picture)

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(_ID_ROLE))

    def _rename(self, item: QListWidgetItem) -> None:
        self._listed = None  # it says what the person wrote, which may be refused
        self.renamed.emit(item.data(_ID_ROLE), item.text())

    def _add(self) -> None:
        """Add a category, or choose the one that has this name already."""
        name = self._new.text().strip()
        if not name:
            return
        self._new.clear()
        same = next((it for it in map(self._list.item, range(self._list.count())) if it.text() == name), None)
        if same is not None:
            self._choose(same)
        else:
            self.added.emit(name)

    def _text_changed(self, text: str) -> None:
        self._add_button.setEnabled(bool(text.strip()))
