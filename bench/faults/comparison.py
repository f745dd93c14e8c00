"""Whether a project is what it was before a step, after it, or on the way there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace

from app.document.keyframes import Keyframes
from app.document.model import Project, Sequence, Track
from app.document.tracked_boxes import TrackedBoxes


def difference(found: Project, before: Project, after: Project, *, partly: bool) -> str:
    """Where ``found`` is neither of two projects; empty where it is one of them.

    Args:
        found: As it was read.
        before: Without the last step.
        after: With it.
        partly: Whether a part of the step may be there: then each frame of each Track must be as it is in one of both.
    """
    if found in (before, after):
        return ""
    if not partly:
        return f"neither before nor after: {_first_unlike(found, before)}; {_first_unlike(found, after)}"
    bare = [_without_frames(it) for it in (found, before, after)]
    if bare[0] not in bare[1:]:
        return f"more than frames differs: {_first_unlike(bare[0], bare[1])}"
    for track in _tracks(found):
        befores, afters = (_track_or_none(it, track.id) for it in (before, after))
        for frame in {frame for it in (track, befores, afters) if it for frame in (*it.keyframes, *it.boxes.frames())}:
            shown = _at(track, frame)
            if any(
                one not in two
                for one, two in zip(shown, zip(_at(befores, frame), _at(afters, frame), strict=True), strict=True)
            ):
                return f"track {track.id} frame {frame} is {shown}: neither as before nor as after"
    return ""


def _at(track: Track | None, frame: int) -> tuple[object, ...]:
    if track is None:
        return (None,) * 4
    marks = track.accepted.get(frame), track.disputed.get(frame)
    return track.keyframes.get(frame), track.boxes.get(int(frame)), *marks


def _without_frames(project: Project) -> Project:
    sequences = {}
    for sequence in project.sequences.values():
        tracks = {
            it.id: replace(it, keyframes=Keyframes(), boxes=TrackedBoxes(), accepted={}, disputed={})
            for it in sequence.tracks.values()
        }
        sequences[sequence.id] = replace(sequence, tracks=tracks)
    return Project(sequences, project.categories, project.attributes)


def _tracks(project: Project) -> Iterable[Track]:
    return (track for sequence in project.sequences.values() for track in sequence.tracks.values())


def _track_or_none(project: Project, track_id: int) -> Track | None:
    return next((it for it in _tracks(project) if it.id == track_id), None)


def _first_unlike(found: object, expected: object, where: str = "") -> str:
    """The way to the first part that differs, for a person."""
    if isinstance(found, dict) and isinstance(expected, dict):
        for key in {**found, **expected}:
            if found.get(key) != expected.get(key):
                return _first_unlike(found.get(key), expected.get(key), f"{where}[{key}]")
    if isinstance(found, Project | Sequence | Track) and type(found) is type(expected):
        for field in fields(found):
            one, two = getattr(found, field.name), getattr(expected, field.name)
            if one != two:
                return _first_unlike(one, two, f"{where}.{field.name}")
    return f"{where} is {str(found)[:200]}, not {str(expected)[:200]}"
