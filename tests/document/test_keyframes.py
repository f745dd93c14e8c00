"""Keyframes against a plain dict, and what the frames between them are."""

from __future__ import annotations

import numpy as np
import pytest
from document_fixtures import key, tracked
from generated_projects import keyframes as any_keyframe
from generated_projects import projects
from hypothesis import given, settings
from hypothesis import strategies as st

from app.document.attributes import Attribute, AttributeKind
from app.document.model import Gap, Keyframe, Keyframes, Source, Track
from app.document.tracked_boxes import TrackedBox
from app.formats.options import ExportOptions
from app.formats.shown_boxes import shown_boxes
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus

frames = st.integers(0, 30)
contents = st.dictionaries(frames, any_keyframe, max_size=8)


@given(contents, contents, frames, frames)
def test_replace_and_within_are_those_of_a_dict(content, other, one, two):
    first, last = sorted((one, two))
    changed = Keyframes(content)
    changed.replace(first, last, Keyframes(other))
    outside = {frame: it for frame, it in content.items() if not first <= frame <= last}
    inside = {frame: it for frame, it in other.items() if first <= frame <= last}
    assert dict(changed) == outside | inside
    assert list(changed) == sorted(changed)
    assert dict(changed.within(first, last)) == inside


@given(contents, contents, frames, frames, st.integers(0, 3), st.booleans())
def test_copies_do_not_reach_each_other_though_they_share_memory(content, other, one, two, change, of_copy):
    original = Keyframes(content)
    copy = original.copy()
    again = copy.copy()
    changed, kept = (copy, original) if of_copy else (original, copy)
    match change:
        case 0:
            changed[one] = Keyframe(None, occluded=True)
        case 1:
            changed.pop(one, None)
        case 2:
            changed.replace(min(one, two), max(one, two), Keyframes(other))
        case _:
            changed.clear()
    for it in (kept, again):
        assert dict(it.items()) == content
        assert list(it.frames) == sorted(content)
        assert it.value_at(1, 40) == Keyframes(content).value_at(1, 40)
    assert list(changed.frames) == sorted(dict(changed.items()))


@given(contents, frames)
def test_neighbours_are_those_of_a_dict(content, frame):
    made = Keyframes(content)
    assert made.at_or_before(frame) == max((it for it in content if it <= frame), default=None)
    assert made.before(frame) == max((it for it in content if it < frame), default=None)
    assert made.after(frame) == min((it for it in content if it > frame), default=None)


@given(contents, st.lists(frames), st.lists(frames))
def test_a_frame_with_a_keyframe_and_a_tracked_box_counts_once(content, boxed, gone):
    track = Track(1, "", 1, Keyframes(content))
    for frame in boxed:
        track.boxes.set(frame, tracked(frame))
    for frame in gone:
        track.boxes.discard(frame)
    assert track.count_of_frames() == len({*content} | ({*boxed} - {*gone}))


@given(contents)
def test_spans_and_gaps_are_what_each_frame_says(content):
    made = Keyframes(content)
    outside = {frame for first, last in made.outside_spans(31) for frame in range(first, last + 1)}
    assert outside == {frame for frame in range(31) if made.is_outside(frame)}
    between = {frame for first, last in made.interpolated_gaps() for frame in range(first + 1, last)}
    assert between == {frame for frame in range(31) if made.interpolated(frame) is not None}


@given(contents, frames, st.booleans())
def test_columns_say_what_each_frame_says_after_a_change_too(content, frame, gone):
    made = Keyframes(content)
    for changed in (False, True):
        if changed and gone:
            made.pop(frame, None)
        elif changed:
            made.replace(
                frame,
                frame + 3,
                Keyframes({frame: Keyframe(None), frame + 1: Keyframe(key().box, gap=Gap.INTERPOLATED)}),
            )
        looked_at = np.arange(0, 40, 2)
        lines = {it for it in range(40) if made.interpolated(it) is not None}
        human = {it for it in looked_at.tolist() if it in made or made.is_outside(it) or it in lines}
        assert set(looked_at[made.hide(looked_at)].tolist()) == human
        assert made.columns.line_frames.tolist() == sorted(lines)
        assert made.columns.frames.tolist() == list(made)


def test_outside_holds_until_the_next_keyframe_and_hides_tracked_boxes():
    track = Track(1, "", 1, {10: key(), 20: Keyframe(None), 30: key()})
    for frame in range(11, 40):
        track.boxes.set(frame, tracked(frame))
    assert track.source_at(15) is Source.TRACKED
    assert [track.source_at(frame) for frame in (20, 25, 29)] == [Source.OUTSIDE] * 3
    assert track.box_at(25) is None
    assert track.source_at(30) is Source.KEYFRAME
    assert track.box_at(31) == tracked(31).box
    assert track.keyframes.outside_spans(1000) == [(20, 29)]


def test_interpolation_is_a_straight_line_that_hides_the_tracked_layer_and_leaves_it():
    first, last = BoundingBox(0, 0, 10, 20), BoundingBox(40, 80, 30, 40)
    track = Track(1, "", 1, {10: Keyframe(first, gap=Gap.INTERPOLATED), 14: Keyframe(last)})
    track.boxes.set(12, tracked(99))
    track.boxes.set(15, TrackedBox(last, 0.1, TrackStatus.NOT_FOUND))
    assert track.box_at(11) == BoundingBox(10, 20, 15, 25)
    assert track.box_at(12) == BoundingBox(20, 40, 20, 30)
    assert track.source_at(12) is Source.INTERPOLATED
    assert track.source_at(15) is Source.LOST
    assert track.source_at(9) is Source.NOTHING
    track.keyframes[10] = Keyframe(first)
    assert track.box_at(12) == tracked(99).box


@pytest.mark.parametrize("end", [None, Keyframe(None)])
def test_without_a_box_at_the_other_end_an_interpolated_gap_shows_what_was_tracked(end):
    track = Track(1, "", 1, {10: Keyframe(key().box, gap=Gap.INTERPOLATED)})
    if end is not None:
        track.keyframes[20] = end
    track.boxes.set(12, tracked(5))
    assert track.box_at(12) == tracked(5).box
    assert track.box_at(13) is None


def test_occluded_and_visibility_hold_until_the_next_keyframe():
    track = Track(1, "", 1, {10: Keyframe(key().box, True, 0.5), 20: key()})
    assert [track.occluded_at(frame) for frame in (9, 10, 15, 20)] == [False, True, True, False]
    assert [track.visibility_at(frame) for frame in (9, 10, 15, 20)] == [1.0, 0.5, 0.5, 1.0]


def test_a_box_set_between_keyframes_changes_nothing_but_the_box():
    track = Track(1, "", 1, {10: Keyframe(key().box, True, 0.5, Gap.INTERPOLATED, {1: "x"}), 20: Keyframe(None)})
    assert track.keyframe_with(15, key(7).box) == Keyframe(key(7).box, True, 0.5, Gap.INTERPOLATED)
    assert track.keyframe_with(10, key(7).box).attributes == {1: "x"}
    assert track.keyframe_with(25, key(7).box) == key(7)
    assert track.keyframe_with(10, None) == Keyframe(None, gap=Gap.INTERPOLATED, attributes={1: "x"})
    assert track.keyframe_with(5, key(7).box) == key(7)


def test_a_value_per_frame_holds_until_the_next_keyframe_that_sets_it():
    colour = Attribute(1, "colour", AttributeKind.TEXT, per_frame=True, default="grey")
    track = Track(1, "", 1, {10: Keyframe(None, attributes={1: "red"}), 15: key()})
    track.keyframes[20] = Keyframe(None, attributes={1: "blue", 2: True})
    assert [track.value_at(colour, frame) for frame in (9, 10, 16, 20, 99)] == ["grey", "red", "red", "blue", "blue"]
    del track.keyframes[10]
    assert track.value_at(colour, 16) == "grey"


@settings(deadline=None)
@given(projects(), st.booleans())
def test_an_export_writes_on_every_frame_what_is_shown(project, keyframes_only):
    for sequence in project.sequences.values():
        for track in sequence.tracks.values():
            written = list(shown_boxes(track, ExportOptions(keyframes_only=keyframes_only)).rows())
            shown = [it for it in track.frames() if not keyframes_only or it in track.keyframes]
            assert [it.frame for it in written] == shown
            for it in written:
                assert it.box == track.box_at(it.frame)
                assert it.is_keyframe == (it.frame in track.keyframes)
                assert it.occluded == track.occluded_at(it.frame)
                assert it.visibility == track.visibility_at(it.frame)


@given(contents, st.dictionaries(frames, st.sampled_from(TrackStatus), max_size=8), frames)
def test_one_look_at_a_frame_says_what_its_layers_say(content, boxed, frame):
    track = Track(1, "", 1, Keyframes(content))
    for number, status in boxed.items():
        track.boxes.set(number, TrackedBox(BoundingBox(number, 2, 3, 4), 0.5, status))
    source, box, beneath = track.shown_at(frame)
    line = track.keyframes.interpolated(frame)
    if track.keyframes.is_outside(frame):
        assert (source, box, beneath) == (Source.OUTSIDE, None, None)
    elif frame in content:
        assert (source, box, beneath) == (Source.KEYFRAME, content[frame].box, None)
    else:
        assert beneath == track.boxes.get(frame)
        if line is not None:
            assert (source, box) == (Source.INTERPOLATED, line)
        elif beneath is None:
            assert (source, box) == (Source.NOTHING, None)
        elif beneath.status is TrackStatus.NOT_FOUND:
            assert (source, box) == (Source.LOST, None)
        else:
            assert (source, box) == (Source.TRACKED, beneath.box)
