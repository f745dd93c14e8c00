"""A project as it is now, for another thread to read while the person goes on working."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.document.model import Project, Sequence, Track


def snapshot(project: Project) -> Project:
    """A copy that later edits do not reach; what cannot change is shared."""
    copied = Project()
    for _ in copying(project, copied):
        pass
    return copied


def copying(project: Project, copied: Project) -> Iterator[None]:
    """The same a Track at a time, into ``copied``, which is empty: for who has other things to do in between.

    No Sequence and no Track may come or go before the end.
    """
    copied.categories.update(project.categories)
    copied.attributes.update(project.attributes)
    for sequence in project.sequences.values():
        copied.sequences[sequence.id] = mine = _without_tracks(sequence)
        for track in sequence.tracks.values():
            mine.tracks[track.id] = _track(track)
            yield


def _without_tracks(sequence: Sequence) -> Sequence:
    return replace(sequence, tracks={}, bookmarks=dict(sequence.bookmarks))


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
