"""The fit of the probability of doubt, and its figures, against plain accounts of the same."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.calibration.logistic import area_under_curve, calibration_error, fit, reliability


def drawn(weights: tuple[float, ...], intercept: float, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Features and whether each frame is wrong, by a known model."""
    chance = np.random.default_rng(3)
    features = chance.normal(0.5, [1.0, 0.3, 2.0], (count, 3))
    odds = intercept + features @ np.array(weights)
    return features, chance.random(count) < 1 / (1 + np.exp(-odds))


def test_known_weights_are_found_again() -> None:
    features, wrong = drawn((2.0, 3.0, 0.5), -3.0, 20_000)
    intercept, weights = fit(features, wrong)
    assert intercept == pytest.approx(-3.0, abs=0.15)
    assert weights == pytest.approx((2.0, 3.0, 0.5), abs=0.25)


def test_what_a_fit_says_is_so() -> None:
    features, wrong = drawn((2.0, 3.0, 0.5), -3.0, 20_000)
    intercept, weights = fit(features, wrong)
    told = 1 / (1 + np.exp(-(intercept + features @ np.array(weights))))
    assert told.mean() == pytest.approx(wrong.mean(), abs=1e-3)
    assert calibration_error(reliability(told, wrong)) < 0.01


def test_a_feature_that_never_varies_counts_nothing() -> None:
    features, wrong = drawn((2.0, 3.0, 0.5), -3.0, 500)
    features[:, 1] = 1.0
    assert fit(features, wrong)[1][1] == 0.0


def test_a_feature_that_speaks_against_doubt_is_left_out_and_the_rest_fitted_without_it() -> None:
    features, wrong = drawn((2.0, -3.0, 0.5), -1.0, 5_000)
    intercept, weights = fit(features, wrong)
    assert weights[1] == 0.0
    alone, others = fit(features[:, [0, 2]], wrong)
    assert (intercept, weights[0], weights[2]) == pytest.approx((alone, *others))


def test_all_alike_frames_still_give_a_finite_fit() -> None:
    features = np.array([[0.0], [0.1], [1.0], [1.1]])
    intercept, weights = fit(features, features[:, 0] > 0.5)  # separable: without the ridge, infinite
    assert np.isfinite(intercept)
    assert 0 < weights[0] < 100


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.sampled_from((0.0, 0.2, 0.5, 0.9, 1.0)), st.booleans()), min_size=1, max_size=30))
def test_the_area_is_the_share_of_pairs_in_the_right_order(frames: list[tuple[float, bool]]) -> None:
    told, wrong = np.array([it[0] for it in frames]), np.array([it[1] for it in frames])
    pairs = list(itertools.product(told[wrong], told[~wrong]))
    area = area_under_curve(told, wrong)
    if not pairs:
        assert np.isnan(area)
    else:
        assert area == pytest.approx(sum(1.0 if a > b else 0.5 if a == b else 0.0 for a, b in pairs) / len(pairs))


def test_bins_hold_every_frame_once_and_tell_the_error() -> None:
    told = np.array([0.0, 0.05, 0.62, 0.68, 1.0])
    wrong = np.array([False, False, True, False, True])
    bins = reliability(told, wrong)
    assert [it.count for it in bins] == [2, 2, 1]
    assert [it.true for it in bins] == [0.0, 0.5, 1.0]
    assert calibration_error(bins) == pytest.approx((2 * 0.025 + 2 * 0.15 + 0.0) / 5)
