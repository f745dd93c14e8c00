"""The confidence curve: what is drawn, what a click asks for, and that it stands over the timeline exactly."""

from __future__ import annotations

import time

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.views.confidence_curve import ConfidenceCurve
from app.views.frame_axis import FrameAxis
from app.views.tokens import DARK, LIGHT


def curve_of(qtbot: QtBot, frame_count: int = 1000) -> tuple[ConfidenceCurve, FrameAxis]:
    axis = FrameAxis()
    curve = ConfidenceCurve(axis, DARK)
    qtbot.addWidget(curve)
    curve.resize(900, 100)
    with qtbot.waitExposed(curve):
        curve.show()
    axis.set_frame_count(frame_count)
    return curve, axis


def drawn(curve: ConfidenceCurve) -> tuple[np.ndarray, np.ndarray]:
    x, y = curve._line.getData()
    return (np.array([]), np.array([])) if x is None else (x, y)


def test_scores_are_drawn_with_gaps_where_there_are_none(qtbot: QtBot) -> None:
    curve, _ = curve_of(qtbot, 50)
    scores = np.linspace(0, 1, 20, dtype=np.float32)
    scores[7:9] = np.nan
    curve.set_scores(10, scores)
    x, y = drawn(curve)
    known = ~np.isnan(y)
    assert x[known].tolist() == [frame for frame in range(10, 30) if frame not in {17, 18}]
    np.testing.assert_allclose(y[known], scores[~np.isnan(scores)])


def test_it_stands_exactly_over_the_shared_axis(qtbot: QtBot) -> None:
    curve, axis = curve_of(qtbot)
    box = curve.getPlotItem().getViewBox()
    for first, last in ((-0.5, 999.5), (200, 300)):
        axis.set_range(first, last)
        for frame in (first, (first + last) / 2, last):
            scene = box.mapViewToScene(QPointF(frame, 0.5))
            assert scene.x() == pytest.approx(axis.x_of(frame, curve.width()), abs=1.0)


def test_a_run_that_appends_shows_soon_either_way_in_time(qtbot: QtBot) -> None:
    curve, _ = curve_of(qtbot, 100)
    curve.set_scores(50, np.array([0.9], dtype=np.float32))
    for frame in (51, 52, 49, 48):
        curve.append(frame, 0.5)
    qtbot.waitUntil(lambda: int((~np.isnan(drawn(curve)[1])).sum()) == 5)
    x, y = drawn(curve)
    assert x[~np.isnan(y)].tolist() == [48, 49, 50, 51, 52]


def test_of_a_long_sequence_only_columns_are_drawn_and_no_dip_is_lost(qtbot: QtBot) -> None:
    curve, _ = curve_of(qtbot, 200_000)
    scores = np.full(200_000, 0.8, dtype=np.float32)
    scores[77_777] = 0.05
    curve.set_scores(0, scores)
    x, y = drawn(curve)
    assert len(x) <= 2 * curve.width()
    assert np.nanmin(y) == np.float32(0.05)
    assert abs(x[int(np.nanargmin(y))] - 77_777) <= 200_000 / 700


def test_appending_to_a_long_sequence_costs_next_to_nothing(qtbot: QtBot) -> None:
    curve, _ = curve_of(qtbot, 200_000)
    curve.set_scores(0, np.full(199_000, 0.8, dtype=np.float32))
    start = time.perf_counter()
    for frame in range(199_000, 200_000):
        curve.append(frame, 0.7)
    assert time.perf_counter() - start < 0.25
    start = time.perf_counter()
    qtbot.waitUntil(lambda: not curve._refresh_timer.isActive())
    assert np.nanmin(drawn(curve)[1]) == np.float32(0.7)


def test_frames_under_the_threshold_stand_out(qtbot: QtBot) -> None:
    curve, _ = curve_of(qtbot, 50)
    scores = np.full(50, 0.8, dtype=np.float32)
    scores[20:23] = 0.1
    curve.set_scores(0, scores)
    curve.set_threshold(0.25)
    x, y = curve._dips.getData()
    assert x[~np.isnan(y)].tolist() == [19, 20, 21, 22, 23]
    curve.set_threshold(0.05)
    assert np.isnan(curve._dips.getData()[1]).all()


def test_only_keyframes_in_sight_are_marked(qtbot: QtBot) -> None:
    curve, axis = curve_of(qtbot)
    curve.set_keyframes({500: None, 10: None, 520: None})
    axis.set_range(490, 530)
    assert sorted(curve._marks.getData()[0].tolist()) == [500, 520]
    axis.show_all()
    assert sorted(curve._marks.getData()[0].tolist()) == [10, 500, 520]


def test_clicks_and_drags_go_to_the_frame(qtbot: QtBot) -> None:
    curve, axis = curve_of(qtbot)
    frames: list[int] = []
    curve.frame_requested.connect(frames.append)
    curve.frame_requested.connect(curve.set_current_frame)
    viewport = curve.viewport()
    at_300 = QPoint(round(axis.x_of(300, curve.width())), 50)
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=at_300)
    qtbot.mouseMove(viewport, at_300 + QPoint(100, 0))
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=at_300 + QPoint(100, 0))
    qtbot.mouseMove(viewport, QPoint(200, 50))
    assert abs(frames[0] - 300) <= 1
    assert frames[-1] > 400
    assert len(frames) == 2
    qtbot.waitUntil(lambda: curve._cursor_line.value() == frames[-1])


def test_the_wheel_zooms_the_shared_axis(qtbot: QtBot) -> None:
    curve, axis = curve_of(qtbot)
    viewport = curve.viewport()
    position = QPoint(600, 50)
    event = QWheelEvent(
        QPointF(position),
        QPointF(viewport.mapToGlobal(position)),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, event)
    assert axis.span == pytest.approx(1000 / 1.25**2)


def test_it_follows_the_theme(qtbot: QtBot) -> None:
    curve, _ = curve_of(qtbot)
    for tokens in (DARK, LIGHT):
        curve.set_theme(tokens)
        assert curve.grab().toImage().pixelColor(2, 2) == QColor(tokens.panel)


def test_a_score_above_one_is_still_in_sight(qtbot: QtBot) -> None:
    curve, _ = curve_of(qtbot, 10)
    curve.set_scores(0, np.array([0.5, 1.6], dtype=np.float32))
    assert curve.getPlotItem().getViewBox().viewRange()[1][1] > 1.6
    curve.set_scores(0, np.array([np.nan, np.nan], dtype=np.float32))
    assert curve.getPlotItem().getViewBox().viewRange()[1][1] == pytest.approx(1.12)


def test_it_has_a_name_for_those_who_cannot_see_it(qtbot: QtBot) -> None:
    curve, _ = curve_of(qtbot)
    assert curve.accessibleName()


def test_lines_are_as_thick_to_the_eye_on_a_screen_of_twice_the_scale(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    curve, _ = curve_of(qtbot)
    curve.set_scores(0, np.full(50, 0.8, dtype=np.float32))
    assert (curve._line.opts["pen"].widthF(), curve._threshold_line.pen.widthF()) == (1, 1)
    monkeypatch.setattr(ConfidenceCurve, "devicePixelRatioF", lambda _self: 2.0)
    QApplication.sendEvent(curve, QEvent(QEvent.Type.DevicePixelRatioChange))
    assert (curve._line.opts["pen"].widthF(), curve._threshold_line.pen.widthF()) == (2, 2)
