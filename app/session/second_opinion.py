"""A backward run over boxes that are there already: where it finds the target elsewhere, one of the two is wrong."""

from __future__ import annotations

import itertools

import numpy as np

from app.document.model import Dispute, Track
from app.document.tracked_boxes import TrackedBoxes
from app.session.joining import AGREES, TrackedPath
from tracker.box_arrays import ious
from tracker.geometry import BoundingBox, iou
from tracker.result import TrackStatus


def second_opinion(track: Track, before: TrackedBoxes, start: int, last: int) -> dict[int, Dispute]:
    """Where a backward run disagrees with the boxes that it has replaced.

    Who runs once more out of a corrected box replaces on purpose what was wrong. So between two boxes of a person the
    old ones count only where they come near both: those that miss one of them are known to be wrong.

    Args:
        track: With the boxes of the run.
        before: The tracked boxes before it.
        start: Frame it has started from.
        last: First frame in time that it has come to.

    Returns:
        Frame -> both boxes, where they overlap less than half.
    """
    disputes: dict[int, Dispute] = {}
    beyond = [it for it in reversed(track.keyframes.frames) if last <= it < start]
    for near, far in itertools.pairwise([start, *beyond, last - 1]):
        if near - far > 1:
            disputes |= _between(track, before, far, near)
    return dict(sorted(disputes.items()))


def unsure(boxes: TrackedBoxes, frames: list[int]) -> TrackedBoxes:
    """The same boxes, with these frames uncertain."""
    columns = boxes.arrays()
    columns[3][np.isin(columns[0], frames)] = TrackStatus.UNCERTAIN
    return TrackedBoxes.from_arrays(*columns)


def _between(track: Track, before: TrackedBoxes, far: int, near: int) -> dict[int, Dispute]:
    """What differs between two frames; the run came from ``near``."""
    first = far + 1
    old, new = (TrackedPath.of(it, first, near - 1) for it in (before, track.boxes))
    differ = old.found & new.found & (ious(old.boxes, new.boxes) < AGREES)
    keyframe = track.keyframes.get(far)
    if differ[-1] or (keyframe is not None and old.found[0] and not _meet(old, keyframe.box)):
        return {}
    return {
        int(row) + first: Dispute(BoundingBox(*new.boxes[row].tolist()), BoundingBox(*old.boxes[row].tolist()))
        for row in np.flatnonzero(differ)
    }


def _meet(path: TrackedPath, box: BoundingBox | None) -> bool:
    return box is not None and iou(BoundingBox(*path.boxes[0].tolist()), box) >= AGREES
