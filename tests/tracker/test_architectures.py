"""The published networks: parameter counts, tensor names and work (specification, sections 1.10, 1.8 and 6)."""

from __future__ import annotations

import math

import pytest
import torch
from torch import nn

from tracker.backbone import Features
from tracker.errors import TrackerError
from tracker.model_file import expected_shapes
from tracker.network import DimpNetwork
from tracker.network_config import NETWORK_CONFIGS, NetworkConfig
from tracker.released_names import COUNTER, TABLE_SHAPE, our_names, published_tensors


def on_meta(name):
    with torch.device("meta"):
        return DimpNetwork(NETWORK_CONFIGS[name]).eval()


def count(module):
    return sum(parameter.numel() for parameter in module.parameters())


@pytest.mark.parametrize(
    ("name", "backbone", "head", "initializer", "optimizer", "iou"),
    [
        ("dimp18", 2_782_784, 1_770_496, 590_080, 302, 5_595_521),
        ("dimp50", 8_543_296, 4_718_592, 2_359_808, 302, 10_461_569),
        ("super_dimp", 8_543_296, 4_718_592, 2_359_808, 302, 10_461_569),
        ("prdimp18", 2_782_784, 1_770_496, 590_080, 2, 5_595_521),
        ("prdimp50", 8_543_296, 4_718_592, 2_359_808, 2, 10_461_569),
        ("lite0", 692_688, 291_072, 147_584, 302, 1_320_577),
    ],
)
def test_parameter_counts(name, backbone, head, initializer, optimizer, iou):
    network = on_meta(name)
    model = network.target_model
    counts = [count(m) for m in (network.backbone, model.head, model.initializer, model.optimizer, network.iou_branch)]
    assert counts == [backbone, head, initializer, optimizer, iou]
    assert count(network) == sum(counts)


def test_parts_of_the_iou_net():
    published = {
        "reference8": (147_840, 590_208), "test8.0": (295_680, 1_180_416), "reference16": (590_592, 2_360_064),
        "test16.0": (590_592, 2_360_064), "test8.1": (590_592, 590_592), "test16.1": (590_592, 590_592),
        "reference8_vector": (295_680, 295_680), "modulation8": (131_840, 131_840), "modulation16": (131_840, 131_840),
        "box8": (1_639_168, 1_639_168), "box16": (590_592, 590_592), "output": (513, 513),
    }  # fmt: skip
    for column, name in enumerate(("dimp18", "dimp50")):
        branch = on_meta(name).iou_branch
        assert {part: count(branch.get_submodule(part)) for part in published} == {
            part: counts[column] for part, counts in published.items()
        }


@pytest.mark.parametrize(
    ("name", "entries", "counters", "parameters"),
    [
        ("dimp18", 221, 33, 19_645_911),
        ("dimp50", 407, 64, 43_097_303),
        ("super_dimp", 407, 64, 43_097_303),
        ("prdimp18", 218, 33, 19_645_611),
        ("prdimp50", 404, 64, 43_097_003),
    ],
)
def test_published_names_and_shapes(name, entries, counters, parameters):
    config = NETWORK_CONFIGS[name]
    published = published_tensors(config)
    assert len(published) == entries
    assert sum(key.endswith(COUNTER) for key in published) == counters
    learned = {key: shape for key, shape in published.items() if not key.endswith((COUNTER, "_mean", "_var"))}
    assert sum(math.prod(shape) for shape in learned.values()) == parameters
    ours = {
        our_name: (100,) if published[key] == TABLE_SHAPE else published[key]
        for key, our_name in our_names(published, config).items()
    }
    assert ours == expected_shapes(config)


def test_unknown_published_name_is_refused():
    with pytest.raises(TrackerError, match=r"backbone\.conv1\.weight"):
        our_names(["backbone.conv1.weight"], NETWORK_CONFIGS["dimp18"])


def macs(module, run):
    """Multiply-accumulates of all convolutions and linear layers in a module while ``run`` runs."""
    total = 0

    def add(layer, arguments, output):
        nonlocal total
        total += output.numel() * layer.weight[0].numel()

    hooks = [m.register_forward_hook(add) for m in module.modules() if isinstance(m, nn.Conv2d | nn.Linear)]
    run()
    for hook in hooks:
        hook.remove()
    return total / 1e9


@pytest.mark.parametrize(
    ("name", "backbone", "head", "test_features", "modulation", "initializer"),
    [("dimp18", 2.318, 0.573, 1.529, 0.383, 2.87), ("dimp50", 5.419, 1.529, 3.249, 1.530, 11.5)],
)
@torch.no_grad()
def test_work_at_288_pixels(name, backbone, head, test_features, modulation, initializer):
    network = on_meta(name)
    stride8, stride16 = network.backbone(torch.empty(1, 3, 288, 288, device="meta"))
    assert stride8.shape[-2:] == (36, 36)
    assert stride16.shape[-2:] == (18, 18)
    features = Features(stride8, stride16)
    x = network.target_model.features(stride16)
    box = torch.empty(1, 4, device="meta")
    measured = [
        macs(network, lambda: network.backbone(torch.empty(1, 3, 288, 288, device="meta"))),
        macs(network, lambda: network.classification_features(features)),
        macs(network, lambda: network.iou_predictor.test_features(features)),
        macs(network, lambda: network.iou_predictor.modulation(features, box)),
        macs(network, lambda: network.initialize_filter(x.expand(15, -1, -1, -1), box.expand(15, 4))),
    ]
    assert measured == pytest.approx([backbone, head, test_features, modulation, initializer], rel=0.01)


@pytest.mark.parametrize("config", NETWORK_CONFIGS.values(), ids=list(NETWORK_CONFIGS))
def test_config_survives_json(config):
    assert NetworkConfig.from_json(config.to_json()) == config


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"filter_channels": 128', '"filter_channels": 1000000000'),
        ('"filter_channels": 128', '"filter_channels": "128"'),
        ('"filter_size": 4', '"filter_size": 0'),
        ('"resnet18"', '"resnet19"'),
        ('"name": ', '"nom": '),
        ('"label_sigma": 0.9', '"label_sigma": NaN'),
        ("}", ""),
    ],
)
def test_config_out_of_range_is_refused(old, new):
    text = NETWORK_CONFIGS["lite0"].to_json().replace("efficientnet_lite0", "resnet18")
    assert old in text
    with pytest.raises(TrackerError):
        NetworkConfig.from_json(text.replace(old, new))
