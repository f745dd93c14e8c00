"""Drawing boxes with real mouse and key events."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from app.views.tokens import DARK
from app.views.video_view import VideoView
from tests.views.canvas_scene import HEIGHT, WIDTH, at, box_view, click, drag, picture, view_with_picture
from tracker.geometry import BoundingBox


def drawn(qtbot: QtBot, view: VideoView, start: QPoint, stop: QPoint) -> BoundingBox:
    view.start_drawing()
    with qtbot.waitSignal(view.box_drawn) as blocker:
        drag(qtbot, view, start, stop)
    return blocker.args[0]


@pytest.mark.parametrize("corners", [(100, 80, 260, 200), (260, 200, 100, 80), (100, 200, 260, 80)])
def test_a_drag_makes_a_box_whichever_corner_comes_first(qtbot: QtBot, corners: tuple[int, int, int, int]) -> None:
    view = view_with_picture(qtbot)
    x0, y0, x1, y1 = corners
    assert drawn(qtbot, view, at(view, x0, y0), at(view, x1, y1)) == BoundingBox(100, 80, 160, 120)
    assert not view.drawing


def test_zoomed_in_edges_land_on_pixel_edges_exactly(qtbot: QtBot) -> None:
    view = view_with_picture(qtbot)
    view.center_on(320, 240, 7.3)
    box = drawn(qtbot, view, at(view, 280, 210), at(view, 353, 271))
    assert box == BoundingBox(280, 210, 73, 61)


def test_zoomed_out_edges_are_what_the_mouse_points_at(qtbot: QtBot) -> None:
    view = view_with_picture(qtbot, 1920, 1080)
    view.set_zoom(0.37)
    start, stop = QPoint(131, 170), QPoint(402, 355)
    box = drawn(qtbot, view, start, stop)
    left, top = 400 - 1920 * 0.37 / 2, 300 - 1080 * 0.37 / 2
    expected = [
        math.floor((point - offset) / 0.37 + 0.5)
        for point, offset in ((131, left), (170, top), (402, left), (355, top))
    ]
    assert [box.x, box.y, box.right, box.bottom] == expected


def test_a_box_is_clipped_to_the_picture(qtbot: QtBot) -> None:
    view = view_with_picture(qtbot)
    assert drawn(qtbot, view, QPoint(2, 2), QPoint(790, 595)) == BoundingBox(0, 0, WIDTH, HEIGHT)


def test_two_clicks_make_a_box_too(qtbot: QtBot) -> None:
    view = view_with_picture(qtbot)
    view.start_drawing()
    click(qtbot, view, at(view, 50, 60))
    assert view.drawing
    qtbot.mouseMove(view, at(view, 100, 100))
    with qtbot.waitSignal(view.box_drawn) as blocker:
        click(qtbot, view, at(view, 150, 90))
    assert blocker.args[0] == BoundingBox(50, 60, 100, 30)


def test_a_box_under_two_pixels_is_ignored_and_the_tool_stays_in_hand(qtbot: QtBot) -> None:
    view = view_with_picture(qtbot)
    view.center_on(100, 100, 20)
    view.start_drawing()
    with qtbot.assertNotEmitted(view.box_drawn):
        drag(qtbot, view, at(view, 100, 100), at(view, 101, 110))
    assert view.drawing
    with qtbot.waitSignal(view.box_drawn) as blocker:
        drag(qtbot, view, at(view, 100, 100), at(view, 102, 110))
    assert blocker.args[0] == BoundingBox(100, 100, 2, 10)


def test_escape_gives_up_before_and_during_the_drag(qtbot: QtBot) -> None:
    view = view_with_picture(qtbot)
    for press in (False, True):
        view.start_drawing()
        if press:
            qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=at(view, 10, 10))
            qtbot.mouseMove(view, at(view, 90, 90))
        with qtbot.waitSignal(view.draw_cancelled), qtbot.assertNotEmitted(view.box_drawn):
            qtbot.keyClick(view, Qt.Key.Key_Escape)
            qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at(view, 90, 90))
        assert not view.drawing


def test_the_right_button_puts_the_tool_down(qtbot: QtBot) -> None:
    view = view_with_picture(qtbot)
    view.start_drawing()
    with qtbot.waitSignal(view.draw_cancelled):
        qtbot.mouseClick(view, Qt.MouseButton.RightButton, pos=at(view, 90, 90))


def test_the_cursor_and_a_signal_tell_that_the_tool_is_in_hand(qtbot: QtBot) -> None:
    view = view_with_picture(qtbot)
    states: list[bool] = []
    view.drawing_changed.connect(states.append)
    view.start_drawing()
    assert view.cursor().shape() is Qt.CursorShape.CrossCursor
    view.cancel_drawing()
    assert view.cursor().shape() is not Qt.CursorShape.CrossCursor
    assert states == [True, False]


def test_drawing_over_a_box_neither_selects_nor_moves_it(qtbot: QtBot) -> None:
    view = view_with_picture(qtbot)
    view.set_boxes([box_view(1, BoundingBox(80, 80, 200, 200), selected=True)])
    with qtbot.assertNotEmitted(view.box_edited), qtbot.assertNotEmitted(view.box_clicked):
        assert drawn(qtbot, view, at(view, 100, 100), at(view, 180, 160)) == BoundingBox(100, 100, 80, 60)


def test_without_a_picture_there_is_nothing_to_draw_on(qtbot: QtBot) -> None:
    view = VideoView(DARK)
    qtbot.addWidget(view)
    view.start_drawing()
    assert not view.drawing


def test_closing_the_picture_puts_the_tool_down(qtbot: QtBot) -> None:
    view = view_with_picture(qtbot)
    view.start_drawing()
    with qtbot.waitSignal(view.draw_cancelled):
        view.clear_frame()
    assert not view.drawing
    assert view.boxes == ()


def test_the_frame_may_change_while_a_box_is_drawn(qtbot: QtBot) -> None:
    view = view_with_picture(qtbot)
    view.start_drawing()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=at(view, 10, 10))
    qtbot.mouseMove(view, at(view, 40, 40))
    view.show_frame(picture(seed=1))
    view.set_boxes([box_view(3, BoundingBox(0, 0, 50, 50))])
    with qtbot.waitSignal(view.box_drawn) as blocker:
        qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at(view, 60, 50))
    assert blocker.args[0] == BoundingBox(10, 10, 50, 40)


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_while_drawing_escape_is_not_the_windows_shortcut(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    view = VideoView(DARK)
    window.setCentralWidget(view)
    stop = QAction("Stop", window)
    stop.setShortcut(Qt.Key.Key_Escape)
    window.addAction(stop)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    view.show_frame(picture())
    view.start_drawing()
    qtbot.waitUntil(view.hasFocus)
    with qtbot.assertNotEmitted(stop.triggered), qtbot.waitSignal(view.draw_cancelled):
        qtbot.keyClick(view, Qt.Key.Key_Escape)
    with qtbot.waitSignal(stop.triggered):
        qtbot.keyClick(view, Qt.Key.Key_Escape)
