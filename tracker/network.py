"""The whole network, with the operations that an online tracker asks of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from tracker.backbone import Features, joined, make_trunk
from tracker.compiled_session import CompiledSession, has_one_core, on_all_cores
from tracker.crop_graph import crop_graph
from tracker.filter_optimizer import FilterTrace
from tracker.iou_predictor import IoUPredictor
from tracker.network_config import NETWORK_CONFIGS, NetworkConfig
from tracker.onnx_export import INPUT
from tracker.seen_crops import SeenCrop, SeenCrops
from tracker.spare_core import Later, SpareCore
from tracker.target_model import TargetModel

__all__ = ["NETWORK_CONFIGS", "DimpNetwork", "Features", "FilterTrace", "NetworkConfig"]

T = TypeVar("T")


class DimpNetwork(nn.Module):
    """Trunk, target model branch and box branch (paper figure 2).

    The methods here serve one sequence at a time. Training uses the batched forms of ``target_model`` and
    ``iou_branch``. Boxes are (x, y, w, h) in crop pixels.

    Args:
        config: The structure.
    """

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        self.config = config
        self.backbone = make_trunk(config.backbone)
        channels8, channels16 = self.backbone.stride8_channels, self.backbone.stride16_channels
        self.target_model = TargetModel(config, channels16)
        self.iou_branch = IoUPredictor(channels8, channels16, config.iou_widths)
        self._compiled: CompiledSession | None = None
        self._cores = 1
        self._spare_core = SpareCore()
        self._seen_crops = SeenCrops()

    @property
    def device(self) -> torch.device:
        """Where the weights are."""
        return self.backbone.mean.device

    @property
    def is_compiled(self) -> bool:
        """Whether ONNX Runtime does the convolutions."""
        return self._compiled is not None

    @property
    def cores(self) -> int:
        """How many targets can be tracked at the same time, each on a processor core of its own."""
        return self._cores if self._compiled else 1

    @property
    def iou_predictor(self) -> IoUPredictor | None:
        """The box branch, or None as long as it is untrained."""
        return self.iou_branch if self.config.has_trained_iou else None

    def meanwhile(self, work: Callable[[], T]) -> Later[T]:
        """Something that is needed later only, done by another core while this thread goes on.

        Where no core is spare, or where PyTorch has threads of its own or works on a graphics card, it is done at once.
        """
        later = Later(work)
        if self.cores > 1 and not has_one_core():
            self._spare_core.begin(later)
        else:
            later.value()
        return later

    def see(self, crops: Tensor) -> tuple[Features, Tensor]:
        """All that is computed of crops whatever the target is.

        Args:
            crops: (N, 3, S, S), RGB 0..255 of any type and memory layout, S a multiple of 16.

        Returns:
            Trunk features, and classification features (N, C, S/16, S/16) as of ``classification_features``.
        """
        if not self._compiled:
            features = self.extract_features(crops)
            return features, self.classification_features(features)
        seen = self._look_at_each(crops)
        if len(seen) == 1:
            return seen[0].features, seen[0].x
        return joined([crop.features for crop in seen]), torch.cat([crop.x for crop in seen])

    def see_each(self, crops: Tensor) -> list[SeenCrop]:
        """``see``, crop by crop; for crops that may come again, which ONNX Runtime does not look at again then."""
        if self._compiled:
            return self._seen_crops.recall(crops, self._look_at_each)
        features, x = self.see(crops)
        return [SeenCrop(features[i : i + 1], x[i : i + 1].clone()) for i in range(len(x))]

    def _look_at_each(self, crops: Tensor) -> list[SeenCrop]:
        """By ONNX Runtime crop by crop: maps of many would not fit the caches. A core each where there are several."""
        compiled = self._compiled
        assert compiled is not None

        def look(crop: npt.NDArray[np.float32]) -> SeenCrop:
            stride8, stride16, x = map(torch.from_numpy, compiled.run({INPUT: crop[None]}))
            return SeenCrop(Features(stride8, stride16), x.permute(0, 3, 1, 2))

        pictures = crops.to(torch.float32, memory_format=torch.contiguous_format).numpy()
        return on_all_cores(look, list(pictures), self._cores)

    def forget_crops(self) -> None:
        """Lets go of what ``see_each`` keeps."""
        self._seen_crops.forget()

    def extract_features(self, crops: Tensor) -> Features:
        """Trunk features of crops (N, 3, S, S), RGB 0..255 of any type and memory layout, S a multiple of 16."""
        # colours apart: arithmetic with one number a colour is ten times as fast as on interleaved ones
        crops = self.backbone.normalize(crops.to(torch.float32, memory_format=torch.contiguous_format))
        return Features(*self.backbone(crops.contiguous(memory_format=torch.channels_last)))

    def classification_features(self, features: Features) -> Tensor:
        """Normalised features (N, C, S/16, S/16) for the target model."""
        return self.target_model.features(features.stride16)

    def compile_graphs(self, threads: int) -> None:
        """Has ONNX Runtime do ``see`` and the box refinement from now on; for tracking on the CPU with fixed weights.

        Args:
            threads: How many processor cores share one call.

        Raises:
            ImportError: ONNX Runtime is not installed.
            RuntimeError: It does not accept a graph.
            UnknownLayerError: A graph holds a layer that is not translated.
        """
        compiled = CompiledSession(crop_graph(self.backbone, self.target_model), threads)
        self.iou_branch.compile_graphs(threads)
        self._compiled, self._cores = compiled, threads

    def initialize_filter(self, x: Tensor, boxes: Tensor) -> Tensor:
        """First filter (C, k, k) from samples x (n, C, h, w) with target boxes (n, 4)."""
        return self.target_model.initialize(x[None], boxes[None])[0]

    def optimize_filter(
        self, target_filter: Tensor, x: Tensor, boxes: Tensor, weights: Tensor | None, iterations: int
    ) -> FilterTrace:
        """Refines a filter (C, k, k) on samples x (n, C, h, w), boxes (n, 4), weights (n,) or 1/n each.

        Returns:
            ``iterations + 1`` filters (C, k, k), and as many losses.
        """
        weights = None if weights is None else weights[None]
        trace = self.target_model.optimize(target_filter[None], x[None], boxes[None], weights, iterations)
        return FilterTrace(tuple(iterate[0] for iterate in trace.filters), trace.losses[:, 0])

    def scores(self, target_filter: Tensor, x: Tensor) -> Tensor:
        """Score maps (n, h + 1, w + 1) of a filter (C, k, k) on samples x (n, C, h, w)."""
        return self.target_model.scores(target_filter[None], x[None])[0]
