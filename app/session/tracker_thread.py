"""The tracker's thread as the window sees it: requests in, replies out, everything in the UI thread."""

from __future__ import annotations

import logging
import sys
import threading
import time
import traceback
from collections import deque

from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal

from app.session.engine import Engine
from app.session.messages import FrameTracked, ModelChoice, Reply, Request
from app.session.tracker_protocol import MakeTracker, OpenSource, TrackTogether, one_after_another
from app.session.worker import Job, TrackerWorker

PATIENCE = 20.0
"""Seconds without a sign of life after which the worker counts as stuck. Loading PyTorch from a slow disk is one step,
and takes ten."""

_WATCH_MS = 1000
_left_behind: list[tuple[QThread, TrackerWorker]] = []
"""Stuck threads: Qt aborts the program where the object of a running one is deleted."""

_log = logging.getLogger(__name__)


class TrackerThread(QObject):
    """Owns the QThread and its worker; lives in the UI thread.

    Signals:
        memory: MemoryShown of the target that is watched.
        stuck: The worker has not answered for so many seconds; once for each such spell.
        recovered: It answers again.
        reply: Each Reply to the newest request. Replies to older ones, and frames that were under way when their run
            was cancelled, are dropped.
    """

    reply = Signal(object)
    memory = Signal(object)
    stuck = Signal(float)
    recovered = Signal()
    _ping = Signal()
    _watch_memory = Signal(int)
    _warm_up = Signal(object)
    _serve = Signal(object)
    _pause = Signal()
    _resume = Signal()
    _wake = Signal()
    _acknowledge = Signal(int, int)
    _let_go = Signal()
    _close = Signal()

    def __init__(
        self,
        open_source: OpenSource,
        make_tracker: MakeTracker,
        together: TrackTogether = one_after_another,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._open_source = open_source
        self._make_tracker = make_tracker
        self._together = together
        self._newest: Job | None = None
        self._watched = 0
        self._asked = 0.0
        self._is_stuck = False
        self._replies: deque[Reply] = deque()
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._relay_next)
        self._patience = PATIENCE
        self._watch = QTimer(self, interval=_WATCH_MS)
        self._watch.timeout.connect(self._look_after)
        self._watch.start()
        self._begin()

    def _begin(self) -> None:
        """A thread and a worker in it, connected."""
        self._thread = QThread()
        self._thread.setObjectName("tracker")
        self._worker = TrackerWorker(Engine(self._open_source, self._make_tracker, self._together))
        self._worker.moveToThread(self._thread)
        queued = Qt.ConnectionType.QueuedConnection
        self._warm_up.connect(self._worker.warm_up, queued)
        self._serve.connect(self._worker.serve, queued)
        self._pause.connect(self._worker.pause, queued)
        self._resume.connect(self._worker.resume, queued)
        self._wake.connect(self._worker.wake, queued)
        self._acknowledge.connect(self._worker.acknowledge, queued)
        self._let_go.connect(self._worker.let_go, queued)
        self._close.connect(self._worker.close, queued)
        self._watch_memory.connect(self._worker.watch_memory, queued)
        self._worker.memory.connect(self.memory, queued)
        self._ping.connect(self._worker.ping, queued)
        self._worker.reply.connect(self._take, queued)
        self._worker.answered.connect(self._answered, queued)
        self._thread.started.connect(self._worker.note_thread)
        self._thread.start()

    def start_anew(self) -> None:
        """Leave a worker that is stuck to itself and go on with a new one, which knows nothing yet.

        What the old one had to do is cancelled; should it come round, it ends, unheard.
        """
        self.cancel()
        self._newest = None
        self._close.emit()
        self._worker.reply.disconnect(self._take)
        self._worker.answered.disconnect(self._answered)
        self._worker.memory.disconnect(self.memory)
        for signal, slot in (
            (self._warm_up, self._worker.warm_up),
            (self._serve, self._worker.serve),
            (self._pause, self._worker.pause),
            (self._resume, self._worker.resume),
            (self._wake, self._worker.wake),
            (self._acknowledge, self._worker.acknowledge),
            (self._let_go, self._worker.let_go),
            (self._close, self._worker.close),
            (self._watch_memory, self._worker.watch_memory),
            (self._ping, self._worker.ping),
        ):
            signal.disconnect(slot)
        _left_behind.append((self._thread, self._worker))
        self._asked = 0.0
        self._begin()
        self._watch_memory.emit(self._watched)
        if self._is_stuck:
            self._is_stuck = False
            self.recovered.emit()

    def warm_up(self, model: ModelChoice) -> None:
        """Load a model while the person looks at something else; errors wait for the first request.

        Loading torch takes seconds and halts every thread of the program for moments; best on a page without a picture.
        """
        self._warm_up.emit(model)

    def submit(self, request: Request) -> None:
        """Have ``request`` served; the one before is cancelled, and what it still answers is dropped."""
        self.cancel()
        self._newest = Job(request, threading.Event())
        self._serve.emit(self._newest)

    def pause(self) -> None:
        """Stop after the frame that is being tracked; ``resume`` goes on."""
        self._pause.emit()

    def resume(self) -> None:
        """Go on after ``pause``."""
        self._resume.emit()

    def cancel(self) -> None:
        """End the present request after the frame that is being tracked; it answers RunFinished."""
        if self._newest is not None:
            self._newest.cancelled.set()
            self._wake.emit()

    def let_go(self) -> None:
        """The project is closed: end the present request unheard, and keep no file open and no target's tracker."""
        self.cancel()
        self._newest = None
        self._let_go.emit()

    def acknowledge(self, count: int = 1) -> None:
        """``count`` more frames of the present run have been seen; the worker waits when too many have not."""
        if self._newest is not None:
            self._acknowledge.emit(self._newest.request.request_id, count)

    def watch_memory(self, track_id: int) -> None:
        """Have the memory of this target told by ``memory``, now and as it changes; 0 for none."""
        self._watched = track_id
        self._watch_memory.emit(track_id)

    def be_patient_for(self, seconds: float) -> None:
        """Call the worker stuck after so many seconds of silence; ``PATIENCE`` until this is called."""
        self._patience = seconds
        self._watch.setInterval(min(_WATCH_MS, round(500 * seconds)))

    def shutdown(self) -> bool:
        """End the thread after the frame that is being tracked, and wait for that a while. Harmless when repeated.

        Returns:
            False where it is stuck, or one before it is: it can be neither waited for nor ended, and lives until the
            process does.
        """
        self._watch.stop()
        if not self._thread.isRunning():
            return not _any_left_behind()
        self.cancel()
        self._newest = None
        self._close.emit()
        if self._thread.wait(round(1000 * self._patience)):
            return not _any_left_behind()
        _left_behind.append((self._thread, self._worker))
        return False

    def _look_after(self) -> None:
        """Ask the worker for a sign of life, or wait on for the one that was asked for."""
        if not self._asked:
            self._asked = time.monotonic()
            self._ping.emit()
            return
        silence = time.monotonic() - self._asked
        if silence >= self._patience and not self._is_stuck:
            self._is_stuck = True
            frame = sys._current_frames().get(self._worker.thread_number)  # noqa: SLF001 - the documented way
            _log.warning(
                "The tracker has not answered for %.0f s. It is here:\n%s",
                silence,
                "".join(traceback.format_stack(frame)) if frame is not None else "(outside Python)",
            )
            self.stuck.emit(silence)

    def _answered(self) -> None:
        self._asked = 0.0
        if self._is_stuck:
            self._is_stuck = False
            self.recovered.emit()

    def _take(self, reply: Reply) -> None:
        """Frames may have come faster than they are shown; with two hundred boxes each is worth a turn of its own."""
        self._replies.append(reply)
        self._turn.start()

    def _relay_next(self) -> None:
        is_frame = False
        while self._replies and not is_frame:
            reply = self._replies.popleft()
            is_frame = isinstance(reply, FrameTracked)
            if self._replies:
                self._turn.start()
            self._relay(reply)

    def _relay(self, reply: Reply) -> None:
        newest = self._newest
        if newest is None or reply.request_id not in {newest.request.request_id, 0}:
            return
        if isinstance(reply, FrameTracked) and newest.cancelled.is_set():
            return
        self.reply.emit(reply)


def _any_left_behind() -> bool:
    """Whether a thread that was given up goes on; those that came round are let go."""
    _left_behind[:] = [it for it in _left_behind if it[0].isRunning()]
    return bool(_left_behind)
