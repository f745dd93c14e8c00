"""Frames in memory and trackers by script, for the tests of the session."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np

from app.errors import AppError
from app.media.frame_source import Frame
from app.session.engine import Engine
from app.session.fake_tracker import FakeTracker, FakeTrackerScript
from app.session.messages import ModelChoice, PropagationRequest, StopRules, TargetRequest
from tracker.geometry import BoundingBox

CLIP = Path("clip.mp4")
START = BoundingBox(10, 20, 12, 8)


class MemorySource:
    """Grey frames whose every pixel is the frame's number modulo 256."""

    def __init__(self, frame_count: int = 60, unreadable: int | None = None) -> None:
        self.frame_count = frame_count
        self.width, self.height, self.fps = 640, 48, 25.0
        self.unreadable = unreadable
        self.reads: list[int] = []
        self.closed = False
        self.thread = threading.get_ident()

    def time_of(self, index: int) -> float:
        return index / self.fps

    def read(self, index: int) -> Frame:
        assert threading.get_ident() == self.thread, "a FrameSource is used by the thread that opened it"
        assert not self.closed
        if not 0 <= index < self.frame_count:
            raise IndexError(index)
        if index == self.unreadable:
            msg = f"Frame {index} of clip.mp4 cannot be read: the file was moved."
            raise AppError(msg)
        self.reads.append(index)
        frame = np.full((self.height, self.width, 3), index % 256, dtype=np.uint8)
        frame.setflags(write=False)
        return frame

    def close(self) -> None:
        self.closed = True


class Bench:
    """An engine over memory, which remembers what it opened and made."""

    size = (640, 48)

    def __init__(self, frame_count: int = 60, script: FakeTrackerScript | None = None, **source: int | None) -> None:
        self.script = script or FakeTrackerScript()
        self.sources: list[MemorySource] = []
        self.trackers: list[FakeTracker] = []
        self.choices: list[ModelChoice] = []
        self._frame_count = frame_count
        self._source = source

    def open_source(
        self,
        path: Path,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> MemorySource:
        if path.name == "missing.mp4":
            msg = "missing.mp4 is not there: it was moved or deleted."
            raise AppError(msg)
        if progress is not None:
            progress(1, 2)
        self.sources.append(MemorySource(self._frame_count, **self._source))
        return self.sources[-1]

    def make_tracker(self, choice: ModelChoice) -> FakeTracker:
        self.choices.append(choice)
        self.trackers.append(FakeTracker(self.script, choice))
        return self.trackers[-1]

    def engine(self) -> Engine:
        return Engine(self.open_source, self.make_tracker)


def target(
    track_id: int = 1, *keyframes: tuple[int, BoundingBox], start: BoundingBox = START, name: str = ""
) -> TargetRequest:
    return TargetRequest(track_id, keyframes or ((0, START),), start, name)


def propagation(
    last_frame: int,
    *targets: TargetRequest,
    start_frame: int = 0,
    request_id: int = 1,
    rules: StopRules | None = None,
    source: Path = CLIP,
) -> PropagationRequest:
    return PropagationRequest(
        request_id, source, targets or (target(),), start_frame, last_frame, rules or StopRules(), ModelChoice("fake")
    )
