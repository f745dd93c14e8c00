"""``python -m bench.fuzz_files``: damaged projects, archives, model files, frame indexes, videos and pictures.

Good is that a file is read, or refused by an ``AppError`` or ``TrackerError`` (an index: by None). Everything else is a
bug: another exception, more than ten seconds of the processor or a gigabyte. Files that show a bug are kept under
``out/fuzz``. The good files hold all that there can be, and damage knows how they are made: most damaged projects,
model files and archives are sound as such and lie in what they say.
"""

from __future__ import annotations

import random
import shutil
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import av
import cv2
import numpy as np

from app.document.project_file import read_project, write_project
from app.document.salvage import salvage
from app.errors import AppError
from app.formats.export import export_project
from app.formats.import_file import ImportFile
from app.formats.options import ImportOptions
from app.formats.progress import SILENT
from app.formats.registry import parse_target
from app.media.image_files import read_image
from app.media.video_index import FrameIdentity, VideoIndex
from app.media.video_indexing import build_index
from app.media.video_source import VideoSource
from bench.damage import Damage, damaged_binary
from bench.damaged_models import damaged_archive, damaged_model
from bench.damaged_projects import damaged_project
from bench.deep_checkpoint import write_checkpoint
from bench.fuzz_run import SECONDS, Tally, TooSlowError, bounded, fuzz_as_asked
from bench.rich_project import rich_project
from tracker.errors import TrackerError
from tracker.manifest import WEIGHTS_FOLDER
from tracker.weights import read_network


@dataclass(frozen=True, slots=True)
class Target:
    """One kind of file.

    Attributes:
        name: Of the file, with the ending that its reader wants.
        make: Writes a good one.
        read: Reads one; False where it says without an exception that it is none.
        damage: Makes a bad one of it.
    """

    name: str
    make: Callable[[Path], object]
    read: Callable[[Path], bool]
    damage: Damage = damaged_binary


def _read_project(path: Path) -> bool:
    """What is taken for good must also be written and read again as it is."""
    loaded = read_project(path)
    again = path.with_name("again.dimple")
    write_project(again, loaded.project, loaded.last_ids, replace=True)
    if read_project(again).project != loaded.project:
        raise AssertionError("what was read is another project once it is written")
    return True


def _salvage(path: Path) -> bool:
    target = path.with_name("new.dimple")
    target.unlink(missing_ok=True)
    made = salvage(path, target)
    read_project(made.path)
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


def _write_export(path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        export_project(rich_project(), parse_target(f"mot:{folder}/out"))
        shutil.make_archive(str(path.with_suffix("")), "zip", folder)


def _read_export(path: Path) -> bool:
    with ImportFile(path) as file:
        file.read(None, ImportOptions(), SILENT)
    return True


def _read_model(path: Path) -> bool:
    return read_network(path) is not None


TARGETS = (
    Target("project.dimple", lambda path: write_project(path, rich_project()), _read_project, damaged_project),
    Target("salvaged.dimple", lambda path: write_project(path, rich_project()), _salvage, damaged_project),
    Target("export.zip", _write_export, _read_export, damaged_archive),
    Target("zip.pth", lambda path: write_checkpoint(path, is_zip=True), _read_model, damaged_archive),
    Target("plain.pth", lambda path: write_checkpoint(path, is_zip=False), _read_model),
    *(
        Target(name, partial(shutil.copyfile, WEIGHTS_FOLDER / name), _read_model, damaged_model)
        for name in ("lite0.safetensors", "lite0_untrained.safetensors")
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
        if not target.read(path):
            raise AssertionError(f"the good {target.name} is not read")
        for number in range(files):
            rng = random.Random(f"{seed} {target.name} {number}")  # noqa: S311  # no secret
            path.write_bytes(target.damage(original, rng))
            problem = _read(target, path, tally)
            if problem:
                tally.bugs.append(f"{target.name} seed {seed} file {number}: {problem}")
                if keep is not None:
                    keep.mkdir(parents=True, exist_ok=True)
                    (keep / f"{seed}-{number}-{target.name}").write_bytes(path.read_bytes())
    return tally


def _read(target: Target, path: Path, tally: Tally) -> str:
    """What is wrong with the way in which a file was taken; empty for nothing."""
    started, problem = time.process_time(), ""
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
    tally.slowest = max(tally.slowest, time.process_time() - started)
    return problem


def main() -> None:
    """Fuzz the kinds that were asked for and say what was found."""
    fuzz_as_asked("fuzz_files", __doc__, TARGETS, fuzz)


if __name__ == "__main__":
    main()
