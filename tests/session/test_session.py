"""The session as the views use it: runs into the document, corrections, undo, pausing, the picture that is shown."""

from __future__ import annotations

import time

import pytest
from pytestqt.qtbot import QtBot
from session_fakes import START

from app.document.commands import RemoveTrack, SetKeyframe
from app.document.model import Keyframe
from app.session.fake_tracker import FakeTrackerScript
from app.session.messages import StopReason, StopRules
from app.session.run_state import Direction, Phase, RunState
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus


def test_run_fills_the_document_and_shows_every_frame_with_its_picture(qtbot: QtBot, seat) -> None:
    me = seat()
    me.draw()
    me.session.propagate(Direction.FORWARD)
    qtbot.waitUntil(lambda: bool(me.ends))
    assert me.tracked_frames() == list(range(1, 60))
    assert me.track.boxes.get(30).box == START.moved(30, 0)
    assert me.pictures == [(n, n) for n in range(1, 60)], "the picture is that of the frame it is shown for"
    assert me.session.frame == 59
    assert [r.box for r in me.results[-3:]] == [START.moved(n, 0) for n in (57, 58, 59)]
    assert me.ends[0].reason is StopReason.REACHED_END
    assert me.session.run_state.text == "Reached frame 59."


def test_run_states_count_up_and_tell_speed_and_time_left(qtbot: QtBot, seat) -> None:
    me = seat(script=FakeTrackerScript(delay=0.005))
    me.draw()
    me.session.propagate(1, last_frame=20)
    qtbot.waitUntil(lambda: bool(me.ends))
    phases = [state.phase for state in me.states]
    assert phases == sorted(phases, key=[Phase.PREPARING, Phase.RUNNING, Phase.IDLE].index)
    running = [state for state in me.states if state.phase is Phase.RUNNING]
    assert [state.done for state in running] == list(range(1, 21))
    assert all(state.total == 20 for state in running)
    assert 0 < running[-1].fps < 220
    assert running[-1].seconds_left == 0
    assert running[0].text == "Propagating forward"


def test_whole_run_is_one_step_of_undo_and_redo(qtbot: QtBot, seat) -> None:
    me = seat()
    me.draw()
    steps = me.document.undo_stack.count()
    me.session.propagate(1, 30)
    qtbot.waitUntil(lambda: bool(me.ends))
    boxes = me.track.boxes.copy()
    assert me.document.undo_stack.count() == steps + 1
    me.session.undo()
    assert me.tracked_frames() == []
    assert me.results[-1] is None, "what was undone has no heat-map any more"
    me.session.redo()
    assert me.track.boxes == boxes
    assert me.results[-1].box == START.moved(30, 0)


def test_second_run_undone_brings_the_first_back(qtbot: QtBot, seat) -> None:
    me = seat()
    me.draw()
    me.session.propagate(1, 30)
    qtbot.waitUntil(lambda: len(me.ends) == 1)
    first = me.track.boxes.copy()
    me.session.go_to(10)
    me.session.set_box(START.moved(100, 3))
    me.session.propagate(1, 20)
    qtbot.waitUntil(lambda: len(me.ends) == 2)
    assert me.track.boxes.get(20).box == START.moved(110, 3)
    assert me.track.boxes.get(21).box == START.moved(21, 0)
    me.session.undo()
    assert me.track.boxes == first


def test_undo_while_running_ends_the_run_and_takes_it_back(qtbot: QtBot, seat) -> None:
    me = seat(script=FakeTrackerScript(delay=0.01))
    me.draw()
    me.session.propagate(1)
    me.stop_at(10, me.session.undo)
    qtbot.waitUntil(lambda: bool(me.ends))
    assert me.ends[0].reason is StopReason.CANCELLED
    assert me.tracked_frames() == []
    me.session.redo()
    assert me.tracked_frames() == list(range(1, 11))


def test_backward_run(qtbot: QtBot, seat) -> None:
    me = seat()
    me.session.go_to(25)
    me.draw()
    me.session.propagate(Direction.BACKWARD)
    qtbot.waitUntil(lambda: bool(me.ends))
    assert me.tracked_frames() == list(range(25))
    assert me.session.frame == 0
    assert me.states[-2].text == "Propagating backward"


def test_space_pauses_within_one_frame_and_resumes(qtbot: QtBot, seat) -> None:
    me = seat(script=FakeTrackerScript(delay=0.02))
    me.draw()
    me.session.propagate(1)
    me.stop_at(10, me.session.toggle_pause)
    qtbot.waitUntil(lambda: me.session.run_state.phase is Phase.PAUSED)
    assert me.session.run_state.text == "Paused at frame 10"
    begun = me.bench.trackers[0].calls.count("track")
    qtbot.waitUntil(lambda: time.perf_counter() - me.seen_at > 0.1)  # a worker that goes on shows a frame each 20 ms
    assert me.bench.trackers[0].calls.count("track") <= begun + 1
    assert len(me.tracked_frames()) <= 12
    me.session.toggle_pause()
    assert me.session.run_state.phase is Phase.RUNNING
    qtbot.waitUntil(lambda: bool(me.ends))
    assert me.tracked_frames() == list(range(1, 60))


def test_escape_ends_a_slow_run_at_once(qtbot: QtBot, seat) -> None:
    me = seat(script=FakeTrackerScript(delay=0.2))
    me.draw()
    me.session.propagate(1)
    qtbot.waitUntil(lambda: len(me.tracked_frames()) == 2)
    started = time.perf_counter()
    me.session.cancel()
    assert me.idle()
    assert time.perf_counter() - started < 0.1
    assert me.ends[0].text == "Stopped at frame 2."
    assert me.ends[0].frames_done == 2
    me.bench.trackers[0].script = FakeTrackerScript()
    me.session.propagate(1)
    qtbot.waitUntil(lambda: len(me.ends) == 2, timeout=500 + 1500)
    assert me.tracked_frames() == list(range(1, 60))


def test_correction_is_learned_shown_and_the_run_goes_on_to_its_end(qtbot: QtBot, seat) -> None:
    me = seat(script=FakeTrackerScript(delay=0.002))
    me.draw()
    me.session.propagate(1, 40)
    me.stop_at(15, me.session.toggle_pause)
    qtbot.waitUntil(lambda: me.session.run_state.phase is Phase.PAUSED)
    qtbot.waitUntil(lambda: me.session.frame >= 15)
    me.session.go_to(15)
    right = START.moved(200, 5)
    me.session.set_box(right)
    assert me.idle()
    assert me.track.keyframes[15] == Keyframe(right)
    me.session.confirm()
    assert me.session.run_state.phase is Phase.CORRECTING
    qtbot.waitUntil(lambda: me.session.frame == 40 and me.idle())
    assert me.track.boxes.get(16).box == right.moved(1, 0)
    assert me.track.boxes.get(40).box == right.moved(25, 0)
    assert me.ends[-1].reason is StopReason.REACHED_END
    assert any(result is not None and result.box == right for result in me.results), "the new heat-map was shown"
    assert "correct" in me.bench.trackers[0].calls
    me.session.undo()
    assert me.track.boxes.get(40) is None
    me.session.undo()
    assert 15 not in me.track.keyframes


def test_edit_during_a_run_ends_it_and_keeps_its_boxes(qtbot: QtBot, seat) -> None:
    me = seat(script=FakeTrackerScript(delay=0.01))
    me.draw()
    me.session.propagate(1)
    right = START.moved(50, 0)
    me.stop_at(8, lambda: me.session.set_box(right))
    qtbot.waitUntil(lambda: bool(me.ends))
    assert me.ends[0].reason is StopReason.CANCELLED
    assert me.tracked_frames() == list(range(1, 9))
    assert me.track.box_at(8) == right
    assert [me.document.undo_stack.text(i) for i in (2, 3)] == ["Propagate", "Set keyframe"]


def test_human_keyframes_are_never_overwritten(qtbot: QtBot, seat) -> None:
    me = seat()
    me.draw()
    me.session.go_to(20)
    human = START.moved(300, 8)
    me.session.set_box(human)
    me.session.go_to(0)
    me.session.propagate(1, 30)
    qtbot.waitUntil(lambda: bool(me.ends))
    assert me.track.keyframes == {0: Keyframe(START), 20: Keyframe(human)}
    assert 20 not in me.track.boxes
    assert me.track.box_at(20) == human
    assert me.track.boxes.get(21).box == human.moved(1, 0)


def test_keyframe_set_ahead_of_a_run_holds_though_the_run_does_not_know_it(qtbot: QtBot, seat) -> None:
    me = seat(script=FakeTrackerScript(delay=0.005))
    track_id = me.draw()
    me.session.propagate(1, 30)
    human = Keyframe(START.moved(300, 8))
    me.stop_at(5, lambda: me.document.push(SetKeyframe(me.document, track_id, 20, human)))
    qtbot.waitUntil(lambda: bool(me.ends))
    assert me.track.box_at(20) == human.box
    assert 20 not in me.track.boxes


def test_lost_target_stops_says_so_and_shows_the_first_lost_frame(qtbot: QtBot, seat) -> None:
    me = seat(script=FakeTrackerScript(lost_from=12))
    me.draw()
    me.session.rules = StopRules(lost_frames=4)
    me.session.propagate(1)
    qtbot.waitUntil(lambda: bool(me.ends))
    sentence = "Stopped at frame 12: the tracker lost the target. Move the box there and press Enter to go on."
    assert (me.ends[0].reason, me.ends[0].text) == (StopReason.LOST, sentence)
    assert me.session.run_state.text == sentence
    assert me.session.frame == 12
    assert me.track.boxes.get(12).status is TrackStatus.NOT_FOUND
    assert me.track.box_at(12) is None
    assert me.results[-1].status is TrackStatus.NOT_FOUND, "its score map shows why"
    me.session.confirm()
    assert "lost on frame 12" in me.failures[0].text
    me.bench.trackers[0].script = FakeTrackerScript()
    me.session.set_box(START.moved(70, 0))
    me.session.confirm()
    qtbot.waitUntil(lambda: len(me.ends) == 2)
    assert me.ends[1].text == "Reached frame 59."
    assert me.track.boxes.get(59).box == START.moved(70 + 47, 0)


def test_enter_on_a_tracked_box_makes_it_a_keyframe(qtbot: QtBot, seat) -> None:
    me = seat()
    me.draw()
    me.session.propagate(1, 10)
    qtbot.waitUntil(lambda: bool(me.ends))
    me.session.go_to(5)
    me.session.confirm()
    qtbot.waitUntil(me.idle)
    assert me.track.keyframes[5] == Keyframe(START.moved(5, 0))
    assert me.session.frame == 5, "a run that reached its end does not go on"
    assert len(me.ends) == 1


@pytest.mark.parametrize("ending", ["reached", "escaped", "reopened"])
def test_a_box_that_was_moved_is_learned_and_tracked_on_from_even_after_the_run(
    qtbot: QtBot, seat, ending: str
) -> None:
    me = seat(script=FakeTrackerScript(delay=0.002))
    me.draw()
    me.session.propagate(1, 30)
    if ending == "escaped":
        me.stop_at(20, me.session.cancel)
    qtbot.waitUntil(lambda: bool(me.ends))
    if ending == "reopened":
        me.session._control.continuation = None
    me.session.go_to(10)
    me.session.set_box(START.moved(10, 5))
    me.session.confirm()
    qtbot.waitUntil(lambda: len(me.ends) == 2)
    last = 59 if ending == "reopened" else 30
    assert me.ends[1].text == f"Reached frame {last}."
    assert me.track.boxes.get(30).box == START.moved(30, 5)
    assert me.track.boxes.get(9).box == START.moved(9, 0)


def test_escape_forgets_the_run_that_enter_would_go_on_with(qtbot: QtBot, seat) -> None:
    me = seat(script=FakeTrackerScript(delay=0.01))
    me.draw()
    me.session.propagate(1)
    me.stop_at(8, me.session.cancel)
    qtbot.waitUntil(lambda: bool(me.ends))
    me.session.go_to(8)
    me.session.confirm()
    qtbot.waitUntil(me.idle)
    assert len(me.ends) == 1
    assert me.session.frame == 8


def test_several_tracks_in_one_run_are_one_step_of_undo(qtbot: QtBot, seat) -> None:
    me = seat()
    first = me.draw()
    second = me.draw(START.moved(0, 15))
    steps = me.document.undo_stack.count()
    me.session.propagate(1, 10, track_ids=[first, second])
    qtbot.waitUntil(lambda: bool(me.ends))
    tracks = [me.document.track(it) for it in (first, second)]
    assert [track.boxes.get(10).box for track in tracks] == [START.moved(10, 0), START.moved(10, 15)]
    assert me.document.undo_stack.count() == steps + 1
    me.session.undo()
    assert [len(track.boxes) for track in tracks] == [0, 0]


def test_scrubbing_back_shows_the_heat_map_again(qtbot: QtBot, seat) -> None:
    me = seat()
    me.draw()
    me.session.propagate(1, 20)
    qtbot.waitUntil(lambda: bool(me.ends))
    me.session.go_to(7)
    assert me.results[-1].box == START.moved(7, 0)
    qtbot.waitUntil(lambda: me.pictures[-1] == (7, 7))
    me.session.go_to(40)
    assert me.results[-1] is None
    me.session.go_to(7)
    me.session.select_track(0)
    assert me.results[-1] is None


def test_looking_elsewhere_pauses_the_run(qtbot: QtBot, seat) -> None:
    me = seat(script=FakeTrackerScript(delay=0.01))
    me.draw()
    me.session.propagate(1)
    me.stop_at(6, lambda: me.session.go_to(2))
    qtbot.waitUntil(lambda: me.session.run_state.phase is Phase.PAUSED)
    me.session.toggle_pause()
    qtbot.waitUntil(lambda: bool(me.ends))
    assert me.tracked_frames() == list(range(1, 60))


def test_fault_returns_to_idle_and_the_run_can_be_repeated(qtbot: QtBot, seat) -> None:
    me = seat(script=FakeTrackerScript(fail_at=9))
    me.draw()
    me.session.propagate(1)
    qtbot.waitUntil(lambda: bool(me.ends))
    assert me.failures[0].is_bug
    assert me.ends[0].reason is StopReason.FAILED
    assert me.session.run_state == RunState(Phase.IDLE, me.failures[0].text, 8, 8, 0, me.session.run_state.fps)
    assert me.tracked_frames() == list(range(1, 9)), "what was tracked before is kept"
    me.bench.trackers[0].script = FakeTrackerScript()
    me.session.propagate(1)
    qtbot.waitUntil(lambda: len(me.ends) == 2)
    assert me.tracked_frames() == list(range(1, 60))


def test_failed_correction_returns_to_idle_with_its_sentence(qtbot: QtBot, seat) -> None:
    me = seat()
    me.draw()
    me.clip.rename(me.clip.with_name("missing.mp4"))
    sequence = me.session.sequence
    assert sequence is not None
    sequence.path = str(me.clip.with_name("missing.mp4"))
    me.session.confirm()
    qtbot.waitUntil(lambda: bool(me.failures))
    assert me.idle()
    assert me.session.run_state.text == me.failures[0].text == "missing.mp4 is not there: it was moved or deleted."


@pytest.mark.parametrize(
    "box", [BoundingBox(700, 0, 10, 10), BoundingBox(5, 5, 0, 5), BoundingBox(float("nan"), 1, 5, 5)]
)
def test_unusable_box_is_refused_in_words_and_changes_nothing(seat, box: BoundingBox) -> None:
    me = seat()
    steps = me.document.undo_stack.count()
    assert me.draw(box) == 0
    assert "empty or outside the picture" in me.failures[0].text
    me.draw()
    me.session.set_box(box)
    assert len(me.failures) == 2
    assert me.track.keyframes == {0: Keyframe(START)}
    assert me.document.undo_stack.count() == steps + 1


def test_nothing_to_propagate_is_refused_in_words(seat) -> None:
    me = seat()
    me.session.propagate(1)
    assert "no box on frame 0" in me.failures[-1].text
    me.draw()
    me.session.propagate(Direction.BACKWARD)
    assert "Frame 0 is the last one in that direction" in me.failures[-1].text
    assert me.idle()


def test_worker_never_runs_more_than_three_frames_ahead_of_the_picture(qtbot: QtBot, seat) -> None:
    me = seat()
    me.painting = False
    me.draw()
    shown_when_tracked: list[int] = []
    me.on_frame = lambda frame: shown_when_tracked.append(me.bench.trackers[0].calls.count("track") - frame)
    me.session.propagate(1, 20)
    qtbot.waitUntil(lambda: bool(me.ends), timeout=20_000)
    assert max(shown_when_tracked) <= 2
    assert me.tracked_frames() == list(range(1, 21)), "a hidden window, which paints nothing, does not stall a run"


def test_track_removed_during_its_run_ends_it(qtbot: QtBot, seat) -> None:
    me = seat(script=FakeTrackerScript(delay=0.005))
    track_id = me.draw()
    me.session.propagate(1)
    me.stop_at(5, lambda: me.document.push(RemoveTrack(me.document, track_id)))
    qtbot.waitUntil(lambda: bool(me.ends))
    assert me.ends[0].reason is StopReason.CANCELLED
    assert me.session.track_id == 0
    me.session.undo()
    assert me.document.track(track_id).boxes.frames().tolist() == [1, 2, 3, 4, 5]


def test_outside_ends_the_run_before_it(qtbot: QtBot, seat) -> None:
    me = seat()
    me.draw()
    me.session.go_to(12)
    me.session.track_edits.toggle_outside()
    assert me.track.keyframes[12] == Keyframe(None)
    me.session.go_to(0)
    me.session.propagate(1)
    qtbot.waitUntil(lambda: bool(me.ends))
    assert me.tracked_frames() == list(range(1, 12))
    assert me.ends[0].text == "Reached frame 11: outside from frame 12 on."
    me.session.go_to(12)
    me.session.track_edits.delete_here()
    assert 12 not in me.track.keyframes


def test_moving_a_keyframe_keeps_its_flags(seat) -> None:
    me = seat()
    track_id = me.draw()
    me.document.push(SetKeyframe(me.document, track_id, 0, Keyframe(START, occluded=True, visibility=0.5)))
    me.session.set_box(START.moved(1, 0), merge=True)
    assert me.track.keyframes[0] == Keyframe(START.moved(1, 0), occluded=True, visibility=0.5)


def test_read_only_project_refuses_in_words(qtbot: QtBot, seat, monkeypatch: pytest.MonkeyPatch) -> None:
    me = seat()
    me.draw()
    monkeypatch.setattr(me.document, "read_only", True)
    steps = me.document.undo_stack.count()
    for act in (lambda: me.session.propagate(1), me.session.confirm, lambda: me.session.set_box(START), me.draw):
        act()
        assert "can only be read" in me.failures[-1].text
    assert len(me.failures) == 4
    assert me.document.undo_stack.count() == steps
    assert me.idle()


def test_playing_follows_the_clock_and_stops_at_the_end(qtbot: QtBot, seat) -> None:
    me = seat(frame_count=20)
    started = time.perf_counter()
    me.session.play(2.0)
    assert me.session.playing
    qtbot.waitUntil(lambda: not me.session.playing)
    assert time.perf_counter() - started >= 19 / 25 / 2
    frames = [frame for frame, _ in me.pictures]
    assert frames == sorted(set(frames))
    assert frames[-1] == 19
    assert all(frame == picture for frame, picture in me.pictures)


def test_space_plays_and_stops_when_nothing_runs(qtbot: QtBot, seat) -> None:
    me = seat()
    me.session.toggle_pause()
    assert me.session.playing
    qtbot.waitUntil(lambda: me.session.frame >= 2)
    me.session.toggle_pause()
    assert not me.session.playing
    here = me.session.frame
    me.session.play(-1.0)
    qtbot.waitUntil(lambda: me.session.frame == 0)
    assert here > 0


def test_video_that_changed_since_it_was_labelled_is_noticed(qtbot: QtBot, seat) -> None:
    me = seat()
    sequence = me.session.sequence
    assert sequence is not None
    sequence.frame_count = 70
    me.session.open_sequence(sequence.id)
    assert "clip.mp4 has changed: it had 70 frames" in me.media_failures[0]
    me.session.go_to(65)
    assert "Frame 65 is not in clip.mp4" in me.media_failures[1]


def test_missing_video_is_a_sentence(qtbot: QtBot, seat) -> None:
    me = seat()
    other = me.document.add_sequence(me.clip.with_name("missing.mp4"), "missing", 10, 640, 48, 25.0)
    me.session.open_sequence(other.id)
    qtbot.waitUntil(lambda: bool(me.media_failures))
    assert me.media_failures == ["missing.mp4 is not there: it was moved or deleted."]
    me.session.go_to(3)
    me.session.step(-1)
    assert me.session.frame == 2


def test_close_during_a_run_keeps_its_boxes(qtbot: QtBot, seat) -> None:
    me = seat(script=FakeTrackerScript(delay=0.01))
    me.draw()
    me.session.propagate(1)
    qtbot.waitUntil(lambda: len(me.tracked_frames()) >= 3)
    me.session.close()
    me.tracker.shutdown()
    assert me.document.undo_stack.text(me.document.undo_stack.index() - 1) == "Propagate"
    me.session.close = lambda: None  # type: ignore[method-assign]
