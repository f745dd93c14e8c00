"""A lost target: where it is looked for, for which size, and that it is found again only where it is."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.config import RecoveryConfig
from tracker.dimp_tracker import DimpTracker
from tracker.evaluation.generated_scene import GeneratedScene, SceneDescription
from tracker.geometry import BoundingBox, iou
from tracker.network import DimpNetwork
from tracker.presets import PRESETS
from tracker.recovery import centered, places_elsewhere, regrown_box
from tracker.result import TrackResult, TrackStatus
from tracker.weights import load_network

CONFIG = RecoveryConfig(places=4, after=3)
BOX = BoundingBox(100, 80, 40, 40)


@pytest.mark.parametrize(
    ("sizes", "lost", "expected"),
    [
        ((), 5, 40.0),
        ((80.0, 60.0, 40.0), 0, 40.0),  # not lost
        ((80.0, 60.0, 40.0), 1, 50.0),  # two frames at least
        ((80.0, 60.0, 40.0), 3, 60.0),
        ((80.0, 60.0, 40.0), 99, 60.0),
        ((80.0, 10.0, 40.0), 3, 60.0),  # the smaller one does not count
        ((10.0, 20.0), 3, 40.0),
    ],
)
def test_the_size_to_look_for(sizes: tuple[float, ...], lost: int, expected: float) -> None:
    grown = regrown_box(BOX, sizes, lost, CONFIG)
    assert math.sqrt(grown.area) == pytest.approx(expected)
    assert grown.center == pytest.approx(BOX.center)


@settings(deadline=None, max_examples=25)
@given(
    st.floats(25, 200),
    st.tuples(st.floats(-50, 700), st.floats(-50, 500)),
    st.tuples(st.integers(30, 700), st.integers(30, 500)),
)
def test_in_time_the_whole_picture_is_looked_at(
    size: float, center: tuple[float, float], picture: tuple[int, int]
) -> None:
    home = centered(BoundingBox(0, 0, size, size), center)
    seen = {center}
    for lost in range(3, 3 + 60):
        now = places_elsewhere(home, 4.5, picture, lost, CONFIG)
        assert len(set(now)) == len(now) <= 4
        seen |= set(now)
    reach = max(4.5 * size / 2, max(picture) / 24) + 1e-6
    for x in np.linspace(0, picture[0], 7):
        for y in np.linspace(0, picture[1], 7):
            assert min(max(abs(x - px), abs(y - py)) for px, py in seen) <= reach


def test_the_nearest_places_come_first_and_a_small_picture_has_none() -> None:
    home = BoundingBox(300, 200, 40, 40)
    first = places_elsewhere(home, 4.5, (640, 480), 3, CONFIG)
    second = places_elsewhere(home, 4.5, (640, 480), 4, CONFIG)
    distances = [math.dist(place, home.center) for place in first + second]
    assert distances == sorted(distances)
    assert places_elsewhere(BoundingBox(30, 20, 40, 40), 4.5, (100, 80), 3, CONFIG) == []


def test_a_speck_does_not_make_thousands_of_places() -> None:
    seen = {
        place
        for lost in range(3, 150)
        for place in places_elsewhere(BoundingBox(500, 500, 1, 1), 4.5, (1920, 1080), lost, CONFIG)
    }
    assert len(seen) < 400


# a target that leaves on one side and comes back on the other
STILL = GeneratedScene(SceneDescription(seed=3, length=30, width=480, height=320, target_size=40.0, speed=0.0))


@pytest.fixture(scope="module")
def network() -> DimpNetwork:
    return load_network("lite0", device="cpu")


def moved_elsewhere(network: DimpNetwork, recovery: RecoveryConfig) -> list[TrackResult]:
    """Six frames with the target, six of the empty background, then the target at the other end of the picture."""
    config = replace(PRESETS["lite0"], recovery=recovery)
    picture, box = STILL.frame(0), STILL.box(0)
    assert box is not None
    elsewhere = np.ascontiguousarray(np.roll(picture, 240, axis=1))
    background = np.full_like(picture, 128)
    tracker = DimpTracker(network, config=config)
    tracker.initialize(picture, box)
    pictures = [picture] * 3 + [background] * 6 + [elsewhere] * 12
    return [tracker.track(one) for one in pictures]


def test_a_target_is_found_again_elsewhere_and_not_before(network: DimpNetwork) -> None:
    box = STILL.box(0)
    assert box is not None
    true = box.moved(240 if box.x < 240 else -240, 0)
    results = moved_elsewhere(network, CONFIG)
    assert {result.status for result in results[3:9]} == {TrackStatus.NOT_FOUND}
    assert {result.box for result in results[3:9]} == {results[2].box}
    last = results[-1]
    assert last.status is not TrackStatus.NOT_FOUND
    assert iou(last.box, true) > 0.5
    # the map belongs to the region that was looked at, and its peak is on the target
    found = next(result for result in results[9:] if result.status is not TrackStatus.NOT_FOUND)
    row, column = np.unravel_index(int(found.score_map.argmax()), found.score_map.shape)
    place = found.score_map_box
    peak = place.x + (column + 0.5) * place.w / 17, place.y + (row + 0.5) * place.h / 17
    assert math.dist(peak, true.center) < place.w / 17 * 1.5
    # without recovery it stays lost
    assert moved_elsewhere(network, RecoveryConfig())[-1].status is TrackStatus.NOT_FOUND


def test_a_lost_target_needs_certainty(network: DimpNetwork) -> None:
    results = moved_elsewhere(network, replace(CONFIG, certainty=5.0))
    assert {result.status for result in results[3:]} == {TrackStatus.NOT_FOUND}


def test_searching_repeats_itself(network: DimpNetwork) -> None:
    assert [r.box for r in moved_elsewhere(network, CONFIG)] == [r.box for r in moved_elsewhere(network, CONFIG)]
