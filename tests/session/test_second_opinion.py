"""What a backward run says of the boxes that it replaces: a second opinion, unless they were known to be wrong."""

from __future__ import annotations

from app.document.model import Keyframe, Track
from app.document.tracked_boxes import TrackedBox, TrackedBoxes
from app.session.second_opinion import second_opinion
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus

BOX = BoundingBox(20, 20, 40, 30)
ELSEWHERE = BOX.moved(200, 0)


def path(boxes: dict[int, BoundingBox], status: TrackStatus = TrackStatus.FOUND) -> TrackedBoxes:
    made = TrackedBoxes()
    for frame, box in boxes.items():
        made.set(frame, TrackedBox(box, 0.8, status))
    return made


def opinion(old: dict[int, BoundingBox], keyframes: dict[int, BoundingBox | None], **options: TrackStatus) -> list[int]:
    """Frames in dispute when a run from frame 20 back to 0 finds all at BOX."""
    track = Track(1, "", 1, boxes=path(dict.fromkeys(range(20), BOX)))
    for frame, box in keyframes.items():
        track.keyframes[frame] = Keyframe(box)
    found = second_opinion(track, path(old, **options), 20, 0)
    assert all((it.box, it.other) == (BOX, old[frame]) for frame, it in found.items())
    return list(found)


def old_path(*wrong: int) -> dict[int, BoundingBox]:
    return {frame: ELSEWHERE if frame in wrong else BOX for frame in range(20)}


def test_frames_where_both_found_it_in_different_places_are_in_dispute() -> None:
    assert opinion(old_path(7, 8), {}) == [7, 8]
    assert opinion(old_path(7, 8), {0: BOX, 20: BOX}) == [7, 8]
    assert opinion({frame: BOX.moved(5, 0) for frame in range(20)}, {}) == []


def test_a_lost_target_and_no_box_disagree_with_nothing() -> None:
    assert opinion(old_path(7), {}, status=TrackStatus.NOT_FOUND) == []
    assert opinion({}, {}) == []


def test_boxes_that_miss_the_one_the_run_comes_from_were_replaced_on_purpose() -> None:
    assert opinion(old_path(7, *range(15, 20)), {}) == []


def test_boxes_that_miss_the_box_of_a_person_at_the_other_end_were_known_to_be_wrong() -> None:
    assert opinion(old_path(1, 2, 12), {0: BOX}) == []
    assert opinion(old_path(0, 1, 12), {}) == [0, 1, 12], "there is no box of a person"


def test_each_stretch_between_boxes_of_a_person_is_judged_alone() -> None:
    assert opinion(old_path(3, *range(7, 10), 15), {10: BOX}) == [15]
    assert opinion(old_path(3, 11, 15), {10: BOX}) == [3]


def test_old_boxes_that_do_not_reach_as_far_still_count() -> None:
    assert opinion({frame: BOX if frame < 9 else ELSEWHERE for frame in range(13)}, {0: BOX}) == [9, 10, 11, 12]
