"""Picture and widget coordinates: the two-way map, and what zoom and pan leave alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QSizeF

from app.views.picture_mapping import MAX_SCALE, MIN_SCALE, PictureMapping
from tracker.geometry import BoundingBox

scales = st.floats(MIN_SCALE, MAX_SCALE)
offsets = st.floats(-4000, 4000)
mappings = st.builds(PictureMapping, scales, offsets, offsets)
coordinates = st.floats(-100, 5000)


@given(mappings, coordinates, coordinates)
def test_there_and_back_is_the_same_point(mapping: PictureMapping, x: float, y: float) -> None:
    back = mapping.to_picture(mapping.to_widget(x, y))
    assert back == pytest.approx((x, y), abs=1e-6)


@given(mappings, st.floats(0.001, 1000), st.floats(0, 1000), st.floats(0, 1000))
def test_zoom_keeps_the_point_under_the_mouse(mapping: PictureMapping, scale: float, x: float, y: float) -> None:
    mouse = QPointF(x, y)
    zoomed = mapping.scaled_about(scale, mouse)
    assert MIN_SCALE <= zoomed.scale <= MAX_SCALE
    assert zoomed.to_picture(mouse) == pytest.approx(mapping.to_picture(mouse), abs=1e-6)


def test_a_box_of_one_pixel_covers_exactly_that_pixel() -> None:
    rect = PictureMapping(scale=8, left=3, top=5).box_rect(BoundingBox(2, 1, 1, 1))
    assert (rect.left(), rect.top(), rect.width(), rect.height()) == (3 + 16, 5 + 8, 8, 8)


@given(st.integers(1, 4000), st.integers(1, 4000), st.integers(50, 3000), st.integers(50, 3000))
def test_fit_shows_all_of_it_centred(width: int, height: int, room_w: int, room_h: int) -> None:
    mapping = PictureMapping.fitted(QSizeF(width, height), QSizeF(room_w, room_h), margin=12)
    top_left, bottom_right = mapping.to_widget(0, 0), mapping.to_widget(width, height)
    if MIN_SCALE < mapping.scale < MAX_SCALE:
        assert top_left.x() >= 12 - 1e-6
        assert top_left.y() >= 12 - 1e-6
        assert bottom_right.x() <= room_w - 12 + 1e-6
        assert bottom_right.y() <= room_h - 12 + 1e-6
    assert top_left.x() + bottom_right.x() == pytest.approx(room_w, abs=1e-6)
    assert top_left.y() + bottom_right.y() == pytest.approx(room_h, abs=1e-6)


@given(mappings)
def test_the_picture_cannot_be_lost(mapping: PictureMapping) -> None:
    picture, widget = QSizeF(640, 480), QSizeF(800, 600)
    kept = mapping.kept_in_view(picture, widget)
    assert kept.scale == mapping.scale
    assert kept.left < widget.width()
    assert kept.left + 640 * kept.scale > 0
    assert kept.kept_in_view(picture, widget) == kept
