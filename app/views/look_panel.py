"""A small window over the picture with everything about how it is looked at: light, heat-map, labels, guides."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPushButton, QSlider, QWidget

from app.settings import Settings
from app.views.appearance_page import heat_colours_choice, label_parts_row, labelled_boxes_choice
from app.views.picture_levels import PictureLevels
from app.views.setting_controls import SettingCheck, SettingSlider, section_label

_SLIDER_WIDTH = 180
_STRONGEST_GAMMA = 5.0


class LookPanel(QWidget):
    """A tool window that stays open over the work, whose keys go on working; Esc closes it. All is in force at once.

    Args:
        settings: The person's.
        parent: Qt owner.
    """

    levels_changed = Signal(object)
    """PictureLevels; these are for this video and not remembered."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Tool)
        self.setProperty("surface", "panel")
        self.setWindowTitle(self.tr("Look of the picture"))
        self.setAccessibleName(self.windowTitle())
        self._brightness = self._slider(self.tr("Brightness"))
        self._contrast = self._slider(self.tr("Contrast"))
        self._gamma = self._slider(self.tr("Gamma: lightens the dark parts"))
        self._reset = QPushButton(self.tr("Reset the light"))
        self._reset.clicked.connect(self._show_plain)
        self._reset.setEnabled(False)
        opacity = SettingSlider(settings, "heatmap_opacity", self.tr("Opacity of the heat-map"), 10, 100)
        opacity.setFixedWidth(_SLIDER_WIDTH)
        form = QFormLayout(self)
        form.setContentsMargins(16, 12, 16, 16)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        note = QLabel(self.tr("On the screen only; the tracker sees the video as it is."))
        note.setProperty("role", "muted")
        form.addRow(section_label(self.tr("Light")))
        form.addRow(self.tr("Brightness"), self._brightness)
        form.addRow(self.tr("Contrast"), self._contrast)
        form.addRow(self.tr("Gamma"), self._gamma)
        form.addRow("", self._reset)
        form.addRow(note)
        form.addRow(section_label(self.tr("Heat-map")))
        form.addRow(self.tr("Colours"), heat_colours_choice(settings))
        form.addRow(self.tr("Opacity"), opacity)
        form.addRow(section_label(self.tr("Labels on the picture")))
        form.addRow(self.tr("On"), labelled_boxes_choice(settings))
        form.addRow(self.tr("With"), label_parts_row(settings))
        form.addRow(section_label(self.tr("Guides")))
        guides = QHBoxLayout()
        guides.setSpacing(16)
        for name, text in (
            ("ghosts_visible", self.tr("Ghosts")),
            ("cross_hair", self.tr("Cross-hair")),
            ("pixel_grid", self.tr("Pixel grid")),
        ):
            guides.addWidget(SettingCheck(settings, name, text))
        guides.addStretch(1)
        form.addRow(guides)

    @property
    def levels(self) -> PictureLevels:
        """What the three sliders say."""
        gamma = _STRONGEST_GAMMA ** (self._gamma.value() / 100)
        return PictureLevels(self._brightness.value() / 100, self._contrast.value() / 100, gamma)

    def show_levels(self, levels: PictureLevels) -> None:
        """Put the sliders where these levels are, without asking for them again."""
        values = (levels.brightness, levels.contrast, math.log(levels.gamma) / math.log(_STRONGEST_GAMMA))
        for slider, value in zip((self._brightness, self._contrast, self._gamma), values, strict=True):
            with QSignalBlocker(slider):
                slider.setValue(round(value * 100))
        self._reset.setEnabled(not levels.is_plain)

    def pop_up(self, above: QWidget) -> None:
        """Open over a button, inside the screen."""
        self.adjustSize()
        corner = above.mapToGlobal(QPoint(above.width() - self.width(), -self.height() - 4))
        screen = above.screen().availableGeometry()
        self.move(max(corner.x(), screen.left()), max(corner.y(), screen.top()))
        self.show()
        self.activateWindow()
        self._brightness.setFocus()

    def event(self, event: QEvent) -> bool:
        """Esc is for this window and not for the one below, whose shortcuts otherwise go on working."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _slider(self, name: str) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(-100, 100)
        slider.setPageStep(20)
        slider.setFixedWidth(_SLIDER_WIDTH)
        slider.setAccessibleName(name)
        slider.setToolTip(name)
        slider.valueChanged.connect(self._change)
        return slider

    def _change(self, _value: int) -> None:
        self._reset.setEnabled(not self.levels.is_plain)
        self.levels_changed.emit(self.levels)

    def _show_plain(self) -> None:
        self.show_levels(PictureLevels())
        self.levels_changed.emit(PictureLevels())
