"""Finds the frames of a video: demuxes all packets, then proves by decoding that they are the frames one gets.

What a header says is never used. Where every sign is good (a container with true timestamps, all packets sound, no
edit list) it is enough to decode the first and last groups of pictures; otherwise, and for all short videos, the whole
file is decoded once and the frames that came out are the index. Either way seeks are tried out and compared with
reading on, pixel by pixel; key frames from which other pictures come out are not used to begin decoding.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from app.document.model import MAX_FRAMES
from app.errors import AppError
from app.media.frame_source import OpeningCancelledError
from app.media.frame_stepper import FrameStepper
from app.media.video_decoder import VideoDecoder, identity_of
from app.media.video_index import NO_TIMESTAMP, FrameIdentity, Integers, VideoIndex

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]
Booleans = npt.NDArray[np.bool_]

# Containers that store a presentation time with each packet, and codecs of which a packet is one shown frame.
_EXACT_CONTAINERS = ("mov,mp4", "matroska,webm")
_EXACT_CODECS = frozenset({"h264", "hevc", "vp9", "av1", "libdav1d", "mpeg4", "mjpeg", "prores", "ffv1", "dnxhd"})
# Containers whose presentation times are guesses of FFmpeg's; their decoding times are stored.
_TIMES_GUESSED = frozenset({"avi"})
# A second or two of decoding: up to here certainty costs nothing worth saving.
_DECODE_ALL_PIXELS = 250_000_000
_SEEKS_TRIED = 4
# With at most one key frame in so many frames, every one is tried.
_FEW_KEYS = 5
_COMPARED_FRAMES = 3
_ASK_EVERY = 32


def build_index(path: Path, progress: Progress, cancelled: Cancelled) -> VideoIndex:
    """The index of the first video stream of a file.

    Args:
        path: The video file.
        progress: Called with (done, total) now and then.
        cancelled: Asked now and then; True gives up.

    Raises:
        AppError: Not a video, nothing in it can be decoded, or cancelled.
    """
    decoder = VideoDecoder(path)
    try:
        return _Indexing(decoder, progress, cancelled).build()
    finally:
        decoder.close()


@dataclass(frozen=True)
class _Scan:
    """What demuxing says: one entry a packet, in the order of the file."""

    presentation_times: Integers
    decoding_times: Integers
    is_key: Booleans
    all_sound: bool

    def times(self, identity: FrameIdentity) -> Integers:
        """The packets' timestamps of one kind."""
        if identity is FrameIdentity.ORDER:
            return np.full(len(self.is_key), NO_TIMESTAMP, dtype=np.int64)
        return self.decoding_times if identity is FrameIdentity.DECODING_TIME else self.presentation_times


class _Indexing:
    def __init__(self, decoder: VideoDecoder, progress: Progress, cancelled: Cancelled) -> None:
        self._decoder = decoder
        self._progress = progress
        self._cancelled = cancelled
        self._size = (0, 0)

    def build(self) -> VideoIndex:
        scan = self._demux()
        self._size = self._first_size()
        if (
            not self._decoder.damaged
            and self._may_trust(scan)
            and len(scan.is_key) * self._size[0] * self._size[1] > _DECODE_ALL_PIXELS
        ):
            index = self._index_of(np.sort(scan.presentation_times), FrameIdentity.PRESENTATION_TIME, scan)
            if self._ends_hold(index):
                return index
        return self._decode_all(scan)

    def _demux(self) -> _Scan:
        times, decode_times, keys, sound = [], [], [], True
        size = max(1, self._decoder.path.stat().st_size)
        for count, packet in enumerate(self._decoder.packets()):
            if count >= MAX_FRAMES:
                raise AppError(
                    "{0} has more than {1} frames; cut it into parts.", self._decoder.path, f"{MAX_FRAMES:,}"
                )
            if count % _ASK_EVERY == 0:
                self._check(min(packet.pos or 0, size), size)
            times.append(identity_of(packet, FrameIdentity.PRESENTATION_TIME))
            decode_times.append(identity_of(packet, FrameIdentity.DECODING_TIME))
            keys.append(packet.is_keyframe)
            sound = sound and not (packet.is_corrupt or packet.is_discard)
        return _Scan(
            np.array(times, dtype=np.int64),
            np.array(decode_times, dtype=np.int64),
            np.array(keys, dtype=np.bool_),
            sound and not self._decoder.damaged,
        )

    def _first_size(self) -> tuple[int, int]:
        """(width, height) of the first frame that can be decoded."""
        for _, frame in self._decoded(FrameIdentity.PRESENTATION_TIME):
            return frame.width, frame.height
        raise AppError(
            "No frame of {0} can be decoded; the file is damaged or in a format this program lacks.", self._decoder.path
        )

    def _may_trust(self, scan: _Scan) -> bool:
        """Whether all signs say that each packet is one shown frame with the time the packet carries."""
        stream = self._decoder.stream
        return (
            self._decoder.container_name.startswith(_EXACT_CONTAINERS)
            and stream.codec_context.name in _EXACT_CODECS
            and scan.all_sound
            and bool(scan.is_key[0])
            and stream.frames in {0, len(scan.is_key)}
            and _are_identities(scan.presentation_times)
        )

    def _ends_hold(self, index: VideoIndex) -> bool:
        """Whether the first and the last groups of pictures decode as said and a seek into each gives the same."""
        keys, last = index.key_frames.tolist(), index.frame_count - 1
        if len(keys) < 2:
            return self._reads_on(index, 0, last, []) is not None
        for first, end, sought in ((0, min(keys[1] + _COMPARED_FRAMES, last), keys[1]), (keys[-2], last, keys[-1])):
            sums = self._reads_on(index, first, end, [sought])
            if sums is None or self._misleading_keys(index, sums):
                return False
        return not self._decoder.damaged

    def _reads_on(self, index: VideoIndex, first: int, last: int, keys: list[int]) -> dict[int, int] | None:
        """Decode frames ``first .. last``; checksums of those at ``keys``, or None where a frame does not come."""
        stepper = FrameStepper(self._decoder, index, kept_bytes=0)
        compared = {number for key in keys for number in range(key, key + _COMPARED_FRAMES)}
        sums: dict[int, int] = {}
        for number in range(first, last + 1):
            if number % _ASK_EVERY == 0:
                self._check(number - first, last + 1 - first)
            try:
                frame = stepper.decode(number)
            except AppError:
                return None
            if number in compared:
                sums[number] = self._checksum(frame)
        return sums

    def _misleading_keys(self, index: VideoIndex, sums: dict[int, int]) -> set[int]:
        """Key frames after which a seek gives other pictures than reading on, whose checksums by frame are ``sums``."""
        stepper = FrameStepper(self._decoder, index, kept_bytes=0)
        keys = set(index.key_frames.tolist())
        misleading = set()
        key = 0
        for done, number in enumerate(sorted(sums)):
            if number in keys:
                key = number
                stepper.forget()
            self._check(done, len(sums))
            try:
                if self._checksum(stepper.decode(number)) != sums[number]:
                    misleading.add(key)
            except AppError:
                misleading.add(key)
        return misleading

    def _decode_all(self, scan: _Scan) -> VideoIndex:
        """The frames that decoding the whole file gives, in the order they come out."""
        guessed = self._decoder.container_name in _TIMES_GUESSED
        wanted = FrameIdentity.DECODING_TIME if guessed else FrameIdentity.PRESENTATION_TIME
        for identity in (wanted, FrameIdentity.DECODING_TIME):
            packet_times = scan.times(identity)
            if not _are_identities(packet_times):
                continue
            sought = _keys_to_try(packet_times, scan.is_key)
            found, sums = self._decode_to_end(identity, len(packet_times), sought)
            if _are_identities(found):
                index = self._index_of(found, identity, scan)
                if self._decoder.damaged:
                    return self._in_damaged_groups(index)
                misleading = self._misleading_keys(index, sums)
                was_sample = len(sought) < np.count_nonzero(scan.is_key)
                return _without_keys(index, set(index.key_frames.tolist()) if was_sample and misleading else misleading)
        found, _ = self._decode_to_end(FrameIdentity.ORDER, len(scan.is_key), set())
        index = self._index_of(np.arange(len(found), dtype=np.int64), FrameIdentity.ORDER, scan)
        return replace(index, damaged=self._decoder.damaged)

    def _in_damaged_groups(self, index: VideoIndex) -> VideoIndex:
        """The same frames, each to be decoded with its group alone; key frames that lose some join the group before."""
        index = replace(index, damaged=True)
        stepper = FrameStepper(self._decoder, index, kept_bytes=0)
        losing = set()
        for number in range(index.frame_count):
            if number % _ASK_EVERY == 0:
                self._check(number, index.frame_count)
            try:
                stepper.decode(number)
            except AppError:
                losing.add(stepper.key_before(number))
        return _without_keys(index, losing)

    def _decode_to_end(self, identity: FrameIdentity, total: int, sought: set[int]) -> tuple[Integers, dict[int, int]]:
        """Identities of all decoded frames, and checksums by frame number at the key frames ``sought``."""
        found: list[int] = []
        sums: dict[int, int] = {}
        compared = 0
        for time, frame in self._decoded(identity):
            if time in sought:
                compared = _COMPARED_FRAMES
            if compared > 0:
                sums[len(found)] = self._checksum(frame)
                compared -= 1
            found.append(time)
            if len(found) % _ASK_EVERY == 0:
                self._check(min(len(found), total), total)
        return np.array(found, dtype=np.int64), sums

    def _decoded(self, identity: FrameIdentity) -> Iterator[tuple[int, VideoFrame]]:
        self._decoder.restart()
        return self._decoder.frames(self._asking(self._decoder.packets()), identity)

    def _index_of(self, timestamps: Integers, identity: FrameIdentity, scan: _Scan) -> VideoIndex:
        key_times = scan.times(identity)[scan.is_key]
        _, key_frames, among_keys = np.intersect1d(timestamps, key_times, return_indices=True)
        in_order = np.argsort(key_frames)
        return VideoIndex(
            identity=identity,
            timestamps=timestamps,
            key_frames=key_frames[in_order].astype(np.int64),
            key_decode_times=scan.decoding_times[scan.is_key][among_keys[in_order]],
            seconds_per_unit=float(self._decoder.stream.time_base or 1),
            fps=self._rate(timestamps[:0] if identity is FrameIdentity.ORDER else timestamps),
            width=self._size[0],
            height=self._size[1],
        )

    def _rate(self, times: Integers) -> float:
        """Average frames per second: the container's exact fraction where it agrees with the frames' own times."""
        stream = self._decoder.stream
        stated = float(stream.average_rate or stream.guessed_rate or 0)
        if len(times) < 2 or stream.time_base is None:
            return stated if stated > 0 else 25.0
        measured = (len(times) - 1) / (float(times.max() - times.min()) * float(stream.time_base))
        return stated if abs(stated - measured) <= 0.005 * measured else measured

    def _checksum(self, frame: VideoFrame) -> int:
        return zlib.crc32(self._decoder.to_rgb(frame).tobytes())

    def _asking(self, packets: Iterator[Packet[VideoStream]]) -> Iterator[Packet[VideoStream]]:
        """The packets, giving up between two when cancelled: damage may keep a decoder from giving any frame."""
        for packet in packets:
            self._ask()
            yield packet

    def _check(self, done: int, total: int) -> None:
        self._ask()
        if total:
            self._progress(done, total)

    def _ask(self) -> None:
        if self._cancelled():
            raise OpeningCancelledError("Opening {0} was cancelled.", self._decoder.path)


def _are_identities(times: Integers) -> bool:
    """Whether these tell frames apart: at least one, all present, none twice."""
    return len(times) > 0 and bool(np.all(times != NO_TIMESTAMP)) and len(np.unique(times)) == len(times)


def _keys_to_try(times: Integers, is_key: Booleans) -> set[int]:
    """Timestamps of the key frames to seek to: all, or a few spread evenly where most frames are key frames."""
    key_times = times[is_key]
    if len(key_times) * _FEW_KEYS <= len(times):
        return set(key_times.tolist())
    return {int(key_times[len(key_times) * (part + 1) // (_SEEKS_TRIED + 1)]) for part in range(_SEEKS_TRIED)}


def _without_keys(index: VideoIndex, keys: set[int]) -> VideoIndex:
    kept = ~np.isin(index.key_frames, sorted(keys))
    return replace(index, key_frames=index.key_frames[kept], key_decode_times=index.key_decode_times[kept])
