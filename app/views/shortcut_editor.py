"""Other keys for everything, with a look at who has the key already, and the way back to the defaults."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.views.action_table import Menu
from app.views.actions import binding_text, translated
from app.views.fuzzy import fuzzy_score
from app.views.shortcuts import Shortcuts, bindings
from app.views.shortcuts_overlay import key_text

_ID_ROLE = Qt.ItemDataRole.UserRole


class ShortcutEditor(QWidget):
    """A tree of everything that has keys; below it the field that takes a key for the chosen one.

    Args:
        shortcuts: The keys in force.
        parent: Qt owner.
    """

    changed = Signal(object)
    """Shortcuts: these should be in force now."""

    def __init__(self, shortcuts: Shortcuts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shortcuts = shortcuts
        self._groups: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self._search = QLineEdit()
        self._search.setPlaceholderText(self.tr("Search by name or key"))
        self._search.setAccessibleName(self._search.placeholderText())
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._filter)
        self._tree = QTreeWidget()
        self._tree.setHeaderLabels([self.tr("Action"), self.tr("Keys")])
        self._tree.setAccessibleName(self.tr("Keyboard shortcuts"))
        self._tree.header().setStretchLastSection(False)
        self._tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._tree.currentItemChanged.connect(self._chosen)
        self._key = QKeySequenceEdit()
        self._key.setMaximumSequenceLength(1)
        self._key.setClearButtonEnabled(True)
        self._key.setAccessibleName(self.tr("New key"))
        self._key_field = self._key.findChild(QLineEdit)
        self._key.keySequenceChanged.connect(self._check)
        self._answer = QLabel()
        self._answer.setWordWrap(True)
        self._answer.setMinimumHeight(self._answer.fontMetrics().height() * 2 + 4)
        self._answer.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._set = self._button(self.tr("Use this key"), self._use)
        self._add = self._button(self.tr("Use it as well"), self._use_as_well)
        self._none = self._button(self.tr("No key"), self._remove)
        self._reset = self._button(self.tr("Default key"), self._use_default)
        self._reset_all = self._button(self.tr("Reset all keys"), self._use_all_defaults)
        self._lay_out()
        self._fill()

    @property
    def name(self) -> str:
        """Name of the chosen action, nudge or category key; empty for none."""
        item = self._tree.currentItem()
        return str(item.data(0, _ID_ROLE) or "") if item is not None else ""

    def choose(self, name: str) -> None:
        """Choose what gets another key."""
        for item in self._leaves():
            if item.data(0, _ID_ROLE) == name:
                self._tree.setCurrentItem(item)

    def _button(self, text: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button

    def _lay_out(self) -> None:
        caption = QLabel(self.tr("New key"))
        caption.setBuddy(self._key)
        grid = QGridLayout()
        grid.setSpacing(8)
        grid.addWidget(caption, 0, 0)
        grid.addWidget(self._key, 0, 1)
        grid.addWidget(self._set, 0, 2)
        grid.addWidget(self._add, 0, 3)
        grid.setColumnStretch(1, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._none)
        row.addWidget(self._reset)
        row.addStretch(1)
        row.addWidget(self._reset_all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 8)
        layout.setSpacing(8)
        layout.addWidget(self._search)
        layout.addWidget(self._tree, 1)
        layout.addLayout(grid)
        layout.addWidget(self._answer)
        layout.addLayout(row)

    def _fill(self) -> None:
        for menu in (*Menu, None):
            title = translated(menu.value).replace("&", "") if menu is not None else self.tr("Box")
            group = QTreeWidgetItem(self._tree, [title, ""])
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            group.setExpanded(True)
            leaves = []
            for binding in bindings().values():
                if binding.menu is menu:
                    leaves.append(QTreeWidgetItem(group, [binding_text(binding.id), ""]))
                    leaves[-1].setData(0, _ID_ROLE, binding.id)
            self._groups.append((group, leaves))
        self._show_keys()
        self._tree.setCurrentItem(self._leaves()[0])

    def _leaves(self) -> list[QTreeWidgetItem]:
        return [leaf for _group, leaves in self._groups for leaf in leaves]

    def _show_keys(self) -> None:
        for item in self._leaves():
            name = item.data(0, _ID_ROLE)
            item.setText(1, "   ".join(key_text(key) for key in self._shortcuts.keys(name)))
            font = item.font(1)
            font.setBold(self._shortcuts.is_own(name))
            item.setFont(1, font)
        self._reset_all.setEnabled(bool(self._shortcuts.own))
        self._check()

    def _filter(self, query: str) -> None:
        for item in self._leaves():
            words = f"{item.text(0)} {item.text(1)}"
            item.setHidden(bool(query.strip()) and fuzzy_score(query, words) is None)
        for group, leaves in self._groups:
            group.setHidden(all(leaf.isHidden() for leaf in leaves))

    def _chosen(self, _item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        self._key.clear()
        self._check()

    def _check(self, _key: QKeySequence | None = None) -> None:
        """Say who has the key; the buttons say what pressing them means."""
        if self._key_field is not None:  # Qt's own words, which each clearing brings back, have no room in German
            self._key_field.setPlaceholderText(self.tr("Press the key"))
            self._key_field.setAccessibleName(self._key.accessibleName())
        name, key = self.name, self._key.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        keys = self._shortcuts.keys(name) if name else ()
        others = [it for it in self._shortcuts.users_of(key) if it.id != name] if key else []
        self._none.setEnabled(bool(keys))
        self._reset.setEnabled(bool(name) and self._shortcuts.is_own(name))
        self._set.setEnabled(bool(name and key) and keys != (key,))
        self._add.setEnabled(bool(name and key and keys) and key not in keys)
        tone = "muted"
        if not name:
            text = self.tr("Choose an action above.")
        elif not key:
            text = self.tr("Click into the field and press the key for “{0}”.").format(binding_text(name))
        elif others:
            tone = "doubt"
            text = self.tr("{0} is the key of “{1}”, which would lose it.").format(
                key_text(key), binding_text(others[0].id)
            )
        else:
            text = self.tr("{0} is free.").format(key_text(key)) if key not in keys else ""
        self._answer.setText(text)
        self._answer.setProperty("tone", tone)
        self._answer.style().unpolish(self._answer)
        self._answer.style().polish(self._answer)

    def _use(self) -> None:
        self._change(
            self._shortcuts.with_keys(
                self.name, (self._key.keySequence().toString(QKeySequence.SequenceFormat.PortableText),)
            )
        )

    def _use_as_well(self) -> None:
        keys = (
            *self._shortcuts.keys(self.name),
            self._key.keySequence().toString(QKeySequence.SequenceFormat.PortableText),
        )
        self._change(self._shortcuts.with_keys(self.name, keys))

    def _remove(self) -> None:
        self._change(self._shortcuts.with_keys(self.name, ()))

    def _use_default(self) -> None:
        self._change(self._shortcuts.with_defaults(self.name))

    def _use_all_defaults(self) -> None:
        self._change(Shortcuts())

    def _change(self, shortcuts: Shortcuts) -> None:
        self._shortcuts = shortcuts
        self._key.clear()
        self._show_keys()
        self.changed.emit(shortcuts)
