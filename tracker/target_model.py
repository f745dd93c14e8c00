"""The target model branch: head, initialiser and optimizer of the filter that tells target from background."""

from __future__ import annotations

from torch import Tensor, nn

from tracker.classification_head import InstanceL2Norm, make_head
from tracker.filter_initializer import FilterInitializer
from tracker.filter_optimizer import FilterTrace, SteepestDescentOptimizer
from tracker.kl_optimizer import KLOptimizer
from tracker.network_config import HeadKind, NetworkConfig, OptimizerKind
from tracker.target_filter import FeatureMatrix

STRIDE = 16


class TargetModel(nn.Module):
    """Everything that is learned offline about making a filter; the filter itself belongs to a tracker.

    All forms are batched over B sequences of n samples. Boxes are (x, y, w, h) in crop pixels.

    Args:
        config: The network's structure.
        inputs: Channels of the trunk at stride 16.
    """

    def __init__(self, config: NetworkConfig, inputs: int) -> None:
        super().__init__()
        self.filter_size = config.filter_size
        self.head = make_head(config.head, inputs, config.filter_channels)
        self.norm = InstanceL2Norm(config.filter_channels, config.filter_size)
        self.initializer = FilterInitializer(config.filter_channels, config.filter_size, STRIDE)
        if config.head is HeadKind.PROJECTION:
            self.initializer.set_identity()
        self.optimizer: SteepestDescentOptimizer | KLOptimizer
        match config.optimizer:
            case OptimizerKind.STEEPEST_DESCENT:
                self.optimizer = SteepestDescentOptimizer(config.filter_size, STRIDE, config.label_sigma)
            case OptimizerKind.KL_DIVERGENCE:
                self.optimizer = KLOptimizer(config.filter_size, STRIDE, config.label_sigma)
                nn.init.zeros_(self.initializer.conv.weight)

    def features(self, stride16: Tensor) -> Tensor:
        """Normalised classification features: (N, C16, H, W) to (N, C, H, W)."""
        normalised: Tensor = self.norm(self.head(stride16))
        return normalised

    def initialize(self, features: Tensor, boxes: Tensor) -> Tensor:
        """First filters: features (B, n, C, H, W), boxes (B, n, 4) to (B, C, k, k)."""
        filters: Tensor = self.initializer(features, boxes)
        return filters

    def optimize(
        self, filters: Tensor, features: Tensor, boxes: Tensor, weights: Tensor | None, iterations: int
    ) -> FilterTrace:
        """Refines filters (B, C, k, k) on features (B, n, C, H, W) with boxes (B, n, 4) and weights (B, n) or 1/n."""
        trace: FilterTrace = self.optimizer(filters, features, boxes, weights, iterations)
        return trace

    def scores(self, filters: Tensor, features: Tensor) -> Tensor:
        """Score maps: filters (B, C, k, k) on features (B, n, C, H, W) to (B, n, H + 1, W + 1) for an even k."""
        return FeatureMatrix(features, self.filter_size).scores(filters)
