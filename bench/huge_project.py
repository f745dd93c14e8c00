"""A project as large as the window must bear."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from app.document.model import Attribute, AttributeKind, Category, Keyframe, Keyframes, Project, Sequence, Track
from app.document.tracked_boxes import TrackedBoxes
from tracker.geometry import BoundingBox

SMALL, HUGE = 1, 2
"""Ids of the Sequences."""
CROWD_FRAMES = 500
LARGE = 3840, 2160
"""Width and height of large pictures."""
DATASET_FRAMES = 2000
DATASET_SMALL = 60
"""Frames of each of the small Sequences of a data set."""


def crowd_project(folder: Path, objects: int) -> Project:
    """A small Sequence, and one of ``CROWD_FRAMES`` with ``objects`` boxes on each frame."""
    return huge_project(folder, CROWD_FRAMES, CROWD_FRAMES * objects)


def dataset_project(folder: Path, tracks: int, sequences: int, categories: int) -> Project:
    """A small Sequence, one of ``DATASET_FRAMES`` with short Tracks and many bookmarks, and many small ones more."""
    project = Project(categories={it: Category(it, f"category {it}") for it in range(1, categories + 1)})
    for number in range(1, sequences + 1):
        path = folder / f"{number}.mp4"
        path.touch()
        frames = DATASET_FRAMES if number == HUGE else DATASET_SMALL
        project.sequences[number] = Sequence(number, f"clip {number}", str(path), frames, 640, 480, 25.0)
    project.attributes[1] = Attribute(1, "seen", AttributeKind.FLAG, per_frame=True)
    generator = np.random.default_rng(0)
    project.sequences[HUGE].bookmarks = dict.fromkeys(range(0, DATASET_FRAMES, 2), "")
    for number in range(1, tracks + 1):
        count = int(generator.integers(30, 101))
        # the second Track, which things are done to, is where they are done
        first = DATASET_FRAMES // 2 if number == HUGE else int(generator.integers(0, DATASET_FRAMES - count))
        project.sequences[HUGE].tracks[number] = _short(number, first, count, 1 + number % categories, generator)
    for number, sequence in enumerate(project.sequences.values(), start=tracks + 1):
        if sequence.id != HUGE:
            sequence.tracks[number] = _short(number, 0, DATASET_SMALL, 1, generator)
    return project


def _short(number: int, first: int, count: int, category_id: int, generator: np.random.Generator) -> Track:
    box = BoundingBox(10.0 + 37 * number % 500, 10.0 + 53 * number % 400, 50.0, 40.0)
    track = Track(number, f"object {number}", category_id, Keyframes({first: Keyframe(box, attributes={1: True})}))
    track.boxes = TrackedBoxes.from_arrays(
        np.arange(first, first + count),
        np.tile([box.x, box.y, box.w, box.h], (count, 1)),
        np.clip(generator.normal(0.8, 0.15, count), 0, 1).astype(np.float32),
        np.zeros(count, dtype=np.uint8),
    )
    return track


def large_pictures_project(folder: Path) -> Project:
    """Two Sequences of 3840 x 2160 with one box a frame."""
    project = huge_project(folder, CROWD_FRAMES, CROWD_FRAMES)
    for sequence in project.sequences.values():
        sequence.width, sequence.height = LARGE
    return project


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
