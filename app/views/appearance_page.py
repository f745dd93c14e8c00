"""Preferences: how the window looks and what stands on the picture."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.settings import HeatColours, LabelledBoxes, Language, Settings, ThemeChoice
from app.views.setting_controls import (
    SettingCheck,
    SettingChoice,
    SettingSlider,
    note_label,
    preferences_form,
    section_label,
)

_SLIDER_WIDTH = 160


class AppearancePage(QWidget):
    """Theme, language, frame numbers; labels and heat-map.

    Args:
        settings: The person's; changed at once.
        parent: Qt owner.
    """

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        form = preferences_form(self)
        theme = SettingChoice(
            settings,
            "theme",
            self.tr("Theme"),
            [
                (ThemeChoice.DARK, self.tr("Dark")),
                (ThemeChoice.LIGHT, self.tr("Light")),
                (ThemeChoice.SYSTEM, self.tr("As the system")),
            ],
        )
        language = SettingChoice(
            settings,
            "language",
            self.tr("Language"),
            [
                (Language.SYSTEM, self.tr("As the system")),
                # each language is called what its speakers call it
                (Language.ENGLISH, "English"),
                (Language.GERMAN, "Deutsch"),
            ],
        )
        base = SettingChoice(
            settings,
            "frame_base",
            self.tr("First frame is number"),
            [(0, self.tr("0, as in most exported files")), (1, self.tr("1"))],
        )
        form.addRow(section_label(self.tr("Window")))
        form.addRow(self.tr("Theme"), theme)
        form.addRow(self.tr("Language"), language)
        form.addRow("", note_label(self.tr("Another language is spoken from the next start on.")))
        form.addRow(self.tr("First frame is number"), base)
        form.addRow(section_label(self.tr("Labels on the picture")))
        form.addRow(self.tr("On"), labelled_boxes_choice(settings))
        form.addRow(self.tr("With"), label_parts_row(settings))
        form.addRow(section_label(self.tr("Heat-map")))
        form.addRow(self.tr("Colours"), heat_colours_choice(settings))
        opacity = SettingSlider(settings, "heatmap_opacity", self.tr("Opacity of the heat-map"), 10, 100)
        opacity.setFixedWidth(_SLIDER_WIDTH)
        form.addRow(self.tr("Opacity"), opacity)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Preferences", text)


def labelled_boxes_choice(settings: Settings) -> SettingChoice:
    """Which boxes have labels."""
    return SettingChoice(
        settings,
        "labelled_boxes",
        _tr("Boxes with a label"),
        [
            (LabelledBoxes.ALL, _tr("All boxes")),
            (LabelledBoxes.SELECTED, _tr("Selected box only")),
            (LabelledBoxes.NONE, _tr("No box")),
        ],
    )


def label_parts_row(settings: Settings) -> QWidget:
    """What a label says."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(16)
    for name, text in (
        ("label_names", _tr("Name")),
        ("label_categories", _tr("Category")),
        ("label_scores", _tr("Score")),
    ):
        layout.addWidget(SettingCheck(settings, name, text))
    layout.addStretch(1)
    return row


def heat_colours_choice(settings: Settings) -> SettingChoice:
    """The heat-map's colour map, by the name it is known under everywhere."""
    return SettingChoice(
        settings,
        "heatmap_colours",
        _tr("Colours of the heat-map"),
        [(colours, colours.value.capitalize()) for colours in HeatColours],
    )
