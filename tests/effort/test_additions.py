"""The additions to the tracker as conditions of the measurement."""

from __future__ import annotations

from itertools import combinations

import pytest

from app.effort.conditions import CONDITIONS
from app.session.messages import ModelChoice
from app.session.tracker_factory import dimp_trackers
from tracker.additions import ADDITIONS, Addition, without
from tracker.dimp_tracker import DimpTracker
from tracker.evaluation.effort_scenes import MEASURED_SEEDS, effort_scenes
from tracker.presets import preset


@pytest.mark.parametrize("addition", ADDITIONS, ids=lambda it: it.name)
def test_each_addition_is_on_in_the_window_and_can_be_taken_out(addition: Addition) -> None:
    shipped = preset("lite0")
    assert addition.off(shipped) != shipped
    assert addition.off(addition.off(shipped)) == addition.off(shipped)
    assert {f"no-{addition.name}", f"only-{addition.name}"} <= set(CONDITIONS)


def test_additions_do_not_touch_each_other() -> None:
    shipped = preset("lite0")
    for one, other in combinations(ADDITIONS, 2):
        assert one.off(other.off(shipped)) == other.off(one.off(shipped)) == without((one.name, other.name), shipped)
        assert without((one.name, other.name), shipped) != one.off(shipped)


def test_a_choice_of_the_model_says_what_its_trackers_do_without() -> None:
    make = dimp_trackers()
    whole, reduced = (
        make(ModelChoice("lite0_untrained", "cpu")),
        make(ModelChoice("lite0_untrained", "cpu", 5, ("flow", "near", "of another version"))),
    )
    assert isinstance(whole, DimpTracker)
    assert isinstance(reduced, DimpTracker)
    assert whole.config == preset("lite0")
    assert reduced.config == without(("near", "flow"), preset("lite0")) != whole.config
    assert reduced._network is whole._network, "one network for all settings"


def test_other_seeds_make_other_scenes_with_the_same_difficulties() -> None:
    reported, tuning = effort_scenes(), effort_scenes(seeds=(201, 202))
    assert {name.rsplit("_", 1)[0] for name in tuning} == {name.rsplit("_", 1)[0] for name in reported}
    assert len(tuning) == 2 * len(reported)
    assert not set(tuning) & set(reported)
    assert all(scene.seed not in range(MEASURED_SEEDS[0], MEASURED_SEEDS[0] + 10) for scene in tuning.values())
