"""Boxes of one Track as other tools think of them: runs that end."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.document.model import Track
from app.formats.selection import SelectedSequence, Selection
from app.formats.shown_boxes import ShownBoxes


def gone_frames(
    selection: Selection, selected: SelectedSequence, track: Track, shown: ShownBoxes
) -> npt.NDArray[np.int64]:
    """The exported frame after each run of boxes, where there is no box any more, int64 ``(R,)``, ascending.

    With nothing but a person's boxes, frames between two of them say nothing; then a run ends only by "outside", and
    by a box that the format cannot hold.

    Args:
        selection: What is exported.
        selected: The Sequence.
        track: One of its Tracks.
        shown: Its boxes, without those that the format cannot hold.
    """
    if selection.options.keyframes_only:
        lost = np.setdiff1d(selection.shown(selected, track).frames, shown.frames, assume_unique=True)
        without = np.union1d(np.array(selection.outside_frames(selected, track), dtype=np.int64), lost)
    else:
        without = np.setdiff1d(selected.frames, shown.frames, assume_unique=True)
    following = np.searchsorted(without, shown.frames, side="right")
    return np.unique(without[following[following < len(without)]])


def run_ends(shown: ShownBoxes, gone: npt.NDArray[np.int64], end: int) -> npt.NDArray[np.bool_]:
    """Which boxes are the last of their run, bool ``(N,)``; the very last one if it lies before frame ``end``."""
    following = np.append(shown.frames[1:], end)
    ends = np.searchsorted(gone, shown.frames, side="right") != np.searchsorted(gone, following, side="right")
    return np.asarray(ends, dtype=np.bool_)
