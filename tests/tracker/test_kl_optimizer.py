"""PrDiMP's optimizer against autograd (specification, section 1.11)."""

from __future__ import annotations

import math

import pytest
import torch

from tracker.kl_optimizer import KLOptimizer
from tracker.target_filter import FeatureMatrix


def problem():
    generator = torch.Generator().manual_seed(5)
    features = torch.randn(2, 3, 6, 9, 9, generator=generator, dtype=torch.float64)
    filters = 0.2 * torch.randn(2, 6, 4, 4, generator=generator, dtype=torch.float64)
    boxes = 30 + 60 * torch.rand(2, 3, 4, generator=generator, dtype=torch.float64)
    weights = torch.rand(2, 3, generator=generator, dtype=torch.float64)
    return filters, features, boxes, weights


def divergence(optimizer, filters, features, boxes, weights):
    matrix = FeatureMatrix(features, 4)
    label = optimizer.label_density(boxes, *matrix.score_size)
    scores = matrix.scores(filters)
    each = torch.logsumexp(scores.flatten(2), dim=2) - (label * scores).sum(dim=(2, 3))
    return (weights * each).sum(dim=1)


def test_one_step_is_newtons():
    optimizer = KLOptimizer(4, 16, 0.9).double().requires_grad_(False)
    optimizer.log_step_length.fill_(-0.3)
    optimizer.filter_reg.fill_(0.4)
    filters, features, boxes, weights = problem()
    trace = optimizer(filters, features, boxes, weights, 1)
    for number in range(2):
        one = slice(number, number + 1)

        def value(variable, one=one):
            return divergence(optimizer, variable, features[one], boxes[one], weights[one])[0]

        gradient = torch.autograd.functional.jacobian(value, filters[one]) + 0.16 * filters[one]
        _, hessian_times_gradient = torch.autograd.functional.hvp(value, filters[one], gradient)
        energy = gradient.square().sum()
        curvature = (gradient * hessian_times_gradient).sum() + (0.16 + 0.05) * energy
        expected = filters[one] - math.exp(-0.3) * energy / curvature * gradient
        torch.testing.assert_close(trace.final[one], expected, rtol=1e-7, atol=1e-9)


def test_losses_are_those_of_the_filters_and_fall():
    optimizer = KLOptimizer(4, 16, 0.9).double().requires_grad_(False)
    filters, features, boxes, weights = problem()
    trace = optimizer(filters, features, boxes, weights, 6)
    for iterate, loss in zip(trace.filters, trace.losses, strict=True):
        expected = divergence(optimizer, iterate, features, boxes, weights)
        expected = expected + 0.05**2 * iterate.square().sum(dim=(1, 2, 3))
        torch.testing.assert_close(loss, expected)
    assert (trace.losses.diff(dim=0) < 0).all()


def test_regulariser_has_a_floor():
    optimizer = KLOptimizer(4, 16, 0.9).double().requires_grad_(False)
    filters, features, boxes, _ = problem()
    optimizer.filter_reg.fill_(0.01)
    floor = optimizer(filters, features, boxes, None, 2)
    optimizer.filter_reg.fill_(0.0)
    assert torch.equal(optimizer(filters, features, boxes, None, 2).final, floor.final)
    optimizer.filter_reg.fill_(0.5)
    assert optimizer(filters, features, boxes, None, 2).final.norm().item() != pytest.approx(floor.final.norm().item())
