"""The worker's thread through its front door: order, cancelling, pausing, back-pressure, failure, shutdown."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from session_fakes import CLIP, START, Bench, propagation, target

from app.session.fake_tracker import FakeTrackerScript
from app.session.messages import (
    Corrected,
    CorrectionRequest,
    FrameTracked,
    ModelChoice,
    Preparing,
    Reply,
    RunFinished,
    StopReason,
    WorkerFailed,
)
from app.session.tracker_thread import TrackerThread
from app.session.worker import MAX_UNACKNOWLEDGED
from tracker.errors import TrackerError
from tracker.geometry import BoundingBox


class Desk(QObject):
    """Takes the replies in the UI thread, as the session does."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self.thread_ = TrackerThread(bench.open_source, bench.make_tracker)
        self.replies: list[Reply] = []
        self.heard_at = 0.0
        self.acknowledging = True
        self.on_frame: Callable[[FrameTracked], None] | None = None
        self.thread_.reply.connect(self.take)

    def take(self, reply: Reply) -> None:
        assert QThread.currentThread() is self.thread()
        self.replies.append(reply)
        self.heard_at = time.perf_counter()
        if isinstance(reply, FrameTracked):
            if self.acknowledging:
                self.thread_.acknowledge()
            if self.on_frame is not None:
                self.on_frame(reply)

    def of(self, kind: type) -> list:
        return [reply for reply in self.replies if isinstance(reply, kind)]

    def frames(self) -> list[int]:
        return [reply.frame for reply in self.of(FrameTracked)]

    def finished(self) -> bool:
        return bool(self.of(RunFinished))


@pytest.fixture
def make_desk(qtbot: QtBot) -> Iterator[Callable[..., Desk]]:
    desks: list[Desk] = []

    def make(frame_count: int = 60, script: FakeTrackerScript | None = None, **source: int) -> Desk:
        desks.append(Desk(Bench(frame_count, script, **source)))
        return desks[-1]

    yield make
    for desk in desks:
        desk.thread_.shutdown()


def correction(frame: int, box: BoundingBox, request_id: int = 2) -> CorrectionRequest:
    return CorrectionRequest(
        request_id, CLIP, target(1, (0, START), (frame, box), start=box), frame, ModelChoice("fake")
    )


def test_replies_arrive_in_order_in_the_ui_thread(qtbot: QtBot, make_desk) -> None:
    desk = make_desk()
    desk.thread_.submit(propagation(40))
    qtbot.waitUntil(desk.finished)
    assert desk.frames() == list(range(1, 41))
    kinds = [type(reply) for reply in desk.replies]
    assert kinds == sorted(kinds, key=[Preparing, FrameTracked, RunFinished].index)
    assert desk.replies[-1].reason is StopReason.REACHED_END


def test_source_and_tracker_are_made_in_the_workers_thread(qtbot: QtBot, make_desk) -> None:
    desk = make_desk()
    desk.thread_.submit(propagation(3))
    qtbot.waitUntil(desk.finished)
    assert desk.bench.sources[0].thread != threading.get_ident()


def test_slow_run_is_cancelled_within_half_a_second(qtbot: QtBot, make_desk) -> None:
    desk = make_desk(script=FakeTrackerScript(delay=0.15))
    desk.thread_.submit(propagation(50))
    qtbot.waitUntil(lambda: len(desk.frames()) == 2)
    started = time.perf_counter()
    desk.thread_.cancel()
    qtbot.waitUntil(desk.finished)
    assert time.perf_counter() - started < 0.5
    assert desk.replies[-1].reason is StopReason.CANCELLED
    assert desk.frames() == [1, 2], "a frame under way when its run is cancelled is not shown"


def test_paused_run_takes_at_most_the_frame_under_way_and_goes_on(qtbot: QtBot, make_desk) -> None:
    desk = make_desk(script=FakeTrackerScript(delay=0.01))

    def pause_at_five(reply: FrameTracked) -> None:
        if reply.frame == 5:
            desk.thread_.pause()
            begun.append(desk.bench.trackers[0].calls.count("track"))

    begun: list[int] = []
    desk.on_frame = pause_at_five
    desk.thread_.submit(propagation(30))
    qtbot.waitUntil(lambda: 5 in desk.frames())
    qtbot.waitUntil(lambda: time.perf_counter() - desk.heard_at > 0.1)  # one that goes on answers each 10 ms
    assert desk.bench.trackers[0].calls.count("track") <= begun[0] + 1
    assert not desk.finished()
    desk.thread_.resume()
    qtbot.waitUntil(desk.finished)
    assert desk.frames() == list(range(1, 31))


def test_paused_run_can_be_cancelled(qtbot: QtBot, make_desk) -> None:
    desk = make_desk()
    desk.thread_.submit(propagation(50))
    desk.thread_.pause()
    qtbot.waitUntil(lambda: bool(desk.of(Preparing)))
    desk.thread_.cancel()
    qtbot.waitUntil(desk.finished)
    assert desk.replies[-1].reason is StopReason.CANCELLED


def test_worker_waits_for_the_picture(qtbot: QtBot, make_desk) -> None:
    desk = make_desk()
    desk.acknowledging = False
    desk.thread_.submit(propagation(40))
    qtbot.waitUntil(lambda: len(desk.frames()) == MAX_UNACKNOWLEDGED)
    ahead: list[int] = []

    def see_one() -> bool:
        ahead.append(len(desk.frames()) - desk.seen)
        if len(desk.frames()) > desk.seen:
            desk.seen += 1
            desk.thread_.acknowledge()
        return desk.finished()

    desk.seen = 0
    qtbot.waitUntil(see_one)
    assert max(ahead) == MAX_UNACKNOWLEDGED
    assert desk.frames() == list(range(1, 41))
    assert desk.bench.trackers[0].calls.count("track") == 40


def test_cancel_reaches_a_worker_that_waits(qtbot: QtBot, make_desk) -> None:
    desk = make_desk()
    desk.acknowledging = False
    desk.thread_.submit(propagation(40))
    qtbot.waitUntil(lambda: len(desk.frames()) == MAX_UNACKNOWLEDGED)
    desk.thread_.cancel()
    qtbot.waitUntil(desk.finished)
    assert desk.replies[-1].reason is StopReason.CANCELLED


def test_correction_mid_run_is_served_and_the_old_run_is_silent(qtbot: QtBot, make_desk) -> None:
    desk = make_desk(script=FakeTrackerScript(delay=0.005))
    desk.thread_.submit(propagation(50))
    qtbot.waitUntil(lambda: len(desk.frames()) >= 5)
    frame = desk.frames()[-1]
    right = BoundingBox(100, 20, 12, 8)
    desk.thread_.submit(correction(frame, right))
    desk.replies.clear()
    qtbot.waitUntil(lambda: bool(desk.of(Corrected)))
    assert {reply.request_id for reply in desk.replies} == {2}
    assert desk.of(Corrected)[0].result.box == right
    desk.thread_.submit(
        propagation(frame + 5, target(1, (0, START), (frame, right), start=right), start_frame=frame, request_id=3)
    )
    qtbot.waitUntil(desk.finished)
    assert desk.frames() == list(range(frame + 1, frame + 6))
    assert len(desk.bench.trackers) == 1


def test_newer_request_silences_the_older(qtbot: QtBot, make_desk) -> None:
    desk = make_desk(script=FakeTrackerScript(delay=0.002))
    desk.thread_.submit(propagation(50, request_id=1))
    desk.thread_.submit(propagation(20, request_id=2))
    qtbot.waitUntil(desk.finished)
    assert {reply.request_id for reply in desk.replies} == {2}
    assert desk.frames() == list(range(1, 21))


def test_fault_of_the_program_is_told_logged_and_the_worker_serves_on(
    qtbot: QtBot, make_desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk = make_desk(script=FakeTrackerScript(fail_at=4))
    desk.thread_.submit(propagation(20))
    qtbot.waitUntil(desk.finished)
    failure = desk.of(WorkerFailed)[0]
    assert failure.is_bug
    assert "injected failure" in failure.details
    assert "Details" in failure.text
    assert "injected failure" in caplog.text
    assert desk.replies[-1] == RunFinished(1, StopReason.FAILED, failure.text, 3, 3, desk.replies[-1].seconds)
    desk.replies.clear()
    desk.bench.trackers[0].script = FakeTrackerScript()
    desk.thread_.submit(propagation(20, request_id=2))
    qtbot.waitUntil(desk.finished)
    assert desk.frames() == list(range(1, 21))


@pytest.mark.parametrize(
    ("request_", "sentence"),
    [
        (propagation(5, source=CLIP.with_name("missing.mp4")), "missing.mp4 is not there"),
        (propagation(5, target(1, (0, START.moved(9000, 0)), start=START.moved(9000, 0))), "outside the picture"),
        (propagation(5, start_frame=500), "Frame 500 is not in clip.mp4"),
    ],
)
def test_what_a_person_can_mend_is_a_sentence_without_traceback(qtbot: QtBot, make_desk, request_, sentence) -> None:
    desk = make_desk()
    desk.thread_.submit(request_)
    qtbot.waitUntil(desk.finished)
    failure = desk.of(WorkerFailed)[0]
    assert sentence in failure.text
    assert (failure.details, failure.is_bug) == ("", False)
    assert desk.replies[-1].reason is StopReason.FAILED


@pytest.mark.parametrize("error", [MemoryError(), type("OutOfMemoryError", (RuntimeError,), {})("CUDA")])
def test_memory_that_runs_out_is_no_bug(qtbot: QtBot, make_desk, error: Exception) -> None:
    desk = make_desk(script=FakeTrackerScript(fail_at=1, failure=error))
    desk.thread_.submit(propagation(5))
    qtbot.waitUntil(desk.finished)
    failure = desk.of(WorkerFailed)[0]
    assert "ran out of memory" in failure.text
    assert not failure.is_bug
    assert failure.details


def test_cancelled_before_it_began(qtbot: QtBot, make_desk) -> None:
    desk = make_desk()
    desk.thread_.submit(propagation(5))
    desk.thread_.cancel()
    qtbot.waitUntil(desk.finished)
    assert desk.frames() == []
    assert desk.replies[-1].reason is StopReason.CANCELLED


def test_shutdown_with_a_job_running_waits_for_one_frame_only(qtbot: QtBot, make_desk) -> None:
    desk = make_desk(script=FakeTrackerScript(delay=0.1))
    desk.thread_.submit(propagation(50))
    qtbot.waitUntil(lambda: bool(desk.frames()))
    started = time.perf_counter()
    desk.thread_.shutdown()
    desk.thread_.shutdown()
    assert time.perf_counter() - started < 0.5
    assert desk.bench.sources[0].closed
    desk.replies.clear()
    qtbot.wait(1)
    assert desk.replies == []


@pytest.mark.parametrize("is_running", [False, True])
def test_nothing_of_a_closed_project_is_kept(qtbot: QtBot, make_desk, is_running: bool) -> None:
    desk = make_desk()
    desk.thread_.submit(propagation(50 if is_running else 3))
    qtbot.waitUntil(lambda: bool(desk.frames()) if is_running else desk.finished())
    desk.thread_.let_go()
    (source,) = desk.bench.sources
    qtbot.waitUntil(lambda: source.closed)
    QApplication.processEvents()  # a frame that was on its way
    desk.replies.clear()
    desk.thread_.submit(propagation(3))
    qtbot.waitUntil(desk.finished)
    assert desk.frames() == [1, 2, 3]
    assert len(desk.bench.sources) == 2


def test_shutdown_without_any_job(qtbot: QtBot, make_desk) -> None:
    make_desk().thread_.shutdown()


def test_warming_up_loads_the_model_and_keeps_its_faults_for_the_first_request(qtbot: QtBot, make_desk) -> None:
    desk = make_desk()
    good = desk.bench.make_tracker

    def broken(choice: ModelChoice) -> None:
        msg = f"There is no model {choice.name}."
        raise TrackerError(msg)

    desk.thread_.warm_up(ModelChoice("fake"))
    qtbot.waitUntil(lambda: desk.bench.choices == [ModelChoice("fake")])
    desk.thread_.shutdown()
    desk.bench.make_tracker = broken
    other = Desk(desk.bench)
    try:
        other.thread_.warm_up(ModelChoice("nonsense"))
        other.thread_.submit(propagation(3))
        qtbot.waitUntil(other.finished)
        assert [failure.text for failure in other.of(WorkerFailed)] == ["There is no model fake."]
    finally:
        other.thread_.shutdown()
        desk.bench.make_tracker = good


def test_worker_that_is_stuck_is_noticed_once_and_so_is_its_recovery(qtbot: QtBot, make_desk) -> None:
    desk = make_desk(script=FakeTrackerScript(delay=1.0))
    spells: list[float] = []
    recoveries: list[bool] = []
    desk.thread_.stuck.connect(spells.append)
    desk.thread_.recovered.connect(lambda: recoveries.append(True))
    desk.thread_.be_patient_for(0.2)
    desk.thread_.submit(propagation(1))
    qtbot.waitUntil(lambda: bool(spells))
    assert 0.2 <= spells[0] < 1.0
    assert not desk.frames(), "it is noticed while it lasts"
    qtbot.waitUntil(lambda: bool(recoveries))
    qtbot.waitUntil(desk.finished)
    assert len(spells) == 1


def test_worker_that_waits_is_not_stuck(qtbot: QtBot, make_desk) -> None:
    desk = make_desk()
    spells: list[float] = []
    desk.thread_.stuck.connect(spells.append)
    desk.thread_.be_patient_for(0.1)
    desk.acknowledging = False
    desk.thread_.submit(propagation(50))
    qtbot.waitUntil(lambda: len(desk.frames()) == MAX_UNACKNOWLEDGED)
    waited = time.perf_counter()
    qtbot.waitUntil(lambda: time.perf_counter() - waited > 0.5)
    assert not spells


def test_stuck_worker_does_not_keep_the_program_from_leaving(qtbot: QtBot, make_desk) -> None:
    desk = make_desk(script=FakeTrackerScript(delay=1.5))
    desk.thread_.be_patient_for(0.2)
    desk.thread_.submit(propagation(5))
    qtbot.waitUntil(lambda: bool(desk.bench.trackers) and "track" in desk.bench.trackers[0].calls)
    begun = time.perf_counter()
    assert not desk.thread_.shutdown()
    assert time.perf_counter() - begun < 1.0
    assert desk.thread_._thread.wait(10_000), "here it ends after all, and the test leaves nothing behind"
    assert desk.thread_.shutdown()


def test_frames_that_came_together_are_shown_one_a_turn(
    qtbot: QtBot, make_desk: Callable[..., Desk], qapp: QApplication
) -> None:
    desk = make_desk()
    desk.thread_.submit(propagation(20))
    time.sleep(0.5)  # some come meanwhile
    counts = [0]
    while not desk.finished():
        qapp.processEvents()
        counts.append(len(desk.frames()))
    assert counts[-1] == 20
    assert max(after - before for before, after in pairwise(counts)) == 1
