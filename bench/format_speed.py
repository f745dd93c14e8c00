"""How long each format takes to write a large project and to read it with few keyframes, and how much memory."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.document.model import Category, Keyframe, Project, Sequence, Track
from app.document.tracked_boxes import TrackedBoxes
from app.formats.export import export_project
from app.formats.options import ImportOptions, SourceShape
from app.formats.progress import SILENT
from app.formats.registry import ExportTarget, all_formats, format_named
from app.formats.simplify import DEFAULT_TOLERANCE, simplify_project
from tracker.geometry import BoundingBox

_FRAMES = 10_000
_WIDTH, _HEIGHT = 1920, 1080
_SOURCE = SourceShape("clip", _FRAMES, _WIDTH, _HEIGHT, 30.0)


@dataclass(frozen=True, slots=True)
class FormatTimes:
    """One direction of one format.

    Attributes:
        seconds: Wall time.
        cpu_seconds: Processor time.
        peak_mb: Peak memory of the process, with Python, libraries and the project.
        boxes: Written or read.
    """

    seconds: float
    cpu_seconds: float
    peak_mb: float
    boxes: int


def crowded_project(boxes: int) -> Project:
    """A Sequence of 10,000 frames with ``boxes`` tracked boxes on Tracks of that length, a Keyframe every 100."""
    categories = {number: Category(number, f"category {number}") for number in range(1, 6)}
    sequence = Sequence(1, "clip", "/clip.mp4", _FRAMES, _WIDTH, _HEIGHT, 30.0)
    generator = np.random.default_rng(0)
    for number in range(1, max(1, boxes // _FRAMES) + 1):
        track = Track(number, f"track {number}", number % 5 + 1)
        path = np.cumsum(generator.normal(0, 1.5, (_FRAMES, 2)), axis=0)
        near = generator.uniform((100, 100), (1500, 800)) + path
        sides = generator.uniform(20, 200, (1, 2)) + np.sin(np.arange(_FRAMES) / 50)[:, None] * 5
        places = np.concatenate([np.clip(near, -50, 1000), sides], axis=1)
        track.boxes = TrackedBoxes.from_arrays(
            np.arange(_FRAMES),
            places,
            generator.random(_FRAMES, dtype=np.float32),
            np.zeros(_FRAMES, dtype=np.uint8),
        )
        for frame in range(0, _FRAMES, 100):
            track.keyframes[frame] = Keyframe(BoundingBox(*places[frame].tolist()))
        sequence.tracks[number] = track
    return Project({1: sequence}, categories)


def measure(name: str, folder: Path, boxes: int, *, reading: bool) -> FormatTimes:
    """Write a project in a format, or read what was written, in a process of its own."""
    command = [
        sys.executable,
        "-m",
        "bench.format_speed",
        "read" if reading else "write",
        name,
        str(folder),
        str(boxes),
    ]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  # our own
    return FormatTimes(**json.loads(done.stdout))


def report(boxes: int = 1_000_000) -> None:
    """Print the times of every format."""
    print(f"{boxes:,} boxes    export: s (CPU s)  peak MB      import: s (CPU s)  peak MB")
    with tempfile.TemporaryDirectory() as folder:
        for known in all_formats():
            cells = [known.name.ljust(16)]
            for reading in (False, True):
                try:
                    it = measure(known.name, Path(folder), boxes, reading=reading)
                except subprocess.CalledProcessError as error:
                    cells.append(f"failed: {error.stderr.strip().splitlines()[-1]:.60}")
                    continue
                cells.append(f"{it.seconds:12.1f} ({it.cpu_seconds:5.1f}) {it.peak_mb:10.0f}")
            print("      ".join(cells), flush=True)


def _run(direction: str, name: str, folder: Path, boxes: int) -> FormatTimes:
    known = format_named(name)
    path = folder / f"{name}{known.suffix}"
    project = crowded_project(boxes) if direction == "write" else Project()
    begin, cpu = time.perf_counter(), time.process_time()
    if direction == "write":
        export_project(project, ExportTarget(known, path))
    else:
        project = known.read(path, ImportOptions(source=_SOURCE), SILENT).project
        simplify_project(project, known, DEFAULT_TOLERANCE)
    seconds, cpu_seconds = time.perf_counter() - begin, time.process_time() - cpu
    count = sum(len(track.boxes) for it in project.sequences.values() for track in it.tracks.values())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return FormatTimes(seconds, cpu_seconds, peak, count)


if __name__ == "__main__":
    direction, name, folder, boxes = sys.argv[1:]
    times = _run(direction, name, Path(folder), int(boxes))
    print(json.dumps({it: getattr(times, it) for it in FormatTimes.__slots__}))
