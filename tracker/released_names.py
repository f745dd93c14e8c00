"""What the published DiMP checkpoints hold, and what this package calls it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import torch
from torch import Tensor

from tracker.backbone import Backbone
from tracker.errors import TrackerError
from tracker.model_name import shown
from tracker.network_config import HeadKind, NetworkConfig, OptimizerKind

_KEY_FOLDER = Path(__file__).parent / "released_keys"
"""Names and shapes as the authors' constructors give them, a tensor a line: facts, no code of theirs."""

NEVER_RUN = ("feature_extractor.layer4.", "feature_extractor.fc.")
"""Parts of the ImageNet network that the checkpoints carry and DiMP does not use."""

COUNTER = "num_batches_tracked"

_OPTIMIZER = {
    "log_step_length": "log_step_length",
    "filter_reg": "filter_reg",
    "label_map_predictor.weight": "label_table",
    "target_mask_predictor.0.weight": "mask_table",
    "spatial_weight_predictor.weight": "weight_table",
}
TABLE_SHAPE = (1, 100, 1, 1)

_CONV_BLOCKS = {
    "conv3_1r": "reference8",
    "fc3_1r": "reference8_vector",
    "conv4_1r": "reference16",
    "fc34_3r": "modulation8",
    "fc34_4r": "modulation16",
    "conv3_1t": "test8.0",
    "conv3_2t": "test8.1",
    "conv4_1t": "test16.0",
    "conv4_2t": "test16.1",
}
_LINEAR_BLOCKS = {"fc3_rt": "box8", "fc4_rt": "box16"}


def _prefixes(config: NetworkConfig) -> dict[str, str]:
    """Released prefix to ours."""
    prefixes = {
        "feature_extractor.": "backbone.",
        "classifier.filter_initializer.filter_conv.": "target_model.initializer.conv.",
        "bb_regressor.iou_predictor.": "iou_branch.output.",
    }
    if config.head is HeadKind.RESIDUAL_BLOCK:
        prefixes["classifier.feature_extractor.0."] = "target_model.head.block."
        prefixes["classifier.feature_extractor.1."] = "target_model.head.conv."
    else:
        prefixes["classifier.feature_extractor.0."] = "target_model.head.conv."
    prefixes |= {
        f"classifier.filter_optimizer.{old}": f"target_model.optimizer.{new}" for old, new in _OPTIMIZER.items()
    }
    for old, new in _CONV_BLOCKS.items():
        prefixes[f"bb_regressor.{old}.0."] = f"iou_branch.{new}.conv."
        prefixes[f"bb_regressor.{old}.1."] = f"iou_branch.{new}.bn."
    for old, new in _LINEAR_BLOCKS.items():
        prefixes[f"bb_regressor.{old}."] = f"iou_branch.{new}."
    return prefixes


def our_names(released: Iterable[str], config: NetworkConfig) -> dict[str, str]:
    """Our names for released tensors, without those nobody needs.

    Raises:
        TrackerError: A name that no published checkpoint of this network has.
    """
    prefixes = _prefixes(config)
    names: dict[str, str] = {}
    for old_name in released:
        if old_name.startswith(NEVER_RUN) or old_name.endswith(COUNTER):
            continue
        prefix = next((old for old in prefixes if old_name.startswith(old)), None)
        if prefix is None:
            raise TrackerError(
                "The checkpoint is no {0}: it holds {1!r}; take a published file.", config.name, old_name
            )
        names[old_name] = prefixes[prefix] + old_name.removeprefix(prefix)
    return names


def check_released(net: Mapping[str, object], config: NetworkConfig, file_name: str) -> None:
    """Compares all tensors of a checkpoint, also those that DiMP never runs, with the published names and shapes.

    Counters, and the parts that are never run, may be missing.

    Raises:
        TrackerError: With the first difference.
    """
    published = published_tensors(config)
    surplus = net.keys() - published.keys()
    lacking = {
        name for name in published.keys() - net.keys() if not (name.startswith(NEVER_RUN) or name.endswith(COUNTER))
    }
    if surplus:
        raise TrackerError(
            "{0} is no published {1}: it holds {3}, which such a one has not (such tensors: {2}); take a published "
            "file.",
            file_name,
            config.name,
            len(surplus),
            shown(min(surplus)),
        )
    if lacking:
        raise TrackerError(
            "{0} is no published {1}: it lacks {3} (tensors lacking: {2}); take a published file.",
            file_name,
            config.name,
            len(lacking),
            shown(min(lacking)),
        )
    for name, value in net.items():
        if not isinstance(value, Tensor) or not _is_plain(value, is_counter=name.endswith(COUNTER)):
            raise TrackerError(
                "{0} is no published {1}: {2} is something else than a tensor of numbers; take a published file.",
                file_name,
                config.name,
                name,
            )
        if tuple(value.shape) != published[name]:
            raise TrackerError(
                "{0} is no published {1}: {2} has shape {3}, not {4}; take a published file.",
                file_name,
                config.name,
                name,
                tuple(value.shape),
                published[name],
            )


@cache
def published_tensors(config: NetworkConfig) -> Mapping[str, tuple[int, ...]]:
    """Names and shapes in the authors' file of a network."""
    depth = 18 if config.backbone is Backbone.RESNET18 else 50
    lines = (_KEY_FOLDER / f"dimp{depth}.txt").read_text(encoding="utf-8").splitlines()
    tensors = {name: ast.literal_eval(shape) for name, shape in (line.split("\t") for line in lines)}
    if config.optimizer is OptimizerKind.KL_DIVERGENCE:  # needs no learned label, mask and weight
        tensors = {name: shape for name, shape in tensors.items() if shape != TABLE_SHAPE}
    return MappingProxyType(tensors)


def _is_plain(tensor: Tensor, *, is_counter: bool) -> bool:
    """Dense numbers in memory: neither sparse nor quantized nor without values."""
    dtypes = (torch.int64,) if is_counter else (torch.float16, torch.bfloat16, torch.float32, torch.float64)
    return tensor.layout is torch.strided and tensor.device.type == "cpu" and tensor.dtype in dtypes
