"""A project with a bit of everything that a project file can hold, for damage to reach all of it."""

from __future__ import annotations

from app.document.attributes import Attribute, AttributeKind
from app.document.model import Category, Dispute, Effort, Gap, Keyframe, Project, Sequence, SequenceState, Track
from app.document.tracked_boxes import TrackedBox
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus

_FRAMES = 60


def rich_project() -> Project:
    """Three Sequences; Tracks with spans outside, lines, frames of every kind, values of every Attribute."""
    project = Project({}, {1: Category(1, "cup", "#a0b1c2"), 2: Category(2, "Käse 🧀"), 7: Category(7, "x" * 300)})
    project.attributes = {
        1: Attribute(1, "words", AttributeKind.TEXT, per_frame=True, default="none"),
        2: Attribute(2, "weight", AttributeKind.NUMBER, category_id=2, default=1.5),
        3: Attribute(3, "colour", AttributeKind.CHOICE, ("red", "blue"), per_frame=True),
        5: Attribute(5, "broken", AttributeKind.FLAG, default=False),
    }
    for number in (1, 2, 4):
        sequence = Sequence(
            number, f"clip {number}", f"/videos/{number}.mp4", _FRAMES, 320, 240, 29.97, 1234, "f0" * 32
        )
        sequence.marked = [None, SequenceState.DONE, None, None, SequenceState.UNTOUCHED][number]
        sequence.note = "Mind the hand. " * (400 if number == 2 else 1)
        sequence.bookmarks = {frame: "here" if frame % 2 else "" for frame in range(0, _FRAMES, 7)}
        sequence.effort = Effort(3, 2, 1, 61.5)
        for extra in range(3):
            track = _track(10 * number + extra, 1 + extra % 2)
            sequence.tracks[track.id] = track
        project.sequences[number] = sequence
    return project


def _track(number: int, category: int) -> Track:
    track = Track(number, f"track {number}" if number % 2 else "", category, z=100 - number)
    values: dict[int, str | float | bool] = {1: "left", 3: "red"}
    for frame in range(0, _FRAMES, 6):
        box = None if frame == 30 else BoundingBox(10.25 + frame, 20.5, 30.125, 40)
        gap = Gap.INTERPOLATED if frame == 12 else Gap.TRACKED
        track.keyframes[frame] = Keyframe(
            box, occluded=frame == 6, visibility=0.25, gap=gap, attributes=values if frame % 12 else {}
        )
    for frame in range(_FRAMES):
        status = list(TrackStatus)[frame % len(TrackStatus)]
        track.boxes.set(frame, TrackedBox(BoundingBox(frame + 0.5, 20, 30, 40), 0.75, status))
    track.attributes = {5: True} if category == 1 else {2: 0.25, 5: False}
    track.accepted = {frame: BoundingBox(frame + 0.5, 20, 30, 40) for frame in (3, 4, 40)}
    track.disputed = {
        frame: Dispute(BoundingBox(frame + 0.5, 20, 30, 40), BoundingBox(frame + 99.5, 20, 30, 40)) for frame in (7, 8)
    }
    track.unlearned = frozenset({0, 18})
    return track
