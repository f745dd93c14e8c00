"""The crop and its coordinate map: exactly reversible, without drift, and as published where that is asked for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.config import BorderMode, Geometry, TrackerConfig, WindowRule
from tracker.geometry import BoundingBox
from tracker.presets import PRESETS
from tracker.search_region import SearchRegion, cut_initial_patch, cut_search_region, search_scale

LITE = PRESETS["lite0"]
DIMP = PRESETS["dimp18"]
places = st.floats(-500, 3000)
sides = st.floats(1, 2000)


@given(x=places, y=places, w=sides, h=sides, cx=places, cy=places, scale=st.floats(0.05, 20))
def test_the_map_is_reversible(x: float, y: float, w: float, h: float, cx: float, cy: float, scale: float) -> None:
    region = SearchRegion(cx, cy, scale, 256)
    back = region.to_image(region.to_crop(BoundingBox(x, y, w, h)))
    assert (back.x, back.y, back.w, back.h) == pytest.approx((x, y, w, h), abs=1e-6)


def test_cells_and_the_score_map_lie_where_the_specification_says() -> None:
    region = SearchRegion(center_x=100, center_y=50, scale=2.0, size=288)
    assert region.cell_to_image(9, 9) == (100, 50)
    assert region.cell_to_image(10, 8) == (100 - 32, 50 + 32)
    assert region.to_cell(68, 82) == (10, 8)
    box = region.score_map_box(19, 19)
    crop = region.image_box
    assert box == BoundingBox(crop.x - 16, crop.y - 16, crop.w + 32, crop.h + 32)


def position_picture(height: int, width: int) -> np.ndarray:
    """Red tells the column, green the row, both in steps of 16 gradations a pixel so that interpolation shows."""
    rows, columns = np.mgrid[0:height, 0:width]
    return np.stack([columns * 255 / width, rows * 255 / height, rows * 0], axis=-1).round().astype(np.uint8)


def steep_ramp(x: int, y: int) -> np.ndarray:
    """Red and green rise by two a pixel from column x and row y on; noise keeps rounding from having a direction."""
    noise = np.random.default_rng(0).integers(-3, 4, (600, 800))
    picture = np.zeros((600, 800, 3), np.uint8)
    picture[:, :, 0] = np.clip(2 * (np.arange(800) - x)[None] + noise, 0, 255)
    picture[:, :, 1] = np.clip(2 * (np.arange(600) - y)[:, None] + noise, 0, 255)
    return picture


@settings(max_examples=40, deadline=None)
@given(
    x=st.floats(200, 400), y=st.floats(200, 300), w=st.floats(10, 80), h=st.floats(10, 80),
    size=st.sampled_from([128, 256, 288]),
)  # fmt: skip
def test_pixels_lie_where_the_region_says(x: float, y: float, w: float, h: float, size: int) -> None:
    box = BoundingBox(x, y, w, h)
    left, top = (int(middle) - 60 for middle in box.center)
    pixels, region = cut_search_region(steep_ramp(left, top), box, replace(LITE, crop_size=size))
    margin = size * 3 // 8
    middle = slice(margin, size - margin)
    seen = pixels[middle, middle].astype(np.float64) / 2
    centers = (np.arange(margin, size - margin) + 0.5 - size / 2) * region.scale
    error_x = seen[:, :, 0].mean(axis=0) + left - (centers + region.center_x - 0.5)
    error_y = seen[:, :, 1].mean(axis=1) + top - (centers + region.center_y - 0.5)
    assert abs(error_x.mean()) < 0.2  # half a pixel of drift would be 0.5
    assert abs(error_y.mean()) < 0.2


LARGE_RAMP = np.repeat(position_picture(1, 3840), 2160, axis=0)


@pytest.mark.parametrize("side", [100.0, 400.0, 1000.0, 1900.0])
def test_large_targets_in_large_pictures_are_cut_without_offset(side: float) -> None:
    pixels, region = cut_search_region(LARGE_RAMP, BoundingBox(1500.3, 600.7, side / 2, side / 2), LITE)
    assert pixels.shape == (256, 256, 3)
    centers = np.arange(96, 160) + 0.5
    columns = (centers - 128) * region.scale + region.center_x
    error = pixels[128, 96:160, 0].astype(float) * 3840 / 255 - (columns - 0.5)
    assert abs(error.mean()) < 1.5  # one gradation is 15 pixels; the offset of a decimation by 8 would be 3.5


def test_outside_the_picture_edges_are_repeated_even_far_out() -> None:
    picture = position_picture(60, 80)
    pixels, _ = cut_search_region(picture, BoundingBox(-300, 10, 20, 20), LITE)
    assert (pixels[:, :, 0] == 0).all()
    pixels, _ = cut_search_region(picture, BoundingBox(1000, 10, 20, 20), LITE)
    assert (pixels[:, :, 0] == picture[0, -1, 0]).all()


def test_the_crop_never_shares_memory_with_a_read_only_picture() -> None:
    picture = position_picture(256, 256)
    picture.flags.writeable = False
    box = BoundingBox(128 - 256 / 9, 128 - 256 / 9, 256 / 4.5, 256 / 4.5)
    pixels, region = cut_search_region(picture, box, LITE)
    assert region.scale == pytest.approx(1.0)
    assert (pixels == picture).all()
    assert pixels.flags.writeable
    assert not np.shares_memory(pixels, picture)


@pytest.mark.parametrize(
    ("side", "rule", "first", "end", "count"),
    [
        (288, WindowRule.FLOAT, 96.5, 385.0, 289),
        (289, WindowRule.FLOAT, 96.0, 385.5, 289),
        (288, WindowRule.INTEGER, 97.0, 385.0, 288),
        (289, WindowRule.INTEGER, 96.0, 385.0, 289),
    ],
)
def test_published_windows(
    side: int, rule: WindowRule, first: float, end: float, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tracker.search_region as module

    cut: list[tuple[int, ...]] = []
    original = module.clipped_window
    monkeypatch.setattr(module, "clipped_window", lambda p, *window: (cut.append(window), original(p, *window))[1])
    config = replace(DIMP, window_rule=rule)
    box = BoundingBox(240.5 - side / 10, 240.5 - side / 10, side / 5, side / 5)  # index centre 240
    _, region = cut_search_region(np.zeros((480, 640, 3), np.uint8), box, config)
    assert region.center_x == region.center_y == pytest.approx((first + end) / 2)
    assert region.scale == pytest.approx((end - first) / 288)
    top, bottom, _, _ = cut[0]
    assert bottom - top == count


def test_published_decimation_forgets_its_offset_and_the_exact_one_does_not() -> None:
    # 3 pixels are skipped for each kept one: scale just above 3.1
    side = 3.2 * 288 / 5
    for shift in range(3):
        box = BoundingBox(600.5 + shift - side / 2, 600.5 - side / 2, side, side)
        _, published = cut_search_region(np.zeros((1200, 1600, 3), np.uint8), box, DIMP)
        # index centre p, kept grid (p - o) / 3 with an odd or even window; the offset is lost
        kept = (600 + shift) // 3
        count = round(3.2 * 288 / 3)
        middle = kept + (0.5 if count % 2 == 0 else 0.0)
        assert published.center_x == pytest.approx(3 * (middle + 0.5))


def test_first_frame_geometry_of_the_specification() -> None:
    box = BoundingBox(300, 200, 60, 60)
    assert search_scale(box, DIMP) == pytest.approx(1.0416667)
    patch, region = cut_initial_patch(np.zeros((480, 640, 3), np.uint8), box, 576, DIMP)
    assert patch.shape == (576, 576, 3)
    in_patch = region.to_crop(box)
    # the crop is the middle of the patch
    assert (in_patch.x - 144, in_patch.y - 144) == pytest.approx((114.72, 114.72))
    assert in_patch.w == pytest.approx(57.6)


@pytest.mark.parametrize("mode", [BorderMode.INSIDE, BorderMode.INSIDE_MAJOR])
@pytest.mark.parametrize("geometry", [(Geometry.EXACT, WindowRule.CENTERED), (Geometry.DIMP2019, WindowRule.INTEGER)])
def test_inside_modes_stay_in_the_picture_where_they_can(
    mode: BorderMode, geometry: tuple[Geometry, WindowRule]
) -> None:
    config = TrackerConfig(
        crop_size=352, search_area=6.0, border_mode=mode, geometry=geometry[0], window_rule=geometry[1]
    )
    image = np.zeros((480, 640, 3), np.uint8)
    _, region = cut_search_region(image, BoundingBox(5, 5, 40, 40), config)
    window = region.image_box
    assert window.x >= 0
    assert window.y >= 0
    assert window.w == pytest.approx(240, abs=1)
    _, region = cut_search_region(image, BoundingBox(200, 200, 150, 150), config)  # 900 pixels wanted
    window = region.image_box
    if mode is BorderMode.INSIDE:
        assert window.w == pytest.approx(480, abs=1)
    else:
        assert window.w == pytest.approx(640, abs=1)
        assert window.center[1] == pytest.approx(240, abs=1)


def test_the_window_shrinks_no_further_than_allowed() -> None:
    config = PRESETS["super_dimp"]
    _, region = cut_search_region(np.zeros((480, 640, 3), np.uint8), BoundingBox(100, 100, 300, 300), config)
    assert region.image_box.w == pytest.approx(1800 / 1.5, abs=3)
