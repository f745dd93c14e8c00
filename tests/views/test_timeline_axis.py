"""The frame axis that curve and timeline share, and frames sorted into pixel columns."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from app.views.frame_axis import GUTTER, MARGIN, FrameAxis, plot_width
from app.views.frame_columns import FrameColumns
from app.views.score_series import ScoreSeries

WIDTH = 900.0


def axis_of(frame_count: int) -> FrameAxis:
    axis = FrameAxis()
    axis.set_frame_count(frame_count)
    return axis


@given(st.integers(1, 300_000), st.floats(0.2, 5), st.data())
def test_zoom_keeps_the_frame_under_the_mouse_and_stays_in_the_sequence(
    count: int, factor: float, data: st.DataObject
) -> None:
    axis = axis_of(count)
    for _ in range(3):
        about = data.draw(st.floats(axis.first, axis.last))
        before, old = (axis.x_of(about, WIDTH), axis.span)
        axis.zoom(factor, about)
        assert axis.first >= -0.5 - 1e-6
        assert axis.last <= count - 0.5 + 1e-6
        inside = axis.first > -0.5 + 1e-6 and axis.last < count - 0.5 - 1e-6
        if inside and axis.span != old:
            assert axis.x_of(about, WIDTH) == pytest.approx(before, abs=0.01)


@given(st.integers(1, 10_000), st.data())
def test_a_frames_middle_leads_back_to_it(count: int, data: st.DataObject) -> None:
    axis = axis_of(count)
    first = data.draw(st.floats(-0.5, count))
    axis.set_range(first, first + data.draw(st.floats(1, count)))
    frame = data.draw(st.integers(0, count - 1))
    assert axis.frame_at(axis.x_of(frame, WIDTH), WIDTH) == frame


def test_beyond_the_ends_lie_the_first_and_the_last_frame() -> None:
    axis = axis_of(100)
    assert axis.frame_at(0, WIDTH) == 0
    assert axis.frame_at(WIDTH, WIDTH) == 99
    assert axis.x_of(-0.5, WIDTH) == GUTTER
    assert axis.x_of(99.5, WIDTH) == WIDTH - MARGIN


def test_reveal_turns_the_page_only_where_needed(qtbot: QtBot) -> None:
    axis = axis_of(1000)
    axis.set_range(100, 200)
    with qtbot.assertNotEmitted(axis.changed):
        axis.reveal(150)
    with qtbot.waitSignal(axis.changed):
        axis.reveal(300)
    assert axis.first == pytest.approx(290)
    assert axis.span == pytest.approx(100)


def test_an_empty_sequence_breaks_nothing() -> None:
    axis = axis_of(0)
    axis.zoom(2, 0)
    axis.pan(5)
    axis.show_all()
    assert axis.frame_at(400, WIDTH) == 0


@given(st.integers(1, 3000), st.integers(1, 400), st.floats(0, 1), st.floats(0.01, 1), st.integers(0, 2**32 - 1))
def test_columns_agree_with_a_slow_count(frame_count: int, count: int, start: float, share: float, seed: int) -> None:
    left = -0.5 + start * frame_count * (1 - share)
    right = left + share * frame_count
    columns = FrameColumns.over(left, right, count, frame_count)
    rng = np.random.default_rng(seed)
    visible = max(columns.last - columns.first + 1, 0)
    scores = rng.random(visible).astype(np.float32)
    scores[rng.random(visible) < 0.3] = np.nan
    statuses = rng.choice(np.array([0, 1, 2, 3, 255], dtype=np.uint8), visible)
    lowest, mean, worst = columns.lowest(scores), columns.mean(scores), columns.worst(statuses)
    edges = left + (right - left) / count * np.arange(count + 1)
    edges[-1] = np.inf
    where = np.searchsorted(edges, columns.first + np.arange(visible), side="right") - 1
    assert columns.columns.tolist() == sorted(set(where.tolist()))
    for place, column in enumerate(columns.columns.tolist()):
        of_column = scores[where == column]
        known = of_column[~np.isnan(of_column)]
        marks = statuses[where == column]
        if len(known):
            assert lowest[place] == known.min()
            assert mean[place] == pytest.approx(known.mean(), rel=1e-4)
        else:
            assert np.isnan(lowest[place])
            assert np.isnan(mean[place])
        assert worst[place] == max((mark for mark in marks.tolist() if mark != 255), default=255)


@given(st.lists(st.tuples(st.integers(0, 5000), st.floats(0, 1, width=32)), max_size=60))
def test_a_series_remembers_what_was_set_in_any_order(points: list[tuple[int, float]]) -> None:
    series = ScoreSeries()
    for frame, score in points:
        series.set(frame, score)
    expected = dict(points)
    seen = series.between(0, 5001)
    assert {i: float(s) for i, s in enumerate(seen) if not np.isnan(s)} == expected
    assert series.highest >= max(expected.values(), default=0.0)


def test_appending_hardly_ever_copies() -> None:
    series = ScoreSeries()
    buffers = set()
    for frame in range(20_000):
        series.set(frame, 0.5)
        buffers.add(id(series._scores))
    assert len(buffers) < 20


def test_plot_width_is_never_zero() -> None:
    assert plot_width(10) == 1
