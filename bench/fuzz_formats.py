"""``python -m bench.fuzz_formats``: damaged files for every format; each must be imported or refused in words.

A small project is exported in each format, one or more of its files are damaged, and the result is imported; every
other time it is a file in the shape of another tool (tests/formats/foreign) where there is one. Good is an
import, or an ``AppError`` that names a file or folder of the export. Everything else is a bug: another exception, a
sentence without a place, more than ``SECONDS`` or ``MEMORY``. Files that show a bug are kept under ``out/fuzz``.
"""

from __future__ import annotations

import random
import shutil
import tempfile
import time
import traceback
from collections.abc import Mapping
from pathlib import Path

from app.document.model import Category, Keyframe, Project, Sequence, Track
from app.document.tracked_boxes import TrackedBox
from app.errors import AppError
from app.formats.export import export_project
from app.formats.format import Format
from app.formats.options import ExportOptions, ImportOptions, SourceShape
from app.formats.progress import SILENT
from app.formats.registry import FORMATS, ExportTarget
from bench.damage import damaged
from bench.fuzz_run import SECONDS, Tally, TooSlowError, bounded, fuzz_as_asked
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus

_FOREIGN = Path(__file__).resolve().parents[1] / "tests" / "formats" / "foreign"
_SHAPE = SourceShape("clip", 6, 320, 240, 25.0)


def small_project() -> Project:
    """Two Sequences with a bit of everything."""
    project = Project({}, {1: Category(1, "cup"), 2: Category(2, "Käse 🧀")})
    for number, name in ((1, "clip"), (2, "a-b")):
        sequence = Sequence(number, name, f"/videos/{name}.mp4", 6, 320, 240, 29.97)
        for extra in (0, 1):
            track = Track(2 * number + extra, "=mug" if extra else "", 1 + extra)
            track.keyframes[0] = Keyframe(BoundingBox(10.25, 20.5, 30.125, 40.0625), occluded=bool(extra))
            for frame in range(1, 4):
                box = BoundingBox(10.25 + frame, 20.5 + 50 * extra, 30, 40)
                track.boxes.set(frame, TrackedBox(box, 0.75, TrackStatus.FOUND))
            track.keyframes[4] = Keyframe(None)
            track.keyframes[5] = Keyframe(BoundingBox(300, 200, 50, 60), visibility=0.25)
            sequence.tracks[track.id] = track
        project.sequences[number] = sequence
    return project


def fuzz(known: Format, files: int, seed: int, keep: Path | None = None) -> Tally:
    """Damage and import one format.

    Args:
        known: The format.
        files: How many damaged exports.
        seed: Of the damage: the same numbers give the same files.
        keep: Where to leave the files that show a bug.
    """
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"export{known.suffix}"
        export_project(small_project(), ExportTarget(known, path), ExportOptions())
        own, others = _contents(path), foreign(known)
        there: dict[str, bytes] = own
        for number in range(files):
            rng = random.Random(f"{seed} {known.name} {number}")  # noqa: S311  # no secret
            originals = rng.choice(others) if others and number % 2 else own
            if originals is not there:
                _remove(path)
                _write(path, originals)
                there = originals
            changed = damaged(originals, rng)
            _write(path, changed)
            problem = _import(known, path, rng, tally)
            if problem:
                tally.bugs.append(f"{known.name} seed {seed} file {number}: {problem}")
                if keep is not None:
                    _keep(path, keep / f"{known.name}-{seed}-{number}")
            _write(path, {name: originals.get(name) for name in changed})
    return tally


def foreign(known: Format) -> list[dict[str, bytes]]:
    """Files of other tools' shape, as ``_contents`` has them."""
    stem = known.name.replace("-", "_")
    return [
        _contents(it) for it in sorted(_FOREIGN.iterdir()) if it.name.startswith(stem) or it.suffix == f".{known.name}"
    ]


def _import(known: Format, path: Path, rng: random.Random, tally: Tally) -> str:
    """What is wrong with the way in which this export was taken; empty for nothing."""
    options = rng.choice([ImportOptions(), ImportOptions(), ImportOptions(source=_SHAPE), ImportOptions(0, 0)])
    started = time.perf_counter()
    problem = ""
    try:
        with bounded():
            known.sniff(path)
            known.read(path, options, SILENT)
        tally.imported += 1
    except AppError as error:
        tally.refused += 1
        text = str(error)
        names = {path.name, *(it.name for it in path.rglob("*"))} if path.is_dir() else {path.name}
        if not any(name in text for name in names) and "Track " not in text:
            problem = f"no place in {text!r}"
        elif "\n" in text or len(text) > 1000:
            problem = f"no sentence: {text!r:.300}"
    except TooSlowError:
        problem = f"took over {SECONDS:g} s"
    except Exception as error:  # noqa: BLE001  # whatever it is, it is what this looks for
        problem = f"{error!r:.300} at {''.join(traceback.format_tb(error.__traceback__)[-2:])}"
    tally.slowest = max(tally.slowest, time.perf_counter() - started)
    return problem


def _contents(path: Path) -> dict[str, bytes]:
    """Name below ``path`` -> bytes; the name of the only file of a format that is one is empty."""
    if path.is_file():
        return {"": path.read_bytes()}
    return {it.relative_to(path).as_posix(): it.read_bytes() for it in sorted(path.rglob("*")) if it.is_file()}


def _write(path: Path, contents: Mapping[str, bytes | None]) -> None:
    """Put files there; None takes one away."""
    for name, data in contents.items():
        place = path / name if name else path
        if data is None:
            place.unlink(missing_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _keep(path: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        shutil.copytree(path, place, dirs_exist_ok=True)
    elif path.is_file():
        shutil.copyfile(path, place)


def main() -> None:
    """Fuzz the formats that were asked for and say what was found."""
    fuzz_as_asked("fuzz_formats", __doc__, FORMATS, fuzz)


if __name__ == "__main__":
    main()
