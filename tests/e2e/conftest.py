"""The real window, with the real tracker unless a test brings its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from annotator import Annotator, StartProgram
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.application import build_window
from app.session.tracker_protocol import MakeTracker
from app.settings import Settings


@pytest.fixture
def start_program(qtbot: QtBot) -> Iterator[StartProgram]:
    """Starts the program as often as it is called; each is closed in the end."""
    started: list[Annotator] = []

    def start(make_tracker: MakeTracker | None = None) -> Annotator:
        settings = Settings()
        settings.tour_done = True
        program = build_window(settings, make_tracker)
        program.window.resize(1440, 900)
        program.window.show()
        annotator = Annotator(program, qtbot)
        qtbot.waitUntil(lambda: QApplication.activeWindow() is program.window)
        started.append(annotator)
        return annotator

    yield start
    for annotator in started:
        annotator.window.close()
        annotator.window.deleteLater()
    QApplication.processEvents()
