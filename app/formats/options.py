"""What the person chooses before an export."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from app.document.model import Sequence


class BoxBase(enum.IntEnum):
    """The number that MOTChallenge files give to the top-left pixel."""

    ZERO = 0
    """As CVAT and Datumaro read them."""
    ONE = 1
    """As the official text has it, and motmetrics and TrackEval read them."""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """Choices of one export.

    Attributes:
        sequence_ids: Sequences to export; None for all.
        track_ids: Tracks to export; None for all.
        first_frame: First frame of each Sequence, from 0.
        last_frame: Last frame inclusive; None for the end.
        frame_step: Every n-th frame from ``first_frame`` on.
        keyframes_only: Only boxes that a person set; frames without any are left out.
        box_base: Of MOTChallenge files.
        occluded_visibility: Written for an occluded Keyframe whose visibility nobody set (MOTChallenge).

    Raises:
        ValueError: A number makes no sense.
    """

    sequence_ids: frozenset[int] | None = None
    track_ids: frozenset[int] | None = None
    first_frame: int = 0
    last_frame: int | None = None
    frame_step: int = 1
    keyframes_only: bool = False
    box_base: BoxBase = BoxBase.ONE
    occluded_visibility: float = 0.5

    def __post_init__(self) -> None:
        if self.first_frame < 0 or self.frame_step < 1 or not 0 <= self.occluded_visibility <= 1:
            raise ValueError(self)

    def frames(self, sequence: Sequence) -> list[int]:
        """The exported frames of a Sequence, ascending."""
        last = sequence.frame_count - 1 if self.last_frame is None else min(self.last_frame, sequence.frame_count - 1)
        frames = range(self.first_frame, last + 1, self.frame_step)
        if not self.keyframes_only:
            return list(frames)
        chosen = [
            track for number, track in sequence.tracks.items() if self.track_ids is None or number in self.track_ids
        ]
        return sorted({frame for track in chosen for frame in track.keyframes if frame in frames})
