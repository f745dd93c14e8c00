"""Frames that were shown lately, bounded by bytes; used by the UI thread and the loader's thread at once."""

from __future__ import annotations

import threading
from collections import OrderedDict

from app.media.frame_source import Frame


class FrameCache:
    """Frame number -> Frame; the frame asked for longest ago goes first when there is no more room. Thread-safe."""

    def __init__(self, most_bytes: int) -> None:
        """Hold at most ``most_bytes`` of pixels, but always the newest frame."""
        self._most_bytes = most_bytes
        self._frames: OrderedDict[int, Frame] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def __contains__(self, index: int) -> bool:
        with self._lock:
            return index in self._frames

    def get(self, index: int) -> Frame | None:
        """The frame, which now counts as just used, or None."""
        with self._lock:
            frame = self._frames.get(index)
            if frame is not None:
                self._frames.move_to_end(index)
            return frame

    def put(self, index: int, frame: Frame) -> None:
        """Hold a frame as the newest."""
        with self._lock:
            known = self._frames.pop(index, None)
            self._bytes += frame.nbytes - (0 if known is None else known.nbytes)
            self._frames[index] = frame
            while self._bytes > self._most_bytes and len(self._frames) > 1:
                _, dropped = self._frames.popitem(last=False)
                self._bytes -= dropped.nbytes

    def clear(self) -> None:
        """Drop all frames."""
        with self._lock:
            self._frames.clear()
            self._bytes = 0

    @property
    def held_bytes(self) -> int:
        """Bytes of pixels held."""
        with self._lock:
            return self._bytes
