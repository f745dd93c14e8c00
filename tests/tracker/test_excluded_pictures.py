"""Pictures that the tracker must not learn from."""

from __future__ import annotations

import pytest

from tracker.dimp_tracker import DimpTracker
from tracker.evaluation.generated_scene import GeneratedScene, SceneDescription
from tracker.sample_info import SampleOrigin
from tracker.weights import load_network


@pytest.fixture(scope="module")
def network():
    return load_network("default", device="cpu")


def test_excluded_pictures_are_forgotten_and_not_learned_from_again(network) -> None:
    scene = GeneratedScene(SceneDescription(4, 10, 200, 150, 40))
    tracker = DimpTracker(network)
    tracker.picture = 100
    tracker.initialize(scene.frame(0), scene.box(0))
    for number in range(1, 5):
        tracker.picture = 100 + number
        tracker.track(scene.frame(number))

    def passing() -> list[int]:
        return [info.picture for info, _ in tracker.samples if info.origin is SampleOrigin.PASSING]

    assert passing() == [101, 102, 103, 104]
    assert {info.picture for info, _ in tracker.samples if info.origin is SampleOrigin.FIRST_FRAME} == {100}
    before = tracker.snapshot().state.target_filter.value()
    tracker.exclude(frozenset({102, 106}))
    assert passing() == [101, 103, 104]
    assert sum(weight for _, weight in tracker.samples) == pytest.approx(1.0)
    assert not tracker.snapshot().state.target_filter.value().equal(before), "the filter unlearns it, too"
    for number in range(5, 8):
        tracker.picture = 100 + number
        tracker.track(scene.frame(number))
    assert sorted(passing()) == [101, 103, 104, 105, 107]
