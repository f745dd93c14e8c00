from __future__ import annotations

import itertools
import math

import pytest
import torch

from tracker.training.config import LossConfig, RateConfig
from tracker.training.losses import classification_loss, combined, iou_loss, score_labels
from tracker.training.schedule import AveragedWeights, rate_factor
from tracker.training.validation import hits, rank_correlation


def test_label_of_the_spec():
    label = score_labels(torch.tensor([114.0, 104.0, 60.0, 60.0]), torch.tensor(1.0), 19, 0.9)
    assert label.max().item() == pytest.approx(0.916855, abs=1e-6)
    assert divmod(int(label.argmax()), 19) == (8, 9)


def test_absent_targets_have_no_label():
    labels = score_labels(torch.full((2, 4), 50.0), torch.tensor([True, False]), 17, 0.9)
    assert labels[0].max() > 0.5
    assert labels[1].abs().max() == 0


def test_background_below_zero_costs_nothing_and_above_zero_does():
    labels = score_labels(torch.tensor([100.0, 100.0, 56.0, 56.0]), torch.tensor(1.0), 17, 0.9)
    scores = torch.where(labels >= 0.05, labels, torch.tensor(-3.0))
    assert classification_loss(scores, labels, 0.05) == 0
    raised = torch.where(labels >= 0.05, labels, torch.tensor(0.1))
    background = (labels < 0.05).float().mean()
    assert classification_loss(raised, labels, 0.05).item() == pytest.approx(0.01 * background.item(), rel=1e-4)


def test_target_cells_count_on_both_sides():
    labels = torch.tensor([[1.0]])
    assert classification_loss(torch.tensor([[0.5]]), labels, 0.05) == classification_loss(
        torch.tensor([[1.5]]), labels, 0.05
    )


def test_iou_loss_leaves_out_frames_without_target():
    predicted = torch.tensor([[[0.0, 0.0], [9.0, 9.0]]])
    overlaps = torch.tensor([[[0.5, 1.0], [0.0, 0.0]]])
    visible = torch.tensor([[True, False]])
    assert iou_loss(predicted, overlaps, visible).item() == pytest.approx(0.5)
    assert iou_loss(predicted, overlaps, torch.zeros_like(visible)) == 0


def test_contrast_weighs_what_differs_within_a_frame_and_not_what_all_share():
    overlaps = torch.tensor([[[0.5, 0.75], [0.5, 0.75]]])
    visible = torch.tensor([[True, True]])
    shared = 2 * overlaps - 1 + 0.5
    assert iou_loss(shared, overlaps, visible, 3.0) == iou_loss(shared, overlaps, visible)
    tilted = 2 * overlaps - 1 + torch.tensor([-0.5, 0.5])
    assert iou_loss(tilted, overlaps, visible, 3.0).item() == pytest.approx(4 * 0.25)


def test_all_iterates_weigh_alike():
    losses = combined(torch.tensor([0.1, 0.2, 0.3]), torch.tensor(0.5), torch.tensor(0.25), LossConfig(ascent=4.0))
    assert losses.total.item() == pytest.approx(100 * 0.6 + 2 * 0.5 + 4 * 0.25)


def test_hits_and_ranks():
    scores = torch.zeros(2, 17, 17)
    scores[0, 8, 8] = 1
    scores[1, 2, 14] = 1
    boxes = torch.tensor([[118.0, 118, 20, 20], [118.0, 118, 20, 20]])
    assert hits(scores, boxes).tolist() == [1, 0]
    values = torch.tensor([[0.1, 0.5, 0.9, 0.3]])
    assert rank_correlation(values, values**3).item() == pytest.approx(1)
    assert rank_correlation(values, -values).item() == pytest.approx(-1)


def test_cosine_schedule_warms_up_and_ends_low():
    rates = RateConfig(warmup=10, final=0.05)
    factors = [rate_factor(step, 1000, rates) for step in range(1000)]
    assert factors[0] == pytest.approx(0.1, rel=0.01)
    assert max(factors) == pytest.approx(1, abs=0.01)
    assert factors[-1] == pytest.approx(0.05, abs=0.001)
    assert all(b <= a for a, b in itertools.pairwise(factors[10:]))


def test_step_schedule_is_the_published_one():
    rates = RateConfig(schedule="steps", warmup=1, decay=0.2, decay_every=100)
    assert [rate_factor(step, 300, rates) for step in (0, 99, 100, 250)] == pytest.approx([1, 1, 0.2, 0.04])


def test_averages_follow_and_can_be_exchanged():
    weights = torch.nn.Parameter(torch.zeros(3))
    averages = AveragedWeights([weights], 0.9)
    with torch.no_grad():
        weights.fill_(1.0)
    for _ in range(200):
        averages.update()
    assert averages.averages[0][0].item() == pytest.approx(1, abs=1e-3)
    with torch.no_grad():
        weights.fill_(5.0)
    averages.exchange()
    assert math.isclose(weights[0].item(), 1, abs_tol=1e-3)
    averages.exchange()
    assert weights[0].item() == 5
