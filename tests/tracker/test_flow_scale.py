"""How optical flow tells the growth of a target, on pictures whose growth is known."""

from __future__ import annotations

import math
from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.flow_scale import flow_origin, target_flow
from tracker.geometry import BoundingBox
from tracker.presets import preset
from tracker.search_region import Image

CONFIG = preset("lite0")
BOX = BoundingBox(120, 90, 80, 60)


def textured(seed: int, width: int = 320, height: int = 240) -> Image:
    noise = np.random.default_rng(seed).integers(0, 256, (height // 8, width // 8, 3)).astype(np.uint8)
    return np.asarray(cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC))


def seen_from_nearer(image: Image, factor: float, *, shift: tuple[float, float] = (0, 0), angle: float = 0) -> Image:
    """The picture grown by a factor about the centre of BOX, then moved."""
    matrix = cv2.getRotationMatrix2D(BOX.center, angle, factor)
    matrix[:, 2] += shift
    return np.asarray(cv2.warpAffine(image, matrix, image.shape[1::-1], borderMode=cv2.BORDER_REFLECT))


def growth(before: Image, after: Image, box: BoundingBox = BOX) -> float:
    origin = flow_origin(before, box, CONFIG)
    assert origin is not None
    return target_flow(origin, after, CONFIG).log_growth


@pytest.mark.parametrize("factor", [0.93, 0.98, 1.0, 1.02, 1.07])
@pytest.mark.parametrize(("shift", "angle"), [((0, 0), 0), ((6, -4), 0), ((-3, 5), 4)])
def test_growth_is_measured_whatever_the_movement(factor: float, shift: tuple[float, float], angle: float) -> None:
    before = textured(1)
    after = seen_from_nearer(before, factor, shift=shift, angle=angle)
    assert growth(before, after) == pytest.approx(math.log(factor), abs=0.005)


@pytest.mark.parametrize("shift", [(0.0, 0.0), (6.0, -4.0), (-14.0, 9.5)])
def test_the_place_of_the_target_is_told(shift: tuple[float, float]) -> None:
    before = textured(1)
    origin = flow_origin(before, BOX, CONFIG)
    there = target_flow(origin, seen_from_nearer(before, 1.02, shift=shift), CONFIG).center
    assert there == pytest.approx((BOX.center[0] + shift[0], BOX.center[1] + shift[1]), abs=0.2)


def test_no_place_is_told_of_a_picture_without_texture_or_of_another_one() -> None:
    flat = np.full((240, 320, 3), 90, dtype=np.uint8)
    for before, after in ((flat, flat), (textured(3), textured(4))):
        assert target_flow(flow_origin(before, BOX, CONFIG), after, CONFIG).center is None


def test_still_background_in_the_corners_of_the_box_takes_belief_away_and_never_turns_the_growth_round() -> None:
    before = textured(2)
    mask = np.zeros(before.shape[:2], dtype=np.uint8)
    cv2.ellipse(mask, (160, 120), (36, 27), 0, 0, 360, 255, -1)
    after = np.where(mask[..., None] > 0, seen_from_nearer(before, 1.05), before)
    assert 0.2 * math.log(1.05) < growth(before, after) < math.log(1.05)


def test_another_picture_says_next_to_nothing() -> None:
    assert abs(growth(textured(3), textured(4))) < 0.01


def test_a_picture_without_texture_says_nothing() -> None:
    flat = np.full((240, 320, 3), 90, dtype=np.uint8)
    assert growth(flat, flat) == 0.0


def test_growth_in_one_frame_is_limited() -> None:
    before = textured(5)
    assert growth(before, seen_from_nearer(before, 1.2)) <= CONFIG.flow.limit


def test_flow_that_is_switched_off_keeps_nothing_of_a_picture() -> None:
    assert flow_origin(textured(6), BOX, replace(CONFIG, flow=replace(CONFIG.flow, points=0))) is None
    assert flow_origin(textured(6), BOX, preset("dimp18")) is None


@given(
    x=st.floats(-60, 300),
    y=st.floats(-40, 220),
    w=st.floats(1, 900),
    h=st.floats(1, 900),
    seed=st.integers(0, 5),
)
def test_any_box_gives_a_finite_growth_within_the_limit(x: float, y: float, w: float, h: float, seed: int) -> None:
    before = textured(seed, 160, 120)
    value = growth(before, textured(seed + seed % 2, 160, 120), BoundingBox(x, y, w, h))
    assert abs(value) <= CONFIG.flow.limit
