"""Precise RoI pooling as two matrix products (Jiang et al., ECCV 2018; dimp paper section 3.5).

A feature value sits at the integer point (row i, column l); between the points the map is bilinear, outside it falls
to zero within one cell. The mean of that continuous map over a bin factorises into a weight per row times a weight
per column, so pooling is ``rows @ map @ columns^T``: exact, differentiable in features and boxes, on every device.
"""

from __future__ import annotations

import torch
from torch import Tensor


def hat(z: Tensor) -> Tensor:
    """Bilinear kernel ``max(0, 1 - |z|)``."""
    return (1.0 - z.abs()).clamp(min=0.0)


def hat_integral(z: Tensor) -> Tensor:
    """Integral of the hat from minus infinity to z, 0 below -1 and 1 above 1."""
    z = z.clamp(-1.0, 1.0)
    # one expression for both branches: 1/2 + z - sign(z) z^2 / 2, whose gradient is the hat itself
    return 0.5 + z - 0.5 * z * z.abs()


def bin_edges(start: Tensor, end: Tensor, bins: int) -> Tensor:
    """Edges of equal bins: ``(...)`` start and end to ``(..., bins + 1)``."""
    steps = torch.arange(bins + 1, device=start.device, dtype=start.dtype) / bins
    return start[..., None] + steps * (end - start)[..., None]


def pooling_weights(start: Tensor, end: Tensor, bins: int, cells: int) -> Tensor:
    """Share of each cell in each bin along one axis.

    Args:
        start: (...) first edge of the box in cells.
        end: (...) last edge in cells.
        bins: How many equal bins.
        cells: How many cells the map has along the axis.

    Returns:
        (..., bins, cells); all zero where ``end <= start``.
    """
    edges = bin_edges(start, end, bins)
    points = torch.arange(cells, device=start.device, dtype=start.dtype)
    integral = hat_integral(edges[..., None] - points)
    width = ((end - start) / bins)[..., None, None]
    valid = width > 0
    return torch.where(valid, (integral[..., 1:, :] - integral[..., :-1, :]) / torch.where(valid, width, 1.0), 0.0)


def precise_pool(features: Tensor, boxes: Tensor, size: int, stride: int) -> Tensor:
    """Means of the feature maps over ``size`` x ``size`` equal bins of each box.

    Args:
        features: (N, C, H, W); fastest in channels-last memory.
        boxes: (N, K, 4), K boxes an image as (x, y, w, h) in crop pixels.
        size: Bins per side.
        stride: Crop pixels per cell; a box is divided by it and by nothing else (no half-pixel shift).

    Returns:
        (N, K, C, size, size). Parts of a bin off the map count in its area. A box without area gives 0.
    """
    images, channels, height, width = features.shape
    count = boxes.shape[1]
    x, y, w, h = (boxes / stride).unbind(-1)
    has_area = ((w > 0) & (h > 0))[..., None, None]
    rows = pooling_weights(y, y + h, size, height) * has_area
    columns = pooling_weights(x, x + w, size, width)
    # the rows of all boxes share one product; indexing the map per box would copy it K times
    cells = features.permute(0, 2, 3, 1).reshape(images, height, width * channels)
    by_row = (rows.reshape(images, count * size, height) @ cells).view(images, count, size, width, channels)
    pooled = columns[:, :, None] @ by_row
    return pooled.permute(0, 1, 4, 2, 3)
