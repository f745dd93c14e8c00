"""The unrolled steepest-descent optimizer of the target model filter (paper sections 3.1, 3.2 and 3.4)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from tracker.radial_tables import ENTRY_DISTANCE, TABLE_ENTRIES, TablePositions, distance_map, target_centers
from tracker.target_filter import FeatureMatrix

SMALLEST_REGULARIZATION = 1e-3
SMALLEST_CURVATURE = 1e-8


@dataclass(frozen=True, slots=True)
class FilterTrace:
    """What an optimizer did.

    Attributes:
        filters: All iterates, the start included: ``iterations + 1`` of (B, C, k, k), or (C, k, k) for one sequence.
        losses: Loss of every iterate, (iterations + 1, B), or (iterations + 1,) for one sequence.
    """

    filters: tuple[Tensor, ...]
    losses: Tensor

    @property
    def final(self) -> Tensor:
        """The last filter."""
        return self.filters[-1]


class SteepestDescentOptimizer(nn.Module):
    """Minimises the learned discriminative loss by steepest descent with Gauss-Newton step lengths.

    Label, target mask and spatial weight are functions of the distance to the target's centre, each a table of 100
    learned numbers; step factor and regulariser are learned too. Sequences are independent. Gradients flow through all
    iterations to tables, features and start; the sign of the scores counts as constant.

    Args:
        filter_size: k.
        stride: Crop pixels per feature cell.
        label_sigma: Width of the initial label in cells.
    """

    def __init__(self, filter_size: int, stride: int, label_sigma: float) -> None:
        super().__init__()
        self.filter_size = filter_size
        self.stride = stride
        distance = torch.arange(TABLE_ENTRIES) * ENTRY_DISTANCE
        gaussian = torch.exp(-distance.square() / (2 * label_sigma**2))
        self.log_step_length = nn.Parameter(torch.full((1,), math.log(0.9)))
        self.filter_reg = nn.Parameter(torch.full((1,), 0.1))
        self.label_table = nn.Parameter(gaussian - gaussian.min())
        self.mask_table = nn.Parameter(3.0 * torch.tanh(2.0 - distance))
        self.weight_table = nn.Parameter(torch.ones(TABLE_ENTRIES))

    def radial_maps(self, boxes: Tensor, rows: int, columns: int) -> tuple[Tensor, Tensor, Tensor]:
        """Label y, target mask m and spatial weight v round the boxes' centres.

        Args:
            boxes: (..., 4) as (x, y, w, h) in crop pixels.
            rows: Height of the score map in cells.
            columns: Width of the score map in cells.

        Returns:
            Three maps (..., rows, columns).
        """
        centers = target_centers(boxes, self.filter_size, self.stride)
        positions = TablePositions(distance_map(centers, rows, columns))
        label = positions.interpolate(self.label_table)
        mask = torch.sigmoid(positions.interpolate(self.mask_table))
        return label, mask, positions.interpolate(self.weight_table)

    def forward(
        self, filters: Tensor, features: Tensor, boxes: Tensor, weights: Tensor | None, iterations: int
    ) -> FilterTrace:
        """Runs the optimizer on B sequences.

        Args:
            filters: (B, C, k, k) start; zero is a legal one.
            features: (B, n, C, H, W).
            boxes: (B, n, 4) as (x, y, w, h) in crop pixels.
            weights: (B, n) weight of each sample, used as given; None for 1/n each.
            iterations: How many steps.

        Returns:
            All iterates and their losses.
        """
        matrix = FeatureMatrix(features, self.filter_size)
        label, mask, spatial = self.radial_maps(boxes, *matrix.score_size)
        gamma = torch.full(boxes.shape[:2], 1.0 / matrix.samples).to(boxes) if weights is None else weights
        omega = spatial * gamma.sqrt()[..., None, None]
        regularization = self.filter_reg.square().clamp(min=SMALLEST_REGULARIZATION**2)
        step_factor = torch.exp(self.log_step_length)
        half_sum, half_difference = (1.0 + mask) / 2, (1.0 - mask) / 2

        scores = matrix.scores(filters)
        iterates, losses = [filters], []
        for _ in range(iterations):
            slope = half_difference * scores.detach().sign() + half_sum
            residual = omega * (slope * scores - label)
            losses.append(_loss(residual, filters, regularization))
            weighted_slope = omega * slope
            gradient = matrix.adjoint(weighted_slope * residual) + regularization * filters
            gradient_scores = matrix.scores(gradient)
            energy = gradient.square().sum(dim=(1, 2, 3))
            curvature = (weighted_slope * gradient_scores).square().sum(dim=(1, 2, 3)) + regularization * energy
            step = (step_factor * energy / curvature.clamp(min=SMALLEST_CURVATURE))[:, None, None, None]
            filters = filters - step * gradient
            # scores are linear in the filter, so that the next ones need no further product
            scores = scores - step * gradient_scores
            iterates.append(filters)
        slope = half_difference * scores.detach().sign() + half_sum
        losses.append(_loss(omega * (slope * scores - label), filters, regularization))
        return FilterTrace(tuple(iterates), torch.stack(losses))


def _loss(residual: Tensor, filters: Tensor, regularization: Tensor) -> Tensor:
    return residual.square().sum(dim=(1, 2, 3)) + regularization * filters.square().sum(dim=(1, 2, 3))
