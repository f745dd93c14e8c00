"""How corrections decide at what speed a box's size follows the box branch."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.config import SizePathConfig
from tracker.dimp_tracker import DimpTracker
from tracker.geometry import BoundingBox
from tracker.presets import preset
from tracker.size_paths import SizePaths
from tracker.weights import load_network

CONFIG = SizePathConfig(exponents=(0.0, 0.15, 0.3, 0.6))
SIDES = st.floats(4.0, 400.0)
BOXES = st.builds(BoundingBox, st.just(10.0), st.just(20.0), SIDES, SIDES)


def square(side: float) -> BoundingBox:
    return BoundingBox(100 - side / 2, 80 - side / 2, side, side)


def errors_of_a_corrected_track(true: Callable[[int], float], seen: Callable[[int], float]) -> tuple[float, float]:
    """Mean error of the log size over 20 stretches of 8 frames, each with a correction at its end.

    Returns:
        Of the weighted size, and of the single speed 0.3, after the first stretch.
    """
    paths = SizePaths.at(square(true(0)), CONFIG)
    ours, single = [], []
    for frame in range(1, 161):
        paths = paths.followed(square(seen(frame)), 0.0, CONFIG)
        ours.append(abs(math.log(paths.resized(square(1), CONFIG).w / true(frame))))
        single.append(abs(paths.sizes[2][0] - math.log(true(frame))))
        if frame % 8 == 0:
            drawn = square(true(frame))
            paths = paths.corrected(drawn, CONFIG).restarted(drawn)
    return float(np.mean(ours[8:])), float(np.mean(single[8:]))


def test_a_steady_target_seen_unsteadily_comes_to_keep_its_size() -> None:
    noise = np.random.default_rng(0).normal(0.15, 0.3, 200)
    ours, single = errors_of_a_corrected_track(lambda _: 50.0, lambda frame: 50.0 * math.exp(noise[frame]))
    assert ours < 0.5 * single


def test_a_target_that_changes_its_size_quickly_comes_to_be_followed_quickly() -> None:
    def true(frame: int) -> float:
        return 50.0 * math.exp(0.4 * math.sin(frame / 5))

    ours, single = errors_of_a_corrected_track(true, true)
    assert ours < 0.7 * single


def test_what_the_flow_says_carries_every_speed_even_the_one_that_never_listens_to_the_box_branch() -> None:
    paths = SizePaths.at(square(50), CONFIG)
    for frame in range(1, 11):
        paths = paths.followed(square(50 * 1.04**frame), math.log(1.04), CONFIG)
    widths = [math.exp(log_w) for log_w, _ in paths.sizes]
    assert widths == pytest.approx([50 * 1.04**10] * 4)


@settings(deadline=None)
@given(first=BOXES, seen=st.lists(BOXES, max_size=5))
def test_before_any_correction_boxes_are_left_as_they_are(first: BoundingBox, seen: list[BoundingBox]) -> None:
    paths = SizePaths.at(first, CONFIG)
    for box in seen:
        paths = paths.followed(box, 0.0, CONFIG)
    assert paths.resized(first, CONFIG) is first


@settings(deadline=None)
@given(first=BOXES, seen=st.lists(BOXES, min_size=1, max_size=5), drawn=BOXES, later=BOXES)
def test_the_weighted_size_lies_among_what_the_speeds_say_and_the_centre_stays(
    first: BoundingBox, seen: list[BoundingBox], drawn: BoundingBox, later: BoundingBox
) -> None:
    paths = SizePaths.at(first, CONFIG)
    for box in seen:
        paths = paths.followed(box, 0.0, CONFIG)
    paths = paths.corrected(drawn, CONFIG).restarted(drawn)
    assert paths.resized(first, CONFIG).w == pytest.approx(drawn.w)
    paths = paths.followed(later, 0.0, CONFIG)
    box = paths.resized(first, CONFIG)
    widths = [math.exp(log_w) for log_w, _ in paths.sizes]
    assert min(widths) * (1 - 1e-9) <= box.w <= max(widths) * (1 + 1e-9)
    assert box.center == pytest.approx(first.center, abs=1e-6)


def test_a_target_corrected_to_a_speck_may_stay_one() -> None:
    network = load_network("lite0_untrained", device="cpu")
    tracker = DimpTracker(network, config=preset("lite0"))
    picture = np.random.default_rng(1).integers(0, 256, (120, 160, 3), dtype=np.uint8)
    tracker.initialize(picture, BoundingBox(60, 40, 30, 24))
    tracker.track(picture)
    tracker.correct(picture, BoundingBox(66, 48, 7, 5))
    state = tracker.snapshot().state
    assert state is not None
    assert state.min_side == 5
