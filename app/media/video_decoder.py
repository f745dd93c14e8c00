"""One video stream of one file: opening it safely, its packets, and its decoded frames from a chosen place on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import av
import numpy as np
import numpy.typing as npt
from av.container import InputContainer
from av.packet import Packet
from av.sidedata.sidedata import SideData
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter
from av.video.stream import VideoStream

from app.errors import AppError
from app.media.frame_source import Frame
from app.media.video_index import NO_TIMESTAMP, FrameIdentity

# Only containers that hold pictures themselves. Left out on purpose: playlists (they open other files and addresses),
# file name patterns, and FFmpeg's text renderer, which would take a letter for a video.
_CONTAINERS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,flv,ogg,asf,mxf,gif,apng,ivf,nut,wtv,dv,rm,"
    "h264,hevc,m4v,obu,vc1,mjpeg,yuv4mpegpipe,vob,amv"
)
# FFmpeg does not tell of all damage in these, and what it makes of that depends on what was decoded before.
_SILENT_CODECS = frozenset({"h264", "hevc", "vvc"})
# Where a slice of these ends too early the rest of the picture stays as the memory was: part of an earlier picture, of
# which one depends on the timing of threads.
_UNSTEADY_CODECS = frozenset({"hevc", "vvc"})
# Their pictures say of themselves that no other is made from them, and FFmpeg can leave those out.
_SKIPPING_CODECS = frozenset({"h264", "hevc"})
LARGEST_PIXELS = 1 << 26
"""Pixels of a picture, twice those of 8K: a decoder holds a score of pictures, and a header costs nothing to write."""


@dataclass(frozen=True, slots=True)
class Orientation:
    """How a decoded picture is turned to be shown, from the stream's display matrix.

    Attributes:
        transposed: Rows become columns (first).
        flip_x: Mirrored left to right (after transposing).
        flip_y: Mirrored top to bottom (after transposing).
    """

    transposed: bool = False
    flip_x: bool = False
    flip_y: bool = False

    def apply(self, pixels: Frame) -> Frame:
        """The picture ``(H, W, 3)`` as it is to be shown, a view."""
        if self.transposed:
            pixels = pixels.transpose(1, 0, 2)
        return pixels[:: -1 if self.flip_y else 1, :: -1 if self.flip_x else 1]

    @classmethod
    def of(cls, frame: VideoFrame) -> Orientation:
        """The orientation a decoded frame carries, to the nearest quarter turn."""
        matrix = cast("SideData | None", frame.side_data.get("DISPLAYMATRIX"))
        if matrix is None:
            return cls()
        # FFmpeg: x' = a x + c y, y' = b x + d y, stored as [a b u, c d v, x y w] in 16.16 fixed point.
        a, b, _, c, d = np.frombuffer(memoryview(matrix), dtype=np.int32)[:5].tolist()
        if max(abs(b), abs(c)) > max(abs(a), abs(d)):
            return cls(transposed=True, flip_x=c < 0, flip_y=b < 0)
        return cls(flip_x=a < 0, flip_y=d < 0)


def identity_of(packet: Packet[VideoStream], identity: FrameIdentity) -> int:
    """The timestamp by which the packet's frame is recognised, ``NO_TIMESTAMP`` where it carries none."""
    time = packet.dts if identity is FrameIdentity.DECODING_TIME else packet.pts
    return NO_TIMESTAMP if time is None else time


class VideoDecoder:
    """The video stream of one open file. Not thread-safe.

    Attributes:
        damaged: Set when a packet could not be read or decoded, or a frame came out patched up.
        openings: How often the file was opened; with each the decoder is another.
    """

    def __init__(self, path: Path, *, one_thread: bool = False) -> None:
        """Open a file.

        Args:
            path: The file.
            one_thread: Decode in one thread: what is made of damage then depends on the packets alone.

        Raises:
            AppError: Missing, unreadable, not a video, or without a picture stream.
        """
        self._path = path
        self._one_thread = one_thread
        self._reformatter = VideoReformatter()
        self.openings = 0
        self._container, self.stream = self._open()
        self._is_open = self._at_start = True
        self.damaged = False

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    @property
    def is_silent_on_damage(self) -> bool:
        """Whether ``damaged`` may stay False although pictures came out that depend on what was decoded before."""
        return self.stream.codec_context.name in _SILENT_CODECS

    @property
    def can_leave_out(self) -> bool:
        """Whether ``leave_out`` has an effect."""
        return self.stream.codec_context.name in _SKIPPING_CODECS

    @property
    def container_name(self) -> str:
        """FFmpeg's name of the container format."""
        return str(self._container.format.name)

    def close(self) -> None:
        """Let go of the file."""
        self._container.close()

    def restart(self) -> None:
        """Go to the very beginning by opening the file anew, which is exact for every format.

        Raises:
            AppError: The file can no longer be opened.
        """
        if not self._at_start:
            self._reopen()

    def renew(self, *, one_thread: bool) -> None:
        """Forget everything that was decoded, and stand at the very beginning.

        Args:
            one_thread: From now on decode in one thread, as some codecs must in any case.

        Raises:
            AppError: The file can no longer be opened.
        """
        single = self._one_thread or one_thread or self.stream.codec_context.name in _UNSTEADY_CODECS
        if not self._at_start or single != self._one_thread:
            self._one_thread = single
            self._reopen()

    def seek(self, timestamp: int) -> bool:
        """Go to a key frame at or before ``timestamp`` (stream units); False where the format cannot.

        Raises:
            AppError: The file could not be opened anew before, and cannot still.
        """
        if not self._is_open:
            self._reopen()
        self._at_start = False
        try:
            self._container.seek(timestamp, stream=self.stream, backward=True)
        except av.FFmpegError:
            return False
        return True

    def packets(self) -> Iterator[Packet[VideoStream]]:
        """The stream's packets from where the file stands; damage ends them early."""
        self._at_start = False
        try:
            for packet in self._container.demux(self.stream):
                if packet.size:
                    yield packet
        except av.FFmpegError:
            self.damaged = True

    def leave_out(self, unreferenced: bool) -> None:
        """Whether frames that no other is made from are left out, of the packets that are decoded from now on."""
        self.stream.codec_context.skip_frame = "NONREF" if unreferenced else "DEFAULT"

    def frames(
        self, packets: Iterator[Packet[VideoStream]], identity: FrameIdentity
    ) -> Iterator[tuple[int, VideoFrame]]:
        """Decoded frames in the order they are shown, each with the identity of the packet it came from.

        The identity travels through the decoder as the packet's presentation time: a decoder that reorders or that runs
        in several threads cannot mix it up, and timestamps that FFmpeg invents are not relied on. (PyAV's ``opaque``
        would do the same, but threads of a decoder that drop one wait for Python, which waits for them: on damaged HEVC
        and VP9 the program hung.)
        """
        for packet in packets:
            known = identity_of(packet, identity)
            packet.pts = None if known == NO_TIMESTAMP else known
            yield from self._decode(packet)
        yield from self._decode(None)

    def to_rgb(self, frame: VideoFrame) -> Frame:
        """A decoded frame's pixels as RGB uint8 ``(H, W, 3)``, before rotation."""
        converted = self._reformatter.reformat(frame, format="rgb24", threads=1)
        return cast("npt.NDArray[np.uint8]", converted.to_ndarray())

    def _decode(self, packet: Packet[VideoStream] | None) -> list[tuple[int, VideoFrame]]:
        try:
            frames = self.stream.codec_context.decode(packet)
        except av.FFmpegError:
            self.damaged = True
            return []
        if any(frame.is_corrupt for frame in frames):
            self.damaged = True
        return [(_identity_of_frame(frame), frame) for frame in frames]

    def _reopen(self) -> None:
        self._is_open = False
        self._container.close()
        self._container, self.stream = self._open()
        self._is_open = self._at_start = True

    def _open(self) -> tuple[InputContainer, VideoStream]:
        path = self._path
        if not path.exists():
            raise AppError("{0} is not there; check the name, or whether it was moved.", path)
        try:
            # "file:" keeps a name with a colon from being taken for a network address.
            container = av.open(
                f"file:{path}", metadata_errors="replace", container_options={"format_whitelist": _CONTAINERS}
            )
        except PermissionError as error:
            raise AppError("{0} cannot be read: you have no permission to open it.", path) from error
        except av.FFmpegError as error:
            raise AppError(
                "{0} is not a video this program can read: it is damaged, cut short or of another kind.", path
            ) from error
        stream = _picture_stream(container)
        if stream is None:
            container.close()
            raise AppError("{0} holds no video that this program can show; choose a file with moving pictures.", path)
        self.openings += 1
        stream.thread_type = "NONE" if self._one_thread else "AUTO"
        stream.codec_context.options = {"max_pixels": str(LARGEST_PIXELS)}
        return container, stream


def _picture_stream(container: InputContainer) -> VideoStream | None:
    """The first video stream that is not a cover picture and that there is a decoder for."""
    covers = Disposition.attached_pic | Disposition.timed_thumbnails
    for stream in container.streams.video:
        # PyAV's types leave out that an unknown codec has no context
        context = cast("object | None", stream.codec_context)
        if context is not None and not stream.disposition & covers:
            return stream
    return None


def _identity_of_frame(frame: VideoFrame) -> int:
    return NO_TIMESTAMP if frame.pts is None else frame.pts
