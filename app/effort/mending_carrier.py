"""The engine with what the window does before a correction too: its doubtful frames are tracked anew and joined."""

from __future__ import annotations

from collections.abc import Iterator

from app.document.keyframes import Keyframe
from app.document.keyframes import Keyframes as HumanLayer
from app.document.model import Track
from app.document.tracked_boxes import TrackedBox, TrackedBoxes
from app.effort.carriers import TRACK, EngineCarrier, Keyframes, stored
from app.effort.labelled import Labelled
from app.session.joining import join
from app.session.mending import first_to_mend
from app.session.messages import NEVER_STOP, FrameTracked, ModelChoice, PropagationRequest, TargetRequest
from app.session.tracker_protocol import MakeTracker


class MendingCarrier(EngineCarrier):
    """As EngineCarrier with memory; where the window would mend, so does this.

    Args:
        labelled: The video.
        make_tracker: Makes its tracker.
        model: Network, device and seed.
    """

    def __init__(self, labelled: Labelled, make_tracker: MakeTracker, *, model: ModelChoice) -> None:
        super().__init__(labelled, make_tracker, model=model)
        height, width = labelled.read(0).shape[:2]
        self._picture_size = width, height
        self._shown = TrackedBoxes()

    def carry(self, keyframes: Keyframes, frame: int) -> Iterator[tuple[int, TrackedBox | None]]:
        """See Carrier."""
        for at, tracked in super().carry(keyframes, frame):
            if tracked is None:
                self._shown.discard(at)
            else:
                self._shown.set(at, tracked)
            yield at, tracked

    def _learned(self, keyframes: Keyframes, frame: int, target: TargetRequest) -> Iterator[tuple[int, TrackedBox]]:
        track = Track(TRACK, "", 1, HumanLayer((at, Keyframe(box)) for at, box in keyframes.items()))
        track.boxes = self._shown
        first = first_to_mend(track, frame, self._picture_size)
        if first is None:
            return
        run = self._engine.start(
            PropagationRequest(self._requests, self._path, (target,), frame, first, NEVER_STOP, self._model)
        )
        backward = TrackedBoxes()
        while isinstance(reply := run.step(), FrameTracked):
            for _, result in reply.results:
                backward.set(reply.frame, stored(result))
        yield from join(self._shown.slice(first, frame - 1), backward, first, frame - 1).boxes.items()
