"""Video as it is in the wild: frame i by seeking is frame i by reading on, or there is a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from coded_video import number_on, painted, write_video
from every_way import by_every_way, in_leaps

from app.errors import AppError
from app.media import video_indexing
from app.media.open_source import open_source

_COUNT = 25


@dataclass(frozen=True)
class Kind:
    """A way of coding: whether the squares on the picture can be read afterwards, and frames that are not shown."""

    name: str
    settings: dict[str, Any] = field(default_factory=dict)
    numbered: bool = True
    hidden: int = 0


_X265 = {"x265-params": "log-level=none:keyint=10"}
_AV1 = {"preset": "12", "svtav1-params": "keyint=10"}
_VP9 = {"deadline": "realtime", "cpu-used": "8"}
_UNEVEN = [it * it * 7 for it in range(_COUNT)]
_KINDS = [
    Kind("h264.mp4", {"b_frames": 3}),
    Kind("h264.mov", {"b_frames": 3}),
    Kind("h264.mkv", {"b_frames": 3}),
    Kind("h264.avi", {"b_frames": 2}),
    Kind("hevc.mp4", {"codec": "libx265", "options": _X265}),
    Kind("hevc_ten_bits.mkv", {"codec": "libx265", "pixel_format": "yuv420p10le", "options": _X265}),
    Kind("vp8.webm", {"codec": "libvpx", "options": _VP9}),
    Kind("vp9.webm", {"codec": "libvpx-vp9", "options": _VP9}),
    Kind("vp9_alpha.webm", {"codec": "libvpx-vp9", "options": _VP9, "pixel_format": "yuva420p"}),
    Kind("av1.mp4", {"codec": "libsvtav1", "options": _AV1}),
    Kind("av1.mkv", {"codec": "libsvtav1", "options": _AV1}),
    Kind("mpeg4.avi", {"codec": "mpeg4", "b_frames": 2}),
    Kind("mpeg4.mov", {"codec": "mpeg4", "b_frames": 2}),
    Kind("mpeg2.ts", {"codec": "mpeg2video", "b_frames": 2}),
    Kind("mpeg2.mkv", {"codec": "mpeg2video", "b_frames": 2}),
    Kind("mjpeg.avi", {"codec": "mjpeg", "pixel_format": "yuvj422p"}),
    Kind("mjpeg.mov", {"codec": "mjpeg", "pixel_format": "yuvj420p"}),
    Kind("prores.mov", {"codec": "prores_ks", "pixel_format": "yuv422p10le"}),
    Kind("prores_alpha.mov", {"codec": "prores_ks", "pixel_format": "yuva444p10le"}),
    Kind("animation.mov", {"codec": "qtrle", "pixel_format": "argb"}),
    Kind("ffv1.avi", {"codec": "ffv1"}),
    Kind("ffv1_ten_bits_422.mkv", {"codec": "ffv1", "pixel_format": "yuv422p10le"}),
    Kind("h264_422.mp4", {"pixel_format": "yuv422p"}),
    Kind("h264_444_ten_bits.mkv", {"pixel_format": "yuv444p10le"}),
    Kind("interlaced.mp4", {"options": {"flags": "+ildct+ilme", "x264-params": "tff=1"}}),
    Kind("interlaced.ts", {"codec": "mpeg2video", "options": {"flags": "+ildct+ilme"}}),
    Kind("odd_size.mkv", {"codec": "libx265", "size": (131, 67), "pixel_format": "yuv444p", "options": _X265}),
    Kind("odd_size.avi", {"codec": "mjpeg", "size": (117, 65), "pixel_format": "yuvj444p"}),
    Kind("one_pixel.mkv", {"codec": "ffv1", "size": (1, 1), "pixel_format": "yuv444p"}, numbered=False),
    Kind("one_pixel.avi", {"codec": "mjpeg", "size": (1, 1), "pixel_format": "yuvj444p"}, numbered=False),
    Kind("negative_times.mkv", {"times": [40 * it - 400 for it in range(_COUNT)]}),
    # the muxer's edit list begins at 0
    Kind("negative_times.mp4", {"times": [40 * it - 400 for it in range(_COUNT)], "b_frames": 2}, hidden=10),
    Kind("variable_rate.mov", {"times": _UNEVEN, "b_frames": 2}),
    Kind(
        "variable_rate.webm", {"codec": "libvpx-vp9", "options": _VP9, "times": [it * it * 7 for it in range(_COUNT)]}
    ),
]
_SHORT = {
    "h264.mov",
    "hevc_ten_bits.mkv",
    "av1.mp4",
    "vp9_alpha.webm",
    "mpeg2.ts",
    "prores_alpha.mov",
    "one_pixel.mkv",
    "animation.mov",
    "interlaced.mp4",
    "odd_size.avi",
    "negative_times.mp4",
    "variable_rate.mov",
    "h264_422.mp4",
}


@pytest.mark.parametrize("decode_all", [True, False], ids=["whole", "ends"])
@pytest.mark.parametrize(
    "kind", [pytest.param(it, id=it.name, marks=[] if it.name in _SHORT else pytest.mark.slow) for it in _KINDS]
)
def test_frame_by_seeking_is_frame_by_reading_on(tmp_path, monkeypatch, kind, decode_all):
    if not decode_all:
        monkeypatch.setattr(video_indexing, "_DECODE_ALL_PIXELS", 0)
    path = write_video(tmp_path / kind.name, range(_COUNT), **{"gop": 10, **kind.settings})
    result = by_every_way(path, 0)
    assert result is not None
    index, (read_on, backward, shuffled) = result
    assert index.frame_count == _COUNT - kind.hidden
    assert not index.damaged
    assert read_on == backward == shuffled == in_leaps(path, index)
    assert all(isinstance(it, int) for it in read_on)
    source = open_source(path)
    assert (source.width, source.height) == kind.settings.get("size", (128, 96))
    if kind.numbered:
        shown = [0, 9, 10, 11, _COUNT - 1 - kind.hidden]
        assert [number_on(source.read(it)) for it in shown] == [kind.hidden + it for it in shown]
    source.close()


def remuxed(path: Path, to: Path, change) -> Path:
    """The packets of a video with other times: ``change(number, packet)`` alters each."""
    with av.open(path) as source, av.open(to, "w", options={"avoid_negative_ts": "disabled"}) as output:
        stream = output.add_stream_from_template(source.streams.video[0])
        number = 0
        for packet in source.demux(video=0):
            if packet.size:
                packet.stream = stream
                change(number, packet)
                output.mux(packet)
                number += 1
    return to


def same_time_twice(number, packet) -> None:
    if number in {7, 8}:
        packet.pts = packet.dts = int(7 * 40 / (1000 * packet.time_base))


@pytest.mark.parametrize("name", ["twice.mkv", "twice.avi"])
def test_two_frames_with_one_time_are_two_frames(tmp_path, name):
    made = write_video(tmp_path / "made.mkv", range(_COUNT), codec="mjpeg", pixel_format="yuvj420p")
    path = remuxed(made, tmp_path / name, same_time_twice) if name.endswith("mkv") else made
    result = by_every_way(path, 0)
    assert result is not None
    index, (read_on, backward, shuffled) = result
    assert index.frame_count == _COUNT
    assert read_on == backward == shuffled


def test_eight_thousand_pixels_wide(tmp_path):
    path = tmp_path / "wide.mkv"
    with av.open(path, "w") as output:
        stream = output.add_stream("mjpeg", rate=25)
        stream.width, stream.height, stream.pix_fmt = 7680, 4320, "yuvj420p"
        stream.codec_context.time_base = Fraction(1, 25)
        for number in (3, 4):
            picture = np.zeros((4320, 7680, 3), dtype=np.uint8)
            picture[:96, :128] = painted(number)
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts = number
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    source = open_source(path)
    assert (source.width, source.height, source.frame_count) == (7680, 4320, 2)
    assert [number_on(source.read(it)[:96, :128]) for it in (1, 0)] == [4, 3]
    source.close()


def test_a_picture_that_changes_its_size_has_a_sentence(tmp_path):
    """Two recordings of different size in one stream, as some cameras write."""
    parts = [write_video(tmp_path / f"{side}.ts", range(12), size=(side, 96)) for side in (128, 160)]
    joined = tmp_path / "joined.ts"
    joined.write_bytes(b"".join(it.read_bytes() for it in parts))
    source = open_source(joined)
    assert source.read(0).shape == (96, 128, 3)
    with pytest.raises(AppError, match="160 x 96"):
        source.read(source.frame_count - 1)
    source.close()
