"""Candidates and their selection, with an IoU predictor that is told what to answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np
import pytest
import torch
from torch import Tensor

from tracker.backbone import Features
from tracker.box_refinement import candidate_boxes, random_offsets, refined_box
from tracker.config import RefinementConfig
from tracker.geometry import BoundingBox
from tracker.iou_predictor import IoUPredictor, Modulation

BOX = BoundingBox(100, 80, 60, 40)
FEATURES = Features(torch.zeros(1, 1, 2, 2), torch.zeros(1, 1, 1, 1))
MODULATION = Modulation(torch.zeros(1, 1), torch.zeros(1, 1))


@dataclass
class ScriptedPredictor:
    """Answers with given boxes and predictions."""

    boxes: list[tuple[float, float, float, float]]
    predicted: list[float]

    def refine_candidates(self, *_: object) -> tuple[Tensor, Tensor]:
        return torch.tensor(self.boxes)[None, None], torch.tensor(self.predicted)[None, None]


def refine(boxes: list[tuple[float, float, float, float]], predicted: list[float]) -> BoundingBox | None:
    predictor = cast("IoUPredictor", ScriptedPredictor(boxes, predicted))
    return refined_box(predictor, FEATURES, MODULATION, BOX, RefinementConfig(), np.random.default_rng(0))


def candidates_of(box: BoundingBox, count: int) -> np.ndarray:
    config = RefinementConfig(random_boxes=count)
    return candidate_boxes(box, random_offsets(config, np.random.default_rng(0)), config)


def test_candidates_stay_in_their_ranges() -> None:
    candidates = candidates_of(BOX, 500)
    assert candidates.shape == (501, 4)
    assert candidates[0] == pytest.approx((100, 80, 60, 40))
    side = np.sqrt(60 * 40)
    centers = candidates[:, :2] + candidates[:, 2:] / 2
    offset = np.abs(centers - (130, 100))
    assert 0.04 * side < offset.max() <= 0.05 * side + 1e-4
    growth = np.abs(candidates[:, 2:] - (60, 40))
    assert 0.2 * side < growth.max() <= 0.25 * side + 1e-4
    assert candidates[:, 2:].min() >= 40 / 3


def test_narrow_targets_get_candidates_of_a_third_at_least() -> None:
    thin = BoundingBox(0, 0, 300, 6)
    candidates = candidates_of(thin, 200)
    assert candidates[:, 3].min() == pytest.approx(2.0)


def test_the_three_best_are_averaged() -> None:
    boxes = [(0.0, 0.0, 10.0, 10.0), (3.0, 3.0, 13.0, 13.0), (6.0, 6.0, 16.0, 16.0), (900.0, 900.0, 50.0, 50.0)]
    assert refine(boxes, [0.9, 0.8, 0.7, 0.1]) == BoundingBox(3, 3, 13, 13)


def test_too_narrow_ones_are_dropped_and_nothing_is_left_of_nothing() -> None:
    boxes = [(0.0, 0.0, 61.0, 10.0), (5.0, 5.0, 20.0, 20.0), (0.0, 0.0, 10.0, 61.0)]
    assert refine(boxes, [0.9, 0.1, 0.9]) == BoundingBox(5, 5, 20, 20)
    assert refine([boxes[0], boxes[2]], [0.9, 0.9]) is None


def test_sizes_are_at_least_a_pixel_and_numbers_finite() -> None:
    assert refine([(5.0, 5.0, -3.0, 0.5)], [0.3]) == BoundingBox(5, 5, 1, 1)
    assert refine([(float("nan"), 5.0, 9.0, 9.0)], [0.3]) is None
