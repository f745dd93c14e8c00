"""Head, normalisation and initialiser (specification, sections 1.3 and 1.5; the untrained lite0)."""

from __future__ import annotations

import pytest
import torch

from tracker.classification_head import InstanceL2Norm, ProjectionHead, ResidualHead, orthonormal
from tracker.filter_initializer import FilterInitializer
from tracker.network_config import NETWORK_CONFIGS
from tracker.precise_pooling import precise_pool
from tracker.target_model import TargetModel


@pytest.mark.parametrize(("channels", "scale"), [(256, 0.015625), (512, 0.011048543456)])
def test_norm_makes_the_rms_of_each_image_the_published_scale(channels, scale):
    x = torch.randn(3, channels, 18, 18) * torch.tensor([1.0, 7.0, 40.0]).view(3, 1, 1, 1)
    y = InstanceL2Norm(channels, 4)(x)
    torch.testing.assert_close(y.square().mean(dim=(1, 2, 3)).sqrt(), torch.full((3,), scale), rtol=1e-4, atol=0)
    # one scalar an image: no channel is rescaled against another
    ratio = (y / x).flatten(1)
    torch.testing.assert_close(ratio.amax(1), ratio.amin(1))


def test_norm_of_an_empty_image_is_zero():
    assert InstanceL2Norm(8, 4)(torch.zeros(1, 8, 4, 4)).abs().max() == 0


@pytest.mark.parametrize(("rows", "columns"), [(128, 112), (10, 30)])
def test_projection_is_orthonormal_and_always_the_same(rows, columns):
    matrix = orthonormal(rows, columns)
    assert matrix.shape == (rows, columns)
    gram = matrix.T @ matrix if rows >= columns else matrix @ matrix.T
    torch.testing.assert_close(gram, torch.eye(min(rows, columns)), atol=1e-5, rtol=0)
    torch.manual_seed(99)
    assert torch.equal(matrix, orthonormal(rows, columns))


def test_untrained_projection_head_keeps_all_inner_products():
    x = torch.randn(2, 112, 5, 5)
    y = ProjectionHead(112, 128)(x)
    before, after = (torch.einsum("ncij,nckl->nijkl", z, z) for z in (x, y))
    torch.testing.assert_close(before, after, atol=2e-3, rtol=1e-4)


def test_residual_head_starts_with_the_published_spread():
    weight = ResidualHead(256, 256).conv.weight
    assert weight.std().item() == pytest.approx((2 / (9 * 256)) ** 0.5, rel=0.02)


def test_initializer_pools_its_convolution_over_the_box_and_averages():
    initializer = FilterInitializer(6, 4, 16)
    features = torch.randn(2, 3, 6, 9, 9)
    boxes = 30 + 50 * torch.rand(2, 3, 4)
    filters = initializer(features, boxes)
    assert filters.shape == (2, 6, 4, 4)
    one = torch.stack(
        [
            precise_pool(initializer.conv(features[1, j : j + 1]), boxes[1, j].view(1, 1, 4), 4, 16)[0, 0]
            for j in range(3)
        ]
    )
    torch.testing.assert_close(filters[1], one.mean(dim=0))


def test_identity_initializer_gives_the_pooled_target():
    initializer = FilterInitializer(6, 4, 16)
    initializer.set_identity()
    features, boxes = torch.randn(1, 1, 6, 9, 9), torch.tensor([[[40.0, 40.0, 50.0, 60.0]]])
    torch.testing.assert_close(initializer(features, boxes)[0], precise_pool(features[0], boxes, 4, 16)[0, 0])


def test_untrained_lite0_finds_the_target_it_was_shown():
    """A start that tracks: the score peaks at the annotated place, on a second picture too."""
    model = TargetModel(NETWORK_CONFIGS["lite0"], 112).eval().requires_grad_(False)
    generator = torch.Generator().manual_seed(0)
    scene = torch.randn(1, 112, 24, 24, generator=generator)
    first, moved = scene[..., 4:20, 4:20], scene[..., 2:18, 6:22]
    box = torch.tensor([[[7 * 16.0, 6 * 16.0, 48.0, 48.0]]])
    x = model.features(first)[None]
    trace = model.optimize(model.initialize(x, box), x, box, None, 5)
    assert trace.losses[-1] < trace.losses[0]
    peaks = [model.scores(trace.final, model.features(picture)[None])[0, 0] for picture in (first, moved)]
    places = [divmod(int(peak.argmax()), 17) for peak in peaks]
    assert abs(places[0][0] - 7.5) <= 1
    assert abs(places[0][1] - 8.5) <= 1
    assert (places[1][0] - places[0][0], places[1][1] - places[0][1]) == (2, -2)


def test_prdimp_starts_from_a_zero_filter():
    model = TargetModel(NETWORK_CONFIGS["prdimp18"], 256)
    filters = model.initialize(torch.randn(1, 2, 256, 18, 18), torch.full((1, 2, 4), 60.0))
    assert filters.abs().max() == 0
