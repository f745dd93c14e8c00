"""A far frame comes sooner than by decoding all before it, and is the same picture to the bit."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from coded_video import number_on, write_video
from every_way import by_every_way, in_leaps, said
from test_damaged_videos import damaged

from app.media.open_source import open_source
from app.media.video_decoder import VideoDecoder
from app.media.video_indexing import build_index
from app.media.video_source import VideoSource

_COUNT = 96
_X264 = {"sc_threshold": "0"}
_CODECS = {
    "pyramid.mp4": {"options": {**_X264, "bf": "6", "b-pyramid": "normal", "b_strategy": "0"}},
    "strict_pyramid.mkv": {"options": {**_X264, "bf": "5", "b-pyramid": "strict", "b_strategy": "0"}},
    "open_gop.mp4": {"options": {"x264-params": "open-gop=1:bframes=3:keyint=24:min-keyint=24:scenecut=0"}, "gop": 24},
    "interlaced.mp4": {"options": {**_X264, "flags": "+ildct+ilme", "x264-params": "tff=1:bframes=3"}},
    "intra_refresh.mp4": {"options": {"x264-params": "intra-refresh=1:keyint=24:bframes=2"}},
    "many_slices.mp4": {"options": {**_X264, "slices": "4", "bf": "3"}},
    "no_times.h264": {"container": "h264", "b_frames": 2},
    "guessed_times.avi": {"b_frames": 2},
    "hevc.mp4": {"codec": "libx265", "options": {"x265-params": "log-level=none:keyint=48:bframes=6:b-pyramid=1"}},
    "hevc_open.mkv": {"codec": "libx265", "options": {"x265-params": "log-level=none:keyint=24:open-gop=1"}},
    "hevc_layers.mkv": {
        "codec": "libx265",
        "options": {"x265-params": "log-level=none:keyint=48:temporal-layers=3:bframes=5:b-pyramid=1"},
    },
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("videos")
    return {name: write_video(folder / name, range(_COUNT), **{"gop": 48, **it}) for name, it in _CODECS.items()}


@pytest.mark.parametrize("name", _CODECS)
def test_a_frame_is_the_same_with_others_left_out(made: dict[str, Path], name: str) -> None:
    found = by_every_way(made[name], 0)
    assert found is not None
    index, (read_on, _, _) = found
    assert in_leaps(made[name], index) == read_on


@pytest.mark.parametrize("name", ["pyramid.mp4", "strict_pyramid.mkv", "hevc.mp4"])
def test_a_third_of_the_frames_at_least_is_not_decoded(
    made: dict[str, Path], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = build_index(made[name], lambda *_: None, lambda: False)
    last = int(index.key_frames[1]) - 1
    source = VideoSource(made[name], index)
    source._looked_at = index.frame_count - 1
    decoded, decode = [], VideoDecoder._decode

    def counted(self: VideoDecoder, packet: av.Packet | None) -> list[tuple[int, av.VideoFrame]]:
        frames = decode(self, packet)
        decoded.extend(frames)
        return frames

    monkeypatch.setattr(VideoDecoder, "_decode", counted)
    monkeypatch.setattr("app.media.video_source._FAR", 12)
    glanced = source.glance(last)
    assert glanced is not None
    assert number_on(glanced) == last
    assert len(decoded) < last * 2 / 3
    np.testing.assert_array_equal(source.read(last), glanced)
    source.close()


def test_only_far_frames_are_glanced_at_and_those_that_follow(made: dict[str, Path]) -> None:
    source = open_source(made["pyramid.mp4"])
    assert isinstance(source, VideoSource)
    assert source.glance(0) is None, "it is there"
    assert source.glance(10) is None, "a few frames on"
    assert source.glance(47) is not None
    assert source.glance(48) is None, "the frame after begins a group"
    assert source.glance(90) is not None
    assert source.glance(91) is not None, "one step on while the exact way is still to go"
    assert source.glance(89) is None, "a step back: those before it are wanted next"
    source.read(89)
    assert source.glance(88) is None
    with pytest.raises(IndexError):
        source.glance(_COUNT)
    source.close()


def test_reading_is_given_up_and_goes_on_from_there(made: dict[str, Path]) -> None:
    source = open_source(made["pyramid.mp4"])
    assert isinstance(source, VideoSource)
    asked = []

    def soon() -> bool:
        asked.append(0)
        return len(asked) > 10

    assert source.read_unless(40, soon) is None
    assert len(asked) == 11
    asked.clear()
    seen = []
    found = source.read_unless(40, lambda: bool(seen.append(0)))
    assert found is not None
    assert number_on(found) == 40
    assert len(seen) < 40 - 10, "not from the start again"
    source.close()


@pytest.mark.parametrize("name", ["pyramid.mp4", "open_gop.mp4", "hevc.mp4"])
def test_a_glance_at_damage_is_put_right_by_reading(made: dict[str, Path], tmp_path: Path, name: str) -> None:
    """As the window does it: after each glance the frame is read. What is read does not hang on what was glanced at."""
    for seed in range(2):
        path = damaged(made[name], seed, tmp_path / name)
        found = by_every_way(path, seed)
        if found is None:
            continue
        index, (read_on, _, _) = found
        source = VideoSource(path, index)
        for number in (it % index.frame_count for it in (90, 20, 70, 46, 95, 47)):
            glanced = source.glance(number)
            assert not (index.damaged and glanced is not None), "known damage is never glanced at"
            assert said(source, number) == read_on[number], (name, seed, number)
        source.close()
