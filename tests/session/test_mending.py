"""The doubtful frames before a correction are tracked anew, backward from it; what a person said never changes."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from session_fakes import START

from app.document.keyframes import Gap, Keyframe, Keyframes
from app.document.model import Track
from app.document.tracked_boxes import TrackedBox, TrackedBoxes
from app.session.fake_tracker import FakeTrackerScript
from app.session.mending import LONGEST, first_to_mend
from app.session.messages import NEVER_STOP, FrameTracked
from app.session.propagation_control import PropagationControl
from app.session.run_state import Phase
from tracker.geometry import BoundingBox
from tracker.result import TrackResult, TrackStatus

SIZE = (640, 480)
BOX = BoundingBox(100, 100, 40, 40)
FAR = BOX.moved(200, 0)


def track_of(scores: dict[int, float], corrected: BoundingBox, frame: int = 40, start: Keyframe | None = None) -> Track:
    """A target that stands still from a keyframe at 0 on, found with some scores, and corrected at ``frame``."""
    track = Track(1, "", 1, Keyframes({0: start or Keyframe(BOX), frame: Keyframe(corrected)}))
    track.boxes = TrackedBoxes()
    for number in range(1, frame + 5):
        track.boxes.set(number, TrackedBox(BOX, scores.get(number, 0.9), TrackStatus.FOUND))
    return track


def test_the_doubtful_frames_up_to_the_correction_are_mended_and_earlier_doubt_is_not() -> None:
    scores = dict.fromkeys((20, 21, 34, 35, 37, 38), 0.2)
    assert first_to_mend(track_of(scores, BOX.moved(4, 0)), 40, SIZE) == 34


def test_a_nudge_after_frames_without_doubt_mends_nothing() -> None:
    assert first_to_mend(track_of({}, BOX.moved(4, 0)), 40, SIZE) is None
    assert first_to_mend(track_of({30: 0.2}, BOX.moved(4, 0)), 40, SIZE) is None


def test_a_box_that_was_only_confirmed_mends_nothing() -> None:
    assert first_to_mend(track_of(dict.fromkeys(range(30, 41), 0.2), BOX), 40, SIZE) is None


def test_after_a_box_on_something_else_all_frames_back_to_a_persons_word_are_mended() -> None:
    track = track_of({}, FAR)
    assert first_to_mend(track, 40, SIZE) == 40 - LONGEST
    track.accepted = {33: BOX, 36: BOX.moved(9, 0)}  # the second is no longer the box that was accepted
    assert first_to_mend(track, 40, SIZE) == 34
    track.keyframes[38] = Keyframe(BOX)
    assert first_to_mend(track, 40, SIZE) == 39
    track.keyframes[39] = Keyframe(BOX)
    assert first_to_mend(track, 40, SIZE) is None


@pytest.mark.parametrize("start", [Keyframe(None), Keyframe(BOX, gap=Gap.INTERPOLATED)])
def test_absence_and_straight_lines_are_not_mended(start: Keyframe) -> None:
    assert first_to_mend(track_of({}, FAR, start=start), 40, SIZE) is None


def test_a_correction_mends_the_frames_before_it_in_the_step_of_undo_that_goes_on(qtbot: QtBot, seat) -> None:
    # from frame 10 on the fake follows something else, 300 pixels away
    me = seat(script=FakeTrackerScript(box_at={10: START.moved(300, 0)}))
    me.session.rules, me.session.mends = NEVER_STOP, True
    me.draw()
    me.session.propagate(1, 30)
    qtbot.waitUntil(lambda: len(me.ends) == 1)
    before = {frame: me.track.boxes.get(frame) for frame in range(1, 31)}
    me.session.go_to(14)
    right = START.moved(14, 0)
    me.session.set_box(right)
    me.session.confirm()
    qtbot.waitUntil(lambda: len(me.ends) == 2)
    mended = {frame: me.track.boxes.get(frame) for frame in range(1, 31)}
    assert all(abs(mended[frame].box.x - START.x - frame) <= 10 for frame in range(1, 14)), "no frame is far away"
    assert mended[1].box == before[1].box, "where the forward run was right it stays"
    assert mended[15].box == right.moved(1, 0), "and forward it goes on from the correction"
    assert mended[20].box == right.moved(6, 0)
    assert me.track.keyframes == {0: Keyframe(START), 14: Keyframe(right)}
    assert "Looking again at the frames before the correction" in {state.text for state in me.states}
    me.session.undo()
    assert {frame: me.track.boxes.get(frame) for frame in range(1, 31)} == before
    me.session.redo()
    assert {frame: me.track.boxes.get(frame) for frame in range(1, 31)} == mended


def test_without_anything_to_go_on_with_the_frames_before_are_mended_and_the_picture_stays(qtbot: QtBot, seat) -> None:
    me = seat(script=FakeTrackerScript(box_at={10: START.moved(300, 0)}))
    me.session.rules, me.session.mends = NEVER_STOP, True
    me.draw()
    me.session.propagate(1, 14)
    qtbot.waitUntil(lambda: len(me.ends) == 1)
    me.session.go_to(14)
    me.session.set_box(START.moved(14, 0))
    me.session.confirm()
    qtbot.waitUntil(lambda: len(me.ends) == 2)
    assert abs(me.track.boxes.get(12).box.x - START.x - 12) <= 4
    assert me.session.frame == 14


def frame_of(control: PropagationControl, frame: int) -> FrameTracked:
    """What the worker sends of a frame."""
    picture = np.zeros((48, 640, 3), np.uint8)
    result = TrackResult(START.moved(frame, 0), 0.9, TrackStatus.FOUND, np.zeros((3, 3), np.float32), START)
    return FrameTracked(control._request_id, frame, picture, ((1, result),), 1.0)


def test_frames_under_way_do_not_end_a_pause_of_the_mending(qtbot: QtBot, seat) -> None:
    me = seat(script=FakeTrackerScript(delay=0.01, box_at={10: START.moved(300, 0)}))
    me.session.rules, me.session.mends = NEVER_STOP, True
    me.draw()
    me.session.propagate(1, 14)
    qtbot.waitUntil(lambda: len(me.ends) == 1)
    me.session.go_to(14)
    me.session.set_box(START.moved(14, 0))
    me.session.confirm()
    qtbot.waitUntil(lambda: me.session.run_state.text == "Looking again at the frames before the correction")
    me.session.toggle_pause()
    control = me.session._control
    control._take_frame(frame_of(control, 13))  # it was under way
    assert me.session.run_state.phase is Phase.PAUSED
    me.session.toggle_pause()
    qtbot.waitUntil(lambda: len(me.ends) == 2)
    assert abs(me.track.boxes.get(12).box.x - START.x - 12) <= 4


def test_switched_off_a_correction_leaves_what_was_before_it(qtbot: QtBot, seat) -> None:
    me = seat(script=FakeTrackerScript(box_at={10: START.moved(300, 0)}))
    me.session.rules = NEVER_STOP
    me.draw()
    me.session.propagate(1, 30)
    qtbot.waitUntil(lambda: len(me.ends) == 1)
    me.session.go_to(14)
    me.session.set_box(START.moved(14, 0))
    me.session.confirm()
    qtbot.waitUntil(lambda: len(me.ends) == 2)
    assert me.track.boxes.get(12).box == START.moved(302, 0)
