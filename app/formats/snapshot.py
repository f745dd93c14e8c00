"""A project as it is now, for another thread to read while the person goes on working."""

from __future__ import annotations

from dataclasses import replace

from app.document.model import Keyframes, Project, Sequence, Track


def snapshot(project: Project) -> Project:
    """A copy that later edits do not reach; what cannot change is shared."""
    return Project(
        {number: _sequence(it) for number, it in project.sequences.items()},
        dict(project.categories),
        dict(project.attributes),
    )


def _sequence(sequence: Sequence) -> Sequence:
    return replace(
        sequence,
        tracks={number: _track(it) for number, it in sequence.tracks.items()},
        bookmarks=dict(sequence.bookmarks),
    )


def _track(track: Track) -> Track:
    return replace(
        track, keyframes=Keyframes(track.keyframes), boxes=track.boxes.copy(), attributes=dict(track.attributes)
    )
