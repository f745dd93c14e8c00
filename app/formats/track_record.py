"""What JSON formats hold of a Track beside its boxes: one object that other readers pass over."""

from __future__ import annotations

import json

import numpy as np

from app.document.model import Track
from app.formats.json_record import JsonRecord
from app.formats.shown_boxes import ShownBoxes
from app.formats.track_rows import Sides, TrackRows
from tracker.result import TrackStatus

_BY_NAME = {it.name.lower(): it for it in TrackStatus}
_NAMES = [it.name.lower() for it in TrackStatus]


def track_record(track: Track, shown: ShownBoxes, outside: list[int]) -> dict[str, object]:
    """All but the boxes; frames are the video's own numbers, from 0."""
    frames, hidden = shown.frames, shown.visibility < 1
    doubtful = shown.statuses != TrackStatus.FOUND
    return {
        "track_id": track.id,
        "name": track.name,
        "keyframes": frames[shown.keyframes].tolist(),
        "outside": outside,
        "occluded": frames[shown.occluded].tolist(),
        "visibility": dict(zip(map(str, frames[hidden].tolist()), shown.visibility[hidden].tolist(), strict=True)),
        "scores": np.round(shown.scores[~shown.keyframes], 6).tolist(),
        "statuses": {
            str(frame): _NAMES[status]
            for frame, status in zip(frames[doubtful].tolist(), shown.statuses[doubtful].tolist(), strict=True)
        },
    }


def encoded(record: object) -> str:
    """One line of ASCII: some readers open files in the system's encoding."""
    return json.dumps(record, allow_nan=False, separators=(", ", ": "))


class TrackNotes:
    """A record as it is read back.

    Args:
        record: As ``track_record`` made it, or empty for files of others.

    Raises:
        AppError: A field is not what it should be.
    """

    def __init__(self, record: JsonRecord) -> None:
        self._record = record
        self._keyframes = set(record.integers("keyframes"))
        self._occluded = set(record.integers("occluded"))
        self._visibility = record.record("visibility")
        self._statuses = record.record("statuses")
        scores = record.fields.get("scores")
        self._scores = iter(record.numbers("scores", len(scores)) if isinstance(scores, list) else [])

    @property
    def track_id(self) -> int | None:
        """The id it had here; None in files of others."""
        return self._record.integer("track_id") if "track_id" in self._record else None

    @property
    def name(self) -> str:
        """Of the Track; empty in files of others."""
        return self._record.text("name", "")

    @property
    def is_known(self) -> bool:
        """Whether it is a record of ours."""
        return "track_id" in self._record

    def add(self, rows: TrackRows, frame: int, box: Sides, place: str, *, keyframe: bool = False) -> None:
        """Give a box to a Track with what is noted of it; frames must come in ascending order.

        Args:
            rows: Of the Track.
            frame: From 0.
            box: In image pixels.
            place: For the sentence if it is wrong.
            keyframe: Whether a person set it, in files without a record.

        Raises:
            AppError: The box is impossible, or the second one on its frame.
        """
        keyframe = frame in self._keyframes if self.is_known else keyframe
        visibility = min(max(self._visibility.number(str(frame), 1.0), 0.0), 1.0)
        status = _BY_NAME.get(self._statuses.text(str(frame), "found"), TrackStatus.FOUND)
        score = 1.0 if keyframe else next(self._scores, 1.0)
        rows.add(
            frame,
            box,
            place,
            keyframe=keyframe,
            occluded=frame in self._occluded,
            visibility=visibility,
            score=score,
            status=status,
        )

    def add_outside(self, rows: TrackRows, frame_count: int) -> None:
        """Mark the frames on which a person said that the object is gone.

        Raises:
            AppError: There is a box on such a frame, or no such frame.
        """
        for frame in self._record.integers("outside"):
            if not 0 <= frame < frame_count:
                raise self._record.wrong("outside", f"frames from 0 to {frame_count - 1}")
            rows.add_outside(frame, self._record.place)
