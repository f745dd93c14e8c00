"""How fast the timeline paints with very many Tracks of very many frames."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from PySide6.QtWidgets import QApplication

from app.document.model import Keyframe, Keyframes
from app.document.tracked_boxes import TrackedBoxes
from app.views.frame_axis import FrameAxis
from app.views.palette import track_colour
from app.views.timeline import Timeline
from app.views.timeline_lane import Lane
from app.views.tokens import DARK
from tracker.geometry import BoundingBox

_KEYFRAME_EVERY = 500


@dataclass(frozen=True, slots=True)
class TimelineTimes:
    """Milliseconds of processor time of one painting, the median of several.

    Attributes:
        still_ms: Nothing has changed but the cursor, as while stepping or playing.
        run_ms: One lane has a new box, as during a run.
        zoom_ms: Another range of frames: every visible lane is worked out anew.
        scroll_ms: Other lanes come into sight.
    """

    still_ms: float
    run_ms: float
    zoom_ms: float
    scroll_ms: float


def measure(tracks: int = 200, frames: int = 200_000, width: int = 1400, height: int = 400) -> TimelineTimes:
    """Paint a timeline on which every Track has a box on every frame; needs a QApplication."""
    generator = np.random.default_rng(0)
    boxes = TrackedBoxes.from_arrays(
        np.arange(frames),
        np.tile([1.0, 2.0, 30.0, 40.0], (frames, 1)),
        generator.random(frames).astype(np.float32),
        generator.integers(0, 4, frames).astype(np.uint8),
    )
    # the lanes share one Track's boxes, which costs memory once and time as if they were each its own
    keyframes = Keyframes((frame, Keyframe(BoundingBox(1, 2, 30, 40))) for frame in range(0, frames, _KEYFRAME_EVERY))
    axis = FrameAxis()
    axis.set_frame_count(frames)
    timeline = Timeline(axis, DARK)
    timeline.resize(width, height)
    timeline.set_lanes(range(1, tracks + 1), lambda it: Lane(it, f"{it} cup", track_colour(it - 1), keyframes, boxes))
    timeline.show()
    QApplication.processEvents()

    def painted(number: int, *, run: bool = False, zoom: bool = False, scroll: bool = False) -> float:
        begin = time.process_time()
        timeline.set_current_frame(number)
        if run:
            timeline.boxes_changed(1)
        if zoom:
            axis.set_range(number * 10, frames / 2 + number * 10)
        if scroll:
            timeline.verticalScrollBar().setValue(number * height)
        timeline.viewport().repaint()
        return (time.process_time() - begin) * 1e3

    painted(0)
    times = TimelineTimes(
        float(np.median([painted(number) for number in range(1, 30)])),
        float(np.median([painted(number, run=True) for number in range(1, 30)])),
        float(np.median([painted(number, zoom=True) for number in range(1, 15)])),
        float(np.median([painted(number, scroll=True) for number in range(1, 12)])),
    )
    timeline.close()
    return times


def report(tracks: int = 200, frames: int = 200_000) -> None:
    """Print the times."""
    application = QApplication.instance() or QApplication([])
    times = measure(tracks, frames)
    print(
        f"timeline of {tracks} tracks and {frames:,} frames: painted in {times.still_ms:.1f} ms while stepping, "
        f"{times.run_ms:.1f} ms during a run, {times.zoom_ms:.1f} ms while zooming, {times.scroll_ms:.1f} ms scrolling"
    )
    application.processEvents()
