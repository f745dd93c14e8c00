"""Trunks: strides, alignment, and the folding of batch-norm."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from tracker.backbone import LITE0_BLOCKS, Backbone, make_trunk
from tracker.batch_norm_folding import fold_batch_norm
from tracker.convert_lite0_trunk import NORM_TENSORS, fold_trunk
from tracker.network import DimpNetwork
from tracker.network_config import NETWORK_CONFIGS


@pytest.mark.parametrize(
    ("backbone", "channels"),
    [(Backbone.RESNET18, (128, 256)), (Backbone.RESNET50, (512, 1024)), (Backbone.EFFICIENTNET_LITE0, (40, 112))],
)
@pytest.mark.parametrize("side", [224, 256, 352])
def test_strides_and_channels(backbone, channels, side):
    with torch.device("meta"):
        trunk = make_trunk(backbone)
        stride8, stride16 = trunk(torch.empty(2, 3, side, side))
    assert stride8.shape == (2, channels[0], side // 8, side // 8)
    assert stride16.shape == (2, channels[1], side // 16, side // 16)
    assert (trunk.stride8_channels, trunk.stride16_channels) == channels


@pytest.mark.parametrize("backbone", [Backbone.RESNET18, Backbone.EFFICIENTNET_LITE0])
def test_cells_are_centred_where_pooling_puts_them(backbone):
    """The pixels that cell (i, j) reads lie evenly round (stride i, stride j)."""
    torch.manual_seed(0)
    trunk = make_trunk(backbone).eval()
    # without its non-linearities, every pixel in reach has some influence
    for parent in list(trunk.modules()):
        for name, child in parent.named_children():
            if isinstance(child, nn.ReLU | nn.ReLU6):
                setattr(parent, name, nn.Identity())
            elif isinstance(child, nn.MaxPool2d):
                setattr(parent, name, nn.AvgPool2d(child.kernel_size, child.stride, child.padding))
    picture = torch.zeros(1, 3, 512, 512, requires_grad=True)
    stride8, stride16 = trunk(picture)
    for stride, cells in ((8, stride8), (16, stride16)):
        cell = 256 // stride
        (influence,) = torch.autograd.grad(cells[0, :, cell, cell].sum(), picture, retain_graph=True)
        reached = influence[0].abs().sum(dim=(0, 1)).nonzero().flatten()
        assert reached.min() > 0
        assert reached.max() < 511
        assert (reached.min() + reached.max()).item() / 2 == 256


def test_input_normalisation():
    picture = torch.tensor([0.0, 127.0, 255.0]).view(1, 3, 1, 1)
    lite = make_trunk(Backbone.EFFICIENTNET_LITE0).normalize(picture).flatten()
    torch.testing.assert_close(lite, torch.tensor([-127 / 128, 0.0, 1.0]))
    resnet = make_trunk(Backbone.RESNET18).normalize(picture).flatten()
    torch.testing.assert_close(resnet, torch.tensor([-0.485 / 0.229, (127 / 255 - 0.456) / 0.224, (1 - 0.406) / 0.225]))


def original_lite0(seed=0):
    """A state dict as the wheel has it, with random numbers of a plausible size."""
    generator = torch.Generator().manual_seed(seed)
    state = {}

    def add(convolution, norm, outputs, inputs, kernel):
        fan_in = inputs * kernel * kernel
        state[f"{convolution}.weight"] = torch.randn(outputs, inputs, kernel, kernel, generator=generator) / fan_in**0.5
        for name in NORM_TENSORS:
            state[f"{norm}.{name}"] = torch.rand(outputs, generator=generator) + 0.5

    add("_conv_stem", "_bn0", 32, 3, 3)
    for index, shape in enumerate(LITE0_BLOCKS):
        block, hidden = f"_blocks.{index}", shape.inputs * shape.expansion
        if shape.expansion > 1:
            add(f"{block}._expand_conv", f"{block}._bn0", hidden, shape.inputs, 1)
        add(f"{block}._depthwise_conv", f"{block}._bn1", hidden, 1, shape.kernel)
        add(f"{block}._project_conv", f"{block}._bn2", shape.outputs, hidden, 1)
    return state


def unfolded_lite0(state, x):
    """EfficientNet-Lite0 with its batch-norm layers, written down once more."""

    def layer(y, convolution, norm, **options):
        y = F.conv2d(y, state[f"{convolution}.weight"], **options)
        gamma, beta, mean, variance = (state[f"{norm}.{name}"] for name in NORM_TENSORS)
        return F.batch_norm(y, mean, variance, gamma, beta, training=False, eps=1e-3)

    x = F.relu6(layer(x, "_conv_stem", "_bn0", stride=2, padding=1))
    outputs = []
    for index, shape in enumerate(LITE0_BLOCKS):
        block = f"_blocks.{index}"
        y = F.relu6(layer(x, f"{block}._expand_conv", f"{block}._bn0")) if shape.expansion > 1 else x
        options = {"stride": shape.stride, "padding": shape.kernel // 2, "groups": y.shape[1]}
        y = F.relu6(layer(y, f"{block}._depthwise_conv", f"{block}._bn1", **options))
        y = layer(y, f"{block}._project_conv", f"{block}._bn2")
        x = x + y if shape.stride == 1 and shape.inputs == shape.outputs else y
        outputs.append(x)
    return outputs[4], outputs[10]


def test_folded_lite0_equals_the_unfolded_one():
    state = original_lite0()
    trunk = make_trunk(Backbone.EFFICIENTNET_LITE0)
    trunk.load_state_dict(fold_trunk(state))
    picture = torch.randn(1, 3, 96, 96, generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        for ours, original in zip(trunk(picture), unfolded_lite0(state, picture), strict=True):
            torch.testing.assert_close(ours, original, atol=5e-5 * original.abs().max().item(), rtol=0)


@pytest.mark.parametrize("name", ["dimp18", "prdimp50"])
@torch.no_grad()
def test_folding_changes_nothing_but_the_work(name):
    torch.manual_seed(0)
    network = DimpNetwork(NETWORK_CONFIGS[name])
    for module in network.modules():
        if isinstance(module, nn.BatchNorm1d | nn.BatchNorm2d):
            module.running_mean.uniform_(-0.1, 0.1)
            module.running_var.uniform_(0.5, 1.5)
    network.eval()
    crops, boxes = torch.rand(1, 3, 96, 96) * 255, torch.tensor([[30.0, 20.0, 40.0, 50.0]])

    def outputs():
        features = network.extract_features(crops)
        predictor = network.iou_predictor
        modulation = predictor.modulation(features, boxes)
        return (
            network.classification_features(features),
            predictor.predict(predictor.test_features(features), modulation, boxes),
        )

    before = outputs()
    fold_batch_norm(network)
    assert not any(isinstance(m, nn.BatchNorm1d | nn.BatchNorm2d) for m in network.modules())
    for old, new in zip(before, outputs(), strict=True):
        torch.testing.assert_close(new, old, atol=1e-4 * old.abs().max().item(), rtol=0)


def test_folding_refuses_a_norm_it_cannot_fold():
    with pytest.raises(ValueError, match="lonely"):
        fold_batch_norm(nn.ModuleDict({"lonely": nn.BatchNorm2d(3)}).eval())
