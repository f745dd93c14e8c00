"""Boxes as they are painted: layers tell themselves apart, labels are readable and keep out of the way."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from pytestqt.qtbot import QtBot

from app.views.box_item import BoxLayer, BoxView, paint_outlines
from app.views.label_chips import MOST_LABELS, Chip, chips_of, paint_chip
from app.views.palette import ink_on, relative_luminance, track_colour
from app.views.picture_mapping import PictureMapping
from tracker.geometry import BoundingBox

AREA = QRectF(0, 0, 400, 300)


def painted(view: BoxView, background: str) -> npt.NDArray[np.uint8]:
    """RGB of a 400x300 picture of the box's outline."""
    image = QImage(400, 300, QImage.Format.Format_RGB888)
    image.fill(QColor(background))
    painter = QPainter(image)
    paint_outlines(painter, [view], PictureMapping(), AREA)
    painter.end()
    pixels = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(300, image.bytesPerLine())
    return pixels[:, : 400 * 3].reshape(300, 400, 3).copy()


def share_coloured(view: BoxView) -> float:
    """Share of the pixels along the top edge, away from the corners, that have the Track's colour."""
    row = painted(view, "#808080")[97:104, 140:260]
    target = np.array(view.colour.getRgb()[:3])
    return float((np.abs(row.astype(int) - target).max(axis=2) < 8).any(axis=0).mean())


@pytest.mark.parametrize(
    ("layer", "least", "most"),
    [(BoxLayer.HUMAN, 1.0, 1.0), (BoxLayer.TRACKED, 1.0, 1.0), (BoxLayer.DOUBTFUL, 0.3, 0.8)],
)
def test_lines_are_whole_or_dashed_by_layer(qapp: object, layer: BoxLayer, least: float, most: float) -> None:
    view = BoxView(1, BoundingBox(100, 100, 200, 120), "", track_colour(0), layer)
    assert least <= share_coloured(view) <= most


def test_a_human_box_has_corner_ticks_that_a_tracked_one_has_not(qapp: object) -> None:
    box = BoundingBox(100, 100, 200, 120)
    human = painted(BoxView(1, box, "", track_colour(0), BoxLayer.HUMAN), "#808080")
    tracked = painted(BoxView(1, box, "", track_colour(0), BoxLayer.TRACKED), "#808080")
    target = np.array(track_colour(0).getRgb()[:3])

    def thickness(pixels: npt.NDArray[np.uint8], x: int) -> int:
        return int((np.abs(pixels[90:110, x].astype(int) - target).max(axis=1) < 8).sum())

    assert thickness(human, 105) > thickness(human, 200) > thickness(tracked, 105) == thickness(tracked, 200)


@pytest.mark.parametrize("background", ["#000000", "#ffffff", "#56b4e9"])
def test_an_outline_shows_on_any_picture_even_of_its_own_colour(qapp: object, background: str) -> None:
    view = BoxView(1, BoundingBox(100, 100, 200, 120), "", track_colour(0), BoxLayer.TRACKED)
    differs = np.abs(painted(view, background).astype(int) - np.array(QColor(background).getRgb()[:3])).max(axis=2)
    assert (differs[96:105, 150] > 50).any()


@pytest.mark.parametrize("index", range(60))
def test_labels_are_readable_on_every_track_colour(index: int) -> None:
    colour = track_colour(index)
    bright, dark = sorted((relative_luminance(colour), relative_luminance(ink_on(colour))), reverse=True)
    assert (bright + 0.05) / (dark + 0.05) >= 4.5


def test_track_colours_of_one_project_differ() -> None:
    names = [track_colour(index).name() for index in range(40)]
    assert len(set(names)) == 40


def labelled(*views: BoxView) -> list[Chip]:
    return chips_of(views, PictureMapping(), QFont(), AREA)


@pytest.mark.parametrize(
    "box",
    [
        BoundingBox(100, 100, 120, 80),
        BoundingBox(100, 2, 120, 80),
        BoundingBox(2, 2, 120, 296),
        BoundingBox(395, 100, 120, 80),
    ],
)
def test_the_label_stands_beside_the_box_and_in_sight(qtbot: QtBot, box: BoundingBox) -> None:
    (chip,) = labelled(BoxView(1, box, "#1 cup mug", track_colour(0)))
    assert AREA.contains(chip.rect)
    assert not chip.rect.intersects(PictureMapping().box_rect(box))


def test_without_room_beside_the_box_the_label_goes_inside(qtbot: QtBot) -> None:
    (chip,) = labelled(BoxView(1, BoundingBox(-10, -10, 500, 400), "#1 cup mug", track_colour(0)))
    assert AREA.contains(chip.rect)


def test_labels_of_neighbours_do_not_cover_each_other(qtbot: QtBot) -> None:
    first, second = labelled(
        BoxView(1, BoundingBox(100, 100, 60, 60), "#1 cup", track_colour(0)),
        BoxView(2, BoundingBox(105, 102, 60, 60), "#2 cup", track_colour(1)),
    )
    assert not first.rect.intersects(second.rect)


boxes = st.builds(BoundingBox, st.floats(-300, 900), st.floats(-300, 900), st.floats(1, 300), st.floats(1, 30))


@given(st.lists(boxes, min_size=9, max_size=40))
def test_in_a_crowd_each_box_in_sight_has_a_label_unless_the_places_for_it_are_taken(
    qapp: object, crowd: list[BoundingBox]
) -> None:
    views = [BoxView(number, box, f"#{number} cup", track_colour(number)) for number, box in enumerate(crowd)]
    chips = labelled(*views)
    rects = [chip.rect for chip in chips]
    assert len(chips) <= MOST_LABELS
    for place, rect in enumerate(rects):
        assert not any(rect.intersects(it) for it in rects[:place])
    for view in views:
        if view not in [chip.view for chip in chips] and PictureMapping().box_rect(view.box).intersects(AREA):
            # by itself it would have had one, where there is one of another now
            alone = chips_of([view] * 9, PictureMapping(), QFont(), AREA)[0]
            assert any(alone.rect.intersects(it) for it in rects)


def test_no_label_for_a_box_out_of_sight(qtbot: QtBot) -> None:
    assert not labelled(BoxView(1, BoundingBox(900, 100, 60, 60), "#1 cup", track_colour(0)))


def test_a_box_out_of_sight_is_not_drawn_and_one_that_reaches_in_is(qapp: object) -> None:
    beside = BoxView(1, BoundingBox(-100, 100, 99, 60), "", track_colour(0), BoxLayer.HUMAN)
    assert (painted(beside, "#808080")[80:180, 0] != 128).any(), "its rim"
    away = BoxView(1, BoundingBox(-200, 100, 97, 60), "", track_colour(0), BoxLayer.HUMAN)
    assert (painted(away, "#808080") == 128).all()


def test_a_long_label_is_cut_to_the_chip(qtbot: QtBot) -> None:
    (chip,) = labelled(BoxView(1, BoundingBox(10, 100, 60, 60), "#1 " + "very long name " * 20, track_colour(0)))
    assert chip.rect.width() < AREA.width()
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.gray)
    painter = QPainter(image)
    paint_chip(painter, chip, QFont(), 1.0)
    painter.end()
    assert image.pixelColor(int(chip.rect.right()) + 3, int(chip.rect.center().y())) == QColor(Qt.GlobalColor.gray)
