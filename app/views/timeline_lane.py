"""One Track's lane: the Track turned into one row of colours and a few marks for the visible range."""

# mypy: disallow-untyped-calls=False
# pyqtgraph has no types
from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtGui import QColor, QImage

from app.document.keyframes import Keyframes
from app.document.tracked_boxes import TrackedBoxes
from app.views.frame_columns import FrameColumns
from tracker.result import TrackStatus

_DARKEST = 0.12
"""Share of the colour map left out at its dark end, which could not be told from a dark background."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A Track as the timeline shows it. Keyframes and boxes are the document's own, looked at and never changed.

    Attributes:
        track_id: Of the Track.
        name: "#id name".
        colour: Of the Track.
        keyframes: The human layer.
        boxes: The tracked layer.
    """

    track_id: int
    name: str
    colour: QColor
    keyframes: Keyframes
    boxes: TrackedBoxes


@dataclass(frozen=True, slots=True)
class LaneMarks:
    """What the lane's row of pixel columns shows for one visible range.

    Attributes:
        confidence: One row of colours, one pixel a column; transparent where there is no tracked box.
        uncertain: Columns with a frame the tracker was not sure of.
        lost: Columns with a frame on which the target was not found.
        keyframes: Frames of the visible keyframes with a box, ascending.
        outside: Spans (first, last) of frames in which the object is outside, by a keyframe that says so.
        interpolated: Spans (first, last) of keyframes between whose boxes a straight line runs.
    """

    confidence: QImage
    uncertain: npt.NDArray[np.int64]
    lost: npt.NDArray[np.int64]
    keyframes: npt.NDArray[np.int64]
    outside: tuple[tuple[int, int], ...]
    interpolated: tuple[tuple[int, int], ...] = ()


class LaneRow:
    """A Lane and its marks, worked out anew only where the Track or the visible range has changed."""

    def __init__(self, lane: Lane) -> None:
        self.lane = lane
        self._marks: LaneMarks | None = None
        self._range: tuple[float, float, int, int] | None = None
        self._lines = np.empty((0, 2), dtype=np.int64)
        self._boxed = self._outside = self._after = np.empty(0, dtype=np.int64)
        self._are_keyframes_stale = True

    def boxes_changed(self) -> None:
        """Tracked boxes have come or gone."""
        self._marks = None

    def keyframes_changed(self) -> None:
        """Keyframes have come, gone or become others."""
        self._marks = None
        self._are_keyframes_stale = True

    def _look_at_keyframes(self) -> None:
        self._are_keyframes_stale = False
        columns = self.lane.keyframes.columns
        frames, boxed, self._lines = columns.frames, columns.boxed, columns.lines
        self._boxed, self._outside = frames[boxed], frames[~boxed]
        self._after = np.append(frames[1:], np.iinfo(np.int64).max)[~boxed]

    def marks(self, left: float, right: float, count: int, frame_count: int) -> LaneMarks:
        """The marks for ``left .. right`` (frames) in ``count`` pixel columns of a Sequence of ``frame_count``."""
        wanted = (left, right, count, frame_count)
        if self._marks is None or self._range != wanted:
            self._range = wanted
            if self._are_keyframes_stale:
                self._look_at_keyframes()
            scores, statuses = _by_column(self.lane.boxes, *wanted)
            pixels = np.where(np.isnan(scores), np.uint32(0), _confidence_colours()[_levels(scores)])
            boxed = self._boxed[(self._boxed >= left) & (self._boxed <= right)]
            seen = (self._outside <= right) & (self._after > left)
            outside = np.stack([self._outside[seen], np.minimum(self._after[seen] - 1, frame_count - 1)], axis=1)
            lines = self._lines[(self._lines[:, 0] <= right) & (self._lines[:, 1] >= left)]
            pixel = (right - left) / count
            self._marks = LaneMarks(
                confidence=QImage(pixels.tobytes(), count, 1, QImage.Format.Format_ARGB32).copy(),
                uncertain=np.flatnonzero(statuses == TrackStatus.UNCERTAIN),
                lost=np.flatnonzero(statuses == TrackStatus.NOT_FOUND),
                keyframes=boxed,
                # thousands of spans of a pixel or less would be painted on one another
                outside=_joined(outside, np.diff(outside[:, 0]) >= 2 * pixel),
                interpolated=_joined(lines, lines[1:, 0] - lines[:-1, 1] >= max(pixel, 1)),
            )
        return self._marks


def _joined(spans: npt.NDArray[np.int64], parted: npt.NDArray[np.bool_]) -> tuple[tuple[int, int], ...]:
    """Spans (first, last), ascending, as one where they are not parted: whether each is from the one before it."""
    starts = np.flatnonzero(np.append(True, parted)[: len(spans)])
    lasts = np.append(starts[1:], len(spans)) - 1 if len(starts) else starts
    return tuple(zip(spans[starts, 0].tolist(), spans[lasts, 1].tolist(), strict=True))


def row_of(lane: Lane, known: LaneRow | None) -> LaneRow:
    """The row of a Lane: the one that is known where it is of the same Track with the same keyframes and boxes."""
    if known is None or known.lane.keyframes is not lane.keyframes or known.lane.boxes is not lane.boxes:
        return LaneRow(lane)
    known.lane = lane
    return known


def confidence_colour(score: float) -> QColor:
    """The lane colour of one score."""
    return QColor.fromRgba(int(_confidence_colours()[_levels(np.array([score], dtype=np.float32))[0]]))


def _by_column(
    boxes: TrackedBoxes, left: float, right: float, count: int, frame_count: int
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.uint8]]:
    """Mean score (NaN where none) and worst status (255 where none) of each pixel column, both ``(count,)``."""
    scores = np.full(count, np.nan, dtype=np.float32)
    statuses = np.full(count, 255, dtype=np.uint8)
    if right - left < count:
        # zoomed in, a frame is wider than a column: each column shows the frame under its middle
        frames = np.rint(left + (np.arange(count) + 0.5) * (right - left) / count).astype(np.int64)
        frames = np.clip(frames, 0, max(frame_count - 1, 0))
        first, last = int(frames[0]), int(frames[-1])
        return boxes.scores(first, last)[frames - first], boxes.statuses(first, last)[frames - first]
    columns = FrameColumns.over(left, right, count, frame_count)
    scores[columns.columns] = columns.mean(boxes.scores(columns.first, columns.last))
    statuses[columns.columns] = columns.worst(boxes.statuses(columns.first, columns.last))
    return scores, statuses


def _levels(scores: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:
    return np.rint(np.clip(np.nan_to_num(scores), 0.0, 1.0) * 255).astype(np.int64)


@cache
def _confidence_colours() -> npt.NDArray[np.uint32]:
    """Level 0..255 -> opaque 0xAARRGGBB, ``(256,)``: viridis without its darkest end."""
    table = pg.colormap.get("viridis").getLookupTable(start=_DARKEST, stop=1.0, nPts=256)
    red, green, blue = np.asarray(table)[:, :3].astype(np.uint32).T
    colours: npt.NDArray[np.uint32] = np.uint32(0xFF000000) | red << 16 | green << 8 | blue
    return colours
