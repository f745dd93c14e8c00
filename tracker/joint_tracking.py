"""Several targets in one picture: all of them tracked with one call.

On the processor each target takes a core of its own. That beats sharing the cores within one target after the other,
where threads wait for each other at every layer, and one batch of all crops, whose maps no longer fit the caches: at
eight crops a batch, one core is 13 % slower than crop by crop (docs/decisions/0007-speed.md).
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.compiled_session import on_all_cores
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
    cores = min((tracker.cores for tracker in trackers), default=1)
    try:
        return tuple(on_all_cores(lambda tracker: tracker.track(image), trackers, cores))
    except BaseException:
        for tracker, snapshot in zip(trackers, before, strict=True):
            tracker.restore(snapshot)
        raise
