"""The boxes that an export writes: on every frame exactly what is on the screen, ``Track.box_at``, as columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.document.model import Track
from app.formats.options import ExportOptions
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus

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
        is_keyframe: Set by a person; else the tracker's.
        occluded: Of the Keyframe.
        visibility: Of the Keyframe, 0 to 1.
        score: Of a tracked box; 1 for a Keyframe.
        status: Of a tracked box; FOUND for a Keyframe.
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
        for frame, box, keyframe, occluded, visibility, score, status in zip(
            *(column.tolist() for column in columns), strict=True
        ):
            yield ShownBox(frame, BoundingBox(*box), keyframe, occluded, visibility, score, _STATUSES[status])


def shown_boxes(track: Track, options: ExportOptions) -> ShownBoxes:
    """What ``track.box_at`` shows, less what ``options`` leave out; any frames are chosen elsewhere."""
    keys = sorted(frame for frame, it in track.keyframes.items() if it.box is not None)
    human = [track.keyframes[frame] for frame in keys]
    human_boxes = np.array([(b.x, b.y, b.w, b.h) for it in human if (b := it.box)], dtype=np.float64).reshape(-1, 4)
    frames, boxes, scores, statuses = track.boxes.arrays()
    shown = statuses != TrackStatus.NOT_FOUND
    shown &= ~np.isin(frames, np.fromiter(track.keyframes, dtype=np.int64, count=len(track.keyframes)))
    shown &= scores >= np.float32(options.minimum_score)
    if options.keyframes_only:
        shown[:] = False
    frames, boxes, scores, statuses = frames[shown], boxes[shown], scores[shown], statuses[shown]
    tracked, count = np.zeros(len(frames)), len(keys)
    joined = ShownBoxes(
        np.concatenate([frames, np.array(keys, dtype=np.int64)]),
        np.concatenate([boxes, human_boxes]),
        np.concatenate([tracked > 0, np.ones(count, dtype=np.bool_)]),
        np.concatenate([tracked > 0, np.array([it.occluded for it in human], dtype=np.bool_)]),
        np.concatenate([tracked + 1, np.array([it.visibility for it in human], dtype=np.float64)]),
        np.concatenate([scores if options.write_scores else tracked + 1, np.ones(count)]).astype(np.float64),
        np.concatenate([statuses, np.full(count, TrackStatus.FOUND, dtype=np.uint8)]),
    )
    order = np.argsort(joined.frames, kind="stable")
    return joined.at(order[joined.visibility[order] >= options.minimum_visibility])


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
