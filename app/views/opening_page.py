"""What the window shows while a video is read for the first time."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget


class OpeningPage(QWidget):
    """Name, progress and a way out."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = QLabel()
        self._title.setProperty("role", "heading")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setWordWrap(True)
        self._text = QLabel()
        self._text.setProperty("role", "muted")
        self._text.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress of opening"))
        self._cancel = QPushButton(self.tr("Cancel"))
        self._cancel.clicked.connect(self.cancelled)
        column = QWidget()
        column.setFixedWidth(440)
        layout = QVBoxLayout(column)
        layout.setSpacing(12)
        layout.addWidget(self._title)
        layout.addWidget(self._bar)
        layout.addWidget(self._text)
        layout.addWidget(self._cancel, 0, Qt.AlignmentFlag.AlignLeft)
        centre = QHBoxLayout()
        centre.addStretch(1)
        centre.addWidget(column)
        centre.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addLayout(centre)
        outer.addStretch(1)

    def begin(self, path: Path) -> None:
        """Start again for another source."""
        self._title.setText(self.tr("Opening {0}").format(path.name))
        self._text.setText(self.tr("Finding every frame, once; the next time it opens at once."))
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)
        self._cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_progress(self, done: int, total: int) -> None:
        """Show how far it is; a total of 0 is an unknown one."""
        self._bar.setRange(0, max(total, 0))
        self._bar.setValue(done)
        if total > 0:
            self._text.setText(self.tr("Finding every frame: {0} %").format(min(100 * done // total, 100)))
