"""One run, ordered in detail: which way, how far, which tracks, and whether it may stop by itself."""

from __future__ import annotations

import enum

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.settings import Settings
from app.views.setting_controls import SettingCheck, SettingNumber, note_label


class Way(enum.IntEnum):
    """Which way in time."""

    FORWARD = 0
    BACKWARD = 1
    BOTH = 2


class Reach(enum.IntEnum):
    """How far."""

    END = 0
    FRAMES = 1
    KEYFRAME = 2


class PropagateDialog(QDialog):
    """Asks; ``way`` and ``reach`` are the answer, the rest is in the settings at once.

    Args:
        settings: Hold number of frames, all tracks and keep going.
        frame: Where the run starts, as it is shown.
        parent: Qt owner.
    """

    def __init__(self, settings: Settings, frame: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Propagate from frame {0}").format(frame))
        self._ways = self._group((self.tr("Forward"), self.tr("Backward"), self.tr("Both ways")))
        self._reaches = self._group((self.tr("To the end"), self.tr("Frames:"), self.tr("To the next keyframe")))
        self._frames = SettingNumber(settings, "run_frames", self.tr("Number of frames"), 1, 1_000_000, 1)
        self._frames.valueChanged.connect(self._choose_frames)
        ways, reaches = QVBoxLayout(), QVBoxLayout()
        for button in self._ways.buttons():
            ways.addWidget(button)
        for button in self._reaches.buttons():
            if self._reaches.id(button) == Reach.FRAMES:
                row = QHBoxLayout()
                row.setSpacing(8)
                row.addWidget(button)
                row.addWidget(self._frames)
                row.addStretch(1)
                reaches.addLayout(row)
            else:
                reaches.addWidget(button)
        self._ways.idToggled.connect(self._way_chosen)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        form.addRow(self.tr("Direction"), ways)
        form.addRow(self.tr("How far"), reaches)
        all_tracks = SettingCheck(settings, "all_tracks", self.tr("All tracks with a box on this frame"))
        form.addRow(self.tr("Tracks"), all_tracks)
        form.addRow(
            self.tr("In doubt"), SettingCheck(settings, "keep_going", self.tr("Keep going, and list it for review"))
        )
        form.addRow("", note_label(self.tr("When a run stops by itself is set in Preferences, Stopping.")))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Propagate"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addLayout(form)
        layout.addWidget(buttons)

    @property
    def way(self) -> Way:
        """Which way in time."""
        return Way(self._ways.checkedId())

    @property
    def reach(self) -> Reach:
        """How far."""
        return Reach(self._reaches.checkedId())

    def _group(self, texts: tuple[str, ...]) -> QButtonGroup:
        group = QButtonGroup(self)
        for number, text in enumerate(texts):
            group.addButton(QRadioButton(text), number)
        group.button(0).setChecked(True)
        return group

    def _choose_frames(self) -> None:
        """Who types a number means it."""
        self._reaches.button(Reach.FRAMES).setChecked(True)

    def _way_chosen(self, way: int, chosen: bool) -> None:
        if not chosen:
            return
        keyframe = self._reaches.button(Reach.KEYFRAME)
        keyframe.setEnabled(way != Way.BOTH)
        if way == Way.BOTH and self.reach is Reach.KEYFRAME:
            with QSignalBlocker(self._reaches):
                self._reaches.button(Reach.END).setChecked(True)
