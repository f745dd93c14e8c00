"""Selecting, moving and resizing boxes with real mouse and key events."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from app.views.box_handles import Handle, handle_points
from app.views.box_item import BoxLayer
from app.views.video_view import VideoView
from tests.views.canvas_scene import at, box_view, click, drag, view_with_picture
from tracker.geometry import BoundingBox

BOX = BoundingBox(200, 150, 120, 90)


class Edits:
    """Every box_edited of a view, in order."""

    def __init__(self, view: VideoView) -> None:
        self.seen: list[tuple[int, BoundingBox, bool]] = []
        view.box_edited.connect(self._add)

    def _add(self, track_id: int, box: BoundingBox, final: bool) -> None:
        self.seen.append((track_id, box, final))


def handle_point(view: VideoView, handle: Handle) -> QPoint:
    return handle_points(view.mapping.box_rect(BOX))[handle].toPoint()


def test_moving_reports_live_and_once_at_the_end(qtbot: QtBot) -> None:
    view = view_with_picture(qtbot)
    view.set_boxes([box_view(7, BOX, selected=True)])
    edits = Edits(view)
    drag(qtbot, view, at(view, 260, 195), at(view, 290, 185))
    assert len(edits.seen) >= 3
    assert all(not final for _, _, final in edits.seen[:-1])
    assert edits.seen[-1] == (7, BOX.moved(30, -10), True)
    assert view.boxes[0].box == BOX.moved(30, -10)


@pytest.mark.parametrize("zoom", [0.5, 1.0, 3.0])
@pytest.mark.parametrize("handle", Handle)
def test_each_handle_moves_its_edges_at_any_zoom(qtbot: QtBot, handle: Handle, zoom: float) -> None:
    view = view_with_picture(qtbot)
    view.center_on(*BOX.center, zoom)
    view.set_boxes([box_view(1, BOX, selected=True)])
    edits = Edits(view)
    start = handle_point(view, handle)
    drag(qtbot, view, start, start + QPoint(round(-8 * zoom), round(12 * zoom)))
    horizontal, vertical = handle.value
    _, box, final = edits.seen[-1]
    assert final
    assert box.x == BOX.x + (-8 if horizontal < 0 else 0)
    assert box.right == BOX.right + (-8 if horizontal > 0 else 0)
    assert box.y == BOX.y + (12 if vertical < 0 else 0)
    assert box.bottom == BOX.bottom + (12 if vertical > 0 else 0)


def test_a_click_on_the_box_or_its_handle_edits_nothing(qtbot: QtBot) -> None:
    view = view_with_picture(qtbot)
    view.set_boxes([box_view(1, BOX, selected=True)])
    edits = Edits(view)
    click(qtbot, view, at(view, 260, 195))
    click(qtbot, view, handle_point(view, Handle.TOP))
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=at(view, 260, 195))
    qtbot.mouseMove(view, at(view, 262, 196))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at(view, 262, 196))
    assert edits.seen == []


def test_escape_during_a_drag_puts_the_box_back(qtbot: QtBot) -> None:
    view = view_with_picture(qtbot)
    view.set_boxes([box_view(1, BOX, selected=True)])
    edits = Edits(view)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=at(view, 260, 195))
    qtbot.mouseMove(view, at(view, 300, 195))
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at(view, 300, 195))
    assert view.boxes[0].box == BOX
    assert edits.seen[-1] == (1, BOX, False)
    assert not any(final for _, _, final in edits.seen)


def test_new_boxes_in_the_middle_of_a_drag_do_not_take_the_box_out_of_the_hand(qtbot: QtBot) -> None:
    view = view_with_picture(qtbot)
    view.set_boxes([box_view(1, BOX, selected=True)])
    edits = Edits(view)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=at(view, 260, 195))
    qtbot.mouseMove(view, at(view, 280, 195))
    view.set_boxes([box_view(1, BOX.moved(3, 3), selected=True)])
    assert view.boxes[0].box == BOX.moved(20, 0)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at(view, 290, 195))
    assert edits.seen[-1] == (1, BOX.moved(30, 0), True)


def test_a_locked_box_can_be_clicked_but_not_moved(qtbot: QtBot) -> None:
    view = view_with_picture(qtbot)
    view.set_boxes([box_view(1, BOX, selected=True, locked=True)])
    edits = Edits(view)
    drag(qtbot, view, at(view, 260, 195), at(view, 290, 185))
    drag(qtbot, view, handle_point(view, Handle.TOP_LEFT), at(view, 150, 100))
    view.nudge(1, 0)
    assert edits.seen == []
    with qtbot.waitSignal(view.box_clicked):
        click(qtbot, view, at(view, 260, 195))


def test_a_press_on_another_box_selects_it_and_a_drag_moves_that_one(qtbot: QtBot) -> None:
    view = view_with_picture(qtbot)
    other = BoundingBox(400, 300, 60, 60)
    view.set_boxes([box_view(1, BOX, selected=True), box_view(2, other)])
    edits = Edits(view)
    with qtbot.waitSignal(view.box_clicked) as blocker:
        drag(qtbot, view, at(view, 430, 330), at(view, 440, 335))
    assert blocker.args == [2]
    assert edits.seen[-1] == (2, other.moved(10, 5), True)


def test_clicks_on_boxes_that_lie_on_each_other_walk_through_them(qtbot: QtBot) -> None:
    view = view_with_picture(qtbot)
    small = BoundingBox(240, 180, 40, 30)

    def select(track_id: int) -> None:
        view.set_boxes([box_view(1, BOX, selected=track_id == 1), box_view(2, small, selected=track_id == 2)])

    select(0)
    view.box_clicked.connect(select)
    clicked: list[int] = []
    view.box_clicked.connect(clicked.append)
    for _ in range(3):
        click(qtbot, view, at(view, 260, 195))
    assert clicked == [2, 1, 2]


def test_a_click_beside_the_boxes_says_so(qtbot: QtBot) -> None:
    view = view_with_picture(qtbot)
    view.set_boxes([box_view(1, BOX), box_view(2, BoundingBox(20, 20, 60, 60), layer=BoxLayer.GHOST)])
    with qtbot.waitSignal(view.empty_clicked), qtbot.assertNotEmitted(view.box_clicked):
        click(qtbot, view, at(view, 50, 50))


def test_nudges_add_up_and_stop_at_the_edge(qtbot: QtBot) -> None:
    view = view_with_picture(qtbot)
    view.set_boxes([box_view(1, BoundingBox(3, 150, 120, 90), selected=True)])
    edits = Edits(view)
    view.nudge(-1, 0)
    view.nudge(0, 10)
    view.nudge(-10, 0)
    view.nudge(-10, 0)
    assert [(box.x, box.y, final) for _, box, final in edits.seen] == [(2, 150, True), (2, 160, True), (0, 160, True)]


def test_resizing_by_key_moves_right_and_bottom(qtbot: QtBot) -> None:
    view = view_with_picture(qtbot)
    view.set_boxes([box_view(1, BOX, selected=True)])
    edits = Edits(view)
    view.resize_box(10, 0)
    view.resize_box(0, -1)
    view.resize_box(-1000, 0)
    assert [(box.w, box.h) for _, box, _ in edits.seen] == [(130, 90), (130, 89), (2, 89)]
    assert {(box.x, box.y) for _, box, _ in edits.seen} == {(BOX.x, BOX.y)}


def test_keys_without_a_selected_box_do_nothing(qtbot: QtBot) -> None:
    view = view_with_picture(qtbot)
    view.set_boxes([box_view(1, BOX)])
    with qtbot.assertNotEmitted(view.box_edited):
        view.nudge(1, 1)
        view.resize_box(1, 1)


@pytest.mark.parametrize(
    ("point", "shape"),
    [
        ((200, 150), Qt.CursorShape.SizeFDiagCursor),
        ((320, 150), Qt.CursorShape.SizeBDiagCursor),
        ((320, 195), Qt.CursorShape.SizeHorCursor),
        ((260, 240), Qt.CursorShape.SizeVerCursor),
        ((240, 180), Qt.CursorShape.SizeAllCursor),
        ((430, 330), Qt.CursorShape.PointingHandCursor),
        ((600, 20), Qt.CursorShape.ArrowCursor),
    ],
)
def test_the_cursor_says_what_a_press_would_do(qtbot: QtBot, point: tuple[int, int], shape: Qt.CursorShape) -> None:
    view = view_with_picture(qtbot)
    view.set_boxes([box_view(1, BOX, selected=True), box_view(2, BoundingBox(400, 300, 60, 60))])
    qtbot.mouseMove(view, at(view, *point))
    assert view.cursor().shape() is shape


def test_handles_keep_their_size_on_screen(qtbot: QtBot) -> None:
    view = view_with_picture(qtbot)
    view.set_boxes([box_view(1, BOX, selected=True)])
    for zoom in (0.6, 1.0, 6.0):
        view.center_on(BOX.x, BOX.y, zoom)
        center = view.mapping.to_widget(BOX.x, BOX.y)
        image = view.grab().toImage()
        fill = view.boxes[0].colour.name()
        row = [
            image.pixelColor(x, round(center.y()) - 2).name() for x in range(round(center.x()) - 12, round(center.x()))
        ]
        assert 3 <= row.count(fill) <= 5, zoom
        assert view.childAt(QPointF(center).toPoint()) is None
