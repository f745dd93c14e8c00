"""``make readers``: what we export, loaded by other people's readers, box by box.

Exports a small project with its pictures in every format, runs ``load_exports.py`` in ``.venv-readers`` (the readers
want other versions of the same libraries than the program), prints a table and puts it into ``docs/formats.md``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import cv2
import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.document.model import Category, Keyframe, Project, Sequence, Track  # noqa: E402
from app.document.tracked_boxes import TrackedBox  # noqa: E402
from app.formats.export import export_project  # noqa: E402
from app.formats.options import ExportOptions  # noqa: E402
from app.formats.registry import FORMATS, ExportTarget, format_named  # noqa: E402
from tracker.geometry import BoundingBox  # noqa: E402
from tracker.result import TrackStatus  # noqa: E402

PAGE = ROOT / "docs" / "formats.md"
START, END = "<!-- readers -->", "<!-- /readers -->"
LARGEST = 1e-3
"""Pixels that a box may be off: what readers lose in single precision."""
ROUNDING = {"datumaro": 0.0101}
"""Readers that round: Datumaro keeps two decimals of each corner, so a side may be off by one of them."""

_WIDTH, _HEIGHT, _FRAMES = 320, 240, 40
_SECONDS = 300


def moving_project(folder: Path) -> Project:
    """Two sequences of three objects: parts of pixels, a gap, an exit over the border and a return."""
    project = Project({}, {1: Category(1, "cup"), 2: Category(2, "spoon")})
    rng = np.random.default_rng(5)
    for number, name in ((1, "kitchen"), (2, "table")):
        pictures = folder / name
        pictures.mkdir()
        for frame in range(_FRAMES):
            picture = rng.integers(0, 255, (_HEIGHT // 8, _WIDTH // 8, 3), dtype=np.uint8)
            cv2.imwrite(str(pictures / f"{frame:04d}.png"), cv2.resize(picture, (_WIDTH, _HEIGHT)))
        sequence = Sequence(number, name, str(pictures), _FRAMES, _WIDTH, _HEIGHT, 25.0)
        for place in range(3):
            track = Track(10 * number + place, f"object {place}", 1 + place % 2)
            for frame in range(_FRAMES):
                if 12 <= frame < 15 + place:
                    continue
                x, y = 5.25 + 7.3 * frame + 9 * place, 30.125 + 60 * place + rng.uniform(0, 3)
                box = BoundingBox(round(x, 3), round(float(y), 3), 40.5 + place, 33.25)
                if frame % 10 == 0:
                    track.keyframes[frame] = Keyframe(box)
                else:
                    track.boxes.set(frame, TrackedBox(box, 0.5, TrackStatus.FOUND))
            sequence.tracks[track.id] = track
        project.sequences[number] = sequence
    return project


def export_all(project: Project, folder: Path) -> None:
    """Every format with pictures; those with a box base both ways."""
    for known in FORMATS:
        for base in (None, 0):
            has_base = any(it.name == "box-base" for it in known.options)
            if base is not None and not has_base:
                continue
            own = {} if base is None else {"box-base": base}
            path = folder / (known.name if base is None else f"{known.name}-{base}")
            export_project(project, ExportTarget(known, path), ExportOptions(pictures=True, own=own))
    boxes = []
    for sequence in project.sequences.values():
        for track in sequence.tracks.values():
            for frame in track.frames():
                box = track.box_at(frame)
                assert box is not None
                inside = box.clipped(sequence.width, sequence.height)
                boxes.append(
                    {
                        "sequence": sequence.name,
                        "frame": frame,
                        "track": track.id,
                        "box": [box.x, box.y, box.w, box.h],
                        "clipped": None if inside is None else [inside.x, inside.y, inside.w, inside.h],
                    }
                )
    sizes = {it.name: [it.width, it.height] for it in project.sequences.values()}
    (folder / "expected.json").write_text(json.dumps({"boxes": boxes, "sizes": sizes}), encoding="utf-8")


def table(rows: list[dict[str, object]]) -> list[str]:
    """Markdown."""
    lines = ["| format | reader | version | boxes compared | largest difference, px |", "|---|---|---|---|---|"]
    for row in rows:
        if "difference" in row:
            said = f"{row['boxes']} | {row['difference']:.1e}"
        else:
            said = f"0 | {row.get('absent', row.get('wrong'))}"
        title = format_named(str(row["format"])).title
        lines.append(f"| {title} | {row['reader']} | {row.get('version', '-')} | {said} |")
    return lines


def main() -> int:
    """Export, load, compare, write the table.

    Returns:
        0 where every reader that is there agrees.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", type=Path, default=ROOT / ".venv-readers" / "bin" / "python")
    parser.add_argument("--check", action="store_true", help="leave docs/formats.md alone")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pictures").mkdir()
        export_all(moving_project(folder / "pictures"), folder)
        command = [str(options.python), str(ROOT / "scripts" / "load_exports.py"), name]
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)  # noqa: S603
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        return 1
    rows = json.loads(done.stdout.splitlines()[-1])
    lines = table(rows)
    print("\n".join(lines))
    if not options.check:
        text = PAGE.read_text(encoding="utf-8")
        if START not in text or END not in text:
            print(f"{PAGE} has no place for the table between {START} and {END}", file=sys.stderr)
            return 1
        before, _, rest = text.partition(START)
        _, _, after = rest.partition(END)
        PAGE.write_text("\n".join([before + START, "", *lines, "", END + after]), encoding="utf-8")
    wrong = [
        row
        for row in rows
        if "wrong" in row or float(str(row.get("difference", 0))) > ROUNDING.get(str(row["reader"]), LARGEST)
    ]
    for row in wrong:
        print(f"WRONG: {row}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
