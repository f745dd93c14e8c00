"""Learned functions of the distance to the target's centre (paper section 3.4, equation 7)."""

from __future__ import annotations

import torch
from torch import Tensor

TABLE_ENTRIES = 100
ENTRY_DISTANCE = 0.1
"""Distance between two entries in score cells."""


def target_centers(boxes: Tensor, filter_size: int, stride: int) -> Tensor:
    """Box centres in score cells.

    Args:
        boxes: (..., 4) as (x, y, w, h) in crop pixels.
        filter_size: Side k of the filter; an odd one shifts the score grid by half a cell.
        stride: Crop pixels per cell.

    Returns:
        (..., 2) as (row, column).
    """
    x, y, w, h = boxes.unbind(-1)
    return torch.stack((y + h / 2, x + w / 2), dim=-1) / stride - (filter_size % 2) / 2


def distance_map(centers: Tensor, rows: int, columns: int) -> Tensor:
    """Euclidean distance of every score cell to a centre: (..., 2) to (..., rows, columns), in cells."""
    row = torch.arange(rows, device=centers.device, dtype=centers.dtype)[:, None] - centers[..., 0, None, None]
    column = torch.arange(columns, device=centers.device, dtype=centers.dtype) - centers[..., 1, None, None]
    return torch.sqrt(row.square() + column.square())


class TablePositions:
    """Where each distance falls in a table; one lookup place for all tables.

    Args:
        distances: Any shape, in cells. Beyond the last entry tables are constant.
    """

    def __init__(self, distances: Tensor) -> None:
        position = (distances / ENTRY_DISTANCE).clamp(max=TABLE_ENTRIES - 1)
        lower = position.floor().clamp(max=TABLE_ENTRIES - 2)
        self._fraction = position - lower
        self._lower = lower.long()

    def interpolate(self, table: Tensor) -> Tensor:
        """Linear interpolation in a (100,) table, in the shape of the distances; differentiable in the table."""
        return torch.lerp(table[self._lower], table[self._lower + 1], self._fraction)
