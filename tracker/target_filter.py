"""Applying the target model filter and its adjoint, as plain matrix products (paper section 3.1).

Features are never unfolded: a product of the features with the k*k columns of the filter gives k*k planes, which are
then added with their shifts; the adjoint shifts the small residual instead of the features. Features in channels-last
memory are used where they lie.
"""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor


class FeatureMatrix:
    """Features of one or more sequences, ready to be filtered many times.

    A score map has one row and column more than the features where k is even. Score cell t sees feature cells
    t - k//2 ... t + k - 1 - k//2, so that cell t is centred at crop coordinate ``16 t``.

    Args:
        features: (B, n, C, H, W), n samples in each of B sequences.
        filter_size: Side k of the filter.
    """

    def __init__(self, features: Tensor, filter_size: int) -> None:
        self.sequences, self.samples, self.channels, self.rows, self.columns = features.shape
        self.filter_size = filter_size
        self._padding = filter_size - 1 - filter_size // 2
        self._matrix = features.permute(0, 1, 3, 4, 2).reshape(self.sequences, -1, self.channels)

    @property
    def score_size(self) -> tuple[int, int]:
        """(rows, columns) of a score map."""
        return self.rows + (self.filter_size + 1) % 2, self.columns + (self.filter_size + 1) % 2

    def scores(self, filters: Tensor) -> Tensor:
        """Cross-correlation of every sample with its sequence's filter: (B, C, k, k) to (B, n, rows, columns)."""
        k = self.filter_size
        # reversed taps turn the correlation's gather into the scatter that fold computes
        taps = filters.flip(-1, -2).reshape(self.sequences, self.channels, k * k)
        planes = (self._matrix @ taps).view(self.sequences * self.samples, self.rows * self.columns, k * k)
        maps = F.fold(planes.transpose(1, 2), self.score_size, k, padding=self._padding)
        return maps.view(self.sequences, self.samples, *self.score_size)

    def adjoint(self, maps: Tensor) -> Tensor:
        """Transpose of ``scores``, summed over samples: (B, n, rows, columns) to (B, C, k, k)."""
        k = self.filter_size
        padded = F.pad(maps, (self._padding,) * 4)
        # (B, n, k, k, rows, columns): a view, where F.unfold would copy cell by cell
        shifted = padded.unfold(2, self.rows, 1).unfold(3, self.columns, 1).permute(0, 2, 3, 1, 4, 5)
        taps = shifted.reshape(self.sequences, k * k, -1) @ self._matrix
        return taps.view(self.sequences, k, k, self.channels).flip(1, 2).permute(0, 3, 1, 2)
