"""The picture as it is painted: every pixel's colour, and no new memory for each frame."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QColor

from app.views.picture_levels import PictureLevels
from app.views.screen_picture import ScreenPicture


def test_each_pixel_has_its_colour_in_any_size() -> None:
    screen, random = ScreenPicture(), np.random.default_rng(7)
    for height, width in ((3, 5), (4, 7), (3, 5), (1, 1)):
        wide = random.integers(0, 256, (height, width + 2, 3), dtype=np.uint8)
        frame = wide[:, 1:-1]  # rows that do not follow each other in memory
        image = screen.show(frame, PictureLevels())
        assert (image.width(), image.height()) == (width, height)
        for y in range(height):
            for x in range(width):
                assert image.pixelColor(x, y) == QColor(*frame[y, x].tolist())


def test_levels_are_seen_and_the_frame_stays_as_it_is() -> None:
    frame = np.full((2, 2, 3), (10, 100, 200), dtype=np.uint8)
    levels = PictureLevels(brightness=0.2)
    image = ScreenPicture().show(frame, levels)
    assert image.pixelColor(1, 1) == QColor(*levels.table()[[10, 100, 200]].tolist())
    assert (frame == (10, 100, 200)).all()


def test_frames_of_one_size_are_shown_from_the_same_memory() -> None:
    screen = ScreenPicture()
    first = screen.show(np.zeros((8, 8, 3), dtype=np.uint8), PictureLevels())
    second = screen.show(np.full((8, 8, 3), 255, dtype=np.uint8), PictureLevels())
    assert first.constBits() == second.constBits()
