"""Preferences: when a run stops by itself, and what a correction sets off."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.settings import Settings
from app.views.setting_controls import SettingCheck, SettingNumber, note_label, preferences_form, section_label


class StoppingPage(QWidget):
    """The rules of StopRules, one a row, and what is done after a correction.

    Args:
        settings: The person's; changed at once.
        parent: Qt owner.
    """

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        form = preferences_form(self)
        form.addRow(section_label(self.tr("A run stops by itself after so many frames in a row")))
        for name, text in (
            ("stop_lost_frames", self.tr("without the object")),
            ("stop_uncertain_frames", self.tr("with two look-alikes")),
            ("stop_left_frames", self.tr("mostly outside the picture")),
        ):
            form.addRow(text, SettingNumber(settings, name, text, 0, 1000, 1))
        form.addRow(section_label(self.tr("and at once when the box")))
        for name, text in (
            ("stop_jump", self.tr("jumps by more than so many times its size")),
            ("stop_size_jump", self.tr("grows or shrinks by more than the factor")),
        ):
            form.addRow(text, SettingNumber(settings, name, text, 0.0, 100.0, 0.1))
        form.addRow("", note_label(self.tr("0 switches a rule off.")))
        form.addRow("", SettingCheck(settings, "keep_going", self.tr("Never stop: only list what is doubtful")))
        form.addRow(
            "",
            note_label(
                self.tr("Taken up by the next run. Frames where a run stops are in the review list, with the reason.")
            ),
        )
        form.addRow(section_label(self.tr("After a correction")))
        form.addRow("", SettingCheck(settings, "mend_before", self.tr("Track the doubtful frames before it anew")))
