"""Fitting the box branch to the box that a person drew."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from tracker.annotated_frame import crop_tensor
from tracker.box_adaptation import BoxLesson, adapted, box_lesson
from tracker.box_refinement import refined_box
from tracker.config import AdaptationConfig
from tracker.dimp_tracker import DimpTracker
from tracker.evaluation.generated_scene import GeneratedScene, SceneDescription
from tracker.geometry import BoundingBox, iou
from tracker.iou_predictor import IoUFeatures, IoUPredictor, Modulation
from tracker.model_file import read_model_file
from tracker.model_library import ModelLibrary
from tracker.network import DimpNetwork, Features
from tracker.presets import preset
from tracker.search_region import cut_search_region
from tracker.weights import load_network

SCENE = GeneratedScene(SceneDescription(seed=3, length=12, width=320, height=240, target_size=50.0))
CONFIG = preset("lite0")
FITTING = CONFIG.adaptation


@pytest.fixture(scope="module")
def network() -> DimpNetwork:
    return load_network("default", device="cpu")


def predictor_of(network: DimpNetwork) -> IoUPredictor:
    assert network.iou_predictor is not None
    return network.iou_predictor


def seen(network: DimpNetwork, part: float) -> tuple[Features, Modulation, BoundingBox]:
    """The first frame's crop, with the upper part of the target drawn as the box, in crop pixels."""
    whole = SCENE.box(0)
    assert whole is not None
    drawn = BoundingBox(whole.x, whole.y, whole.w, whole.h * part)
    pixels, region = cut_search_region(SCENE.frame(0), drawn, CONFIG)
    features, _ = network.see(crop_tensor(pixels[None], network.device))
    box = region.to_crop(drawn)
    with torch.no_grad():
        modulation = predictor_of(network).modulation(features, torch.tensor([[box.x, box.y, box.w, box.h]]))
    return features, modulation, box


def lesson_of(network: DimpNetwork, part: float) -> tuple[BoxLesson, Features, Modulation, BoundingBox]:
    features, modulation, box = seen(network, part)
    with torch.no_grad():
        lesson = box_lesson(predictor_of(network), features, [box], FITTING, np.random.default_rng(0))
    return lesson, features, modulation, box


def error(network: DimpNetwork, lesson: BoxLesson, modulation: Modulation) -> float:
    """Mean squared error of the predictions for a lesson's boxes, whatever is the same for all of them left out."""
    predictor = predictor_of(network)
    pooled8, pooled16 = lesson.pooled
    with torch.no_grad():
        hidden8 = predictor.box8((pooled8 * modulation.stride8[0, :, None]).flatten(1))
        hidden16 = predictor.box16((pooled16 * modulation.stride16[0, :, None]).flatten(1))
        predicted = predictor.output(torch.cat((hidden8, hidden16), dim=1))[:, 0]
    return float((predicted - lesson.target).var())


@torch.no_grad()
def test_boxes_that_were_not_among_the_lessons_are_judged_better_too(network: DimpNetwork) -> None:
    lesson, features, modulation, box = lesson_of(network, 0.6)
    fitted = adapted(predictor_of(network), (lesson,), modulation, FITTING)
    others = box_lesson(predictor_of(network), features, [box], FITTING, np.random.default_rng(1))
    assert error(network, lesson, fitted) < 0.5 * error(network, lesson, modulation)
    assert error(network, others, fitted) < 0.8 * error(network, others, modulation)


@pytest.mark.parametrize("part", [0.5, 0.7])
@torch.no_grad()
def test_a_box_round_a_part_of_the_object_is_climbed_to_instead_of_the_object(
    network: DimpNetwork, part: float
) -> None:
    lesson, features, modulation, box = lesson_of(network, part)
    fitted = adapted(predictor_of(network), (lesson,), modulation, FITTING)

    def overlap(by: Modulation) -> float:
        found = []
        for seed in range(6):
            generator = np.random.default_rng(seed)
            start = box.moved(*generator.uniform(-0.1, 0.1, 2) * box.w).scaled(generator.uniform(0.9, 1.15))
            refined = refined_box(predictor_of(network), features, by, start, CONFIG.refinement, generator)
            assert refined is not None
            found.append(iou(refined, box))
        return float(np.mean(found))

    assert overlap(fitted) > overlap(modulation) + 0.03


@torch.no_grad()
def test_lessons_know_the_true_overlap_of_their_boxes(network: DimpNetwork) -> None:
    features, _, box = seen(network, 1.0)
    asked: list[torch.Tensor] = []
    predictor = predictor_of(network)

    class Listening:
        test_features = predictor.test_features

        def pooled(self, maps: IoUFeatures, boxes: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            asked.append(boxes)
            return predictor.pooled(maps, boxes)

    lesson = box_lesson(Listening(), features, [box], FITTING, np.random.default_rng(2))  # type: ignore[arg-type]
    expected = [2 * iou(BoundingBox(*row), box) - 1 for row in asked[0][0].tolist()]
    assert lesson.target.tolist() == pytest.approx(expected, abs=1e-5)
    assert len(expected) == FITTING.boxes
    assert min(expected) < 0
    assert max(expected) > 0.7


@torch.no_grad()
def test_the_steps_go_down_the_gradient_that_autograd_finds(network: DimpNetwork) -> None:
    lesson, _, modulation, _ = lesson_of(network, 0.6)
    predictor = predictor_of(network)
    one_step = replace(FITTING, iterations=1, rate=1e-3, restraint=0.0)
    fitted = adapted(predictor, (lesson,), modulation, one_step)
    with torch.enable_grad():
        factors = torch.ones_like(modulation.stride16, requires_grad=True)
        hidden8 = predictor.box8((lesson.pooled[0] * modulation.stride8[0, :, None]).flatten(1))
        hidden16 = predictor.box16((lesson.pooled[1] * (modulation.stride16 * factors)[0, :, None]).flatten(1))
        predicted = predictor.output(torch.cat((hidden8, hidden16), dim=1))[:, 0]
        (gradient,) = torch.autograd.grad((predicted - lesson.target).square().mean(), factors)
    change = (fitted.stride16 - modulation.stride16)[0]
    active = modulation.stride16[0] != 0
    steps = change[active] / modulation.stride16[0][active]
    steep = gradient[0][active].abs() > 0.1 * gradient.abs().max()
    assert int(steep.sum()) > 10
    assert torch.equal(steps[steep].sign(), -gradient[0][active][steep].sign())
    assert float(steps.abs().max()) <= 1.001e-3  # no channel goes further than by the rate
    assert torch.equal(fitted.stride16[0] == 0, modulation.stride16[0] == 0)


@torch.no_grad()
def test_a_network_with_batch_norm_is_fitted_like_the_folded_one(network: DimpNetwork) -> None:
    config, state = read_model_file(ModelLibrary().find("default"))
    unfolded = DimpNetwork(config).eval().requires_grad_(False)
    unfolded.load_state_dict(state)
    lesson, _, modulation, _ = lesson_of(network, 0.6)
    few = replace(FITTING, iterations=3)
    one = adapted(predictor_of(network), (lesson,), modulation, few)
    other = adapted(predictor_of(unfolded), (lesson,), modulation, few)
    assert torch.allclose(one.stride8, other.stride8, atol=1e-3)
    assert torch.allclose(one.stride16, other.stride16, atol=1e-3)


@torch.no_grad()
def test_many_lessons_cost_no_more_boxes_than_two_and_the_newest_counts_half(network: DimpNetwork) -> None:
    old, _, modulation, _ = lesson_of(network, 1.0)
    new, _, _, _ = lesson_of(network, 0.5)
    predictor = predictor_of(network)
    among_many = adapted(predictor, (*[old] * 7, new), modulation, FITTING)
    alone = adapted(predictor, (old,), modulation, FITTING)
    assert error(network, new, among_many) < error(network, new, alone)
    assert error(network, old, among_many) < error(network, old, modulation)


def test_the_tracker_fits_on_the_first_box_and_on_every_correction_and_remembers_so_many(network: DimpNetwork) -> None:
    tracker = DimpTracker(network, config=replace(CONFIG, adaptation=replace(FITTING, lessons=3, iterations=2)))
    modulations = []
    for frame in range(6):
        box = SCENE.box(frame)
        assert box is not None
        if frame == 0:
            tracker.initialize(SCENE.frame(0), box)
        else:
            tracker.track(SCENE.frame(frame))
            tracker.correct(SCENE.frame(frame), box)
        state = tracker.snapshot().state
        assert state is not None
        assert len(state.lessons) == min(frame + 1, 3)
        modulations.append(state.box_terms.value().modulation)
    assert len({id(modulation) for modulation in modulations}) == 6


def test_published_settings_leave_the_modulation_as_the_network_predicts_it(network: DimpNetwork) -> None:
    assert preset("dimp50").adaptation == AdaptationConfig() == AdaptationConfig(iterations=0)
    tracker = DimpTracker(network, config=replace(CONFIG, adaptation=AdaptationConfig()))
    box = SCENE.box(0)
    assert box is not None
    tracker.initialize(SCENE.frame(0), box)
    state = tracker.snapshot().state
    assert state is not None
    assert state.box_terms.value().modulation is state.modulations[0].value()
    assert state.lessons == ()


def test_rebuilding_learns_the_same_lessons(network: DimpNetwork) -> None:
    keyframes = [(SCENE.frame(frame), SCENE.box(frame)) for frame in (0, 4, 8)]
    tracker = DimpTracker(network, config=replace(CONFIG, adaptation=replace(FITTING, iterations=2)))
    tracker.rebuild([(image, box) for image, box in keyframes if box is not None])
    state = tracker.snapshot().state
    assert state is not None
    assert len(state.lessons) == 3
    assert state.box_terms.value().modulation is not state.modulations[-1].value()
