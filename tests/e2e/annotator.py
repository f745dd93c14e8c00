"""A person at the real window: presses keys, drags the mouse, waits until the window shows what it should."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.application import Program
from app.document.model import Track
from app.session.run_state import Phase
from app.session.session import Session
from app.views.export_dialog import ExportDialog
from app.views.video_view import VideoView
from tracker.geometry import BoundingBox

_PATIENCE_MS = 60_000
Key = Qt.Key
Modifier = Qt.KeyboardModifier


class Annotator:
    """Hands and eyes on a Program."""

    def __init__(self, program: Program, qtbot: QtBot) -> None:
        self.program = program
        self.window = program.window
        self.qtbot = qtbot

    @property
    def view(self) -> VideoView:
        return self.window.panels.workspace.view

    @property
    def session(self) -> Session:
        assert self.window.open_session is not None
        return self.window.open_session.session

    @property
    def track(self) -> Track:
        """The selected Track."""
        return self.session.document.project.track(self.session.track_id)

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=_PATIENCE_MS)

    def click(self, text: str) -> None:
        """Click the visible button with this text."""
        button = next(
            it for it in self.window.findChildren(QPushButton) if it.isVisible() and it.text().strip() == text
        )
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def wait_for_picture(self) -> None:
        self.until(lambda: self.window.open_session is not None and not self.view.picture_size.isEmpty())
        self.view.setFocus()

    def press(self, key: Key, modifier: Modifier = Modifier.NoModifier, times: int = 1) -> None:
        for _ in range(times):
            self.qtbot.keyClick(self.view, key, modifier)

    def drag_box(self, box: BoundingBox) -> None:
        """Drag from corner to corner, in steps as a hand does, when the frame is there."""
        self.until(lambda: not self.view.veil.is_waiting)
        rect = self.view.mapping.box_rect(box)
        start, end = rect.topLeft().toPoint(), rect.bottomRight().toPoint()
        self.qtbot.mousePress(self.view, Qt.MouseButton.LeftButton, pos=start)
        for share in (0.3, 0.7, 1.0):
            self.qtbot.mouseMove(self.view, start + QPoint(*(round(share * d) for d in (end - start).toTuple())))
        self.qtbot.mouseRelease(self.view, Qt.MouseButton.LeftButton, pos=end)

    def phase_is(self, phase: Phase) -> bool:
        return self.session.run_state.phase is phase

    def export(self, title_part: str, target: Path) -> None:
        """Ctrl+E, choose the format, type the path, press Enter."""
        self.window.activateWindow()  # the offscreen platform has no window manager that does it after a dialog
        self.until(lambda: QApplication.activeWindow() is self.window)
        QTimer.singleShot(0, lambda: self._fill_export(title_part, target))
        self.press(Key.Key_E, Modifier.ControlModifier)
        self.until(target.exists)

    def _fill_export(self, title_part: str, target: Path) -> None:
        dialog: QWidget | None = QApplication.activeModalWidget()
        if not isinstance(dialog, ExportDialog):
            QTimer.singleShot(20, lambda: self._fill_export(title_part, target))
            return
        formats = next(it for it in dialog.findChildren(QComboBox) if it.accessibleName() == "Format")
        formats.setFocus()
        while title_part not in formats.currentText():
            before = formats.currentIndex()
            self.qtbot.keyClick(formats, Key.Key_Down)
            assert formats.currentIndex() != before, f"no format {title_part}"
        path = next(it for it in dialog.findChildren(QLineEdit) if it.accessibleName() == "File or folder to write")
        path.selectAll()
        self.qtbot.keyClicks(path, str(target))
        self.qtbot.keyClick(path, Key.Key_Return)


StartProgram = Callable[..., Annotator]
