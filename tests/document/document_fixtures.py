"""A document with one sequence, category and track, and short names for edits."""

from __future__ import annotations

from pathlib import Path

from app.document.commands import AddCategory, AddTrack
from app.document.document import Document, create_project
from app.document.model import Keyframe
from app.document.tracked_boxes import TrackedBox
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus

FRAMES = 1000


def key(x: float = 10.0) -> Keyframe:
    return Keyframe(BoundingBox(x, 20.5, 30.0, 40.0))


def tracked(x: float = 10.0) -> TrackedBox:
    return TrackedBox(BoundingBox(x, 20.0, 30.0, 40.0), 0.5, TrackStatus.FOUND)


def new_document(path: Path) -> tuple[Document, int]:
    """A document and the id of its only Track, which has a Keyframe on frame 0."""
    document = create_project(path)
    sequence = document.add_sequence(path.parent / "clip.mp4", "clip", FRAMES, 640, 480, 25.0, 1000, "abc")
    category = AddCategory(document, "cup")
    document.push(category)
    track = AddTrack(document, sequence.id, "first", category.category_id, 0, key())
    document.push(track)
    return document, track.track_id
