"""What carries boxes from one correction to the next: the program's engine with or without memory, or CSRT."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from app.effort.labelled import Labelled, LabelledSources
from app.media.frame_source import Frame
from app.session.engine import Engine
from app.session.messages import (
    NEVER_STOP,
    CorrectionRequest,
    FrameTracked,
    ModelChoice,
    PropagationRequest,
    TargetRequest,
)
from app.session.tracker_protocol import MakeTracker
from tracker.geometry import BoundingBox
from tracker.result import TrackResult, TrackStatus

Keyframes = dict[int, BoundingBox | None]
"""Frame -> what the person said: a box, or that the object is not in the picture from here on."""

_TRACK = 1


class Carrier(Protocol):
    """Carries the box of a keyframe on, frame by frame."""

    def carry(self, keyframes: Keyframes, frame: int) -> Iterator[tuple[int, BoundingBox | None]]:
        """(frame, box) for every frame after ``frame`` in order, None where there is no box.

        Args:
            keyframes: All there are; none lies after ``frame``.
            frame: The newest of them.
        """
        ...


class EngineCarrier:
    """The engine that the window runs.

    Args:
        labelled: The video.
        make_tracker: Makes its tracker.
        with_memory: Whether the tracker learns from every keyframe, or starts anew on the newest.
        model: Network, device and seed.
    """

    def __init__(
        self, labelled: Labelled, make_tracker: MakeTracker, *, with_memory: bool = True, model: ModelChoice
    ) -> None:
        sources = LabelledSources(labelled)
        self._path = sources.path
        self._engine = Engine(sources, make_tracker)
        self._last = len(labelled.boxes) - 1
        self._with_memory = with_memory
        self._model = model
        self._requests = 0

    def carry(self, keyframes: Keyframes, frame: int) -> Iterator[tuple[int, BoundingBox | None]]:
        """See Carrier."""
        box = keyframes[frame]
        if box is None:
            yield from ((later, None) for later in range(frame + 1, self._last + 1))
            return
        known = keyframes if self._with_memory else {frame: box}
        target = TargetRequest(
            _TRACK, tuple((at, drawn) for at, drawn in sorted(known.items()) if drawn is not None), box
        )
        self._requests += 1
        # as the window does on Enter: learn, then go on
        self._engine.correct(CorrectionRequest(self._requests, self._path, target, frame, self._model))
        if frame == self._last:
            return
        run = self._engine.start(
            PropagationRequest(self._requests, self._path, (target,), frame, self._last, NEVER_STOP, self._model)
        )
        while isinstance(reply := run.step(), FrameTracked):
            ((_, result),) = reply.results
            yield reply.frame, shown_box(result)


class _RestartableTracker(Protocol):
    """A tracker without a memory of people's boxes."""

    def initialize(self, image: Frame, box: BoundingBox) -> TrackResult:
        """Begin anew."""
        ...

    def track(self, image: Frame) -> TrackResult:
        """Find the target in the next picture."""
        ...


class RestartingCarrier:
    """Any tracker with two verbs, begun anew on every keyframe: OpenCV's CSRT."""

    def __init__(self, labelled: Labelled, tracker: _RestartableTracker) -> None:
        self._labelled = labelled
        self._tracker = tracker

    def carry(self, keyframes: Keyframes, frame: int) -> Iterator[tuple[int, BoundingBox | None]]:
        """See Carrier."""
        box = keyframes[frame]
        if box is not None:
            self._tracker.initialize(self._labelled.read(frame), box)
        for later in range(frame + 1, len(self._labelled.boxes)):
            yield later, None if box is None else shown_box(self._tracker.track(self._labelled.read(later)))


def shown_box(result: TrackResult) -> BoundingBox | None:
    """What the window shows of an answer: nothing where the target is lost, as ``Track.box_at``."""
    return None if result.status is TrackStatus.NOT_FOUND else result.box
