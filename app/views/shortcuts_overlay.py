"""All keys on one page, made from the table of actions and the keys in force."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.views.action_table import ACTIONS, Menu
from app.views.actions import binding_text, translated
from app.views.nudges import NUDGES, Edge
from app.views.shortcuts import Shortcuts, category_binding

_COLUMNS = ((Menu.TRACK, None, Menu.REVIEW), (Menu.PROPAGATE, Menu.GO), (Menu.VIEW, Menu.FILE, Menu.EDIT, Menu.HELP))
_BAR = 24
"""Room for the scroll bar."""
_SIGNS = (("Left", "←"), ("Right", "→"), ("Up", "↑"), ("Down", "↓"))


def key_text(key: str) -> str:
    """A shortcut as this platform writes it, with arrows as arrows."""
    text = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    for word, sign in _SIGNS:
        stem = key.removesuffix(word)
        if key.endswith(word) and (not stem or stem.endswith("+")):
            return text[: -len(QKeySequence(word).toString(QKeySequence.SequenceFormat.NativeText))] + sign
    return text


class ShortcutsOverlay(QDialog):
    """Columns of names and keys; ``?``, F1, Esc or Close ends it. It is empty until its ``parts`` have been done.

    Args:
        shortcuts: The keys in force.
        parent: Qt owner.
    """

    def __init__(self, shortcuts: Shortcuts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shortcuts = shortcuts
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self._content = QWidget()
        self._columns = QHBoxLayout(self._content)
        self._columns.setContentsMargins(16, 8, 16, 8)
        self._columns.setSpacing(32)
        self._made: list[QVBoxLayout] = []
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setAccessibleName(self.windowTitle())
        scroll.setWidget(self._content)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 16, 0, 12)
        layout.addWidget(scroll, 1)
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 0)
        row.addWidget(buttons)
        layout.addLayout(row)

    def parts(self) -> list[Callable[[], None]]:
        """What fills it: some hundred labels, too many for one turn of the window."""
        return [*(partial(self._add_column, menus) for menus in _COLUMNS), self._fit]

    def _add_column(self, menus: Sequence[Menu | None]) -> None:
        column = QVBoxLayout()
        column.setSpacing(4)
        for menu in menus:
            heading = QLabel(translated(menu.value).replace("&", "") if menu is not None else self.tr("Box"))
            heading.setProperty("role", "section")
            column.addWidget(heading)
            column.addLayout(self._grid(self._rows(menu)))
            column.addSpacing(12)
        column.addStretch(1)
        self._columns.addLayout(column, 1)
        self._made.append(column)
        for label in self._content.findChildren(QLabel):
            label.ensurePolished()  # now, not all of them together

    def _fit(self) -> None:
        if self._content.sizeHint().width() + _BAR > self._room():  # the last column goes below the middle one
            last = self._made.pop()
            self._columns.removeItem(last)
            self._made[-1].insertLayout(self._made[-1].count() - 1, last)
        self.resize(max(self._content.sizeHint().width() + _BAR, 1000), 640)

    def _room(self) -> int:
        """Pixels that it may be wide: no wider than the window that it stands over, which may fill the screen."""
        parent = self.parentWidget()
        return parent.window().width() if parent is not None else self.screen().availableGeometry().width()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """The key that opened it closes it too."""
        if event.text() == "?" or event.key() == Qt.Key.Key_F1:
            self.reject()
        else:
            super().keyPressEvent(event)

    def _rows(self, menu: Menu | None) -> list[tuple[str, list[str]]]:
        if menu is not None:
            names = [spec.id.value for spec in ACTIONS if spec.menu is menu]
            rows = [(binding_text(name), [key_text(key) for key in self._shortcuts.keys(name)]) for name in names]
            return [(name, keys) for name, keys in rows if keys]
        return [*(row for kind in Edge for pixels in (1, 10) for row in self._nudge_rows(kind, pixels)), self._digits()]

    def _nudge_rows(self, kind: Edge, pixels: int) -> list[tuple[str, list[str]]]:
        """One row for the four arrows; four where the person has given them other keys."""
        nudges = [it for it in NUDGES if it.kind is kind and max(abs(it.dx), abs(it.dy)) == pixels]
        if any(self._shortcuts.is_own(it.id) for it in nudges):
            return [(binding_text(it.id), [key_text(key) for key in self._shortcuts.keys(it.id)]) for it in nudges]
        stem = key_text(nudges[0].key)[:-1]
        return [(self.tr("{0} by {1} px").format(translated(kind.value), pixels), [stem + self.tr("arrows")])]

    def _digits(self) -> tuple[str, list[str]]:
        keys = [self._shortcuts.keys(category_binding(place)) for place in range(9)]
        shown = [key_text(it[0]) if it else "–" for it in keys]
        plain = shown == [str(place + 1) for place in range(9)]
        return self.tr("Category"), ["1 – 9"] if plain else shown

    def _grid(self, rows: list[tuple[str, list[str]]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        for row, (name, keys) in enumerate(rows):
            grid.addWidget(QLabel(name), row, 0)
            chips = QHBoxLayout()
            chips.setSpacing(4)
            chips.addStretch(1)
            for key in keys:
                chip = QLabel(key)
                chip.setProperty("role", "key")
                chips.addWidget(chip)
            grid.addLayout(chips, row, 1)
        return grid
