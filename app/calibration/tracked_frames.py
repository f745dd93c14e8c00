"""Frames that the tracker was right and wrong on, to fit the probability of doubt to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.session.doubt_features import doubt_features
from app.session.tracker_protocol import Tracker
from tracker.evaluation.sequence import AnnotatedSequence
from tracker.geometry import BoundingBox, iou
from tracker.result import TrackStatus

PATIENCE = 20
"""Frames in a row that are wrong before the person sets the box right; a window that is left alone goes on as long."""

WRONG = 0.5
"""A box with less IoU than this is wrong."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The tracked frames of one sequence.

    Attributes:
        sequence: Its name.
        features: (N, F), as ``doubt_features``; of the frames that show a box.
        wrong: (N,), whether it is wrong.
    """

    sequence: str
    features: npt.NDArray[np.float64]
    wrong: npt.NDArray[np.bool_]


def tracked_frames(sequences: Iterable[AnnotatedSequence], tracker: Tracker) -> Iterator[Sample]:
    """Runs the tracker over each sequence; after ``PATIENCE`` wrong frames it is told the true box.

    Args:
        sequences: With true boxes.
        tracker: Begun anew on each.
    """
    for sequence in sequences:
        yield _run(sequence, tracker)


def is_wrong(box: BoundingBox | None, true: BoundingBox | None) -> bool:
    """Whether what is shown, a box or none, must be put right."""
    if box is None or true is None:
        return (box is None) != (true is None)
    return iou(box, true) < WRONG


def _run(sequence: AnnotatedSequence, tracker: Tracker) -> Sample:
    first = sequence.boxes[0]
    assert first is not None
    count = len(sequence)
    boxes, scores = np.full((count, 4), np.nan), np.full(count, np.nan)
    wrong, shown = np.zeros((2, count), dtype=np.bool_)
    tracker.initialize(sequence.read(0), first)
    boxes[0] = (first.x, first.y, first.w, first.h)
    in_a_row = 0
    for frame in range(1, count):
        image, true = sequence.read(frame), sequence.boxes[frame]
        result = tracker.track(image)
        box = None if result.status is TrackStatus.NOT_FOUND else result.box
        scores[frame] = result.score
        if box is not None:
            boxes[frame], shown[frame] = (box.x, box.y, box.w, box.h), True
        wrong[frame] = is_wrong(box, true)
        in_a_row = in_a_row + 1 if wrong[frame] else 0
        if in_a_row >= PATIENCE and true is not None:
            tracker.correct(image, true)
            in_a_row = 0
    return Sample(sequence.name, doubt_features(boxes, scores)[shown], wrong[shown])
