"""The real window with a huge project in it: what the measurements of its answering times work on."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from app.application import build_window, make_application
from app.document.model import Category, Keyframe, Keyframes, Project, Sequence, Track
from app.document.tracked_boxes import TrackedBoxes
from app.media.frame_loader import FrameLoader
from app.media.frame_source import FrameSource
from app.session.fake_tracker import FakeTracker
from app.session.session import Session
from app.settings import Settings
from app.views.action_table import ActionId
from bench.faults.blank_source import BlankSource
from tracker.geometry import BoundingBox

SMALL, HUGE = 1, 2
"""Ids of the Sequences."""
_PATIENCE = 300.0


def huge_project(folder: Path, frames: int, boxes: int) -> Project:
    """A small Sequence, and one of ``frames`` with ``boxes`` boxes on smooth ways over several Tracks."""
    project = Project(categories={1: Category(1, "object")})
    for number, count in ((SMALL, 400), (HUGE, frames)):
        path = folder / f"{number}.mp4"
        path.touch()
        project.sequences[number] = Sequence(number, path.stem, str(path), count, 640, 480, 25.0)
    generator = np.random.default_rng(0)
    number = 1
    project.sequences[SMALL].tracks[1] = Track(1, "small", 1, Keyframes({0: Keyframe(BoundingBox(10, 10, 50, 40))}))
    while boxes > 0:
        count = min(frames, boxes)
        boxes -= count
        number += 1
        time_of = np.arange(count) / 200 + number
        sides = np.stack(
            [300 + 200 * np.sin(time_of), 200 + 150 * np.cos(0.7 * time_of), 60 + 20 * np.sin(0.3 * time_of)], axis=1
        )
        track = Track(number, f"track {number}", 1)
        for frame in range(0, count, 500):
            x, y, w = sides[frame].tolist()
            track.keyframes[frame] = Keyframe(BoundingBox(x, y, w, 50.0))
        statuses = generator.choice(4, count, p=[0.97, 0.01, 0.01, 0.01]).astype(np.uint8)
        track.boxes = TrackedBoxes.from_arrays(
            np.arange(count),
            np.column_stack([sides, np.full(count, 50.0)]),
            np.clip(generator.normal(0.8, 0.15, count), 0, 1).astype(np.float32),
            statuses,
        )
        project.sequences[HUGE].tracks[number] = track
    return project


class HugeWindow:
    """The window with a fake tracker and blank pictures, and hands that wait.

    Args:
        project: To be opened by ``open``.
        videos: Frames of each video by its path's stem.
    """

    def __init__(self, videos: dict[str, int]) -> None:
        self.application = make_application()
        settings = Settings()
        settings.tour_done = True

        def open_source(
            path: Path, _progress: Callable[[int, int], None], _cancelled: Callable[[], bool]
        ) -> FrameSource:
            return BlankSource(videos[path.stem])

        self._program = build_window(
            settings, lambda choice: FakeTracker(choice=choice), lambda: FrameLoader(open_source=open_source)
        )
        self.window = self._program.window
        self.window.resize(1440, 900)
        self.window.show()
        self.settle(0.3)

    @property
    def session(self) -> Session:
        """Of the open project."""
        assert self.window.open_session is not None
        return self.window.open_session.session

    def until(self, condition: Callable[[], bool]) -> None:
        """Let the window work until something holds.

        Raises:
            TimeoutError: It never does.
        """
        loop, end = QEventLoop(), time.monotonic() + _PATIENCE

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
