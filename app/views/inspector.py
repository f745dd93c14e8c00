"""The Inspector dock: the selected Track's name and category, and its box on this frame in numbers."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.document.model import Category
from app.views.action_table import ActionId
from app.views.actions import Actions
from app.views.attribute_fields import AttributeFields
from app.views.category_list import CategoryList
from app.views.elided_label import ElidedLabel
from app.views.number_margin import with_margin
from app.views.scroll_safe import ScrollSafeNumber
from app.views.state_fields import StateFields
from tracker.geometry import BoundingBox

_LARGEST = 99_999.0
_NUMBER_WIDTH = 68


class Inspector(QWidget):
    """Fields of one Track; what the person enters is said by signal.

    Attributes:
        name: The field with the Track's name.
        categories: The project's, with the Track's own.
        state: Occluded, visibility, span.
        attributes: Values of the Track's Attributes.

    Args:
        actions: The window's.
        parent: Qt owner.
    """

    number_entered = Signal(object)
    """Another id for the Track: any int, which Qt's own may not hold."""
    name_entered = Signal(str)
    category_chosen = Signal(int)
    category_added = Signal(str)
    category_renamed = Signal(int, str)
    category_coloured = Signal(int, str)
    box_entered = Signal(object)
    """BoundingBox."""
    frame_meant = Signal()
    """Something is about to be entered for the frame that is shown."""
    given_up = Signal()
    """What has been typed is not to be entered."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._number_field = QLineEdit()
        self._number_field.setAccessibleName(self.tr("Number of the track"))
        self._number_field.setToolTip(self.tr("The number of the track in exports; type another one to change it"))
        self._number_field.setValidator(QRegularExpressionValidator("[0-9]{1,10}", self))
        self._number_field.setFixedWidth(_NUMBER_WIDTH)
        self._number_field.editingFinished.connect(self._enter_number)
        self._shown_number = 0
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("No name"))
        self.name.setAccessibleName(self.tr("Name of the track"))
        self.name.editingFinished.connect(self._enter_name)
        self._entered_name = ""
        self.categories = CategoryList()
        self.categories.chosen.connect(self.category_chosen)
        self.categories.added.connect(self.category_added)
        self.categories.renamed.connect(self.category_renamed)
        self.categories.coloured.connect(self.category_coloured)
        self.state = StateFields()
        self.attributes = AttributeFields()
        self._origin = ElidedLabel("")
        self._numbers = {key: self._number(name) for key, name in self._number_names()}
        content = self._lay_out()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        scroll.setProperty("surface", "panel")
        content.setProperty("surface", "panel")
        scroll.setMinimumWidth(content.minimumSizeHint().width() + scroll.verticalScrollBar().sizeHint().width())
        self._empty = QLabel(self.tr("Select a track to see its name, category and box."))
        self._empty.setProperty("role", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(16, 16, 16, 16)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(scroll)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)

    def _lay_out(self) -> QWidget:
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(6)
        layout.addLayout(self._title_row())
        layout.addSpacing(4)
        layout.addWidget(self._section(self.tr("Category (keys 1-9)")))
        layout.addWidget(self.categories)
        layout.addSpacing(4)
        layout.addLayout(self._box_row())
        layout.addLayout(self._number_grid())
        layout.addWidget(self.state)
        layout.addLayout(self._button_row())
        layout.addSpacing(4)
        layout.addLayout(self._attribute_row())
        layout.addWidget(self.attributes)
        layout.addStretch(1)
        return content

    def set_track(self, track_id: int, name: str) -> None:
        """Show a Track; 0 shows that none is selected."""
        self._stack.setCurrentIndex(1 if track_id else 0)
        self._shown_number = track_id
        self._number_field.setText(str(track_id))
        self._entered_name = name
        if self.name.text() != name:
            self.name.setText(name)

    def set_categories(self, categories: list[Category], current: int) -> None:
        """Show the project's categories and the Track's own."""
        self.categories.set_categories(categories, current)

    def set_box(self, box: BoundingBox | None, origin: str, tone: str) -> None:
        """Show the box on this frame.

        Args:
            box: Or None where there is none.
            origin: Where it comes from, in words.
            tone: Name of the style for it.
        """
        self._origin.setText(origin)
        self._origin.setToolTip(origin)
        if self._origin.property("tone") != tone:
            self._origin.setProperty("tone", tone)
            self._origin.style().unpolish(self._origin)
            self._origin.style().polish(self._origin)
        for key, field in self._numbers.items():
            with QSignalBlocker(field):
                field.setEnabled(box is not None)
                field.setValue(getattr(box, key) if box is not None else field.minimum())

    def set_editable(self, editable: bool) -> None:
        """Whether anything may be changed: not in a read-only project."""
        for widget in (self._number_field, self.name, self.categories):
            widget.setEnabled(editable)
        for field in self._numbers.values():
            field.setReadOnly(not editable)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Esc puts back what was there; the dock hears of it, too."""
        if event.key() == Qt.Key.Key_Escape:
            self.name.setText(self._entered_name)
            self.categories.forget_typed()
            self.given_up.emit()
        super().keyPressEvent(event)

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if (isinstance(new, QAbstractSpinBox) and self.isAncestorOf(new)) or self.attributes.is_of_frame(new):
            self.frame_meant.emit()

    def _number_names(self) -> tuple[tuple[str, str], ...]:
        return (("x", self.tr("Left")), ("y", self.tr("Top")), ("w", self.tr("Width")), ("h", self.tr("Height")))

    def _number(self, name: str) -> QDoubleSpinBox:
        field = with_margin(ScrollSafeNumber())
        field.setDecimals(1)
        field.setRange(-_LARGEST, _LARGEST)
        field.setKeyboardTracking(False)
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        field.setAccessibleName(self.tr("{0} of the box in pixels").format(name))
        field.setSpecialValueText("–")
        field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        field.setMinimumWidth(_NUMBER_WIDTH)
        field.valueChanged.connect(self._enter_box)
        return field

    def _title_row(self) -> QHBoxLayout:
        title = QLabel(self.tr("Track"))
        title.setProperty("role", "heading")
        title.setBuddy(self._number_field)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(title)
        row.addWidget(self._number_field)
        row.addWidget(self.name, 1)
        return row

    def _box_row(self) -> QHBoxLayout:
        section = self._section(self.tr("Box"))
        section.setToolTip(self.tr("Where the object is on this frame"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(section)
        row.addWidget(self._origin, 1)
        return row

    def _number_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        for position, (key, name) in enumerate(self._number_names()):
            row, column = divmod(position, 2)
            label = QLabel(name)
            label.setProperty("role", "muted")
            label.setBuddy(self._numbers[key])
            grid.addWidget(label, row, 2 * column)
            grid.addWidget(self._numbers[key], row, 2 * column + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        return grid

    def _button_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for action_id, text in (
            (ActionId.OUTSIDE, self.tr("Outside")),
            (ActionId.DELETE_KEYFRAME, self.tr("Delete here")),
        ):
            action = self._actions[action_id]
            button = QPushButton(text)
            button.setToolTip(action.toolTip())
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setEnabled(action.isEnabled())
            button.clicked.connect(action.trigger)
            action.enabledChanged.connect(button.setEnabled)
            row.addWidget(button, 1)
        return row

    def _attribute_row(self) -> QHBoxLayout:
        action = self._actions[ActionId.ATTRIBUTES]
        button = QToolButton()
        button.setText(self.tr("Define…"))
        button.setToolTip(action.toolTip())
        button.clicked.connect(action.trigger)
        row = QHBoxLayout()
        row.addWidget(self._section(self.tr("Attributes")), 1)
        row.addWidget(button)
        return row

    @staticmethod
    def _section(text: str) -> QLabel:
        label = QLabel(text)
        label.setProperty("role", "section")
        return label

    def _enter_number(self) -> None:
        number = int(self._number_field.text() or 0)
        self._number_field.setText(str(self._shown_number))
        if number not in {0, self._shown_number}:
            self.number_entered.emit(number)

    def _enter_name(self) -> None:
        if self.name.text().strip() != self._entered_name:
            self._entered_name = self.name.text().strip()
            self.name.setCursorPosition(0)  # a long name is read from its beginning
            self.name_entered.emit(self._entered_name)

    def _enter_box(self, _value: float) -> None:
        x, y, w, h = (self._numbers[key].value() for key in ("x", "y", "w", "h"))
        self.box_entered.emit(BoundingBox(x, y, w, h))
