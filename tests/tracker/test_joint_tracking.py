"""Several targets in one call: the boxes of one call after the other, and all or nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tracker.dimp_tracker import DimpTracker
from tracker.errors import TrackerError
from tracker.evaluation.generated_scene import GeneratedScene, SceneDescription
from tracker.geometry import BoundingBox
from tracker.joint_tracking import track_together
from tracker.network import DimpNetwork
from tracker.presets import PRESETS
from tracker.weights import load_network

# fewer samples and iterations than in use: this is not about how well it tracks
CONFIG = replace(
    PRESETS["lite0"],
    augmentation=replace(PRESETS["lite0"].augmentation, shifts=(), blurs=(), rotations=(), dropout_copies=0),
    update=replace(PRESETS["lite0"].update, initial_iterations=3, interval=3),
)
SCENE = GeneratedScene(SceneDescription(seed=3, length=12, width=320, height=240, target_size=40.0, pan=1.0))
BOXES = (BoundingBox(20, 30, 50, 40), BoundingBox(200, 120, 30, 60))


@pytest.fixture(scope="module")
def network() -> DimpNetwork:
    return load_network(device="cpu", threads=2)


def started(network: DimpNetwork) -> list[DimpTracker]:
    first = SCENE.box(0)
    assert first is not None
    trackers = []
    for seed, box in enumerate((first, *BOXES)):
        tracker = DimpTracker(network, seed=seed, config=CONFIG)
        tracker.initialize(SCENE.frame(0), box)
        trackers.append(tracker)
    return trackers


def test_together_gives_the_boxes_of_one_after_the_other(network: DimpNetwork) -> None:
    """Together a core each, alone both cores for one after the other."""
    assert network.cores == 2
    together, alone = started(network), started(network)
    for index in range(1, 5):
        image = SCENE.frame(index)
        results = track_together(together, image)
        expected = [tracker.track(image) for tracker in alone]
        assert [result.box for result in results] == [result.box for result in expected]
        assert [result.status for result in results] == [result.status for result in expected]
    assert [tracker.samples for tracker in together] == [tracker.samples for tracker in alone]


def test_what_a_spare_core_does_meanwhile_is_the_same_to_the_bit(network: DimpNetwork) -> None:
    """Filters, box branch and flow are worked out beside other things with two cores, and at once with one.

    Also where a state is kept, gone back to or corrected before its filter is there: one is due on frames 3, 6 and 9.
    """
    answers = []
    for one in (network, load_network(device="cpu", threads=1)):
        first, last = SCENE.box(0), SCENE.box(9)
        assert first is not None
        assert last is not None
        tracker = DimpTracker(one, config=CONFIG)
        results = [tracker.initialize(SCENE.frame(0), first)]
        results += [tracker.track(SCENE.frame(index)) for index in range(1, 7)]
        kept = tracker.snapshot()
        results += [tracker.track(SCENE.frame(index)) for index in range(7, 10)]
        results.append(tracker.correct(SCENE.frame(9), last.moved(6, 0)))
        results.append(tracker.track(SCENE.frame(10)))
        tracker.restore(kept)
        tracker.exclude(frozenset({0}))
        results += [tracker.track(SCENE.frame(index)) for index in range(7, 9)]
        tracker.rebuild([(SCENE.frame(0), first), (SCENE.frame(9), last)])
        results.append(tracker.track(SCENE.frame(10)))
        answers.append([(result.box, result.score, result.score_map.tobytes()) for result in results])
    assert answers[0] == answers[1]


def test_nobody_is_nothing(network: DimpNetwork) -> None:
    assert track_together([], SCENE.frame(0)) == ()


def test_where_one_cannot_go_on_all_stay_as_they_were(network: DimpNetwork) -> None:
    trackers, expected = started(network), started(network)
    with pytest.raises(TrackerError, match="no target yet"):
        track_together([*trackers, DimpTracker(network, config=CONFIG)], SCENE.frame(1))
    results = track_together(trackers, SCENE.frame(1))
    assert [result.box for result in results] == [tracker.track(SCENE.frame(1)).box for tracker in expected]
