"""First guess of the target model filter from annotated samples (paper section 3.3, "model initializer")."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from tracker.precise_pooling import precise_pool


class FilterInitializer(nn.Module):
    """A 3x3 convolution, pooled over the target's box to k x k, averaged over the samples.

    Args:
        channels: C.
        filter_size: k.
        stride: Crop pixels per feature cell.
    """

    def __init__(self, channels: int, filter_size: int, stride: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1)
        self.filter_size = filter_size
        self.stride = stride
        nn.init.normal_(self.conv.weight, std=math.sqrt(2.0 / (9 * channels)))
        nn.init.zeros_(self.conv.bias)  # type: ignore[arg-type]

    @torch.no_grad()
    def set_identity(self) -> None:
        """Makes the convolution pass its input through: the filter is then the pooled target itself."""
        nn.init.dirac_(self.conv.weight)
        nn.init.zeros_(self.conv.bias)  # type: ignore[arg-type]

    def forward(self, features: Tensor, boxes: Tensor) -> Tensor:
        """Filters of B sequences.

        Args:
            features: (B, n, C, H, W), normalised.
            boxes: (B, n, 4) as (x, y, w, h) in crop pixels.

        Returns:
            (B, C, k, k).
        """
        sequences, samples = features.shape[:2]
        mapped = self.conv(features.flatten(0, 1))
        pooled = precise_pool(mapped, boxes.reshape(-1, 1, 4), self.filter_size, self.stride)
        return pooled.view(sequences, samples, *pooled.shape[2:]).mean(dim=1)
