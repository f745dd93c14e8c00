"""Controls that hold one setting: they show it, change it at once, and follow when it changes elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QFormLayout, QLabel, QSlider, QWidget

from app.settings import Settings
from app.views.number_margin import with_margin

_ABOVE_SECTION = 8
"""Pixels that set a heading off from what comes before it."""


class SettingCheck(QCheckBox):
    """A flag.

    Args:
        settings: The person's.
        name: Attribute of the settings.
        text: What it says.
    """

    def __init__(self, settings: Settings, name: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._settings, self._name = settings, name
        self.setChecked(getattr(settings, name))
        self.toggled.connect(self._change)
        settings.changed.connect(self._follow)

    def _change(self, checked: bool) -> None:
        setattr(self._settings, self._name, checked)

    def _follow(self, name: str) -> None:
        if name == self._name:
            with QSignalBlocker(self):
                self.setChecked(getattr(self._settings, name))


class SettingChoice(QComboBox):
    """One of several values.

    Args:
        settings: The person's.
        name: Attribute of the settings.
        label: Accessible name.
        choices: (value, text) of each.
    """

    def __init__(
        self,
        settings: Settings,
        name: str,
        label: str,
        choices: Sequence[tuple[Any, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings, self._name = settings, name
        self._values = [value for value, _text in choices]
        self.addItems([text for _value, text in choices])
        self.setAccessibleName(label)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._show_value()
        self.currentIndexChanged.connect(self._change)
        settings.changed.connect(self._follow)

    def _change(self, index: int) -> None:
        setattr(self._settings, self._name, self._values[index])

    def _follow(self, name: str) -> None:
        if name == self._name:
            self._show_value()

    def _show_value(self) -> None:
        value = getattr(self._settings, self._name)
        with QSignalBlocker(self):
            self.setCurrentIndex(self._values.index(value) if value in self._values else -1)


class SettingNumber(QDoubleSpinBox):
    """A number typed or stepped.

    Args:
        settings: The person's.
        name: Attribute of the settings.
        label: Accessible name.
        lowest: Smallest value.
        highest: Largest value.
        step: Of the arrows.
    """

    def __init__(
        self,
        settings: Settings,
        name: str,
        label: str,
        lowest: float,
        highest: float,
        step: float,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        with_margin(self)
        self._settings, self._name = settings, name
        self.setDecimals(0 if step >= 1 else 2)
        self.setRange(lowest, highest)
        self.setSingleStep(step)
        self.setAccessibleName(label)
        self.setKeyboardTracking(False)
        self.setValue(getattr(settings, name))
        self.valueChanged.connect(self._change)
        settings.changed.connect(self._follow)

    def _change(self, value: float) -> None:
        setattr(self._settings, self._name, type(getattr(self._settings, self._name))(value))

    def _follow(self, name: str) -> None:
        if name == self._name:
            with QSignalBlocker(self):
                self.setValue(getattr(self._settings, name))


class SettingSlider(QSlider):
    """A number from 0 to 1 on a slider of whole percent.

    Args:
        settings: The person's.
        name: Attribute of the settings.
        label: Accessible name and tool tip.
        lowest: Smallest percentage.
        highest: Largest percentage.
    """

    def __init__(
        self, settings: Settings, name: str, label: str, lowest: int, highest: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._settings, self._name = settings, name
        self.setRange(lowest, highest)
        self.setAccessibleName(label)
        self.setToolTip(label)
        self.setValue(round(getattr(settings, name) * 100))
        self.valueChanged.connect(self._change)
        settings.changed.connect(self._follow)

    def _change(self, percent: int) -> None:
        setattr(self._settings, self._name, percent / 100)

    def _follow(self, name: str) -> None:
        if name == self._name:
            with QSignalBlocker(self):
                self.setValue(round(getattr(self._settings, name) * 100))


def preferences_form(page: QWidget) -> QFormLayout:
    """The layout of a page of preferences: names on the left, controls on the right."""
    form = QFormLayout(page)
    form.setContentsMargins(16, 16, 16, 16)
    form.setHorizontalSpacing(16)
    form.setVerticalSpacing(10)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
    return form


def section_label(text: str) -> QLabel:
    """A heading within a page."""
    label = QLabel(text)
    label.setProperty("role", "section")
    label.setContentsMargins(0, _ABOVE_SECTION, 0, 0)
    return label


def note_label(text: str) -> QLabel:
    """A muted sentence under a control."""
    label = QLabel(text)
    label.setProperty("role", "muted")
    label.setWordWrap(True)
    label.setMinimumWidth(320)
    return label
