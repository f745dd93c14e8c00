from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tracker.training.generated import generated_stills
from tracker.training.records import ArrayFrames, TrackRecord
from tracker.training.sampling import TargetIndex, canonical_label, pick_frames, sequence_weights

visible_frames = st.sets(st.integers(0, 200), min_size=2, max_size=60).map(lambda s: np.asarray(sorted(s)))


@given(visible_frames, st.integers(0, 10_000), st.integers(1, 60), st.booleans())
def test_test_frames_follow_the_base_frame_and_all_are_visible(visible, seed, gap, backward):
    train, test = pick_frames(visible, np.random.default_rng(seed), 3, 2, gap, backward=backward)
    assert len(train) == 3
    assert len(test) == 2
    assert set(train) | set(test) <= set(visible.tolist())
    sign = -1 if backward else 1
    assert all(sign * number > sign * train[0] for number in test)
    assert all(sign * number <= sign * train[0] for number in train)


def test_gap_bounds_the_distance_where_frames_are_dense():
    visible = np.arange(100)
    for seed in range(50):
        train, test = pick_frames(visible, np.random.default_rng(seed), 2, 2, 10, backward=False)
        assert all(abs(number - train[0]) <= 10 for number in (*train, *test))


def test_long_gaps_are_used():
    distances = []
    for seed in range(50):
        train, test = pick_frames(np.arange(300), np.random.default_rng(seed), 2, 2, 200, backward=False)
        distances += [number - train[0] for number in test]
    assert max(distances) > 100


def test_short_clips_weigh_less_but_count_and_useless_ones_not_at_all():
    def track(length):
        return TrackRecord("t", ArrayFrames(np.zeros((length, 4, 4), np.uint8)), np.full((length, 4), 9.0, np.float32))

    weights = sequence_weights([track(100), track(4), track(1)])
    assert weights[2] == 0
    assert 0 < weights[1] < weights[0]
    assert weights.sum() == 1


def test_targets_with_company_have_another_of_their_class_beside_them():
    index = TargetIndex(generated_stills(3, 5))
    assert sorted(index.with_company) == sorted(index.all)
    assert index.draw_similar(np.random.default_rng(0), "no such class") in index.all


def test_labels_of_different_sets_meet():
    assert canonical_label("potted plant") == canonical_label("pottedplant")
    assert canonical_label("dog") == "dog"
