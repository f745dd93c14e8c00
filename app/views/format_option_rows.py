"""Rows of a form for the options that one format offers."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QFormLayout, QLineEdit, QSpinBox, QWidget

from app.formats.format import Format
from app.formats.options import AnyOption, OptionValue
from app.spoken import spoken
from app.views.number_margin import with_margin

_NUMBER_WIDTH = 120


class FormatOptionRows(QObject):
    """Puts rows at the end of a form and takes them away when the format changes.

    Args:
        form: Where they go.
        parent: Qt owner.
    """

    changed = Signal()

    def __init__(self, form: QFormLayout, parent: QObject) -> None:
        super().__init__(parent)
        self._form = form
        self._controls: dict[str, QWidget] = {}

    def show(self, known: Format) -> None:
        """Rows for this format in place of those of the last one."""
        for control in self._controls.values():
            self._form.removeRow(control)
        self._controls = {}
        for option in known.options:
            control = self._control(option)
            control.setAccessibleName(spoken(option.title))
            self._controls[option.name] = control
            self._form.addRow("" if isinstance(control, QCheckBox) else spoken(option.title), control)

    @property
    def values(self) -> dict[str, OptionValue]:
        """Name -> what is chosen."""
        return {name: _value(control) for name, control in self._controls.items()}

    def _control(self, option: AnyOption) -> QWidget:
        default = option.default
        if option.choices:
            choice = QComboBox()
            for it in option.choices:
                choice.addItem(spoken(it.title), it.value)
            choice.setCurrentIndex([it.value for it in option.choices].index(default))
            choice.currentIndexChanged.connect(self.changed)
            return choice
        if isinstance(default, bool):
            check = QCheckBox(spoken(option.title))
            check.setChecked(default)
            check.toggled.connect(self.changed)
            return check
        if isinstance(default, str):
            line = QLineEdit(default)
            line.editingFinished.connect(self.changed)
            return line
        if isinstance(default, int):
            whole = with_margin(QSpinBox())
            whole.setRange(round(option.minimum), round(option.maximum))
            whole.setValue(default)
            whole.setMaximumWidth(_NUMBER_WIDTH)
            whole.valueChanged.connect(self.changed)
            return whole
        number = with_margin(QDoubleSpinBox())
        number.setRange(option.minimum, option.maximum)
        number.setSingleStep((option.maximum - option.minimum) / 20)
        number.setValue(default)
        number.setMaximumWidth(_NUMBER_WIDTH)
        number.valueChanged.connect(self.changed)
        return number


def _value(control: QWidget) -> OptionValue:
    if isinstance(control, QComboBox):
        value: OptionValue = control.currentData()
        return value
    if isinstance(control, QCheckBox):
        return control.isChecked()
    if isinstance(control, QLineEdit):
        return control.text().strip()
    assert isinstance(control, QSpinBox | QDoubleSpinBox)
    return control.value()
