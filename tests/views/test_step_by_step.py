"""Long work in parts leaves the event loop its turn between them."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer
from pytestqt.qtbot import QtBot

from app.views.step_by_step import StepByStep


def test_a_timer_that_is_due_comes_between_the_steps(qtbot: QtBot) -> None:
    owner = QObject()
    done: list[str] = []
    beat = QTimer(owner, interval=5, timerType=Qt.TimerType.PreciseTimer)
    beat.timeout.connect(lambda: done.append("beat"))
    beat.start()

    def step() -> None:
        time.sleep(0.02)
        done.append("step")

    steps = StepByStep(owner)
    steps.begin(step, step, step)
    qtbot.waitUntil(lambda: done.count("step") == 3)
    beat.stop()
    kinds = "".join(it[0] for it in done)
    assert "ss" not in kinds, kinds


def test_what_is_forgotten_is_not_done_and_what_comes_later_is(qtbot: QtBot) -> None:
    owner = QObject()
    done: list[int] = []
    steps = StepByStep(owner)
    steps.begin(lambda: (steps.forget(), done.append(1)), lambda: done.append(2))
    qtbot.waitUntil(lambda: done == [1])
    steps.begin(lambda: done.append(3))
    qtbot.waitUntil(lambda: 3 in done)
    assert 2 not in done
