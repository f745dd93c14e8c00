"""Cycles are collected in the UI thread only: a QObject freed elsewhere leaves timers behind that crash Qt."""

from __future__ import annotations

import gc
import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.cycle_collector import CycleCollector, collect_if_due


class Loop:
    """Part of a cycle; says in which thread it goes."""

    def __init__(self, gone: list[int]) -> None:
        self.me = self
        self.gone = gone

    def __del__(self) -> None:
        self.gone.append(threading.get_ident())


def test_what_another_thread_leaves_is_freed_in_the_ui_thread(qtbot: QtBot) -> None:
    parent = QObject()
    collector = CycleCollector(parent)
    gone: list[int] = []

    def work() -> None:
        for _ in range(20_000):
            Loop(gone)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert gone == []
    qtbot.waitUntil(lambda: len(gone) == 20_000)
    assert set(gone) == {threading.get_ident()}
    del collector


def test_little_garbage_waits() -> None:
    gc.collect()
    gone: list[int] = []
    Loop(gone)
    collect_if_due()
    assert gone == []
    gc.collect()
    assert len(gone) == 1
