"""Frame i of a video is the i-th picture, bit for bit the same by seeking, stepping back or reading on."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from coded_video import number_on, trim_start, turn, write_video
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.media import video_indexing
from app.media.kept_frames import KeptFrames
from app.media.open_source import open_source

_COUNT = 61


@dataclass(frozen=True)
class Kind:
    name: str
    settings: dict[str, Any] = field(default_factory=dict)


_UNEVEN = [0, 40, 41, 90, 400]
while len(_UNEVEN) < _COUNT:
    _UNEVEN.append(_UNEVEN[-1] + 1 + len(_UNEVEN) * 37 % 90)

_KINDS = [
    Kind("b_frames.mp4", {"b_frames": 3, "options": {"b-pyramid": "normal", "bf": "3"}}),
    Kind("b_frames.mkv", {"b_frames": 3}),
    Kind("open_gop.mp4", {"options": {"x264-params": "open-gop=1:bframes=3:keyint=10:min-keyint=10:scenecut=0"}}),
    Kind("intra_refresh.mp4", {"options": {"x264-params": "intra-refresh=1:keyint=10:bframes=0"}}),
    Kind("one_gop.mp4", {"gop": 1000, "options": {"sc_threshold": "0"}}),
    Kind("uneven.mp4", {"times": _UNEVEN, "b_frames": 2}),
    Kind("uneven.mkv", {"times": _UNEVEN, "b_frames": 2}),
    Kind("sound_times.ts", {"b_frames": 2}),
    Kind("avi_with_b_frames.avi", {"codec": "mpeg4", "b_frames": 2}),
    Kind("avi_h264.avi", {"b_frames": 2}),
    Kind("avi_intra.avi", {"codec": "mjpeg", "pixel_format": "yuvj420p"}),
    Kind("mpeg4.mp4", {"codec": "mpeg4", "b_frames": 2}),
    Kind("vp9.webm", {"codec": "libvpx-vp9", "options": {"deadline": "realtime", "cpu-used": "8"}}),
    Kind("hidden_frames.webm", {"codec": "libvpx", "options": {"auto-alt-ref": "1", "lag-in-frames": "16"}}),
    Kind("hevc.mp4", {"codec": "libx265", "options": {"x265-params": "log-level=none:keyint=10"}}),
    Kind("hevc.mkv", {"codec": "libx265", "options": {"x265-params": "log-level=none:keyint=10:open-gop=1"}}),
    Kind("no_times.h264", {"container": "h264", "b_frames": 2}),
    Kind("fragments.mp4", {"muxer_options": {"movflags": "frag_keyframe+empty_moov"}}),
    Kind("lossless.mkv", {"codec": "ffv1"}),
    Kind("ten_bits.mp4", {"pixel_format": "yuv420p10le"}),
    Kind("odd_size.mkv", {"codec": "ffv1", "size": (101, 67), "pixel_format": "yuv444p"}),
    Kind("Tür – 東京 #1%d.mp4", {}),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("videos")
    return {kind.name: write_video(folder / kind.name, range(_COUNT), **kind.settings) for kind in _KINDS}


@pytest.mark.parametrize("name", [kind.name for kind in _KINDS])
@pytest.mark.parametrize("decode_all", [True, False], ids=["whole file decoded", "ends decoded"])
def test_every_frame_is_itself_on_every_way(
    made: dict[str, Path], name: str, decode_all: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not decode_all:
        monkeypatch.setattr(video_indexing, "_DECODE_ALL_PIXELS", 0)
    source = open_source(made[name])
    try:
        assert source.frame_count == _COUNT
        read_on = [source.read(index) for index in range(_COUNT)]
        assert [number_on(frame) for frame in read_on] == list(range(_COUNT))
        assert read_on[0].shape == (source.height, source.width, 3)
        for index in [*np.random.default_rng(1).permutation(_COUNT).tolist(), *reversed(range(_COUNT))]:
            np.testing.assert_array_equal(source.read(index), read_on[index])
        # Each frame once more as the first thing a fresh source does: nothing kept can help.
        for index in (0, 1, 11, 12, 13, 30, _COUNT - 1):
            fresh = open_source(made[name])
            np.testing.assert_array_equal(fresh.read(index), read_on[index])
            fresh.close()
    finally:
        source.close()


@given(order=st.lists(st.integers(0, _COUNT - 1), min_size=1, max_size=25), kept=st.sampled_from([0, 100_000, 2**27]))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("name", ["b_frames.mp4", "open_gop.mp4", "uneven.mkv"])
def test_any_order_of_reading_gives_the_same(made: dict[str, Path], name: str, order: list[int], kept: int) -> None:
    source = open_source(made[name])
    source._stepper._kept = KeptFrames(kept)
    assert [number_on(source.read(index)) for index in order] == order
    source.close()


@pytest.mark.parametrize("codec", ["libvpx-vp9", "libx264", "libx265"])
def test_reading_on_seeks_once_a_group_at_most(tmp_path: Path, codec: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Decoders that may hide damage begin anew with each group; others are never interrupted."""
    quick = {"deadline": "realtime", "cpu-used": "8", "x265-params": "log-level=none:keyint=12"}
    source = open_source(write_video(tmp_path / "clip.mp4", range(_COUNT), codec=codec, options=quick))
    seeks = []
    seek = type(source._decoder).seek
    monkeypatch.setattr(type(source._decoder), "seek", lambda self, time: (seeks.append(time), seek(self, time))[1])
    monkeypatch.setattr(type(source._decoder), "restart", lambda *_: pytest.fail("a restart while reading on"))
    assert [number_on(source.read(index)) for index in range(_COUNT)] == list(range(_COUNT))
    groups_after_first = len(source._index.key_frames) - 1
    assert len(seeks) == (0 if codec == "libvpx-vp9" else groups_after_first)
    source.close()


def test_stepping_back_decodes_each_group_once(made: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    source = open_source(made["b_frames.mp4"])
    source.read(_COUNT - 1)
    seeks = []
    seek = type(source._decoder).seek
    monkeypatch.setattr(type(source._decoder), "seek", lambda self, time: (seeks.append(time), seek(self, time))[1])
    for index in reversed(range(_COUNT)):
        assert number_on(source.read(index)) == index
    assert len(seeks) <= 2 * (_COUNT // 12 + 1)
    source.close()


def test_frames_are_read_only_and_contiguous(made: dict[str, Path]) -> None:
    source = open_source(made["b_frames.mp4"])
    frame = source.read(3)
    assert frame.dtype == np.uint8
    assert frame.flags.c_contiguous
    assert not frame.flags.writeable
    with pytest.raises(IndexError):
        source.read(_COUNT)
    with pytest.raises(IndexError):
        source.read(-1)
    source.close()


def test_times_are_those_of_the_frames(made: dict[str, Path]) -> None:
    for name in ("uneven.mkv", "uneven.mp4"):
        source = open_source(made[name])
        expected = [(time - _UNEVEN[0]) / 1000 for time in _UNEVEN]
        assert [source.time_of(index) for index in range(_COUNT)] == pytest.approx(expected, abs=1.1e-3)
        assert source.fps == pytest.approx((_COUNT - 1) / expected[-1], rel=0.01)
        source.close()
    for name in ("b_frames.mp4", "avi_h264.avi", "no_times.h264", "sound_times.ts"):
        source = open_source(made[name])
        assert source.fps == pytest.approx(25)
        assert [source.time_of(index) for index in (0, 1, 10)] == pytest.approx([0, 0.04, 0.4])
        source.close()


# (a, b, c, d) of the display matrix, and how the stored picture must be turned to be seen.
_TURNS = {
    "90 clockwise": ((0, 1, -1, 0), lambda picture: np.rot90(picture, -1)),
    "180": ((-1, 0, 0, -1), lambda picture: np.rot90(picture, 2)),
    "90 counterclockwise": ((0, -1, 1, 0), np.rot90),
    "mirrored": ((-1, 0, 0, 1), np.fliplr),
}


@pytest.mark.parametrize("name", _TURNS)
def test_turned_video_is_shown_upright(tmp_path: Path, name: str) -> None:
    path = write_video(tmp_path / "phone.mp4", range(5))
    plain = open_source(path)
    stored = [plain.read(index) for index in range(5)]
    plain.close()
    matrix, as_seen = _TURNS[name]
    turn(path, matrix)
    source = open_source(path)
    assert (source.height, source.width) == as_seen(stored[0]).shape[:2]
    for index in (4, 0, 2):
        np.testing.assert_array_equal(source.read(index), as_seen(stored[index]))
    source.close()


@pytest.mark.parametrize("frames_cut", [5, 12, 17])
def test_frames_that_the_edit_list_hides_do_not_count(tmp_path: Path, frames_cut: int) -> None:
    path = write_video(tmp_path / "trimmed.mp4", range(40), b_frames=2)
    trim_start(path, frames_cut * 512)
    source = open_source(path)
    numbers = [number_on(source.read(index)) for index in range(source.frame_count)]
    assert numbers == list(range(frames_cut, 40))
    for index in (source.frame_count - 1, 0, 3, 20):
        assert number_on(source.read(index)) == frames_cut + index
    source.close()


@pytest.mark.parametrize("decode_all", [True, False])
def test_writer_that_mislaid_the_order(tmp_path: Path, decode_all: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    # presentation times in the order of decoding, as naive remuxers write: the decoder's order is the true one
    if not decode_all:
        monkeypatch.setattr(video_indexing, "_DECODE_ALL_PIXELS", 0)
    good, path = write_video(tmp_path / "good.mp4", range(40), b_frames=2), tmp_path / "mislaid.mp4"
    with av.open(good) as source, av.open(path, "w") as output:
        stream = output.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.dts is not None:
                packet.dts += 1024
                packet.pts, packet.stream = packet.dts, stream
                output.mux(packet)
    source = open_source(path)
    assert [number_on(source.read(index)) for index in range(40)] == list(range(40))
    for index in (39, 3, 25, 24, 0):
        assert number_on(source.read(index)) == index
    times = [source.time_of(index) for index in range(40)]
    assert times == sorted(times)
    source.close()


@pytest.mark.parametrize("seed", range(4))
def test_key_frames_that_mislead_are_not_used(tmp_path: Path, seed: int) -> None:
    path = write_video(tmp_path / "clip.mkv", range(60), codec="libx265", options={"x265-params": "log-level=none"})
    with av.open(path) as container:
        key = [packet for packet in container.demux(video=0) if packet.is_keyframe][2]
    data = bytearray(path.read_bytes())
    assert key.pos is not None
    data[key.pos + 12 + seed * 7] ^= 0x40
    path.write_bytes(data)
    source = open_source(path)
    read_on = [source.read(index) for index in range(source.frame_count)]
    for index in reversed(range(source.frame_count)):
        np.testing.assert_array_equal(source.read(index), read_on[index])
    source.close()


def test_one_frame_is_a_video(tmp_path: Path) -> None:
    source = open_source(write_video(tmp_path / "one.mp4", [7]))
    assert (source.frame_count, number_on(source.read(0)), source.time_of(0)) == (1, 7, 0)
    assert source.fps > 0
    source.close()
