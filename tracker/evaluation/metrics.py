"""How good tracked boxes are, by the measures of the Online Tracking Benchmark (Wu et al., PAMI 2015).

Only frames with a true box count. A frame without a tracked box counts as an overlap of 0 and a distance of infinity.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracker.geometry import BoundingBox, iou

OVERLAP_THRESHOLDS = np.linspace(0.0, 1.0, 21)
"""Where the success plot is read: 0, 0.05, ... 1."""

PRECISION_PIXELS = 20.0
SUCCESS_OVERLAP = 0.5

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Measures of one run.

    Attributes:
        auc: Area under the success plot: mean over 21 overlap thresholds of the share of frames above.
        precision: Share of frames whose box centre is at most 20 pixels off.
        success: Share of frames with an IoU above 0.5.
        frames: Number of frames that counted.
    """

    auc: float
    precision: float
    success: float
    frames: int


def measure(tracked: Sequence[BoundingBox | None], true: Sequence[BoundingBox | None]) -> Accuracy:
    """Measures tracked boxes against the true ones of the same frames, the first included.

    Raises:
        ValueError: Different lengths, or no true box at all.
    """
    pairs = [(a, b) for a, b in zip(tracked, true, strict=True) if b is not None]
    if not pairs:
        raise ValueError("no frame has a true box")
    overlaps = np.array([iou(a, b) if a else 0.0 for a, b in pairs])
    distances = np.array([math.dist(a.center, b.center) if a else math.inf for a, b in pairs])
    return Accuracy(
        auc=float(success_plot(overlaps).mean()),
        precision=float((distances <= PRECISION_PIXELS).mean()),
        success=float((overlaps > SUCCESS_OVERLAP).mean()),
        frames=len(pairs),
    )


def success_plot(overlaps: Floats) -> Floats:
    """Share of frames with an overlap above each of ``OVERLAP_THRESHOLDS``: (n,) to (21,)."""
    shares: Floats = (overlaps[:, None] > OVERLAP_THRESHOLDS).mean(axis=0)
    return shares
