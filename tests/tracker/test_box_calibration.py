"""The bias of a box branch that has an opinion of its own: measured on an annotated frame, taken away afterwards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from tracker.backbone import Features
from tracker.box_calibration import NO_BIAS, BoxBias, measured_bias
from tracker.box_refinement import with_center_towards, with_damped_size
from tracker.config import CalibrationConfig, FlowConfig, RefinementConfig
from tracker.dimp_tracker import DimpTracker
from tracker.evaluation.generated_scene import GeneratedScene, SceneDescription
from tracker.geometry import BoundingBox
from tracker.iou_predictor import IoUPredictor, Modulation
from tracker.network import NETWORK_CONFIGS, DimpNetwork
from tracker.presets import PRESETS
from tracker.weights import load_network

MODULATION = Modulation(torch.zeros(1, 1), torch.zeros(1, 1))
BOXES = [BoundingBox(100, 80, 60, 40), BoundingBox(20, 90, 60, 40), BoundingBox(150, 30, 60, 40)]
REFINEMENT = RefinementConfig(random_boxes=0, averaged=1)

boxes = st.builds(BoundingBox, *[st.floats(-500, 500)] * 2, *[st.floats(1, 500)] * 2)
shares = st.floats(-0.9, 0.9)


@dataclass
class OpinionatedPredictor:
    """Finds every target 1.5 times as wide and a fifth lower: half the way to that width at each call."""

    calls: int = 0

    def refine_candidates(
        self, _features: object, _modulation: object, start: Tensor, *_: object
    ) -> tuple[Tensor, Tensor]:
        self.calls += 1
        x, y, w, h = start.unbind(-1)
        wide = (w * 90.0).sqrt()
        return torch.stack((x + w / 2 - wide / 2, y + 0.2 * h, wide, h), dim=-1), torch.zeros(start.shape[:-1])


@dataclass
class LostPredictor:
    """Makes every box a line."""

    def refine_candidates(
        self, _features: object, _modulation: object, start: Tensor, *_: object
    ) -> tuple[Tensor, Tensor]:
        return start * torch.tensor([1.0, 1.0, 1.0, 0.0]), torch.zeros(start.shape[:-1])


def measure(predictor: object, config: CalibrationConfig) -> BoxBias:
    features = Features(torch.zeros(3, 1, 2, 2), torch.zeros(3, 1, 1, 1))
    generator = np.random.default_rng(0)
    return measured_bias(cast("IoUPredictor", predictor), features, MODULATION, BOXES, config, REFINEMENT, generator)


def test_the_resting_place_is_found() -> None:
    predictor = OpinionatedPredictor()
    bias = measure(predictor, CalibrationConfig(crops=3, turns=12, settling=10))
    assert predictor.calls == 12  # all crops at once
    assert bias.log_w == pytest.approx(np.log(1.5), abs=1e-3)
    assert (bias.log_h, bias.dx) == pytest.approx((0, 0), abs=1e-6)
    # not 12 times a fifth: each turn begins at the true centre
    assert bias.dy == pytest.approx(0.2, abs=1e-6)


def test_a_bias_is_believed_up_to_a_limit_and_none_is_made_up() -> None:
    bias = measure(OpinionatedPredictor(), CalibrationConfig(crops=3, turns=12, settling=10, limit=0.15))
    assert (bias.log_w, bias.dy) == (0.15, 0.15)
    assert measure(LostPredictor(), CalibrationConfig(crops=3, turns=3, settling=1)) == NO_BIAS


@given(boxes, shares, shares, shares, shares)
def test_taking_a_bias_away_undoes_it(box: BoundingBox, dx: float, dy: float, log_w: float, log_h: float) -> None:
    bias = BoxBias(dx, dy, log_w, log_h)
    sized = bias.with_resting_size(box)
    assert sized.center == pytest.approx(box.center, abs=1e-6)
    resting = sized.moved(dx * box.w, dy * box.h)
    again = bias.removed(resting)
    assert (again.x, again.y, again.w, again.h) == pytest.approx((box.x, box.y, box.w, box.h), abs=1e-6)
    other = BoxBias.between(box, resting)
    assert (other.dx, other.dy, other.log_w, other.log_h) == pytest.approx((dx, dy, log_w, log_h), abs=1e-6)


@given(boxes, boxes, st.floats(0.05, 0.95))
def test_a_damped_size_lies_between_and_keeps_the_centre(
    refined: BoundingBox, start: BoundingBox, exponent: float
) -> None:
    damped = with_damped_size(refined, start, exponent)
    assert damped.center == pytest.approx(refined.center, abs=1e-6)
    for value, one, other in ((damped.w, refined.w, start.w), (damped.h, refined.h, start.h)):
        assert min(one, other) * (1 - 1e-9) <= value <= max(one, other) * (1 + 1e-9)
    assert with_damped_size(refined, start, 1.0) is refined


@given(boxes, boxes, st.floats(0.0, 1.0))
def test_a_centre_between_peak_and_refinement_keeps_the_refined_size(
    refined: BoundingBox, rough: BoundingBox, share: float
) -> None:
    moved = with_center_towards(refined, rough, share)
    assert (moved.w, moved.h) == (refined.w, refined.h)
    expected = np.array(rough.center) * (1 - share) + np.array(refined.center) * share
    assert moved.center == pytest.approx(tuple(expected), abs=1e-6)
    assert with_center_towards(refined, rough, 1.0) is refined


SCENE = GeneratedScene(SceneDescription(seed=3, length=30, width=320, height=240, target_size=40.0))
CONFIG = replace(
    PRESETS["lite0"],
    augmentation=replace(PRESETS["lite0"].augmentation, blurs=(), rotations=(), dropout_copies=0),
    refinement=RefinementConfig(random_boxes=0, averaged=1, size_exponent=0.3),
    flow=FlowConfig(),  # the size is the box branch's affair alone
    update=replace(PRESETS["lite0"].update, initial_iterations=3, correction_iterations=2),
)


@pytest.fixture
def opinionated_network(monkeypatch: pytest.MonkeyPatch) -> DimpNetwork:
    """The default network with a box branch that makes every box 1.5 times as wide, at most half of it a frame."""
    torch.manual_seed(0)
    trained = load_network("lite0", device="cpu")
    network = DimpNetwork(replace(NETWORK_CONFIGS["lite0"], has_trained_iou=True)).eval().requires_grad_(False)
    network.load_state_dict(trained.state_dict(), strict=False)
    predictor = network.iou_predictor
    assert predictor is not None

    def refine(_features: object, _modulation: object, start: Tensor, *_: object) -> tuple[Tensor, Tensor]:
        x, y, w, h = start.unbind(1)
        wide = (w * 1.5 * h).sqrt()  # rests at an aspect of 1.5
        return torch.stack((x + w / 2 - wide / 2, y, wide, h), dim=1), torch.zeros(len(start))

    monkeypatch.setattr(predictor, "refine", refine)
    return network


@pytest.mark.parametrize("corrected", [False, True])
def test_reported_boxes_are_the_persons_and_do_not_wander(opinionated_network: DimpNetwork, corrected: bool) -> None:
    square = SCENE.box(0)
    assert square is not None
    square = BoundingBox(square.center[0] - 20, square.center[1] - 20, 40, 40)

    def widths(calibration: CalibrationConfig) -> list[float]:
        config = replace(CONFIG, calibration=calibration)
        config = replace(config, localization=replace(config.localization, not_found_threshold=-9.0))
        tracker = DimpTracker(opinionated_network, config=config)
        tracker.initialize(SCENE.frame(0), square.scaled(2) if corrected else square)
        if corrected:
            tracker.track(SCENE.frame(0))
            tracker.correct(SCENE.frame(0), square)
        return [tracker.track(SCENE.frame(index)).box.w for index in range(1, 25)]

    assert widths(CalibrationConfig(crops=0))[-1] == pytest.approx(60, rel=0.03)
    calibrated = widths(CalibrationConfig(crops=2, turns=10, settling=9))
    assert calibrated == pytest.approx([40] * 24, rel=0.01)
