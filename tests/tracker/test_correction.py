"""A correction after the tracker jumped to a look-alike: it must help the frames that follow, and undo exactly."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
import torch

from tracker.config import AdaptationConfig
from tracker.dimp_tracker import DimpTracker
from tracker.geometry import BoundingBox, iou
from tracker.network import NETWORK_CONFIGS, DimpNetwork
from tracker.presets import PRESETS
from tracker.result import TrackResult
from tracker.sample_memory import SampleInfo, SampleOrigin
from tracker.weights import load_network

JUMPED = 36
"""Frame on which the tracker sits on the look-alike for some time already."""


class LookAlikeClip:
    """A target passes behind a still look-alike with the very same texture; both stay in view of each other."""

    def __init__(self, seed: int) -> None:
        chance = np.random.default_rng(seed)
        self.background = self._texture(chance, 240, 420, 10) // 2 + 64
        self.sprite = self._texture(chance, 40, 40, 5)

    @staticmethod
    def _texture(chance: np.random.Generator, height: int, width: int, cells: int) -> np.ndarray:
        coarse = chance.integers(0, 256, (cells, cells * width // height, 3), dtype=np.uint8)
        return np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC))

    def box(self, index: int) -> BoundingBox:
        return BoundingBox(60 + 4 * index, 100 + int(10 * np.sin(index / 9)), 40, 40)

    @property
    def look_alike(self) -> BoundingBox:
        return self.box(20)

    def frame(self, index: int) -> np.ndarray:
        picture = self.background.copy()
        for box in (self.box(index), self.look_alike):
            x, y = int(box.x), int(box.y)
            width = max(0, min(40, 420 - x))
            picture[y : y + 40, x : x + width] = self.sprite[:, :width]
        return picture


@pytest.fixture(scope="module")
def network() -> DimpNetwork:
    return load_network("lite0_untrained", device="cpu")


def tracked(network: DimpNetwork, clip: LookAlikeClip, last: int) -> tuple[DimpTracker, TrackResult]:
    tracker = DimpTracker(network)
    result = tracker.initialize(clip.frame(0), clip.box(0))
    for index in range(1, last + 1):
        result = tracker.track(clip.frame(index))
    return tracker, result


def go_on(tracker: DimpTracker, clip: LookAlikeClip, first: int, last: int) -> list[BoundingBox]:
    return [tracker.track(clip.frame(index)).box for index in range(first, last)]


def score_at(result: TrackResult, box: BoundingBox) -> float:
    """Largest score within a cell of the box's centre."""
    rows, columns = result.score_map.shape
    place = result.score_map_box
    column = round((box.center[0] - place.x) / place.w * columns - 0.5)
    row = round((box.center[1] - place.y) / place.h * rows - 0.5)
    return float(result.score_map[max(row - 1, 0) : row + 2, max(column - 1, 0) : column + 2].max())


@pytest.mark.parametrize("seed", [3, 10])
def test_one_correction_brings_the_tracker_back_for_good_and_undo_is_exact(network: DimpNetwork, seed: int) -> None:
    clip = LookAlikeClip(seed)
    tracker, result = tracked(network, clip, JUMPED)
    assert iou(result.box, clip.box(JUMPED)) < 0.1
    assert iou(result.box, clip.look_alike) > 0.7

    before = tracker.snapshot()
    uncorrected = go_on(tracker, clip, JUMPED + 1, JUMPED + 6)
    tracker.restore(before)
    corrected = tracker.correct(clip.frame(JUMPED), clip.box(JUMPED))
    assert corrected.box == clip.box(JUMPED)
    assert corrected.score > 0.5
    assert score_at(corrected, clip.look_alike) < 0.7 * corrected.score

    after = go_on(tracker, clip, JUMPED + 1, JUMPED + 31)
    assert all(iou(box, clip.box(JUMPED + 1 + i)) > 0.5 for i, box in enumerate(after))

    tracker.restore(before)
    assert go_on(tracker, clip, JUMPED + 1, JUMPED + 6) == uncorrected


def by_kind(samples: tuple[tuple[SampleInfo, float], ...]) -> dict[SampleOrigin, list[SampleInfo]]:
    return {origin: [info for info, _ in samples if info.origin is origin] for origin in SampleOrigin}


def test_a_failure_purges_what_was_learned_on_the_look_alike_and_learns_it_as_background(network: DimpNetwork) -> None:
    clip = LookAlikeClip(3)
    tracker, _ = tracked(network, clip, JUMPED)
    poisoned = [info for info, _ in tracker.samples if iou(info.image_box, clip.box(info.update)) < 0.3]
    assert poisoned
    tracker.correct(clip.frame(JUMPED), clip.box(JUMPED))
    kinds = by_kind(tracker.samples)
    for info in kinds[SampleOrigin.PASSING]:
        assert iou(info.image_box, clip.box(info.update)) > 0.3
    assert kinds[SampleOrigin.PASSING], "what was learned before the jump stays"
    assert len(kinds[SampleOrigin.FIRST_FRAME]) == 15
    negatives = [info.is_hard_negative for info in kinds[SampleOrigin.CORRECTION]]
    assert negatives[:8] == [False] * 8
    assert len(negatives) > 8
    assert all(negatives[8:])
    assert sum(weight for info, weight in tracker.samples if info.group == 1) == pytest.approx(0.25)


def test_a_nudge_costs_one_sample_and_purges_nothing(network: DimpNetwork) -> None:
    clip = LookAlikeClip(3)
    tracker, result = tracked(network, clip, 8)
    before = by_kind(tracker.samples)
    tracker.correct(clip.frame(8), result.box.moved(1.0, 0.5))
    after = by_kind(tracker.samples)
    assert after[SampleOrigin.PASSING] == before[SampleOrigin.PASSING]
    assert len(after[SampleOrigin.CORRECTION]) == 1


def test_a_correction_of_a_picture_not_seen_before_has_no_hard_negative(network: DimpNetwork) -> None:
    clip = LookAlikeClip(3)
    tracker, _ = tracked(network, clip, 4)
    tracker.correct(clip.frame(30), clip.box(30))
    corrections = by_kind(tracker.samples)[SampleOrigin.CORRECTION]
    assert len(corrections) == 8
    assert not any(info.is_hard_negative for info in corrections)


def test_box_branch_modulations_are_blended_and_kept_through_undo() -> None:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        network = DimpNetwork(replace(NETWORK_CONFIGS["lite0"], has_trained_iou=True)).eval().requires_grad_(False)
    lite0 = PRESETS["lite0"]
    config = replace(
        lite0,
        localization=replace(lite0.localization, not_found_threshold=-9.0),
        adaptation=AdaptationConfig(),  # it would take the blend as its start
    )
    clip = LookAlikeClip(3)
    tracker = DimpTracker(network, config=config)
    tracker.initialize(clip.frame(0), clip.box(0))
    go_on(tracker, clip, 1, 3)
    before = tracker.snapshot()
    expected = go_on(tracker, clip, 3, 5)
    tracker.restore(before)
    tracker.correct(clip.frame(2), BoundingBox(10, 10, 60, 30))
    after = tracker.snapshot()
    assert before.state is not None
    assert after.state is not None
    assert len(before.state.modulations) == 1
    assert len(after.state.modulations) == 2
    first, second = (m.value().stride16 for m in after.state.modulations)
    modulation = after.state.box_terms.value().modulation
    assert modulation is not None
    in_use = modulation.stride16
    assert torch.allclose(in_use, (first + second) / 2) or torch.equal(in_use, first)
    tracker.restore(before)
    assert go_on(tracker, clip, 3, 5) == expected
