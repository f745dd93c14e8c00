"""Boxes on every frame, as other tools write them, become tracked boxes with few Keyframes.

The tracked layer keeps every box as it was. Keyframes stand where a straight path from Keyframe to Keyframe would be
off by more than the tolerance, in any edge of the box; and where the object appears, leaves, or is hidden more or less.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.document.model import Keyframe, Keyframes, Project, Track
from app.document.tracked_boxes import TrackedBoxes
from app.formats.format import Field, Reader
from app.formats.options import ExportOptions
from app.formats.progress import SILENT, Progress
from app.formats.shown_boxes import ShownBoxes, shown_boxes
from tracker.geometry import BoundingBox

DEFAULT_TOLERANCE = 1.0
"""Pixels."""

_VISIBILITY_STEP = 0.1
"""A smaller change of the visible share is not worth a Keyframe."""

_PATIENCE = 64
"""Rows looked at behind the last one that a path may end on; without an end a path could be sought for ever."""

_NEAR = 8
"""Rows behind a start that are looked at for all starts at once."""

_BLOCK = 1 << 14
"""Starts that are in memory at a time."""

_EVERYTHING = ExportOptions()


def simplify_project(project: Project, known: Reader, tolerance: float, progress: Progress = SILENT) -> None:
    """Give the Tracks of an imported project few Keyframes, in place.

    Args:
        project: As the format's reader made it.
        known: The format; where its files tell which boxes a person set, those stay the only Keyframes.
        tolerance: In pixels, from 0 up.
        progress: Told how many Tracks are done.

    Raises:
        CancelledError: The person gave up.
    """
    tells = Field.KEYFRAMES in known.holds
    tracks = [track for sequence in project.sequences.values() for track in sequence.tracks.values()]
    for done, track in enumerate(tracks):
        progress.at(done, len(tracks))
        if not (tells and any(it.box is not None for it in track.keyframes.values())):
            simplify(track, tolerance)


def simplify(track: Track, tolerance: float) -> None:
    """Move all boxes of a Track to its tracked layer and set few Keyframes, in place.

    Args:
        track: With its boxes in either layer; Keyframes that say "outside" or set attributes stay.
        tolerance: How far a straight path may be off in each edge, in pixels.
    """
    shown = shown_boxes(track, _EVERYTHING)
    if not len(shown):
        return
    needed = _needed(shown)
    setting = [frame for frame, it in track.keyframes.items() if it.attributes]
    needed |= np.isin(shown.frames, np.array(setting, dtype=np.int64))
    corners = shown.boxes.copy()
    corners[:, 2:] += corners[:, :2]
    kept = straighten(shown.frames, corners, needed, tolerance)
    keyframes = {frame: it for frame, it in track.keyframes.items() if it.box is None}
    few = shown.at(np.flatnonzero(kept))
    columns = (few.frames, few.boxes, few.occluded, few.visibility)
    for frame, box, occluded, visibility in zip(*(it.tolist() for it in columns), strict=True):
        attributes = track.keyframes[frame].attributes if frame in track.keyframes else {}
        keyframes[frame] = Keyframe(BoundingBox(*box), occluded, visibility, attributes=attributes)
    track.keyframes = Keyframes(keyframes)
    track.boxes = TrackedBoxes.from_arrays(shown.frames, shown.boxes, shown.scores.astype(np.float32), shown.statuses)


def _needed(shown: ShownBoxes) -> npt.NDArray[np.bool_]:
    """Rows ``(N,)`` where a stretch of frames begins or ends, or what is to be seen changes."""
    jump = np.diff(shown.frames) > 1
    needed = np.concatenate([[True], jump | (shown.occluded[1:] != shown.occluded[:-1])])
    needed[:-1] |= jump
    needed[-1] = True
    if (shown.visibility != shown.visibility[0]).any():
        last = shown.visibility[0]
        for row, visibility in enumerate(shown.visibility.tolist()):
            if needed[row] or abs(visibility - last) > _VISIBILITY_STEP or (visibility == 1) != (last == 1):
                needed[row] = True
                last = visibility
    return needed


def straighten(
    frames: npt.NDArray[np.int64],
    corners: npt.NDArray[np.float64],
    needed: npt.NDArray[np.bool_],
    tolerance: float,
) -> npt.NDArray[np.bool_]:
    """Few rows from which straight paths give all others: each as far behind the last as a straight path goes.

    Args:
        frames: ``(N,)``, ascending.
        corners: ``(N, 4)``, left, top, right, bottom.
        needed: bool ``(N,)``, the rows that must be among them; the first and the last are.
        tolerance: How far a path may be off in each edge, in pixels.

    Returns:
        bool ``(N,)``.
    """
    kept = needed.copy()
    count, edges = len(frames), np.ascontiguousarray(corners.T)
    stops = np.flatnonzero(needed)
    following = stops[np.minimum(np.searchsorted(stops, np.arange(count), side="right"), len(stops) - 1)]
    row = 0
    for begin in range(0, count, _BLOCK):
        end = min(begin + _BLOCK, count - 1)
        near = _near_reaches(frames, edges, following, np.arange(begin, end), tolerance).tolist()
        while row < end:
            row = near[row - begin] or _far_reach(frames, edges, row, int(following[row]), tolerance)
            kept[row] = True
    return kept


class _Cones:
    """The slopes of all straight paths from some rows that pass all rows behind them so far within the tolerance."""

    def __init__(self, count: int, tolerance: float) -> None:
        self._low = np.full((4, count), -np.inf)
        self._high = np.full((4, count), np.inf)
        self._tolerance = tolerance

    def narrow(
        self, ways: npt.NDArray[np.float64], times: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        """Pass one more row each, ``ways`` ``(4, N)`` pixels off in ``times`` ``(N,)`` frames.

        Returns:
            Whether a path may end on it, and whether any path passes it; ``(N,)`` each.
        """
        slopes = ways / times
        is_end = np.asarray(((self._low <= slopes) & (slopes <= self._high)).all(axis=0))
        np.maximum(self._low, (ways - self._tolerance) / times, out=self._low)
        np.minimum(self._high, (ways + self._tolerance) / times, out=self._high)
        return is_end, np.asarray((self._low <= self._high).all(axis=0))

    def keep(self, rows: npt.NDArray[np.bool_]) -> None:
        """Go on with some of them, bool ``(N,)``."""
        self._low, self._high = self._low[:, rows], self._high[:, rows]


def _near_reaches(
    frames: npt.NDArray[np.int64],
    edges: npt.NDArray[np.float64],
    following: npt.NDArray[np.int64],
    starts: npt.NDArray[np.int64],
    tolerance: float,
) -> npt.NDArray[np.int64]:
    """What ``_far_reach`` gives for each of many starts at once, int64 ``(N,)``; 0 where that is far.

    In noise a path passes two or three rows; looked at start by start, those would take NumPy ten times as long.
    """
    reached = starts + 1
    places, cones = np.arange(len(starts)), _Cones(len(starts), tolerance)
    for ahead in range(1, _NEAR + 1):
        is_there = starts[places] + ahead <= following[starts[places]]
        places = places[is_there]
        cones.keep(is_there)
        rows = starts[places]
        is_end, is_open = cones.narrow(edges[:, rows + ahead] - edges[:, rows], frames[rows + ahead] - frames[rows])
        reached[places[is_end]] = rows[is_end] + ahead
        places = places[is_open]
        cones.keep(is_open)
    reached[places[starts[places] + _NEAR < following[starts[places]]]] = 0
    return reached


def _far_reach(
    frames: npt.NDArray[np.int64], edges: npt.NDArray[np.float64], start: int, stop: int, tolerance: float
) -> int:
    """The row up to ``stop`` that a straight path from ``start`` reaches, passing those between within the tolerance.

    Each row leaves a cone of slopes that pass it; a path may end on a row that lies in the cone of all before.
    """
    low, high = np.full((4, 1), -np.inf), np.full((4, 1), np.inf)
    reached, begin, length = start + 1, start + 1, 2 * _NEAR
    while begin <= stop:
        length *= 2
        rows = np.arange(begin, min(begin + length, stop + 1))
        ways, times = edges[:, rows] - edges[:, start, None], frames[rows] - frames[start]
        slopes = ways / times
        lows = np.maximum.accumulate(np.hstack([low, (ways - tolerance) / times]), axis=1)
        highs = np.minimum.accumulate(np.hstack([high, (ways + tolerance) / times]), axis=1)
        is_end = ((lows[:, :-1] <= slopes) & (slopes <= highs[:, :-1])).all(axis=0)
        ends = np.maximum.accumulate(np.where(is_end, rows, reached))
        is_over = (lows[:, 1:] > highs[:, 1:]).any(axis=0) | (rows - ends > _PATIENCE)
        if is_over.any():
            over = int(np.argmax(is_over))
            return int(ends[over])
        reached, begin = int(ends[-1]), int(rows[-1]) + 1
        low, high = lows[:, -1:], highs[:, -1:]
    return reached
