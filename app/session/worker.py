"""Serves requests in the tracker's thread: one frame a turn of the event loop, so that it always listens in between.

A run is not a loop. Each step tracks one frame, sends one reply and posts the next step to this same object; pauses,
acknowledgements and new requests arrive between steps. Cancelling goes past the queue: a flag that every step reads.
"""

from __future__ import annotations

import functools
import logging
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec

from PySide6.QtCore import QObject, Qt, Signal

from app.errors import AppError, sentence_of
from app.session.engine import Cancelled, Engine
from app.session.messages import (
    CorrectionRequest,
    FrameTracked,
    ModelChoice,
    Preparing,
    Reply,
    Request,
    RunFinished,
    StopReason,
    WorkerFailed,
)
from app.session.run import Run
from app.spoken import spoken
from tracker.errors import TrackerError

MAX_UNACKNOWLEDGED = 3
"""Frames the worker may be ahead of the picture: more would fill memory with pictures nobody has seen."""

_PREPARING_INTERVAL = 0.05
_MEMORY_INTERVAL = 0.4

P = ParamSpec("P")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """A request with the flag that cancels it from another thread."""

    request: Request
    cancelled: threading.Event


def guarded(method: Callable[Concatenate[TrackerWorker, P], None]) -> Callable[Concatenate[TrackerWorker, P], None]:
    """The one boundary of the worker's thread: an exception in a slot becomes a reply, and the worker is idle again."""

    @functools.wraps(method)
    def slot(self: TrackerWorker, /, *args: P.args, **kwargs: P.kwargs) -> None:
        try:
            method(self, *args, **kwargs)
        except Cancelled:
            self.end_cancelled()
        except (AppError, TrackerError) as error:
            self.end_failed(sentence_of(error), details="", is_bug=False)
        except Exception as error:  # noqa: BLE001  # an exception that left a slot would be lost with the run it ended
            # torch names its own class alike for the graphics card, and must not be imported here to ask
            out_of_memory = isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError"
            _log.exception("A request could not be served")
            self.end_failed(
                _memory_text() if out_of_memory else _fault_text(),
                details=traceback.format_exc(),
                is_bug=not out_of_memory,
            )

    return slot


class TrackerWorker(QObject):
    """Lives in the tracker's thread; told everything by queued signals, answers by ``reply``.

    Signals:
        answered: To ``ping``.
        memory: MemoryShown of the target that is watched.
        reply: A Reply of ``app.session.messages``. Connect only bound methods of QObjects.
    """

    reply = Signal(object)
    answered = Signal()
    memory = Signal(object)
    _step_wanted = Signal()

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self._engine = engine
        self.thread_number = 0
        self._job: Job | None = None
        self._run: Run | None = None
        self._paused = False
        self._unacknowledged = 0
        self._step_posted = False
        self._last_preparing: tuple[str, float] = ("", 0.0)
        self._watched = 0
        self._memory_sent = 0.0
        self._step_wanted.connect(self._step, Qt.ConnectionType.QueuedConnection)

    def note_thread(self) -> None:
        """Remember which thread this is, so that it can be told where it is stuck."""
        self.thread_number = threading.get_ident()

    @guarded
    def serve(self, job: Job) -> None:
        """Take up a request; one that is still running ends as cancelled."""
        self.end_cancelled()
        self._job, self._paused, self._unacknowledged = job, False, 0
        if job.cancelled.is_set():
            raise Cancelled
        if isinstance(job.request, CorrectionRequest):
            corrected = self._engine.correct(job.request, self._say, job.cancelled.is_set)
            self._job = None
            self._send(corrected)
            self._tell_memory(at_once=True)
        else:
            self._run = self._engine.start(job.request, self._say, job.cancelled.is_set)
            self._go_on()

    @guarded
    def watch_memory(self, track_id: int) -> None:
        """Tell what is in this target's memory, now and as it changes; 0 for none."""
        self._watched = track_id
        self._tell_memory(at_once=True)

    def ping(self) -> None:
        """Say that this thread is not stuck; it listens between frames and between the steps of a preparation."""
        self.answered.emit()

    @guarded
    def warm_up(self, model: ModelChoice) -> None:
        """Load a model before it is asked for, unless there is work to do."""
        if self._job is None:
            self._engine.warm_up(model)

    @guarded
    def pause(self) -> None:
        """Track no further frame until ``resume``."""
        self._paused = True

    @guarded
    def resume(self) -> None:
        """Go on after ``pause``."""
        self._paused = False
        self._go_on()

    @guarded
    def acknowledge(self, request_id: int, count: int) -> None:
        """``count`` more frames of a request have been seen."""
        if self._job is not None and self._job.request.request_id == request_id:
            self._unacknowledged = max(0, self._unacknowledged - count)
            self._go_on()

    @guarded
    def wake(self) -> None:
        """Look at the cancel flag now: a run that is paused or waiting takes no step by itself."""
        if self._job is not None and self._job.cancelled.is_set():
            self.end_cancelled()

    @guarded
    def let_go(self) -> None:
        """Drop the work, and let go of files and trackers, which take hundreds of megabytes; the model stays."""
        self._job = self._run = None
        self._engine.close()

    @guarded
    def close(self) -> None:
        """Drop the work, let go of files and trackers, and end the thread."""
        self._job = self._run = None
        try:
            self._engine.close()
        finally:
            self.thread().quit()

    def end_cancelled(self) -> None:
        """End the present request, if there is one, as cancelled."""
        job, run = self._clear()
        if run is not None:
            self._send(run.cancelled())
        elif job is not None:
            self._send(RunFinished(job.request.request_id, StopReason.CANCELLED, spoken("Cancelled."), -1, 0, 0.0))

    def end_failed(self, text: str, *, details: str, is_bug: bool) -> None:
        """End the present request with the sentence of an error."""
        job, run = self._clear()
        request_id = job.request.request_id if job is not None else 0
        self._send(WorkerFailed(request_id, text, details, is_bug))
        if run is not None:
            self._send(run.failed(text))
        elif job is not None and not isinstance(job.request, CorrectionRequest):
            frame = job.request.start_frame
            self._send(RunFinished(request_id, StopReason.FAILED, text, frame, 0, 0.0))

    @guarded
    def _step(self) -> None:
        self._step_posted = False
        if self._run is None or self._job is None or not self._may_step():
            return
        if self._job.cancelled.is_set():
            raise Cancelled
        answer = self._run.step()
        is_last = not isinstance(answer, FrameTracked)
        if is_last:
            self._clear()
        else:
            self._unacknowledged += 1
        self._send(answer)
        self._tell_memory(at_once=is_last)
        self._go_on()

    def _may_step(self) -> bool:
        return not self._paused and self._unacknowledged < MAX_UNACKNOWLEDGED

    def _go_on(self) -> None:
        """Post one step, never two: what arrived meanwhile is served first."""
        if self._run is not None and self._may_step() and not self._step_posted:
            self._step_posted = True
            self._step_wanted.emit()

    def _clear(self) -> tuple[Job | None, Run | None]:
        """Become idle; what was being worked on."""
        was = self._job, self._run
        self._job = self._run = None
        return was

    def _say(self, preparing: Preparing) -> None:
        """Pass on a long step's progress, at a pace that a person can read."""
        text, when = self._last_preparing
        now = time.monotonic()
        if preparing.text != text or now - when >= _PREPARING_INTERVAL:
            self._last_preparing = preparing.text, now
            self._send(preparing)

    def _tell_memory(self, *, at_once: bool = False) -> None:
        """Send what the watched target has learned from, a few times a second."""
        now = time.monotonic()
        if self._watched and (at_once or now - self._memory_sent >= _MEMORY_INTERVAL):
            self._memory_sent = now
            self.memory.emit(self._engine.memory(self._watched))

    def _send(self, reply: Reply) -> None:
        self.reply.emit(reply)


def _fault_text() -> str:
    return spoken(
        "The tracker stopped because of a fault in the program. What is labelled is safe; try again, or see Details."
    )


def _memory_text() -> str:
    return spoken(
        "The computer ran out of memory while tracking. Close other programs or choose a smaller model, and try again."
    )
