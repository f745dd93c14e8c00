"""What can be said of objects in this project: Attributes to define and remove, Categories to merge and remove."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache, partial
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QUndoCommand
from PySide6.QtWidgets import (
    QCheckBox,
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
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from app.document.attributes import Attribute, AttributeKind, AttributeValue
from app.document.commands import (
    ChangeAttribute,
    ColourCategory,
    DefineAttribute,
    MergeCategories,
    RemoveAttribute,
    RemoveCategory,
)
from app.document.document import Document
from app.errors import AppError
from app.session.making import Making
from app.views.attribute_editor import AttributeEditor
from app.views.colour_menu import ColourMenu, swatch

_NAME_LENGTH = 16
_VALUE_COST = 10
"""To change a value takes as long as to look at so many keyframes."""

C = TypeVar("C", bound=QUndoCommand)


class AttributesDialog(QDialog):
    """Each change is done at once, and one step of undo.

    Args:
        document: The open project.
        making: Builds what takes long, beside the window.
        parent: Qt owner.
    """

    def __init__(self, document: Document, making: Making, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._making = making
        self._is_stale = False
        self._attribute_ids: list[int] = []
        self._category_ids: list[int] = []
        self.setWindowTitle(self.tr("Attributes and categories"))
        self.resize(520, 520)
        self.answer = QLabel()
        self.answer.setWordWrap(True)
        self.answer.setProperty("role", "muted")
        tabs = QTabWidget()
        tabs.setAccessibleName(self.windowTitle())
        tabs.addTab(self._attribute_page(), self.tr("Attributes"))
        tabs.addTab(self._category_page(), self.tr("Categories"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(tabs, 1)
        layout.addWidget(self.answer)
        layout.addWidget(buttons)
        # Return in a field defines; no button takes it
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        document.attribute_changed.connect(self._show_when_settled)
        document.category_added.connect(self._show_when_settled)
        document.category_changed.connect(self._show_when_settled)
        document.settled.connect(self._show_if_stale)
        self._show()

    # Attributes

    def _attribute_page(self) -> QWidget:
        self.attributes = QListWidget()
        self.attributes.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.attributes.setAccessibleName(self.tr("Attributes of the project"))
        edit, remove = self._of_attribute = QPushButton(self.tr("Edit…")), QPushButton(self.tr("Remove"))
        edit.clicked.connect(self._edit_attribute)
        self.attributes.itemActivated.connect(self._edit_attribute)
        remove.clicked.connect(self._remove_attribute)
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("colour, damaged, licence plate…"))
        self.name.returnPressed.connect(self._define)
        self.kind = QComboBox()
        for kind, text in self._kinds():
            self.kind.addItem(text, kind)
        self.kind.currentIndexChanged.connect(self._kind_chosen)
        self.choices = QLineEdit()
        self.choices.setPlaceholderText(self.tr("red, green, blue"))
        self.category = _choice_of_categories()
        self.per_frame = QCheckBox(self.tr("May change from frame to frame"))
        define = QPushButton(self.tr("Define attribute"))
        define.clicked.connect(self._define)
        form = QFormLayout()
        form.addRow(self.tr("Name"), self.name)
        form.addRow(self.tr("Kind"), self.kind)
        form.addRow(self.tr("Choices"), self.choices)
        form.addRow(self.tr("Of"), self.category)
        form.addRow("", self.per_frame)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setSpacing(8)
        layout.addWidget(self.attributes, 1)
        layout.addLayout(_row(edit, remove))
        layout.addLayout(form)
        layout.addLayout(_row(define))
        self._kind_chosen()
        return page

    def _kinds(self) -> tuple[tuple[AttributeKind, str], ...]:
        return (
            (AttributeKind.CHOICE, self.tr("One of several words")),
            (AttributeKind.FLAG, self.tr("Yes or no")),
            (AttributeKind.NUMBER, self.tr("Number")),
            (AttributeKind.TEXT, self.tr("Text")),
        )

    def _kind_chosen(self) -> None:
        self.choices.setEnabled(self.kind.currentData() is AttributeKind.CHOICE)

    def _define(self) -> None:
        kind = self.kind.currentData()
        choices: tuple[str, ...] = ()
        if kind is AttributeKind.CHOICE:
            choices = tuple(filter(None, (it.strip() for it in self.choices.text().split(","))))
        category_id = _at(self._category_ids, self.category.currentIndex() - 1) or None  # the first: of all
        per_frame = self.per_frame.isChecked()
        name = self.name.text()

        def clear(_command: DefineAttribute) -> None:
            self.name.clear()
            self.choices.clear()

        self._do(lambda: DefineAttribute(self._document, name, kind, choices, per_frame, category_id), clear)

    def _edit_attribute(self) -> None:
        attribute = self._document.project.attributes.get(self._chosen_attribute)
        if attribute is None:
            return

        def count() -> Callable[[], None]:
            counts = self._document.values_of(attribute.id).values.counts()
            return partial(self._ask, attribute, counts)

        self._making.do(count, self._cost())

    def _ask(self, attribute: Attribute, counts: Counter[AttributeValue]) -> None:
        if self._making.is_busy:  # keys and clicks wait until this turn has ended
            QTimer.singleShot(0, self, partial(self._ask, attribute, counts))
            return
        categories = list(self._document.project.categories.values())
        editor = AttributeEditor(attribute, counts, categories, self)
        if editor.exec():
            changed, renamed = editor.changed, editor.renamed
            if (changed, renamed) != (attribute, {}):
                self._do(lambda: ChangeAttribute(self._document, changed, renamed))
        editor.deleteLater()

    def _remove_attribute(self) -> None:
        attribute_id = self._chosen_attribute
        if attribute_id:
            self._do(lambda: RemoveAttribute(self._document, attribute_id), self._say_removed)

    def _say_removed(self, command: RemoveAttribute) -> None:
        self.answer.setText(self.tr("Removed; values lost: {0}. Undo brings all back.").format(command.lost))

    # Categories

    def _category_page(self) -> QWidget:
        self.categories = QListWidget()
        self.categories.setAccessibleName(self.tr("Categories of the project"))
        self.into = _choice_of_categories()
        self.into.setAccessibleName(self.tr("Category to merge into"))
        merge, remove = QPushButton(self.tr("Merge into")), QPushButton(self.tr("Remove"))
        self.colour = QPushButton(self.tr("Colour"))
        self._of_category = merge, self.into, self.colour, remove
        self.colour.clicked.connect(self._ask_colour)
        merge.clicked.connect(self._merge_category)
        remove.clicked.connect(self._remove_category)
        hint = QLabel(self.tr("Double-click a category in the Inspector to rename it."))
        hint.setProperty("role", "muted")
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setSpacing(8)
        layout.addWidget(self.categories, 1)
        row = _row(merge)
        row.addWidget(self.into, 1)
        row.addWidget(self.colour)
        row.addWidget(remove)
        layout.addLayout(row)
        layout.addWidget(hint)
        return page

    def _merge_category(self) -> None:
        category_id, into = self._chosen_category, _at(self._category_ids, self.into.currentIndex())
        if category_id and into:
            self._do(lambda: MergeCategories(self._document, category_id, into))

    def _ask_colour(self) -> None:
        category = self._document.project.categories.get(self._chosen_category)
        if category is not None:
            menu = ColourMenu(category.colour, self)
            menu.chosen.connect(self._colour_category)
            menu.ask(self.colour.mapToGlobal(self.colour.rect().bottomLeft()))

    def _colour_category(self, colour: str) -> None:
        category_id = self._chosen_category
        if category_id:
            self._do(lambda: ColourCategory(self._document, category_id, colour))

    def _remove_category(self) -> None:
        category_id = self._chosen_category
        if category_id:
            self._do(lambda: RemoveCategory(self._document, category_id))

    def _show_when_settled(self, _what: int) -> None:
        self._is_stale = True
        if not self._document.is_changing:
            self._show_if_stale()

    def _show_if_stale(self) -> None:
        if self._is_stale:
            self._show()

    def _show(self) -> None:
        self._is_stale = False
        project = self._document.project
        words = dict(self._kinds())
        described = []
        for attribute in project.attributes.values():
            whose = project.categories.get(attribute.category_id or 0)
            parts = [words[attribute.kind], ", ".join(attribute.choices), whose.name if whose is not None else ""]
            parts.append(self.tr("per frame") if attribute.per_frame else "")
            described.append(f"{attribute.name}  ·  {'  ·  '.join(filter(None, parts))}")
        self._attribute_ids = list(project.attributes)
        _fill(self.attributes, described, self.tr("No attributes yet: describe one below."))
        for button in self._of_attribute:
            button.setEnabled(bool(described))
        counts = dict.fromkeys(project.categories, 0)
        for sequence in project.sequences.values():
            for track in sequence.tracks.values():
                counts[track.category_id] = counts.get(track.category_id, 0) + 1
        categories = list(project.categories.values())
        text = self.tr("{0}  ·  tracks: {1}")
        described = [text.format(it.name, counts[it.id]) for it in categories]
        self._category_ids = [it.id for it in categories]
        _fill(self.categories, described, self.tr("No categories yet: add one in the Inspector."))
        for widget in self._of_category:
            widget.setEnabled(bool(categories))
        icon_of = cache(swatch)
        for row, category in enumerate(categories):
            if category.colour:
                self.categories.item(row).setIcon(icon_of(category.colour))
        names = [category.name for category in categories]
        self.into.clear()
        self.into.addItems(names)
        self.category.clear()
        self.category.addItems([self.tr("All categories"), *names])

    @property
    def _chosen_attribute(self) -> int:
        return _at(self._attribute_ids, self.attributes.currentRow())

    @property
    def _chosen_category(self) -> int:
        return _at(self._category_ids, self.categories.currentRow())

    def _do(self, make: Callable[[], C], then: Callable[[C], None] | None = None) -> None:
        self.answer.clear()

        def build() -> Callable[[], None]:
            try:
                return partial(self._push, make(), then)
            except AppError as error:
                return partial(self._refuse, str(error))

        self._making.do(build, self._cost())

    def _push(self, command: C, then: Callable[[C], None] | None) -> None:
        try:
            self._document.push(command)
        except AppError as error:
            self._refuse(str(error))
            return
        if then is not None and isValid(self):
            then(command)

    def _refuse(self, text: str) -> None:
        if isValid(self):  # it may have been closed while the command was built
            self.answer.setText(text)

    def _cost(self) -> int:
        """What it takes to look at all values there are."""
        tracks = (track for sequence in self._document.project.sequences.values() for track in sequence.tracks.values())
        return _VALUE_COST * sum(1 + len(track.keyframes) for track in tracks)


def _choice_of_categories() -> QComboBox:
    """Its width does not follow the longest of a thousand names, which would all be measured."""
    combo = QComboBox()
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(_NAME_LENGTH)
    return combo


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    return row


def _fill(listed: QListWidget, texts: list[str], nothing: str) -> None:
    """List texts; the chosen row stays chosen. Where there is none, a line says what to do."""
    current = max(listed.currentRow(), 0)
    listed.clear()
    if not texts:
        item = QListWidgetItem(nothing)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)  # not to be chosen, but no fainter than what can
        listed.addItem(item)
        return
    listed.addItems(texts)  # at once: thousands of items made one by one hold the window up
    listed.setCurrentRow(min(current, listed.count() - 1))


def _at(ids: list[int], row: int) -> int:
    """The id of a row; 0 for a row that stands for none."""
    return ids[row] if 0 <= row < len(ids) else 0
