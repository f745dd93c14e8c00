"""What the window shows while a video is read for the first time, or a large project."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget


class OpeningPage(QWidget):
    """Name, progress and a way out."""

    begun = Signal()
    """There is something to show."""
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._what = self._progress = ""
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
        self._cancel.setAutoDefault(True)  # Return presses it
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

    def begin(self, path: Path, is_project: bool) -> None:
        """Start again for another source, or a project."""
        if is_project:
            self._what, self._progress = self.tr("Reading the boxes."), self.tr("Reading the boxes: {0} %")
        elif path.is_dir():
            self._what, self._progress = self.tr("Looking at each picture."), self.tr("Looking at each picture: {0} %")
        else:
            self._what = self.tr("Finding every frame, once; the next time it opens at once.")
            self._progress = self.tr("Finding every frame: {0} %")
        self._show(path)

    def wait(self, path: Path) -> None:
        """The place of a path does not answer yet."""
        self._what = self.tr("{0} does not answer yet.").format(path.parent)
        self._show(path)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's name
        """The keyboard is on the way out."""
        super().showEvent(event)
        self._cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Escape gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def set_progress(self, done: int, total: int) -> None:
        """Show how far it is; a total of 0 is an unknown one."""
        self._bar.setRange(0, max(total, 0))
        self._bar.setValue(done)
        if total > 0:
            self._text.setText(self._progress.format(min(100 * done // total, 100)))

    def _show(self, path: Path) -> None:
        self._title.setText(self.tr("Opening {0}").format(path.name))
        self._text.setText(self._what)
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)
        self.begun.emit()
