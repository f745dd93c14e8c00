"""What is worked out meanwhile: once, by whoever comes first, with its errors where the value is asked for."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from tracker.spare_core import Later, SpareCore, unless_it_fails

SOON = 5.0
"""Seconds in which a thread has certainly had its turn."""


def test_a_value_is_worked_out_once_and_by_another_thread_if_it_has_the_time() -> None:
    workers: list[threading.Thread] = []
    done = threading.Event()

    def work() -> int:
        workers.append(threading.current_thread())
        done.set()
        return 7

    later = Later(work)
    SpareCore().begin(later)
    assert done.wait(SOON)
    assert (later.value(), later.value()) == (7, 7)
    assert len(workers) == 1
    assert workers[0] is not threading.current_thread()


def test_what_has_not_been_begun_is_done_by_whoever_asks() -> None:
    """So that nobody waits for a core that others have taken."""
    core = SpareCore()
    occupied, free = threading.Event(), threading.Event()

    def occupy() -> None:
        occupied.set()
        assert free.wait(SOON)

    first = Later(occupy)
    core.begin(first)
    assert occupied.wait(SOON)
    second = Later(threading.current_thread)
    core.begin(second)
    assert second.value() is threading.current_thread()
    free.set()
    first.value()


def test_an_error_is_raised_where_the_value_is_asked_for_and_asking_again_tries_again() -> None:
    tries: list[int] = []

    def work() -> int:
        tries.append(1)
        if len(tries) < 3:
            raise MemoryError("no room")
        return len(tries)

    later = Later(work)
    core = SpareCore()
    core.begin(later)
    after = Later(threading.Event().is_set)
    core.begin(after)
    wait_for_end()
    assert len(tries) == 1
    with pytest.raises(MemoryError, match="no room"):
        later.value()
    assert later.value() == 3
    assert after.value() is False, "the thread went on after the error"


def test_a_work_that_failed_draws_the_same_numbers_when_it_is_tried_again() -> None:
    generator, expected = np.random.default_rng(1), np.random.default_rng(1).random(3)
    tries: list[int] = []

    def work() -> list[float]:
        with unless_it_fails(generator):
            drawn = [generator.random(), generator.random()]
            tries.append(1)
            if len(tries) == 1:
                raise MemoryError("no room")
            return drawn

    later = Later(work)
    with pytest.raises(MemoryError):
        later.value()
    assert later.value() == list(expected[:2])
    assert generator.random() == expected[2]


def test_what_nobody_refers_to_any_longer_is_left_undone_and_let_go_of() -> None:
    core = SpareCore()
    free = threading.Event()
    done: list[str] = []
    first = Later(lambda: free.wait(SOON))
    core.begin(first)
    dropped = Later(lambda: done.append("dropped"))
    core.begin(dropped)
    del dropped
    last = Later(lambda: done.append("last"))
    core.begin(last)
    free.set()
    wait_for_end()
    last.value()
    assert done == ["last"]


def test_where_no_thread_can_be_begun_whoever_asks_does_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    core, later = SpareCore(), Later(threading.current_thread)
    with monkeypatch.context() as patched:

        def start(_thread: threading.Thread) -> None:
            raise RuntimeError("can't start new thread")

        patched.setattr(threading.Thread, "start", start)
        core.begin(later)
    assert later.value() is threading.current_thread()
    after = Later(threading.current_thread)
    core.begin(after)
    wait_for_end()
    assert after.value() is not threading.current_thread()


def test_the_thread_ends_without_work_and_begins_again_with_it() -> None:
    core = SpareCore()
    for _ in range(2):
        later = Later(threading.current_thread)
        core.begin(later)
        wait_for_end()
        assert later.value() is not threading.current_thread()


def wait_for_end() -> None:
    """Until everything has been done and the core's thread is gone."""
    for thread in threading.enumerate():
        if thread.name == "spare core":
            thread.join(SOON)
            assert not thread.is_alive()
