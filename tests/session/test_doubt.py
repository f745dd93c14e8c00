"""What is doubtful about tracked frames, and how it is listed; laws against a slow and plain account of the same."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.document.keyframes import Gap, Keyframe, Keyframes
from app.document.model import Source, Track
from app.document.tracked_boxes import TrackedBox, TrackedBoxes
from app.session.doubt import LONGEST_EPISODE, DoubtReason, DoubtRules, Doubts, doubts_of, episodes_of
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus

SIZE = (640, 480)
RULES = DoubtRules()
SPOTS = DoubtRules(spot_check=20)
BOX = BoundingBox(100, 100, 40, 40)


def track_of(boxes: dict[int, TrackedBox], keyframes: dict[int, Keyframe] | None = None) -> Track:
    track = Track(1, "", 1, Keyframes(keyframes or {}))
    track.boxes = TrackedBoxes()
    for frame, box in boxes.items():
        track.boxes.set(frame, box)
    return track


def steady(count: int, **other: TrackedBox) -> dict[int, TrackedBox]:
    """A target that moves on evenly, but on some frames."""
    boxes = {n: TrackedBox(BOX.moved(2 * n, n), 0.8, TrackStatus.FOUND) for n in range(count)}
    boxes.update({int(name[1:]): box for name, box in other.items()})
    return boxes


def told(track: Track, first: int = 0, last: int = 39) -> dict[int, DoubtReason]:
    doubts = doubts_of(track, first, last, SIZE, RULES)
    return {
        frame: DoubtReason(reason)
        for frame, reason in zip(doubts.frames.tolist(), doubts.reasons.tolist(), strict=True)
    }


def spots(track: Track, rules: DoubtRules = SPOTS, last: int = 99) -> list[int]:
    doubts = doubts_of(track, 0, last, SIZE, rules)
    return doubts.frames[doubts.reasons == DoubtReason.SPOT_CHECK].tolist()


def test_even_movement_with_good_scores_is_not_doubtful() -> None:
    assert told(track_of(steady(40))) == {}


def test_each_kind_of_doubt_is_told_and_the_gravest_counts() -> None:
    at = {n: BOX.moved(2 * n, n) for n in range(40)}
    track = track_of(
        steady(
            40,
            f5=TrackedBox(at[5], 0.3, TrackStatus.FOUND),
            f10=TrackedBox(at[10], 0.1, TrackStatus.NOT_FOUND),
            f15=TrackedBox(at[15], 0.35, TrackStatus.UNCERTAIN),
            f20=TrackedBox(at[20].moved(60, 0), 0.6, TrackStatus.FOUND),
            f30=TrackedBox(BoundingBox(at[30].x, at[30].y, 60, 60), 0.6, TrackStatus.FOUND),
        )
    )
    reasons = told(track)
    assert reasons[5] is DoubtReason.LOW_SCORE
    assert reasons[10] is DoubtReason.LOST
    assert reasons[15] is DoubtReason.UNCERTAIN
    assert {reasons[n] for n in (19, 20, 21)} == {DoubtReason.JUMP}
    assert {reasons[n] for n in (29, 30, 31)} == {DoubtReason.SIZE_JUMP}
    assert set(reasons) == {5, 10, 15, 19, 20, 21, 29, 30, 31}


def test_of_a_jump_the_frame_with_the_lower_score_stands_first() -> None:
    at = BOX.moved(40, 20)
    doubts = doubts_of(
        track_of(steady(40, f20=TrackedBox(at.moved(90, 0), 0.5, TrackStatus.FOUND))), 0, 39, SIZE, RULES
    )
    assert episodes_of(doubts).worst.tolist() == [20]


def test_box_that_leaves_the_picture_is_doubtful() -> None:
    boxes = {n: TrackedBox(BoundingBox(560 + 4 * n, 50, 40, 40), 0.8, TrackStatus.FOUND) for n in range(20)}
    assert told(track_of(boxes), 0, 19) == dict.fromkeys(range(16, 20), DoubtReason.LEFT)


def test_keyframes_outside_lines_and_accepted_boxes_are_not_doubtful() -> None:
    lost = {n: TrackedBox(BOX, 0.1, TrackStatus.NOT_FOUND) for n in range(40)}
    keyframes = {
        4: Keyframe(BOX),
        10: Keyframe(None),
        16: Keyframe(BOX, gap=Gap.INTERPOLATED),
        20: Keyframe(BOX),
        30: Keyframe(BOX),
    }
    track = track_of(lost, keyframes)
    track.accepted = {2: BOX, 3: BOX.moved(1, 0)}
    assert set(told(track)) == {0, 1, 3, *range(5, 10), *range(21, 30), *range(31, 40)}
    assert all(track.source_at(frame) is Source.LOST for frame in told(track))


def test_way_that_does_not_lead_to_the_next_keyframe_is_doubtful_before_it() -> None:
    track = track_of(steady(20), {20: Keyframe(BOX.moved(300, 0))})
    assert told(track) == {19: DoubtReason.JUMP}


boxes_of = st.builds(BoundingBox, st.floats(0, 600), st.floats(0, 440), st.floats(2, 90), st.floats(2, 90))
tracks = st.builds(
    track_of,
    st.dictionaries(
        st.integers(0, 40),
        st.builds(TrackedBox, boxes_of, st.floats(0, 1, width=32), st.sampled_from(TrackStatus)),
    ),
    st.dictionaries(
        st.integers(0, 40), st.builds(Keyframe, st.none() | boxes_of, gap=st.sampled_from(Gap)), max_size=5
    ),
)


@settings(max_examples=60, deadline=None)
@given(tracks, st.integers(0, 40), st.integers(0, 40), st.integers(0, 9))
def test_a_part_looked_at_anew_says_what_the_whole_does(track: Track, one: int, other: int, spot_check: int) -> None:
    first, last = min(one, other), max(one, other)
    rules = DoubtRules(spot_check=spot_check)
    whole = doubts_of(track, 0, 42, SIZE, rules)
    part = doubts_of(track, first, last, SIZE, rules)
    patched = Doubts.none().with_range(0, 42, whole).with_range(first, last, part)
    for name in ("frames", "degrees", "reasons"):
        assert np.array_equal(getattr(patched, name), getattr(whole, name))


def test_where_nobody_looks_one_frame_in_so_many_is_listed_and_the_others_stay_where_they_are() -> None:
    track = track_of(steady(100), {0: Keyframe(BOX)})
    assert spots(track) == [10, 30, 50, 70, 90]
    assert spots(track, RULES) == []
    track.accepted[50] = track.boxes.get(50).box
    track.keyframes[79] = Keyframe(BOX.moved(2 * 79, 79))
    assert spots(track) == [10, 30, 90]
    track.keyframes[80] = Keyframe(BOX.moved(2 * 80, 80))
    del track.keyframes[79]
    assert spots(track) == [10, 30, 70, 90]


def test_doubtful_frames_will_be_looked_at_and_need_no_spot_check_beside_them() -> None:
    weak = TrackedBox(BOX.moved(2 * 36, 36), 0.2, TrackStatus.FOUND)
    assert spots(track_of(steady(60, f36=weak)), last=59) == [10, 50]


def test_straight_lines_and_frames_outside_have_no_spot_checks() -> None:
    line = {0: Keyframe(BOX, gap=Gap.INTERPOLATED), 40: Keyframe(BOX.moved(80, 40)), 60: Keyframe(None)}
    assert spots(track_of(steady(100), line)) == [50]


@settings(max_examples=60, deadline=None)
@given(tracks)
def test_only_shown_tracked_boxes_are_listed_and_every_lost_one_is(track: Track) -> None:
    reasons = told(track, 0, 42)
    for frame in range(43):
        source = track.source_at(frame)
        if source is Source.LOST:
            assert reasons[frame] is DoubtReason.LOST
        elif source is not Source.TRACKED:
            assert frame not in reasons


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.integers(0, 120), st.tuples(st.floats(0.125, 1, width=32), st.integers(1, 6))))
def test_episodes_cover_the_doubtful_frames_once_in_pieces_of_one_reason(frames) -> None:
    rows = sorted(frames.items())
    doubts = Doubts(
        np.array([frame for frame, _ in rows], np.int64),
        np.array([degree for _, (degree, _) in rows], np.float32),
        np.array([reason for _, (_, reason) in rows], np.uint8),
    )
    episodes = episodes_of(doubts)
    covered = []
    for first, last, worst, degree, reason in zip(
        episodes.first, episodes.last, episodes.worst, episodes.degrees, episodes.reasons, strict=True
    ):
        inside = list(range(first, last + 1))
        assert len(inside) <= LONGEST_EPISODE
        assert {frames[frame][1] for frame in inside} == {reason}
        assert frames[int(worst)][0] == degree == max(frames[frame][0] for frame in inside)
        covered += inside
    assert covered == sorted(frames)
