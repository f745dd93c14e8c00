"""Fitting the box branch to one target: its modulation is optimized on boxes about the one that a person drew.

Not in the paper, but its idea of the target model carried over to boxes. The modulation that the network predicts from
an annotated frame says what the target looks like; where its box ends (the head and not the person, the dog without its
legs) the network knows from training only. The frame itself tells: of boxes put off at random about the drawn one the
true IoU is known. A factor for each channel of the modulation is looked for by which the predicted IoU comes nearer to
it. It is the start of a descent, not its end, that is wanted: a hundred and more factors could learn some hundred boxes
by heart. So the steps are those of Adam (Kingma and Ba, 2015), as few as in ``AdaptationConfig``, which change all
channels about as fast.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_linear_bn_eval

from tracker.backbone import Features
from tracker.box_arrays import ious
from tracker.config import AdaptationConfig
from tracker.geometry import BoundingBox
from tracker.iou_predictor import IoUPredictor, LinearBlock, Modulation

_MEMORY = (0.9, 0.999)
"""Adam's decay rates of the mean gradient and of its mean square."""

_IDLE = 0.02
"""Share of the largest gradient below which a channel moves less: where it is next to nothing it is chance."""

_TINY = 1e-12

_MOST_BOXES = 160
"""Of all lessons together: what a correction costs does not grow with their number."""


@dataclass(frozen=True, slots=True, eq=False)
class BoxLesson:
    """Boxes of known IoU in one annotated frame.

    Attributes:
        pooled: What the box branch sees in n of them before modulation: (n, test8, 25) and (n, test16, 9).
        target: Twice their IoU with the drawn box, less one (n,): what should be predicted.
    """

    pooled: tuple[Tensor, Tensor]
    target: Tensor

    def to(self, device: torch.device) -> BoxLesson:
        """The same on a device."""
        first, second = self.pooled
        return replace(self, pooled=(first.to(device), second.to(device)), target=self.target.to(device))


def box_lesson(
    predictor: IoUPredictor,
    features: Features,
    boxes: Sequence[BoundingBox],
    config: AdaptationConfig,
    generator: np.random.Generator,
) -> BoxLesson:
    """What an annotated frame teaches.

    Args:
        predictor: The box branch.
        features: Trunk features of N crops of the frame.
        boxes: The drawn box in each, crop pixels.
        config: Settings.
        generator: Of the boxes about them.
    """
    true = np.array([(box.x, box.y, box.w, box.h) for box in boxes])[:, None]
    noise = generator.normal(size=(len(boxes), config.boxes, 4))
    noise *= np.resize(np.array(config.spreads), config.boxes)[:, None]
    size = true[..., 2:] * np.exp(2 * noise[..., 2:])
    start = true[..., :2] + noise[..., :2] * true[..., 2:] + (true[..., 2:] - size) / 2
    put_off = np.concatenate([start, size], axis=-1)
    candidates = torch.from_numpy(put_off.astype(np.float32)).to(features.stride8.device)
    pooled8, pooled16 = predictor.pooled(predictor.test_features(features), candidates)
    target = torch.from_numpy(2 * ious(put_off, true) - 1).to(candidates).flatten()
    return BoxLesson((pooled8.flatten(0, 1).flatten(2), pooled16.flatten(0, 1).flatten(2)), target)


def adapted(
    predictor: IoUPredictor, lessons: tuple[BoxLesson, ...], modulation: Modulation, config: AdaptationConfig
) -> Modulation:
    """The modulation by which the lessons' boxes are judged best, not far from the given one.

    Args:
        predictor: The box branch.
        lessons: Of annotated frames, the newest last; at least one.
        modulation: As the network predicts it.
        config: Settings.
    """
    boxes = [_every_nth(one.target, len(lessons)) for one in lessons[:-1]] + [slice(None)]
    targets = [one.target[chosen] for one, chosen in zip(lessons, boxes, strict=True)]
    weights = torch.cat(
        [
            torch.full_like(part, share / len(part))
            for part, share in zip(targets, _shares(len(lessons), config.newest), strict=True)
        ]
    )
    target = torch.cat(targets)
    outputs = predictor.output.weight[0].chunk(2)
    levels = [
        _Level.of(
            block,
            output,
            vector[0],
            torch.cat([one.pooled[number][chosen] for one, chosen in zip(lessons, boxes, strict=True)]),
        )
        for number, (block, output, vector) in enumerate(
            zip((predictor.box8, predictor.box16), outputs, (modulation.stride8, modulation.stride16), strict=True)
        )
    ]
    sizes = [len(level.channels) for level in levels]
    # the last number is an offset of all predictions: where the box is best is asked for, not how good it is
    restraint = torch.cat([torch.full((size,), config.restraint / max(size, 1)) for size in sizes] + [torch.zeros(1)])
    restraint = restraint.to(target)
    change = torch.zeros_like(restraint)
    mean, square = torch.zeros_like(change), torch.zeros_like(change)
    for number in range(1, config.iterations + 1):
        *factors, offset = torch.split(change, [*sizes, 1])
        answers = [level.judged(1 + factor) for level, factor in zip(levels, factors, strict=True)]
        wrong = weights * (answers[0].value + answers[1].value + predictor.output.bias + offset - target)
        slope = torch.cat([*(answer.slope(wrong) for answer in answers), wrong.sum()[None]])
        gradient = 2 * (slope + restraint * change)
        mean = _MEMORY[0] * mean + (1 - _MEMORY[0]) * gradient
        square = _MEMORY[1] * square + (1 - _MEMORY[1]) * gradient.square()
        spread = (square / (1 - _MEMORY[1] ** number)).sqrt()
        spread = spread + _IDLE * spread.max() + _TINY
        change = change - config.rate * mean / (1 - _MEMORY[0] ** number) / spread
    *factors, _ = torch.split(change, [*sizes, 1])
    vectors = [level.modulation(1 + factor) for level, factor in zip(levels, factors, strict=True)]
    return Modulation(vectors[0][None], vectors[1][None])


@dataclass(frozen=True, slots=True, eq=False)
class _Level:
    """One of the two maps that boxes are pooled from, with the layer that reads it; channels at zero left out.

    Attributes:
        vector: Modulation of all channels (C,).
        channels: Numbers of those A that are not zero.
        pooled: Modulated (n, A, bins).
        weight: Of the layer (hidden, A * bins).
        bias: (hidden,).
        output: What the last layer makes of it (hidden,).
    """

    vector: Tensor
    channels: Tensor
    pooled: Tensor
    weight: Tensor
    bias: Tensor
    output: Tensor

    @staticmethod
    def of(block: LinearBlock, output: Tensor, vector: Tensor, pooled: Tensor) -> _Level:
        """From the unmodulated pooled boxes (n, C, bins)."""
        layer = block.linear if isinstance(block.bn, nn.Identity) else fuse_linear_bn_eval(block.linear, block.bn)
        channels = vector.nonzero().flatten()
        weight = layer.weight.view(len(layer.bias), len(vector), -1)[:, channels].flatten(1)
        return _Level(vector, channels, pooled[:, channels] * vector[channels, None], weight, layer.bias, output)

    def judged(self, factors: Tensor) -> _Answer:
        """What this map says of the boxes with factors (A,)."""
        hidden = (self.pooled * factors[:, None]).flatten(1) @ self.weight.T + self.bias
        return _Answer(self, hidden, hidden.clamp(min=0) @ self.output)

    def modulation(self, factors: Tensor) -> Tensor:
        """The vector (C,) with factors (A,)."""
        changed = self.vector.clone()
        changed[self.channels] *= factors
        return changed


@dataclass(frozen=True, slots=True, eq=False)
class _Answer:
    """Share of one map in the predictions, (n,), with what it came from (n, hidden)."""

    level: _Level
    hidden: Tensor
    value: Tensor

    def slope(self, by_value: Tensor) -> Tensor:
        """Derivative of a loss in the factors (A,), from that in the predictions (n,)."""
        level = self.level
        by_hidden = by_value[:, None] * (self.hidden > 0) * level.output
        return ((by_hidden @ level.weight).view_as(level.pooled) * level.pooled).sum(dim=(0, 2))


def _every_nth(target: Tensor, lessons: int) -> slice:
    """Which boxes of an older lesson are taken, so that all older ones together are as many as the newest's."""
    room = max(_MOST_BOXES // 2 // (lessons - 1), 1)
    return slice(None, None, -(-len(target) // room))


def _shares(count: int, newest: float) -> list[float]:
    """What each lesson weighs: the newest so much, all others alike."""
    return [1.0] if count == 1 else [(1 - newest) / (count - 1)] * (count - 1) + [newest]
