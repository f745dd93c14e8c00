"""How late the window's timers fire while a run goes on: what a person feels as a window that answers or does not."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.document.commands import AddCategory
from app.document.document import create_project
from app.media.frame_loader import FrameLoader
from app.media.frame_source import Frame
from app.media.open_source import open_source
from app.session.fake_tracker import FakeTracker, FakeTrackerScript
from app.session.messages import ModelChoice, RunFinished
from app.session.run_state import Direction
from app.session.session import Session
from app.session.tracker_factory import dimp_trackers
from app.session.tracker_protocol import MakeTracker
from app.session.tracker_thread import TrackerThread
from app.settings import ThemeChoice
from app.views.theme import Theme
from app.views.video_view import VideoView
from tracker.evaluation.generated_scene import GeneratedScene, SceneDescription
from tracker.result import TrackResult

INTERVAL_MS = 10
WIDTH, HEIGHT = 1280, 720


class HeartBeat(QObject):
    """A timer of the UI thread that notes how late it fires.

    Attributes:
        lateness_ms: One number a beat.
    """

    def __init__(self, interval_ms: int = INTERVAL_MS) -> None:
        super().__init__()
        self.lateness_ms: list[float] = []
        self._interval = interval_ms / 1000
        self._expected = 0.0
        self._timer = QTimer(self, interval=interval_ms, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begin to listen."""
        self._expected = time.perf_counter() + self._interval
        self._timer.start()

    def stop(self) -> None:
        """Listen no longer."""
        self._timer.stop()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.lateness_ms.append(1000 * max(0.0, now - self._expected))
        self._expected = now + self._interval


@dataclass(frozen=True, slots=True)
class Feel:
    """How a run felt.

    Attributes:
        frames: Frames tracked.
        fps: Frames a second on the screen.
        lateness_ms: Of each beat.
    """

    frames: int
    fps: float
    lateness_ms: list[float]

    def __str__(self) -> str:
        late = np.array(self.lateness_ms)
        median, high, worst = np.median(late), np.percentile(late, 99), late.max()
        beats = f"{len(late)} beats: median {median:.1f} ms late, 99 % {high:.1f} ms, worst {worst:.1f} ms"
        return f"{self.frames} frames at {self.fps:.1f} fps; {beats}"


class _Watcher(QObject):
    """The least a window does: paints picture and heat-map, acknowledges, and ends with the run."""

    def __init__(self, session: Session, view: VideoView, loop: QEventLoop) -> None:
        super().__init__()
        self.answer: RunFinished | None = None
        self._session, self._view, self._loop = session, view, loop
        session.frame_shown.connect(self._show)
        session.result_shown.connect(self._show_result)
        session.run_finished.connect(self._end)

    def _show(self, _frame: int, picture: Frame) -> None:
        self._view.show_frame(picture)

    def _show_result(self, result: TrackResult | None) -> None:
        self._view.show_result(result)
        self._view.repaint()
        self._session.painted()

    def _end(self, answer: RunFinished) -> None:
        self.answer = answer
        self._loop.quit()


def measure(make_tracker: MakeTracker, model: ModelChoice, frames: int, folder: Path) -> Feel:
    """Propagate through a generated video in a real view and note the heart-beat.

    Args:
        make_tracker: Which tracker.
        model: Which network.
        frames: How many frames to track.
        folder: Empty; for the video and the project.
    """
    clip, scene = folder / "scene.mp4", GeneratedScene(SceneDescription(1, frames + 1, WIDTH, HEIGHT, 90))
    _encode(clip, scene)
    first = scene.box(0)
    assert first is not None
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    view = VideoView(Theme(application, ThemeChoice.DARK).tokens)
    view.resize(1100, 700)
    view.show()
    document = create_project(folder / "scene.dimple")
    category = AddCategory(document, "object")
    document.push(category)
    sequence = document.add_sequence(clip, "scene", frames + 1, WIDTH, HEIGHT, 25.0)
    tracker, loader = TrackerThread(open_source, make_tracker), FrameLoader()
    session = Session(document, tracker, loader)
    session.model = model
    loop = QEventLoop()
    watcher = _Watcher(session, view, loop)
    heart = HeartBeat()
    try:
        session.open_sequence(sequence.id)
        session.create_track(first, category.category_id)
        session.propagate(Direction.FORWARD, 2)  # the network loads: torch's import holds every thread up
        loop.exec()
        heart.start()
        started = time.perf_counter()
        session.propagate(Direction.FORWARD)
        loop.exec()
        seconds = time.perf_counter() - started
    finally:
        heart.stop()
        session.close()
        tracker.shutdown()
        loader.close()
        document.close()
        view.close()
    assert watcher.answer is not None
    return Feel(watcher.answer.frames_done, watcher.answer.frames_done / seconds, heart.lateness_ms)


def report(models: list[str], frames: int = 300) -> None:
    """Print the heart-beat with a slow tracker that computes nothing, and with each model."""
    application = QApplication.instance() or QApplication([])
    runs: list[tuple[str, Callable[[], MakeTracker]]] = [("slow fake tracker", _slow_fakes)]
    runs += [(name, dimp_trackers) for name in models]
    for name, maker in runs:
        with tempfile.TemporaryDirectory() as folder:
            print(f"heart-beat, {name}: {measure(maker(), ModelChoice(name), frames, Path(folder))}")
    application.processEvents()


def _slow_fakes() -> MakeTracker:
    def make(choice: ModelChoice) -> FakeTracker:
        return FakeTracker(FakeTrackerScript(delay=0.02), choice)

    return make


def _encode(path: Path, scene: GeneratedScene) -> None:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=Fraction(25), options={"preset": "ultrafast", "g": "50"})
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for index in range(len(scene)):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(scene.frame(index), format="rgb24")))
        container.mux(stream.encode())


if __name__ == "__main__":
    report(["default"])
