"""How the published DiMP checkpoints call the tensors that this package calls otherwise."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.errors import TrackerError
from tracker.network_config import HeadKind, NetworkConfig

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
            raise TrackerError(f"The checkpoint is no {config.name}: it holds {old_name!r}; take a published file.")
        names[old_name] = prefixes[prefix] + old_name.removeprefix(prefix)
    return names
