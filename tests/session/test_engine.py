"""The engine: order, memory, barriers, stops; without Qt and without a network."""

from __future__ import annotations

import dataclasses
import subprocess
import sys

import numpy as np
import pytest
from session_fakes import CLIP, START, Bench, propagation, target

from app.errors import AppError
from app.media.frame_source import OpeningCancelledError
from app.session.engine import Cancelled, Engine
from app.session.fake_tracker import FakeTracker, FakeTrackerScript
from app.session.messages import (
    Corrected,
    CorrectionRequest,
    FrameTracked,
    ModelChoice,
    Preparing,
    RunFinished,
    StopReason,
    StopRules,
    TargetStop,
)
from app.session.run import Run
from tracker.errors import TrackerError
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus


def drain(run: Run) -> tuple[list[FrameTracked], RunFinished]:
    tracked = []
    while isinstance(step := run.step(), FrameTracked):
        tracked.append(step)
    return tracked, step


def correction(frame: int, box: BoundingBox, *keyframes: tuple[int, BoundingBox]) -> CorrectionRequest:
    return CorrectionRequest(9, CLIP, target(1, *keyframes, start=box), frame, ModelChoice("fake"))


def test_forward_run_gives_every_frame_once_in_order_and_reaches_the_end() -> None:
    tracked, end = drain(Bench().engine().start(propagation(20)))
    assert [reply.frame for reply in tracked] == list(range(1, 21))
    assert [reply.results[0][1].box.x for reply in tracked] == [10 + n for n in range(1, 21)]
    assert all(int(reply.image[0, 0, 0]) == reply.frame for reply in tracked)
    assert (end.reason, end.frame, end.frames_done, end.text) == (
        StopReason.REACHED_END,
        20,
        20,
        "Reached frame 20.",
    )
    assert end.seconds == pytest.approx(sum(reply.elapsed_ms for reply in tracked) / 1000)


def test_backward_run_goes_down_to_the_first_frame() -> None:
    keyframe = (5, START)
    tracked, end = drain(Bench().engine().start(propagation(0, target(1, keyframe), start_frame=5)))
    assert [reply.frame for reply in tracked] == [4, 3, 2, 1, 0]
    assert (end.reason, end.frame) == (StopReason.REACHED_END, 0)


def test_end_beyond_the_video_is_its_last_frame() -> None:
    _, end = drain(Bench(frame_count=8).engine().start(propagation(10_000)))
    assert (end.reason, end.frame) == (StopReason.REACHED_END, 7)


def test_several_targets_share_each_decoded_frame() -> None:
    bench = Bench()
    other = BoundingBox(100, 10, 5, 5)
    tracked, _ = drain(bench.engine().start(propagation(10, target(1), target(2, (0, other), start=other))))
    assert [[track for track, _ in reply.results] for reply in tracked] == [[1, 2]] * 10
    assert tracked[-1].results[1][1].box == other.moved(10, 0)
    assert bench.sources[0].reads == [0, 0, *range(1, 11)]
    assert len(bench.sources) == 1
    assert len(bench.trackers) == 2


@pytest.mark.parametrize("ends", [20, 15])
def test_lost_target_stops_the_run_at_its_first_lost_frame(ends: int) -> None:
    bench = Bench(script=FakeTrackerScript(lost_from=12))
    tracked, end = drain(bench.engine().start(propagation(ends, rules=StopRules(lost_frames=3))))
    assert tracked[-1].frame == 14
    assert tracked[-1].results[0][1].status is TrackStatus.NOT_FOUND
    assert (end.reason, end.frame, end.frames_done) == (StopReason.LOST, 12, 14)
    assert end.text == (
        "Stopped at frame 12: the tracker lost the target. Move the box there and press Enter to go on."
    )
    assert end.stops == (TargetStop(1, StopReason.LOST, 12),)


def test_target_found_again_in_time_goes_on() -> None:
    bench = Bench(script=FakeTrackerScript(lost_from=5, lost_until=9))
    _, end = drain(bench.engine().start(propagation(20, rules=StopRules(lost_frames=5))))
    assert end.reason is StopReason.REACHED_END


def test_zero_lost_frames_never_stops() -> None:
    bench = Bench(script=FakeTrackerScript(lost_from=1))
    _, end = drain(bench.engine().start(propagation(30, rules=StopRules(lost_frames=0))))
    assert (end.reason, end.frames_done) == (StopReason.REACHED_END, 30)


def test_uncertain_target_stops_when_asked_to() -> None:
    bench = Bench(script=FakeTrackerScript(uncertain_from=4))
    _, end = drain(bench.engine().start(propagation(20, rules=StopRules(uncertain_frames=2))))
    assert (end.reason, end.frame, end.frames_done) == (StopReason.UNCERTAIN, 4, 5)
    assert "look-alikes" in end.text


def test_one_lost_target_leaves_the_others_running() -> None:
    bench = Bench()
    scripts = iter([FakeTrackerScript(lost_from=3), FakeTrackerScript()])

    def make(choice: ModelChoice) -> FakeTracker:
        bench.script = next(scripts)
        return Bench.make_tracker(bench, choice)

    bench.make_tracker = make  # type: ignore[method-assign]
    run = bench.engine().start(propagation(10, target(7, name="car"), target(8), rules=StopRules(lost_frames=2)))
    tracked, end = drain(run)
    assert [[track for track, _ in reply.results] for reply in tracked] == [[7, 8]] * 4 + [[8]] * 6
    assert (end.reason, end.text) == (StopReason.REACHED_END, "Reached frame 10. car was lost at frame 3.")


def test_keyframe_inside_the_range_is_a_barrier() -> None:
    human = BoundingBox(200, 5, 20, 20)
    bench = Bench()
    tracked, _ = drain(bench.engine().start(propagation(10, target(1, (0, START), (6, human)))))
    boxes = {reply.frame: reply.results[0][1].box for reply in tracked}
    assert boxes[5] == START.moved(5, 0)
    assert boxes[6] == human
    assert boxes[7] == human.moved(1, 0), "goes on from the person's box"
    assert set(bench.trackers[0].learned) == {human, START}


def test_run_that_comes_to_a_keyframe_on_the_wrong_track_goes_on_as_one_that_begins_there() -> None:
    far = BoundingBox(200, 5, 20, 20)
    known = ((0, START), (6, far))
    through, starting = Bench(), Bench()
    passing, _ = drain(through.engine().start(propagation(10, target(1, *known))))
    begun, _ = drain(starting.engine().start(propagation(10, target(1, *known, start=far), start_frame=6)))
    assert [reply.results[0][1].box for reply in passing[6:]] == [reply.results[0][1].box for reply in begun]
    assert through.trackers[0].learned == starting.trackers[0].learned == [START, far]
    assert through.trackers[0].snapshot() == starting.trackers[0].snapshot()


def test_run_that_comes_to_a_keyframe_rightly_keeps_what_it_learned_on_the_way() -> None:
    bench = Bench()
    drain(bench.engine().start(propagation(10, target(1, (0, START), (6, START.moved(5, 1))))))
    assert bench.trackers[0].calls.count("rebuild") == 1
    assert "correct" not in bench.trackers[0].calls[2:]


def test_each_target_ends_on_its_own_last_frame() -> None:
    bench = Bench()
    targets = (dataclasses.replace(target(1), last_frame=3), dataclasses.replace(target(2), last_frame=6))
    tracked, end = drain(bench.engine().start(propagation(6, *targets)))
    assert [[track for track, _ in reply.results] for reply in tracked] == [[1, 2]] * 3 + [[2]] * 3
    assert (end.reason, end.frame, end.text) == (StopReason.REACHED_END, 6, "Reached frame 6.")


def scripted(box_at: dict[int, BoundingBox]) -> FakeTrackerScript:
    """A target whose box is put elsewhere at some steps."""
    return FakeTrackerScript(box_at=box_at)


@pytest.mark.parametrize(
    ("elsewhere", "reason"),
    [
        (START.moved(60, 5), StopReason.JUMPED),
        (BoundingBox(10, 20, 24, 16), StopReason.JUMPED),
        (START.moved(3, 1), None),
    ],
    ids=["far", "large", "near"],
)
def test_jump_in_position_or_size_stops_at_once(elsewhere: BoundingBox, reason: StopReason | None) -> None:
    bench = Bench(script=scripted({7: elsewhere}))
    tracked, end = drain(bench.engine().start(propagation(20)))
    if reason is None:
        assert end.reason is StopReason.REACHED_END
    else:
        assert (end.reason, end.frame, tracked[-1].frame) == (reason, 7, 7)
        assert end.text.startswith("Stopped at frame 7: the box jumped.")


def test_steady_speed_is_no_jump_and_neither_is_stopping() -> None:
    moving = {step: START.moved(40 * min(step, 8), 0) for step in range(1, 12)}
    start = dataclasses.replace(target(1), start_box=START)
    rules = StopRules(jump=5.0)
    _, end = drain(Bench(script=scripted(moving)).engine().start(propagation(11, start, rules=rules)))
    assert end.reason is StopReason.REACHED_END
    # 4.1 target sizes a frame is more than one allows without a reason, but only its first step had none
    _, end = drain(Bench(script=scripted(moving)).engine().start(propagation(11, start, rules=StopRules(jump=4.0))))
    assert (end.reason, end.frame) == (StopReason.JUMPED, 1)


def test_target_that_leaves_the_picture_stops_and_outside_is_only_proposed() -> None:
    start = BoundingBox(620, 20, 12, 8)
    bench = Bench()
    run = bench.engine().start(propagation(40, target(1, (0, start), start=start)))
    tracked, end = drain(run)
    # half of the box is beyond x = 640 from frame 15 on
    assert (end.reason, end.frame, tracked[-1].frame) == (StopReason.LEFT, 15, 17)
    assert "Mark it as outside if it is gone" in end.text
    assert tracked[-1].stops == end.stops == (TargetStop(1, StopReason.LEFT, 15),)


def test_keep_going_stops_for_nothing() -> None:
    bench = Bench(script=FakeTrackerScript(lost_from=4, box_at={2: START.moved(300, 0)}))
    tracked, end = drain(bench.engine().start(propagation(30, rules=StopRules(keep_going=True))))
    assert (end.reason, len(tracked)) == (StopReason.REACHED_END, 30)


def test_keyframe_ends_a_row_of_lost_frames() -> None:
    human = BoundingBox(200, 5, 20, 20)
    bench = Bench(script=FakeTrackerScript(lost_from=4, lost_until=7))
    run = bench.engine().start(propagation(9, target(1, (0, START), (6, human)), rules=StopRules(lost_frames=3)))
    tracked, end = drain(run)
    assert end.reason is StopReason.REACHED_END
    assert tracked[5].results[0][1].status is TrackStatus.FOUND


def test_going_on_from_where_it_stands_learns_nothing_anew() -> None:
    bench = Bench()
    engine = bench.engine()
    tracked, _ = drain(engine.start(propagation(10)))
    here = tracked[-1].results[0][1].box
    again, _ = drain(engine.start(propagation(20, target(1, (0, START), start=here), start_frame=10)))
    assert again[0].results[0][1].box == here.moved(1, 0)
    assert bench.trackers[0].calls == ["initialize"] + ["track"] * 20


def test_starting_from_another_tracked_box_forgets_what_was_tracked_and_stands_there() -> None:
    bench = Bench()
    engine = bench.engine()
    drain(engine.start(propagation(10)))
    elsewhere = START.moved(4, 0)
    tracked, _ = drain(engine.start(propagation(6, target(1, (0, START), start=elsewhere), start_frame=4)))
    assert tracked[0].results[0][1].box == elsewhere.moved(1, 0)
    assert bench.trackers[0].calls[11:13] == ["restore", "reposition"]


def test_target_without_keyframes_starts_from_its_box() -> None:
    bench = Bench()
    request = propagation(3, dataclasses.replace(target(), keyframes=()))
    tracked, _ = drain(bench.engine().start(request))
    assert len(tracked) == 3
    assert bench.trackers[0].learned == [START]


def test_correction_where_the_tracker_stands_is_learned_by_it() -> None:
    bench = Bench()
    engine = bench.engine()
    run = engine.start(propagation(50))
    for _ in range(8):
        run.step()
    right = BoundingBox(60, 20, 12, 8)
    reply = engine.correct(correction(8, right, (0, START), (8, right)))
    assert isinstance(reply, Corrected)
    assert (reply.frame, reply.track_id, reply.result.box) == (8, 1, right)
    assert int(reply.image[0, 0, 0]) == 8
    assert bench.trackers[0].calls == ["initialize"] + ["track"] * 8 + ["correct"]
    tracked, _ = drain(engine.start(propagation(12, target(1, (0, START), (8, right), start=right), start_frame=8)))
    assert [reply.results[0][1].box for reply in tracked] == [right.moved(n, 0) for n in range(1, 5)]
    assert bench.trackers[0].calls[10:] == ["track"] * 4, "going on after a correction prepares nothing"


def test_correction_far_from_where_the_tracker_stands_starts_from_the_keyframes() -> None:
    bench = Bench()
    engine = bench.engine()
    drain(engine.start(propagation(50)))
    right = BoundingBox(60, 20, 12, 8)
    engine.correct(correction(8, right, (0, START), (8, right)))
    assert bench.trackers[0].calls[51:] == ["restore", "correct"], "nothing of the frames between is left"
    assert bench.trackers[0].learned == [START, right]


def test_asking_for_the_same_correction_again_learns_nothing() -> None:
    bench = Bench()
    engine = bench.engine()
    request = correction(8, START, (0, START), (8, START))
    first = engine.correct(request)
    calls = list(bench.trackers[0].calls)
    assert engine.correct(request).result is first.result
    assert bench.trackers[0].calls == calls


def test_undone_keyframe_leaves_the_memory() -> None:
    bench = Bench()
    engine = bench.engine()
    right = BoundingBox(60, 20, 12, 8)
    engine.correct(correction(8, right, (0, START), (8, right)))
    drain(engine.start(propagation(10)))
    assert bench.trackers[0].learned == [START]


def test_memory_does_not_depend_on_the_way_there() -> None:
    """Open, undo and redo share one path: the same request after different histories gives the same boxes."""
    right = BoundingBox(60, 20, 12, 8)
    request = propagation(20, target(1, (0, START), (8, right)))
    fresh, wandered = Bench(), Bench()
    engine = wandered.engine()
    drain(engine.start(propagation(30)))
    engine.correct(correction(8, right, (0, START), (8, right)))
    drain(engine.start(propagation(0, target(1, (8, right), start=right), start_frame=8)))
    expected = [reply.results for reply in drain(fresh.engine().start(request))[0]]
    got = [reply.results for reply in drain(engine.start(request))[0]]
    assert [r[0][1].box for r in got] == [r[0][1].box for r in expected]
    assert sorted(map(repr, wandered.trackers[0].learned)) == sorted(map(repr, fresh.trackers[0].learned))


def test_tracker_that_failed_starts_from_what_it_learned() -> None:
    bench = Bench(script=FakeTrackerScript(fail_at=4))
    engine = bench.engine()
    run = engine.start(propagation(10))
    for _ in range(3):
        run.step()
    with pytest.raises(RuntimeError, match="injected"):
        run.step()
    bench.trackers[0].script = FakeTrackerScript()
    tracked, end = drain(engine.start(propagation(10, target(1, start=START.moved(3, 0)), start_frame=3)))
    assert end.reason is StopReason.REACHED_END
    assert tracked[0].results[0][1].box == START.moved(4, 0)
    assert bench.trackers[0].calls[5:7] == ["restore", "reposition"]


def test_preparing_is_told_and_can_be_cancelled() -> None:
    bench = Bench()
    said: list[Preparing] = []
    bench.engine().start(propagation(5, target(1, (0, START), (3, START))), said.append)
    assert [p.text for p in said] == [
        "Opening clip.mp4",
        "Reading clip.mp4",
        "Loading the tracker",
        "Learning the keyframes",
        "Learning the keyframes",
    ]
    assert [(p.done, p.total) for p in said[3:]] == [(0, 2), (1, 2)]
    with pytest.raises(Cancelled):
        bench.engine().start(propagation(5), cancelled=lambda: True)


def test_other_source_closes_the_one_before() -> None:
    bench = Bench()
    engine = bench.engine()
    engine.start(propagation(5))
    engine.start(propagation(5, source=CLIP.with_name("other.mp4")))
    assert [source.closed for source in bench.sources] == [True, False]
    engine.close()
    assert bench.sources[1].closed


def test_idle_trackers_are_bounded() -> None:
    bench = Bench()
    engine = bench.engine()
    for track_id in range(1, 30):
        engine.start(propagation(2, target(track_id)))
    engine.start(propagation(2, target(1)))
    assert len(bench.trackers) == 30, "the tracker of the first target was let go"
    engine.start(propagation(2, target(29)))
    assert len(bench.trackers) == 30, "that of the latest was not"


@pytest.mark.parametrize(
    ("request_", "sentence"),
    [
        (propagation(5, source=CLIP.with_name("missing.mp4")), "missing.mp4 is not there"),
        (propagation(70, start_frame=60), "Frame 60 is not in clip.mp4: its frames are 0 to 59"),
        (propagation(-1, start_frame=0), "no frame to go to from frame 0"),
        (propagation(80, start_frame=59), "no frame to go to from frame 59"),
        (propagation(0, start_frame=0), "no frame to go to from frame 0"),
    ],
)
def test_request_that_does_not_fit_is_refused_in_words(request_, sentence: str) -> None:
    with pytest.raises(AppError, match=sentence):
        Bench().engine().start(request_)


@pytest.mark.parametrize(
    "box", [BoundingBox(-50, 0, 20, 20), BoundingBox(0, 0, 0, 5), BoundingBox(float("nan"), 0, 5, 5)]
)
def test_unusable_box_is_the_trackers_sentence(box: BoundingBox) -> None:
    with pytest.raises(TrackerError, match="empty or outside"):
        Bench().engine().start(propagation(5, target(1, (0, box), start=box)))


def test_unreadable_frame_passes_through_and_the_engine_stays_usable() -> None:
    bench = Bench(unreadable=4)
    engine = bench.engine()
    run = engine.start(propagation(10))
    for _ in range(3):
        run.step()
    with pytest.raises(AppError, match="Frame 4"):
        run.step()
    assert drain(engine.start(propagation(3)))[1].reason is StopReason.REACHED_END


def test_fake_score_map_peaks_at_the_box() -> None:
    fake = FakeTracker()
    image = np.zeros((48, 640, 3), np.uint8)
    fake.initialize(image, START)
    result = fake.track(image)
    assert result.score_map.shape == (17, 17)
    assert not result.score_map.flags.writeable
    row, column = np.unravel_index(np.argmax(result.score_map), (17, 17))
    place = result.score_map_box
    assert place.x + (column + 0.5) / 17 * place.w == pytest.approx(result.box.center[0], abs=place.w / 17)
    assert place.y + (row + 0.5) / 17 * place.h == pytest.approx(result.box.center[1], abs=place.h / 17)


def test_engine_loads_neither_qt_nor_torch() -> None:
    code = (
        "import sys, app.session.engine, app.session.tracker_factory, app.session.fake_tracker;"
        "sys.exit(any(name in sys.modules for name in ('PySide6', 'torch')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_run_ends_before_the_frame_where_the_target_goes_outside() -> None:
    tracked, end = drain(Bench().engine().start(propagation(20, dataclasses.replace(target(), outside=(7,)))))
    assert [reply.frame for reply in tracked] == [1, 2, 3, 4, 5, 6]
    assert (end.reason, end.frame, end.text) == (
        StopReason.REACHED_END,
        6,
        "Reached frame 6: outside from frame 7 on.",
    )


@pytest.mark.parametrize("direction", [1, -1])
def test_target_is_not_tracked_while_outside_and_comes_back_at_its_keyframe(direction: int) -> None:
    back = BoundingBox(300, 5, 20, 20)
    start, outside, returns = (0, 4, 8) if direction == 1 else (12, 8, 4)
    request = dataclasses.replace(target(1, *sorted([(start, START), (returns, back)])), outside=(outside,))
    tracked, end = drain(Bench().engine().start(propagation(12 - start, request, start_frame=start)))
    seen = [bool(reply.results) for reply in tracked]
    assert seen == [True] * 3 + [False] * 4 + [True] * 5
    assert tracked[7].results[0][1].box == back
    assert tracked[8].results[0][1].box == back.moved(1, 0)
    assert end.reason is StopReason.REACHED_END


def test_starting_from_one_of_many_keyframes_learns_it_last() -> None:
    """The tracker stands where it learned last, so no box has to be given to it again."""
    bench = Bench()
    middle = START.moved(30, 0)
    later = middle.moved(4, 0)
    request = propagation(10, target(1, (0, START), (4, middle), (8, later), start=middle), start_frame=4)
    tracked, _ = drain(bench.engine().start(request))
    assert bench.trackers[0].learned == [START, later, middle]
    assert bench.trackers[0].calls[:3] == ["rebuild", "correct", "track"]
    assert tracked[0].results[0][1].box == middle.moved(1, 0)


def test_note_of_the_device_travels_with_the_frames() -> None:
    bench = Bench()
    run = bench.engine().start(propagation(3))
    bench.trackers[0].device_note = "The graphics card is full: going on on the processor."
    tracked, _ = drain(run)
    assert {reply.note for reply in tracked} == {bench.trackers[0].device_note}


def test_repeated_run_and_undone_correction_recall_the_memory_and_give_the_same_boxes() -> None:
    bench = Bench()
    engine = bench.engine()
    far = BoundingBox(60, 20, 12, 8)
    first, _ = drain(engine.start(propagation(40)))
    engine.correct(correction(8, far, (0, START), (8, far)))
    bench.trackers[0].calls.clear()
    again, _ = drain(engine.start(propagation(40)))
    assert [reply.results[0][1].box for reply in again] == [reply.results[0][1].box for reply in first]
    assert bench.trackers[0].calls == ["restore"] + ["track"] * 40
    assert bench.trackers[0].learned == [START]


def test_kept_memories_are_bounded() -> None:
    bench = Bench()
    engine = bench.engine()
    for x in range(10):
        engine.correct(correction(0, START.moved(x, 0), (0, START.moved(x, 0))))
    assert bench.trackers[0].calls == ["initialize"] * 10
    engine.correct(correction(0, START, (0, START)))
    assert bench.trackers[0].calls[-1] == "initialize", "the first is forgotten"
    engine.correct(correction(0, START.moved(9, 0), (0, START.moved(9, 0))))
    assert bench.trackers[0].calls[-1] == "restore", "the one before is not"


def test_opening_that_is_given_up_is_a_cancellation_and_the_next_request_opens_anew() -> None:
    bench = Bench()
    give_up = [True]

    def open_source(path, progress=None, cancelled=None):
        if give_up.pop():
            msg = "Opening clip.mp4 was cancelled."
            raise OpeningCancelledError(msg)
        return bench.open_source(path, progress, cancelled)

    engine = Engine(open_source, bench.make_tracker)
    with pytest.raises(Cancelled):
        engine.start(propagation(5))
    give_up.append(False)
    assert drain(engine.start(propagation(5)))[1].reason is StopReason.REACHED_END
