"""The boxes that an export writes: on every frame exactly what is on the screen, ``Track.box_at``, as columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.document.model import Keyframes, Track
from app.formats.options import ExportOptions
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus

_AT_ONCE = 2_000
"""Rows that become Python's numbers in one go: more would keep other threads waiting."""
_STATUSES = tuple(TrackStatus)
_DIGITS = 4

Boxes = npt.NDArray[np.float64]
"""``(N, 4)``: x, y, w, h in image pixels, edge convention."""


@dataclass(frozen=True, slots=True)
class ShownBox:
    """One box of one Track on one frame.

    Attributes:
        frame: From 0.
        box: In image pixels, not clipped.
        is_keyframe: Set by a person; else the tracker's, or interpolated.
        occluded: As the last Keyframe up to here says.
        visibility: The same, 0 to 1.
        score: Of a tracked box; 1 for the others.
        status: Of a tracked box; FOUND for the others.
    """

    frame: int
    box: BoundingBox
    is_keyframe: bool = False
    occluded: bool = False
    visibility: float = 1.0
    score: float = 1.0
    status: TrackStatus = TrackStatus.FOUND


@dataclass(frozen=True, slots=True)
class ShownBoxes:
    """All shown boxes of one Track, ascending by frame; one row a box, the columns as in ``ShownBox``.

    Attributes:
        frames: int64 ``(N,)``, from 0.
        boxes: float64 ``(N, 4)``: x, y, w, h, not clipped.
        keyframes: bool ``(N,)``.
        occluded: bool ``(N,)``.
        visibility: float64 ``(N,)``.
        scores: float64 ``(N,)``.
        statuses: uint8 ``(N,)``, TrackStatus numbers.
    """

    frames: npt.NDArray[np.int64]
    boxes: Boxes
    keyframes: npt.NDArray[np.bool_]
    occluded: npt.NDArray[np.bool_]
    visibility: npt.NDArray[np.float64]
    scores: npt.NDArray[np.float64]
    statuses: npt.NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.frames)

    def at(self, rows: npt.NDArray[np.int64]) -> ShownBoxes:
        """The rows with these numbers, int64 ``(M,)``."""
        return ShownBoxes(
            self.frames[rows],
            self.boxes[rows],
            self.keyframes[rows],
            self.occluded[rows],
            self.visibility[rows],
            self.scores[rows],
            self.statuses[rows],
        )

    def with_boxes(self, boxes: Boxes) -> ShownBoxes:
        """The same rows with other boxes, ``(N, 4)``."""
        return ShownBoxes(
            self.frames, boxes, self.keyframes, self.occluded, self.visibility, self.scores, self.statuses
        )

    def rows(self) -> Iterator[ShownBox]:
        """One by one: for formats of small files; columns are ten times faster."""
        columns = (
            self.frames,
            self.boxes,
            self.keyframes,
            self.occluded,
            self.visibility,
            self.scores,
            self.statuses,
        )
        for start in range(0, len(self), _AT_ONCE):
            some = (column[start : start + _AT_ONCE].tolist() for column in columns)
            for frame, box, keyframe, occluded, visibility, score, status in zip(*some, strict=True):
                yield ShownBox(frame, BoundingBox(*box), keyframe, occluded, visibility, score, _STATUSES[status])


def shown_boxes(track: Track, options: ExportOptions) -> ShownBoxes:
    """What ``track.box_at`` shows, less what ``options`` leave out; any frames are chosen elsewhere."""
    keyframes = track.keyframes
    human = [(frame, it.box) for frame, it in keyframes.items() if it.box is not None]
    parts = [(np.array([frame for frame, _ in human], dtype=np.int64), _rows([box for _, box in human]))]
    scores, statuses = np.ones(0, dtype=np.float32), np.zeros(0, dtype=np.uint8)
    if not options.keyframes_only:
        parts += [_interpolated(keyframes, *gap) for gap in keyframes.interpolated_gaps()]
        frames, boxes, scores, statuses = track.boxes.arrays()
        shown = (statuses != TrackStatus.NOT_FOUND) & ~keyframes.hide(frames)
        shown &= scores >= np.float32(options.minimum_score)
        parts.append((frames[shown], boxes[shown]))
        scores, statuses = scores[shown], statuses[shown]
    frames = np.concatenate([frames for frames, _ in parts])
    sure = len(frames) - len(scores)
    # the Keyframe that says how much of the object is to be seen; -1, the last of the states, where there is none
    starts = np.searchsorted(_frames(keyframes), frames, side="right") - 1
    if not options.write_scores:
        scores = np.ones_like(scores)
    joined = ShownBoxes(
        frames,
        np.concatenate([boxes for _, boxes in parts]),
        np.arange(len(frames)) < len(human),
        np.array([*(it.occluded for it in keyframes.values()), False])[starts],
        np.array([*(it.visibility for it in keyframes.values()), 1.0])[starts],
        np.concatenate([np.ones(sure), scores]).astype(np.float64),
        np.concatenate([np.full(sure, TrackStatus.FOUND, dtype=np.uint8), statuses]),
    )
    order = np.argsort(joined.frames, kind="stable")
    return joined.at(order[joined.visibility[order] >= options.minimum_visibility])


def _frames(keyframes: Keyframes) -> npt.NDArray[np.int64]:
    return np.array(keyframes.frames, dtype=np.int64)


def _rows(boxes: list[BoundingBox]) -> Boxes:
    return np.array([(box.x, box.y, box.w, box.h) for box in boxes], dtype=np.float64).reshape(-1, 4)


def _interpolated(keyframes: Keyframes, first: int, last: int) -> tuple[npt.NDArray[np.int64], Boxes]:
    """Frames ``(N,)`` and boxes ``(N, 4)`` between two Keyframes; see ``Keyframes.interpolated``."""
    ends = [box for box in (keyframes[first].box, keyframes[last].box) if box is not None]
    start, end = _rows(ends)
    frames = np.arange(first + 1, last)
    return frames, start + (end - start) * ((frames - first) / (last - first))[:, np.newaxis]


def clipped(boxes: Boxes, width: float, height: float) -> tuple[Boxes, npt.NDArray[np.bool_]]:
    """The parts of boxes inside a picture.

    Returns:
        The boxes ``(N, 4)``, cut at the border, and ``(N,)`` whether anything of each is inside.
    """
    left, top = np.maximum(boxes[:, 0], 0.0), np.maximum(boxes[:, 1], 0.0)
    right = np.minimum(boxes[:, 0] + boxes[:, 2], width)
    bottom = np.minimum(boxes[:, 1] + boxes[:, 3], height)
    inside = (right > left) & (bottom > top)
    return np.stack([left, top, right - left, bottom - top], axis=1), inside


def rounded(boxes: Boxes) -> tuple[Boxes, npt.NDArray[np.bool_]]:
    """Boxes to a ten-thousandth of a pixel, their edges rounded, not their sides.

    Returns:
        The boxes ``(N, 4)`` and ``(N,)`` whether anything of each is left.
    """
    near = np.round(boxes[:, :2], _DIGITS)
    sides = np.round(np.round(boxes[:, :2] + boxes[:, 2:], _DIGITS) - near, _DIGITS)
    return np.concatenate([near, sides], axis=1), (sides[:, 0] > 0) & (sides[:, 1] > 0)
