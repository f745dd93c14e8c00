"""How the picture is looked at: light, labels, ghosts, guides, following; with real keys and mouse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPushButton, QSlider
from pytestqt.qtbot import QtBot
from window_fixture import Bench, make_bench, write_images

from app.session.run_state import Phase
from app.settings import LabelledBoxes, Settings
from app.views.box_item import BoxLayer
from app.views.picture_guides import GRID_FROM
from app.views.picture_levels import PictureLevels
from tracker.geometry import BoundingBox

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
BOX = BoundingBox(40, 30, 40, 30)


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Bench]:
    for bench in make_bench(qtbot, monkeypatch):
        bench.open(write_images(tmp_path / "grey"))
        bench.draw(BOX)
        yield bench


def ghosts(bench: Bench) -> list[tuple[str, BoundingBox]]:
    return [(it.label, it.box) for it in bench.view.boxes if it.layer is BoxLayer.GHOST]


def label(bench: Bench) -> str:
    return bench.view.selected_box.label


@given(st.floats(-1, 1), st.floats(-1, 1), st.floats(0.2, 5))
def test_levels_keep_their_order_and_the_frame_stays_as_it_is(brightness: float, contrast: float, gamma: float) -> None:
    levels = PictureLevels(brightness, contrast, gamma)
    table = levels.table().astype(int)
    assert (np.diff(table) >= 0).all()
    frame = np.arange(48, dtype=np.uint8).reshape(4, 4, 3)
    before = frame.copy()
    assert (levels.applied_to(frame) == levels.table()[frame]).all()
    assert (frame == before).all()


def test_plain_levels_change_nothing() -> None:
    assert (PictureLevels().table() == np.arange(256)).all()
    assert PictureLevels(brightness=0.5).table()[0] > 100
    dark, light = PictureLevels(contrast=0.5).table()[[64, 191]]
    assert dark < 64
    assert light > 191
    assert PictureLevels(gamma=2.0).table()[30] > 60


def test_dark_video_is_lightened_by_keys_and_what_is_tracked_stays(bench: Bench) -> None:
    assert bench.view.shown_colour(5, 5) == QColor(40, 40, 40)
    bench.key(Qt.Key.Key_D, CTRL)
    look = bench.window.view_controls.look
    assert look.isVisible()
    brightness, contrast, gamma = look.findChildren(QSlider)[:3]
    for slider, name in ((brightness, "Brightness"), (contrast, "Contrast"), (gamma, "Gamma")):
        assert slider.accessibleName().startswith(name)
    bench.qtbot.keyClick(gamma, Qt.Key.Key_PageUp)
    lighter = bench.view.shown_colour(5, 5).red()
    assert lighter > 40
    bench.qtbot.keyClick(brightness, Qt.Key.Key_PageUp)
    assert bench.view.shown_colour(5, 5).red() > lighter
    # the frame that the loader and the tracker have is the video's own
    assert int(bench.view._frame[5, 5, 0]) == 40
    bench.qtbot.keyClick(look, Qt.Key.Key_Escape)
    bench.wait(lambda: not look.isVisible())
    bench.key(Qt.Key.Key_D)
    bench.wait(lambda: bench.view.shown_colour(5, 5).red() > lighter)
    reset = next(it for it in look.findChildren(QPushButton) if it.text() == "Reset the light")
    bench.key(Qt.Key.Key_D, CTRL)
    bench.qtbot.mouseClick(reset, Qt.MouseButton.LeftButton)
    assert bench.view.shown_colour(5, 5) == QColor(41, 41, 41)


def test_ghosts_are_the_keyframes_beside_and_can_be_switched_off(bench: Bench) -> None:
    first = bench.session.track.keyframes[0].box
    bench.key(Qt.Key.Key_F)
    bench.wait(lambda: bench.session.run_state.phase is Phase.IDLE and bench.session.frame == 29)
    bench.key(Qt.Key.Key_Right)
    last = bench.session.track.keyframes[29].box
    bench.key(Qt.Key.Key_A, SHIFT)
    bench.wait(lambda: [it for it, _ in ghosts(bench)] == ["-19", "+10"])
    assert [box for _, box in ghosts(bench)] == [first, last]
    # the mouse goes through them: a click beside the box selects nothing
    assert all(view.layer is not BoxLayer.GHOST for view in bench.view.boxes_at(bench.view.rect().center().toPointF()))
    bench.key(Qt.Key.Key_H, CTRL)
    assert ghosts(bench) == []
    assert not Settings().ghosts_visible
    bench.key(Qt.Key.Key_H, CTRL)
    assert len(ghosts(bench)) == 2


def test_labels_say_what_the_person_wants_of_the_boxes_they_want(bench: Bench) -> None:
    bench.key(Qt.Key.Key_T)
    bench.draw(BoundingBox(100, 60, 30, 30))
    assert [it.label for it in bench.view.boxes] == ["1  ·  object", "2  ·  object"]
    bench.key(Qt.Key.Key_L, CTRL)
    assert bench.settings.labelled_boxes is LabelledBoxes.SELECTED
    assert [it.label for it in bench.view.boxes] == ["", "2  ·  object"]
    bench.key(Qt.Key.Key_L, CTRL)
    assert [it.label for it in bench.view.boxes] == ["", ""]
    bench.key(Qt.Key.Key_L, CTRL)
    bench.settings.label_categories = False
    bench.settings.label_scores = True
    assert label(bench) == "2"
    bench.key(Qt.Key.Key_F)
    bench.wait(lambda: bench.session.run_state.phase is Phase.IDLE and bench.session.frame == 29)
    assert label(bench) == "2  ·  0.90"


def test_the_view_follows_the_box_during_a_run_and_while_stepping(bench: Bench) -> None:
    bench.key(Qt.Key.Key_V)
    zoom = bench.view.zoom
    for _ in range(4):
        bench.key(Qt.Key.Key_Equal, CTRL)
    assert bench.view.zoom > zoom
    bench.key(Qt.Key.Key_V, SHIFT)
    assert bench.settings.follow_target
    bench.key(Qt.Key.Key_F)
    bench.wait(lambda: bench.session.run_state.phase is Phase.IDLE and bench.session.frame == 29)

    def distance() -> float:
        box = bench.view.mapping.box_rect(bench.view.selected_box.box).center()
        return abs(box.x() - bench.view.width() / 2) / bench.view.width()

    assert distance() <= 0.16
    bench.key(Qt.Key.Key_Home)
    bench.wait(lambda: bench.view.selected_box is not None and not bench.view.selected_box.locked)
    assert distance() <= 0.16
    bench.key(Qt.Key.Key_V, SHIFT)
    place = bench.view.mapping
    bench.key(Qt.Key.Key_End)
    bench.wait(lambda: bench.view.selected_box is not None and not bench.view.selected_box.locked)
    assert bench.view.mapping == place


def test_the_grid_shows_between_large_pixels_only(bench: Bench) -> None:
    bench.key(Qt.Key.Key_H)
    bench.view.set_boxes([])
    bench.view.center_on(20.0, 20.0, GRID_FROM * 2)
    on_line = bench.view.mapping.to_widget(12, 12.5).toPoint()
    inside = bench.view.mapping.to_widget(12.5, 12.5).toPoint()

    def shown(at: QPoint) -> QColor:
        return bench.view.grab().toImage().pixelColor(at)

    assert shown(on_line) != shown(inside)
    bench.settings.pixel_grid = False
    assert shown(on_line) == shown(inside)
    bench.settings.pixel_grid = True
    bench.view.center_on(20.0, 20.0, GRID_FROM - 1)
    assert shown(bench.view.mapping.to_widget(12, 12.5).toPoint()) == QColor(40, 40, 40)


def test_the_cross_hair_runs_through_the_mouse(bench: Bench) -> None:
    bench.key(Qt.Key.Key_Period, CTRL)
    at = QPoint(bench.view.width() // 3, bench.view.height() // 3)
    bench.qtbot.mouseMove(bench.view, at)
    crossed = bench.view.grab().toImage().pixelColor(3, at.y())
    bench.key(Qt.Key.Key_Period, CTRL)
    assert bench.view.grab().toImage().pixelColor(3, at.y()) != crossed
