"""A project as large as the window must bear."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from app.document.model import Category, Keyframe, Keyframes, Project, Sequence, Track
from app.document.tracked_boxes import TrackedBoxes
from tracker.geometry import BoundingBox

SMALL, HUGE = 1, 2
"""Ids of the Sequences."""
CROWD_FRAMES = 500


def crowd_project(folder: Path, objects: int) -> Project:
    """A small Sequence, and one of ``CROWD_FRAMES`` with ``objects`` boxes on each frame."""
    return huge_project(folder, CROWD_FRAMES, CROWD_FRAMES * objects)


def huge_project(folder: Path, frames: int, boxes: int) -> Project:
    """A small Sequence, and one of ``frames`` with ``boxes`` boxes on smooth ways over several Tracks."""
    project = Project(categories={1: Category(1, "object")})
    for number, count in ((SMALL, 400), (HUGE, frames)):
        path = folder / f"{number}.mp4"
        path.touch()
        project.sequences[number] = Sequence(number, path.stem, str(path), count, 640, 480, 25.0)
    generator = np.random.default_rng(0)
    number = 1
    project.sequences[SMALL].tracks[1] = Track(1, "small", 1, Keyframes({0: Keyframe(BoundingBox(10, 10, 50, 40))}))
    while boxes > 0:
        count = min(frames, boxes)
        boxes -= count
        number += 1
        time_of = np.arange(count) / 200 + number
        sides = np.stack(
            [300 + 200 * np.sin(time_of), 200 + 150 * np.cos(0.7 * time_of), 60 + 20 * np.sin(0.3 * time_of)], axis=1
        )
        track = Track(number, f"track {number}", 1)
        for frame in range(0, count, 500):
            x, y, w = sides[frame].tolist()
            track.keyframes[frame] = Keyframe(BoundingBox(x, y, w, 50.0))
        statuses = generator.choice(4, count, p=[0.97, 0.01, 0.01, 0.01]).astype(np.uint8)
        track.boxes = TrackedBoxes.from_arrays(
            np.arange(count),
            np.column_stack([sides, np.full(count, 50.0)]),
            np.clip(generator.normal(0.8, 0.15, count), 0, 1).astype(np.float32),
            statuses,
        )
        project.sequences[HUGE].tracks[number] = track
    return project
