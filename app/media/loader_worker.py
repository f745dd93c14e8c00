"""The thread side of the FrameLoader: opens sources, reads the newest wish, and reads ahead when nothing is wished."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from app.errors import AppError
from app.media.frame_cache import FrameCache
from app.media.frame_source import Frame, FrameSource, GlancingSource
from app.media.open_source import describe_source
from app.spoken import spoken

OpenSource = Callable[[Path, Callable[[int, int], None], Callable[[], bool]], FrameSource]

_READ_AHEAD_FRAMES = 24
# Reading ahead may use this share of the cache, so that it never drops what was just shown.
_READ_AHEAD_SHARE = 4
_PROGRESS_SECONDS = 0.05

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opening:
    """One wish to open a source; its event gives it up."""

    number: int
    path: Path
    cancelled: threading.Event


@dataclass(frozen=True, slots=True)
class Glance:
    """A frame that was given out by the quick way and is to be read the exact way when there is time."""

    serial: int
    index: int
    frame: Frame


@dataclass(frozen=True, slots=True)
class Wish:
    """What the window looks at.

    Attributes:
        serial: Counts wishes.
        index: Frame number.
        direction: +1 or -1: where it is likely to look next.
        has_frame: The window has it already; only reading ahead is wanted.
    """

    serial: int
    index: int
    direction: int
    has_frame: bool


class Mailbox:
    """Room for one Wish: a newer one replaces it, so that wishes never queue up. Thread-safe.

    Whoever wants something else of the reader calls it: what it does without being asked can wait.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wish: Wish | None = None
        self._is_called = False

    def put(self, wish: Wish | None) -> bool:
        """Leave a wish in place of the last one; True if the reader must be woken for it."""
        with self._lock:
            was_empty = self._wish is None
            self._wish = wish
            return was_empty

    def call(self) -> None:
        """Something else than a frame is wanted."""
        with self._lock:
            self._is_called = True

    def come(self) -> None:
        """The reader does what it was called for."""
        with self._lock:
            self._is_called = False

    def is_awaited(self) -> bool:
        """Whether the reader is wanted for anything."""
        with self._lock:
            return self._is_called or self._wish is not None

    def take(self) -> Wish | None:
        """The newest wish, once."""
        with self._lock:
            wish, self._wish = self._wish, None
            return wish


class LoaderWorker(QObject):
    """Lives in the loader's thread and owns the FrameSource. Replies carry the number of the opening they belong to."""

    opened = Signal(int, object)
    open_failed = Signal(int, str)
    indexing = Signal(int, int, int)
    frame_read = Signal(int, int, int, object)
    frame_failed = Signal(int, int, int, str)
    _step_posted = Signal()

    def __init__(self, mailbox: Mailbox, cache: FrameCache, cache_bytes: int, open_source: OpenSource) -> None:
        super().__init__()
        self._mailbox = mailbox
        self._cache = cache
        self._cache_bytes = cache_bytes
        self._open_source = open_source
        self._source: FrameSource | None = None
        self._opening, self._path = 0, Path()
        self._wish: Wish | None = None
        self._glance: Glance | None = None
        self._is_posted = False
        self._step_posted.connect(self._step, type=Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def open(self, opening: Opening) -> None:
        """Open a source in place of the last one."""
        self._let_go()
        self._mailbox.come()
        self._opening, self._path = opening.number, opening.path
        reported = 0.0

        def report(done: int, total: int) -> None:
            nonlocal reported
            now = time.monotonic()
            if now - reported >= _PROGRESS_SECONDS:
                reported = now
                self.indexing.emit(opening.number, done, total)

        try:
            self._source = self._open_source(opening.path, report, opening.cancelled.is_set)
            info = describe_source(opening.path, self._source)
        except Exception as error:  # noqa: BLE001  # a bug must end the opening, not leave the window waiting
            self._let_go()
            self.open_failed.emit(opening.number, _in_words(error, opening.path))
            return
        self.opened.emit(opening.number, info)

    @Slot()
    def wake(self) -> None:
        """A wish has come in."""
        if not self._is_posted:
            self._is_posted = True
            self._step_posted.emit()

    @Slot()
    def finish(self) -> None:
        """Let go of the source and end the thread."""
        self._let_go()
        QThread.currentThread().quit()

    @Slot()
    def _step(self) -> None:
        """Read one frame, then come back through the event loop: openings and the end are served between two frames."""
        self._is_posted = False
        if self._source is None:
            return
        wish = self._mailbox.take()
        if wish is not None:
            self._wish, self._glance = wish, None
            if not wish.has_frame:
                self._serve(self._source, wish)
            self.wake()
        elif self._glance is not None and isinstance(self._source, GlancingSource):
            self._look_again(self._source, self._glance)
            self.wake()
        elif self._read_ahead(self._source):
            self.wake()

    def _serve(self, source: FrameSource, wish: Wish) -> None:
        frame = self._cache.get(wish.index)
        try:
            if frame is None and isinstance(source, GlancingSource):
                frame = source.glance(wish.index)
                if frame is not None:
                    self._glance = Glance(wish.serial, wish.index, frame)
            if frame is None:
                frame = source.read(wish.index)
                self._cache.put(wish.index, frame)
        except Exception as error:  # noqa: BLE001  # likewise
            self.frame_failed.emit(self._opening, wish.serial, wish.index, _in_words(error, self._path))
            return
        self.frame_read.emit(self._opening, wish.serial, wish.index, frame)

    def _look_again(self, source: GlancingSource, glance: Glance) -> None:
        """Read exactly what was only glanced at, unless a wish comes in; show it again if it differs after all."""
        try:
            frame = source.read_unless(glance.index, self._mailbox.is_awaited)
        except Exception as error:  # noqa: BLE001  # likewise
            self._glance = None
            self.frame_failed.emit(self._opening, glance.serial, glance.index, _in_words(error, self._path))
            return
        if frame is None:
            return
        self._glance = None
        self._cache.put(glance.index, frame)
        if not np.array_equal(frame, glance.frame):
            self.frame_read.emit(self._opening, glance.serial, glance.index, frame)

    def _read_ahead(self, source: FrameSource) -> bool:
        """Read the nearest frame in the direction of travel that the cache lacks; False if there is none to read."""
        if self._wish is None:
            return False
        frame_bytes = source.width * source.height * 3
        reach = min(_READ_AHEAD_FRAMES, self._cache_bytes // (_READ_AHEAD_SHARE * max(1, frame_bytes)))
        for distance in range(1, reach + 1):
            index = self._wish.index + self._wish.direction * distance
            if not 0 <= index < source.frame_count:
                return False
            if index not in self._cache:
                try:
                    if isinstance(source, GlancingSource):
                        frame = source.read_unless(index, self._mailbox.is_awaited)
                    else:
                        frame = source.read(index)
                except Exception:  # noqa: BLE001
                    return False  # said in words if the window comes to that frame
                if frame is not None:
                    self._cache.put(index, frame)
                return True
        return False

    def _let_go(self) -> None:
        self._wish = self._glance = None
        self._mailbox.take()
        if self._source is not None:
            self._source.close()
            self._source = None
        self._cache.clear()


def _in_words(error: Exception, path: Path) -> str:
    """A sentence for the person; what is none of ours goes to the log with its trace."""
    if isinstance(error, AppError):
        return str(error)
    _log.error("a source could not be read", exc_info=error)
    return spoken("{0} cannot be read: something unexpected went wrong ({1}), see the log.", path, f"{error!r:.200}")
