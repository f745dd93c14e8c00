"""Boxes as rows of arrays; apart from ``tracker.geometry``, which is loaded at every start and does without NumPy."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def ious(boxes: Floats, others: Floats) -> Floats:
    """IoU of boxes (..., 4) as x, y, w, h with others that broadcast with them; 0 where both are empty."""
    start = np.maximum(boxes[..., :2], others[..., :2])
    end = np.minimum(boxes[..., :2] + boxes[..., 2:], others[..., :2] + others[..., 2:])
    common = np.maximum(end - start, 0.0).prod(axis=-1)
    union = boxes[..., 2:].prod(axis=-1) + others[..., 2:].prod(axis=-1) - common
    return np.asarray(np.divide(common, union, out=np.zeros_like(union), where=union > 0))
