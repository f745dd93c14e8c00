from __future__ import annotations

import math

import pytest
from effort_fixtures import PlainVideo, ScriptedCarrier, desk, moving
from hypothesis import given
from hypothesis import strategies as st

from app.effort.annotator import Annotator
from app.effort.causes import Cause, cause_of
from app.effort.conditions import checked_queue, program_queue
from app.effort.lines import interpolated, label_by_interpolation
from app.effort.working import label_by_queue, label_in_order, label_worst_first
from tracker.geometry import BoundingBox, iou
from tracker.result import TrackStatus

sides = st.floats(4, 300)
BOX = BoundingBox(50, 60, 40, 30)


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
    labour = label_in_order(desk(truth, 0.5, carrier))
    assert carrier.starts == list(labour.actions)
    assert labour.actions[0] == 0
    assert labour.drawn == len(labour.actions)
    assert labour.watched == 40, "each frame once"
    assert all(5 <= gap <= 9 for gap in labour.gaps[:-1])
    assert sum(labour.gaps) == 40


def test_a_perfect_carrier_costs_one_box() -> None:
    truth = moving(25)
    labour = label_in_order(desk(truth, 0.7, ScriptedCarrier(lambda *at: truth[at[2]], 25)))
    assert labour.actions == (0,)
    assert labour.gaps == (25,)


@pytest.mark.parametrize(
    ("shown", "true", "before", "cause"),
    [
        (BOX, BOX.scaled(2), BOX, Cause.EXTENT),
        (BOX.moved(19, 0), BOX, BOX, Cause.EXTENT),
        (BOX.moved(21, 0), BOX, BOX, Cause.ELSEWHERE),
        (BOX.moved(0, 16), BOX, BOX, Cause.ELSEWHERE),
        (None, BOX, BOX, Cause.LOST),
        (None, BOX, None, Cause.BACK),
        (BOX, None, BOX, Cause.GONE),
    ],
)
def test_each_action_has_its_cause(
    shown: BoundingBox | None, true: BoundingBox | None, before: BoundingBox | None, cause: Cause
) -> None:
    assert cause_of(shown, true, before, 5) is cause


def test_the_causes_of_a_sequence_are_told_in_the_order_of_work() -> None:
    truth = (*moving(5), None, None, *moving(6))
    wrong = {3: BoundingBox(200, 100, 40, 30)}
    carrier = ScriptedCarrier(
        lambda keyframes, start, at: wrong.get(at, truth[min(at, 4)]) if keyframes[start] is not None else None, 13
    )
    labour = label_in_order(desk(truth, 0.5, carrier))
    assert labour.causes[:4] == (Cause.FIRST, Cause.ELSEWHERE, Cause.GONE, Cause.BACK)
    assert len(labour.causes) == len(labour.actions)


def test_coming_and_going_cost_an_action_each() -> None:
    truth = (*moving(5), None, None, None, *moving(4))
    carrier = ScriptedCarrier(
        lambda keyframes, start, at: None if keyframes[start] is None else moving(12)[at if at < 5 else at - 8], 12
    )
    labour = label_in_order(desk(truth, 0.5, carrier))
    assert labour.actions == (0, 5, 8)
    assert labour.drawn == 2


def test_frames_that_a_correction_spoils_behind_the_watcher_are_put_right_in_the_end() -> None:
    truth = moving(12)
    off = truth[3].moved(100, 0)
    carrier = ScriptedCarrier(
        lambda keyframes, start, at: truth[at] if at != 8 or 8 in keyframes else off,
        12,
        mended=lambda keyframes, frame: {3: off} if frame == 8 else {},
    )
    labour = label_in_order(desk(truth, 0.5, carrier))
    assert labour.actions == (0, 8, 3)
    assert labour.gaps == (3, 5, 4)
    assert labour.watched > 12


def test_the_worst_frame_is_put_right_first_and_each_step_passes_more() -> None:
    truth = moving(20)
    worse = {5: 14.0, 9: 60.0, 14: 20.0}  # pixels off
    carrier = ScriptedCarrier(lambda keyframes, start, at: truth[at].moved(worse.get(at, 0), 0), 20)
    labour = label_worst_first(desk(truth, 0.5, carrier))
    assert labour.actions == (0, 9, 14, 5)
    assert labour.passing == (17, 18, 19, 20)


def test_the_worst_frame_may_be_one_without_an_object() -> None:
    truth = (*moving(6), None, None)
    carrier = ScriptedCarrier(lambda keyframes, start, at: None if keyframes[start] is None else moving(8)[at], 8)
    labour = label_worst_first(desk(truth, 0.5, carrier))
    assert labour.actions == (0, 6)
    assert labour.drawn == 1


def in_doubt(wrong: dict[int, float], doubtful: dict[int, float], count: int = 100) -> ScriptedCarrier:
    """Right but on ``wrong`` frames (pixels off), as far as no keyframe comes between; scores as in ``doubtful``."""
    truth = moving(count, step=0.5)
    return ScriptedCarrier(lambda keyframes, start, at: truth[at].moved(wrong.get(at, 0), 0), count, scores=doubtful)


def test_the_queue_annotator_looks_at_doubtful_frames_only_in_the_programs_order() -> None:
    # 20 is wrong and doubtful, 60 is right and more doubtful, 80 is wrong and looks well
    carrier = in_doubt({20: 15.0, 80: 15.0}, {20: 0.2, 60: 0.1})
    labour = label_by_queue(desk(moving(100, 0.5), 0.7, carrier), program_queue)
    review = labour.review
    assert review is not None
    assert (review.right, review.wrong) == (1, 1)
    assert labour.actions == (0, 20)
    assert review.at_end.shown == labour.watched == 2
    assert carrier.starts == [0, 20]


def test_what_the_queue_does_not_show_is_missed() -> None:
    carrier = in_doubt({20: 15.0, 80: 16.0, 81: 16.0, 82: 16.0}, {20: 0.2})
    labour = label_by_queue(desk(moving(100, 0.5), 0.5, carrier), program_queue)
    review = labour.review
    assert review is not None
    # 15 px of 40 is an IoU of 0.45, 16 px one of 0.43, and no jump of half a size
    assert (review.before.missed, review.at_end.missed) == (4, 3)
    assert (review.before.shown, review.at_end.shown) == (0, 1)


def test_spot_checks_find_what_looks_well() -> None:
    truth = moving(100, 0.5)
    astray = ScriptedCarrier(
        lambda _keyframes, start, at: truth[at].moved(16.0 if start < 55 <= at < 75 else 0.0, 0), len(truth)
    )
    for carrier, expected in ((in_doubt({}, {}), (2, 0)), (astray, (1, 1))):
        review = label_by_queue(desk(truth, 0.5, carrier), checked_queue).review
        assert review is not None
        assert (review.right, review.wrong) == expected
    assert (review.before.missed, review.at_end.missed) == (20, 5), "those before the frame that was looked at are left"


def test_the_first_judgement_comes_when_the_budget_of_frames_is_spent() -> None:
    scores = {at: 0.1 + 0.002 * at for at in range(5, 95, 10)}
    carrier = in_doubt(dict.fromkeys(scores, 16.0), scores)
    labour = label_by_queue(desk(moving(100, 0.5), 0.5, carrier), program_queue, budget=0.05)
    review = labour.review
    assert review is not None
    assert review.at_budget.shown == 5
    assert review.at_budget.missed == 4
    assert (review.at_end.shown, review.at_end.missed) == (9, 0)


def test_accepting_an_entry_accepts_the_frames_listed_with_it() -> None:
    carrier = in_doubt({}, dict.fromkeys(range(30, 45), 0.2))
    labour = label_by_queue(desk(moving(100, 0.5), 0.5, carrier), program_queue)
    assert labour.review is not None
    assert labour.review.right == 1
    assert labour.watched == 1


def test_a_proposed_absence_costs_an_answer_and_no_box() -> None:
    truth = (*moving(10), *[None] * 3, *moving(7))
    found = moving(20)
    carrier = ScriptedCarrier(
        lambda keyframes, start, at: truth[at] or found[9],
        20,
        statuses=dict.fromkeys((10, 11, 12), TrackStatus.NOT_FOUND),
    )
    at = desk(truth, 0.5, carrier)
    labour = label_by_queue(at, program_queue)
    assert labour.actions == (0,)
    assert labour.review is not None
    assert (labour.review.at_end.shown, labour.review.right, labour.review.at_end.missed) == (1, 1, 0)
    assert [at.track.keyframes.is_outside(frame) for frame in (9, 10, 12, 13)] == [False, True, True, False]


def test_who_finds_the_object_gone_looks_for_its_return() -> None:
    path = moving(80, 0.5)
    truth = (*path[:40], *[None] * 10, *path[50:])
    carrier = ScriptedCarrier(
        lambda keyframes, start, at: None if keyframes[start] is None else path[at],
        80,
        statuses={44: TrackStatus.UNCERTAIN},
    )
    labour = label_by_queue(desk(truth, 0.5, carrier), program_queue)
    assert labour.actions == (0, 44, 50)
    assert labour.drawn == 2
    review = labour.review
    assert review is not None
    assert review.at_end.shown == 1 + 6
    assert review.at_end.missed == 4, "the first frames of the absence had looked well"


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
