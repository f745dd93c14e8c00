"""Boxes on every frame become few Keyframes that tell the same path."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.document.model import Keyframe, Project, Sequence, Track
from app.document.tracked_boxes import TrackedBox, TrackedBoxes
from app.formats.registry import format_named
from app.formats.simplify import simplify, simplify_project
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus

sides = st.floats(1, 300, allow_nan=False)
boxes = st.builds(BoundingBox, st.floats(-50, 300), st.floats(-50, 300), sides, sides)


def tracked(found: dict[int, BoundingBox]) -> Track:
    track = Track(1, "", 1)
    for frame, box in found.items():
        track.boxes.set(frame, TrackedBox(box, 0.5, TrackStatus.FOUND))
    return track


def straight(start: BoundingBox, end: BoundingBox, share: float) -> BoundingBox:
    return BoundingBox(*(getattr(start, s) + (getattr(end, s) - getattr(start, s)) * share for s in "xywh"))


def off_by(one: BoundingBox, two: BoundingBox) -> float:
    return max(abs(getattr(one, side) - getattr(two, side)) for side in ("x", "y", "right", "bottom"))


@settings(deadline=None, max_examples=150)
@given(st.dictionaries(st.integers(0, 60), boxes, min_size=1, max_size=60), st.floats(0, 80))
def test_a_straight_path_between_keyframes_is_never_off_by_more_than_the_tolerance(found, tolerance):
    track = tracked(found)
    simplify(track, tolerance)
    assert {frame: track.boxes.get(frame).box for frame in track.boxes.frames().tolist()} == found
    assert {frame: track.box_at(frame) for frame in track.frames()} == found
    keys = list(track.keyframes)
    for frame, box in found.items():
        if frame in track.keyframes:
            assert track.keyframes[frame].box == box
            continue
        first, last = max(it for it in keys if it < frame), min(it for it in keys if it > frame)
        assert set(range(first, last + 1)) <= set(found), "no path leads over frames without the object"
        path = straight(found[first], found[last], (frame - first) / (last - first))
        assert off_by(path, box) <= tolerance + 1e-6


def test_a_straight_path_needs_two_keyframes_however_long():
    found = {frame: BoundingBox(1.5 * frame, 40 - 0.25 * frame, 20 + 0.125 * frame, 30) for frame in range(5000)}
    track = tracked(found)
    simplify(track, 0.01)
    assert list(track.keyframes) == [0, 4999]


def test_a_corner_needs_one_more_and_shaking_less_than_the_tolerance_none():
    generator = np.random.default_rng(0)
    found = {}
    for frame in range(201):
        x, y = 3.0 * min(frame, 100), 3.0 * max(frame - 100, 0)
        dx, dy = generator.uniform(-0.2, 0.2, 2) if frame % 100 else (0, 0)
        found[frame] = BoundingBox(x + dx, y + dy, 20, 30)
    track = tracked(found)
    simplify(track, 1.0)
    assert len(track.keyframes) in {3, 4}
    assert min(abs(it - 100) for it in track.keyframes) <= 1


def test_a_gap_ends_a_path():
    found = {frame: BoundingBox(frame, 1, 10, 10) for frame in [*range(5), *range(8, 12), 20]}
    track = tracked(found)
    simplify(track, 5)
    assert list(track.keyframes) == [0, 4, 8, 11, 20]
    assert track.box_at(6) is None


def test_where_it_is_hidden_and_by_how_much_is_kept_and_small_changes_are_not():
    track = Track(1, "", 1)
    shares = [1.0] * 5 + [0.5, 0.52, 0.48, 0.5, 0.53] + [0.2] * 5 + [1.0] * 5
    for frame, share in enumerate(shares):
        track.keyframes[frame] = Keyframe(BoundingBox(frame, 1, 10, 10), occluded=share < 1, visibility=share)
    simplify(track, 1)
    assert {frame: it.visibility for frame, it in track.keyframes.items()} == {0: 1, 5: 0.5, 10: 0.2, 15: 1, 19: 1}
    assert {frame for frame, it in track.keyframes.items() if it.occluded} == {5, 10}
    assert len(track.boxes) == 20


def test_keyframes_of_a_person_stay_the_only_ones_where_the_format_tells():
    path = {frame: BoundingBox(frame**1.5, 1, 10, 10) for frame in range(50)}
    project = Project({1: Sequence(1, "s", "", 50, 320, 240, 25.0)})
    for number in (1, 2):
        project.sequences[1].tracks[number] = tracked(path)
    project.sequences[1].tracks[1].keyframes[7] = Keyframe(path[7])
    simplify_project(project, format_named("coco"), 0.5)
    assert list(project.sequences[1].tracks[1].keyframes) == [7]
    assert 3 < len(project.sequences[1].tracks[2].keyframes) < 20
    simplify_project(project, format_named("mot"), 0.5)
    assert len(project.sequences[1].tracks[1].keyframes) > 3


def test_many_noisy_boxes_take_no_square_of_time():
    generator = np.random.default_rng(0)
    count = 4_000
    track = Track(1, "", 1)
    places = generator.uniform(0, 100, (count, 4)) + 1
    track.boxes = TrackedBoxes.from_arrays(
        np.arange(count), places, np.ones(count, dtype=np.float32), np.zeros(count, dtype=np.uint8)
    )
    simplify(track, 0.5)
    assert len(track.keyframes) > count / 3
