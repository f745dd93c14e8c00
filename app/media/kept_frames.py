"""Decoded frames that may be wanted again, bounded by the bytes that they keep from being freed."""

from __future__ import annotations

from collections.abc import Iterable

from av.video.frame import VideoFrame


class KeptFrames:
    """Frame number -> decoded frame; the one that came first goes first when there is no more room.

    A frame's memory belongs to the decoder it came from, which lends it again once the frame is dropped, and frees
    all that it ever lent only when the last frame of it is gone. So frames of an earlier decoder go together, as soon
    as what both have lent would exceed the bound; one by one they would be dropped without anything being freed.
    """

    def __init__(self, most_bytes: int) -> None:
        """Keep at most ``most_bytes`` of pictures, but always the newest frame."""
        self._most_bytes = most_bytes
        self._frames: dict[int, VideoFrame] = {}
        self._earlier: dict[int, VideoFrame] = {}
        self._lent = self._lent_earlier = 0

    def __len__(self) -> int:
        return len(self._frames) + len(self._earlier)

    @property
    def lent(self) -> int:
        """How many pictures' memory is taken: those that are kept, and those that decoders hold because of them."""
        return self._lent + self._lent_earlier

    def get(self, number: int) -> VideoFrame | None:
        """The frame, or None."""
        frame = self._frames.get(number)
        return self._earlier.get(number) if frame is None else frame

    def put(self, number: int, frame: VideoFrame, at_least: int = 1) -> None:
        """Keep a frame of the present decoder as the newest.

        Args:
            number: Of the frame.
            frame: As it was decoded.
            at_least: So many frames are kept even if there is no room for them.
        """
        size = sum(plane.buffer_size for plane in frame.planes)
        room = max(at_least, self._most_bytes // max(1, size))
        self._frames.pop(number, None)
        while len(self._frames) >= room:
            del self._frames[next(iter(self._frames))]
        self._frames[number] = frame
        self._lent = max(self._lent, len(self._frames))
        if self.lent > room:
            self._forget_earlier()

    def begin_anew(self) -> None:
        """Frames from now on come from another decoder."""
        if self._frames:
            self._earlier, self._lent_earlier = self._frames, self._lent
        self._frames, self._lent = {}, 0

    def drop(self, numbers: Iterable[int]) -> None:
        """Keep these no longer."""
        for number in numbers:
            self._frames.pop(number, None)
            self._earlier.pop(number, None)
        if not self._earlier:
            self._forget_earlier()

    def clear(self) -> None:
        """Keep nothing."""
        self._frames.clear()
        self._lent = 0
        self._forget_earlier()

    def _forget_earlier(self) -> None:
        self._earlier.clear()
        self._lent_earlier = 0
