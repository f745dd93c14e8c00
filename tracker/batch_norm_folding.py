"""Folding batch-norm into the layer before it: the same function, less work. For inference only."""

from __future__ import annotations

from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval, fuse_linear_bn_eval

FOLLOWED_BY = {"conv": "bn", "conv1": "bn1", "conv2": "bn2", "conv3": "bn3", "linear": "bn", "0": "1"}
"""Names of layers and of the norms behind them, as this package and torchvision call them."""


def fold_batch_norm(network: nn.Module) -> None:
    """Folds every batch-norm of a network in evaluation mode; an ``nn.Identity`` takes its place.

    Raises:
        ValueError: A batch-norm was left, because nothing it could be folded into stands before it.
    """
    for parent in list(network.modules()):
        children = dict(parent.named_children())
        for layer_name, norm_name in FOLLOWED_BY.items():
            layer, norm = children.get(layer_name), children.get(norm_name)
            if isinstance(layer, nn.Conv2d) and isinstance(norm, nn.BatchNorm2d):
                setattr(parent, layer_name, fuse_conv_bn_eval(layer, norm))
            elif isinstance(layer, nn.Linear) and isinstance(norm, nn.BatchNorm1d):
                setattr(parent, layer_name, fuse_linear_bn_eval(layer, norm))
            else:
                continue
            setattr(parent, norm_name, nn.Identity())
    left = [name for name, module in network.named_modules() if isinstance(module, nn.BatchNorm1d | nn.BatchNorm2d)]
    if left:
        raise ValueError(f"batch-norm not folded: {left}")
