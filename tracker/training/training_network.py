"""The network as training runs it: a whole batch through both branches, the lower trunk frozen, all iterates kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from tracker.backbone import EfficientNetLite0Trunk, Features, ResNetTrunk, Trunk
from tracker.errors import TrackerError
from tracker.iou_predictor import IoUFeatures, Modulation
from tracker.network import DimpNetwork
from tracker.training.climb import climbed, extent_loss
from tracker.training.config import LossConfig, RateConfig
from tracker.training.items import Batch, network_input
from tracker.training.losses import Losses, classification_loss, combined, iou_loss, score_labels

FLOOR_OF_REGULARIZATION = 0.01


@dataclass(frozen=True, slots=True)
class Predictions:
    """What the network says about a batch.

    Attributes:
        scores: Score maps of every filter iterate, ``iterations + 1`` of (B, m, rows, columns).
        overlaps: Predicted ``2 IoU - 1`` of the proposals, (B, m, P).
        climbed: The proposals after their ascent, (B, m, P, 4) in crop pixels.
    """

    scores: tuple[Tensor, ...]
    overlaps: Tensor
    climbed: Tensor


class TrainingNetwork(nn.Module):
    """A `DimpNetwork` with its losses; ``forward`` is one training pass, so that DDP can wrap it."""

    def __init__(self, network: DimpNetwork, loss: LossConfig, trunk_from: int) -> None:
        """Freezes the trunk below stage ``trunk_from``; -1 freezes all of it."""
        super().__init__()
        self.network = network
        self.loss = loss
        stages = trunk_stages(network.backbone)
        self.first_trained = len(stages) if trunk_from < 0 else trunk_from
        for stage in stages[: self.first_trained]:
            for module in stage:
                module.requires_grad_(requires_grad=False)

    def train(self, mode: bool = True) -> TrainingNetwork:  # nn.Module's own signature
        """Training mode; batch-norm of the frozen stages keeps its statistics.

        So does that of the box branch where its ascent is learned: boxes of one batch would climb each other's slopes.
        """
        super().train(mode)
        if self.loss.ascent > 0:
            self.network.iou_branch.eval()
        for stage in trunk_stages(self.network.backbone)[: self.first_trained]:
            for module in stage:
                module.eval()
        return self

    def forward(self, batch: Batch) -> Losses:
        """Losses of a batch; the target model isn't run where its loss has no weight."""
        features = self._features(_all_crops(batch))
        maps, modulation = self._box_view(features, batch)
        iou = self._iou_loss(self._overlaps(maps, modulation, batch), batch)
        ascent = self._ascent_loss(maps, modulation, batch) if self.loss.ascent > 0 else iou.new_zeros(())
        if self.loss.classification == 0:
            return combined(iou.new_zeros(1), iou, ascent, self.loss)
        scores = self._scores(features, batch)
        labels = self.labels(batch, scores)
        threshold = self.loss.label_threshold
        iterates = torch.stack([classification_loss(each, labels, threshold) for each in scores])
        return combined(iterates, iou, ascent, self.loss)

    def _iou_loss(self, overlaps: Tensor, batch: Batch) -> Tensor:
        return iou_loss(overlaps, batch.overlaps, batch.visible, self.loss.contrast)

    def _ascent_loss(self, maps: IoUFeatures, modulation: Modulation, batch: Batch) -> Tensor:
        truth, visible = batch.test_boxes.flatten(0, 1), batch.visible.flatten()
        found = self._climbed(maps, modulation, batch, learn=True)
        return torch.stack([extent_loss(boxes, truth, visible) for boxes in found]).mean()

    def _climbed(self, maps: IoUFeatures, modulation: Modulation, batch: Batch, *, learn: bool) -> list[Tensor]:
        starts = batch.proposals.flatten(0, 1)
        return climbed(self.network.iou_branch, maps, modulation, starts, self.loss.ascent_steps, learn=learn)

    def labels(self, batch: Batch, scores: tuple[Tensor, ...]) -> Tensor:
        """Labels for the score maps of a batch."""
        cells = scores[0].shape[-1]
        return score_labels(batch.test_boxes, batch.visible, cells, self.loss.label_sigma)

    def predict(self, batch: Batch) -> Predictions:
        """Filters from the train frames, applied to the test frames; IoU of the proposals and where they climb to."""
        features = self._features(_all_crops(batch))
        maps, modulation = self._box_view(features, batch)
        boxes = self._climbed(maps, modulation, batch, learn=False)[-1]
        overlaps = self._overlaps(maps, modulation, batch)
        return Predictions(self._scores(features, batch), overlaps, boxes.view_as(batch.proposals))

    def _features(self, crops: Tensor) -> Features:
        trunk = self.network.backbone
        stages = trunk_stages(trunk)
        x = trunk.normalize(crops).contiguous(memory_format=torch.channels_last)
        stride8 = x
        for number, stage in enumerate(stages):
            with torch.set_grad_enabled(torch.is_grad_enabled() and number >= self.first_trained):
                for module in stage:
                    x = module(x)
            if number == stride8_stage(trunk):
                stride8 = x
        return Features(stride8, x)

    def _scores(self, features: Features, batch: Batch) -> tuple[Tensor, ...]:
        sequences, count = batch.train_boxes.shape[:2]
        split = sequences * count
        model = self.network.target_model
        x = model.features(features.stride16)
        train = _by_sequence(x[:split], sequences)
        test = _by_sequence(x[split:], sequences)
        start = model.initialize(train, batch.train_boxes)
        trace = model.optimize(start, train, batch.train_boxes, None, self.loss.iterations)
        return tuple(model.scores(iterate, test) for iterate in trace.filters)

    def _box_view(self, features: Features, batch: Batch) -> tuple[IoUFeatures, Modulation]:
        """The box branch's maps of the test frames, and the modulation of the first train frame for each of them."""
        sequences, count = batch.train_boxes.shape[:2]
        tests = batch.test_boxes.shape[1]
        branch = self.network.iou_branch
        split = sequences * count
        reference = Features(features.stride8[:split:count], features.stride16[:split:count])
        modulation = branch.modulation(reference, batch.train_boxes[:, 0])
        repeated = Modulation(
            modulation.stride8.repeat_interleave(tests, dim=0), modulation.stride16.repeat_interleave(tests, dim=0)
        )
        return branch.test_features(features[split:]), repeated

    def _overlaps(self, maps: IoUFeatures, modulation: Modulation, batch: Batch) -> Tensor:
        predicted = self.network.iou_branch.predict_batch(maps, modulation, batch.proposals.flatten(0, 1))
        return predicted.view(batch.overlaps.shape)

    def parameter_groups(self, rates: RateConfig) -> list[dict[str, object]]:
        """Adam's groups, each with its ``name``, ``lr`` and ``base_lr``; every trained parameter is in exactly one.

        Parts with a rate of zero are frozen and in no group.

        Raises:
            TrackerError: if a trained parameter is in no group: less would be trained than it seems.
        """
        model = self.network.target_model
        trunk = [
            parameter
            for stage in trunk_stages(self.network.backbone)[self.first_trained :]
            for module in stage
            for parameter in module.parameters()
        ]
        regularization = model.optimizer.filter_reg
        tables = [parameter for parameter in model.optimizer.parameters() if parameter is not regularization]
        groups = [
            ("trunk", trunk, rates.trunk),
            ("head", list(model.head.parameters()), rates.head),
            ("initializer", list(model.initializer.parameters()), rates.initializer),
            ("tables", tables, rates.tables),
            ("regularization", [regularization], rates.regularization),
            ("iou", list(self.network.iou_branch.parameters()), rates.iou),
        ]
        for _, parameters, rate in groups:
            for parameter in parameters:
                parameter.requires_grad = rate > 0
        grouped = {id(parameter) for _, parameters, _ in groups for parameter in parameters}
        missing = [name for name, value in self.named_parameters() if value.requires_grad and id(value) not in grouped]
        if missing:
            raise TrackerError(f"Parameters without a learning rate: {', '.join(missing)}.")
        return [
            {"name": name, "params": parameters, "lr": rate, "base_lr": rate}
            for name, parameters, rate in groups
            if parameters and rate > 0
        ]

    @torch.no_grad()
    def keep_in_bounds(self) -> None:
        """Keeps the regulariser from collapsing, after each step."""
        self.network.target_model.optimizer.filter_reg.clamp_(min=FLOOR_OF_REGULARIZATION)


def _all_crops(batch: Batch) -> Tensor:
    """Train crops, then test crops: one pass of the trunk for all takes less time than two."""
    return torch.cat((network_input(batch.train_crops), network_input(batch.test_crops)))


def _by_sequence(x: Tensor, sequences: int) -> Tensor:
    """(B * n, ...) as (B, n, ...)."""
    return x.view(sequences, -1, *x.shape[1:])


def trunk_stages(trunk: Trunk) -> list[list[nn.Module]]:
    """The trunk in the units that can be frozen: blocks of Lite0 (the stem goes with block 0), layers of a ResNet.

    The number of a stage is the block's or layer's own number (0 is the stem of a ResNet).
    """
    if isinstance(trunk, EfficientNetLite0Trunk):
        blocks = list(trunk.blocks)
        return [[trunk.stem, trunk.activation, blocks[0]], *([block] for block in blocks[1:])]
    if isinstance(trunk, ResNetTrunk):
        stem: list[nn.Module] = [trunk.conv1, trunk.bn1, trunk.relu, trunk.maxpool]
        return [stem, [trunk.layer1], [trunk.layer2], [trunk.layer3]]
    raise TrackerError(f"Training doesn't know the trunk {type(trunk).__name__}.")


def stride8_stage(trunk: Trunk) -> int:
    """Number of the stage whose output is the map at stride 8."""
    return 2 if isinstance(trunk, ResNetTrunk) else 4


def count_trained(parameters: Iterable[Tensor]) -> int:
    """How many numbers are trained."""
    return sum(parameter.numel() for parameter in parameters if parameter.requires_grad)
