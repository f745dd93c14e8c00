"""Shown at the start after a crash: what happened, to read and to copy. It stays on this machine."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget


class CrashReportDialog(QDialog):
    """A text to look at.

    Args:
        report: All of it.
        folder: Where it is kept.
        parent: Qt owner.
    """

    def __init__(self, report: str, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report = report
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("DiMPLE ended unexpectedly"))
        self.resize(760, 480)
        told = QLabel(
            self.tr(
                "DiMPLE ended unexpectedly the last time. Your work up to then is in the project. "
                "Nothing has been sent to anybody: if you want this mended, copy the report and send it yourself. "
                "It is kept in {0}."
            ).format(folder)
        )
        told.setWordWrap(True)
        text = QPlainTextEdit(report)
        text.setReadOnly(True)
        text.setAccessibleName(self.tr("Crash report"))
        text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._copy = QPushButton(self.tr("Copy report"))
        self._copy.clicked.connect(self._copy_report)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self._copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(told)
        layout.addWidget(text, 1)
        layout.addWidget(buttons)

    def _copy_report(self) -> None:
        QGuiApplication.clipboard().setText(self._report)
        self._copy.setText(self.tr("Copied"))
