"""A seat at a session, for the tests that work through it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from session_annotator import Annotator
from session_fakes import Bench

from app.session.fake_tracker import FakeTrackerScript


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Annotator]]:
    seated: list[Annotator] = []

    def sit(frame_count: int = 60, script: FakeTrackerScript | None = None, **source: int) -> Annotator:
        annotator = Annotator(tmp_path, Bench(frame_count, script, **source))
        seated.append(annotator)
        qtbot.waitUntil(lambda: bool(annotator.pictures))
        annotator.pictures.clear()
        return annotator

    yield sit
    for annotator in seated:
        annotator.leave()
