"""The box branch: an IoU-Net that says how well a box fits the target (paper section 3.5; ATOM, CVPR 2019)."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import torch
from torch import Tensor, nn

from tracker.backbone import Features
from tracker.compiled_ascent import CompiledAscent
from tracker.iou_gradient import BoxLayer, IoUGradient, ordered_weight
from tracker.network_config import IoUWidths
from tracker.precise_pooling import precise_pool
from tracker.refinement_space import RefinementSpace

REFERENCE_BINS_8 = 3
REFERENCE_BINS_16 = 1
TEST_BINS_8 = 5
TEST_BINS_16 = 3
RECENT_TARGETS = 8
"""How many targets' box layers are kept, 1.5 MB each in the default model."""


@dataclass(frozen=True, slots=True)
class Modulation:
    """What the annotated picture says about the target, as one factor a channel.

    Attributes:
        stride8: (N, test8 channels).
        stride16: (N, test16 channels).
    """

    stride8: Tensor
    stride16: Tensor

    def to(self, device: torch.device) -> Modulation:
        """The same on a device."""
        return Modulation(self.stride8.to(device), self.stride16.to(device))


@dataclass(frozen=True, slots=True)
class IoUFeatures:
    """Test features of N crops: stride8 (N, test8, S/8, S/8), stride16 (N, test16, S/16, S/16)."""

    stride8: Tensor
    stride16: Tensor

    def __getitem__(self, images: slice) -> IoUFeatures:
        """The features of some of the images; a view."""
        return IoUFeatures(self.stride8[images], self.stride16[images])


class ConvBlock(nn.Module):
    """Convolution with bias, batch-norm, ReLU."""

    def __init__(self, inputs: int, outputs: int, kernel: int, padding: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, kernel, padding=padding)
        self.bn = nn.BatchNorm2d(outputs)
        self.activation = nn.ReLU(inplace=True)
        _initialise(self.conv, self.bn)

    def forward(self, x: Tensor) -> Tensor:
        """(N, inputs, H, W) to (N, outputs, H', W')."""
        out: Tensor = self.activation(self.bn(self.conv(x)))
        return out


class LinearBlock(nn.Module):
    """Linear layer with bias, batch-norm, ReLU."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.linear = nn.Linear(inputs, outputs)
        self.bn = nn.BatchNorm1d(outputs)
        self.activation = nn.ReLU(inplace=True)
        _initialise(self.linear, self.bn)

    def forward(self, x: Tensor) -> Tensor:
        """(N, inputs) to (N, outputs)."""
        out: Tensor = self.activation(self.bn(self.linear(x)))
        return out


class IoUPredictor(nn.Module):
    """Predicts ``2 IoU - 1`` of candidate boxes (or a log-density, in PrDiMP) and climbs it.

    Args:
        channels8: Channels of the trunk at stride 8.
        channels16: Channels of the trunk at stride 16.
        widths: Channel counts inside.
    """

    def __init__(self, channels8: int, channels16: int, widths: IoUWidths) -> None:
        super().__init__()
        self._channels = channels8, channels16
        self._test_widths = widths.test8, widths.test16
        concatenated = widths.reference_vector + widths.reference16
        self.reference8 = ConvBlock(channels8, widths.reference8, 3, 1)
        self.reference8_vector = ConvBlock(widths.reference8, widths.reference_vector, 3, 0)
        self.reference16 = ConvBlock(channels16, widths.reference16, 3, 1)
        self.modulation8 = ConvBlock(concatenated, widths.test8, 1, 0)
        self.modulation16 = ConvBlock(concatenated, widths.test16, 1, 0)
        self.test8 = nn.Sequential(
            ConvBlock(channels8, widths.test8, 3, 1), ConvBlock(widths.test8, widths.test8, 3, 1)
        )
        self.test16 = nn.Sequential(
            ConvBlock(channels16, widths.test16, 3, 1), ConvBlock(widths.test16, widths.test16, 3, 1)
        )
        self.box8 = LinearBlock(widths.test8 * TEST_BINS_8**2, widths.hidden)
        self.box16 = LinearBlock(widths.test16 * TEST_BINS_16**2, widths.hidden)
        self.output = nn.Linear(2 * widths.hidden, 1)
        # copies of weights, so neither saved nor trained; buffers, so that they follow to another device
        self.register_buffer("ordered8", None, persistent=False)
        self.register_buffer("ordered16", None, persistent=False)
        self._compiled: CompiledAscent | None = None
        self._recent_layers: deque[tuple[Modulation, tuple[BoxLayer, BoxLayer]]] = deque(maxlen=RECENT_TARGETS)
        self.ordered8: Tensor | None
        self.ordered16: Tensor | None
        nn.init.kaiming_normal_(self.output.weight)
        nn.init.zeros_(self.output.bias)

    def modulation(self, features: Features, boxes: Tensor) -> Modulation:
        """The modulation vectors of N annotated crops; boxes (N, 4) in crop pixels."""
        boxes = boxes[:, None]
        pooled8 = precise_pool(self.reference8(features.stride8), boxes, REFERENCE_BINS_8, 8)
        pooled16 = precise_pool(self.reference16(features.stride16), boxes, REFERENCE_BINS_16, 16)
        vector = torch.cat((self.reference8_vector(pooled8[:, 0]), pooled16[:, 0]), dim=1)
        return Modulation(self.modulation8(vector).flatten(1), self.modulation16(vector).flatten(1))

    def test_features(self, features: Features) -> IoUFeatures:
        """The maps that boxes are pooled from, once a crop."""
        return IoUFeatures(self.test8(features.stride8), self.test16(features.stride16))

    def predict_batch(self, features: IoUFeatures, modulation: Modulation, boxes: Tensor) -> Tensor:
        """Predictions for K boxes in each of N crops: boxes (N, K, 4), modulation (N, channels); to (N, K)."""
        # pooling and modulation are both linear and per channel, so that pooling first gives the same at less cost
        pooled8, pooled16 = self.pooled(features, boxes)
        pooled8 = pooled8 * modulation.stride8[:, None, :, None, None]
        pooled16 = pooled16 * modulation.stride16[:, None, :, None, None]
        hidden8 = self.box8(pooled8.flatten(0, 1).flatten(1))
        hidden16 = self.box16(pooled16.flatten(0, 1).flatten(1))
        out: Tensor = self.output(torch.cat((hidden8, hidden16), dim=1))
        return out.view(boxes.shape[:2])

    def pooled(self, features: IoUFeatures, boxes: Tensor) -> tuple[Tensor, Tensor]:
        """What boxes (N, K, 4) in each of N crops hold before modulation: (N, K, C, 5, 5) and (N, K, C, 3, 3)."""
        pooled8 = precise_pool(features.stride8, boxes, TEST_BINS_8, 8)
        return pooled8, precise_pool(features.stride16, boxes, TEST_BINS_16, 16)

    def predict(self, features: IoUFeatures, modulation: Modulation, boxes: Tensor) -> Tensor:
        """Predictions for boxes (K, 4) in one crop: (K,)."""
        return self.predict_batch(features, modulation, boxes[None])[0]

    def refine(
        self,
        features: IoUFeatures,
        modulation: Modulation,
        boxes: Tensor,
        space: RefinementSpace,
        iterations: int,
        step: float,
        decay: float,
    ) -> tuple[Tensor, Tensor]:
        """Gradient ascent of boxes in one crop on the prediction.

        Args:
            features: Test features of one crop.
            modulation: One pair of modulation vectors.
            boxes: (K, 4) as (x, y, w, h) in crop pixels.
            space: Coordinates of the ascent.
            iterations: How many steps.
            step: Step length.
            decay: Factor on the step length after each step.

        Returns:
            The moved boxes (K, 4), and the prediction for each (K,) as of *before* its last step.
        """
        climb = self._by_formula(features, modulation) or partial(self._by_autograd, features, modulation)
        reference_size = boxes[:1, 2:]
        iou = boxes.new_zeros(len(boxes))
        for _ in range(iterations):
            iou, gradient = climb(boxes)
            boxes = moved(boxes, gradient, reference_size, space, step)
            step *= decay
        return boxes, iou

    def refine_candidates(
        self,
        features: Features,
        modulation: Modulation,
        boxes: Tensor,
        space: RefinementSpace,
        iterations: int,
        step: float,
        decay: float,
    ) -> tuple[Tensor, Tensor]:
        """``refine`` for several groups of candidates at once, from trunk features.

        Args:
            features: Trunk features of N crops.
            modulation: One pair of modulation vectors.
            boxes: (N, G, K, 4), G groups of K boxes in each crop.
            space: As in ``refine``; in relative coordinates the first box of each group is the measure.
            iterations: How many steps.
            step: Step length.
            decay: Factor on the step length after each step.

        Returns:
            The moved boxes (N, G, K, 4), and the prediction for each (N, G, K) as of before its last step.
        """
        layers = self._modulated_layers(modulation)
        if self._compiled and layers:
            reference_size = boxes[:, :, :1, 2:].expand(-1, -1, boxes.shape[2], -1)
            moved_boxes, iou = self._compiled.climb(
                (features.stride8, features.stride16),
                layers,
                self.output.bias,
                boxes.flatten(1, 2).numpy(),
                reference_size.flatten(1, 2).numpy(),
                space,
                _step_lengths(iterations, step, decay),
            )
            return torch.from_numpy(moved_boxes).view_as(boxes), torch.from_numpy(iou).view(boxes.shape[:3])
        whole = self.test_features(features)
        answers = [
            self.refine(whole[number : number + 1], modulation, group, space, iterations, step, decay)
            for number, groups in enumerate(boxes)
            for group in groups
        ]
        every_box, every_iou = (torch.stack(part) for part in zip(*answers, strict=True))
        return every_box.view_as(boxes), every_iou.view(boxes.shape[:3])

    @torch.no_grad()
    def prepare_refinement(self) -> None:
        """Lays the box layers' weights out for the written-out gradient, once batch-norm has been folded.

        Without it ``refine`` gives the same by autograd. Call again after changing weights.
        """
        self.ordered8 = ordered_weight(self.box8.linear.weight, TEST_BINS_8)
        self.ordered16 = ordered_weight(self.box16.linear.weight, TEST_BINS_16)
        self._recent_layers.clear()

    def compile_graphs(self, threads: int) -> None:
        """As ``DimpNetwork.compile_graphs``, for ``refine_candidates``; after ``prepare_refinement``."""
        self._compiled = CompiledAscent((self.test8, self.test16), self._channels, threads)

    def compile_ascent(self, space: RefinementSpace, iterations: int, step: float, decay: float) -> None:
        """Compiles the refinement with these settings now, after ``compile_graphs``, instead of at its first use."""
        layers = self._modulated_layers(Modulation(*(torch.zeros(1, width) for width in self._test_widths)))
        if self._compiled and layers:
            self._compiled.ascent(layers, space, _step_lengths(iterations, step, decay))

    def _by_autograd(self, features: IoUFeatures, modulation: Modulation, boxes: Tensor) -> tuple[Tensor, Tensor]:
        with torch.enable_grad():
            moving = boxes.detach().requires_grad_()
            predicted = self.predict(features, modulation, moving)
            (gradient,) = torch.autograd.grad(predicted.sum(), moving)
        return predicted.detach(), gradient

    def _by_formula(
        self, features: IoUFeatures, modulation: Modulation
    ) -> Callable[[Tensor], tuple[Tensor, Tensor]] | None:
        """The prediction with its gradient, or None unless ``prepare_refinement`` has been called."""
        layers = self._modulated_layers(modulation)
        return layers and IoUGradient((features.stride8, features.stride16), layers, self.output.bias)

    def _modulated_layers(self, modulation: Modulation) -> tuple[BoxLayer, BoxLayer] | None:
        """The box layers for one target; remembered, since a target keeps its modulation from frame to frame."""
        if self.ordered8 is None or self.ordered16 is None:
            return None
        for known, layers in tuple(self._recent_layers):  # another thread may add one meanwhile
            if known is modulation:
                return layers
        output8, output16 = self.output.weight[0].chunk(2)
        every8, every16 = (torch.arange(len(vector), device=vector.device) for vector in _vectors(modulation))
        layer8 = BoxLayer(self.ordered8, self.box8.linear.bias, output8, TEST_BINS_8, 8, every8)
        layer16 = BoxLayer(self.ordered16, self.box16.linear.bias, output16, TEST_BINS_16, 16, every16)
        vector8, vector16 = _vectors(modulation)
        layers = layer8.modulated(vector8), layer16.modulated(vector16)
        self._recent_layers.appendleft((modulation, layers))
        return layers


def _step_lengths(iterations: int, step: float, decay: float) -> tuple[float, ...]:
    return tuple(step * decay**number for number in range(iterations))


def _vectors(modulation: Modulation) -> tuple[Tensor, Tensor]:
    """The two vectors of one target."""
    return modulation.stride8[0], modulation.stride16[0]


def moved(boxes: Tensor, gradient: Tensor, reference_size: Tensor, space: RefinementSpace, step: float) -> Tensor:
    """One step of boxes (K, 4) along d prediction / d (x, y, w, h); ``reference_size`` is w0, h0 as (1, 2)."""
    size = boxes[:, 2:]
    if space is RefinementSpace.DEFAULT:
        return boxes + step * gradient * torch.cat((size, size), dim=1)
    corner_gradient, size_gradient = gradient[:, :2], gradient[:, 2:]
    # x = cx - w / 2, so that a larger w at the same centre also moves x
    center = boxes[:, :2] + size / 2 + step * corner_gradient * reference_size.square()
    size = size * torch.exp(step * (size_gradient - corner_gradient / 2) * size)
    return torch.cat((center - size / 2, size), dim=1)


def _initialise(layer: nn.Conv2d | nn.Linear, norm: nn.BatchNorm1d | nn.BatchNorm2d) -> None:
    nn.init.kaiming_normal_(layer.weight)
    nn.init.zeros_(layer.bias)  # type: ignore[arg-type]
    # uniform weights: an old default the published models were trained with
    nn.init.uniform_(norm.weight)
    nn.init.zeros_(norm.bias)
