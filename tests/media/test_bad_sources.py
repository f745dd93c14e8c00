"""What cannot be opened is refused in one sentence; what is damaged is opened as far as it decodes."""

from __future__ import annotations

import os
from pathlib import Path

import av
import numpy as np
import pytest
from coded_video import number_on, write_video
from PIL import Image

from app.errors import AppError
from app.media import index_cache, video_indexing
from app.media.fingerprint import fingerprint
from app.media.frame_source import OpeningCancelledError
from app.media.open_source import describe_source, open_source
from app.media.video_index import VideoIndex


def _refused(path: Path) -> str:
    with pytest.raises(AppError) as caught:
        open_source(path)
    text = str(caught.value)
    assert str(path) in text
    assert "\n" not in text
    assert text.endswith((".", ")"))
    return text


def test_missing_file(tmp_path: Path) -> None:
    assert "is not there" in _refused(tmp_path / "gone.mp4")


@pytest.mark.parametrize("name", ["letter.mp4", "letter.txt", "letter.avi", "list.m3u8"])
def test_text_is_not_a_video(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("#EXTM3U\n#EXTINF:1,\nhttp://localhost/clip.ts\n" * 200)
    assert "is not a video" in _refused(path)


def test_random_bytes_and_nothing(tmp_path: Path) -> None:
    noise = tmp_path / "noise.mkv"
    noise.write_bytes(np.random.default_rng(0).bytes(50_000))
    _refused(noise)
    empty = tmp_path / "empty.mp4"
    empty.touch()
    assert "is empty" in _refused(empty)


def test_single_picture_points_to_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "one.png"
    Image.new("RGB", (8, 8)).save(path)
    assert "folder" in _refused(path)


def test_sound_alone(tmp_path: Path) -> None:
    path = tmp_path / "song.mp4"
    with av.open(path, "w") as output:
        stream = output.add_stream("aac", rate=44100)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), dtype=np.float32), format="fltp", layout="mono")
        frame.sample_rate = 44100
        output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    assert "no video" in _refused(path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_forbidden_file(tmp_path: Path) -> None:
    path = write_video(tmp_path / "secret.mp4", range(3))
    path.chmod(0)
    _refused(path)


def test_mp4_cut_off_before_its_index(tmp_path: Path) -> None:
    path = write_video(tmp_path / "cut.mp4", range(40))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert "cut short" in _refused(path)


@pytest.mark.parametrize(
    ("name", "muxer_options"),
    [("cut.mkv", {}), ("cut.ts", {}), ("cut.avi", {}), ("cut.mp4", {"movflags": "faststart"})],
)
@pytest.mark.parametrize("decode_all", [True, False])
def test_truncated_video_opens_as_far_as_it_decodes(
    tmp_path: Path, name: str, muxer_options: dict[str, str], decode_all: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not decode_all:
        monkeypatch.setattr(video_indexing, "_DECODE_ALL_PIXELS", 0)
    path = write_video(tmp_path / name, range(40), b_frames=2, muxer_options=muxer_options)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
    source = open_source(path)
    assert 5 < source.frame_count < 40
    count = source.frame_count
    # The last picture may be half there; every one before is whole and in its place.
    assert [number_on(source.read(index)) for index in range(count - 2)] == list(range(count - 2))
    source.read(count - 1)
    source.close()


def test_frames_without_a_key_frame_to_start_from(tmp_path: Path) -> None:
    path = write_video(tmp_path / "whole.ts", range(40), gop=15, options={"sc_threshold": "0"})
    with av.open(path) as container:
        second_key = [packet.pos for packet in container.demux(video=0) if packet.is_keyframe][1]
    tables = path.read_bytes()[:564]
    headless = tmp_path / "headless.ts"
    headless.write_bytes(tables + path.read_bytes()[564 + 188 * 20 :])
    assert second_key is not None
    source = open_source(headless)
    shown = [number_on(source.read(index)) for index in range(source.frame_count)]
    assert shown[-10:] == list(range(30, 40))
    assert [number_on(source.read(index)) for index in reversed(range(source.frame_count))] == shown[::-1]
    source.close()


def test_song_with_a_cover_picture_is_no_video(tmp_path: Path) -> None:
    path = tmp_path / "song.mp4"
    with av.open(path, "w") as output:
        sound = output.add_stream("aac", rate=44100)
        cover = output.add_stream("mjpeg", rate=1)
        cover.width, cover.height, cover.pix_fmt = 64, 64, "yuvj420p"
        cover.disposition = av.stream.Disposition.attached_pic
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), dtype=np.float32), format="fltp", layout="mono")
        frame.sample_rate = 44100
        output.mux(sound.encode(frame))
        output.mux(sound.encode(None))
        output.mux(cover.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")))
        output.mux(cover.encode(None))
    with av.open(path) as container:
        assert len(container.streams.video) == 1
    assert "no video" in _refused(path)


def test_unknown_coding(tmp_path: Path) -> None:
    path = write_video(tmp_path / "odd.mp4", range(5))
    path.write_bytes(path.read_bytes().replace(b"avc1", b"zzzz").replace(b"avcC", b"zzzC"))
    assert "no video that this program can show" in _refused(path)


def test_opening_can_be_cancelled(tmp_path: Path) -> None:
    path = write_video(tmp_path / "long.mp4", range(40))
    calls: list[tuple[int, int]] = []
    with pytest.raises(OpeningCancelledError, match="cancelled"):
        open_source(path, lambda done, total: calls.append((done, total)), lambda: len(calls) > 0)
    assert len(calls) == 1
    source = open_source(path, lambda done, total: calls.append((done, total)), lambda: False)
    source.close()
    assert all(0 <= done <= total for done, total in calls)


def test_video_that_vanishes_is_said_in_words(tmp_path: Path) -> None:
    path = write_video(tmp_path / "clip.mp4", range(40))
    source = open_source(path)
    source.read(39)
    path.unlink()
    source._stepper.forget()
    with pytest.raises(AppError, match="not there"):
        source.read(0)
    source.close()


def test_video_that_comes_back_can_be_read_again(tmp_path: Path) -> None:
    path = write_video(tmp_path / "clip.mp4", range(40), codec="mpeg4", gop=10)
    source = open_source(path)
    source.read(39)
    gone = path.rename(tmp_path / "gone.mp4")
    source._stepper.forget()
    for index in (0, 35, 0):  # each time in words
        with pytest.raises(AppError, match="not there"):
            source.read(index)
    gone.rename(path)
    assert [number_on(source.read(it)) for it in (35, 0, 39)] == [35, 0, 39]
    source.close()


def test_opening_again_uses_the_cached_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_video(tmp_path / "clip.mp4", range(40))
    open_source(path).close()
    moved = path.rename(tmp_path / "renamed.mp4")
    with monkeypatch.context() as patched:
        patched.setattr("app.media.open_source.build_index", lambda *_: pytest.fail("indexed twice"))
        source = open_source(moved)
    assert [number_on(source.read(index)) for index in (39, 0, 20)] == [39, 0, 20]
    source.close()


@pytest.mark.parametrize("damage", [b"", b"not an index", None])
def test_damaged_cache_is_built_anew(tmp_path: Path, damage: bytes | None) -> None:
    path = write_video(tmp_path / "clip.mp4", range(40))
    open_source(path).close()
    (stored,) = (index_cache._folder()).glob("*.npz")
    stored.write_bytes(stored.read_bytes()[:-30] if damage is None else damage)
    assert VideoIndex.load(stored) is None
    source = open_source(path)
    assert source.frame_count == 40
    source.close()
    assert VideoIndex.load(stored) is not None


def test_cache_that_says_nonsense_is_not_believed(tmp_path: Path) -> None:
    index = video_indexing.build_index(write_video(tmp_path / "clip.mp4", range(40)), lambda *_: None, lambda: False)
    good = tmp_path / "good.npz"
    index.save(good)
    loaded = VideoIndex.load(good)
    assert loaded is not None
    np.testing.assert_array_equal(loaded.timestamps, index.timestamps)
    with np.load(good) as stored:
        arrays = dict(stored)
    for name, value in {
        "timestamps": np.zeros(40, dtype=np.int64),
        "key_frames": np.array([0, 12, 24, 99]),
        "key_decode_times": np.array([0]),
        "rates": np.array([np.nan, 25.0]),
        "numbers": np.array([99, 0, 128, 96]),
    }.items():
        bad = tmp_path / f"{name}.npz"
        np.savez(bad, **{**arrays, name: value})
        assert VideoIndex.load(bad) is None, name
    objects = tmp_path / "objects.npz"
    np.savez(objects, **{**arrays, "rates": np.array([{}, {}], dtype=object)})
    assert VideoIndex.load(objects) is None


def test_read_only_cache_folder_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "a file where the folder should be"
    blocked.touch()
    monkeypatch.setattr(index_cache, "_folder", lambda: blocked)
    source = open_source(write_video(tmp_path / "clip.mp4", range(5)))
    assert source.frame_count == 5
    source.close()


def test_fingerprint_follows_the_content_not_the_name(tmp_path: Path) -> None:
    path = write_video(tmp_path / "clip.mp4", range(5))
    size, content = fingerprint(path)
    assert size == path.stat().st_size
    assert len(content) == 64
    copy = tmp_path / "copy.mp4"
    copy.write_bytes(path.read_bytes())
    assert fingerprint(copy) == (size, content)
    copy.write_bytes(path.read_bytes()[:-1] + b"\0")
    assert fingerprint(copy)[1] != content
    large = tmp_path / "large.bin"
    large.write_bytes(bytes(3_000_000))
    before = fingerprint(large)[1]
    with large.open("r+b") as file:
        file.seek(2_999_999)
        file.write(b"x")
    assert fingerprint(large)[1] != before
    with pytest.raises(AppError, match="cannot be read"):
        fingerprint(tmp_path / "gone")


def test_description_of_a_source(tmp_path: Path) -> None:
    path = write_video(tmp_path / "clip.with.dots.mp4", range(5))
    source = open_source(path)
    info = describe_source(path, source)
    assert (info.name, info.path, info.frame_count) == ("clip.with.dots", path, 5)
    assert (info.width, info.height, info.file_size, info.fingerprint) == (128, 96, *fingerprint(path))
    source.close()
