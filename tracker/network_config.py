"""What a network consists of: the numbers that are not in its weights, saved beside them as JSON."""

from __future__ import annotations

import enum
import json
from dataclasses import asdict, dataclass, fields

from tracker.backbone import Backbone
from tracker.errors import TrackerError
from tracker.model_name import shown


class HeadKind(enum.StrEnum):
    """The convolutions between trunk and target model."""

    RESIDUAL_BLOCK = "residual_block"
    """A residual block, then a 3x3 convolution (dimp18)."""
    CONVOLUTION = "convolution"
    """One 3x3 convolution (dimp50)."""
    PROJECTION = "projection"
    """An orthonormal 1x1 projection plus two 3x3 convolutions that start at zero (lite0)."""


class OptimizerKind(enum.StrEnum):
    """The loss that the filter optimizer minimises."""

    STEEPEST_DESCENT = "steepest_descent"
    """DiMP: learned radial label, mask and weight."""
    KL_DIVERGENCE = "kl_divergence"
    """PrDiMP: Gaussian label density against the softmax of the scores."""


@dataclass(frozen=True, slots=True)
class IoUWidths:
    """Channel counts of the IoU-Net; defaults are the paper's.

    Attributes:
        reference8: First convolution of the reference side at stride 8 (conv3_1r).
        reference_vector: Vector pooled from it (fc3_1r).
        reference16: First convolution of the reference side at stride 16 (conv4_1r).
        test8: Both convolutions of the test side at stride 8, and the modulation vector for them.
        test16: The same at stride 16.
        hidden: Fully connected layers.
    """

    reference8: int = 128
    reference_vector: int = 256
    reference16: int = 256
    test8: int = 256
    test16: int = 256
    hidden: int = 256


NARROW_IOU = IoUWidths(reference8=64, reference_vector=128, reference16=128, test8=64, test16=128, hidden=256)
LARGEST_WIDTH = 1024
"""Channels; the published networks have 512. Bounds what a description can make this program build."""
_LONGEST_DESCRIPTION = 10_000
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class NetworkConfig:
    """Structure of a ``DimpNetwork``.

    Attributes:
        name: What the model is called in lists and messages.
        preset: Name of the ``TrackerConfig`` that goes with it.
        backbone: The trunk.
        head: The classification head.
        filter_channels: Channels C of head and filter.
        optimizer: Which loss the filter optimizer minimises.
        filter_size: Side k of the filter in cells.
        label_sigma: Standard deviation of the initial label in cells.
        iou_widths: Channel counts of the IoU-Net.
        has_trained_iou: False: the box branch holds no knowledge yet, ``DimpNetwork.iou_predictor`` is None and boxes
            keep their size.
    """

    name: str
    preset: str
    backbone: Backbone
    head: HeadKind
    filter_channels: int
    optimizer: OptimizerKind = OptimizerKind.STEEPEST_DESCENT
    filter_size: int = 4
    label_sigma: float = 0.9
    iou_widths: IoUWidths = IoUWidths()
    has_trained_iou: bool = True

    def to_json(self) -> str:
        """The config as one line of JSON."""
        return json.dumps(asdict(self), sort_keys=True)

    @staticmethod
    def from_json(text: str) -> NetworkConfig:
        """Reads ``to_json``'s line.

        Raises:
            TrackerError: Unknown or missing fields, or values out of range.
        """
        try:
            if len(text) > _LONGEST_DESCRIPTION:
                raise ValueError("it is too long")
            values = json.loads(text)
            if set(values) != {field.name for field in fields(NetworkConfig)}:
                raise ValueError(f"fields {sorted(values)}")
            values["backbone"] = Backbone(values["backbone"])
            values["head"] = HeadKind(values["head"])
            values["optimizer"] = OptimizerKind(values["optimizer"])
            values["iou_widths"] = IoUWidths(**values["iou_widths"])
            config = NetworkConfig(**values)
            config._check()
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            raise TrackerError(
                "The model's description cannot be read ({0}); take a file of this version.", shown(str(error))
            ) from error
        return config

    def _check(self) -> None:
        widths = (self.filter_channels, *asdict(self.iou_widths).values())
        if not all(type(width) is int and 0 < width <= LARGEST_WIDTH for width in widths):
            raise ValueError(f"channel counts {widths}")
        if type(self.filter_size) is not int or not 1 <= self.filter_size <= 15:
            raise ValueError(f"filter size {self.filter_size}")
        if not isinstance(self.label_sigma, float) or not 0 < self.label_sigma < 100:
            raise ValueError(f"label sigma {self.label_sigma}")
        if not (isinstance(self.name, str) and isinstance(self.preset, str) and isinstance(self.has_trained_iou, bool)):
            raise TypeError("name, preset or has_trained_iou")
        if not all(text.isprintable() and len(text) <= _LONGEST_NAME for text in (self.name, self.preset)):
            raise ValueError("name or preset")


def _dimp(name: str, optimizer: OptimizerKind = OptimizerKind.STEEPEST_DESCENT, sigma: float = 0.9) -> NetworkConfig:
    if name.endswith("18"):
        return NetworkConfig(name, name, Backbone.RESNET18, HeadKind.RESIDUAL_BLOCK, 256, optimizer, label_sigma=sigma)
    return NetworkConfig(name, name, Backbone.RESNET50, HeadKind.CONVOLUTION, 512, optimizer, label_sigma=sigma)


NETWORK_CONFIGS = {
    config.name: config
    for config in (
        NetworkConfig(
            name="lite0",
            preset="lite0",
            backbone=Backbone.EFFICIENTNET_LITE0,
            head=HeadKind.PROJECTION,
            filter_channels=128,
            iou_widths=NARROW_IOU,
        ),
        _dimp("dimp18"),
        _dimp("dimp50"),
        # a quarter of the target's size, in cells of a 352 crop of six target sizes
        _dimp("super_dimp", sigma=0.25 / 6 * 22),
        _dimp("prdimp18", OptimizerKind.KL_DIVERGENCE),
        _dimp("prdimp50", OptimizerKind.KL_DIVERGENCE),
    )
}
"""The architectures by name. All but ``lite0`` are the published ones."""
