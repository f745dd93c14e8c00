"""What tells that a tracked box is wrong, as numbers: from what a project stores of the frames, no pictures needed.

The window's review queue and the command that fits the table of probabilities look at the same numbers.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.session.motion import Boxes, Numbers, jumps

FEATURES = ("weak score", "weakest score beside", "jump")
"""Names of the columns of ``doubt_features``, as the table of probabilities has them; the more, the more doubtful."""

REACH = 2
"""Frames to each side that a frame's numbers depend on."""

_FARTHEST = 2.0
"""Target sizes; beyond it a jump is a jump."""


def doubt_features(boxes: Boxes, scores: Numbers) -> npt.NDArray[np.float64]:
    """One row of ``FEATURES`` for each frame.

    Args:
        boxes: Frames in a row; NaN where the target is lost or nothing is stored.
        scores: Of the score maps; NaN where nothing was tracked.
    """
    weak = 1.0 - np.clip(np.nan_to_num(scores, nan=1.0), 0.0, 1.0)
    beside = np.pad(weak, REACH, mode="edge")
    weakest = np.max([beside[shift : shift + len(weak)] for shift in range(2 * REACH + 1)], axis=0)
    return np.stack([weak, weakest, np.clip(both_ways(jumps(boxes)), 0.0, _FARTHEST)], axis=1)


def both_ways(moves: Numbers) -> Numbers:
    """The larger of a frame's own move and the next one's: a jump is as doubtful before as after it.

    Time may have run either way.
    """
    both = np.maximum(moves, np.append(moves[1:], moves[-1:]))
    both[-1:] = moves[-1:]
    return both
