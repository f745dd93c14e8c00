"""The compiled box refinement moves boxes as PyTorch's does, wherever they are and wherever they go."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from tracker.backbone import Features
from tracker.batch_norm_folding import fold_batch_norm
from tracker.compiled_ascent import MapWindow
from tracker.iou_predictor import IoUPredictor, Modulation, RefinementSpace
from tracker.network_config import NARROW_IOU, IoUWidths

pytest.importorskip("onnxruntime")

TOLERANCE = 1e-4
"""Crop pixels."""

STRONG = 400.0
"""A step so long that boxes of an untrained network get somewhere."""

SIDE = 192
TARGETS = {
    "in the middle": (80.0, 70.0, 50.0, 40.0),
    "at the rim": (2.0, 140.0, 40.0, 50.0),
    "over two rims": (-30.0, 150.0, 80.0, 90.0),
    "far outside": (-500.0, 900.0, 30.0, 30.0),
    "within a cell": (61.0, 64.0, 2.0, 3.0),
    "as large as the crop": (0.0, 0.0, 192.0, 192.0),
}


def predictors(widths: IoUWidths, threads: int = 1) -> tuple[IoUPredictor, IoUPredictor]:
    """The same box branch, run by PyTorch and compiled."""
    pair = []
    for is_compiled in (False, True):
        torch.manual_seed(0)
        module = IoUPredictor(40, 112, widths).eval()
        fold_batch_norm(module)
        module.requires_grad_(False)
        module.prepare_refinement()
        if is_compiled:
            module.compile_graphs(threads)
        pair.append(module)
    return pair[0], pair[1]


@pytest.fixture(scope="module")
def pair() -> tuple[IoUPredictor, IoUPredictor]:
    return predictors(NARROW_IOU)


def features(crops: int, seed: int = 0) -> Features:
    generator = torch.Generator().manual_seed(seed)
    return Features(
        torch.randn(crops, 40, SIDE // 8, SIDE // 8, generator=generator),
        torch.randn(crops, 112, SIDE // 16, SIDE // 16, generator=generator),
    )


def some_modulation(predictor: IoUPredictor) -> Modulation:
    return predictor.modulation(features(1, seed=7), torch.tensor([TARGETS["in the middle"]]))


def candidates(*targets: tuple[float, float, float, float], count: int = 6) -> torch.Tensor:
    """(N, 1, K, 4) boxes about N targets."""
    generator = torch.Generator().manual_seed(1)
    boxes = torch.tensor(targets)[:, None, None].repeat(1, 1, count, 1)
    return boxes * (1 + 0.2 * torch.rand(boxes.shape, generator=generator))


@pytest.mark.parametrize("space", RefinementSpace)
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(("strength", "tolerance"), [(1.0, TOLERANCE), (STRONG, 1e-2)])
def test_boxes_move_as_with_pytorch(
    pair: tuple[IoUPredictor, IoUPredictor], space: RefinementSpace, target: str, strength: float, tolerance: float
) -> None:
    """Also where steps are so long that boxes leave the part of the maps cut for them (and magnify rounding)."""
    step = strength * (1.0 if space is RefinementSpace.DEFAULT else 2.5e-3)
    boxes = candidates(TARGETS[target])
    answers = [
        predictor.refine_candidates(features(1), some_modulation(predictor), boxes, space, 3, step, 0.8)
        for predictor in pair
    ]
    torch.testing.assert_close(answers[1][0], answers[0][0], atol=tolerance, rtol=1e-5)
    torch.testing.assert_close(answers[1][1], answers[0][1], atol=tolerance, rtol=1e-5)


def test_long_steps_do_leave_their_part_of_the_maps(pair: tuple[IoUPredictor, IoUPredictor]) -> None:
    """Without which the test above would show nothing about them."""
    boxes = candidates(TARGETS["in the middle"])
    moved, _ = pair[0].refine_candidates(
        features(1), some_modulation(pair[0]), boxes, RefinementSpace.DEFAULT, 2, STRONG, 0.8
    )
    start, end = (
        torch.cat((part[..., :2].amin(dim=2), (part[..., :2] + part[..., 2:]).amax(dim=2)), dim=-1)[0].double().numpy()
        for part in (boxes, moved)
    )
    assert not MapWindow.around(start, 8, SIDE // 8).holds(end)


def test_several_crops_and_groups_are_those_alone(pair: tuple[IoUPredictor, IoUPredictor]) -> None:
    compiled = pair[1]
    maps, modulation = features(3), some_modulation(compiled)
    boxes = torch.cat([candidates(*list(TARGETS.values())[first : first + 3]) for first in (0, 3)], dim=1)
    arguments = (RefinementSpace.RELATIVE, 3, 0.01, 1.0)
    together, iou = compiled.refine_candidates(maps, modulation, boxes, *arguments)
    assert together.shape == boxes.shape
    assert iou.shape == boxes.shape[:3]
    for crop in range(3):
        for group in range(2):
            one = boxes[crop : crop + 1, group : group + 1]
            alone, its_iou = compiled.refine_candidates(maps[crop : crop + 1], modulation, one, *arguments)
            torch.testing.assert_close(together[crop, group], alone[0, 0], atol=TOLERANCE, rtol=1e-5)
            torch.testing.assert_close(iou[crop, group], its_iou[0, 0], atol=1e-5, rtol=1e-5)


def test_the_same_call_gives_the_same_bits(pair: tuple[IoUPredictor, IoUPredictor]) -> None:
    boxes, modulation = candidates(TARGETS["at the rim"]), some_modulation(pair[1])
    arguments = (features(1), modulation, boxes, RefinementSpace.DEFAULT, 5, 1.0, 1.0)
    first, again = (pair[1].refine_candidates(*arguments) for _ in range(2))
    assert torch.equal(first[0], again[0])
    assert torch.equal(first[1], again[1])


def test_cores_make_no_difference_to_a_bit(pair: tuple[IoUPredictor, IoUPredictor]) -> None:
    _, shared = predictors(NARROW_IOU, threads=2)
    boxes, modulation = candidates(TARGETS["in the middle"]), some_modulation(pair[1])
    arguments = (features(1), modulation, boxes, RefinementSpace.DEFAULT, 3, 1.0, 0.8)
    one, both = (predictor.refine_candidates(*arguments) for predictor in (pair[1], shared))
    assert torch.equal(one[0], both[0])
    assert torch.equal(one[1], both[1])


def test_a_target_that_switches_all_channels_off_is_survived(pair: tuple[IoUPredictor, IoUPredictor]) -> None:
    boxes = candidates(TARGETS["in the middle"])
    nothing = Modulation(*(torch.zeros_like(part) for part in (torch.empty(1, 64), torch.empty(1, 128))))
    arguments = (features(1), nothing, boxes, RefinementSpace.DEFAULT, 2, 1.0, 1.0)
    expected, actual = (predictor.refine_candidates(*arguments) for predictor in pair)
    torch.testing.assert_close(actual[0], expected[0])
    torch.testing.assert_close(actual[1], expected[1])


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -1e30])
def test_a_box_that_ran_away_does_no_harm_to_the_others(pair: tuple[IoUPredictor, IoUPredictor], value: float) -> None:
    boxes = candidates(TARGETS["in the middle"])
    boxes[0, 0, 3, 0] = boxes[0, 0, 3, 2] = value
    arguments = (RefinementSpace.DEFAULT, 2, 1.0, 1.0)
    moved, iou = pair[1].refine_candidates(features(1), some_modulation(pair[1]), boxes, *arguments)
    boxes = boxes[:, :, :3]
    expected, expected_iou = pair[0].refine_candidates(features(1), some_modulation(pair[0]), boxes, *arguments)
    torch.testing.assert_close(moved[:, :, :3], expected, atol=TOLERANCE, rtol=1e-5)
    torch.testing.assert_close(iou[:, :, :3], expected_iou, atol=1e-5, rtol=1e-5)


def test_published_widths() -> None:
    torch_run, compiled = predictors(IoUWidths())
    modulation = torch_run.modulation(features(1, seed=7), torch.tensor([TARGETS["in the middle"]]))
    arguments = (features(1), modulation, candidates(TARGETS["at the rim"]), RefinementSpace.DEFAULT, 5, 1.0, 1.0)
    expected, actual = (predictor.refine_candidates(*arguments) for predictor in (torch_run, compiled))
    torch.testing.assert_close(actual[0], expected[0], atol=TOLERANCE, rtol=1e-5)


def test_windows_hold_their_boxes_and_lie_within_the_map() -> None:
    generator = np.random.default_rng(0)
    for _ in range(200):
        corners = generator.uniform(-100, 300, (2, 4))
        corners.sort(axis=1)
        window = MapWindow.around(corners, 8, 24)
        assert window.holds(corners)
        assert (window.first >= 0).all()
        assert (window.first + window.side <= 24).all()
    outside = MapWindow.around(np.array([[80.0, 80.0, 100.0, 100.0]]), 8, 24)
    assert outside.side < 10
    assert not outside.holds(np.array([[40.0, 80.0, 100.0, 100.0]]))
    assert MapWindow.whole(1, 24).holds(np.array([[-1e30, 0.0, 1e30, 5.0]]))
