"""Feature trunks: the part of the network that runs once a crop, up to stride 16 (paper section 3.5, "backbone").

All trunks take a normalised RGB crop (N, 3, S, S), S a multiple of 16, and return the feature maps at stride 8 and 16.
Every stride-2 convolution pads symmetrically, so the centre of cell (i, j) lies at crop pixel (stride * i, stride * j),
which is where precise RoI pooling puts it.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

# input normalisation in units of 0..255, per RGB channel
IMAGENET_MEAN = (0.485 * 255, 0.456 * 255, 0.406 * 255)
IMAGENET_STD = (0.229 * 255, 0.224 * 255, 0.225 * 255)
LITE_MEAN = (127.0, 127.0, 127.0)
LITE_STD = (128.0, 128.0, 128.0)


class Backbone(enum.StrEnum):
    """The trunks there are."""

    RESNET18 = "resnet18"
    RESNET50 = "resnet50"
    EFFICIENTNET_LITE0 = "efficientnet_lite0"


@dataclass(frozen=True, slots=True)
class Features:
    """Feature maps of one batch of crops.

    Attributes:
        stride8: (N, C8, S/8, S/8), read by the box branch.
        stride16: (N, C16, S/16, S/16), read by both branches.
    """

    stride8: Tensor
    stride16: Tensor

    def __getitem__(self, images: slice) -> Features:
        """The features of some of the images; a view."""
        return Features(self.stride8[images], self.stride16[images])


def joined(parts: Sequence[Features]) -> Features:
    """The features of several batches as those of one."""
    return Features(torch.cat([part.stride8 for part in parts]), torch.cat([part.stride16 for part in parts]))


class Trunk(nn.Module):
    """What all trunks share: their channel counts, their input normalisation, and ``forward``."""

    stride8_channels: int
    stride16_channels: int

    def __init__(self, mean: tuple[float, float, float], std: tuple[float, float, float]) -> None:
        super().__init__()
        # explicit device: real numbers even where the network is built on "meta" to receive a file's weights;
        # not persistent: they belong to the architecture, not to the weights
        self.register_buffer("mean", torch.tensor(mean, device="cpu").view(1, 3, 1, 1), persistent=False)
        self.register_buffer("inverse_std", 1.0 / torch.tensor(std, device="cpu").view(1, 3, 1, 1), persistent=False)
        self.mean: Tensor
        self.inverse_std: Tensor

    def normalize(self, crops: Tensor) -> Tensor:
        """RGB 0..255 (N, 3, H, W) to the range the trunk was trained on."""
        return (crops - self.mean) * self.inverse_std

    def forward(self, crops: Tensor) -> tuple[Tensor, Tensor]:
        """Normalised crops (N, 3, S, S) to the maps at stride 8 and 16."""
        raise NotImplementedError


class ResNetTrunk(Trunk):
    """torchvision's ResNet cut after ``layer3``; its key names are those of the released DiMP files."""

    def __init__(self, layers: list[int], *, has_bottlenecks: bool) -> None:
        # not above: torchvision takes seconds to import, and the default model has no ResNet
        from torchvision.models.resnet import BasicBlock, Bottleneck, ResNet  # noqa: PLC0415

        super().__init__(IMAGENET_MEAN, IMAGENET_STD)
        block = Bottleneck if has_bottlenecks else BasicBlock
        whole = ResNet(block, layers)
        self.conv1, self.bn1, self.relu, self.maxpool = whole.conv1, whole.bn1, whole.relu, whole.maxpool
        self.layer1, self.layer2, self.layer3 = whole.layer1, whole.layer2, whole.layer3
        self.stride8_channels = 128 * block.expansion
        self.stride16_channels = 256 * block.expansion

    def forward(self, crops: Tensor) -> tuple[Tensor, Tensor]:
        """Normalised crops (N, 3, S, S) to the outputs of ``layer2`` and ``layer3``."""
        x = self.maxpool(self.relu(self.bn1(self.conv1(crops))))
        stride8: Tensor = self.layer2(self.layer1(x))
        stride16: Tensor = self.layer3(stride8)
        return stride8, stride16


@dataclass(frozen=True, slots=True)
class BlockShape:
    """One inverted residual block of EfficientNet-Lite."""

    kernel: int
    stride: int
    expansion: int
    inputs: int
    outputs: int


LITE0_STEM_CHANNELS = 32
LITE0_BLOCKS = (
    BlockShape(3, 1, 1, 32, 16),
    BlockShape(3, 2, 6, 16, 24),
    BlockShape(3, 1, 6, 24, 24),
    BlockShape(5, 2, 6, 24, 40),
    BlockShape(5, 1, 6, 40, 40),  # stride 8
    BlockShape(3, 2, 6, 40, 80),
    BlockShape(3, 1, 6, 80, 80),
    BlockShape(3, 1, 6, 80, 80),
    BlockShape(5, 1, 6, 80, 112),
    BlockShape(5, 1, 6, 112, 112),
    BlockShape(5, 1, 6, 112, 112),  # stride 16
)
LITE0_STRIDE8_BLOCK = 4


class InvertedResidual(nn.Module):
    """Expand (1x1), filter per channel (k x k), project (1x1); batch-norm is folded into the three biases."""

    def __init__(self, shape: BlockShape) -> None:
        super().__init__()
        hidden = shape.inputs * shape.expansion
        self.expand = nn.Conv2d(shape.inputs, hidden, 1) if shape.expansion > 1 else nn.Identity()
        self.depthwise = nn.Conv2d(
            hidden, hidden, shape.kernel, stride=shape.stride, padding=shape.kernel // 2, groups=hidden
        )
        self.project = nn.Conv2d(hidden, shape.outputs, 1)
        self.activation = nn.ReLU6(inplace=True)
        self.has_expansion = shape.expansion > 1
        self.has_shortcut = shape.stride == 1 and shape.inputs == shape.outputs

    def forward(self, x: Tensor) -> Tensor:
        """(N, inputs, H, W) to (N, outputs, H / stride, W / stride)."""
        y = self.activation(self.expand(x)) if self.has_expansion else x
        y = self.project(self.activation(self.depthwise(y)))
        out: Tensor = x + y if self.has_shortcut else y
        return out


class EfficientNetLite0Trunk(Trunk):
    """EfficientNet-Lite0 up to block 10, without batch-norm layers (docs/decisions/0003-lite0-trunk.md)."""

    stride8_channels = 40
    stride16_channels = 112

    def __init__(self) -> None:
        super().__init__(LITE_MEAN, LITE_STD)
        self.stem = nn.Conv2d(3, LITE0_STEM_CHANNELS, 3, stride=2, padding=1)
        self.activation = nn.ReLU6(inplace=True)
        self.blocks = nn.ModuleList(InvertedResidual(shape) for shape in LITE0_BLOCKS)

    def forward(self, crops: Tensor) -> tuple[Tensor, Tensor]:
        """Normalised crops (N, 3, S, S) to the outputs of blocks 4 (40 channels) and 10 (112 channels)."""
        x = self.activation(self.stem(crops))
        stride8 = x
        for index, block in enumerate(self.blocks):
            x = block(x)
            if index == LITE0_STRIDE8_BLOCK:
                stride8 = x
        return stride8, x


def make_trunk(backbone: Backbone) -> Trunk:
    """A trunk with random weights."""
    match backbone:
        case Backbone.RESNET18:
            return ResNetTrunk([2, 2, 2, 2], has_bottlenecks=False)
        case Backbone.RESNET50:
            return ResNetTrunk([3, 4, 6, 3], has_bottlenecks=True)
        case Backbone.EFFICIENTNET_LITE0:
            return EfficientNetLite0Trunk()
