"""Several targets in one picture: all of them tracked with one call."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.dimp_tracker import DimpTracker
from tracker.result import TrackResult
from tracker.search_region import Image


def track_together(trackers: Sequence[DimpTracker], image: Image) -> tuple[TrackResult, ...]:
    """Finds the targets of several trackers in the next picture, as ``track`` of each would.

    Boxes are bit-identical to those of one ``track`` after the other.

    Args:
        trackers: One a target, each of them once; usually they share a network.
        image: RGB uint8 (H, W, 3).

    Returns:
        One result a tracker, in their order.

    Raises:
        TrackerError: As ``DimpTracker.track``; then all trackers are as they were.
    """
    before = [tracker.snapshot() for tracker in trackers]
    try:
        return tuple(tracker.track(image) for tracker in trackers)
    except BaseException:
        for tracker, snapshot in zip(trackers, before, strict=True):
            tracker.restore(snapshot)
        raise
