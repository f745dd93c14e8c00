"""What the tracker says about one frame: numpy and plain numbers only, so that messages and views may carry it."""

from __future__ import annotations

import enum
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracker.geometry import BoundingBox


class TrackStatus(enum.IntEnum):
    """How sure the localisation was (the leaves of the decision tree of the online tracker).

    The numbers are stored in project files; never renumber them.
    """

    FOUND = 0
    """One clear peak."""
    HARD_NEGATIVE = 1
    """Found, with a second peak elsewhere that the tracker learns to reject."""
    UNCERTAIN = 2
    """Two peaks that cannot be told apart, or one that jumps away from where optical flow saw the target go: the box
    moves, the memory does not. In a project also: two runs into a gap found the target in different places."""
    NOT_FOUND = 3
    """No peak above the threshold: the box is the last known one."""


@dataclass(frozen=True, slots=True)
class TrackResult:
    """The tracker's answer for one frame.

    Attributes:
        box: Target box in image pixels; the last known one where ``status`` is ``NOT_FOUND``.
        score: Maximum of the score map.
        status: How the score map was read.
        score_map: Confidence, float32 ``(rows, columns)``, read-only.
        score_map_box: Place of the score map in image pixels. Cells are centred at crop coordinate 16 t, so the map
            reaches half a cell beyond the crop on every side.
    """

    box: BoundingBox
    score: float
    status: TrackStatus
    score_map: npt.NDArray[np.float32]
    score_map_box: BoundingBox
