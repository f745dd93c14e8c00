"""What carries boxes from one correction to the next: the program's engine with or without memory, or CSRT."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from app.document.tracked_boxes import TrackedBox
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
from tracker.result import TrackResult

Keyframes = dict[int, BoundingBox | None]
"""Frame -> what the person said: a box, or that the object is not in the picture from here on."""

TRACK = 1
"""Id of the one Track that is labelled."""


class Carrier(Protocol):
    """Does what the program does after a person has said where the object is."""

    def carry(self, keyframes: Keyframes, frame: int) -> Iterator[tuple[int, TrackedBox | None]]:
        """(frame, what is shown there from now on) for every frame that is tracked anew.

        Frames after ``frame`` come in ascending order, up to the next keyframe. Frames before it, where the program
        mends those too, may come at any moment. The annotator may stop asking in the middle.

        Args:
            keyframes: All there are, before and after ``frame``.
            frame: The one that was set just now.
        """
        ...


class EngineCarrier:
    """The engine that the window runs, asked for what the window asks for on Enter: learn, then go on.

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
        self._count = len(labelled.boxes)
        self._with_memory = with_memory
        self._model = model
        self._requests = 0

    def carry(self, keyframes: Keyframes, frame: int) -> Iterator[tuple[int, TrackedBox | None]]:
        """See Carrier."""
        box, end = keyframes[frame], next_keyframe(keyframes, frame, self._count)
        if box is None:
            yield from ((later, None) for later in range(frame + 1, end))
            return
        known = keyframes if self._with_memory else {frame: box}
        last = end - 1
        target = TargetRequest(
            TRACK,
            tuple((at, drawn) for at, drawn in sorted(known.items()) if drawn is not None),
            box,
            outside=tuple(at for at, drawn in sorted(known.items()) if drawn is None),
        )
        self._requests += 1
        self._engine.correct(CorrectionRequest(self._requests, self._path, target, frame, self._model))
        yield from self._learned(keyframes, frame, target)
        if frame >= last:
            return
        run = self._engine.start(
            PropagationRequest(self._requests, self._path, (target,), frame, last, NEVER_STOP, self._model)
        )
        while isinstance(reply := run.step(), FrameTracked):
            # while the object is outside there is no answer
            yield reply.frame, stored(reply.results[0][1]) if reply.results else None

    def _learned(
        self,
        keyframes: Keyframes,  # noqa: ARG002 - for those who do more
        frame: int,  # noqa: ARG002
        target: TargetRequest,  # noqa: ARG002
    ) -> Iterator[tuple[int, TrackedBox]]:
        """What is done between learning a keyframe and going on from it: nothing."""
        yield from ()


class _RestartableTracker(Protocol):
    """A tracker without a memory of people's boxes."""

    def initialize(self, image: Frame, box: BoundingBox) -> TrackResult:
        """Begin anew."""
        ...

    def track(self, image: Frame) -> TrackResult:
        """Find the target in the next picture."""
        ...


class RestartingCarrier:
    """Any tracker with two verbs, begun anew on every keyframe and stopped at the next: OpenCV's CSRT."""

    def __init__(self, labelled: Labelled, tracker: _RestartableTracker) -> None:
        self._labelled = labelled
        self._tracker = tracker

    def carry(self, keyframes: Keyframes, frame: int) -> Iterator[tuple[int, TrackedBox | None]]:
        """See Carrier."""
        box = keyframes[frame]
        if box is not None:
            self._tracker.initialize(self._labelled.read(frame), box)
        for later in range(frame + 1, next_keyframe(keyframes, frame, len(self._labelled.boxes))):
            yield later, None if box is None else stored(self._tracker.track(self._labelled.read(later)))


def stored(result: TrackResult) -> TrackedBox:
    """What the document keeps of an answer."""
    return TrackedBox(result.box, result.score, result.status)


def next_keyframe(keyframes: Keyframes, frame: int, count: int) -> int:
    """The first keyframe after ``frame``, or ``count``."""
    return min((at for at in keyframes if at > frame), default=count)
