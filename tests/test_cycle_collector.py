"""Cycles are collected in the UI thread only: a QObject freed elsewhere leaves timers behind that crash Qt."""

from __future__ import annotations

import gc
import sys
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.cycle_collector import CycleCollector, collect_if_due, making_masses


@pytest.fixture(autouse=True)
def _nothing_is_spared_afterwards() -> Iterator[None]:
    yield
    gc.unfreeze()


class Loop:
    """Part of a cycle; says in which thread it goes."""

    def __init__(self, gone: list[int]) -> None:
        self.me = self
        self.gone = gone

    def __del__(self) -> None:
        self.gone.append(threading.get_ident())


class Plain:
    """Of no cycle."""


def test_what_another_thread_leaves_is_freed_in_the_ui_thread(qtbot: QtBot) -> None:
    parent = QObject()
    collector = CycleCollector(parent)
    collector.spare_what_is_there()
    gone: list[int] = []

    def work() -> None:
        for _ in range(5_000):
            Loop(gone)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert gone == []
    qtbot.waitUntil(lambda: len(gone) == 5_000)
    assert set(gone) == {threading.get_ident()}
    del collector


def test_lists_that_take_long_to_be_looked_at_are_spared(qtbot: QtBot) -> None:
    parent = QObject()
    collector = CycleCollector(parent)
    collector.spare_what_is_there()
    frozen = gc.get_freeze_count()
    number = object()
    lists = [[number] * 4_000_000, *([number] for _ in range(2_000))]
    qtbot.waitUntil(lambda: gc.get_freeze_count() >= frozen + len(lists))
    del collector


def test_what_stays_after_many_small_looks_is_spared(qtbot: QtBot) -> None:
    parent = QObject()
    collector = CycleCollector(parent)
    collector.spare_what_is_there()
    frozen = gc.get_freeze_count()
    made: list[Plain] = []

    def grow() -> bool:
        made.extend(Plain() for _ in range(1_000))
        return gc.get_freeze_count() > frozen + 20_000

    qtbot.waitUntil(grow, timeout=30_000)
    assert len(made) > 20_000
    del collector


def test_a_tuple_that_another_thread_makes_is_left_alone(qapp: QApplication) -> None:
    parent = QObject()
    collector = CycleCollector(parent)
    collector.spare_what_is_there()
    failures: list[BaseException] = []
    ended = threading.Event()

    def work() -> None:
        try:
            while not ended.is_set():
                tuple([number] for number in range(60))  # grows while it is made
        except SystemError as error:
            failures.append(error)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(0.00001)
    thread = threading.Thread(target=work)
    thread.start()
    try:
        for _ in range(150):
            made = [Plain() for _ in range(15_000)]
            collector.collect_or_spare()
            del made
    finally:
        ended.set()
        thread.join()
        sys.setswitchinterval(interval)
    assert failures == []
    del collector


def test_little_garbage_waits() -> None:
    gc.collect()
    gone: list[int] = []
    Loop(gone)
    collect_if_due()
    assert gone == []
    gc.collect()
    assert len(gone) == 1


def test_masses_of_objects_are_spared_and_go_by_themselves(qtbot: QtBot) -> None:
    parent = QObject()
    collector = CycleCollector(parent)
    collector.spare_what_is_there()
    frozen = gc.get_freeze_count()
    made: list[list[Plain]] = []
    thread = threading.Thread(target=lambda: made.append([Plain() for _ in range(60_000)]))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: gc.get_freeze_count() >= frozen + 60_000)
    last = weakref.ref(made[0][-1])
    made.clear()
    assert last() is None
    del collector


def test_nothing_is_looked_at_while_a_thread_makes_masses(qtbot: QtBot) -> None:
    parent = QObject()
    collector = CycleCollector(parent)
    collector.spare_what_is_there()
    gone: list[int] = []
    with making_masses():
        for _ in range(5_000):
            Loop(gone)
        for _ in range(5):
            collector.collect_or_spare()
        assert gone == []
    qtbot.waitUntil(lambda: len(gone) == 5_000)
    del collector
