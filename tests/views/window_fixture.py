"""A whole window with a fake tracker over a generated video, as the front-door tests need it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from app.application import Program, build_window
from app.session.fake_tracker import FakeTracker, FakeTrackerScript
from app.session.messages import ModelChoice
from app.session.session import Session
from app.settings import Language, Settings
from app.views.main_window import MainWindow
from app.views.video_view import VideoView
from tracker.geometry import BoundingBox


def write_images(folder: Path, count: int = 30, width: int = 160, height: int = 120) -> Path:
    """An image folder whose frame i is grey of level i."""
    folder.mkdir(parents=True)
    for index in range(count):
        picture = np.full((height, width, 3), 40 + index, np.uint8)
        assert cv2.imwrite(str(folder / f"{index:04d}.png"), picture)
    return folder


@dataclass
class Bench:
    """A window under test.

    Attributes:
        qtbot: Of the test.
        program: Window, theme and guard.
        settings: In the test's own home.
        told: Sentences shown in message boxes.
        script: How the fake tracker behaves.
    """

    qtbot: QtBot
    program: Program
    settings: Settings
    told: list[str]

    @property
    def window(self) -> MainWindow:
        return self.program.window

    @property
    def view(self) -> VideoView:
        return self.window.panels.workspace.view

    @property
    def session(self) -> Session:
        assert self.window.open_session is not None
        return self.window.open_session.session

    @property
    def banner(self) -> str:
        return self.window.panels.workspace.banner.text

    def open(self, path: Path) -> None:
        """Open a path and wait for its first picture."""
        with self.qtbot.waitSignal(self.window.opening.opened, timeout=20_000):
            self.window.open_path(path)
        self.wait(lambda: self.window.open_session is not None and not self.view.picture_size.isEmpty())

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=20_000)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key where the keyboard is."""
        self.qtbot.keyClick(QApplication.focusWidget() or self.view, key, modifiers)

    def activate(self) -> None:
        """Back from a dialog: the offscreen platform has no window manager that does it."""
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)
        self.view.setFocus()

    def draw(self, box: BoundingBox) -> None:
        """Drag out a box with the mouse as soon as the frame is there; the draw tool is in hand."""
        self.wait(lambda: not self.view.veil.is_waiting)
        self.drag(box)

    def drag(self, box: BoundingBox) -> None:
        """Drag the mouse from corner to corner, whatever is shown."""
        rect = self.view.mapping.box_rect(box)
        left = Qt.MouseButton.LeftButton
        self.qtbot.mousePress(self.view, left, pos=rect.topLeft().toPoint())
        self.qtbot.mouseMove(self.view, rect.center().toPoint())
        self.qtbot.mouseMove(self.view, rect.bottomRight().toPoint())
        self.qtbot.mouseRelease(self.view, left, pos=rect.bottomRight().toPoint())


def close(bench: Bench) -> None:
    """Close the window and everything in it."""
    bench.window.close()
    bench.window.deleteLater()
    bench.program.key_guard.deleteLater()
    bench.program.theme.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def make_bench(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    script: FakeTrackerScript | None = None,
    language: Language = Language.ENGLISH,
) -> Iterator[Bench]:
    """A window on the start page; closed again when the generator goes on."""
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda _parent, _title, text: told.append(text))
    settings = Settings()
    settings.tour_done = True
    settings.language = language

    def make_tracker(choice: ModelChoice) -> FakeTracker:
        return FakeTracker(script, choice)

    program = build_window(settings, make_tracker)
    bench = Bench(qtbot, program, settings, told)
    program.window.show()
    qtbot.waitExposed(program.window)
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    yield bench
    close(bench)
