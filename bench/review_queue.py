"""The review queue of a large project: how long until it is listed, and how long it keeps the window meanwhile."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.document.document import open_project
from app.document.project_file import write_project
from app.document.tracked_boxes import TrackedBox
from app.session.review_queue import ReviewQueue
from bench.large_document import large_project
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus


@dataclass(frozen=True, slots=True)
class ReviewTimes:
    """One measurement.

    Attributes:
        entries: Doubtful stretches found.
        listed_s: From opening the Sequence until all of it is listed.
        longest_ms: Longest turn of the event loop meanwhile, in processor time: a busy machine makes it no longer.
        again_ms: Process time to list anew after one box has changed.
    """

    entries: int
    listed_s: float
    longest_ms: float
    again_ms: float


def measure(folder: Path, frames: int = 200_000, boxes: int = 500_000) -> ReviewTimes:
    """List a project whose boxes are random, so that all of them are doubtful. Needs a QApplication."""
    path = folder / "review.dimple"
    write_project(path, large_project(frames, boxes))
    document = open_project(path)
    queue = ReviewQueue(document)
    application = QApplication.instance()
    assert application is not None
    longest = 0.0
    begin = time.perf_counter()
    queue.open(document.project.sequences[1])
    while not queue.is_settled:
        turn = time.process_time()
        application.processEvents()
        longest = max(longest, time.process_time() - turn)
        time.sleep(0.0005)
    listed = time.perf_counter() - begin
    document.apply_tracked(1, frames // 2, TrackedBox(BoundingBox(9, 9, 50, 40), 0.5, TrackStatus.NOT_FOUND))
    begin = time.process_time()
    queue.settle()
    again = time.process_time() - begin
    document.close()
    return ReviewTimes(queue.count, listed, 1000 * longest, 1000 * again)


def report() -> None:
    """Print it."""
    application = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        times = measure(Path(folder))
    print(
        f"review queue of 500,000 boxes: {times.entries:,} entries listed in {times.listed_s:.2f} s, "
        f"the window busy for {times.longest_ms:.0f} ms at most; after a change {times.again_ms:.1f} ms"
    )
    application.processEvents()
