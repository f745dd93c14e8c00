"""Somebody at the real window, for the measurements of how it answers: chooses actions, answers dialogs, waits."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from app.application import build_window, make_application
from app.media.frame_loader import FrameLoader
from app.media.open_source import open_source
from app.session.fake_tracker import FakeTracker, FakeTrackerScript
from app.session.session import Session
from app.session.tracker_protocol import OpenSource
from app.settings import Settings
from app.views.action_table import ActionId

_PATIENCE = 300.0


class Hands:
    """The real window with a fake tracker, and somebody at it.

    Args:
        make_loader: Makes a FrameLoader for each project.
        script: How the tracker behaves.
        open_pictures: Gives the tracker the pictures of a Sequence.
    """

    def __init__(
        self,
        make_loader: Callable[[], FrameLoader] = FrameLoader,
        script: FakeTrackerScript | None = None,
        open_pictures: OpenSource = open_source,
    ) -> None:
        self.application = make_application()
        settings = Settings()
        settings.tour_done = True
        self._program = build_window(settings, lambda choice: FakeTracker(script, choice), make_loader, open_pictures)
        self._program.collector.spare_what_is_there()
        self.window = self._program.window
        self.window.resize(1440, 900)
        self.window.show()
        self.settle(0.3)

    @property
    def session(self) -> Session:
        """Of the open project."""
        assert self.window.open_session is not None
        return self.window.open_session.session

    def open(self, path: Path) -> None:
        """Open a project or a video and wait for its picture."""
        self.window.open_path(path)
        self.until(self.has_picture)

    def has_picture(self) -> bool:
        """Whether a project is open and its picture is there."""
        return self.window.open_session is not None and not self.window.panels.workspace.view.picture_size.isEmpty()

    def until(self, condition: Callable[[], bool], patience: float = _PATIENCE) -> None:
        """Let the window work until something holds.

        Args:
            condition: Looked at often.
            patience: Seconds to wait at most.

        Raises:
            TimeoutError: It did not hold by then.
        """
        loop, end = QEventLoop(), time.monotonic() + patience

        def look() -> None:
            if condition() or time.monotonic() > end:
                loop.quit()

        timer = QTimer(interval=5)
        timer.timeout.connect(look)
        timer.start()
        loop.exec()
        timer.stop()
        if not condition():
            raise TimeoutError

    def settle(self, seconds: float) -> None:
        """Let the window do what it has put off."""
        loop = QEventLoop()
        QTimer.singleShot(round(1000 * seconds), loop, loop.quit)
        loop.exec()

    def do(self, action: ActionId, answer: Callable[[QDialog], None] | None = None) -> None:
        """Choose an action, and give ``answer`` to the dialog that it opens."""
        if answer is not None:
            self.answer_with(answer)
        self.window.actions_table[action].trigger()

    def answer_with(self, answer: Callable[[QDialog], None]) -> None:
        """Give ``answer`` to the next dialog."""

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QDialog):
                answer(dialog)
            else:
                QTimer.singleShot(5, self.window, look)

        QTimer.singleShot(5, self.window, look)

    def close(self) -> None:
        """End everything."""
        self.window.close()
        self.window.deleteLater()
        for _ in range(3):
            self.application.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
