"""What ``main.py export``, ``import`` and ``convert`` cost in every format with a large project: time and memory.

Each command runs in a process of its own, so that what is measured is what a person waits for: Python's start, the
project file, the format, and for imports the search for few Keyframes and the new project file.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.document.model import Category, Keyframe, Project, Sequence, Track
from app.document.project_file import write_project
from app.document.tracked_boxes import TrackedBoxes
from app.formats.registry import all_formats
from app.marked_section import check_section, write_section
from tracker.geometry import BoundingBox

SECTION = "format speed"

_ROOT = Path(__file__).resolve().parents[1]
_FRAMES = 10_000
_WIDTH, _HEIGHT = 1920, 1080
_MB = 1 << 20
_PEAK_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes, in which the system counts the peak memory of a process."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one command.

    Attributes:
        seconds: Wall time.
        cpu_seconds: Processor time, of the program and of the system for it.
        peak_mb: Peak memory, with Python and libraries.
    """

    seconds: float
    cpu_seconds: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class FormatCost:
    """Of one format.

    Attributes:
        name: Of the format.
        files: That an export is.
        megabytes: Of them together.
        copying: To write the same bytes into as many files once more: what the file system alone takes.
        exporting: ``main.py export``.
        importing: ``main.py import`` into a project with an empty Sequence.
        converting: ``main.py convert`` to the next format of the table.
    """

    name: str
    files: int
    megabytes: float
    copying: Cost
    exporting: Cost
    importing: Cost
    converting: Cost


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


def run(*command: str) -> Cost:
    """Run ``python ...`` at the root of the repository.

    Raises:
        RuntimeError: It failed; with what it said.
    """
    begin = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603  # our own
            [sys.executable, *command], cwd=_ROOT, stdout=said, stderr=subprocess.STDOUT
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise RuntimeError(f"{' '.join(command)}: {said.read().decode(errors='replace')[-500:]}")
    seconds = time.perf_counter() - begin
    return Cost(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * _PEAK_UNIT / _MB)


def measure(boxes: int) -> list[FormatCost]:
    """Every format as source and as target; prints each as it is done."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        full, empty = folder / "full.dimple", folder / "empty.dimple"
        project = crowded_project(boxes)
        write_project(full, project)
        for sequence in project.sequences.values():
            sequence.tracks.clear()
        write_project(empty, project)
        del project
        known = all_formats()
        costs = []
        for it, following in zip(known, [*known[1:], known[0]], strict=True):
            written, converted = folder / f"out{it.suffix}", folder / f"converted{following.suffix}"
            target, into = folder / "target.dimple", f"{following.name}:{converted}"
            exporting = run("main.py", "export", str(full), f"{it.name}:{written}")
            copying = run("-m", "bench.format_speed", str(written), str(folder / "copied"))
            shutil.copyfile(empty, target)
            importing = run("main.py", "import", str(target), f"{it.name}:{written}")
            converting = run("main.py", "convert", f"{it.name}:{written}", into)
            files = [one for one in written.rglob("*") if one.is_file()] or [written]
            size = sum(one.stat().st_size for one in files) / _MB
            costs.append(FormatCost(it.name, len(files), size, copying, exporting, importing, converting))
            print(_line(costs[-1]), flush=True)
            for path in (written, converted, folder / "copied", target):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        return costs


def report(boxes: int = 1_000_000, page: Path | None = None) -> None:
    """Print what every format costs, and write it into a page.

    Raises:
        AppError: The page has no place for the table; nothing has been measured then.
    """
    if page:
        check_section(page, SECTION)
    heading = (
        f"{boxes:,} boxes on {_FRAMES:,} frames, {os.cpu_count()} cores; processor seconds / peak MB of each command"
    )
    print(f"{heading}\n{_HEADER}\n{_RULE}")
    lines = [_line(it) for it in measure(boxes)]
    if page:
        write_section(page, SECTION, "\n".join([f"{heading}:", "", _HEADER, _RULE, *lines]))
        print(f"Wrote {page}")


_HEADER = "| | files | MB | writing the same bytes | export | import | convert to the next |"
_RULE = "|---|---|---|---|---|---|---|"


def _line(cost: FormatCost) -> str:
    cells = [cost.name, f"{cost.files:,}", f"{cost.megabytes:.0f}", f"{cost.copying.cpu_seconds:.1f}"]
    cells += [f"{it.cpu_seconds:.1f} / {it.peak_mb:.0f}" for it in (cost.exporting, cost.importing, cost.converting)]
    return f"| {' | '.join(cells)} |"


def _copy(source: Path, target: Path) -> None:
    """The bytes of a file, or of all files of a folder, into new files."""
    if source.is_file():
        target.write_bytes(source.read_bytes())
        return
    for file in source.rglob("*"):
        if file.is_file():
            place = target / file.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(file.read_bytes())


if __name__ == "__main__":
    _copy(Path(sys.argv[1]), Path(sys.argv[2]))
