"""Further oddities of video in the wild: frame i by seeking is frame i by reading on, or there is a clear sentence."""

from __future__ import annotations

import os
import socket
import struct
from pathlib import Path

import av
import numpy as np
import pytest
from coded_video import number_on, painted, write_video
from every_way import by_every_way
from PIL import Image

from app.errors import AppError
from app.media import video_indexing
from app.media.open_source import describe_source, open_source

_COUNT = 25
_X265 = {"x265-params": "log-level=none:keyint=8:min-keyint=8:open-gop=1:bframes=3:scenecut=0"}

_X264 = {"x264-params": "open-gop=1:keyint=8:bframes=3:repeat-headers=1"}


def shown(path: Path) -> list[int | None]:
    """The numbers on the frames, after each was found the same by every way; None where there is a sentence."""
    result = by_every_way(path, 0)
    assert result is not None
    index, (read_on, backward, shuffled) = result
    assert read_on == backward == shuffled
    source = open_source(path)
    numbers = [number_on(source.read(it)) if isinstance(read_on[it], int) else None for it in range(index.frame_count)]
    source.close()
    return numbers


def refusal(path: Path) -> str:
    with pytest.raises(AppError) as caught:
        open_source(path)
    assert str(caught.value).isprintable()
    return str(caught.value)


def boxes_grown(data: bytearray, inner: bytes, by: int) -> None:
    """Tell the boxes around one of an MP4 that it has grown; the index must be behind the pictures."""
    place = data.index(inner) - 4
    assert data.index(b"mdat") < place
    for name in (b"moov", b"trak", b"edts", inner):
        at = data.rindex(name, 0, place + 8) - 4
        (size,) = struct.unpack_from(">I", data, at)
        struct.pack_into(">I", data, at, size + by)


def with_edits(path: Path, edits: list[tuple[int, int]]) -> Path:
    """An MP4 with another edit list: (duration in units of the film, start in units of the track, -1 for nothing)."""
    data = bytearray(path.read_bytes())
    place = data.index(b"elst") + 4 + 4
    (count,) = struct.unpack_from(">I", data, place)
    entries = b"".join(struct.pack(">iihh", duration, start, 1, 0) for duration, start in edits)
    boxes_grown(data, b"elst", len(entries) - 12 * count)
    data[place : place + 4 + 12 * count] = struct.pack(">I", len(edits)) + entries
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("edits", "numbers"),
    [
        ([(400, -1), (1000, 0)], list(range(_COUNT))),
        ([(400, 0), (400, 15 * 512)], [*range(10), *range(15, 25)]),
        ([(400, 15 * 512), (400, 0)], None),
    ],
    ids=["begins late", "leaves out the middle", "turns the parts round"],
)
def test_edit_lists(tmp_path: Path, edits: list[tuple[int, int]], numbers: list[int] | None) -> None:
    """What FFmpeg makes of an edit list is what is shown; where it shows frames twice or not, each has one picture."""
    path = write_video(tmp_path / "clip.mp4", range(_COUNT), b_frames=0)
    found = shown(with_edits(path, edits))
    assert found
    if numbers is not None:
        assert found == numbers


@pytest.mark.parametrize(("codec", "options"), [("libx265", _X265), ("libx264", _X264)])
@pytest.mark.parametrize("suffix", ["mkv", pytest.param("ts", marks=pytest.mark.slow)])
def test_a_video_that_begins_in_an_open_group(tmp_path: Path, codec: str, options: dict[str, str], suffix: str) -> None:
    """Cut by packets at the second key frame: pictures before it in time need some that are no longer there (RASL)."""
    whole = write_video(tmp_path / "whole.mkv", range(40), codec=codec, options=options)
    path = tmp_path / f"cut.{suffix}"
    with av.open(whole) as source, av.open(path, "w") as output:
        stream = output.add_stream_from_template(source.streams.video[0])
        keys = 0
        for packet in source.demux(video=0):
            keys += packet.is_keyframe
            if keys > 1 and packet.size:
                packet.stream = stream
                output.mux(packet)
    numbers = [it for it in shown(path) if it is not None]
    assert numbers[-20:] == list(range(20, 40))


def test_of_two_videos_in_one_file_the_first_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "two.mp4"
    with av.open(path, "w") as output:
        streams = [output.add_stream("mpeg4", rate=25) for _ in range(2)]
        for stream in streams:
            stream.width, stream.height, stream.pix_fmt = 128, 96, "yuv420p"
        for number in range(_COUNT):
            for place, stream in enumerate(streams):
                frame = av.VideoFrame.from_ndarray(painted(100 * place + number), format="rgb24")
                frame.pts = number
                output.mux(stream.encode(frame))
        for stream in streams:
            output.mux(stream.encode(None))
    assert shown(path) == list(range(_COUNT))


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("moving.gif", {"codec": "gif", "pixel_format": "rgb8"}),
        ("moving.apng", {"codec": "apng", "pixel_format": "rgb24", "container": "apng"}),
        pytest.param(
            *("av1_ten_bits.mkv", {"codec": "libsvtav1", "pixel_format": "yuv420p10le", "options": {"preset": "12"}}),
            marks=pytest.mark.slow,
        ),
        pytest.param(
            *("hevc_422.mov", {"codec": "libx265", "pixel_format": "yuv422p10le", "options": _X265}),
            marks=pytest.mark.slow,
        ),
        ("open_group.mkv", {"b_frames": 3, "options": _X264}),
        ("fields.ts", {"options": {"x264-params": "interlaced=1:keyint=8:bframes=2"}, "size": (128, 96)}),
        pytest.param(*("huffyuv.avi", {"codec": "huffyuv", "pixel_format": "yuv422p"}), marks=pytest.mark.slow),
        pytest.param(*("h263.avi", {"codec": "h263", "size": (128, 96)}), marks=pytest.mark.slow),
        pytest.param(*("wmv2.wmv", {"codec": "wmv2"}), marks=pytest.mark.slow),
    ],
)
def test_further_kinds(tmp_path: Path, name: str, settings: dict[str, object]) -> None:
    assert shown(write_video(tmp_path / name, range(_COUNT), **{"gop": 8, **settings})) == list(range(_COUNT))


def test_a_moving_webp_is_a_picture(tmp_path: Path) -> None:
    pictures = [Image.fromarray(painted(it)) for it in range(3)]
    pictures[0].save(tmp_path / "moving.webp", save_all=True, append_images=pictures[1:], duration=40)
    assert "single picture" in refusal(tmp_path / "moving.webp")


@pytest.mark.parametrize("decode_all", [True, False])
@pytest.mark.parametrize(
    ("name", "options"), [("clip.mkv", {}), ("clip.mp4", {"movflags": "frag_keyframe+empty_moov"})]
)
def test_a_video_that_is_still_being_written(
    tmp_path: Path, name: str, options: dict[str, str], decode_all: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was there when it was opened is shown; what comes later is there the next time."""
    if not decode_all:
        monkeypatch.setattr(video_indexing, "_DECODE_ALL_PIXELS", 0)
    whole = write_video(tmp_path / f"whole-{name}", range(60), muxer_options=options, b_frames=0).read_bytes()
    path = tmp_path / name
    path.write_bytes(whole[: len(whole) * 2 // 3])
    source = open_source(path)
    count = source.frame_count
    assert 20 < count < 60
    before = [source.read(it) for it in range(count - 1)]
    path.write_bytes(whole)
    for it in [count - 2, 0, 13, 5]:
        np.testing.assert_array_equal(source.read(it), before[it])
    source.close()
    again = open_source(path)
    assert [number_on(again.read(it)) for it in (0, 30, 59)] == [0, 30, 59]
    again.close()


def test_a_video_that_is_cut_while_it_is_open(tmp_path: Path) -> None:
    path = write_video(tmp_path / "clip.mkv", range(60), gop=8)
    source = open_source(path)
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 3)
    outcomes = []
    for it in (59, 40, 0, 5):
        try:
            outcomes.append(number_on(source.read(it)) == it)
        except AppError as error:
            outcomes.append(str(path) in str(error))
    assert all(outcomes)
    source.close()


def test_what_is_no_file_is_no_video(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loop = tmp_path / "loop.mp4"
    loop.symlink_to(loop)
    assert "is not there" in refusal(loop)
    (tmp_path / "folder.mp4").mkdir()
    assert "holds no pictures" in refusal(tmp_path / "folder.mp4")
    assert "neither a file nor a folder" in refusal(Path("/dev/zero"))
    (tmp_path / "zero.mp4").symlink_to("/dev/zero")
    assert "neither a file nor a folder" in refusal(tmp_path / "zero.mp4")
    with socket.socket(socket.AF_UNIX) as listening:
        monkeypatch.chdir(tmp_path)  # names of sockets are short
        listening.bind("socket.mp4")
        assert "neither a file nor a folder" in refusal(tmp_path / "socket.mp4")


@pytest.mark.parametrize(
    "name",
    [
        *("two\nlines.mp4", "tab\t{0}%s.mp4", os.fsdecode(b"caf\xe9.mp4"), f"{'x' * 250}.mp4", "-i.mp4"),
        *("a:b.mp4", "\u202egpm.mp4"),
    ],
)
def test_odd_names(tmp_path: Path, name: str) -> None:
    made = write_video(tmp_path / "made.mp4", range(5))
    path = tmp_path / name
    made.rename(path)
    source = open_source(path)
    assert number_on(source.read(3)) == 3
    assert describe_source(path, source).frame_count == 5
    source.close()
    path.write_bytes(b"no video")
    assert "is not a video" in refusal(path)


def test_a_film_of_no_length_is_refused(tmp_path: Path) -> None:
    path = write_video(tmp_path / "clip.mp4", range(5), b_frames=0)
    assert "No frame" in refusal(with_edits(path, [(0, 0)]))
