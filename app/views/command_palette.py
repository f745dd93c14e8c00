"""Every action by a few letters of its name: type, choose, Enter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.views.action_table import ACTIONS, ActionId, ActionSpec
from app.views.actions import Actions, binding_text, translated
from app.views.fuzzy import fuzzy_score
from app.views.shortcuts_overlay import key_text

_MARGIN = 12
_WIDTH = 560
_ROWS = 11
_TOP = 72
_ID_ROLE = Qt.ItemDataRole.UserRole
_RECENT_BONUS = 0.5
_TEXT_FIELD_KEYS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class CommandPalette(QDialog):
    """A field over a list: what matches best comes first; without a word, what was chosen last.

    Args:
        actions: The window's.
        recent: Names of the actions chosen before, the last one first.
        parent: Qt owner; the palette stands in its upper middle.
    """

    def __init__(self, actions: Actions, recent: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._actions = actions
        self._recent = list(recent)
        self.chosen: ActionId | None = None
        """What the person chose, None before that."""
        self.setWindowTitle(self.tr("Command palette"))
        self.setAccessibleName(self.windowTitle())
        self.setProperty("edge", "all")
        self._field = QLineEdit()
        self._field.setPlaceholderText(self.tr("Type what you want to do"))
        self._field.setAccessibleName(self.tr("Search all actions"))
        self._field.textChanged.connect(self._fill)
        self._field.installEventFilter(self)
        self._list = QTreeWidget()
        self._list.ensurePolished()  # rows are measured before it is shown
        self._list.setColumnCount(3)
        self._list.setHeaderHidden(True)
        self._list.setRootIsDecorated(False)
        self._list.setUniformRowHeights(True)
        self._list.setAccessibleName(self.tr("Actions found"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setProperty("surface", "panel")
        header = self._list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        self._list.itemClicked.connect(self._choose)
        self._hint = QLabel()
        self._hint.setProperty("role", "muted")
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(_MARGIN,) * 4)
        layout.setSpacing(8)
        layout.addWidget(self._field)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._hint)
        self._fill("")
        row = self._list.sizeHintForRow(0)
        self._list.setFixedHeight(_ROWS * row + 4)
        self.setFixedWidth(_WIDTH)
        self._hint.ensurePolished()
        # a window that is laid out for the first time gives words that wrap the room of one line
        self._hint.setFixedHeight(self._hint.heightForWidth(_WIDTH - 2 * _MARGIN))
        if parent is not None:
            corner = parent.mapToGlobal(parent.rect().topLeft())
            self.move(corner.x() + (parent.width() - _WIDTH) // 2, corner.y() + _TOP)
        self._field.setFocus()

    @property
    def shown(self) -> list[ActionId]:
        """The actions listed, the best first."""
        items = [self._list.topLevelItem(row) for row in range(self._list.topLevelItemCount())]
        return [ActionId(it.data(0, _ID_ROLE)) for it in items if it is not None]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Up and down walk the list while the field keeps the keyboard; Enter runs what is highlighted."""
        if watched is self._field and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _TEXT_FIELD_KEYS:
                self._list.keyPressEvent(event)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._choose(self._list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """Another theme: menus and keys are listed anew in its muted colour."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self.isVisible():
            self._fill(self._field.text())

    def _fill(self, query: str) -> None:
        found = []
        for place, spec in enumerate(ACTIONS):
            score = self._score(query, spec)
            if score is not None and spec.id is not ActionId.PALETTE:
                found.append((not self._actions[spec.id].isEnabled(), -score, place, spec))
        self._list.clear()
        muted = self.palette().placeholderText()
        for disabled, _score, _place, spec in sorted(found, key=lambda it: it[:3]):
            keys = self._actions.shortcuts.keys(spec.id.value)
            name = binding_text(spec.id.value)
            menu = translated(spec.menu.value).replace("&", "")
            item = QTreeWidgetItem([name, menu, key_text(keys[0]) if keys else ""])
            item.setData(0, _ID_ROLE, spec.id.value)
            item.setToolTip(0, translated(spec.tip))
            if not disabled:
                item.setForeground(1, muted)
                item.setForeground(2, muted)
            item.setTextAlignment(2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setDisabled(disabled)
            self._list.addTopLevelItem(item)
        first = self._list.topLevelItem(0)
        if first is not None:
            self._list.setCurrentItem(first)
        self._hint.setText(
            self.tr("Up and down choose, Enter runs, Esc leaves. Grey: makes no sense at this moment.")
            if found
            else self.tr("Nothing is called like that. Try another word.")
        )

    def _score(self, query: str, spec: ActionSpec) -> float | None:
        name = spec.id.value
        recent = len(self._recent) - self._recent.index(name) if name in self._recent else 0
        if not query.strip():
            return float(recent)
        by_name = fuzzy_score(query, binding_text(name))
        by_menu = fuzzy_score(query, f"{translated(spec.menu.value).replace('&', '')} {binding_text(name)}")
        best = max((it for it in (by_name, by_menu) if it is not None), default=None)
        return best + _RECENT_BONUS * bool(recent) if best is not None else None

    def _choose(self, item: QTreeWidgetItem | None) -> None:
        if item is None or item.isDisabled():
            return
        self.chosen = ActionId(item.data(0, _ID_ROLE))
        self.accept()
