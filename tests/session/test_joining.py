"""Laws of the join of a forward and a backward run over one gap."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.document.tracked_boxes import TrackedBox, TrackedBoxes
from app.session.joining import BLEND_FRAMES, join
from tracker.geometry import BoundingBox, iou
from tracker.result import TrackStatus

FIRST = 11

boxes_of = st.builds(BoundingBox, st.floats(0, 200), st.floats(0, 200), st.floats(1, 80), st.floats(1, 80))
tracked_of = st.builds(TrackedBox, boxes_of, st.floats(0, 1, width=32), st.sampled_from(TrackStatus))
paths = st.integers(1, 30).flatmap(
    lambda n: st.tuples(*[st.lists(st.none() | tracked_of, min_size=n, max_size=n) for _ in range(2)])
)


def path(entries: list[TrackedBox | None]) -> TrackedBoxes:
    boxes = TrackedBoxes()
    for row, entry in enumerate(entries):
        if entry is not None:
            boxes.set(FIRST + row, entry)
    return boxes


def found(boxes: list[BoundingBox], score: float = 0.8) -> TrackedBoxes:
    return path([TrackedBox(box, score, TrackStatus.FOUND) for box in boxes])


def line(count: int, start: BoundingBox, dx: float, dy: float = 0.0) -> list[BoundingBox]:
    return [start.moved(dx * n, dy * n) for n in range(count)]


@settings(max_examples=40)
@given(paths)
def test_every_frame_that_one_run_had_is_there_and_lies_between_the_two(entries) -> None:
    forward, backward = map(path, entries)
    last = FIRST + len(entries[0]) - 1
    joined = join(forward, backward, FIRST, last)
    for row, (one, two) in enumerate(zip(*entries, strict=True)):
        box = joined.boxes.get(FIRST + row)
        if one is None and two is None:
            assert box is None
            continue
        assert box is not None
        sides = [it for it in (one, two) if it is not None]
        for name in "xywh":
            values = [getattr(it.box, name) for it in sides]
            assert min(values) - 1e-6 <= getattr(box.box, name) <= max(values) + 1e-6
        assert any(np.isclose(box.score, it.score) and box.status is it.status for it in sides)
        if any(it.status is not TrackStatus.NOT_FOUND for it in sides):
            assert box.status is not TrackStatus.NOT_FOUND, "the other run knew better"
        if one is not None and two is not None:
            assert np.isclose(joined.agreement[row], iou(one.box, two.box), atol=1e-5)
        else:
            assert np.isnan(joined.agreement[row])


@settings(max_examples=40)
@given(paths)
def test_joining_a_path_with_itself_changes_nothing(entries) -> None:
    forward = path(entries[0])
    assert join(forward, forward, FIRST, FIRST + len(entries[0]) - 1).boxes == forward


@settings(max_examples=40)
@given(paths)
def test_without_a_second_run_the_first_is_the_answer_either_way(entries) -> None:
    only, last = path(entries[0]), FIRST + len(entries[0]) - 1
    assert join(only, TrackedBoxes(), FIRST, last).boxes == only
    assert join(TrackedBoxes(), only, FIRST, last).boxes == only


@settings(max_examples=40)
@given(paths)
def test_time_has_no_preferred_direction(entries) -> None:
    """Played backward with the runs exchanged, the same frames are led by the same run, but for ties."""
    forward, backward = map(path, entries)
    last = FIRST + len(entries[0]) - 1
    turned = [list(reversed(it)) for it in entries]
    there = join(forward, backward, FIRST, last)
    back = join(path(turned[1]), path(turned[0]), FIRST, last)
    one, two = (np.array([it.score if it and it.status < 3 else 0.0 for it in entry]) for entry in entries)

    def total(seam: int) -> float:
        led = seam - FIRST + 1
        return float(one[:led].sum() + two[led:].sum())

    mirrored = FIRST + len(entries[0]) - 1 - (back.seam - FIRST + 1)
    assert np.isclose(total(there.seam), total(mirrored), atol=1e-5)


def test_seam_lies_where_the_drifting_runs_agree_and_the_way_over_is_smooth() -> None:
    truth = line(40, BoundingBox(20, 20, 30, 30), 2.0)
    forward = [box.moved(0, max(0, n - 20) * 3.0) for n, box in enumerate(truth)]
    backward = [box.moved(0, max(0, 14 - n) * -3.0) for n, box in enumerate(truth)]
    joined = join(found(forward), found(backward), FIRST, FIRST + 39)
    assert FIRST + 14 <= joined.seam <= FIRST + 20
    result = [joined.boxes.get(FIRST + n).box for n in range(40)]
    assert all(iou(box, true) > 0.9 for box, true in zip(result, truth, strict=True))


def test_runs_that_never_meet_are_parted_where_their_scores_turn() -> None:
    forward = path([TrackedBox(BoundingBox(0, 0, 9, 9), 0.9 if n < 12 else 0.2, TrackStatus.FOUND) for n in range(30)])
    backward = path(
        [TrackedBox(BoundingBox(100, 0, 9, 9), 0.3 if n < 12 else 0.8, TrackStatus.FOUND) for n in range(30)]
    )
    joined = join(forward, backward, FIRST, FIRST + 29)
    assert joined.seam == FIRST + 11
    assert {joined.boxes.get(FIRST + n).box.x for n in range(30)} == {0.0, 100.0}, "nothing between two places"


def test_near_the_seam_the_box_goes_over_in_even_steps_and_the_better_score_counts() -> None:
    one = found([BoundingBox(10, 10, 100, 100)] * 20, 0.6)
    two = found([BoundingBox(24, 10, 100, 100)] * 20, 0.9)
    joined = join(one, two, FIRST, FIRST + 19)
    xs = np.array([joined.boxes.get(FIRST + n).box.x for n in range(20)])
    steps = np.diff(xs)
    assert (steps >= 0).all()
    assert steps.max() <= 14 / (2 * BLEND_FRAMES + 1) + 1e-6
    assert np.allclose([joined.boxes.get(FIRST + n).score for n in range(20)], 0.9)
