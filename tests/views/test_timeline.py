"""The timeline with real mouse, wheel and key events, and its pictures looked at pixel by pixel."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.document.keyframes import Gap, Keyframe, Keyframes
from app.document.tracked_boxes import TrackedBox, TrackedBoxes
from app.views import lanes_view
from app.views.colours import Colours
from app.views.frame_axis import GUTTER, FrameAxis
from app.views.palette import track_colour
from app.views.timeline import Timeline
from app.views.timeline_lane import Lane, LaneRow, confidence_colour
from app.views.timeline_painting import paint_bookmarks, round_step
from app.views.tokens import DARK, LIGHT
from bench.timeline_speed import measure
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus

BOX = BoundingBox(1, 2, 30, 40)


def tracked(first: int, scores: np.ndarray, statuses: np.ndarray | None = None) -> TrackedBoxes:
    count = len(scores)
    return TrackedBoxes.from_arrays(
        np.arange(first, first + count),
        np.tile([1.0, 2.0, 30.0, 40.0], (count, 1)),
        scores.astype(np.float32),
        np.zeros(count, dtype=np.uint8) if statuses is None else statuses.astype(np.uint8),
    )


def lane(track_id: int, boxes: TrackedBoxes | None = None, keyframes: Mapping[int, Keyframe] | None = None) -> Lane:
    return Lane(
        track_id,
        f"#{track_id} cup",
        track_colour(track_id),
        keyframes if isinstance(keyframes, Keyframes) else Keyframes(keyframes or {}),
        TrackedBoxes() if boxes is None else boxes,
    )


def timeline_of(qtbot: QtBot, lanes: list[Lane], frame_count: int = 1000) -> tuple[Timeline, FrameAxis]:
    axis = FrameAxis()
    timeline = Timeline(axis, DARK)
    qtbot.addWidget(timeline)
    timeline.resize(900, 140)
    with qtbot.waitExposed(timeline):
        timeline.show()
    axis.set_frame_count(frame_count)
    timeline.set_lanes([it.track_id for it in lanes], {it.track_id: it for it in lanes}.__getitem__)
    timeline.set_current_frame(frame_count - 1)
    return timeline, axis


def spot(timeline: Timeline, axis: FrameAxis, track_id: int, frame: float, below: float = 0) -> QPoint:
    """The viewport pixel of a frame in a Track's lane."""
    return QPoint(round(axis.x_of(frame, timeline.width())), round(timeline.lane_center(track_id) + below))


def shown(timeline: Timeline) -> QImage:
    return timeline.viewport().grab().toImage()


def wheel(timeline: Timeline, position: QPoint, turn: QPoint) -> None:
    viewport = timeline.viewport()
    event = QWheelEvent(
        QPointF(position),
        QPointF(viewport.mapToGlobal(position)),
        QPoint(),
        turn,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, event)


def test_a_click_goes_to_the_frame_and_selects_the_lane(qtbot: QtBot) -> None:
    timeline, axis = timeline_of(qtbot, [lane(1), lane(2)])
    frames: list[int] = []
    timeline.frame_requested.connect(frames.append)
    with qtbot.waitSignal(timeline.track_selected) as blocker:
        qtbot.mouseClick(timeline.viewport(), Qt.MouseButton.LeftButton, pos=spot(timeline, axis, 2, 600))
    assert blocker.args == [2]
    assert len(frames) == 1
    assert abs(frames[0] - 600) <= 1


def test_a_drag_scrubs_also_over_the_ruler_and_beyond_the_ends(qtbot: QtBot) -> None:
    timeline, _ = timeline_of(qtbot, [lane(1)])
    frames: list[int] = []
    timeline.frame_requested.connect(frames.append)
    timeline.frame_requested.connect(timeline.set_current_frame)
    viewport = timeline.viewport()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=QPoint(400, 8))
    for x in (420, 500, 20):
        qtbot.mouseMove(viewport, QPoint(x, 8))
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=QPoint(20, 8))
    assert frames[0] < frames[1] < frames[2]
    assert frames[-1] == 0
    qtbot.mouseMove(viewport, QPoint(300, 8))
    assert frames[-1] == 0


def test_a_click_on_a_name_selects_without_seeking(qtbot: QtBot) -> None:
    timeline, _ = timeline_of(qtbot, [lane(1), lane(2)])
    with qtbot.assertNotEmitted(timeline.frame_requested), qtbot.waitSignal(timeline.track_selected) as blocker:
        position = QPoint(40, round(timeline.lane_center(2)))
        qtbot.mouseClick(timeline.viewport(), Qt.MouseButton.LeftButton, pos=position)
    assert blocker.args == [2]


def test_colours_are_those_of_the_confidence_and_gaps_stay_empty(qtbot: QtBot) -> None:
    scores = np.concatenate([np.full(300, 0.9), np.full(300, 0.4)])
    timeline, axis = timeline_of(qtbot, [lane(1, tracked(100, scores))])
    image = shown(timeline)
    assert image.pixelColor(spot(timeline, axis, 1, 250)) == confidence_colour(0.9)
    assert image.pixelColor(spot(timeline, axis, 1, 550)) == confidence_colour(0.4)
    assert image.pixelColor(spot(timeline, axis, 1, 50)) == QColor(DARK.panel)
    assert image.pixelColor(spot(timeline, axis, 1, 850)) == QColor(DARK.panel)


def test_zoomed_in_each_frame_has_its_own_colour_across_its_whole_width(qtbot: QtBot) -> None:
    timeline, axis = timeline_of(qtbot, [lane(1, tracked(0, np.arange(1000) % 2 * 0.5 + 0.3))])
    axis.set_range(499.5, 509.5)
    image = shown(timeline)
    for frame in range(500, 510):
        for part in (-0.4, 0.0, 0.4):
            expected = confidence_colour(frame % 2 * 0.5 + 0.3)
            assert image.pixelColor(spot(timeline, axis, 1, frame + part)) == expected


def test_one_lost_frame_among_two_hundred_thousand_shows(qtbot: QtBot) -> None:
    count = 200_000
    statuses = np.zeros(count)
    statuses[123_456] = TrackStatus.NOT_FOUND
    timeline, axis = timeline_of(qtbot, [lane(1, tracked(0, np.full(count, 0.8), statuses))], count)
    image = shown(timeline)
    x, y = spot(timeline, axis, 1, 123_456).x(), round(timeline.lane_center(1))
    assert QColor(DARK.bad) in [image.pixelColor(x + dx, y) for dx in (-1, 0, 1)]
    assert image.pixelColor(x + 5, y) == confidence_colour(0.8)


def test_uncertain_frames_are_marked_below_the_band(qtbot: QtBot) -> None:
    statuses = np.zeros(1000)
    statuses[400:420] = TrackStatus.UNCERTAIN
    timeline, axis = timeline_of(qtbot, [lane(1, tracked(0, np.full(1000, 0.8), statuses))])
    image = shown(timeline)
    assert image.pixelColor(spot(timeline, axis, 1, 410, below=6)) == QColor(DARK.doubt)
    assert image.pixelColor(spot(timeline, axis, 1, 410)) == confidence_colour(0.8)


def test_keyframes_are_diamonds_and_outside_runs_to_the_next_one(qtbot: QtBot) -> None:
    keyframes = {200: Keyframe(BOX), 500: Keyframe(None), 700: Keyframe(BOX)}
    timeline, axis = timeline_of(qtbot, [lane(1, keyframes=keyframes)])
    image = shown(timeline)
    for frame in (200, 700):
        assert image.pixelColor(spot(timeline, axis, 1, frame)) == QColor(DARK.human)
    hatched = {image.pixelColor(spot(timeline, axis, 1, frame)).name() for frame in range(520, 680)}
    assert DARK.disabled in hatched
    assert image.pixelColor(spot(timeline, axis, 1, 800)) == QColor(DARK.panel)


def test_where_a_lost_target_was_said_to_be_outside_no_loss_is_shown_any_more(qtbot: QtBot) -> None:
    statuses = np.zeros(1000)
    statuses[500:700] = TrackStatus.NOT_FOUND
    keyframes = {500: Keyframe(None), 700: Keyframe(BOX)}
    timeline, axis = timeline_of(qtbot, [lane(1, tracked(0, np.full(1000, 0.8), statuses), keyframes)])
    image = shown(timeline)
    seen = {
        image.pixelColor(spot(timeline, axis, 1, frame, below)).name() for frame in range(510, 690) for below in (0, 6)
    }
    assert DARK.bad not in seen
    assert DARK.disabled in seen
    assert image.pixelColor(spot(timeline, axis, 1, 400)) == confidence_colour(0.8)


def test_boxes_that_arrive_are_seen_after_they_are_announced(qtbot: QtBot) -> None:
    boxes = TrackedBoxes()
    timeline, axis = timeline_of(qtbot, [lane(1, boxes)], frame_count=100)
    assert shown(timeline).pixelColor(spot(timeline, axis, 1, 50)) == QColor(DARK.panel)
    for frame in range(45, 56):
        boxes.set(frame, TrackedBox(BOX, 0.7, TrackStatus.FOUND))
    timeline.boxes_changed(1)
    assert shown(timeline).pixelColor(spot(timeline, axis, 1, 50)) == confidence_colour(0.7)


def test_keyframes_that_come_and_go_are_seen_after_they_are_announced(qtbot: QtBot) -> None:
    keyframes = Keyframes()
    timeline, axis = timeline_of(qtbot, [lane(1, keyframes=keyframes)], frame_count=100)
    shown(timeline)
    keyframes[50] = Keyframe(BOX)
    timeline.keyframes_changed(1)
    assert shown(timeline).pixelColor(spot(timeline, axis, 1, 50)) == QColor(DARK.human)
    del keyframes[50]
    timeline.keyframes_changed(1)
    assert shown(timeline).pixelColor(spot(timeline, axis, 1, 50)) == QColor(DARK.panel)


@pytest.mark.parametrize("frame", [700, 100])
def test_a_run_is_a_growing_line_either_way(qtbot: QtBot, frame: int) -> None:
    timeline, axis = timeline_of(qtbot, [lane(1), lane(2)])
    timeline.set_run([1], 400, frame)
    middle = (400 + frame) / 2
    image = shown(timeline)
    assert image.pixelColor(spot(timeline, axis, 1, middle, below=10)) == QColor(DARK.accent)
    assert image.pixelColor(spot(timeline, axis, 2, middle, below=10)) != QColor(DARK.accent)
    timeline.clear_run()
    assert shown(timeline).pixelColor(spot(timeline, axis, 1, middle, below=10)) != QColor(DARK.accent)


def test_the_wheel_zooms_about_the_mouse_and_sideways_moves_along(qtbot: QtBot) -> None:
    timeline, axis = timeline_of(qtbot, [lane(1)])
    position = QPoint(500, 60)
    before = axis.position_at(500, timeline.width())
    wheel(timeline, position, QPoint(0, 480))
    assert axis.span == pytest.approx(1000 / 1.25**4)
    assert axis.position_at(500, timeline.width()) == pytest.approx(before)
    first = axis.first
    wheel(timeline, position, QPoint(-120, 0))
    assert axis.first == pytest.approx(first + axis.span / 10)


def test_the_scroll_bar_follows_the_axis_and_moves_it(qtbot: QtBot) -> None:
    timeline, axis = timeline_of(qtbot, [lane(1)])
    axis.set_range(299.5, 399.5)
    bar = timeline.horizontalScrollBar()
    assert (bar.value(), bar.maximum(), bar.pageStep()) == (300, 900, 100)
    bar.setValue(500)
    assert (axis.first, axis.last) == (499.5, 599.5)


def test_many_lanes_scroll_and_the_selected_one_comes_into_sight(qtbot: QtBot) -> None:
    timeline, _ = timeline_of(qtbot, [lane(track_id) for track_id in range(1, 41)])
    assert timeline.lane_center(40) > timeline.viewport().height()
    timeline.set_selected_track(40)
    assert timeline.lane_center(40) < timeline.viewport().height()
    assert shown(timeline).pixelColor(1, round(timeline.lane_center(40))) == QColor(DARK.accent)
    wheel(timeline, QPoint(GUTTER // 2, 60), QPoint(0, 120 * 60))
    assert timeline.verticalScrollBar().value() == 0


def test_keys_step_jump_and_change_lanes(qtbot: QtBot) -> None:
    timeline, _ = timeline_of(qtbot, [lane(1), lane(2)])
    timeline.set_current_frame(10)
    timeline.set_selected_track(1)
    frames: list[int] = []
    timeline.frame_requested.connect(frames.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End, Qt.Key.Key_Home):
        qtbot.keyClick(timeline, key)
    assert frames == [11, 9, 999, 0]
    with qtbot.waitSignal(timeline.track_selected) as blocker:
        qtbot.keyClick(timeline, Qt.Key.Key_Down)
    assert blocker.args == [2]


def test_at_a_step_only_the_cursor_is_painted(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    timeline, axis = timeline_of(qtbot, [lane(1, tracked(0, np.full(1000, 0.9))), lane(2)])
    painted: list[int] = []
    paint_lane = lanes_view.paint_lane

    def note(*what: Any, **how: Any) -> None:
        painted.append(what[2].track_id)
        paint_lane(*what, **how)

    monkeypatch.setattr(lanes_view, "paint_lane", note)
    empty = shown(timeline).pixelColor(spot(timeline, axis, 2, 300))
    painted.clear()
    for frame, before in ((500, 999), (600, 500)):
        timeline.set_current_frame(frame)
        qtbot.waitUntil(lambda at=frame: shown(timeline).pixelColor(spot(timeline, axis, 2, at)) != empty)
        assert shown(timeline).pixelColor(spot(timeline, axis, 2, before)) == empty
    assert not painted
    timeline.boxes_changed(1)
    shown(timeline)
    assert painted == [1, 2]
    timeline.resize(700, 140)
    shown(timeline)
    assert painted == [1, 2, 1, 2]


def test_two_hundred_thousand_frames_in_ten_lanes_paint_fast(qtbot: QtBot) -> None:
    count = 200_000
    scores = np.random.default_rng(0).random(count)
    timeline, _ = timeline_of(qtbot, [lane(track_id, tracked(0, scores)) for track_id in range(1, 11)], count)
    timeline.resize(900, 400)
    shown(timeline)
    times = []
    for frame in range(5):
        start = time.perf_counter()
        timeline.boxes_changed(1)
        timeline.set_current_frame(frame)
        timeline.viewport().repaint()
        times.append(time.perf_counter() - start)
    # about 5 ms alone on a core: one lane of ten is worked out anew
    assert min(times) < 0.030


def test_a_straight_line_runs_between_interpolated_keyframes_and_hides_what_was_tracked(qtbot: QtBot) -> None:
    keyframes = {200: Keyframe(BOX, gap=Gap.INTERPOLATED), 400: Keyframe(BOX), 600: Keyframe(BOX)}
    timeline, axis = timeline_of(qtbot, [lane(1, tracked(0, np.full(1000, 0.9)), keyframes)])
    image = shown(timeline)
    assert image.pixelColor(spot(timeline, axis, 1, 300)) == QColor(DARK.human)
    assert image.pixelColor(spot(timeline, axis, 1, 300, below=3)) == QColor(DARK.raised)
    assert image.pixelColor(spot(timeline, axis, 1, 500)) == confidence_colour(0.9)


def test_thousands_of_lines_and_spans_on_few_pixels_are_painted_as_one() -> None:
    lines = Keyframes((frame, Keyframe(BOX, gap=Gap.INTERPOLATED)) for frame in range(0, 20_000, 2))
    marks = LaneRow(lane(1, keyframes=lines)).marks(-0.5, 19_999.5, 1000, 20_000)
    assert marks.interpolated == ((0, 19_998),)
    gone = Keyframes((frame, Keyframe(None if frame % 4 else BOX)) for frame in range(0, 20_000, 2))
    assert LaneRow(lane(1, keyframes=gone)).marks(-0.5, 19_999.5, 1000, 20_000).outside == ((2, 19_999),)
    near = LaneRow(lane(1, keyframes=gone)).marks(-0.5, 9.5, 1000, 20_000)
    assert near.outside == ((2, 3), (6, 7))


def test_bookmarks_stand_on_the_ruler(qtbot: QtBot) -> None:
    timeline, axis = timeline_of(qtbot, [lane(1)])
    place = QPoint(round(axis.x_of(540, timeline.width())) + 2, 5)
    before = shown(timeline).pixelColor(place)
    timeline.set_bookmarks([540])
    assert shown(timeline).pixelColor(place) == QColor(DARK.doubt)
    assert before != QColor(DARK.doubt)


class FlagPainter(QPainter):
    """Notes where flags are drawn."""

    def __init__(self, image: QImage) -> None:
        super().__init__(image)
        self.flags: list[float] = []

    def drawPolygon(self, polygon: QPolygonF) -> None:  # type: ignore[override]  # noqa: N802  # Qt's name
        self.flags.append(polygon[0].x())


def flags(axis: FrameAxis, frames: list[int]) -> list[float]:
    image = QImage(800, 22, QImage.Format.Format_RGB32)
    painter = FlagPainter(image)
    paint_bookmarks(painter, QRectF(0, 0, 800, 22), axis, frames, Colours.of(DARK))
    painter.end()
    return painter.flags


def test_thousands_of_bookmarks_are_no_more_flags_than_there_is_room_for(qtbot: QtBot) -> None:
    _, axis = timeline_of(qtbot, [])
    axis.set_frame_count(20_000)
    marks = list(range(0, 20_000, 4))
    drawn = flags(axis, marks)
    assert 150 < len(drawn) <= 270
    assert all(min(abs(axis.x_of(it, 800) - x) for x in drawn) < 3.5 for it in marks), "each has one beside it"
    axis.set_range(999.5, 1099.5)
    assert flags(axis, marks) == [axis.x_of(it, 800) for it in range(1000, 1100, 4)], "all, where they have room"


def test_two_hundred_tracks_of_two_hundred_thousand_frames_paint_fast(qtbot: QtBot) -> None:
    times = measure()
    # of the processor, five times what `python -m bench timeline` prints; what is out of sight costs nothing
    assert times.still_ms < 30
    assert times.run_ms < 40
    assert times.zoom_ms < 300


def test_without_tracks_it_says_so_in_both_themes(qtbot: QtBot) -> None:
    timeline, _ = timeline_of(qtbot, [])
    timeline.set_empty_text("Draw a box to make the first track")
    for tokens in (DARK, LIGHT):
        timeline.set_theme(tokens)
        image = shown(timeline)
        colours = {image.pixelColor(x, y).name() for x in range(250, 650) for y in range(50, 110)}
        assert {tokens.panel, tokens.muted} <= colours


def test_it_has_a_name_and_counts_its_tracks_for_those_who_cannot_see_it(qtbot: QtBot) -> None:
    timeline, _ = timeline_of(qtbot, [lane(1), lane(2)])
    assert timeline.accessibleName()
    assert "2" in timeline.accessibleDescription()


@pytest.mark.parametrize(("least", "step"), [(0.3, 1), (1, 1), (1.2, 2), (3, 5), (7, 10), (101, 200), (5000, 5000)])
def test_numbers_on_the_ruler_stand_at_round_distances(least: float, step: int) -> None:
    assert round_step(least) == step
