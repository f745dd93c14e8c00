"""A target that goes behind something is where its movement has it, if that was even."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.config import HidingConfig
from tracker.dimp_tracker import DimpTracker
from tracker.evaluation.generated_scene import GeneratedScene, SceneDescription
from tracker.geometry import BoundingBox, iou
from tracker.hiding import UNKNOWN_MOTION, Motion, near_forecast
from tracker.localization import Localization
from tracker.presets import preset
from tracker.result import TrackStatus
from tracker.weights import load_network

CONFIG = HidingConfig(share=0.5)


def followed(
    steps: list[tuple[float, float]], came_back: float = 0.8, score: float = 0.7
) -> tuple[Motion, BoundingBox]:
    """What is known of a target of 40 pixels that moved by these steps in plain sight."""
    motion, box = UNKNOWN_MOTION, BoundingBox(100, 100, 40, 40)
    for dx, dy in steps:
        before, box = box.center, box.moved(dx, dy)
        motion = motion.looked_at(came_back, CONFIG).seen(box, before, score, came_back, CONFIG)
    return motion, box


def test_an_even_movement_is_forecast_once_flow_loses_the_target_and_no_sooner() -> None:
    motion, box = followed([(6.0, -2.0)] * 60)
    assert not motion.is_forecast(CONFIG)
    assert not motion.looked_at(0.41, CONFIG).is_forecast(CONFIG)
    hidden = motion.looked_at(0.39, CONFIG)
    assert hidden.is_forecast(CONFIG)
    x, y = box.center
    assert hidden.ahead(box.center) == pytest.approx((x + 6, y - 2), abs=0.05)
    # without a picture to start from it stays hidden; seen again it is not
    assert hidden.looked_at(None, CONFIG).hidden == 2
    assert hidden.looked_at(0.6, CONFIG).hidden == 0
    assert motion.looked_at(None, CONFIG).hidden == 0


def test_of_a_target_that_moves_to_and_fro_or_has_hardly_moved_nothing_is_forecast() -> None:
    restless, _ = followed([(6.0, 0.0), (-6.0, 3.0)] * 30)
    assert not restless.looked_at(0.1, CONFIG).is_forecast(CONFIG)
    new, _ = followed([(0.0, 0.0)] * 3)
    assert not new.looked_at(0.1, CONFIG).is_forecast(CONFIG)


def test_the_less_it_looks_like_itself_the_nearer_it_is_to_the_forecast() -> None:
    motion, box = followed([(4.0, 0.0)] * 60)
    before, peak = box.center, (box.center[0] - 8, box.center[1])
    ahead = motion.ahead(before)
    usual = motion.score
    assert usual is not None
    assert motion.drawn(peak, before, 0.9 * usual, CONFIG) == pytest.approx(peak)
    assert motion.drawn(peak, before, 0.1 * usual, CONFIG) == pytest.approx(ahead)
    middle = motion.drawn(peak, before, 0.55 * usual, CONFIG)
    assert middle == pytest.approx(((peak[0] + ahead[0]) / 2, peak[1]))


@given(
    centers=st.lists(st.tuples(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4)), min_size=1, max_size=30),
    came_back=st.one_of(st.none(), st.floats(0, 1)),
    score=st.floats(-1, 2),
)
def test_what_is_known_stays_finite_and_the_error_within_its_bound(
    centers: list[tuple[float, float]], came_back: float | None, score: float
) -> None:
    motion, before = UNKNOWN_MOTION, None
    for x, y in centers:
        motion = motion.looked_at(came_back, CONFIG)
        motion = motion.seen(BoundingBox(x - 5, y - 5, 10, 10), before, score, came_back, CONFIG)
        before = (x, y)
    assert all(math.isfinite(value) for value in (*motion.step, *motion.ahead(before)))
    assert 0 <= motion.error <= 0.5


def found_at(row: float, column: float) -> Localization:
    return Localization(TrackStatus.FOUND, row, column, 0.9, 0.1, jump=0.7)


def test_a_peak_out_of_reach_of_the_forecast_gives_way_to_the_best_within() -> None:
    scores = np.zeros((19, 19), np.float32)
    scores[4, 15], scores[9, 10] = 0.9, 0.4
    near = near_forecast(found_at(4.2, 15.1), scores, (9.0, 9.0), 3.0, 0.25)
    assert (near.row, near.column, near.score, near.status) == (9, 10, pytest.approx(0.4), TrackStatus.UNCERTAIN)
    assert near.jump is None  # flow is not judged by it
    none = near_forecast(found_at(4.2, 15.1), scores, (9.0, 9.0), 3.0, 0.5)
    assert none.status is TrackStatus.NOT_FOUND
    within = found_at(4.2, 15.1)
    assert near_forecast(within, scores, (5.0, 14.0), 3.0, 0.25) is within


def test_behind_a_bar_the_box_goes_on_with_the_target() -> None:
    scene = GeneratedScene(SceneDescription(seed=204, occlusions=3, speed=0.06))
    network = load_network("lite0", device="cpu")
    config = preset("lite0")

    def worst(hiding: HidingConfig) -> float:
        tracker = DimpTracker(network, config=replace(config, hiding=hiding))
        first = scene.box(0)
        assert first is not None
        tracker.initialize(scene.frame(0), first)
        overlaps = []
        for index in range(1, 40):
            found, true = tracker.track(scene.frame(index)), scene.box(index)
            if true is not None:
                overlaps.append(iou(found.box, true))
        return min(overlaps)

    assert worst(config.hiding) > worst(HidingConfig()) + 0.05
