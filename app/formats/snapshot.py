"""A project as it is now, for another thread to read while the person goes on working."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.document.model import Project, Track


def snapshot(project: Project) -> Project:
    """A copy that later edits do not reach; what cannot change is shared."""
    copied = without_tracks(project)
    for _ in copying_tracks(project, copied):
        pass
    return copied


def without_tracks(project: Project) -> Project:
    """The same without Tracks, which are what takes long."""
    sequences = {it.id: replace(it, tracks={}, bookmarks=dict(it.bookmarks)) for it in project.sequences.values()}
    return Project(sequences, dict(project.categories), dict(project.attributes))


def copying_tracks(project: Project, copied: Project) -> Iterator[None]:
    """Copy the Tracks one at a time to where there are none yet: for who has other things to do in between.

    No Sequence and no Track may come or go before the end.
    """
    for sequence in project.sequences.values():
        mine = copied.sequences[sequence.id]
        for track in sequence.tracks.values():
            mine.tracks[track.id] = _track(track)
            yield


def _track(track: Track) -> Track:
    return Track(  # copies the keyframes; ``replace`` takes as long as all the rest
        track.id,
        track.name,
        track.category_id,
        track.keyframes,
        track.boxes.copy(),
        dict(track.attributes),
        track.z,
        track.accepted,
        track.unlearned,
        track.disputed,
    )
