"""The additions to the tracker as conditions of the measurement."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from app.effort.additions import ADDITIONS, Addition, trackers_with, without
from app.effort.conditions import CONDITIONS
from app.session.messages import ModelChoice
from tracker.config import TrackerConfig
from tracker.dimp_tracker import DimpTracker
from tracker.evaluation.effort_scenes import MEASURED_SEEDS, effort_scenes
from tracker.network import DimpNetwork
from tracker.presets import preset
from tracker.weights import load_network


@pytest.fixture(scope="module")
def network() -> DimpNetwork:
    return load_network("lite0_untrained", device="cpu")


@pytest.mark.parametrize("addition", ADDITIONS, ids=lambda it: it.name)
def test_each_addition_is_on_in_the_window_and_can_be_taken_out(addition: Addition) -> None:
    shipped = preset("lite0")
    assert addition.off(shipped) != shipped
    assert addition.off(addition.off(shipped)) == addition.off(shipped)
    assert {f"no-{addition.name}", f"only-{addition.name}"} <= set(CONDITIONS)


def test_additions_do_not_touch_each_other() -> None:
    shipped = preset("lite0")
    for one, other in combinations(ADDITIONS, 2):
        assert without(one, other)(shipped) == without(other, one)(shipped) != one.off(shipped)


def test_a_condition_tracks_with_its_own_settings_on_the_shared_network(network: DimpNetwork) -> None:
    made: list[DimpTracker] = []

    def make(choice: ModelChoice) -> DimpTracker:
        made.append(DimpTracker(network, seed=choice.seed))
        return made[-1]

    def change(config: TrackerConfig) -> TrackerConfig:
        return replace(config, search_area=3.0)

    tracker = trackers_with(make, change)(ModelChoice(seed=5))
    assert isinstance(tracker, DimpTracker)
    assert tracker.config == replace(made[0].config, search_area=3.0)
    assert made[0].config == preset(network.config.preset), "the other conditions' trackers stay as they are"


def test_other_seeds_make_other_scenes_with_the_same_difficulties() -> None:
    reported, tuning = effort_scenes(), effort_scenes(seeds=(201, 202))
    assert {name.rsplit("_", 1)[0] for name in tuning} == {name.rsplit("_", 1)[0] for name in reported}
    assert len(tuning) == 2 * len(reported)
    assert not set(tuning) & set(reported)
    assert all(scene.seed not in range(MEASURED_SEEDS[0], MEASURED_SEEDS[0] + 10) for scene in tuning.values())
