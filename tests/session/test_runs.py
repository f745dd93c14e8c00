"""The kinds of runs: both ways, to a keyframe, filling gaps, several Tracks at once; each one step of undo."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot
from session_fakes import START, Bench, propagation, target

from app.document.commands import SetKeyframe
from app.document.keyframes import Gap
from app.document.model import Keyframe, Source
from app.session.engine import Engine
from app.session.fake_tracker import FakeTrackerScript
from app.session.messages import FrameTracked, StopReason, StopRules
from app.session.run_state import Direction, Phase
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus


def texts(me) -> list[str]:
    stack = me.document.undo_stack
    return [stack.text(number) for number in range(stack.count())]


def ended(qtbot: QtBot, me, runs: int = 1) -> None:
    qtbot.waitUntil(lambda: len(me.ends) == runs)


def test_both_ways_out_of_a_keyframe_is_one_step_of_undo_and_progress_counts_through(qtbot: QtBot, seat) -> None:
    me = seat()
    me.session.go_to(20)
    me.draw()
    me.session.propagate_both_ways()
    ended(qtbot, me)
    assert me.tracked_frames() == [*range(20), *range(21, 60)]
    assert me.track.boxes.get(0).box == START.moved(20, 0), "the fake moves right whichever way time goes"
    assert me.track.boxes.get(59).box == START.moved(39, 0)
    assert (me.ends[0].reason, me.ends[0].frames_done) == (StopReason.REACHED_END, 59)
    running = [state for state in me.states if state.phase is Phase.RUNNING]
    assert [(state.done, state.total) for state in running] == [(n, 59) for n in range(1, 60)]
    assert [running[0].text, running[-1].text] == ["Propagating forward", "Propagating backward"]
    assert texts(me)[-1] == "Propagate"
    me.session.undo()
    assert me.tracked_frames() == []
    assert 20 in me.track.keyframes


def test_doubt_on_the_way_forward_does_not_keep_the_way_back_and_enter_goes_on_forward(qtbot: QtBot, seat) -> None:
    me = seat(script=FakeTrackerScript(lost_from=10))
    me.session.go_to(8)
    me.draw()
    me.session.propagate_both_ways()
    ended(qtbot, me)
    assert me.tracked_frames() == [*range(8), *range(9, 8 + 15)]
    assert (me.ends[0].reason, me.ends[0].frame) == (StopReason.LOST, 18)
    assert me.session.frame == 18, "the first doubt is what is shown"
    me.bench.trackers[0].script = FakeTrackerScript()
    me.session.set_box(START.moved(50, 3))
    me.session.confirm()
    ended(qtbot, me, 2)
    assert me.tracked_frames() == [*range(8), *range(9, 60)]
    assert me.track.boxes.get(59).box == START.moved(50 + 41, 3)


def test_run_to_the_next_keyframe_ends_there_and_without_one_it_says_so(qtbot: QtBot, seat) -> None:
    me = seat()
    me.draw()
    me.session.go_to(30)
    me.session.set_box(START.moved(31, 0))
    me.session.go_to(0)
    me.session.propagate_to_keyframe(Direction.FORWARD)
    ended(qtbot, me)
    assert me.tracked_frames() == list(range(1, 30))
    assert (me.session.frame, me.ends[0].reason) == (30, StopReason.REACHED_END)
    me.session.propagate_to_keyframe(Direction.FORWARD)
    assert "There is no keyframe after frame 30" in me.failures[-1].text
    me.session.propagate_to_keyframe(Direction.BACKWARD)
    ended(qtbot, me, 2)
    assert me.session.frame == 0
    assert me.track.boxes.get(1).box == START.moved(31 + 29, 0)


def test_all_tracks_go_in_one_pass_each_to_its_own_end(qtbot: QtBot, seat) -> None:
    me = seat()
    first = me.draw()
    second = me.draw(START.moved(200, 0))
    me.session.go_to(12)
    me.session.set_box(START.moved(212, 0))
    me.session.select_track(first)
    me.session.go_to(20)
    me.session.set_box(START.moved(20, 0))
    me.session.go_to(0)
    me.session.all_tracks = True
    me.session.propagate_to_keyframe(Direction.FORWARD)
    ended(qtbot, me)
    tracks = me.session.sequence.tracks
    assert tracks[first].boxes.frames().tolist() == list(range(1, 20))
    assert tracks[second].boxes.frames().tolist() == list(range(1, 12))
    assert me.bench.sources[0].reads.count(5) == 1, "each picture is decoded once for all"
    me.session.undo()
    assert not len(tracks[first].boxes)
    assert not len(tracks[second].boxes)


def test_several_targets_share_one_call_a_frame() -> None:
    bench, calls = Bench(), []

    def together(trackers, image):
        calls.append(len(trackers))
        return [tracker.track(image) for tracker in trackers]

    run = Engine(bench.open_source, bench.make_tracker, together).start(
        propagation(6, target(1), target(2, (0, START), (4, START.moved(4, 0))), target(3))
    )
    while isinstance(run.step(), FrameTracked):
        pass
    assert calls == [3, 3, 3, 2, 3, 3], "a keyframe is passed by itself"


def test_stop_of_one_of_several_is_said_while_the_others_go_on(qtbot: QtBot, seat) -> None:
    me = seat(script=FakeTrackerScript(lost_from=6))
    me.draw()
    edge = me.draw(BoundingBox(500, 20, 12, 8))
    me.bench.make_tracker = lambda choice: Bench.make_tracker(me.bench, choice)
    me.session.all_tracks = True
    me.session.rules = StopRules(lost_frames=3)
    me.session.propagate(1, 30)
    ended(qtbot, me)
    assert me.ends[0].reason is StopReason.LOST
    assert {stop.track_id for stop in me.ends[0].stops} == {1, edge}
    # each goes on alone from its own frame
    for tracker in me.bench.trackers:
        tracker.script = FakeTrackerScript()
    me.session.set_box(START.moved(40, 0))
    corrected = me.session.track_id
    me.session.confirm()
    ended(qtbot, me, 2)
    tracks = me.session.sequence.tracks
    other = next(it for it in tracks.values() if it.id != corrected)
    assert tracks[corrected].boxes.frames().max() == 30
    assert other.boxes.frames().max() == 8


def gap(me, first: BoundingBox = START, last: BoundingBox | None = None, length: int = 20) -> None:
    """Two keyframes ``length`` frames apart, the second where the fake comes to."""
    me.draw(first)
    me.session.go_to(length)
    me.session.set_box(last or first.moved(length, 0))


def test_fill_joins_a_forward_and_a_backward_run_in_one_step_of_undo(qtbot: QtBot, seat) -> None:
    # backward the fake moves right as well: both runs drift apart from a middle of the gap
    me = seat()
    me.draw(START)
    me.session.go_to(20)
    me.session.set_box(START)
    me.session.go_to(7)
    steps = len(texts(me))
    me.session.fill()
    ended(qtbot, me)
    boxes = {frame: me.track.boxes.get(frame).box.x for frame in range(1, 20)}
    assert boxes[1] == START.x + 1, "led by the forward run"
    assert boxes[19] == START.x + 1, "led by the backward run"
    assert max(boxes.values()) <= START.x + 10.01
    steps_between = [abs(boxes[n + 1] - boxes[n]) for n in range(1, 19)]
    assert max(steps_between) < 2.0, "no jump at the seam"
    assert (me.ends[0].reason, me.ends[0].frames_done) == (StopReason.REACHED_END, 38)
    assert len(texts(me)) == steps + 1
    assert me.track.keyframes == {0: Keyframe(START), 20: Keyframe(START)}
    assert {state.text for state in me.states if state.phase is Phase.RUNNING} == {
        "Filling forward",
        "Filling backward",
    }
    me.session.undo()
    assert me.tracked_frames() == []
    me.session.redo()
    assert {frame: me.track.boxes.get(frame).box.x for frame in range(1, 20)} == boxes


def test_fill_of_a_straight_line_shows_what_was_tracked_and_undo_brings_the_line_back(qtbot: QtBot, seat) -> None:
    me = seat()
    gap(me)
    me.document.push(SetKeyframe(me.document, me.track.id, 0, Keyframe(START, gap=Gap.INTERPOLATED)))
    me.session.go_to(3)
    steps = len(texts(me))
    me.session.fill()
    ended(qtbot, me)
    assert me.track.source_at(10) is Source.TRACKED
    assert texts(me)[steps:] == ["Propagate"]
    me.session.undo()
    assert me.track.source_at(10) is Source.INTERPOLATED
    assert me.tracked_frames() == []


def test_fill_goes_on_when_one_of_its_runs_is_lost(qtbot: QtBot, seat) -> None:
    me = seat(script=FakeTrackerScript(lost_from=6))
    gap(me)
    me.session.go_to(3)
    me.session.fill()
    ended(qtbot, me)
    statuses = {frame: me.track.boxes.get(frame).status for frame in range(1, 20)}
    found = [frame for frame, status in statuses.items() if status is not TrackStatus.NOT_FOUND]
    assert found == [1, 2, 3, 4, 5, 15, 16, 17, 18, 19]


def test_fill_on_a_keyframe_takes_the_gap_after_it_and_on_the_last_the_one_before(qtbot: QtBot, seat) -> None:
    me = seat()
    gap(me, length=10)
    me.session.go_to(25)
    me.session.set_box(START.moved(25, 0))
    me.session.go_to(10)
    me.session.fill()
    ended(qtbot, me)
    assert me.tracked_frames() == list(range(11, 25))
    me.session.undo()
    me.session.go_to(25)
    me.session.fill()
    ended(qtbot, me, 2)
    assert me.tracked_frames() == list(range(11, 25))
    me.session.fill(everywhere=True)
    ended(qtbot, me, 3)
    assert me.tracked_frames() == [*range(1, 10), *range(11, 25)]


def test_fill_without_a_gap_is_refused_in_words(qtbot: QtBot, seat) -> None:
    me = seat()
    me.draw()
    me.session.go_to(5)
    me.session.fill()
    assert "Frame 5 is not between two keyframes" in me.failures[-1].text
    me.session.track_edits.toggle_outside()
    me.session.go_to(3)
    me.session.fill()
    assert "Frame 3 is not between two keyframes" in me.failures[-1].text, "outside is no box to start from"
    me.session.fill(everywhere=True)
    assert "no two keyframes" in me.failures[-1].text
    assert me.idle()


def test_fill_that_is_cancelled_on_its_way_back_keeps_what_it_has(qtbot: QtBot, seat) -> None:
    me = seat(script=FakeTrackerScript(delay=0.005))
    gap(me)
    me.session.go_to(3)

    def cancel(shown: int) -> None:
        if shown == 12 and me.session.run_state.text == "Filling backward":
            me.session.cancel()

    me.on_frame = cancel
    me.session.fill()
    ended(qtbot, me)
    assert me.ends[0].reason is StopReason.CANCELLED
    assert me.tracked_frames() == list(range(1, 20))
    me.session.undo()
    assert me.tracked_frames() == []


def test_second_run_over_the_same_range_asks_nothing_and_keeps_every_keyframe(qtbot: QtBot, seat) -> None:
    me = seat()
    gap(me, last=START.moved(300, 5))
    me.session.go_to(40)
    me.session.track_edits.toggle_outside()
    me.session.go_to(0)
    keyframes = dict(me.track.keyframes)
    me.session.propagate(1)
    ended(qtbot, me)
    first = me.track.boxes.copy()
    assert first.frames().tolist() == [*range(1, 20), *range(21, 40)], "nothing where it is outside"
    me.session.go_to(0)
    me.session.propagate(1)
    ended(qtbot, me, 2)
    assert me.track.boxes == first
    assert me.track.keyframes == keyframes
    assert not me.failures


def test_run_through_keyframes_gives_after_each_what_a_run_from_it_gives(qtbot: QtBot, seat) -> None:
    me = seat()
    gap(me, last=START.moved(300, 5))
    me.session.go_to(0)
    me.session.propagate(1)
    ended(qtbot, me)
    through = me.track.boxes.slice(21, 59)
    me.session.undo()
    me.session.go_to(20)
    me.session.propagate(1)
    ended(qtbot, me, 2)
    assert me.track.boxes.slice(21, 59) == through


@pytest.mark.parametrize("forgotten", [True, False], ids=["run forgotten", "run at its end"])
def test_correction_in_a_tracked_stretch_is_carried_to_the_next_keyframe_and_not_beyond(
    qtbot: QtBot, seat, forgotten: bool
) -> None:
    me = seat()
    gap(me, last=START.moved(20, 0))
    me.session.go_to(0)
    me.session.propagate(1)
    ended(qtbot, me)
    if forgotten:
        me.session.cancel()
    beyond = me.track.boxes.slice(21, 59)
    me.session.go_to(10)
    me.session.set_box(START.moved(13, 4))
    me.session.confirm()
    qtbot.waitUntil(lambda: len(me.ends) == 2 and me.idle())
    assert me.track.boxes.get(15).box == START.moved(18, 4)
    assert me.track.boxes.slice(21, 59) == beyond


@pytest.mark.parametrize("fill", [False, True], ids=["run", "fill"])
def test_run_that_failed_is_taken_up_again_by_retry(qtbot: QtBot, seat, fill: bool) -> None:
    me = seat(script=FakeTrackerScript(fail_at=8))
    gap(me)
    me.session.go_to(0)
    run = me.session.fill if fill else lambda: me.session.propagate(1, 19)
    run()
    ended(qtbot, me)
    assert me.ends[0].reason is StopReason.FAILED
    me.bench.trackers[0].script = FakeTrackerScript()
    me.session.retry()
    ended(qtbot, me, 2)
    assert me.ends[1].reason is StopReason.REACHED_END
    assert me.tracked_frames() == list(range(1, 20))
