"""A small project whose every box is known by heart."""

from __future__ import annotations

from app.document.model import Category, Keyframe, Project, Sequence, Track
from app.document.tracked_boxes import TrackedBox
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
