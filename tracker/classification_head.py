"""Classification head: trunk features to those that the target model filter is applied to (paper section 3.5)."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from tracker.network_config import HeadKind

PROJECTION_SEED = 0


class InstanceL2Norm(nn.Module):
    """Scales each image's features so that a k x k x C window has an expected squared norm of 1.

    One scalar an image, over channels, rows and columns together.

    Args:
        channels: C.
        filter_size: k.
    """

    def __init__(self, channels: int, filter_size: int) -> None:
        super().__init__()
        self.scale = math.sqrt(1.0 / (channels * filter_size * filter_size))

    def forward(self, x: Tensor) -> Tensor:
        """(N, C, H, W) to the same shape."""
        energy = x.square().sum(dim=(1, 2, 3), keepdim=True)
        return x * (self.scale * torch.sqrt(x[0].numel() / (energy + 1e-5)))


class ResidualHead(nn.Module):
    """One residual block, then a 3x3 convolution without bias (dimp18)."""

    def __init__(self, inputs: int, outputs: int) -> None:
        # not above: torchvision takes seconds to import, and the default model has no such block
        from torchvision.models.resnet import BasicBlock  # noqa: PLC0415

        super().__init__()
        self.block = BasicBlock(inputs, inputs)
        self.conv = _convolution(inputs, outputs)
        for module in self.block.modules():
            if isinstance(module, nn.Conv2d):
                _initialise_convolution(module)

    def forward(self, x: Tensor) -> Tensor:
        """(N, inputs, H, W) to (N, outputs, H, W)."""
        out: Tensor = self.conv(self.block(x))
        return out


class ConvolutionHead(nn.Module):
    """A 3x3 convolution without bias (dimp50)."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.conv = _convolution(inputs, outputs)

    def forward(self, x: Tensor) -> Tensor:
        """(N, inputs, H, W) to (N, outputs, H, W)."""
        out: Tensor = self.conv(x)
        return out


class ProjectionHead(nn.Module):
    """``P x + conv3x3(relu(conv3x3(x)))`` (lite0).

    P has orthonormal columns and the last convolution starts at zero, so that the untrained head keeps all angles
    between features and training starts from a working tracker.
    """

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.projection = nn.Conv2d(inputs, outputs, 1, bias=False)
        self.conv1 = nn.Conv2d(inputs, outputs, 3, padding=1)
        self.activation = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1)
        with torch.no_grad():
            self.projection.weight.copy_(orthonormal(outputs, inputs)[:, :, None, None])
        nn.init.kaiming_normal_(self.conv1.weight)
        nn.init.zeros_(self.conv1.bias)  # type: ignore[arg-type]
        nn.init.zeros_(self.conv2.weight)
        nn.init.zeros_(self.conv2.bias)  # type: ignore[arg-type]

    def forward(self, x: Tensor) -> Tensor:
        """(N, inputs, H, W) to (N, outputs, H, W)."""
        out: Tensor = self.projection(x) + self.conv2(self.activation(self.conv1(x)))
        return out


def make_head(kind: HeadKind, inputs: int, outputs: int) -> nn.Module:
    """A head with its initial weights: (N, inputs, H, W) to (N, outputs, H, W), not yet normalised."""
    match kind:
        case HeadKind.RESIDUAL_BLOCK:
            return ResidualHead(inputs, outputs)
        case HeadKind.CONVOLUTION:
            return ConvolutionHead(inputs, outputs)
        case HeadKind.PROJECTION:
            return ProjectionHead(inputs, outputs)


def orthonormal(rows: int, columns: int) -> Tensor:
    """A (rows, columns) matrix with orthonormal columns (or rows, if there are fewer), always the same one."""
    generator = torch.Generator().manual_seed(PROJECTION_SEED)
    longer, shorter = max(rows, columns), min(rows, columns)
    q = torch.linalg.qr(torch.randn(longer, shorter, generator=generator, dtype=torch.float64, device="cpu")).Q
    matrix: Tensor = q if rows >= columns else q.T
    return matrix.float()


def _convolution(inputs: int, outputs: int) -> nn.Conv2d:
    convolution = nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)
    _initialise_convolution(convolution)
    return convolution


def _initialise_convolution(convolution: nn.Conv2d) -> None:
    fan_out = convolution.kernel_size[0] * convolution.kernel_size[1] * convolution.out_channels
    nn.init.normal_(convolution.weight, std=math.sqrt(2.0 / fan_out))
