"""What JSON formats hold of a Track beside its boxes: one object that other readers pass over."""

from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from app.document.model import Track
from app.formats.box_rows import BoxRows
from app.formats.json_record import JsonRecord
from app.formats.shown_boxes import ShownBoxes
from app.formats.track_rows import TrackRows
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
        self._scores = record.numbers("scores", len(scores)) if isinstance(scores, list) else []

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

    def add(
        self,
        rows: TrackRows,
        frames: npt.NDArray[np.int64],
        boxes: npt.NDArray[np.float64],
        place: Callable[[int], str],
        keyframes: npt.NDArray[np.bool_],
    ) -> None:
        """Give boxes to a Track with what is noted of them.

        Args:
            rows: Of the Track, which has none yet.
            frames: From 0, ascending, ``(N,)``.
            boxes: ``(N, 4)``: x, y, w, h in image pixels.
            place: Of a row, for the sentence if it is wrong.
            keyframes: Whether a person set each, in files without a record; bool ``(N,)``.

        Raises:
            AppError: A box is impossible, or the second one on its frame.
        """
        if self.is_known:
            keyframes = np.isin(frames, np.array([*self._keyframes], dtype=np.int64))
        columns = BoxRows(
            np.zeros(len(frames), dtype=np.int64),
            frames,
            boxes,
            self._scores_of(keyframes),
            self._statuses_on(frames),
            keyframes,
            np.isin(frames, np.array([*self._occluded], dtype=np.int64)),
            self._visibility_on(frames),
        )
        rows.take(columns, place)

    def _scores_of(self, keyframes: npt.NDArray[np.bool_]) -> npt.NDArray[np.float32]:
        """Of each row ``(N,)``: the record tells those of tracked boxes alone, in their order."""
        scores = np.ones(len(keyframes), dtype=np.float32)
        tracked = np.flatnonzero(~keyframes)[: len(self._scores)]
        scores[tracked] = self._scores[: len(tracked)]
        return scores

    def _visibility_on(self, frames: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        if not self._visibility.fields:
            return np.ones(len(frames))
        return np.clip([self._visibility.number(str(frame), 1.0) for frame in frames.tolist()], 0.0, 1.0)

    def _statuses_on(self, frames: npt.NDArray[np.int64]) -> npt.NDArray[np.uint8]:
        if not self._statuses.fields:
            return np.full(len(frames), TrackStatus.FOUND, dtype=np.uint8)
        names = (self._statuses.text(str(frame), "found") for frame in frames.tolist())
        return np.array([_BY_NAME.get(it, TrackStatus.FOUND) for it in names], dtype=np.uint8)

    def add_outside(self, rows: TrackRows, frame_count: int) -> None:
        """Mark the frames on which a person said that the object is gone.

        Raises:
            AppError: There is a box on such a frame, or no such frame.
        """
        for frame in self._record.integers("outside"):
            if not 0 <= frame < frame_count:
                raise self._record.wrong("outside", f"frames from 0 to {frame_count - 1}")
            rows.add_outside(frame, self._record.place)
