"""Somebody at a session: sees what it shows, paints at once, keeps notes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Qt
from session_fakes import START, Bench

from app.document.commands import AddCategory
from app.document.document import create_project
from app.document.model import Track
from app.media.frame_loader import FrameLoader
from app.session.messages import ModelChoice, RunFinished, WorkerFailed
from app.session.run_state import Phase, RunState
from app.session.session import Session
from app.session.tracker_thread import TrackerThread
from tracker.geometry import BoundingBox
from tracker.result import TrackResult


class Annotator(QObject):
    """Sits at a session: sees what it shows, paints at once, keeps notes."""

    def __init__(self, folder: Path, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self.clip = folder / "clip.mp4"
        self.clip.write_bytes(b"not decoded in these tests")
        self.frame_count = bench.open_source(self.clip).frame_count
        bench.sources.clear()
        self.document = create_project(folder / "clip.dimple")
        category = AddCategory(self.document, "thing")
        self.document.push(category)
        self.category = category.category_id
        sequence = self.document.add_sequence(self.clip, "clip", self.frame_count, *bench.size, 25.0)
        self.tracker = TrackerThread(bench.open_source, bench.make_tracker)
        pictures = Bench(self.frame_count)
        self.loader = FrameLoader(open_source=pictures.open_source)
        self.session = Session(self.document, self.tracker, self.loader)
        self.session.model = ModelChoice("fake")
        self.painting = True
        self.pictures: list[tuple[int, int]] = []
        self.results: list[TrackResult | None] = []
        self.states: list[RunState] = []
        self.ends: list[RunFinished] = []
        self.failures: list[WorkerFailed] = []
        self.media_failures: list[str] = []
        self.seen_at = 0.0
        self.on_frame: Callable[[int], None] | None = None
        self.session.frame_shown.connect(self.see)
        self.session.result_shown.connect(self.results.append, Qt.ConnectionType.DirectConnection)
        self.session.run_state_changed.connect(self.states.append, Qt.ConnectionType.DirectConnection)
        self.session.run_finished.connect(self.ends.append, Qt.ConnectionType.DirectConnection)
        self.session.failed.connect(self.failures.append, Qt.ConnectionType.DirectConnection)
        self.session.media_failed.connect(self.media_failures.append, Qt.ConnectionType.DirectConnection)
        self.session.open_sequence(sequence.id)

    def see(self, frame: int, picture: np.ndarray) -> None:
        assert threading.current_thread() is threading.main_thread()
        self.pictures.append((frame, int(picture[0, 0, 0])))
        self.seen_at = time.perf_counter()
        if self.painting:
            self.session.painted()
        if self.on_frame is not None:
            self.on_frame(frame)

    @property
    def track(self) -> Track:
        track = self.session.track
        assert track is not None
        return track

    def draw(self, box: BoundingBox = START) -> int:
        return self.session.create_track(box, self.category)

    def idle(self) -> bool:
        return self.session.run_state.phase is Phase.IDLE

    def stop_at(self, frame: int, action: Callable[[], None]) -> None:
        """Do something the first time a frame is shown."""

        def watch(shown: int) -> None:
            if shown == frame:
                self.on_frame = None
                action()

        self.on_frame = watch

    def tracked_frames(self) -> list[int]:
        return self.track.boxes.frames().tolist()

    def leave(self) -> None:
        self.session.close()
        self.tracker.shutdown()
        self.loader.close()
        self.document.close()
