"""``python -m bench.grouped_decoding``: what decoding each group of a sound H.264 or HEVC video by itself costs.

Reads a made 1080p clip on, and at random places, as the program does and as it would if FFmpeg told of all damage
(docs/decisions/0010-damaged-video.md).
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import av
import numpy as np

from app.media import video_decoder
from app.media.video_index import VideoIndex
from app.media.video_indexing import build_index
from app.media.video_source import VideoSource

_WIDTH, _HEIGHT = 1920, 1080
_SEEKS = 20


def write_clip(path: Path, codec: str, frames: int, group: int) -> None:
    """A pattern that moves."""
    cells = np.random.default_rng(0).integers(0, 255, (_HEIGHT // 8, _WIDTH // 8, 3), dtype=np.uint8)
    picture = cells.repeat(8, 0).repeat(8, 1)
    with av.open(path, "w") as output:
        options = {"preset": "ultrafast", "x265-params": "log-level=none", "g": str(group)}
        stream = output.add_stream(codec, rate=25, options=options)
        stream.width, stream.height, stream.pix_fmt, stream.bit_rate = _WIDTH, _HEIGHT, "yuv420p", 6_000_000
        for number in range(frames):
            moved = np.ascontiguousarray(np.roll(picture, (2 * number, 3 * number), (0, 1)))
            output.mux(stream.encode(av.VideoFrame.from_ndarray(moved, format="rgb24")))
        output.mux(stream.encode(None))


def measure(path: Path, index: VideoIndex, frames: Iterable[int]) -> str:
    """Milliseconds a frame: by the clock, and of the processor."""
    source = VideoSource(path, index)
    count, wall, processor = 0, time.perf_counter(), time.process_time()
    for frame in frames:
        source.read(frame)
        count += 1
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    source.close()
    return f"{1000 * wall / count:.1f} | {1000 * processor / count:.1f}"


def main() -> None:
    """Make a clip, read it both ways, print a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.hevc_speed", description=__doc__)
    parser.add_argument("--frames", type=int, default=240)
    parser.add_argument("--group", type=int, default=30, help="frames from one key frame to the next")
    options = parser.parse_args()
    sets = video_decoder._SILENT_CODECS, video_decoder._UNSTEADY_CODECS  # noqa: SLF001  # what is measured
    print("| codec | decoded | reading on, ms a frame | of the processor | at random, ms | of the processor |")
    print("|---|---|---|---|---|---|")
    for codec in ("libx264", "libx265"):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "clip.mp4"
            write_clip(path, codec, options.frames, options.group)
            index = build_index(path, lambda _done, _total: None, lambda: False)
            places = random.Random(0).choices(range(options.frames), k=_SEEKS)  # noqa: S311  # no secret
            for name, (silent, unsteady) in (("by groups", sets), ("in one go", (frozenset(), frozenset()))):
                video_decoder._SILENT_CODECS = silent  # noqa: SLF001
                video_decoder._UNSTEADY_CODECS = unsteady  # noqa: SLF001
                times = f"{measure(path, index, range(options.frames))} | {measure(path, index, places)}"
                print(f"| {codec.removeprefix('lib')} | {name} | {times} |", flush=True)


if __name__ == "__main__":
    main()
