"""Videos made for tests: each frame has its own number painted on it as large black and white squares.

Lossy coding leaves the squares readable, so a test can ask a decoded picture which frame it is.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

_BITS = 12
_SQUARE = 16
_COLUMNS = 6


def painted(number: int, width: int = 128, height: int = 96) -> npt.NDArray[np.uint8]:
    """A picture that says ``number``; twelve squares in the top left, the rest a gradient that moves."""
    ramp = (np.arange(width)[None, :] + 2 * np.arange(height)[:, None] + 5 * number) % 200
    picture = np.stack([ramp, ramp // 2 + 40, 255 - ramp], axis=2).astype(np.uint8)
    for bit in range(_BITS):
        row, column = divmod(bit, _COLUMNS)
        value = 235 if number >> bit & 1 else 16
        picture[row * _SQUARE : (row + 1) * _SQUARE, column * _SQUARE : (column + 1) * _SQUARE] = value
    return picture


def number_on(picture: npt.NDArray[np.uint8]) -> int:
    """What ``painted`` put on a picture."""
    number = 0
    for bit in range(_BITS):
        row, column = divmod(bit, _COLUMNS)
        inner = picture[row * _SQUARE + 5 : (row + 1) * _SQUARE - 5, column * _SQUARE + 5 : (column + 1) * _SQUARE - 5]
        number |= int(inner.mean() > 128) << bit
    return number


def write_video(
    path: Path,
    numbers: Iterable[int] = range(40),
    *,
    codec: str = "libx264",
    times: Sequence[int] | None = None,
    rate: int = 25,
    gop: int = 12,
    b_frames: int | None = None,
    options: dict[str, str] | None = None,
    container: str | None = None,
    pixel_format: str = "yuv420p",
    size: tuple[int, int] = (128, 96),
    muxer_options: dict[str, str] | None = None,
) -> Path:
    """Encode pictures that say ``numbers``.

    Args:
        path: Where to.
        numbers: Painted on the frames, in order.
        codec: FFmpeg's name of the encoder.
        times: Presentation times in units of 1/1000 s; by default evenly at ``rate``.
        rate: Frames per second.
        gop: Frames from one key frame to the next.
        b_frames: Most B-frames in a row; the encoder's default if None.
        options: Of the encoder.
        container: FFmpeg's name of the container; by default from the suffix.
        pixel_format: As coded.
        size: (width, height).
        muxer_options: Of the container.
    """
    with av.open(path, "w", format=container, options=muxer_options or {}) as output:
        stream = output.add_stream(codec, rate=rate, options=options or {})
        stream.width, stream.height = size
        stream.pix_fmt = pixel_format
        stream.codec_context.gop_size = gop
        stream.codec_context.time_base = Fraction(1, rate) if times is None else Fraction(1, 1000)
        if b_frames is not None:
            stream.codec_context.max_b_frames = b_frames
        for place, number in enumerate(numbers):
            frame = av.VideoFrame.from_ndarray(painted(number, *size), format="rgb24")
            frame.pts = place if times is None else times[place]
            frame.time_base = stream.codec_context.time_base
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return path


def turn(path: Path, matrix: tuple[int, int, int, int]) -> None:
    """Write the display matrix (a, b, c, d) into an MP4's track header, as phones do instead of turning pixels."""
    data = bytearray(path.read_bytes())
    place = data.index(b"tkhd") + 4 + 4 + 20 + 16
    a, b, c, d = (value * 65536 for value in matrix)
    data[place : place + 36] = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30)
    path.write_bytes(data)


def trim_start(path: Path, units: int) -> None:
    """Have an MP4's edit list begin ``units`` (of the track's time base) later: frames before are not to be shown."""
    data = bytearray(path.read_bytes())
    place = data.index(b"elst") + 4 + 4 + 4
    duration, start = struct.unpack(">ii", data[place : place + 8])
    data[place : place + 8] = struct.pack(">ii", duration, start + units)
    path.write_bytes(data)
