"""The box branch (specification, sections 1.7, 3.5 and 10)."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from tracker.backbone import Features
from tracker.batch_norm_folding import fold_batch_norm
from tracker.iou_predictor import IoUFeatures, IoUPredictor, Modulation, RefinementSpace
from tracker.network_config import NARROW_IOU, IoUWidths
from tracker.precise_pooling import precise_pool

CANDIDATES = torch.tensor(
    [[60.0, 70.0, 50.0, 40.0], [55.0, 75.0, 61.0, 33.0], [-10.0, 100.0, 45.0, 60.0]], dtype=torch.float64
)


@pytest.fixture(scope="module", params=["autograd", "formula"])
def predictor(request):
    """With gradients by autograd, and by the written-out formula (which needs batch-norm folded)."""
    torch.manual_seed(0)
    module = IoUPredictor(40, 112, NARROW_IOU).double()
    for layer in module.modules():
        if isinstance(layer, torch.nn.BatchNorm1d | torch.nn.BatchNorm2d):
            layer.running_mean.uniform_(-0.2, 0.2)
            layer.running_var.uniform_(0.5, 1.5)
    module.eval()
    if request.param == "formula":
        fold_batch_norm(module)
        module.prepare_refinement()
    return module.requires_grad_(False)


def trunk_features(images=1, seed=0):
    generator = torch.Generator().manual_seed(seed)
    return Features(
        torch.randn(images, 40, 24, 24, generator=generator, dtype=torch.float64),
        torch.randn(images, 112, 12, 12, generator=generator, dtype=torch.float64),
    )


def reference_and_test(predictor):
    modulation = predictor.modulation(trunk_features(), CANDIDATES[:1])
    return predictor.test_features(trunk_features(seed=1)), modulation


def test_modulation_shapes_and_sign(predictor):
    modulation = predictor.modulation(trunk_features(3), CANDIDATES)
    assert modulation.stride8.shape == (3, 64)
    assert modulation.stride16.shape == (3, 128)
    assert modulation.stride8.min() >= 0
    assert modulation.stride16.min() >= 0


def test_batch_norm_starts_with_uniform_weights():
    torch.manual_seed(0)
    fresh = IoUPredictor(128, 256, IoUWidths())
    norms = [module for module in fresh.modules() if isinstance(module, nn.BatchNorm1d | nn.BatchNorm2d)]
    assert len(norms) == 11
    weights = torch.cat([norm.weight.detach() for norm in norms])
    assert 0 <= weights.min() < 0.01
    assert 0.99 < weights.max() <= 1
    assert weights.mean().item() == pytest.approx(0.5, abs=0.03)
    assert not any(norm.bias.any() for norm in norms)


def test_paper_widths_are_the_default():
    widths = IoUWidths()
    assert (widths.reference8, widths.reference_vector, widths.reference16) == (128, 256, 256)
    assert (widths.test8, widths.test16, widths.hidden) == (256, 256, 256)


def test_prediction_follows_the_specification(predictor):
    """Modulate first, pool after, box by box, batch-norm in place."""
    features, modulation = reference_and_test(predictor)
    predicted = predictor.predict(features, modulation, CANDIDATES)
    for box, value in zip(CANDIDATES, predicted, strict=True):
        pooled8 = precise_pool(features.stride8 * modulation.stride8[..., None, None], box.view(1, 1, 4), 5, 8)
        pooled16 = precise_pool(features.stride16 * modulation.stride16[..., None, None], box.view(1, 1, 4), 3, 16)
        hidden = torch.cat((predictor.box8(pooled8.reshape(1, -1)), predictor.box16(pooled16.reshape(1, -1))), dim=1)
        torch.testing.assert_close(predictor.output(hidden)[0, 0], value)


def test_batched_prediction_is_the_single_one_repeated(predictor):
    modulation = predictor.modulation(trunk_features(2), CANDIDATES[:2])
    features = predictor.test_features(trunk_features(2, seed=1))
    boxes = torch.stack((CANDIDATES, CANDIDATES.flip(0)))
    together = predictor.predict_batch(features, modulation, boxes)
    assert together.shape == (2, 3)
    for image in range(2):
        one = slice(image, image + 1)
        alone = predictor.predict(
            IoUFeatures(features.stride8[one], features.stride16[one]),
            Modulation(modulation.stride8[one], modulation.stride16[one]),
            boxes[image],
        )
        torch.testing.assert_close(together[image], alone)


@pytest.mark.parametrize(
    "box",
    [
        (60.0, 70.0, 50.0, 40.0),
        (-30.0, 150.0, 80.0, 90.0),  # over two borders
        (-500.0, 900.0, 30.0, 30.0),  # far outside
        (61.0, 64.0, 2.0, 3.0),  # within one cell
        (50.0, 50.0, 0.0, 20.0),  # no area
        (0.0, 0.0, 192.0, 192.0),  # the whole crop
    ],
)
def test_one_step_is_along_the_gradient(predictor, box):
    features, modulation = reference_and_test(predictor)
    boxes = torch.tensor([box, (70.0, 80.0, 50.0, 45.0)], dtype=torch.float64)
    variables = boxes.clone().requires_grad_()
    predicted = predictor.predict(features, modulation, variables)
    (gradient,) = torch.autograd.grad(predicted.sum(), variables)
    moved, iou = predictor.refine(features, modulation, boxes, RefinementSpace.DEFAULT, 1, 1.0, 1.0)
    torch.testing.assert_close(iou, predicted.detach())
    torch.testing.assert_close(moved, boxes + gradient * boxes[:, [2, 3, 2, 3]], rtol=1e-10, atol=1e-10)


def test_boxes_may_leave_the_cells_they_started_on(predictor):
    features, modulation = reference_and_test(predictor)
    arguments = (RefinementSpace.DEFAULT, 6, 800.0, 1.0)
    boxes, iou = predictor.refine(features, modulation, CANDIDATES, *arguments)
    assert (boxes - CANDIDATES).abs().max() > 40
    expected_boxes, expected_iou = climbed(predictor, features, modulation, *arguments)
    torch.testing.assert_close(boxes, expected_boxes, rtol=1e-6, atol=1e-6)
    torch.testing.assert_close(iou, expected_iou, rtol=1e-6, atol=1e-6)


def climbed(predictor, features, modulation, space, iterations, step, decay):
    """The refinement of section 3.5, written down with variables of its own space."""
    w0, h0 = CANDIDATES[0, 2:]
    size = torch.stack((w0, h0))

    def to_boxes(variables):
        if space is RefinementSpace.DEFAULT:
            return variables
        extent = torch.exp(variables[:, 2:])
        return torch.cat((variables[:, :2] * size - extent / 2, extent), dim=1)

    variables = CANDIDATES.clone()
    if space is RefinementSpace.RELATIVE:
        center = CANDIDATES[:, :2] + CANDIDATES[:, 2:] / 2
        variables = torch.cat((center / size, CANDIDATES[:, 2:].log()), dim=1)
    for _ in range(iterations):
        variables = variables.detach().requires_grad_()
        predicted = predictor.predict(features, modulation, to_boxes(variables))
        (gradient,) = torch.autograd.grad(predicted.sum(), variables)
        factor = variables[:, [2, 3, 2, 3]].detach() if space is RefinementSpace.DEFAULT else 1.0
        variables = variables.detach() + step * gradient * factor
        step *= decay
    return to_boxes(variables), predicted.detach()


@pytest.mark.parametrize("space", RefinementSpace)
@pytest.mark.parametrize("decay", [1.0, 0.5])
def test_refinement_climbs_the_prediction(predictor, space, decay):
    features, modulation = reference_and_test(predictor)
    step = 20.0 if space is RefinementSpace.DEFAULT else 2.0
    arguments = (space, 4, step, decay)
    boxes, iou = predictor.refine(features, modulation, CANDIDATES, *arguments)
    expected_boxes, expected_iou = climbed(predictor, features, modulation, *arguments)
    torch.testing.assert_close(boxes, expected_boxes, rtol=1e-9, atol=1e-9)
    torch.testing.assert_close(iou, expected_iou)
    assert (boxes - CANDIDATES).abs().max() > 0.1
    assert not boxes.requires_grad
    assert not iou.requires_grad


def test_channels_without_modulation_make_no_difference(predictor):
    """The written-out gradient leaves them out."""
    features, modulation = reference_and_test(predictor)
    idle = Modulation(modulation.stride8.clone(), modulation.stride16.clone())
    idle.stride8[:, ::2] = 0
    idle.stride16[:, 5:] = 0
    nothing = Modulation(torch.zeros_like(idle.stride8), torch.zeros_like(idle.stride16))
    for target in (idle, nothing, modulation, idle):  # one after the other, as many tracks share one predictor
        variables = CANDIDATES.clone().requires_grad_()
        predicted = predictor.predict(features, target, variables)
        (gradient,) = torch.autograd.grad(predicted.sum(), variables)
        moved, iou = predictor.refine(features, target, CANDIDATES, RefinementSpace.DEFAULT, 1, 1.0, 1.0)
        torch.testing.assert_close(iou, predicted.detach())
        torch.testing.assert_close(moved, CANDIDATES + gradient * CANDIDATES[:, [2, 3, 2, 3]], rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e300])
def test_a_box_that_ran_away_does_no_harm_to_the_others(predictor, value):
    features, modulation = reference_and_test(predictor)
    boxes = torch.cat((CANDIDATES, CANDIDATES[:1]))
    boxes[3, 0] = boxes[3, 2] = value
    moved, iou = predictor.refine(features, modulation, boxes, RefinementSpace.DEFAULT, 2, 1.0, 1.0)
    expected, expected_iou = predictor.refine(features, modulation, CANDIDATES, RefinementSpace.DEFAULT, 2, 1.0, 1.0)
    torch.testing.assert_close(moved[:3], expected)
    torch.testing.assert_close(iou[:3], expected_iou)


def test_refinement_works_where_gradients_are_off(predictor):
    features, modulation = reference_and_test(predictor)
    with torch.no_grad():
        boxes, iou = predictor.refine(features, modulation, CANDIDATES, RefinementSpace.DEFAULT, 2, 1.0, 1.0)
        assert not torch.is_grad_enabled()
    assert torch.isfinite(boxes).all()
    # ranked by the forward pass before the last step
    moved_once, _ = predictor.refine(features, modulation, CANDIDATES, RefinementSpace.DEFAULT, 1, 1.0, 1.0)
    torch.testing.assert_close(iou, predictor.predict(features, modulation, moved_once))


def test_training_reaches_every_parameter():
    module = IoUPredictor(40, 112, NARROW_IOU)
    trunk = Features(*(maps.float() for maps in (trunk_features(2).stride8, trunk_features(2).stride16)))
    modulation = module.modulation(trunk, CANDIDATES[:2].float())
    boxes = CANDIDATES.float().expand(2, 3, 4)
    module.predict_batch(module.test_features(trunk), modulation, boxes).square().sum().backward()
    assert all(parameter.grad is not None for parameter in module.parameters())
