"""TrackedBoxes against a plain dict, through random writing."""

from __future__ import annotations

import numpy as np
import pytest
from generated_projects import tracked_boxes
from hypothesis import given
from hypothesis import strategies as st

from app.document.tracked_boxes import TrackedBox, TrackedBoxes

frames = st.integers(0, 40)
contents = st.dictionaries(frames, tracked_boxes, max_size=10)
spans = st.tuples(frames, frames).map(sorted)


def made(content: dict[int, TrackedBox]) -> TrackedBoxes:
    track_boxes = TrackedBoxes()
    for frame, box in content.items():
        track_boxes.set(frame, box)
    return track_boxes


def content_of(track_boxes: TrackedBoxes) -> dict[int, TrackedBox]:
    return dict(track_boxes.items())


@given(contents)
def test_what_was_set_is_there(content):
    assert content_of(made(content)) == content
    assert len(made(content)) == len(content)
    assert all(frame in made(content) for frame in content)
    for frame in range(-1, 42):
        box = content.get(frame)
        assert made(content).mark_at(frame) == (None if box is None else (box.score, box.status))
    first, last = made(content).span()
    assert all(first <= frame <= last for frame in content)
    assert content or last < first


@given(contents, spans)
def test_slice_holds_the_span_and_nothing_else(content, span):
    first, last = span
    part = made(content).slice(first, last)
    assert content_of(part) == {frame: box for frame, box in content.items() if first <= frame <= last}


@given(contents, contents, spans, tracked_boxes)
def test_replace_changes_the_span_and_nothing_else(content, other, span, extra):
    first, last = span
    changed = made(content)
    changed.replace(first, last, made(other))
    outside = {frame: box for frame, box in content.items() if not first <= frame <= last}
    inside = {frame: box for frame, box in other.items() if first <= frame <= last}
    assert content_of(changed) == outside | inside
    changed.set(41, extra)
    assert changed.get(41) == extra


@given(contents, contents, spans, tracked_boxes, st.integers(0, 3), st.booleans())
def test_copies_do_not_reach_each_other_though_long_ones_share_memory(content, other, span, extra, change, of_copy):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.document.tracked_boxes._LONG", 4)
        original = made(content)
        copies = [original.copy(), original.slice(0, 60)]
        copies.append(copies[0].copy())
        changed = copies.pop(0) if of_copy else original
        kept = copies if of_copy is False else [original, *copies]
        first, last = span
        if change == 0:
            changed.set(first, extra)
        elif change == 1:
            changed.replace(first, last, made(other))
        elif change == 2:
            changed.discard(first)
        else:
            changed.set(60, extra)
        assert [content_of(it) for it in kept] == [content] * len(kept)
        kept[0].set(first, extra)
        assert all(content_of(it) == content for it in kept[1:])


@given(contents, contents, spans, tracked_boxes, frames)
def test_what_long_boxes_are_replaced_by_stays_apart_from_them(content, other, span, extra, frame):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.document.tracked_boxes._LONG", 2)
        changed, source = made(content), made(other)
        first, last = span
        before = changed.slice(first, last)
        changed.replace(first, last, source)
        inside = {it: box for it, box in other.items() if first <= it <= last}
        expected = {it: box for it, box in content.items() if not first <= it <= last} | inside
        assert content_of(changed) == expected
        changed.set(frame, extra)
        assert content_of(source) == other
        source.set(frame + 1, extra)
        assert content_of(changed) == expected | {frame: extra}
        changed.replace(first, last, before)
        assert content_of(changed) == content | ({} if first <= frame <= last else {frame: extra})
        assert content_of(before) == {it: box for it, box in content.items() if first <= it <= last}


def test_half_of_long_boxes_taken_away_and_put_back_is_never_copied():
    rows = np.arange(100_000)
    boxes = TrackedBoxes.from_arrays(rows, np.ones((len(rows), 4)), np.ones(len(rows)), np.zeros(len(rows), np.uint8))
    half = boxes.slice(50_000, 100_000)
    boxes.replace(50_000, 100_000, TrackedBoxes())
    assert len(boxes) == 50_000
    boxes.replace(50_000, 100_000, half)
    assert len(boxes) == 100_000
    assert np.shares_memory(boxes._boxes, half._boxes)


def test_a_long_copy_takes_no_time_and_no_memory_of_its_own():
    rows = np.arange(100_000)
    boxes = TrackedBoxes.from_arrays(rows, np.ones((len(rows), 4)), np.ones(len(rows)), np.zeros(len(rows), np.uint8))
    copy, part = boxes.copy(), boxes.slice(10, 90_000)
    assert np.shares_memory(copy._boxes, boxes._boxes)
    assert np.shares_memory(part._boxes, boxes._boxes)
    assert not np.shares_memory(boxes.slice(10, 20)._boxes, boxes._boxes), "a few rows would keep all alive"


@given(contents, frames)
def test_discard_and_equality(content, frame):
    one, two = made(content), made(content)
    one.discard(frame)
    assert (one == two) == (frame not in content)
    two.discard(frame)
    assert one == two


@given(contents)
def test_arrays_make_the_same_boxes_again(content):
    original = made(content)
    assert TrackedBoxes.from_arrays(*original.arrays()) == original
    assert original.copy() == original


@given(contents, contents)
def test_the_span_on_which_two_differ(content, other):
    frames_unlike = [it for it in {*content, *other} if content.get(it) != other.get(it)]
    span = (min(frames_unlike), max(frames_unlike)) if frames_unlike else None
    assert made(content).span_unlike(made(other)) == span
    assert made(content).span_unlike(made(content)) is None


def test_equality_with_other_things():
    assert TrackedBoxes() != {}
    with pytest.raises(TypeError):
        hash(TrackedBoxes())


@given(contents, spans)
def test_scores_and_statuses_of_a_span(content, span):
    first, last = span
    scores, statuses = made(content).scores(first, last), made(content).statuses(first, last)
    for frame in range(first, last + 1):
        if frame in content:
            assert scores[frame - first] == np.float32(content[frame].score)
            assert statuses[frame - first] == content[frame].status
        else:
            assert np.isnan(scores[frame - first])
            assert statuses[frame - first] == 255
