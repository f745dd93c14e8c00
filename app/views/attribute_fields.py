"""Fields for the Attributes of the selected Track, one a row, as the project defines them."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QWidget

from app.document.attributes import Attribute, AttributeKind, AttributeValue
from app.document.model import Track
from app.document.names import clean_name
from app.views.elided_label import ElidedLabel
from app.views.scroll_safe import ScrollSafeChoice

_Field = QLineEdit | QComboBox | QCheckBox


class AttributeFields(QWidget):
    """Says what the person enters by signal; an empty field means "not set"."""

    entered = Signal(int, object)
    """Attribute id and its value, or None."""
    refused = Signal(str)
    """A sentence: why what was entered is no value; the field says again what is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._attributes: list[Attribute] = []
        self._fields: list[_Field] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 2)

    def field(self, attribute_id: int) -> QWidget | None:
        """The field of an Attribute, if it is shown."""
        for attribute, field in zip(self._attributes, self._fields, strict=True):
            if attribute.id == attribute_id:
                return field
        return None

    def is_of_frame(self, field: QWidget | None) -> bool:
        """Whether what is entered in a field holds from the frame that is shown on."""
        return any(
            attribute.per_frame and it is field for attribute, it in zip(self._attributes, self._fields, strict=True)
        )

    def show_track(self, track: Track | None, frame: int, attributes: list[Attribute], *, editable: bool) -> None:
        """Show the values of a Track on ``frame``.

        Args:
            track: Or None for none.
            frame: That is shown.
            attributes: Those that the Track has.
            editable: Whether values may be entered.
        """
        if attributes != self._attributes:
            self._build(attributes)
        self.setVisible(bool(attributes) and track is not None)
        if track is None:
            return
        has_box = track.box_at(frame) is not None or frame in track.keyframes
        for attribute, field in zip(self._attributes, self._fields, strict=True):
            field.setEnabled(editable and (has_box or not attribute.per_frame))
            _show(field, track.value_at(attribute, frame))

    def _build(self, attributes: list[Attribute]) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._attributes, self._fields = list(attributes), []
        for row, attribute in enumerate(attributes):
            field = self._field(attribute)
            label = ElidedLabel(attribute.name)
            label.setProperty("role", "muted")
            label.setBuddy(field)
            reach = self.tr("from this frame on") if attribute.per_frame else self.tr("on all frames")
            field.setToolTip(f"{attribute.name}: {reach}")
            field.setAccessibleName(attribute.name)
            field.setProperty("attribute", attribute.id)
            self._grid.addWidget(label, row, 0)
            self._grid.addWidget(field, row, 1)
            self._fields.append(field)

    def _field(self, attribute: Attribute) -> _Field:
        if attribute.kind is AttributeKind.FLAG:
            box = QCheckBox(self)
            box.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a click, keys are the picture's
            box.clicked.connect(self._enter)
            return box
        if attribute.kind is AttributeKind.CHOICE:
            combo = ScrollSafeChoice(self)
            combo.addItems(["–", *attribute.choices])
            # a long word is no reason for a wide panel
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(6)
            combo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            combo.activated.connect(self._enter)
            return combo
        line = QLineEdit(self)
        line.setPlaceholderText(self.tr("Not set"))
        line.editingFinished.connect(self._enter)
        return line

    def _enter(self) -> None:
        field = self.sender()
        if not isinstance(field, _Field):
            return
        place = self._fields.index(field)
        attribute = self._attributes[place]
        value = _value_of(attribute, field)
        typed = field.text().strip() if isinstance(field, QLineEdit) else ""
        if value is None and typed and attribute.kind is AttributeKind.NUMBER:
            self.refused.emit(
                self.tr("“{0}” is a number, what was typed is none: the value stays.").format(attribute.name)
            )
            _show(field, field.property("shown"))
            return
        if value != field.property("shown"):
            field.setProperty("shown", value)
            self.entered.emit(attribute.id, value)


def _show(field: _Field, value: AttributeValue | None) -> None:
    field.setProperty("shown", value)
    with QSignalBlocker(field):
        if isinstance(field, QCheckBox):
            field.setChecked(value is True)
        elif isinstance(field, QComboBox):
            field.setCurrentIndex(max(field.findText(str(value)), 0) if value is not None else 0)
        else:
            text = "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
            if field.text() != text:
                field.setText(text)


def _value_of(attribute: Attribute, field: _Field) -> AttributeValue | None:
    """What is in a field; None for nothing, and for a number that is none."""
    if isinstance(field, QCheckBox):
        return field.isChecked()
    if isinstance(field, QComboBox):
        return field.currentText() if field.currentIndex() > 0 else None
    text = clean_name(field.text())
    if attribute.kind is AttributeKind.TEXT:
        return text or None
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return None
    return number if attribute.accepts(number) else None
