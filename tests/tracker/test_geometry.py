"""BoundingBox and IoU, by their definitions and by laws that hold for any boxes."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.box_arrays import ious
from tracker.geometry import BoundingBox, iou

coordinates = st.floats(-1e4, 1e4)
sides = st.floats(1e-2, 1e4)
boxes = st.builds(BoundingBox, coordinates, coordinates, sides, sides)


def test_edges_centre_and_area() -> None:
    box = BoundingBox(10, 20, 30, 40)
    assert (box.right, box.bottom, box.center, box.area) == (40, 60, (25, 40), 1200)


@pytest.mark.parametrize(
    "bad", [(0, 0, 0, 5), (0, 0, 5, -1), (math.nan, 0, 5, 5), (0, 0, math.inf, 5), (-1e308, 0, 5, 5), (0, 0, 5, 2e9)]
)
def test_a_box_without_area_or_with_odd_numbers_is_not_valid(bad: tuple[float, float, float, float]) -> None:
    assert not BoundingBox(*bad).is_valid


def test_iou_of_boxes_that_share_a_third() -> None:
    assert iou(BoundingBox(0, 0, 10, 10), BoundingBox(5, 0, 10, 10)) == pytest.approx(1 / 3)
    assert iou(BoundingBox(0, 0, 10, 10), BoundingBox(10, 0, 10, 10)) == 0


@given(boxes, boxes)
def test_iou_is_symmetric_and_between_zero_and_one(a: BoundingBox, b: BoundingBox) -> None:
    assert iou(a, b) == pytest.approx(iou(b, a))
    assert 0 <= iou(a, b) <= 1 + 1e-9
    assert iou(a, a) == pytest.approx(1, abs=1e-6)


@given(boxes, st.floats(0.1, 10))
def test_scaling_keeps_the_centre(box: BoundingBox, factor: float) -> None:
    scaled = box.scaled(factor)
    assert scaled.center == pytest.approx(box.center, abs=1e-6)
    assert scaled.area == pytest.approx(box.area * factor**2)


@given(boxes, st.integers(1, 2000), st.integers(1, 2000))
def test_clipping_leaves_a_box_inside_the_picture_or_none(box: BoundingBox, width: int, height: int) -> None:
    clipped = box.clipped(width, height)
    if clipped is None:
        assert box.right <= 0 or box.bottom <= 0 or box.x >= width or box.y >= height
    else:
        assert clipped.x >= 0
        assert clipped.y >= 0
        assert clipped.right <= width + 1e-9
        assert clipped.bottom <= height + 1e-9
        assert clipped.w > 0
        assert clipped.h > 0


def _rows(some: list[BoundingBox]) -> np.ndarray:
    return np.array([(box.x, box.y, box.w, box.h) for box in some])


@given(st.lists(boxes, min_size=1, max_size=5), st.lists(boxes, min_size=1, max_size=5))
def test_ious_of_rows_are_those_of_the_boxes_one_by_one(some: list[BoundingBox], others: list[BoundingBox]) -> None:
    found = ious(_rows(some)[:, None], _rows(others))
    expected = [[iou(a, b) for b in others] for a in some]
    np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-9)


def test_ious_of_rows_without_area_are_zero() -> None:
    nothing, box = np.zeros(4), np.array([0.0, 0.0, 3.0, 3.0])
    assert ious(nothing, nothing) == 0
    assert ious(np.stack([nothing, box]), box).tolist() == [0.0, 1.0]
