"""All keys on one page, made from the table of actions."""

from __future__ import annotations

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

from app.views.action_table import ACTIONS, CATEGORY_KEYS, NUDGES, Edge, Menu
from app.views.actions import translated

_COLUMNS = ((Menu.TRACK, Menu.PROPAGATE, None), (Menu.GO, Menu.VIEW), (Menu.FILE, Menu.EDIT, Menu.HELP))


def key_texts(key: str) -> str:
    """A shortcut as this platform writes it, with arrows as arrows."""
    text = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    for word, sign in (("Left", "←"), ("Right", "→"), ("Up", "↑"), ("Down", "↓")):
        text = text.replace(word, sign) if text.endswith(word) else text
    return text


class ShortcutsOverlay(QDialog):
    """Columns of names and keys; ``?``, Esc or a click on Close ends it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        content = QWidget()
        columns = QHBoxLayout(content)
        columns.setContentsMargins(16, 8, 16, 8)
        columns.setSpacing(32)
        for menus in _COLUMNS:
            column = QVBoxLayout()
            column.setSpacing(4)
            for menu in menus:
                rows = self._rows(menu)
                title = translated(menu.value).replace("&", "") if menu is not None else self.tr("Box")
                heading = QLabel(title)
                heading.setProperty("role", "section")
                column.addWidget(heading)
                column.addLayout(self._grid(rows))
                column.addSpacing(12)
            column.addStretch(1)
            columns.addLayout(column, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(content)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 16, 0, 12)
        layout.addWidget(scroll, 1)
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 0)
        row.addWidget(buttons)
        layout.addLayout(row)
        self.resize(1000, 620)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """The key that opened it closes it too."""
        if event.text() == "?" or event.key() == Qt.Key.Key_F1:
            self.reject()
        else:
            super().keyPressEvent(event)

    def _rows(self, menu: Menu | None) -> list[tuple[str, list[str]]]:
        if menu is not None:
            rows = [(translated(spec.text).rstrip("…"), list(spec.keys)) for spec in ACTIONS if spec.menu is menu]
            return [(name, keys) for name, keys in rows if keys]
        rows = []
        for kind in Edge:
            for pixels in (1, 10):
                key = next(it.key for it in NUDGES if it.kind is kind and it.dx == pixels)
                rows.append((self.tr("{0} by {1} px").format(translated(kind.value), pixels), [key]))
        rows.append((self.tr("Category"), [f"{CATEGORY_KEYS[0]} - {CATEGORY_KEYS[-1]}"]))
        return rows

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
                text = key if " - " in key else key_texts(key)
                if text.endswith("→") and any(it.key == key for it in NUDGES):
                    text = text.removesuffix("→") + self.tr("arrows")
                chip = QLabel(text)
                chip.setProperty("role", "key")
                chips.addWidget(chip)
            grid.addLayout(chips, row, 1)
        return grid
