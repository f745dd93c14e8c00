"""What stands in for a part of the tracker in an ablation. Nothing of it is in the tracker itself."""

from __future__ import annotations

import torch
from torch import Tensor

from tracker.dimp_tracker import DimpTracker
from tracker.filter_initializer import FilterInitializer
from tracker.filter_optimizer import SMALLEST_REGULARIZATION, FilterTrace, SteepestDescentOptimizer
from tracker.result import TrackStatus
from tracker.sample_memory import Sample
from tracker.spare_core import Later
from tracker.target_filter import FeatureMatrix
from tracker.tracker_state import TrackerState


class ZeroInitializer(FilterInitializer):
    """No initialiser: the optimizer starts from a filter of zeros."""

    def forward(self, features: Tensor, boxes: Tensor) -> Tensor:  # noqa: ARG002 - as of the class it stands in for
        """Filters (B, C, k, k) of zeros for features (B, n, C, H, W)."""
        sequences, _, channels = features.shape[:3]
        return features.new_zeros(sequences, channels, self.filter_size, self.filter_size)


class GradientDescentOptimizer(SteepestDescentOptimizer):
    """The learned loss of another optimizer, minimised with steps of one length (paper table 1, "gradient descent").

    Args:
        learned: Label, mask, weight and regulariser are its.
        step: Length of a step, over the gradient.
    """

    def __init__(self, learned: SteepestDescentOptimizer, step: float) -> None:
        super().__init__(learned.filter_size, learned.stride, label_sigma=1.0)
        self.load_state_dict(learned.state_dict())
        self.requires_grad_(requires_grad=False).to(learned.filter_reg.device)
        self.step = step

    def forward(
        self, filters: Tensor, features: Tensor, boxes: Tensor, weights: Tensor | None, iterations: int
    ) -> FilterTrace:
        """Arguments and result as of ``SteepestDescentOptimizer``; a step to numbers without end is not made."""
        matrix = FeatureMatrix(features, self.filter_size)
        label, mask, spatial = self.radial_maps(boxes, *matrix.score_size)
        gamma = torch.full(boxes.shape[:2], 1.0 / matrix.samples).to(boxes) if weights is None else weights
        omega = spatial * gamma.sqrt()[..., None, None]
        regularization = self.filter_reg.square().clamp(min=SMALLEST_REGULARIZATION**2)

        iterates, losses = [filters], []
        for left in range(iterations, -1, -1):
            scores = matrix.scores(iterates[-1])
            slope = (1 - mask) / 2 * scores.sign() + (1 + mask) / 2
            residual = omega * (slope * scores - label)
            losses.append(
                residual.square().sum(dim=(1, 2, 3)) + regularization * iterates[-1].square().sum(dim=(1, 2, 3))
            )
            if left:
                gradient = matrix.adjoint(omega * slope * residual) + regularization * iterates[-1]
                following = iterates[-1] - self.step * gradient
                iterates.append(following if following.abs().max() < 1e6 else iterates[-1])
        return FilterTrace(tuple(iterates), torch.stack(losses))


class AveragingTracker(DimpTracker):
    """Keeps a running mean of the filters that each frame alone would give, in place of the memory (paper table 3).

    Attributes:
        rate: Share of a frame's own filter.
    """

    rate: float = 0.0

    def _learn(self, state: TrackerState, sample: Sample, status: TrackStatus) -> None:  # noqa: ARG002 - all the same
        network, iterations = self._network, self.config.update.initial_iterations
        box = torch.tensor([[sample.box.x, sample.box.y, sample.box.w, sample.box.h]], dtype=torch.float32)
        box = box.to(sample.features.device)
        start = network.initialize_filter(sample.features, box)
        own = network.optimize_filter(start, sample.features, box, None, iterations).final
        state.target_filter = Later.known(torch.lerp(state.target_filter.value(), own, self.rate))
