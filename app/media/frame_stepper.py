"""Frame i of an indexed video by the shortest exact way: reading on, or from the key frame at or before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from app.errors import AppError
from app.media.kept_frames import KeptFrames
from app.media.video_decoder import VideoDecoder, identity_of
from app.media.video_index import NO_TIMESTAMP, FrameIdentity, VideoIndex
from app.spoken import shown_frame

KEPT_BYTES = 128 * 2**20
# Decoding this many frames further is cheaper than a seek, which empties the decoder's pipeline of frames.
_READ_ON = 16
# Damage shows on the frame it is in, which may be shown after frames that were made from it; no codec reorders more.
_MOST_AHEAD = 16
# A frame that is missing after its key frame is searched from the start of the file only if that is near.
_NEAR_START = 2000


class DecodingInterruptedError(Exception):
    """Decoding was given up on the way; it goes on from there when the frame is asked for again."""


class FrameStepper:
    """Decodes frames by number. Not thread-safe.

    Frames it passes are kept, newest last and bounded by bytes, so that stepping backward decodes a group of pictures
    once and not once a frame.

    What a decoder makes of damage depends on all that it decoded before. In a damaged video, and in all of a codec
    whose decoder may say nothing of damage, each group of pictures is therefore decoded by a fresh decoder, from its
    key frame on, whichever way one comes; in one thread where there is damage
    (docs/decisions/0010-damaged-video.md). Damage that the index does not know of counts from where it is met.
    """

    def __init__(
        self, decoder: VideoDecoder, index: VideoIndex, kept_bytes: int = KEPT_BYTES, *, in_leaps: bool = False
    ) -> None:
        """Use ``decoder``, which nobody else moves, with the frames that ``index`` names.

        Args:
            decoder: Of the file.
            index: Its frames.
            kept_bytes: Bound of the frames that are kept.
            in_leaps: On the way to a frame leave out those that no other is made from
                (docs/decisions/0015-far-frames.md). Damage in what is left out is not met.
        """
        self._decoder = decoder
        self._index = index
        self._kept = KeptFrames(kept_bytes)
        self._opening = decoder.openings
        self._leaps = in_leaps and decoder.can_leave_out and index.identity is not FrameIdentity.ORDER
        self._goal = 0
        self._interrupted: Callable[[], bool] = _never
        self._frames: Iterator[tuple[int, VideoFrame]] | None = None
        self._last = -1
        self._damaged = index.damaged
        self._alone = index.damaged or decoder.is_silent_on_damage
        self._group = 0
        self._made_with: dict[int, int] = {}
        self._ahead = 1
        self._order = np.argsort(index.timestamps, kind="stable")
        self._sorted = index.timestamps[self._order]

    @property
    def damaged(self) -> bool:
        """Whether damage was met, now or while indexing."""
        return self._damaged

    def decode(self, index: int, interrupted: Callable[[], bool] | None = None) -> VideoFrame:
        """Frame ``index``, which must be in ``range(frame_count)``, as the decoder gives it.

        Args:
            index: Of the frame.
            interrupted: Asked after each frame on the way; True gives up.

        Raises:
            AppError: The file is damaged there or can no longer be read.
            DecodingInterruptedError: As ``interrupted`` wished.
        """
        self._goal = index
        self._interrupted = interrupted or _never
        frame = self._kept.get(index)
        if frame is None and self._is_ahead(index):
            frame = self._read_on_to(index)
        if frame is None:
            frame = self._seek_to(index)
        if not self._damaged and not self._leaps:
            self._look_beyond(index)
        if self._decoder.damaged and not self._damaged:
            self._damaged = self._alone = True
            self._leaps = False
            self.forget()
            frame = self._seek_to(index)
        if frame is not None:
            return frame
        self.forget()
        raise AppError(
            "Frame {0} of {1} cannot be decoded; the file is damaged there.", shown_frame(index), self._decoder.path
        )

    def is_near(self, index: int) -> bool:
        """Whether the frame is kept, or comes out next."""
        return self._kept.get(index) is not None or (self._is_ahead(index) and index - self._last <= _READ_ON)

    def forget(self) -> None:
        """Drop the kept frames and the position: the next frame is sought afresh."""
        self._kept.clear()
        self._frames = None
        self._last = -1

    def close(self) -> None:
        """Let go of the frames, then of the file."""
        self.forget()
        self._decoder.close()

    def _seek_to(self, index: int) -> VideoFrame | None:
        # where groups are decoded alone, nothing may depend on which of their frames is wanted
        goal = self.key_before(index) if self._alone else index
        for start in self._starts(goal):
            if self._begin(start, goal):
                frame = self._read_on_to(index)
                if frame is not None or self._alone:
                    return frame
        return None

    def _is_ahead(self, index: int) -> bool:
        """Whether reading on from the last frame is the shortest way."""
        if self._frames is None or index <= self._last:
            return False
        if self._alone:
            return self.key_before(index) == self._group
        return index - self._last <= _READ_ON or self.key_before(index) <= self._last

    def key_before(self, index: int) -> int:
        """The key frame from which ``index`` is decoded; 0 stands for the start of the file."""
        keys = self._index.key_frames
        at = int(np.searchsorted(keys, index, side="right")) - 1
        return int(keys[at]) if at >= 0 else 0

    def _starts(self, index: int) -> Iterator[int | None]:
        """Timestamps worth seeking to for frame ``index``, best first; None is the start of the file.

        Formats differ in whether they seek by presentation or decoding time, so a second try by the other is worth it;
        if neither lands where the index says, the group of pictures before is tried.
        """
        keys = self._index.key_frames
        at = int(np.searchsorted(keys, index, side="right")) - 1
        for near in range(at, max(at - 2, -1), -1):
            if keys[near] > 0:
                yield int(self._index.timestamps[keys[near]])
                if self._index.key_decode_times[near] != NO_TIMESTAMP:
                    yield int(self._index.key_decode_times[near])
        if at < 2 or index < _NEAR_START:
            yield None

    def _begin(self, start: int | None, index: int) -> bool:
        """Put the decoder where ``index`` can be reached; False where the format cannot seek there."""
        # of the last few it is not known yet whether what they were made from is sound
        last = self._last
        self._kept.drop([it for it, latest in self._made_with.items() if latest > last])
        self._frames = None
        self._last = -1
        self._made_with.clear()
        self._group = self.key_before(index)
        if self._alone:
            self._decoder.renew(one_thread=self._damaged)
        if start is None:
            self._decoder.restart()
        if self._decoder.openings != self._opening:
            self._opening = self._decoder.openings
            self._kept.begin_anew()
        if start is None:
            self._frames = self._numbered(self._decoder.packets(), first=0)
            return True
        if not self._decoder.seek(start):
            return False
        packets = self._decoder.packets()
        for packet in packets:
            key = self._number_of(identity_of(packet, self._index.identity)) if packet.is_keyframe else None
            if key is not None:
                if key > index:
                    return False
                self._frames = self._numbered(_with_first(packet, packets), first=key)
                return True
        return False

    def _numbered(self, packets: Iterator[Packet[VideoStream]], first: int) -> Iterator[tuple[int, VideoFrame]]:
        """(number, frame) from ``first`` on.

        Frames before the key frame that decoding began with are dropped: in an open group of pictures they come out
        after it, but need pictures from before it.
        """
        for count, (identity, frame) in enumerate(self._decoder.frames(self._noted(packets), self._index.identity)):
            number = count if self._index.identity is FrameIdentity.ORDER else self._number_of(identity)
            if number is not None and first <= number < self._index.frame_count:
                yield number, frame

    def _noted(self, packets: Iterator[Packet[VideoStream]]) -> Iterator[Packet[VideoStream]]:
        """The packets; of each is noted which is the last frame, as they are shown, that was decoded before it."""
        latest = -1
        for packet in packets:
            number = self._number_of(identity_of(packet, self._index.identity))
            if number is not None:
                latest = max(latest, number)
                self._made_with[number] = latest
            if self._leaps:
                self._decoder.leave_out(number is not None and number < self._goal)
            yield packet

    def _number_of(self, identity: int) -> int | None:
        at = int(np.searchsorted(self._sorted, identity))
        if at < len(self._sorted) and self._sorted[at] == identity:
            return int(self._order[at])
        return None

    def _read_on_to(self, index: int) -> VideoFrame | None:
        assert self._frames is not None
        for number, frame in self._frames:
            self._pass(number, frame)
            if number == index:
                return frame
            if number > index:
                return None
            if self._interrupted():
                raise DecodingInterruptedError
        self._frames = None
        return None

    def _look_beyond(self, index: int) -> None:
        """Decode as far as the last frame that this one may be made from: its damage is damage of this one."""
        goal = min(self._made_with.get(index, index), index + _MOST_AHEAD)
        self._ahead = max(self._ahead, goal - index + 1)
        while self._frames is not None and self._last < goal:
            number, frame = next(self._frames, (0, None))
            if frame is None:
                self._frames = None
            else:
                self._pass(number, frame)

    def _pass(self, number: int, frame: VideoFrame) -> None:
        """A frame has come out of the decoder; keep it, unless another decoder is to make it."""
        self._last = number
        if not self._alone or self.key_before(number) == self._group:
            self._kept.put(number, frame, at_least=self._ahead)


def _with_first(packet: Packet[VideoStream], rest: Iterator[Packet[VideoStream]]) -> Iterator[Packet[VideoStream]]:
    yield packet
    yield from rest


def _never() -> bool:
    return False
