"""Weights by the published rule, floors of annotated frames, purging, and independence of copies."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tracker.config import MemoryConfig
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus
from tracker.sample_memory import Sample, SampleInfo, SampleMemory, SampleOrigin
from tracker.sample_weights import WeightGroup, with_floors

BOX = BoundingBox(10, 20, 30, 40)


def sample(update: int = 0, *, hard_negative: bool = False) -> Sample:
    info = SampleInfo(-1, SampleOrigin.PASSING, -1, update, TrackStatus.FOUND, 0.7, BOX, is_hard_negative=hard_negative)
    return Sample(torch.full((1, 2, 3, 3), float(update)), BOX, info)


def first_frame(config: MemoryConfig | None = None, count: int = 15) -> SampleMemory:
    memory = SampleMemory(config or MemoryConfig())
    memory.add_first_frame([sample() for _ in range(count)])
    return memory


def initial_share(memory: SampleMemory) -> float:
    return sum(weight for s, weight in memory.samples if s.info.origin is SampleOrigin.FIRST_FRAME)


def weight_of(memory: SampleMemory, update: int) -> float:
    return next(
        weight for s, weight in memory.samples if s.info.update == update and s.info.origin is SampleOrigin.PASSING
    )


def slot_of(memory: SampleMemory, update: int) -> int:
    return [s.info.update if s.info.origin is SampleOrigin.PASSING else None for s, _ in memory.samples].index(update)


GOLDEN = {
    1: (15, 0.00980295, 0.9901972),
    2: (16, 0.00980488, 0.9804885),
    3: (17, 0.00980680, 0.9708729),
    29: (43, 0.00985056, 0.7509505),
    30: (44, 0.00995156, 0.7434772),
    31: (45, 0.00995204, 0.7360783),
    35: (49, 0.00995392, 0.7072074),
    36: (15, 0.01002386, 0.7050547),
    60: (39, 0.01178012, 0.6510013),
}


def test_golden_weights() -> None:
    memory = first_frame()
    for update in range(1, 61):
        memory.add_passing(sample(update), 0.02 if update == 30 else 0.01)
        if update in GOLDEN:
            slot, weight, initial = GOLDEN[update]
            assert slot_of(memory, update) == slot
            assert weight_of(memory, update) == pytest.approx(weight, abs=1e-8)
            assert initial_share(memory) == pytest.approx(initial, abs=5e-7)


def test_the_first_frame_loses_weight_slowly_and_stops_at_its_floor() -> None:
    memory = first_frame()
    shares = {}
    for update in range(1, 500):
        memory.add_passing(sample(update), 0.01)
        shares[update] = initial_share(memory)
    assert shares[60] == pytest.approx(0.653, abs=5e-4)
    assert shares[100] == pytest.approx(0.557, abs=5e-4)
    assert shares[200] == pytest.approx(0.316, abs=5e-4)
    assert shares[232] > 0.25 + 1e-6
    assert shares[233] == pytest.approx(0.25)
    assert shares[499] == pytest.approx(0.25)
    weights = [weight for _, weight in memory.samples]
    assert sum(weights) == pytest.approx(1.0005, abs=1e-4)
    assert weight_of(memory, 499) == pytest.approx(0.02531, abs=1e-5)
    assert min(weights[15:]) == pytest.approx(0.01798, abs=1e-5)


def test_without_a_floor_first_samples_are_replaced_too() -> None:
    memory = first_frame(MemoryConfig(size=20, first_frame_floor=0.0))
    for update in range(1, 300):
        memory.add_passing(sample(update), 0.01)
    assert initial_share(memory) == 0
    assert {s.info.update for s, _ in memory.samples} == set(range(280, 300))


def group_share(memory: SampleMemory, group: int) -> float:
    return sum(weight for s, weight in memory.samples if s.info.group == group)


def test_corrections_keep_their_share_and_the_rest_gets_the_other_half() -> None:
    memory = first_frame()
    for update in range(1, 300):
        memory.add_passing(sample(update), 0.01)
    for number in range(1, 4):
        memory.add_correction([sample(1000 * number) for _ in range(8)])
        for update in range(300 * number, 300 * number + 300):
            memory.add_passing(sample(update), 0.02)
        assert sum(weight for _, weight in memory.samples) == pytest.approx(1.0)
        assert group_share(memory, number) == pytest.approx(0.25)
        assert group_share(memory, 0) == pytest.approx(0.15)
        older = sum(group_share(memory, group) for group in range(1, number))
        assert older == pytest.approx(0.15 if number > 1 else 0.0)


def test_a_hard_negative_counts_twice() -> None:
    memory = first_frame()
    memory.add_correction([sample(1)] * 8 + [sample(2, hard_negative=True)])
    by_kind = {s.info.is_hard_negative: weight for s, weight in memory.samples if s.info.group == 1}
    assert by_kind[True] == pytest.approx(2 * by_kind[False])


def test_a_nudge_of_one_sample_gets_an_eighth_of_a_corrections_share() -> None:
    memory = first_frame()
    memory.add_correction([sample(1)])
    assert group_share(memory, 1) == pytest.approx(0.25 / 8)


def test_annotated_samples_are_never_replaced_and_old_corrections_are_thinned() -> None:
    config = MemoryConfig()
    memory = first_frame(config)
    for number in range(1, 61):
        memory.add_correction([sample(1000 * number) for _ in range(8)])
        for update in range(10):
            memory.add_passing(sample(update), 0.01)
        origins = [s.info.origin for s, _ in memory.samples]
        assert len(origins) <= config.size_limit
        assert len(origins) - origins.count(SampleOrigin.PASSING) <= config.anchor_limit * config.size_limit
        assert origins.count(SampleOrigin.FIRST_FRAME) == 15
        assert sum(s.info.group == number for s, _ in memory.samples) == 8
    # the thinned ones kept their unaltered sample, the newest of them longest
    assert sum(s.info.group == 59 for s, _ in memory.samples) >= 1
    assert memory.anchors()[0].info.group == 0
    assert memory.anchors()[-1].info.group == 60


def test_the_memory_grows_for_corrections_rather_than_starving_the_rest() -> None:
    memory = first_frame()
    for update in range(1, 60):
        memory.add_passing(sample(update), 0.01)
    memory.add_correction([sample(100)] * 8)
    assert len(memory.samples) == 58


def test_purging_frees_slots_and_the_next_samples_take_them() -> None:
    memory = first_frame()
    for update in range(1, 31):
        memory.add_passing(sample(update), 0.01)
    assert memory.purge_passing(lambda info: info.update <= 10) == 20
    assert len(memory.samples) == 25
    assert sum(weight for _, weight in memory.samples) == pytest.approx(1.0)
    memory.add_passing(sample(99), 0.01)
    assert slot_of(memory, 99) == 25


def test_excluded_pictures_give_no_passing_samples_but_annotated_ones() -> None:
    memory = first_frame(count=2)
    memory.excluded, memory.picture = frozenset({7}), 7
    memory.add_passing(sample(7), 0.01)
    assert len(memory.samples) == 2
    memory.add_correction([sample(7)])
    assert [s.info.picture for s, _ in memory.samples] == [0, 0, 7]
    assert memory.copy().excluded == {7}


def test_a_copy_is_independent_and_shares_samples() -> None:
    memory = first_frame()
    memory.add_passing(sample(1), 0.01)
    twin = memory.copy()
    before = [(s, w) for s, w in memory.samples]
    twin.add_correction([sample(2)] * 8)
    twin.add_passing(sample(3), 0.01)
    assert [w for _, w in memory.samples] == [w for _, w in before]
    assert all(a is b for (a, _), (b, _) in zip(memory.samples, before, strict=True))
    memory.add_passing(sample(4), 0.01)
    assert weight_of(memory, 4) == pytest.approx(0.00980488, abs=1e-8)


def test_a_batch_holds_everything_in_the_same_order() -> None:
    memory = first_frame(count=3)
    memory.add_passing(sample(5), 0.01)
    batch = memory.batch()
    assert batch.features.shape == (4, 2, 3, 3)
    assert batch.features[:, 0, 0, 0].tolist() == [0, 0, 0, 5]
    assert batch.boxes[3].tolist() == [10, 20, 30, 40]
    assert batch.weights.sum() == pytest.approx(1.0)
    memory.add_correction([sample(6)] * 8)
    assert memory.batch(newest_floor=0.5).weights[-8:].sum() == pytest.approx(0.5)
    assert group_share(memory, 1) == pytest.approx(0.25)


@given(
    masses=st.lists(st.floats(0, 1), min_size=12, max_size=12).filter(lambda values: sum(values) > 1e-3),
    floors=st.lists(st.floats(0.01, 0.2), min_size=3, max_size=3),
)
def test_floors_hold_and_ratios_above_them_stay(masses: list[float], floors: list[float]) -> None:
    groups = [WeightGroup([3 * g, 3 * g + 1, 3 * g + 2], np.array([1.0, 1.0, 2.0]), floors[g]) for g in range(3)]
    weights = with_floors(np.array(masses), groups)
    assert weights.sum() == pytest.approx(1.0)
    assert (weights >= 0).all()
    for group in groups:
        assert weights[group.slots].sum() >= group.floor - 1e-9
    rest, old_rest = weights[9:], np.array(masses[9:])
    assert rest * old_rest.sum() == pytest.approx(old_rest * rest.sum(), abs=1e-9)
