"""The filter optimizer of PrDiMP: Newton steps on the KL divergence (Danelljan et al., CVPR 2020, section 4.2)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from tracker.filter_optimizer import SMALLEST_CURVATURE, FilterTrace
from tracker.radial_tables import distance_map, target_centers
from tracker.target_filter import FeatureMatrix

SMALLEST_REGULARIZATION = 0.05
EXTRA_CURVATURE = 0.05


class KLOptimizer(nn.Module):
    """Fits the softmax of the score map to a Gaussian density round the target's centre.

    Args:
        filter_size: k.
        stride: Crop pixels per feature cell.
        label_sigma: Standard deviation of the label density in cells.
    """

    def __init__(self, filter_size: int, stride: int, label_sigma: float) -> None:
        super().__init__()
        self.filter_size = filter_size
        self.stride = stride
        self.label_sigma = label_sigma
        self.log_step_length = nn.Parameter(torch.zeros(1))
        self.filter_reg = nn.Parameter(torch.full((1,), 0.05))

    def label_density(self, boxes: Tensor, rows: int, columns: int) -> Tensor:
        """Gaussian density on the score grid, summing to 1: (..., 4) crop pixels to (..., rows, columns)."""
        distance = distance_map(target_centers(boxes, self.filter_size, self.stride), rows, columns)
        variance = self.label_sigma**2
        density = torch.exp(-distance.square() / (2 * variance)) / (2 * torch.pi * variance)
        return density / (density.sum(dim=(-2, -1), keepdim=True) + 1e-8)

    def forward(
        self, filters: Tensor, features: Tensor, boxes: Tensor, weights: Tensor | None, iterations: int
    ) -> FilterTrace:
        """Runs the optimizer on B sequences; arguments and result as ``SteepestDescentOptimizer.forward``."""
        matrix = FeatureMatrix(features, self.filter_size)
        label = self.label_density(boxes, *matrix.score_size).flatten(-2)
        gamma = torch.full(boxes.shape[:2], 1.0 / matrix.samples).to(boxes) if weights is None else weights
        regularization = self.filter_reg.square().clamp(min=SMALLEST_REGULARIZATION**2)
        step_factor = torch.exp(self.log_step_length)

        scores = matrix.scores(filters).flatten(-2)
        iterates, losses = [filters], [_loss(scores, label, gamma, filters, regularization)]
        for _ in range(iterations):
            density = scores.softmax(dim=-1)
            residual = gamma[..., None] * (density - label)
            gradient = matrix.adjoint(residual.view(*boxes.shape[:2], *matrix.score_size)) + regularization * filters
            gradient_scores = matrix.scores(gradient).flatten(-2)
            variance = (density * gradient_scores.square()).sum(-1) - (density * gradient_scores).sum(-1).square()
            energy = gradient.square().sum(dim=(1, 2, 3))
            curvature = (gamma * variance.clamp(min=0)).sum(-1) + (regularization + EXTRA_CURVATURE) * energy
            step = step_factor * energy / curvature.clamp(min=SMALLEST_CURVATURE)
            filters = filters - step[:, None, None, None] * gradient
            scores = scores - step[:, None, None] * gradient_scores
            iterates.append(filters)
            losses.append(_loss(scores, label, gamma, filters, regularization))
        return FilterTrace(tuple(iterates), torch.stack(losses))


def _loss(scores: Tensor, label: Tensor, gamma: Tensor, filters: Tensor, regularization: Tensor) -> Tensor:
    divergence = torch.logsumexp(scores, dim=-1) - (label * scores).sum(-1)
    return (gamma * divergence).sum(-1) + regularization * filters.square().sum(dim=(1, 2, 3))
