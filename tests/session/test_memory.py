"""The tracker's memory as the window sees it: told only while somebody looks, frozen, and samples can be taken out."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from session_fakes import CLIP, START, Bench, propagation, target

from app.session.messages import CorrectionRequest, FrameTracked, MemoryShown, ModelChoice
from tracker.geometry import BoundingBox
from tracker.sample_info import SampleOrigin


def drain(run) -> None:
    while isinstance(run.step(), FrameTracked):
        pass


def frames(memory: MemoryShown, origin: SampleOrigin) -> list[int]:
    return sorted(it.frame for it in memory.samples if it.origin is origin)


def test_memory_names_frames_origins_and_weights_with_pictures_of_the_box() -> None:
    engine = Bench().engine()
    right = BoundingBox(60, 20, 12, 8)
    drain(engine.start(propagation(8)))
    engine.correct(CorrectionRequest(9, CLIP, target(1, (0, START), (8, right), start=right), 8, ModelChoice("fake")))
    memory = engine.memory(1)
    assert frames(memory, SampleOrigin.FIRST_FRAME) == [0]
    assert frames(memory, SampleOrigin.CORRECTION) == [8]
    assert frames(memory, SampleOrigin.PASSING) == list(range(1, 8)), "the corrected frame is a correction"
    assert sum(it.weight for it in memory.samples) == pytest.approx(1)
    assert [it.frame for it in memory.samples[:2]] == [8, 0], "first what a person has set"
    for sample in memory.samples:
        assert not sample.thumbnail.flags.writeable
        assert sample.thumbnail[2, 2, 0] in {sample.frame, 96}, "the grey of its frame"
    assert engine.memory(99).samples == ()


def test_thumbnails_of_a_long_run_do_not_pile_up() -> None:
    bench = Bench(frame_count=600)
    engine = bench.engine()
    run = engine.start(propagation(599, target(1)))
    live = engine._live[1, ModelChoice("fake")]
    while isinstance(run.step(), FrameTracked):
        bench.trackers[0]._samples = bench.trackers[0]._samples[-20:]  # a real memory is bounded
        engine.memory(1)
        assert len(live.thumbnails._by_frame) <= 202


def test_excluded_frame_is_forgotten_now_and_never_learned_again() -> None:
    bench = Bench()
    engine = bench.engine()
    run = engine.start(propagation(8))
    drain(run)
    box = START.moved(8, 0)
    without = dataclasses.replace(target(1, start=box), unlearned=frozenset({5, 10}))
    drain(engine.start(propagation(12, without, start_frame=8)))
    assert frames(engine.memory(1), SampleOrigin.PASSING) == [1, 2, 3, 4, 6, 7, 8, 9, 11, 12]
    assert bench.trackers[0].calls.count("initialize") == 1, "the rest of the memory stays"
    drain(engine.start(propagation(12, dataclasses.replace(without, start_box=START))))
    assert 5 not in frames(engine.memory(1), SampleOrigin.PASSING), "nor after the memory has been made anew"


def test_putting_a_frame_back_makes_the_memory_anew_as_it_would_have_been() -> None:
    plain, wandered = Bench(), Bench()
    engine = wandered.engine()
    drain(engine.start(propagation(8)))
    drain(engine.start(propagation(8, dataclasses.replace(target(1), unlearned=frozenset({5})))))
    drain(engine.start(propagation(8)))
    other = plain.engine()
    drain(other.start(propagation(8)))
    assert frames(engine.memory(1), SampleOrigin.PASSING) == frames(other.memory(1), SampleOrigin.PASSING)
    assert 5 in frames(engine.memory(1), SampleOrigin.PASSING)


def test_excluded_keyframe_is_a_barrier_that_teaches_nothing() -> None:
    bench = Bench()
    human = START.moved(300, 5)
    request = dataclasses.replace(target(1, (0, START), (4, human)), unlearned=frozenset({4}))
    run = bench.engine().start(propagation(6, request))
    boxes = {}
    while isinstance(reply := run.step(), FrameTracked):
        boxes[reply.frame] = reply.results[0][1].box
    assert boxes[4] == human
    assert boxes[5] == human.moved(1, 0)
    assert bench.trackers[0].learned == [START]


def watched(me) -> list[MemoryShown]:
    shown: list[MemoryShown] = []
    me.session.memory.shown.connect(lambda memory: shown.append(memory) if memory is not None else None)
    return shown


def test_memory_is_told_only_while_somebody_looks(qtbot: QtBot, seat) -> None:
    me = seat()
    me.draw()
    shown = watched(me)
    me.session.propagate(1, 30)
    qtbot.waitUntil(lambda: bool(me.ends))
    assert not shown
    me.session.memory.watch(True)
    qtbot.waitUntil(lambda: bool(shown))
    assert len(shown[-1].samples) == 31
    me.session.memory.watch(False)
    count = len(shown)
    me.session.propagate(1, 59)
    qtbot.waitUntil(lambda: len(me.ends) == 2)
    assert len(shown) == count


def test_taking_out_and_putting_back_are_steps_of_undo_and_hold_for_the_next_run(qtbot: QtBot, seat) -> None:
    me = seat()
    me.draw()
    me.session.memory.watch(True)
    shown = watched(me)
    me.session.propagate(1, 10)
    qtbot.waitUntil(lambda: bool(me.ends) and bool(shown))
    me.session.memory.set_learning(5, learns=False)
    assert me.track.unlearned == {5}
    assert me.document.undo_stack.undoText() == "Take out of memory"
    me.session.go_to(0)
    me.session.propagate(1, 10)
    qtbot.waitUntil(lambda: len(me.ends) == 2 and 10 in frames(shown[-1], SampleOrigin.PASSING))
    assert 5 not in frames(shown[-1], SampleOrigin.PASSING)
    me.session.undo()
    me.session.undo()
    assert me.track.unlearned == frozenset()


def test_last_frame_that_a_person_has_set_is_not_taken_out(qtbot: QtBot, seat) -> None:
    me = seat()
    me.draw()
    me.session.memory.set_learning(0, learns=False)
    assert "only one" in me.failures[-1].text
    assert me.track.unlearned == frozenset()
    me.session.go_to(10)
    me.session.set_box(START.moved(10, 0))
    me.session.memory.set_learning(0, learns=False)
    assert me.track.unlearned == {0}


def test_thumbnail_shows_the_square_round_the_box_and_grey_beyond_the_picture() -> None:
    from app.session.box_pixels import box_pixels

    picture = np.zeros((100, 100, 3), np.uint8)
    picture[40:60, 40:60] = (255, 0, 0)
    small = box_pixels(picture, BoundingBox(40, 40, 20, 20), 32)
    assert tuple(small[16, 16]) == (255, 0, 0)
    assert tuple(small[1, 1]) == (0, 0, 0)
    corner = box_pixels(picture, BoundingBox(-10, -10, 20, 20), 32)
    assert tuple(corner[2, 2]) == (96, 96, 96)
