"""What the tracker is doing at this moment, for the status strip and the progress bar."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Direction(enum.IntEnum):
    """Which way in time a run goes; times a number of frames it is a signed step."""

    FORWARD = 1
    BACKWARD = -1


class Phase(enum.Enum):
    """What the tracker is busy with."""

    IDLE = "idle"
    PREPARING = "preparing"
    RUNNING = "running"
    PAUSED = "paused"
    CORRECTING = "correcting"


@dataclass(frozen=True, slots=True)
class RunState:
    """A snapshot of the work.

    Attributes:
        phase: Which of them.
        text: In words; when idle, the sentence that the last run ended with.
        frame: The frame reached.
        done: Frames done, or steps of a preparation.
        total: Frames or steps in all; 0 where unknown.
        fps: Frames per second over the last second or so; 0 where unknown.
        seconds_left: To the end at that speed; None where unknown.
    """

    phase: Phase = Phase.IDLE
    text: str = ""
    frame: int = 0
    done: int = 0
    total: int = 0
    fps: float = 0.0
    seconds_left: float | None = None

    @property
    def is_busy(self) -> bool:
        """Whether there is something that ``cancel`` would end."""
        return self.phase is not Phase.IDLE
