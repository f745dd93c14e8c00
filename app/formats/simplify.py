"""Boxes on every frame, as other tools write them, become tracked boxes with few Keyframes.

The tracked layer keeps every box as it was. Keyframes stand where a straight path from Keyframe to Keyframe would be
off by more than the tolerance, in any edge of the box; and where the object appears, leaves, or is hidden more or less.
"""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from app.document.model import Keyframe, Keyframes, Project, Track
from app.document.tracked_boxes import TrackedBoxes
from app.formats.format import Field, Format
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

_EVERYTHING = ExportOptions()


def simplify_project(project: Project, known: Format, tolerance: float, progress: Progress = SILENT) -> None:
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
    for row in np.flatnonzero(kept).tolist():
        frame = int(shown.frames[row])
        attributes = track.keyframes[frame].attributes if frame in track.keyframes else {}
        box = BoundingBox(*shown.boxes[row].tolist())
        visibility = float(shown.visibility[row])
        keyframes[frame] = Keyframe(box, bool(shown.occluded[row]), visibility, attributes=attributes)
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
    times, edges = frames.tolist(), corners.tolist()
    stops = np.flatnonzero(needed).tolist()
    for start, stop in pairwise(stops):
        row = start
        while row < stop:
            row = _reach(times, edges, row, stop, tolerance)
            kept[row] = True
    return kept


def _reach(frames: list[int], corners: list[list[float]], start: int, stop: int, tolerance: float) -> int:
    """The row up to ``stop`` that a straight path from ``start`` reaches, passing those between within the tolerance.

    Each row leaves a cone of slopes that pass it; a path may end on a row that lies in the cone of all before. Row by
    row in Python: in noise a path passes two or three rows, and for so few NumPy takes ten times as long.
    """
    low, high = [-math.inf] * 4, [math.inf] * 4
    begin, origin = frames[start], corners[start]
    reached = start + 1
    for row in range(start + 1, stop + 1):
        time = frames[row] - begin
        is_inside = True
        for edge, (here, there) in enumerate(zip(origin, corners[row], strict=True)):
            way = there - here
            if not low[edge] <= way / time <= high[edge]:
                is_inside = False
            low[edge] = max(low[edge], (way - tolerance) / time)
            high[edge] = min(high[edge], (way + tolerance) / time)
            if low[edge] > high[edge]:
                return reached
        if is_inside:
            reached = row
        elif row - reached > _PATIENCE:
            return reached
    return reached
