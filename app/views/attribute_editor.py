"""One Attribute changed: its name, whose it is, and the words one can choose from; what is lost is said before."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.document.attributes import Attribute, AttributeKind, AttributeValue
from app.document.model import Category

_WAS = Qt.ItemDataRole.UserRole
"""The word that stood there when the dialog opened; empty for a new one."""


class AttributeEditor(QDialog):
    """Ask how an Attribute is to be; nothing is changed here.

    Args:
        attribute: As it is.
        counts: How often each value is set.
        categories: Of the project.
        parent: Qt owner.
    """

    def __init__(
        self,
        attribute: Attribute,
        counts: Counter[AttributeValue],
        categories: list[Category],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._attribute = attribute
        self._counts = counts
        self.setWindowTitle(self.tr("Edit attribute"))
        self.name = QLineEdit(attribute.name)
        self.category = QComboBox()
        # at once: a thousand made one by one hold the window up
        self.category.addItems([self.tr("All categories"), *(category.name for category in categories)])
        self._category_ids = [None, *(category.id for category in categories)]
        if attribute.category_id in self._category_ids:
            self.category.setCurrentIndex(self._category_ids.index(attribute.category_id))
        form = QFormLayout()
        form.addRow(self.tr("Name"), self.name)
        form.addRow(self.tr("Of"), self.category)
        self.warning = QLabel()
        self.warning.setWordWrap(True)
        self.warning.setProperty("tone", "doubt")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(form)
        self.choices = QListWidget()
        self.choices.ensurePolished()  # rows are measured before the dialog is shown
        if attribute.kind is AttributeKind.CHOICE:
            self._add_choices(layout)
        layout.addWidget(self.warning)
        layout.addWidget(buttons)
        self.resize(380, 360 if attribute.kind is AttributeKind.CHOICE else 140)

    @property
    def changed(self) -> Attribute:
        """As the person wants it; a default that can no longer be chosen is none."""
        words = tuple(self._words())
        kept = {was for was in self._was() if was}
        default = self._attribute.default
        if self._attribute.kind is AttributeKind.CHOICE and default not in kept:
            default = None
        return replace(
            self._attribute,
            name=self.name.text(),
            choices=words,
            category_id=self._category_ids[self.category.currentIndex()],
            default=default,
        )

    @property
    def renamed(self) -> dict[str, str]:
        """Word -> what stands there now."""
        pairs = zip(self._was(), self._words(), strict=True)
        return {was: word for was, word in pairs if was and was != word}

    def _add_choices(self, layout: QVBoxLayout) -> None:
        self.choices.setAccessibleName(self.tr("Words to choose from"))
        for word in self._attribute.choices:
            self._add_item(word, word)
        self.choices.setCurrentRow(0)
        self.choices.itemChanged.connect(self._warn)
        title = QLabel(self.tr("Words to choose from; F2 or a double click renames one"))
        title.setProperty("role", "muted")
        layout.addWidget(title)
        layout.addWidget(self.choices, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        for text, slot in (
            (self.tr("Add"), self._add),
            (self.tr("Rename"), self._rename),
            (self.tr("Remove"), self._remove),
            (self.tr("Up"), self._up),
            (self.tr("Down"), self._down),
        ):
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(slot)
            row.addWidget(button)
        layout.addLayout(row)

    def _add_item(self, word: str, was: str) -> QListWidgetItem:
        item = QListWidgetItem(word)
        item.setData(_WAS, was)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        self.choices.addItem(item)
        return item

    def _words(self) -> list[str]:
        return [self.choices.item(row).text().strip() for row in range(self.choices.count())]

    def _was(self) -> list[str]:
        return [str(self.choices.item(row).data(_WAS)) for row in range(self.choices.count())]

    def _add(self) -> None:
        item = self._add_item(self.tr("new"), "")
        self.choices.setCurrentItem(item)
        self.choices.editItem(item)

    def _rename(self) -> None:
        item = self.choices.currentItem()
        if item is not None:
            self.choices.editItem(item)

    def _remove(self) -> None:
        self.choices.takeItem(self.choices.currentRow())
        self._warn()

    def _up(self) -> None:
        self._move(-1)

    def _down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        row = self.choices.currentRow()
        if row >= 0 and 0 <= row + by < self.choices.count():
            item = self.choices.takeItem(row)
            self.choices.insertItem(row + by, item)
            self.choices.setCurrentRow(row + by)

    def _warn(self) -> None:
        kept = set(self._was())
        gone = [(word, self._counts[word]) for word in self._attribute.choices if word not in kept]
        lost = [f"{word} ({count})" for word, count in gone if count]
        text = self.tr("Values that will be lost, until it is undone: {0}")
        self.warning.setText(text.format(", ".join(lost)) if lost else "")
