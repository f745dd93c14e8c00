"""Preferences: what the tracker does beyond the published one, each to be switched off."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QWidget

from app.settings import Settings
from app.views.setting_controls import note_label, preferences_form, section_label


class AdditionsPage(QWidget):
    """One check box for each of ``tracker.additions``.

    Args:
        settings: The person's; changed at once.
        parent: Qt owner.
    """

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._boxes: dict[str, QCheckBox] = {}
        self._form = form = preferences_form(self)
        form.addRow(section_label(self.tr("While it tracks")))
        self._add("flow", self.tr("Carry the size along with how the picture moves"))
        self._add("near", self.tr("Stay near the last place when look-alikes score higher"))
        self._add("jump", self.tr("Doubt jumps away from where the picture moved"))
        self._add("hiding", self.tr("Carry an object on by its movement while something hides it"))
        self._add("recovery", self.tr("Search all of the picture for a lost object"))
        form.addRow(section_label(self.tr("When you draw or correct a box")))
        self._add("fitting", self.tr("Fit the edges of boxes to yours"))
        self._add("sizes", self.tr("Learn how fast the size changes"))
        self._add("negatives", self.tr("Learn what a wrong box was on as background"))
        self._add("floors", self.tr("Never let corrections fade from the memory"))
        form.addRow(
            note_label(
                self.tr(
                    "What the tracker has beside the published one, which knows nothing of corrections. Taken up by "
                    "the next run. Models published by the authors of DiMP run as published."
                )
            )
        )
        self._show()
        settings.changed.connect(self._follow)

    def _add(self, name: str, text: str) -> None:
        box = self._boxes[name] = QCheckBox(text)
        box.toggled.connect(self._choose)
        self._form.addRow(box)

    def _choose(self, _checked: bool) -> None:
        missing = tuple(name for name, box in self._boxes.items() if not box.isChecked())
        self._settings.model = replace(self._settings.model, without=missing)

    def _follow(self, name: str) -> None:
        if name == "model":
            self._show()

    def _show(self) -> None:
        without = self._settings.model.without
        for name, box in self._boxes.items():
            with QSignalBlocker(box):
                box.setChecked(name not in without)
