"""Headers that claim what no file holds, and files that are not what their names say."""

from __future__ import annotations

import os
import re
import resource
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import av
import pytest
from coded_video import write_video
from peak_memory import PRINT_PEAK
from PIL import Image

from app.errors import AppError
from app.media import video_indexing
from app.media.image_files import picture_size
from app.media.open_source import open_source
from app.media.video_decoder import LARGEST_PIXELS

_ROOT = Path(__file__).resolve().parents[2]
_OPEN = """
import sys
from pathlib import Path
from app.errors import AppError
from app.media.video_indexing import build_index
for name in sys.argv[1:]:
    try:
        print(build_index(Path(name), lambda *_: None, lambda: False).frame_count)
    except AppError as error:
        print(error)
"""
_MANY = 2**31 - 1


def claiming(tmp_path: Path, name: str) -> Path:
    """An MP4 whose header tells of two thousand million frames."""
    settings = {"muxer_options": {"movflags": "frag_keyframe+empty_moov"}} if name == "trun" else {}
    path = write_video(tmp_path / f"{name}.mp4", range(20), **settings)
    data = bytearray(path.read_bytes())
    place = data.index(name.encode()) + 8
    if name == "stsz":
        struct.pack_into(">II", data, place, 1, _MANY)
        struct.pack_into(">III", data, data.index(b"stts") + 8, 1, _MANY, 512)
        struct.pack_into(">IIII", data, data.index(b"stsc") + 8, 1, 1, _MANY, 1)
    elif name == "trun":
        struct.pack_into(">II", data, place - 4, 1, _MANY)
    else:
        struct.pack_into(">I", data, place, _MANY)
    path.write_bytes(data)
    return path


def test_a_header_of_two_thousand_million_frames_costs_no_memory(tmp_path):
    paths = [claiming(tmp_path, name) for name in ("stsz", "stts", "stco", "elst", "trun")]

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (30, 30))

    done = subprocess.run(
        [sys.executable, "-c", _OPEN + PRINT_PEAK, *paths],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        preexec_fn=limit,
    )
    *said, peak = done.stdout.splitlines()
    assert len(said) == len(paths)
    assert all(it.isdecimal() or str(path) in it for it, path in zip(said, paths, strict=True))
    assert int(peak) < 300


def test_a_video_that_claims_giant_pictures_is_refused(tmp_path):
    path = write_video(tmp_path / "giant.mkv", range(3), codec="mjpeg", pixel_format="yuvj420p")
    claimed = re.sub(rb"(\xff\xc0\x00\x11\x08)....", rb"\1" + struct.pack(">HH", 60000, 60000), path.read_bytes())
    assert claimed != path.read_bytes()
    path.write_bytes(claimed)
    assert LARGEST_PIXELS < 60000 * 60000
    with pytest.raises(AppError, match="No frame of"):
        open_source(path)


def test_a_video_of_more_frames_than_a_sequence_has_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(video_indexing, "MAX_FRAMES", 30)
    with pytest.raises(AppError, match="more than 30 frames"):
        open_source(write_video(tmp_path / "long.mp4", range(40)))


def png_claiming(width: int, height: int) -> bytes:
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [head, b"IDAT"]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(it) - 4) + it + struct.pack(">I", zlib.crc32(it)) for it in chunks
    )


def test_a_picture_that_claims_a_million_by_a_million_pixels_is_refused(tmp_path):
    (tmp_path / "1.png").write_bytes(png_claiming(10**6, 10**6))
    with pytest.raises(AppError, match=r"1\.png is too large"):
        open_source(tmp_path)
    assert picture_size(tmp_path / "1.png") is None


def test_no_program_is_started_for_a_picture_that_is_none(tmp_path, monkeypatch):
    """Pillow hands PostScript to Ghostscript, whatever the file is called."""
    (tmp_path / "1.png").write_bytes(
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 8 8\n%%EndComments\n%%EndProlog\nshowpage\n%%EOF\n"
    )
    with Image.open(tmp_path / "1.png") as image:
        assert image.format == "EPS"
    with pytest.raises(AppError, match="cannot be read"):
        open_source(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
@pytest.mark.timeout(20)
def test_a_pipe_is_no_video_and_no_picture(tmp_path):
    os.mkfifo(tmp_path / "clip.mp4")
    with pytest.raises(AppError, match="neither a file nor a folder"):
        open_source(tmp_path / "clip.mp4")
    os.mkfifo(tmp_path / "1.png")
    with pytest.raises(AppError, match="holds no pictures"):
        open_source(tmp_path)


def test_a_playlist_in_disguise_opens_no_other_file(tmp_path):
    """Formats that name further files or addresses are not among those that are opened."""
    secret = write_video(tmp_path / "secret.mp4", range(3))
    for name, text in {
        "list.mp4": f"ffconcat version 1.0\nfile '{secret}'\n",
        "hls.mkv": f"#EXTM3U\n#EXTINF:1,\nfile://{secret}\n#EXT-X-ENDLIST\n",
        "dash.mp4": f"<?xml version='1.0'?><MPD><Period><BaseURL>{secret}</BaseURL></Period></MPD>",
    }.items():
        (tmp_path / name).write_text(text)
        with pytest.raises(AppError, match="is not a video"):
            open_source(tmp_path / name)
    with av.open(secret) as container:
        assert container.streams.video
