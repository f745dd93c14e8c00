from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.box_arrays import ious
from tracker.training.views import (
    compose,
    draw_proposals,
    jittered_view,
    mapped_box,
    rect_to_rect,
    shifted_inside,
    warp,
)

sizes = st.floats(8, 120)
places = st.floats(0, 200)


def test_an_exact_view_moves_whole_pixels():
    picture = np.arange(20 * 30, dtype=np.uint32).reshape(20, 30).astype(np.uint8)
    view = np.asarray([[1.0, 0, -5], [0, 1.0, -3]])
    np.testing.assert_array_equal(warp(picture, view, 10, 8), picture[3:11, 5:15])


@pytest.mark.parametrize("scale", [0.25, 0.5, 1.0, 2.0, 4.0])
def test_edges_land_where_the_view_says_at_every_scale(scale):
    """Half of the picture is white; the step must lie at the mapped edge, also where the picture is reduced first."""
    picture = np.zeros((96, 128), dtype=np.uint8)
    picture[:, 64:] = 200
    view = np.asarray([[scale, 0, 0], [0, scale, 0]])
    crop = warp(picture, view, round(128 * scale), round(96 * scale)).astype(float)
    dark_columns = (200 - crop[len(crop) // 2]).sum() / 200
    assert dark_columns == pytest.approx(64 * scale, abs=0.06)


@given(places, places, sizes, sizes, st.integers(0, 1000))
def test_target_centre_stays_inside_the_search_area(x, y, w, h, seed):
    box = np.asarray([x, y, w, h])
    rng = np.random.default_rng(seed)
    view = jittered_view(box, rng, 0.5, 4.05, 4.5, 256)
    center = mapped_box(box, view)
    middle = center[:2] + center[2:] / 2
    assert (middle > 0).all()
    assert (middle < 256).all()


def test_without_jitter_the_target_is_central_and_of_known_size():
    view = jittered_view(np.asarray([30.0, 40, 20, 20]), np.random.default_rng(0), 0.0, 0.0, 4.0, 256)
    np.testing.assert_allclose(mapped_box(np.asarray([30.0, 40, 20, 20]), view), [96, 96, 64, 64])


@given(places, places, sizes, sizes, st.floats(0.2, 3))
def test_boxes_map_exactly_without_rotation(x, y, w, h, scale):
    view = np.asarray([[scale, 0, 7.0], [0, scale / 2, -3.0]])
    expected = [scale * x + 7, scale / 2 * y - 3, scale * w, scale / 2 * h]
    np.testing.assert_allclose(mapped_box(np.asarray([x, y, w, h]), view), expected, atol=1e-9)


def test_rotation_by_a_right_angle_swaps_the_sides():
    quarter = np.asarray([[0.0, -1, 0], [1.0, 0, 0]])
    np.testing.assert_allclose(mapped_box(np.asarray([0.0, 0, 10, 4]), quarter), [-4, 0, 4, 10], atol=1e-12)


def test_shifted_inside_shows_no_border_where_the_picture_is_large_enough():
    view = jittered_view(np.asarray([0.0, 0, 10, 10]), np.random.default_rng(1), 0.0, 3.0, 4.0, 64)
    moved = shifted_inside(view, 200, 100, 64)
    left, top = -moved[0, 2] / moved[0, 0], -moved[1, 2] / moved[1, 1]
    assert left >= 0
    assert top >= 0
    assert moved[0, 0] == view[0, 0]


@given(sizes, sizes, st.integers(0, 10_000))
def test_proposals_overlap_and_their_iou_is_true(w, h, seed):
    box = np.asarray([50.0, 60, w, h])
    proposals, overlaps = draw_proposals(box, 16, np.random.default_rng(seed))
    assert proposals.shape == (16, 4)
    assert (proposals[:, 2:] > 0).all()
    np.testing.assert_allclose(overlaps, ious(proposals.astype(np.float64), box), atol=1e-4)
    assert (overlaps > 0.1).mean() > 0.9


def test_proposals_cover_good_and_bad_boxes():
    _, overlaps = draw_proposals(np.asarray([50.0, 60, 40, 30]), 400, np.random.default_rng(0))
    assert overlaps.min() < 0.3
    assert overlaps.max() > 0.95


def test_composition_and_rect_maps():
    inner = rect_to_rect(np.asarray([0.0, 0, 10, 20]), np.asarray([5.0, 5, 20, 20]))
    outer = np.asarray([[0.0, -1, 3], [1.0, 0, 4]])
    point = np.asarray([7.0, 9.0])
    through = inner[:, :2] @ point + inner[:, 2]
    np.testing.assert_allclose(
        compose(outer, inner)[:, :2] @ point + compose(outer, inner)[:, 2], outer[:, :2] @ through + outer[:, 2]
    )
