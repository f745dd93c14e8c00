"""What the engine needs from a tracker and from whoever makes trackers and opens files; nothing here loads torch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from app.media.frame_source import Frame, FrameSource
from app.session.messages import ModelChoice
from tracker.geometry import BoundingBox
from tracker.result import TrackResult
from tracker.sample_info import SampleInfo


class Tracker(Protocol):
    """One target's tracker. Images are RGB uint8 ``(H, W, 3)``, boxes image pixels.

    Every method raises ``TrackerError`` where the person gave something unusable.

    Attributes:
        picture: Number of the picture of the next call; what is learned from it carries the number.
    """

    picture: int

    @property
    def samples(self) -> Sequence[tuple[SampleInfo, float]]:
        """What is in its memory, with weights."""
        ...

    @property
    def device_note(self) -> str | None:
        """One sentence when it does not run where it was asked to, else None."""
        ...

    def initialize(self, image: Frame, box: BoundingBox) -> TrackResult:
        """Forget everything and learn the target from its first box."""
        ...

    def track(self, image: Frame) -> TrackResult:
        """Find the target in the next picture, forward or backward in time."""
        ...

    def correct(self, image: Frame, box: BoundingBox) -> TrackResult:
        """Learn for good that the target is at ``box`` in this picture, and stand there."""
        ...

    def rebuild(self, keyframes: Sequence[tuple[Frame, BoundingBox]], /) -> object:
        """Forget everything, learn all keyframes, stand at the last one. What is returned is not looked at."""
        ...

    def reposition(self, box: BoundingBox) -> object:
        """The target is at ``box`` now; nothing is learned."""
        ...

    def exclude(self, pictures: frozenset[int], /) -> None:
        """Take no passing samples from these pictures any more, and forget those taken."""
        ...

    def snapshot(self) -> object:
        """All it knows at this moment; cheap."""
        ...

    def restore(self, snapshot: Any, /) -> None:  # noqa: ANN401  # opaque: only the tracker that made it knows its type
        """Go back to one of its own snapshots, exactly."""
        ...


MakeTracker = Callable[[ModelChoice], Tracker]
"""Makes a tracker for a new target; called in the thread that uses it."""

TrackTogether = Callable[[Sequence[Any], Frame], Sequence[TrackResult]]
"""Has several trackers of one maker ``track`` the same picture; their results in their order."""


def one_after_another(trackers: Sequence[Tracker], image: Frame) -> Sequence[TrackResult]:
    """The simplest way to track together."""
    return [tracker.track(image) for tracker in trackers]


class OpenSource(Protocol):
    """Opens a video or an image folder (``app.media.open_source.open_source``)."""

    def __call__(
        self,
        path: Path,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> FrameSource:
        """Open ``path``; may read the whole file's index first.

        Raises:
            AppError: The file cannot be read as pictures, in words.
        """
        ...
