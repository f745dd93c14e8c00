"""Every leaf of the decision tree, and the details on which its results hang."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tracker.config import LocalizationConfig
from tracker.localization import FlowPlace, localize, preprocessed, subcell_peak
from tracker.result import TrackStatus

CONFIG = LocalizationConfig()
CENTER = (9.0, 9.0)
TARGET = (3.6, 3.6)  # cells: a neighbourhood of 7.92


def score_map(*peaks: tuple[int, int, float], size: int = 19, floor: float = 0.0) -> np.ndarray:
    scores = np.full((size, size), floor, np.float32)
    for row, column, value in peaks:
        scores[row, column] = value
    return scores


@pytest.mark.parametrize(
    ("peaks", "last", "status", "cell"),
    [
        # 1: too low
        ([(9, 9, 0.24)], CENTER, TrackStatus.NOT_FOUND, None),
        # 4a: the second peak is far, the first near
        ([(9, 9, 1.0), (1, 9, 0.9)], CENTER, TrackStatus.HARD_NEGATIVE, (9, 9)),
        # 4b: the first is far, the second near: the weaker one is taken
        ([(1, 9, 1.0), (9, 9, 0.9)], CENTER, TrackStatus.HARD_NEGATIVE, (9, 9)),
        # 4c: both near, or both far
        ([(9, 9, 1.0), (14, 9, 0.9)], CENTER, TrackStatus.UNCERTAIN, (9, 9)),
        ([(1, 9, 1.0), (17, 9, 0.9)], CENTER, TrackStatus.UNCERTAIN, (1, 9)),
        # 5: a second peak worth learning from
        ([(9, 9, 1.0), (14, 9, 0.6)], CENTER, TrackStatus.HARD_NEGATIVE, (9, 9)),
        # 6: clear
        ([(9, 9, 1.0), (14, 9, 0.4)], CENTER, TrackStatus.FOUND, (9, 9)),
        # 5 needs the second above the threshold of its own: 0.24 > half of 0.4, but below 0.25
        ([(9, 9, 0.4), (14, 9, 0.24)], CENTER, TrackStatus.FOUND, (9, 9)),
        # the displacement is from the last place, not from the middle
        ([(9, 9, 1.0), (1, 9, 0.9)], (3.0, 9.0), TrackStatus.UNCERTAIN, (9, 9)),
    ],
)
def test_leaves(
    peaks: list[tuple[int, int, float]],
    last: tuple[float, float],
    status: TrackStatus,
    cell: tuple[int, int] | None,
) -> None:
    found = localize(score_map(*peaks), last, TARGET, CONFIG)
    assert found.status is status
    if cell:
        assert (found.row, found.column) == cell
        assert found.took_second_peak == (cell != peaks[0][:2])
    else:
        assert (found.row, found.column) == last


def test_the_neighbourhood_is_rounded_to_even() -> None:
    # reach 2.5 cells: rows round(6.5) = 6 up to but not round(12.5) = 12
    scores = score_map((9, 9, 1.0), (6, 9, 0.7), (11, 9, 0.7))
    config = LocalizationConfig(neighborhood_scale=1.0)
    assert localize(scores, CENTER, (5.0, 5.0), config).second_score == 0.0
    assert localize(score_map((9, 9, 1.0), (12, 9, 0.7)), CENTER, (5.0, 5.0), config).second_score == pytest.approx(0.7)
    assert localize(score_map((9, 9, 1.0), (5, 9, 0.7)), CENTER, (5.0, 5.0), config).second_score == pytest.approx(0.7)


def test_the_zeroed_neighbourhood_counts_as_zero() -> None:
    found = localize(score_map((9, 9, 1.0), floor=-0.5), CENTER, TARGET, CONFIG)
    assert found.second_score == 0.0
    assert found.status is TrackStatus.FOUND


def test_of_equal_peaks_the_lowest_column_wins_then_the_lowest_row() -> None:
    found = localize(score_map((2, 9, 1.0), (12, 4, 1.0), (15, 4, 1.0)), (12.0, 4.0), TARGET, CONFIG)
    assert (found.row, found.column) == (12, 4)


def test_softmax_makes_probabilities_and_the_tree_compares_those() -> None:
    config = LocalizationConfig(softmax=True, not_found_threshold=0.04)
    probabilities = preprocessed(score_map((9, 9, 12.0), (14, 9, 11.0)), config)
    assert probabilities.sum() == pytest.approx(1.0, abs=1e-5)
    # raw scores differ by 8 %, probabilities by a factor of e
    assert localize(probabilities, CENTER, TARGET, config).status is TrackStatus.FOUND
    flat = preprocessed(score_map((9, 9, 1.0)), config)
    assert localize(flat, CENTER, TARGET, config).status is TrackStatus.NOT_FOUND


def test_the_window_chooses_the_first_peak_but_the_second_is_seen_without_it() -> None:
    config = LocalizationConfig(hann_window=True, distractor_threshold=100.0, not_found_threshold=0.0)
    found = localize(score_map((9, 9, 1.0), (0, 0, 1.5)), CENTER, TARGET, config)
    assert (found.row, found.column) == (9, 9)
    assert found.second_score == pytest.approx(1.5)
    assert found.status is TrackStatus.HARD_NEGATIVE


NEAR = LocalizationConfig(near=0.5)  # half of 3.6 cells


@pytest.mark.parametrize(
    ("peaks", "status", "cell"),
    [
        # a look-alike beside the target, within the first peak's neighbourhood, scores higher
        ([(9, 12, 1.0), (9, 9, 0.5)], TrackStatus.HARD_NEGATIVE, (9, 9)),
        # one at the other end of the region as well
        ([(9, 18, 1.0), (8, 9, 0.6)], TrackStatus.HARD_NEGATIVE, (8, 9)),
        # of several near ones the highest
        ([(9, 18, 1.0), (8, 9, 0.6), (10, 8, 0.7)], TrackStatus.HARD_NEGATIVE, (10, 8)),
        # too low beside the other: the target has moved
        ([(9, 12, 1.0), (9, 9, 0.49)], TrackStatus.FOUND, (9, 12)),
        # too low to be the target at all
        ([(9, 12, 0.4), (9, 9, 0.24)], TrackStatus.FOUND, (9, 12)),
        # the flank of the higher peak is no peak
        ([(9, 12, 1.0), (9, 11, 0.9), (9, 10, 0.8)], TrackStatus.FOUND, (9, 12)),
        # the higher one is near itself
        ([(9, 10, 1.0), (9, 8, 0.9)], TrackStatus.FOUND, (9, 10)),
    ],
)
def test_a_peak_near_the_last_place_goes_before_a_higher_one_elsewhere(
    peaks: list[tuple[int, int, float]], status: TrackStatus, cell: tuple[int, int]
) -> None:
    found = localize(score_map(*peaks), CENTER, TARGET, NEAR)
    assert ((found.row, found.column), found.status) == (cell, status)
    assert found.score == pytest.approx(peaks[0][2]), "the score is the map's maximum"
    assert found.took_second_peak == (cell != peaks[0][:2])
    assert not localize(score_map(*peaks), CENTER, TARGET, CONFIG).took_second_peak, "as published"


@pytest.mark.parametrize("place", [(9.0, 9.0), (8.7, 9.4), (9.49, 8.51)])
def test_a_gaussian_peak_is_placed_between_cells(place: tuple[float, float]) -> None:
    rows, columns = np.mgrid[0:19, 0:19]
    gaussian = np.exp(-((rows - place[0]) ** 2 + (columns - place[1]) ** 2) / (2 * 0.9**2)).astype(np.float32)
    cell = np.unravel_index(gaussian.argmax(), gaussian.shape)
    assert subcell_peak(gaussian, (int(cell[0]), int(cell[1]))) == pytest.approx(place, abs=0.01)


def test_a_peak_at_the_rim_or_on_a_plateau_stays_where_it_is() -> None:
    assert subcell_peak(score_map((0, 18, 1.0)), (0, 18)) == (0.0, 18.0)
    assert subcell_peak(np.ones((19, 19), np.float32), (5, 5)) == (5.0, 5.0)


HELD = LocalizationConfig(jump=0.35, near=0.5, near_share=0.7)
SLACK = 0.35  # 1.26 cells


@pytest.mark.parametrize(
    ("peaks", "flow", "cell"),
    [
        # one peak over two objects alike: the target is where flow saw it go, between cells
        ([(9, 11, 1.0), (9, 10, 0.8), (9, 9, 0.5)], (9.0, 9.4), (9.0, 9.4)),
        # a weak peak of its own
        ([(9, 12, 1.0), (9, 9, 0.4)], (9.2, 8.9), (9.2, 8.9)),
        # no jump: the peak says it better
        ([(9, 10, 1.0), (9, 9, 0.9)], (9.0, 9.0), (9, 10)),
        # what flow followed does not look like the target
        ([(9, 12, 1.0), (9, 9, 0.29)], (9.0, 9.0), (9, 12)),
        # nor does it where the share suffices and the score does not
        ([(9, 12, 0.4), (9, 9, 0.14)], (9.0, 9.0), (9, 12)),
        # flow says nothing
        ([(9, 12, 1.0), (9, 9, 0.5)], None, (9, 12)),
        # beyond the map's rim its last cell counts
        ([(9, 12, 1.0), (9, 18, 0.6)], (9.0, 20.0), (9.0, 20.0)),
    ],
)
def test_the_target_does_not_jump_away_from_where_flow_saw_it_go(
    peaks: list[tuple[int, int, float]], flow: tuple[float, float] | None, cell: tuple[float, float]
) -> None:
    found = localize(score_map(*peaks), CENTER, TARGET, HELD, flow and FlowPlace(flow, SLACK, 0.5))
    assert (found.row, found.column) == cell
    assert found.took_second_peak == (cell != peaks[0][:2])
    if found.took_second_peak:
        assert found.status is TrackStatus.UNCERTAIN  # nothing is learned from it
        assert found.second_score == found.score
    if flow:
        assert found.jump == pytest.approx(math.dist(peaks[0][:2], flow) / TARGET[0])


def test_a_peak_of_its_own_where_flow_saw_the_target_go_is_taken_and_learned_from() -> None:
    peaks = [(9, 14, 1.0), (9, 10, 0.8)]
    found = localize(score_map(*peaks), (9.0, 6.0), TARGET, HELD, FlowPlace((9.0, 9.6), SLACK, 0.5))
    assert (found.row, found.column, found.status) == (9, 10, TrackStatus.HARD_NEGATIVE)
    assert found.jump is None  # the flow was right, which says nothing against it


def test_whoever_looks_less_like_the_target_than_usual_is_not_lost_where_flow_followed_it() -> None:
    scores = score_map((9, 9, 0.2))
    assert localize(scores, CENTER, TARGET, HELD).status is TrackStatus.NOT_FOUND
    found = localize(scores, CENTER, TARGET, HELD, FlowPlace((9.3, 8.8), SLACK, 0.5))
    assert (found.row, found.column, found.status) == (9.3, 8.8, TrackStatus.UNCERTAIN)
    gone = localize(score_map((9, 9, 0.14)), CENTER, TARGET, HELD, FlowPlace((9.3, 8.8), SLACK, 0.5))
    assert gone.status is TrackStatus.NOT_FOUND


def test_a_peak_beside_where_flow_saw_the_target_go_is_not_its_own() -> None:
    # within reach of "near", but farther off than flow and peaks ever were: two under one peak
    peaks = [(9, 14, 1.0), (9, 10, 0.8), (9, 9, 0.5)]
    found = localize(score_map(*peaks), (9.0, 6.0), TARGET, HELD, FlowPlace((9.0, 8.6), SLACK, 0.5))
    assert (found.row, found.column, found.status) == (9.0, 8.6, TrackStatus.UNCERTAIN)


def test_a_flow_that_nearly_all_points_agree_on_needs_less_of_a_score() -> None:
    peaks = [(9, 12, 1.0), (9, 9, 0.12)]
    unsure = localize(score_map(*peaks), CENTER, TARGET, HELD, FlowPlace(CENTER, SLACK, 0.59))
    assert (unsure.row, unsure.column) == (9, 12)
    sure = localize(score_map(*peaks), CENTER, TARGET, HELD, FlowPlace(CENTER, SLACK, 0.6))
    assert (sure.row, sure.column, sure.status) == (*CENTER, TrackStatus.UNCERTAIN)
    nothing = localize(score_map((9, 12, 1.0), (9, 9, 0.09)), CENTER, TARGET, HELD, FlowPlace(CENTER, SLACK, 1.0))
    assert (nothing.row, nothing.column) == (9, 12)


def test_a_distance_within_the_slack_is_no_jump() -> None:
    peaks = [(9, 12, 1.0), (9, 9, 0.5)]
    found = localize(score_map(*peaks), CENTER, TARGET, HELD, FlowPlace(CENTER, 0.9, 0.5))
    assert (found.row, found.column) == (9, 12)
    assert found.jump == pytest.approx(3 / 3.6)
