from __future__ import annotations

import math

import pytest
from effort_fixtures import PlainVideo, ScriptedCarrier, moving
from hypothesis import given
from hypothesis import strategies as st

from app.effort.annotator import Annotator
from app.effort.labelling import interpolated, label_by_interpolation, label_in_order
from tracker.geometry import BoundingBox, iou

sides = st.floats(4, 300)


@given(st.floats(-50, 600), st.floats(-50, 400), sides, sides, st.integers(0, 50), st.sampled_from([0.5, 0.7, 0.9]))
def test_a_drawn_box_is_good_enough_for_its_annotator_and_the_same_each_time(
    x: float, y: float, w: float, h: float, frame: int, threshold: float
) -> None:
    true = BoundingBox(x, y, w, h)
    drawn = Annotator(threshold, 3).draws(true, "clip", frame)
    assert iou(drawn, true) >= max(0.85, threshold)
    assert drawn == Annotator(threshold, 3).draws(true, "clip", frame)
    assert drawn != true
    assert drawn != Annotator(threshold, 4).draws(true, "clip", frame)


def test_the_sequential_annotator_puts_right_each_frame_that_fails_and_goes_on_from_there() -> None:
    truth = moving(40)
    # holds the drawn box where it was: 40 px wide, 2 px a frame, below IoU 0.5 after 6 or 7 frames
    carrier = ScriptedCarrier(lambda keyframes, start, _: keyframes[start], 40)
    labour = label_in_order(PlainVideo(truth), Annotator(0.5), carrier)
    assert carrier.starts == list(labour.actions)
    assert labour.actions[0] == 0
    assert labour.drawn == len(labour.actions)
    assert all(5 <= gap <= 9 for gap in labour.gaps[:-1])
    assert sum(labour.gaps) == 40


def test_a_perfect_carrier_costs_one_box() -> None:
    truth = moving(25)
    labour = label_in_order(PlainVideo(truth), Annotator(0.7), ScriptedCarrier(lambda *at: truth[at[2]], 25))
    assert labour.actions == (0,)
    assert labour.gaps == (25,)


def test_coming_and_going_cost_an_action_each() -> None:
    truth = (*moving(5), None, None, None, *moving(4))
    carrier = ScriptedCarrier(
        lambda keyframes, start, at: None if keyframes[start] is None else moving(12)[at if at < 5 else at - 8], 12
    )
    labour = label_in_order(PlainVideo(truth), Annotator(0.5), carrier)
    assert labour.actions == (0, 5, 8)
    assert labour.drawn == 2


def test_every_frame_passes_when_straight_lines_are_done() -> None:
    truth = tuple(BoundingBox(100 + 60 * math.sin(index / 7), 80, 40, 30) for index in range(80))
    annotator = Annotator(0.7)
    video = PlainVideo(truth)
    labour = label_by_interpolation(video, annotator)
    keyframes = {frame: annotator.draws(truth[frame], video.name, frame) for frame in labour.actions}
    shown = interpolated(dict(keyframes), 80)
    assert all(annotator.accepts(box, true) for box, true in zip(shown, truth, strict=True))
    assert 4 < len(labour.actions) < 40


def test_lines_do_not_cross_an_absence() -> None:
    truth = (*moving(4), None, None, *moving(4))
    labour = label_by_interpolation(PlainVideo(truth), Annotator(0.5))
    assert labour.actions == (0, 4, 6)
    shown = interpolated({0: truth[0], 4: None, 6: truth[6]}, 10)
    assert [box is None for box in shown] == [False] * 4 + [True] * 2 + [False] * 4


def test_interpolated_boxes_lie_on_the_line() -> None:
    shown = interpolated({0: BoundingBox(0, 0, 10, 10), 4: BoundingBox(8, 4, 14, 20)}, 6)
    assert shown[1] == BoundingBox(2, 1, 11, 12.5)
    assert shown[5] == BoundingBox(8, 4, 14, 20)


@pytest.mark.parametrize(
    ("shown", "true", "passes"),
    [
        (None, None, True),
        (None, BoundingBox(0, 0, 4, 4), False),
        (BoundingBox(0, 0, 4, 4), None, False),
        (BoundingBox(0, 0, 4, 4), BoundingBox(0, 0, 4, 5), True),
        (BoundingBox(0, 0, 4, 4), BoundingBox(2, 0, 4, 4), False),
    ],
)
def test_what_passes(shown: BoundingBox | None, true: BoundingBox | None, passes: bool) -> None:
    assert Annotator(0.7).accepts(shown, true) is passes
