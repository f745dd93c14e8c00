"""The boxes that an export writes: on every frame exactly what is on the screen, ``Track.box_at``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.document.model import Project, Sequence, Track
from app.formats.options import ExportOptions
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus

_STATUSES = tuple(TrackStatus)


@dataclass(frozen=True, slots=True)
class ShownBox:
    """One box of one Track on one frame.

    Attributes:
        frame: From 0.
        box: In image pixels, not clipped.
        is_keyframe: Set by a person; else the tracker's.
        occluded: Of the Keyframe.
        visibility: Of the Keyframe, 0 to 1.
        score: Of a tracked box; 1 for a Keyframe.
        status: Of a tracked box; FOUND for a Keyframe.
    """

    frame: int
    box: BoundingBox
    is_keyframe: bool = False
    occluded: bool = False
    visibility: float = 1.0
    score: float = 1.0
    status: TrackStatus = TrackStatus.FOUND


def exported_sequences(project: Project, options: ExportOptions) -> list[Sequence]:
    """The Sequences to export, by id."""
    chosen = options.sequence_ids
    return [it for number, it in sorted(project.sequences.items()) if chosen is None or number in chosen]


def exported_tracks(sequence: Sequence, options: ExportOptions) -> list[Track]:
    """The Tracks of a Sequence to export, by id."""
    return [
        it for number, it in sorted(sequence.tracks.items()) if options.track_ids is None or number in options.track_ids
    ]


def shown_boxes(track: Track, options: ExportOptions) -> Iterator[ShownBox]:
    """What ``track.box_at`` shows, ascending by frame, before any choice of frames except ``keyframes_only``."""
    # whole columns at once: asking the Track frame by frame takes most of the time of a large export
    frames, boxes, scores, statuses = track.boxes.arrays()
    tracked = zip(frames.tolist(), boxes.tolist(), scores.tolist(), statuses.tolist(), strict=True)
    shown: list[ShownBox] = []
    if not options.keyframes_only:
        shown = [
            ShownBox(frame, BoundingBox(*box), score=score, status=_STATUSES[status])
            for frame, box, score, status in tracked
            if status != TrackStatus.NOT_FOUND and frame not in track.keyframes
        ]
    for frame, keyframe in track.keyframes.items():
        if keyframe.box is not None:
            shown.append(ShownBox(frame, keyframe.box, True, keyframe.occluded, keyframe.visibility))
    return iter(sorted(shown, key=lambda it: it.frame))


def rounded(box: BoundingBox) -> BoundingBox | None:
    """The box to a ten-thousandth of a pixel, its edges rounded, not its sides; None where nothing is left."""
    left, top = round(box.x, 4), round(box.y, 4)
    w, h = round(round(box.right, 4) - left, 4), round(round(box.bottom, 4) - top, 4)
    return BoundingBox(left, top, w, h) if w > 0 and h > 0 else None
