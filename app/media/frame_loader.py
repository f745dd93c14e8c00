"""Frames for the window: read in a thread of their own, the newest request first, and none that nobody waits for."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt, QThread, Signal, Slot

from app.media.frame_cache import FrameCache
from app.media.frame_source import Frame, SourceInfo
from app.media.loader_worker import LoaderWorker, Mailbox, Opening, OpenSource, Wish
from app.media.open_source import open_source

_CACHE_BYTES = 512 * 2**20


class FrameLoader(QObject):
    """Opens one source at a time and gives its frames to the UI thread, where it lives.

    A request that a newer one overtakes before reading began is never read; an answer that comes after the answer to
    a newer request is dropped. A frame that is in the cache is given at once, from inside ``request``. A far frame of
    a video comes by a quick way; where the exact way then gives another picture, as it may in a damaged file, it comes
    again.
    """

    opened = Signal(object)
    """SourceInfo: the source is there and frames may be requested."""
    open_failed = Signal(str)
    """One sentence for the person; also after ``cancel_opening``."""
    indexing = Signal(int, int)
    """(done, total) while a source is being opened."""
    frame_ready = Signal(int, object)
    """(frame number, Frame)."""
    frame_failed = Signal(int, str)
    """(frame number, one sentence for the person)."""

    _opening_wanted = Signal(object)
    _woken = Signal()
    _finish_wanted = Signal()

    def __init__(
        self,
        parent: QObject | None = None,
        cache_bytes: int = _CACHE_BYTES,
        open_source: OpenSource = open_source,
    ) -> None:
        """Without a source; the thread starts with the first ``open``."""
        super().__init__(parent)
        self._cache = FrameCache(cache_bytes)
        self._mailbox = Mailbox()
        self._opening: Opening | None = None
        self._openings = 0
        self._info: SourceInfo | None = None
        self._serial = 0
        self._answered = 0
        self._looked_at = 0
        self._thread = QThread()
        self._thread.setObjectName("frame loader")
        self._worker = LoaderWorker(self._mailbox, self._cache, cache_bytes, open_source)
        self._worker.moveToThread(self._thread)
        queued = Qt.ConnectionType.QueuedConnection
        self._opening_wanted.connect(self._worker.open, type=queued)
        self._woken.connect(self._worker.wake, type=queued)
        self._finish_wanted.connect(self._worker.finish, type=queued)
        self._worker.opened.connect(self._on_opened, type=queued)
        self._worker.open_failed.connect(self._on_open_failed, type=queued)
        self._worker.indexing.connect(self._on_indexing, type=queued)
        self._worker.frame_read.connect(self._on_frame_read, type=queued)
        self._worker.frame_failed.connect(self._on_frame_failed, type=queued)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.close)

    @property
    def info(self) -> SourceInfo | None:
        """The open source, or None before ``opened``."""
        return self._info

    def open(self, path: Path) -> None:
        """Open a video or image folder in place of the present one; ``opened`` or ``open_failed`` follows."""
        self.cancel_opening()
        self._info = None
        self._openings += 1
        self._opening = Opening(self._openings, Path(path), threading.Event())
        if not self._thread.isRunning():
            self._thread.start()
        self._mailbox.call()
        self._opening_wanted.emit(self._opening)

    def cancel_opening(self) -> None:
        """Give up an opening under way; ``open_failed`` follows. Without one, nothing happens."""
        if self._opening is not None:
            self._opening.cancelled.set()

    def request(self, index: int) -> None:
        """Ask for a frame; ``frame_ready`` or ``frame_failed`` follows unless a newer request overtakes this one.

        Nothing happens while no source is open.

        Raises:
            IndexError: The open source has no such frame.
        """
        if self._info is None:
            return
        if not 0 <= index < self._info.frame_count:
            raise IndexError(index)
        direction = -1 if index < self._looked_at else 1
        self._looked_at = index
        self._serial += 1
        frame = self._cache.get(index)
        if self._mailbox.put(Wish(self._serial, index, direction, has_frame=frame is not None)):
            self._woken.emit()
        if frame is not None:
            self._answered = self._serial
            self.frame_ready.emit(index, frame)

    @Slot()
    def close(self) -> None:
        """Let go of the source and end the thread; waits for the frame being read. May be called twice."""
        self.cancel_opening()
        self._openings += 1  # replies still on their way belong to nothing any more
        self._info = None
        if self._thread.isRunning():
            self._mailbox.call()
            self._finish_wanted.emit()
            self._thread.wait()

    @Slot(int, object)
    def _on_opened(self, number: int, info: SourceInfo) -> None:
        if number == self._openings:
            self._opening = None
            self._info = info
            self._looked_at = 0
            self.opened.emit(info)

    @Slot(int, str)
    def _on_open_failed(self, number: int, text: str) -> None:
        if number == self._openings:
            self._opening = None
            self.open_failed.emit(text)

    @Slot(int, int, int)
    def _on_indexing(self, number: int, done: int, total: int) -> None:
        if number == self._openings:
            self.indexing.emit(done, total)

    @Slot(int, int, int, object)
    def _on_frame_read(self, number: int, serial: int, index: int, frame: Frame) -> None:
        if self._is_news(number, serial):
            self.frame_ready.emit(index, frame)

    @Slot(int, int, int, str)
    def _on_frame_failed(self, number: int, serial: int, index: int, text: str) -> None:
        if self._is_news(number, serial):
            self.frame_failed.emit(index, text)

    def _is_news(self, number: int, serial: int) -> bool:
        # a frame that looked otherwise at a glance comes twice with the same serial
        if self._info is None or number != self._openings or serial < self._answered:
            return False
        self._answered = serial
        return True
