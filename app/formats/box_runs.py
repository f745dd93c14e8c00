"""Boxes of one Track as other tools think of them: runs that end, and few boxes with straight lines between."""

from __future__ import annotations

import itertools

import numpy as np
import numpy.typing as npt

from app.document.model import Track
from app.formats.selection import SelectedSequence, Selection
from app.formats.shown_boxes import Boxes, ShownBoxes


def gone_frames(
    selection: Selection, selected: SelectedSequence, track: Track, shown: ShownBoxes
) -> npt.NDArray[np.int64]:
    """The exported frame after each run of boxes, where there is no box any more, int64 ``(R,)``, ascending.

    With nothing but a person's boxes, frames between two of them say nothing; then only "outside" ends a run.
    """
    if selection.options.keyframes_only:
        without = np.array(selection.outside_frames(selected, track), dtype=np.int64)
    else:
        without = np.setdiff1d(selected.frames, shown.frames, assume_unique=True)
    following = np.searchsorted(without, shown.frames, side="right")
    return np.unique(without[following[following < len(without)]])


def run_ends(shown: ShownBoxes, gone: npt.NDArray[np.int64], end: int) -> npt.NDArray[np.bool_]:
    """Which boxes are the last of their run, bool ``(N,)``; the very last one if it lies before frame ``end``."""
    following = np.append(shown.frames[1:], end)
    ends = np.searchsorted(gone, shown.frames, side="right") != np.searchsorted(gone, following, side="right")
    return np.asarray(ends, dtype=np.bool_)


def straight_keys(
    frames: npt.NDArray[np.int64], boxes: Boxes, fixed: npt.NDArray[np.bool_], tolerance: float
) -> npt.NDArray[np.bool_]:
    """Few boxes from which straight lines give all others (Douglas and Peucker, in time).

    Args:
        frames: ``(N,)``, ascending.
        boxes: ``(N, 4)``.
        fixed: ``(N,)``, those that must be among them; the first and the last are anyway.
        tolerance: Largest distance of an edge in pixels.

    Returns:
        bool ``(N,)``.
    """
    keys = fixed.copy()
    if not len(frames):
        return keys
    keys[[0, -1]] = True
    edges = np.concatenate([boxes[:, :2], boxes[:, :2] + boxes[:, 2:]], axis=1)
    certain = np.flatnonzero(keys).tolist()
    spans = list(itertools.pairwise(certain))
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        share = ((frames[first + 1 : last] - frames[first]) / (frames[last] - frames[first]))[:, None]
        straight = edges[first] + (edges[last] - edges[first]) * share
        distance = np.abs(edges[first + 1 : last] - straight).max(axis=1)
        worst = int(distance.argmax())
        if distance[worst] > tolerance:
            keys[first + 1 + worst] = True
            spans += [(first, first + 1 + worst), (first + 1 + worst, last)]
    return keys
