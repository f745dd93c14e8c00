"""Work of a dialog that takes long, in a thread of its own: the newest wish counts, with progress and cancel."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QThread, Signal, Slot

from app.cycle_collector import making_masses
from app.errors import AppError
from app.formats.progress import CancelledError, Progress

Work = Callable[[Progress], object]
"""Touches no widget; says how far it is; raises AppError in words."""

_SECONDS_BETWEEN = 0.05

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Order:
    number: int
    work: Work
    cancelled: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True, slots=True)
class _Answer:
    """How an order ended: with a result, or with a sentence; neither where it was given up."""

    number: int
    result: object = None
    failure: str = ""
    given_up: bool = False


class _Worker(QObject):
    """Lives in the thread."""

    answered = Signal(object)
    advanced = Signal(int, int, int)

    @Slot(object)
    def serve(self, order: _Order) -> None:
        """Do one piece of work."""
        told_at = 0.0

        def report(done: int, total: int) -> None:
            nonlocal told_at
            now = time.monotonic()
            if now - told_at >= _SECONDS_BETWEEN:
                told_at = now
                self.advanced.emit(order.number, done, max(1, total))

        if order.cancelled.is_set():
            self.answered.emit(_Answer(order.number, given_up=True))
            return
        try:
            with making_masses():
                answer = _Answer(order.number, order.work(Progress(report, order.cancelled.is_set)))
        except CancelledError:
            answer = _Answer(order.number, given_up=True)
        except AppError as error:
            answer = _Answer(order.number, failure=str(error))
        except Exception as error:  # noqa: BLE001  # a bug must end the order, not the program
            _log.exception("work of a dialog failed")
            answer = _Answer(order.number, failure=f"Something unexpected went wrong ({error!r:.200}): see the log.")
        self.answered.emit(answer)


class Background(QObject):
    """Owner of the thread, in the UI thread. Answers to anything but the newest order are dropped.

    Args:
        parent: Qt owner.
        drop: Told each result that nobody waits for any more, where that has something to let go of.

    Signals:
        finished: The result of the newest order.
        failed: One sentence for the person.
        cancelled: The newest order was given up.
        progress: (done, total) of the newest order.
    """

    finished = Signal(object)
    failed = Signal(str)
    cancelled = Signal()
    progress = Signal(int, int)
    _ordered = Signal(object)

    def __init__(self, parent: QObject | None = None, drop: Callable[[object], None] | None = None) -> None:
        super().__init__(parent)
        self._drop = drop
        self._newest: _Order | None = None
        self._count = 0
        self._thread = QThread()
        self._thread.setObjectName("dialog")
        self._worker = _Worker()
        self._worker.moveToThread(self._thread)
        queued = Qt.ConnectionType.QueuedConnection
        self._ordered.connect(self._worker.serve, queued)
        self._worker.answered.connect(self._take_answer, queued)
        self._worker.advanced.connect(self._take_progress, queued)
        self._thread.start()

    @property
    def is_busy(self) -> bool:
        """Whether the newest order is not answered yet."""
        return self._newest is not None

    def submit(self, work: Work) -> None:
        """Have ``work`` done; what was ordered before is given up."""
        if self._newest is not None:
            self._newest.cancelled.set()
        self._count += 1
        self._newest = _Order(self._count, work)
        self._ordered.emit(self._newest)

    def cancel(self) -> None:
        """Give up the newest order; ``cancelled`` follows."""
        if self._newest is not None:
            self._newest.cancelled.set()

    def give_up(self) -> None:
        """Give up the newest order without a word."""
        self.cancel()
        self._newest = None

    def close(self) -> None:
        """Give everything up and end the thread; harmless when repeated."""
        self.give_up()
        self._thread.quit()
        self._thread.wait()
        # answers on their way
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)

    def _take_answer(self, answer: _Answer) -> None:
        if self._newest is None or answer.number != self._newest.number:
            if self._drop is not None and answer.result is not None:
                self._drop(answer.result)
            return
        self._newest = None
        if answer.given_up:
            self.cancelled.emit()
        elif answer.failure:
            self.failed.emit(answer.failure)
        else:
            self.finished.emit(answer.result)

    def _take_progress(self, number: int, done: int, total: int) -> None:
        if self._newest is not None and number == self._newest.number:
            self.progress.emit(done, total)
