"""Precise RoI pooling against its definition (specification, section 2, tests i to v)."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.precise_pooling import hat, hat_integral, pooling_weights, precise_pool

STRIDE = 16
SAMPLES_PER_CELL = 64


def boxes_of(*rows):
    return torch.tensor([rows], dtype=torch.float64)


def by_integration(features, box, size):
    """Mean of the bilinear interpolant over each bin, by the midpoint rule at 1/64 of a cell."""
    _, height, width = features.shape
    x, y, w, h = (value / STRIDE for value in box)
    count = int(max(w, h) / size * SAMPLES_PER_CELL) + SAMPLES_PER_CELL

    def axis_weights(start, length, cells):
        points = start + length * (torch.arange(size * count, dtype=torch.float64) + 0.5) / (size * count)
        weights = (1 - (points[:, None] - torch.arange(cells)).abs()).clamp(min=0)
        return weights.view(size, count, cells).mean(dim=1)

    rows, columns = axis_weights(y, h, height), axis_weights(x, w, width)
    return torch.einsum("ph,chw,qw->cpq", rows, features, columns)


def test_constant_map_gives_its_constant():
    features = torch.full((1, 2, 9, 9), 3.5, dtype=torch.float64)
    pooled = precise_pool(features, boxes_of((20.0, 25.0, 70.0, 50.0)), 4, STRIDE)
    torch.testing.assert_close(pooled, torch.full((1, 1, 2, 4, 4), 3.5, dtype=torch.float64))


def test_ramp_gives_the_value_at_each_bin_centre():
    row, column = torch.meshgrid(*[torch.arange(12, dtype=torch.float64)] * 2, indexing="ij")
    x, y, w, h = 30.0, 40.0, 100.0, 60.0
    pooled = precise_pool((column + 2 * row)[None, None], boxes_of((x, y, w, h)), 5, STRIDE)[0, 0, 0]
    centers = (torch.arange(5, dtype=torch.float64) + 0.5) / 5
    expected = (x + w * centers[None, :]) / STRIDE + 2 * (y + h * centers[:, None]) / STRIDE
    torch.testing.assert_close(pooled, expected)


@pytest.mark.parametrize(
    "box",
    [
        (33.0, 41.5, 57.6, 57.6),
        (-40.0, 50.0, 90.0, 30.0),  # over the left border
        (100.0, 120.0, 200.0, 90.0),  # over the right and lower border
        (10.0, 10.0, 3.0, 2.0),  # far below one cell
    ],
)
def test_equals_numeric_integration(box):
    features = torch.randn(3, 10, 11, dtype=torch.float64, generator=torch.Generator().manual_seed(1))
    pooled = precise_pool(features[None], boxes_of(box), 3, STRIDE)[0, 0]
    torch.testing.assert_close(pooled, by_integration(features, box, 3), atol=2e-4, rtol=0)


def test_gradients_equal_finite_differences():
    generator = torch.Generator().manual_seed(2)
    features = torch.randn(1, 2, 7, 8, dtype=torch.float64, generator=generator, requires_grad=True)
    boxes = boxes_of((21.3, 17.9, 50.7, 44.1), (-9.7, 60.2, 61.0, 70.3)).requires_grad_()
    assert torch.autograd.gradcheck(lambda f, b: precise_pool(f, b, 3, STRIDE), (features, boxes))


@pytest.mark.parametrize("box", [(30.0, 30.0, 0.0, 20.0), (30.0, 30.0, 20.0, 0.0), (30.0, 30.0, -5.0, 10.0)])
def test_box_without_area_gives_zero_and_finite_gradients(box):
    features = torch.randn(1, 2, 7, 7, dtype=torch.float64).requires_grad_()
    boxes = boxes_of(box).requires_grad_()
    pooled = precise_pool(features, boxes, 3, STRIDE)
    assert pooled.abs().max() == 0
    pooled.sum().backward()
    assert torch.isfinite(features.grad).all()
    assert torch.isfinite(boxes.grad).all()


def test_each_image_and_box_of_a_batch_is_pooled_by_itself():
    generator = torch.Generator().manual_seed(3)
    features = torch.randn(2, 3, 9, 8, generator=generator).to(memory_format=torch.channels_last)
    boxes = torch.rand(2, 4, 4, generator=generator) * 60 + 10
    together = precise_pool(features, boxes, 5, STRIDE)
    for image in range(2):
        for number in range(4):
            alone = precise_pool(features[image : image + 1], boxes[image : image + 1, number : number + 1], 5, STRIDE)
            torch.testing.assert_close(together[image, number], alone[0, 0])


@given(st.floats(-3, 3), st.floats(-3, 3))
def test_hat_integral_is_the_area_under_the_hat(low, high):
    points = torch.linspace(low, high, 2001, dtype=torch.float64)
    area = torch.trapezoid(hat(points), points)
    ends = torch.tensor([low, high], dtype=torch.float64)
    assert torch.diff(hat_integral(ends))[0].item() == pytest.approx(area.item(), abs=1e-5)


@settings(deadline=None)
@given(st.floats(0, 8), st.floats(0.01, 8), st.integers(1, 6))
def test_weights_of_a_bin_inside_the_map_sum_to_one(start, length, bins):
    weights = pooling_weights(
        torch.tensor(start, dtype=torch.float64), torch.tensor(start + length, dtype=torch.float64), bins, 18
    )
    torch.testing.assert_close(weights.sum(-1), torch.ones(bins, dtype=torch.float64), atol=1e-9, rtol=0)
