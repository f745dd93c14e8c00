"""How fast the document is with a large project: opening it, editing it, taking in tracked boxes."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QApplication

from app.document.commands import SetKeyframe
from app.document.document import open_project
from app.document.model import Category, Keyframe, Project, Sequence, Track
from app.document.project_file import write_project
from app.document.tracked_boxes import TrackedBox, TrackedBoxes
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus


@dataclass(frozen=True, slots=True)
class DocumentTimes:
    """Wall times of one measurement.

    Attributes:
        boxes: In the project.
        open_s: Opening it.
        edit_ms: One edit through to the file, median.
        slowest_edit_ms: The slowest of them.
        undo_ms: One undo through to the file, median.
        tracked_ms: Taking in one tracked box, median.
        batch_ms: Writing a batch of 50 tracked boxes, median.
        file_mb: Size of the file.
    """

    boxes: int
    open_s: float
    edit_ms: float
    slowest_edit_ms: float
    undo_ms: float
    tracked_ms: float
    batch_ms: float
    file_mb: float


def large_project(frames: int, boxes: int) -> Project:
    """A project of one Sequence of ``frames`` with ``boxes`` tracked boxes over several Tracks."""
    project = Project({1: Sequence(1, "clip", "/clip.mp4", frames, 1920, 1080, 30.0)}, {1: Category(1, "object")})
    generator = np.random.default_rng(0)
    while boxes > 0:
        count = min(frames, boxes)
        boxes -= count
        number = len(project.sequences[1].tracks) + 1
        track = Track(number, f"track {number}", 1, {0: Keyframe(BoundingBox(10, 10, 50, 40))})
        track.boxes = TrackedBoxes.from_arrays(
            np.arange(count),
            generator.uniform(1, 900, (count, 4)),
            generator.random(count, dtype=np.float32),
            np.zeros(count, dtype=np.uint8),
        )
        project.sequences[1].tracks[number] = track
    return project


def measure(folder: Path, frames: int = 200_000, boxes: int = 500_000, edits: int = 200) -> DocumentTimes:
    """Write a large project into ``folder``, open it, edit it. Needs a QApplication.

    Raises:
        AppError: The folder cannot be written, or holds a measurement already.
    """
    path = folder / "benchmark.dimple"
    write_project(path, large_project(frames, boxes))
    begin = time.perf_counter()
    document = open_project(path)
    open_s = time.perf_counter() - begin
    stack = document.undo_stack

    def edit(number: int) -> None:
        keyframe = Keyframe(BoundingBox(number, 5, 50, 40))
        document.push(SetKeyframe(document, 1, number * 7919 % frames, keyframe))

    def track(number: int) -> None:
        box = BoundingBox(number, 7, 50, 40)
        document.apply_tracked(1, number % frames, TrackedBox(box, 0.5, TrackStatus.FOUND))

    edited = _times(edits, edit)
    undone = _times(edits, lambda _: stack.undo())
    tracked = _times(edits, track)
    batches = []
    for batch in range(20):
        for number in range(50):
            track(batch * 50 + number)
        batches += _times(1, lambda _: document.flush())
    document.close()
    return DocumentTimes(
        boxes,
        open_s,
        float(np.median(edited)),
        max(edited),
        float(np.median(undone)),
        float(np.median(tracked)),
        float(np.median(batches)),
        path.stat().st_size / 1e6,
    )


def report(frames: int = 200_000, boxes: int = 500_000) -> None:
    """Print the times of a large project."""
    application = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        times = measure(Path(folder), frames, boxes)
    print(
        f"document of {frames:,} frames and {times.boxes:,} boxes ({times.file_mb:.0f} MB): "
        f"opened in {times.open_s:.2f} s; "
        f"an edit {times.edit_ms:.2f} ms (slowest {times.slowest_edit_ms:.1f}), an undo {times.undo_ms:.2f} ms, "
        f"a tracked box {times.tracked_ms:.3f} ms, a batch of 50 {times.batch_ms:.1f} ms"
    )
    application.processEvents()


def _times(count: int, action: Callable[[int], None]) -> list[float]:
    """Milliseconds of each call."""
    times = []
    for number in range(count):
        begin = time.perf_counter()
        action(number)
        times.append((time.perf_counter() - begin) * 1e3)
    return times
