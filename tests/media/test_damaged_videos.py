"""A damaged frame is the same picture whichever way one comes to it, and damage never keeps the program waiting."""

from __future__ import annotations

import random
from pathlib import Path

import av
import pytest
from coded_video import write_video
from every_way import by_every_way

from app.media import video_indexing
from app.media.video_index import VideoIndex

_COUNT = 48
_CODECS = {
    "h264.mp4": {"codec": "libx264", "b_frames": 2},
    "h264.mkv": {"codec": "libx264", "b_frames": 3},
    "hevc.mp4": {"codec": "libx265", "options": {"x265-params": "log-level=none:keyint=12"}},
    "hevc_open.mkv": {"codec": "libx265", "options": {"x265-params": "log-level=none:keyint=12:open-gop=1:bframes=3"}},
    "vp9.webm": {"codec": "libvpx-vp9", "options": {"deadline": "realtime", "cpu-used": "8"}},
    "av1.mp4": {"codec": "libsvtav1", "options": {"preset": "12", "svtav1-params": "keyint=12"}},
    "h264_open.mp4": {"b_frames": 3, "options": {"x264-params": "open-gop=1"}},
    "mpeg4.avi": {"codec": "mpeg4", "b_frames": 2},
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("sound")
    return {name: write_video(folder / name, range(_COUNT), **kind) for name, kind in _CODECS.items()}


def damaged(path: Path, seed: int, to: Path) -> Path:
    """A copy with some bits of its pictures flipped."""
    rng = random.Random(f"{path.name} {seed}")
    with av.open(path) as container:
        spans = [(packet.pos, packet.size) for packet in container.demux(video=0) if packet.size]
    data = bytearray(path.read_bytes())
    for _ in range(rng.choice([1, 2, 5, 20])):
        start, size = rng.choice(spans)
        data[start + rng.randrange(size)] ^= 1 << rng.randrange(8)
    to.write_bytes(data)
    return to


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", _CODECS)
def test_flipped_bits_give_one_picture_by_seeking_and_by_reading_on(sound, tmp_path, name):
    met = 0
    for seed in range(3):
        result = by_every_way(damaged(sound[name], seed, tmp_path / name), seed)
        if result is not None:
            index, (read_on, backward, shuffled) = result
            assert read_on == backward == shuffled, (name, seed)
            met += index.damaged
    assert met or name in {"vp9.webm", "hevc_open.mkv"}, "the damage shows"


@pytest.mark.parametrize(
    ("name", "seed", "decode_all"),
    [
        ("hevc.mp4", 33, True),
        ("hevc.mp4", 42, True),
        ("hevc.mp4", 86, True),
        ("hevc_open.mkv", 31, True),
        ("hevc_open.mkv", 49, True),
        ("h264.mkv", 101, False),
        ("h264_open.mp4", 106, True),
    ],
)
def test_damage_that_the_decoder_says_nothing_of(sound, tmp_path, monkeypatch, name, seed, decode_all):
    """Found at length: FFmpeg's decoders hid the damage, and what they made of it hung on what they decoded before."""
    if not decode_all:
        monkeypatch.setattr(video_indexing, "_DECODE_ALL_PIXELS", 0)
    index, (read_on, backward, shuffled) = by_every_way(damaged(sound[name], seed, tmp_path / name), seed)
    assert not index.damaged
    assert read_on == backward == shuffled


@pytest.mark.slow
@pytest.mark.at_length
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("decode_all", [True, False], ids=["whole", "ends"])
@pytest.mark.parametrize("name", _CODECS)
def test_flipped_bits_at_length(sound, tmp_path, monkeypatch, name, decode_all):
    if not decode_all:
        monkeypatch.setattr(video_indexing, "_DECODE_ALL_PIXELS", 0)
    for seed in range(200):
        result = by_every_way(damaged(sound[name], seed, tmp_path / name), seed)
        if result is not None:
            _, (read_on, backward, shuffled) = result
            assert read_on == backward == shuffled, (name, seed)


def test_damage_that_a_long_video_hides_counts_from_where_it_is_met(sound, tmp_path, monkeypatch):
    """Of a long video only the ends are decoded beforehand; frames after the first damage are always the same."""
    monkeypatch.setattr(video_indexing, "_DECODE_ALL_PIXELS", 0)
    path = tmp_path / "long.mp4"
    data = bytearray(sound["h264.mp4"].read_bytes())
    with av.open(sound["h264.mp4"]) as container:
        packet = [it for it in container.demux(video=0) if it.size][20]
    data[packet.pos + packet.size // 2] ^= 0x55
    path.write_bytes(data)
    result = by_every_way(path, 0)
    assert result is not None
    index, (read_on, backward, shuffled) = result
    assert not index.damaged
    assert read_on == backward == shuffled


def test_a_sound_video_is_not_taken_for_a_damaged_one(sound):
    for path in sound.values():
        assert not video_indexing.build_index(path, lambda *_: None, lambda: False).damaged


def test_a_damaged_index_is_remembered_as_one(tmp_path, sound):
    path = damaged(sound["h264.mkv"], 1, tmp_path / "clip.mkv")
    index = video_indexing.build_index(path, lambda *_: None, lambda: False)
    assert index.damaged
    index.save(tmp_path / "index.npz")
    loaded = VideoIndex.load(tmp_path / "index.npz")
    assert loaded is not None
    assert loaded.damaged
