"""The steepest-descent optimizer against golden values, autograd and a finite-difference Jacobian (section 8)."""

from __future__ import annotations

import pytest
import torch

from tracker.filter_optimizer import SteepestDescentOptimizer
from tracker.target_filter import FeatureMatrix

GOLDEN_BOXES = torch.tensor([[100.0, 110.0, 60.0, 40.0], [120.0, 100.0, 50.0, 70.0]])


def golden_features():
    j, c, y, x = torch.meshgrid(*(torch.arange(float(n)) for n in (2, 8, 18, 18)), indexing="ij")
    return 0.05 * torch.sin(0.37 * c + 0.11 * y - 0.23 * x + 0.7 * j + 0.013 * x * y)


def scattered_optimizer(seed=0):
    """An optimizer in float64 with tables that are not the initial ones."""
    generator = torch.Generator().manual_seed(seed)
    optimizer = SteepestDescentOptimizer(4, 16, 0.9).double()
    with torch.no_grad():
        for parameter in optimizer.parameters():
            parameter.add_(0.3 * torch.randn(parameter.shape, generator=generator, dtype=torch.float64))
    return optimizer.requires_grad_(False)


def scattered_problem(sequences=1, samples=3, channels=6, cells=9):
    generator = torch.Generator().manual_seed(5)
    features = torch.randn(sequences, samples, channels, cells, cells, generator=generator, dtype=torch.float64)
    filters = torch.randn(sequences, channels, 4, 4, generator=generator, dtype=torch.float64)
    boxes = 30 + 60 * torch.rand(sequences, samples, 4, generator=generator, dtype=torch.float64)
    weights = torch.rand(sequences, samples, generator=generator, dtype=torch.float64)
    return filters, features, boxes, weights


def residuals(optimizer, filters, features, boxes, weights):
    """All residuals of the loss as one vector, written down from section 1.6."""
    matrix = FeatureMatrix(features, 4)
    label, mask, spatial = optimizer.radial_maps(boxes, *matrix.score_size)
    scores = matrix.scores(filters)
    activated = torch.where(scores > 0, scores, mask * scores)
    data = weights.sqrt()[..., None, None] * spatial * (activated - label)
    return torch.cat((data.flatten(), max(optimizer.filter_reg.abs().item(), 1e-3) * filters.flatten()))


@pytest.mark.parametrize(
    ("weights", "losses", "total", "norm"),
    [
        (None, (2.545405, 2.601306, 2.343206, 2.338647), 1.032617, 0.1091155),
        ((0.8, 0.2), (2.546435, 2.606390, 2.338386, 2.333287), 0.961263, 0.1112520),
    ],
)
def test_golden_values(weights, losses, total, norm):
    weights = None if weights is None else torch.tensor([weights])
    start = torch.zeros(1, 8, 4, 4)
    trace = SteepestDescentOptimizer(4, 16, 0.9)(start, golden_features()[None], GOLDEN_BOXES[None], weights, 3)
    assert trace.losses[:, 0].tolist() == pytest.approx(losses, abs=1e-5)
    assert len(trace.filters) == 4
    assert trace.final.sum().item() == pytest.approx(total, abs=1e-5)
    assert trace.final.norm().item() == pytest.approx(norm, abs=1e-5)


def test_golden_filter_entries():
    trace = SteepestDescentOptimizer(4, 16, 0.9)(
        torch.zeros(1, 8, 4, 4), golden_features()[None], GOLDEN_BOXES[None], None, 3
    )
    assert trace.final[0, 0, 0, 0].item() == pytest.approx(-0.001028958, abs=1e-7)
    assert trace.final[0, 7, 3, 2].item() == pytest.approx(0.003817853, abs=1e-7)


def test_direction_is_half_the_gradient_and_length_is_gauss_newtons():
    optimizer = scattered_optimizer()
    filters, features, boxes, weights = scattered_problem()
    trace = optimizer(filters, features, boxes, weights, 1)

    variable = filters.clone().requires_grad_()
    loss = residuals(optimizer, variable, features, boxes, weights).square().sum()
    assert trace.losses[0].item() == pytest.approx(loss.item(), abs=1e-9)
    (gradient,) = torch.autograd.grad(loss / 2, variable)

    tiny = 1e-7
    ahead, behind = (
        residuals(optimizer, filters + sign * tiny * gradient, features, boxes, weights) for sign in (1, -1)
    )
    curvature = ((ahead - behind) / (2 * tiny)).square().sum()
    step = torch.exp(optimizer.log_step_length) * gradient.square().sum() / curvature
    taken = filters - trace.final
    # the direction to 1e-10 by autograd, the length to what finite differences can tell
    torch.testing.assert_close(taken / taken.norm(), gradient / gradient.norm(), atol=1e-10, rtol=0)
    torch.testing.assert_close(taken, step * gradient, rtol=1e-6, atol=0)


def test_losses_after_many_steps_are_those_of_the_filters():
    optimizer = scattered_optimizer()
    filters, features, boxes, weights = scattered_problem()
    trace = optimizer(filters, features, boxes, weights, 10)
    for iterate, loss in zip(trace.filters, trace.losses[:, 0], strict=True):
        expected = residuals(optimizer, iterate, features, boxes, weights).square().sum()
        assert loss.item() == pytest.approx(expected.item(), rel=1e-9)


def test_the_regulariser_is_squared_and_so_is_its_floor():
    optimizer = scattered_optimizer()
    filters, features, boxes, weights = scattered_problem()
    losses = []
    for stored in (0.0, 1e-4, -1e-3, 1e-3):
        optimizer.filter_reg.fill_(stored)
        losses.append(optimizer(filters, features, boxes, weights, 0).losses[0, 0].item())
    assert losses[0] == losses[1] == losses[2] == losses[3]
    optimizer.filter_reg.fill_(0.5)
    raised = optimizer(filters, features, boxes, weights, 0).losses[0, 0].item()
    assert raised - losses[0] == pytest.approx((0.25 - 1e-6) * filters.square().sum().item(), rel=1e-9)


def test_sequences_of_a_batch_do_not_touch_each_other():
    optimizer = scattered_optimizer()
    filters, features, boxes, weights = scattered_problem(sequences=3)
    together = optimizer(filters, features, boxes, weights, 3)
    for number in range(3):
        one = slice(number, number + 1)
        alone = optimizer(filters[one], features[one], boxes[one], weights[one], 3)
        torch.testing.assert_close(together.final[one], alone.final)
        torch.testing.assert_close(together.losses[:, one], alone.losses)


def test_a_sample_of_weight_zero_does_not_count():
    optimizer = scattered_optimizer()
    filters, features, boxes, weights = scattered_problem()
    weights[0, 2] = 0
    with_it = optimizer(filters, features, boxes, weights, 3)
    without = optimizer(filters, features[:, :2], boxes[:, :2], weights[:, :2], 3)
    torch.testing.assert_close(with_it.final, without.final)


def test_gradients_flow_through_all_iterations():
    optimizer = SteepestDescentOptimizer(4, 16, 0.9).double()
    filters, features, boxes, _ = scattered_problem(samples=2, channels=3, cells=6)
    filters.requires_grad_()
    features.requires_grad_()

    def last(start, x, label_table, mask_table, weight_table, reg, log_step):
        values = {"label_table": label_table, "mask_table": mask_table, "weight_table": weight_table}
        values |= {"filter_reg": reg, "log_step_length": log_step}
        return torch.func.functional_call(optimizer, values, (start, x, boxes, None, 2)).final

    arguments = (
        filters,
        features,
        optimizer.label_table,
        optimizer.mask_table,
        optimizer.weight_table,
        optimizer.filter_reg,
        optimizer.log_step_length,
    )
    assert torch.autograd.gradcheck(last, arguments, fast_mode=True, atol=1e-4)
