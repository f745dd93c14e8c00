"""The heat-map: placed by the result, clear where the score is low."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from app.settings import HeatColours
from app.views.heatmap_item import HeatmapItem, heat_image
from app.views.picture_mapping import PictureMapping
from tracker.geometry import BoundingBox
from tracker.result import TrackResult, TrackStatus


def result(scores: np.ndarray, place: BoundingBox) -> TrackResult:
    return TrackResult(BoundingBox(0, 0, 10, 10), float(np.nanmax(scores)), TrackStatus.FOUND, scores, place)


def peak(row: int, column: int, size: int = 19) -> np.ndarray:
    scores = np.zeros((size, size), dtype=np.float32)
    scores[row, column] = 1.0
    return scores


def brightness(item: HeatmapItem, mapping: PictureMapping | None = None) -> np.ndarray:
    """Sum of the channels of a black 200x200 picture after the heat-map is painted on it."""
    image = QImage(200, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    item.paint(painter, mapping or PictureMapping())
    painter.end()
    return np.frombuffer(image.constBits(), dtype=np.uint8).reshape(200, 200, 4)[..., :3].sum(axis=2).astype(int)


@pytest.mark.parametrize(("row", "column"), [(1, 1), (9, 9), (3, 15), (17, 17)])
def test_the_peak_is_drawn_at_its_cells_centre(qapp: object, row: int, column: int) -> None:
    item = HeatmapItem()
    item.set_result(result(peak(row, column), BoundingBox(5, 24, 190, 152)))
    bright = brightness(item)
    y, x = np.unravel_index(int(bright.argmax()), bright.shape)
    # cells are 10 x 8 px here; a pixel's centre lies half a pixel beyond its index
    assert x + 0.5 == pytest.approx(5 + (column + 0.5) * 10, abs=1.5)
    assert y + 0.5 == pytest.approx(24 + (row + 0.5) * 8, abs=1.5)


def test_it_moves_with_the_picture(qapp: object) -> None:
    item = HeatmapItem()
    item.set_result(result(peak(9, 9), BoundingBox(-45, -45, 190, 190)))
    bright = brightness(item, PictureMapping(scale=2.0, left=40, top=10))
    y, x = np.unravel_index(int(bright.argmax()), bright.shape)
    assert (x + 0.5, y + 0.5) == pytest.approx((40 + 2 * 50, 10 + 2 * 50), abs=2)


@pytest.mark.parametrize("colours", HeatColours)
def test_alpha_rises_with_the_score_from_fully_clear(qapp: object, colours: HeatColours) -> None:
    alphas = []
    for score in (-0.2, 0.0, 0.03, 0.2, 0.4, 1.0, 1.4):
        image = heat_image(np.full((3, 3), score, dtype=np.float32), colours)
        alphas.append(image.pixelColor(12, 12).alpha())
    assert alphas[:3] == [0, 0, 0]
    assert alphas == sorted(alphas)
    assert alphas[3] > 0
    assert alphas[-1] == 255


def test_scores_that_are_not_numbers_are_clear(qapp: object) -> None:
    scores = np.full((5, 5), np.nan, dtype=np.float32)
    scores[0, 0] = np.inf
    image = heat_image(scores, HeatColours.INFERNO)
    assert {image.pixelColor(x, y).alpha() for x in range(0, 40, 5) for y in range(0, 40, 5)} == {0}


def test_hidden_or_without_result_nothing_is_painted(qapp: object) -> None:
    item = HeatmapItem()
    assert brightness(item).max() == 0
    item.set_result(result(peak(9, 9), BoundingBox(0, 0, 190, 190)))
    item.visible = False
    assert brightness(item).max() == 0
    item.visible = True
    assert brightness(item).max() > 0
    item.set_result(None)
    assert item.place is None
    assert brightness(item).max() == 0


def test_opacity_scales_what_is_painted(qapp: object) -> None:
    item = HeatmapItem()
    item.set_result(result(np.ones((19, 19), dtype=np.float32), BoundingBox(0, 0, 190, 190)))
    item.opacity = 1.0
    full = int(brightness(item)[100, 100])
    item.opacity = 0.5
    assert int(brightness(item)[100, 100]) == pytest.approx(full / 2, abs=4)


def test_the_colour_map_changes_the_picture(qapp: object) -> None:
    scores = np.full((3, 3), 0.9, dtype=np.float32)
    inferno = heat_image(scores, HeatColours.INFERNO).pixelColor(12, 12)
    turbo = heat_image(scores, HeatColours.TURBO).pixelColor(12, 12)
    assert isinstance(inferno, QColor)
    assert inferno != turbo
