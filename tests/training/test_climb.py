"""The ascent as training runs it: what refinement does online, with a way back to the weights."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from tests.training.test_training_run import small_batch, small_model
from tracker.iou_predictor import Modulation
from tracker.refinement_space import RefinementSpace
from tracker.training.climb import climbed, extent_loss
from tracker.training.config import LossConfig


def test_each_step_is_that_of_refinement_online() -> None:
    model, batch = small_model().eval(), small_batch(2)
    branch = model.network.iou_branch
    with torch.no_grad():
        crops = batch.test_crops[:, 0].permute(0, 3, 1, 2)
        features = model.network.extract_features(crops)
        maps = branch.test_features(features)
        modulation = branch.modulation(features, batch.test_boxes[:, 0])
    starts = batch.proposals[:, 0]
    found = climbed(branch, maps, modulation, starts, 3, learn=False)
    assert not any(boxes.requires_grad for boxes in found)
    for number in range(2):
        mine = Modulation(modulation.stride8[number : number + 1], modulation.stride16[number : number + 1])
        for steps in (1, 3):
            boxes, _ = branch.refine(
                maps[number : number + 1], mine, starts[number], RefinementSpace.DEFAULT, steps, 1.0, 1.0
            )
            torch.testing.assert_close(found[steps - 1][number], boxes, atol=1e-4, rtol=1e-4)


def test_the_loss_is_none_at_the_truth_and_counts_every_coordinate() -> None:
    truth = torch.tensor([[10.0, 20.0, 40.0, 20.0]])
    seen = torch.tensor([True])
    assert extent_loss(truth[:, None], truth, seen).item() == 0
    put_off = torch.tensor([[[14.0, 20.0, 40.0, 20.0]]])  # a tenth of the width
    assert extent_loss(put_off, truth, seen).item() == pytest.approx(0.1)
    wider = torch.tensor([[[8.0, 20.0, 44.0, 20.0]]])
    assert extent_loss(wider, truth, seen).item() == pytest.approx(0.0953, abs=1e-3)
    elsewhere = torch.tensor([[[1000.0, 20.0, 40.0, 20.0]]])
    assert extent_loss(elsewhere, truth, seen).item() == 1.0
    both = torch.cat((put_off, elsewhere))
    assert extent_loss(both, truth.expand(2, 4), torch.tensor([True, False])).item() == pytest.approx(0.1)


def test_it_is_learned_through_all_steps_and_the_branchs_statistics_stay() -> None:
    model = small_model(trunk_from=-1)
    model.loss = LossConfig(classification=0.0, iou=0.0, ascent=1.0)
    model.train()
    branch = model.network.iou_branch
    before = branch.box8.bn.running_mean.clone()
    losses = model(small_batch())
    assert losses.total == losses.ascent > 0
    losses.total.backward()
    for layer in (branch.box8.linear, branch.test8[0].conv, branch.modulation8.conv):
        assert layer.weight.grad is not None
        assert layer.weight.grad.abs().sum() > 0
    assert torch.equal(branch.box8.bn.running_mean, before)


def test_a_few_steps_on_one_batch_lower_it() -> None:
    model = small_model(trunk_from=-1)
    model.loss = replace(LossConfig(), classification=0.0, iou=0.0, ascent=1.0)
    model.train()
    batch = small_batch()
    optimizer = torch.optim.Adam(model.network.iou_branch.parameters(), lr=1e-3)
    losses = []
    for _ in range(8):
        loss = model(batch).ascent
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < 0.97 * losses[0]
