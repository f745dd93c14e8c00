"""A small project whose every box is known by heart."""

from __future__ import annotations

from pathlib import Path

from app.document.model import Category, Keyframe, Project, Sequence, Track
from app.document.tracked_boxes import TrackedBox
from app.formats.export import export_project
from app.formats.format import Format
from app.formats.options import ExportOptions, ImportOptions
from app.formats.progress import SILENT
from app.formats.registry import ExportTarget, format_named
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus


def small_project() -> Project:
    project = Project({}, {2: Category(2, "cup"), 5: Category(5, "Käse 🧀")})
    for number, name in ((1, "clip"), (2, "Clip")):
        sequence = Sequence(number, name, f"/videos/{name}.mp4", 6, 320, 240, 29.97)
        for extra in (0, 1):
            track = Track(2 * number + extra, f"track {extra}", 5 if extra else 2)
            track.keyframes[0] = Keyframe(BoundingBox(10.25, 20.5, 30.125, 40.0625), occluded=bool(extra))
            for frame in range(1, 4):
                box = BoundingBox(10.25 + frame, 20.5 + 50 * extra, 30, 40)
                track.boxes.set(frame, TrackedBox(box, 0.75, TrackStatus.FOUND))
            track.boxes.set(4, TrackedBox(BoundingBox(1, 1, 1, 1), 0.1, TrackStatus.NOT_FOUND))
            track.keyframes[5] = Keyframe(None)
            sequence.tracks[track.id] = track
        project.sequences[number] = sequence
    return project


def write_as(name: str | Format, project: Project, path: Path, options: ExportOptions | None = None) -> list[str]:
    """Export; what was lost."""
    known = format_named(name) if isinstance(name, str) else name
    return export_project(project, ExportTarget(known, path), options)


def read_as(name: str | Format, path: Path, options: ImportOptions | None = None) -> Project:
    """Import."""
    known = format_named(name) if isinstance(name, str) else name
    return known.read(path, options or ImportOptions(), SILENT).project
