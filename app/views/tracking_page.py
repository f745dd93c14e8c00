"""Preferences: which model tracks, where it computes, and when a frame counts as doubtful."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QPushButton, QWidget

from app.known_models import known_models
from app.session.messages import ModelChoice
from app.settings import Settings
from app.views.setting_controls import SettingNumber, note_label, preferences_form, section_label

_CHECKPOINTS = "*.safetensors *.pth *.pth.tar *.pt"


class TrackingPage(QWidget):
    """Model, device, thresholds.

    Args:
        settings: The person's; changed at once.
        parent: Qt owner.
    """

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._models = QComboBox()
        self._models.setAccessibleName(self.tr("Model"))
        self._models.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        browse = QPushButton(self.tr("From a file…"), autoDefault=False)
        browse.clicked.connect(self._browse)
        self._device = QComboBox()
        self._device.setAccessibleName(self.tr("Device"))
        for device, text in (
            ("auto", self.tr("Fastest there is")),
            ("cpu", self.tr("Processor (CPU)")),
            ("cuda", self.tr("Graphics card (CUDA)")),
            ("mps", self.tr("Graphics of an Apple computer (MPS)")),
        ):
            self._device.addItem(text, device)
        model_row = QHBoxLayout()
        model_row.setSpacing(8)
        model_row.addWidget(self._models)
        model_row.addWidget(browse)
        model_row.addStretch(1)
        threshold = SettingNumber(settings, "doubt_threshold", self.tr("Doubtful under a score of"), 0.0, 1.0, 0.05)
        self.form = preferences_form(self)
        self.form.addRow(section_label(self.tr("Tracker")))
        self.form.addRow(self.tr("Model"), model_row)
        self.form.addRow(self.tr("Device"), self._device)
        self.form.addRow("", note_label(self.tr("Taken up by the next run. What was tracked stays as it is.")))
        self.form.addRow(section_label(self.tr("Doubt")))
        self.form.addRow(self.tr("Doubtful under a score of"), threshold)
        self.form.addRow("", note_label(self.tr("The line in the confidence curve; it can be dragged there.")))
        spot_check = SettingNumber(settings, "spot_check", self.tr("Spot check one frame in"), 0, 10_000, 10)
        self.form.addRow(self.tr("Spot check one frame in"), spot_check)
        self.form.addRow(
            "",
            note_label(self.tr("Listed for review last, where nothing is doubtful and nobody has looked; 0 for none.")),
        )
        self._show_model()
        self._models.currentIndexChanged.connect(self._choose)
        self._device.currentIndexChanged.connect(self._choose)
        settings.changed.connect(self._follow)

    def _show_model(self) -> None:
        chosen, known = self._settings.model, known_models()
        names = [ModelChoice().name, *(it for it in known.names if it != known.default)]
        if chosen.name not in names:
            names.append(chosen.name)
        with QSignalBlocker(self._models), QSignalBlocker(self._device):
            self._models.clear()
            for name in names:
                self._models.addItem(known.shown_name(name), name)
            self._models.setCurrentIndex(names.index(chosen.name))
            self._device.setCurrentIndex(max(self._device.findData(chosen.device), 0))

    def _choose(self, _index: int) -> None:
        self._settings.model = replace(
            self._settings.model, name=self._models.currentData(), device=self._device.currentData()
        )

    def _browse(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(
            self,
            self.tr("Model from a file"),
            str(self._settings.last_folder),
            f"{self.tr('Models')} ({_CHECKPOINTS});;{self.tr('All files')} (*)",
        )
        if chosen:
            self._settings.model = replace(self._settings.model, name=str(Path(chosen)))

    def _follow(self, name: str) -> None:
        if name == "model":
            self._show_model()
