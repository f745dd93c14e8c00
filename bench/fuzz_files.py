"""``python -m bench.fuzz_files``: damaged projects, checkpoints, model files, frame indexes, videos and pictures.

Good is that a file is read, or refused by an ``AppError`` or ``TrackerError`` (an index: by None). Everything else is a
bug: another exception, more than ten seconds or a gigabyte. Files that show a bug are kept under ``out/fuzz``.
"""

from __future__ import annotations

import random
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import av
import cv2
import numpy as np
import torch
from safetensors.torch import save_file

from app.document.project_file import read_project, write_project
from app.errors import AppError
from app.media.image_files import read_image
from app.media.video_index import FrameIdentity, VideoIndex
from app.media.video_indexing import build_index
from app.media.video_source import VideoSource
from bench.damage import damaged_binary
from bench.fuzz_formats import small_project
from bench.fuzz_run import SECONDS, Tally, TooSlowError, bounded, fuzz_as_asked
from tracker.errors import TrackerError
from tracker.model_file import read_model_file
from tracker.released_checkpoint import read_released


@dataclass(frozen=True, slots=True)
class Target:
    """One kind of file.

    Attributes:
        name: Of the file, with the ending that its reader wants.
        make: Writes a good one.
        read: Reads one; False where it says without an exception that it is none.
    """

    name: str
    make: Callable[[Path], object]
    read: Callable[[Path], bool]


def _read_project(path: Path) -> bool:
    read_project(path)
    return True


def _read_video(path: Path) -> bool:
    index = build_index(path, lambda _done, _total: None, lambda: False)
    source = VideoSource(path, index)
    try:
        for number in {index.frame_count - 1, 0, index.frame_count // 2}:
            source.read(number)
    finally:
        source.close()
    return True


def _write_video(path: Path, codec: str, pixels: str) -> None:
    with av.open(path, "w") as output:
        stream = output.add_stream(codec, rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 48, pixels
        for number in range(12):
            picture = np.full((48, 64, 3), 20 * number, dtype=np.uint8)
            output.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        output.mux(stream.encode(None))


def _write_index(path: Path) -> None:
    numbers = np.arange(40, dtype=np.int64)
    VideoIndex(FrameIdentity.PRESENTATION_TIME, numbers, numbers[::10], numbers[::10], 0.04, 25.0, 64, 48).save(path)


def _write_picture(path: Path) -> None:
    cv2.imwrite(str(path), np.arange(64 * 48 * 3, dtype=np.uint8).reshape(48, 64, 3))


def _write_checkpoint(path: Path, *, is_zip: bool) -> None:
    content = {"net": {"layer.weight": torch.ones(3, 3)}, "epoch": 5, "stats": [1.5, None, True, "text"]}
    torch.save(content, path, _use_new_zipfile_serialization=is_zip)


TARGETS = (
    Target("project.dimple", lambda path: write_project(path, small_project(), replace=True), _read_project),
    Target("zip.pth", lambda path: _write_checkpoint(path, is_zip=True), lambda path: bool(read_released(path))),
    Target("plain.pth", lambda path: _write_checkpoint(path, is_zip=False), lambda path: bool(read_released(path))),
    Target(
        "model.safetensors",
        lambda path: save_file({"weight": torch.ones(4)}, path, metadata={"dimple_network": "{}"}),
        lambda path: bool(read_model_file(path)),
    ),
    Target("index.npz", _write_index, lambda path: VideoIndex.load(path) is not None),
    Target("h264.mp4", lambda path: _write_video(path, "libx264", "yuv420p"), _read_video),
    Target("vp9.webm", lambda path: _write_video(path, "libvpx-vp9", "yuv420p"), _read_video),
    Target("mpeg4.avi", lambda path: _write_video(path, "mpeg4", "yuv420p"), _read_video),
    Target("ffv1.mkv", lambda path: _write_video(path, "ffv1", "yuv420p"), _read_video),
    *(
        Target(f"picture.{it}", _write_picture, lambda path: read_image(path).ndim == 3)
        for it in ("png", "jpg", "tiff")
    ),
)


def fuzz(target: Target, files: int, seed: int, keep: Path | None = None) -> Tally:
    """Damage and read one kind of file; the same numbers give the same files."""
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / target.name
        target.make(path)
        original = path.read_bytes()
        for number in range(files):
            rng = random.Random(f"{seed} {target.name} {number}")  # noqa: S311  # no secret
            path.write_bytes(damaged_binary(original, rng))
            problem = _read(target, path, tally)
            if problem:
                tally.bugs.append(f"{target.name} seed {seed} file {number}: {problem}")
                if keep is not None:
                    keep.mkdir(parents=True, exist_ok=True)
                    (keep / f"{seed}-{number}-{target.name}").write_bytes(path.read_bytes())
    return tally


def _read(target: Target, path: Path, tally: Tally) -> str:
    """What is wrong with the way in which a file was taken; empty for nothing."""
    started, problem = time.perf_counter(), ""
    try:
        with bounded():
            is_read = target.read(path)
        tally.imported += is_read
        tally.refused += not is_read
    except (AppError, TrackerError) as error:
        tally.refused += 1
        if path.name not in str(error) or "\n" in str(error) or len(str(error)) > 1000:
            problem = f"no sentence with a place: {str(error)!r:.300}"
    except TooSlowError:
        problem = f"took over {SECONDS:g} s"
    except Exception as error:  # noqa: BLE001  # whatever it is, it is what this looks for
        problem = f"{error!r:.300} at {''.join(traceback.format_tb(error.__traceback__)[-2:])}"
    tally.slowest = max(tally.slowest, time.perf_counter() - started)
    return problem


def main() -> None:
    """Fuzz the kinds that were asked for and say what was found."""
    fuzz_as_asked("fuzz_files", __doc__, TARGETS, fuzz)


if __name__ == "__main__":
    main()
