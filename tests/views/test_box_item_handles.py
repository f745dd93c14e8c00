"""Handles: where they stand, what the mouse hits, and what dragging does to a box."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF

from app.views.box_handles import HIT_SIZE, MIN_SIDE, Handle, grown, handle_at, handle_points, resized, shifted
from tracker.geometry import BoundingBox

WIDTH, HEIGHT = 640, 480
inside = st.builds(BoundingBox, st.floats(0, 500), st.floats(0, 400), st.floats(MIN_SIDE, 140), st.floats(MIN_SIDE, 80))
moves = st.floats(-900, 900)


def test_a_roomy_box_has_eight_handles_on_its_line() -> None:
    points = handle_points(QRectF(100, 100, 200, 80))
    assert len(points) == 8
    assert points[Handle.TOP_LEFT] == QPointF(100, 100)
    assert points[Handle.RIGHT] == QPointF(300, 140)


def test_handles_of_a_tiny_box_leave_its_inside_free() -> None:
    rect = QRectF(100, 100, 12, 9)
    assert len(handle_points(rect)) == 4
    assert handle_at(rect, rect.center()) is None
    assert handle_at(rect, QPointF(94, 94)) is Handle.TOP_LEFT


@pytest.mark.parametrize("offset", [-HIT_SIZE / 2, 0, HIT_SIZE / 2])
def test_the_hit_area_is_wider_than_the_handle(offset: float) -> None:
    rect = QRectF(100, 100, 200, 80)
    assert handle_at(rect, QPointF(300 + offset, 180)) is Handle.BOTTOM_RIGHT


def test_beyond_the_hit_area_there_is_no_handle() -> None:
    assert handle_at(QRectF(100, 100, 200, 80), QPointF(300 + HIT_SIZE / 2 + 0.5, 180)) is None


@given(inside, st.sampled_from(Handle), moves, moves)
def test_resizing_stays_in_the_picture_and_moves_only_the_edges_held(
    box: BoundingBox, handle: Handle, dx: float, dy: float
) -> None:
    assume(box.right <= WIDTH and box.bottom <= HEIGHT)
    result = resized(box, handle, dx, dy, WIDTH, HEIGHT)
    horizontal, vertical = handle.value
    assert result.w >= MIN_SIDE - 1e-9
    assert result.h >= MIN_SIDE - 1e-9
    if horizontal >= 0:
        assert result.x == box.x
    if horizontal <= 0:
        assert result.right == pytest.approx(box.right)
    if vertical >= 0:
        assert result.y == box.y
    if vertical <= 0:
        assert result.bottom == pytest.approx(box.bottom)
    assert result.x >= 0
    assert result.right <= WIDTH + MIN_SIDE
    assert result.bottom <= HEIGHT + MIN_SIDE


@given(inside, moves, moves)
def test_moving_keeps_the_size_and_the_picture(box: BoundingBox, dx: float, dy: float) -> None:
    assume(box.right <= WIDTH and box.bottom <= HEIGHT)
    result = shifted(box, dx, dy, WIDTH, HEIGHT)
    assert (result.w, result.h) == (box.w, box.h)
    assert result.x >= 0
    assert result.right <= WIDTH + 1e-9
    assert result.y >= 0
    assert result.bottom <= HEIGHT + 1e-9


def test_a_box_that_reaches_out_of_the_picture_is_not_pulled_in_by_a_move() -> None:
    box = BoundingBox(-20, 600 - 30, 50, 60)
    assert shifted(box, 0, -5, 640, 600) == BoundingBox(-20, 565, 50, 60)
    assert shifted(box, -5, 0, 640, 600) == box


def test_growing_moves_right_and_bottom_edge() -> None:
    assert grown(BoundingBox(10, 20, 30, 40), 1, -10, WIDTH, HEIGHT) == BoundingBox(10, 20, 31, 30)
