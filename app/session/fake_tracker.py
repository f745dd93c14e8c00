"""A tracker without a network, for everything that is not about the tracker: deterministic, with delays on demand."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from app.media.frame_source import Frame
from app.session.messages import ModelChoice
from tracker.errors import TrackerError
from tracker.geometry import BoundingBox
from tracker.result import TrackResult, TrackStatus
from tracker.sample_info import SampleInfo, SampleOrigin

_CELLS = 17
_SIGMA_CELLS = 1.5
_SEARCH_AREA = 5.0
_PASSING = 50
"""Passing samples kept, as many as DiMP's memory has places."""


@dataclass(frozen=True, slots=True)
class FakeTrackerScript:
    """How a FakeTracker behaves. Steps are calls of ``track`` since the tracker was last taught from scratch, from 1.

    Attributes:
        delay: Seconds each ``track`` sleeps; sleeping lets other threads run, as torch does.
        learning_delay: Seconds each learning call sleeps.
        fail_at: Step at which ``track`` raises ``failure``; None never.
        failure: What it raises.
        lost_from: First step without the target; None never.
        lost_until: First step with the target again; None stays lost.
        uncertain_from: First step with two peaks; None never.
        score_of: Score of a step.
        box_at: Where it finds the target on some steps, instead of one pixel further to the right.
    """

    delay: float = 0.0
    learning_delay: float = 0.0
    fail_at: int | None = None
    failure: Exception | None = None
    lost_from: int | None = None
    lost_until: int | None = None
    uncertain_from: int | None = None
    score_of: Callable[[int], float] = lambda _step: 0.9
    box_at: Mapping[int, BoundingBox] = field(default_factory=dict)

    def status(self, step: int) -> TrackStatus:
        """How step ``step`` reads its score map."""
        if (
            self.lost_from is not None
            and self.lost_from <= step
            and (self.lost_until is None or step < self.lost_until)
        ):
            return TrackStatus.NOT_FOUND
        if self.uncertain_from is not None and self.uncertain_from <= step:
            return TrackStatus.UNCERTAIN
        return TrackStatus.FOUND


@dataclass(frozen=True, slots=True)
class FakeSnapshot:
    """A FakeTracker's state at one moment."""

    learned: tuple[BoundingBox, ...]
    box: BoundingBox | None
    step: int
    samples: tuple[SampleInfo, ...] = ()


class FakeTracker:
    """Moves the box one pixel to the right a frame and shows a Gaussian score map at it.

    Attributes:
        calls: Names of the methods called, in order, so that a test sees what was cheap and what was not.
        learned: Boxes in its permanent memory, in the order they were learned.
        device_note: For tests of a tracker that had to change its device.
        picture: Number of the next picture.
    """

    def __init__(self, script: FakeTrackerScript | None = None, choice: ModelChoice | None = None) -> None:
        self.script = script or FakeTrackerScript()
        self.choice = choice or ModelChoice("fake", "cpu")
        self.calls: list[str] = []
        self.learned: list[BoundingBox] = []
        self.device_note: str | None = None
        self._box: BoundingBox | None = None
        self._step = 0
        self.picture = 0
        self._excluded: frozenset[int] = frozenset()
        self._samples: list[SampleInfo] = []

    @property
    def samples(self) -> tuple[tuple[SampleInfo, float], ...]:
        """One of each picture learned from or passed, all of one weight."""
        return tuple((info, 1 / len(self._samples)) for info in self._samples)

    def exclude(self, pictures: frozenset[int], /) -> None:
        """Forget what was passed on these pictures."""
        self.calls.append("exclude")
        self._excluded = pictures
        self._samples = [it for it in self._samples if it.origin < SampleOrigin.PASSING or it.picture not in pictures]

    def initialize(self, image: Frame, box: BoundingBox) -> TrackResult:
        """Learn the first box.

        Raises:
            TrackerError: The box is empty or outside the picture.
        """
        self.calls.append("initialize")
        self.learned, self._step, self._samples = [], 0, []
        return self._learn(image, box)

    def track(self, image: Frame) -> TrackResult:  # noqa: ARG002  # the tracker's surface; a fake looks at nothing
        """One pixel to the right, or lost where the script says so.

        Raises:
            TrackerError: Not initialised.
            Exception: What the script injects.
        """
        self.calls.append("track")
        if self._box is None:
            raise TrackerError("The tracker knows no target yet; draw a box first.")
        self._step += 1
        time.sleep(self.script.delay)
        if self.script.fail_at == self._step:
            raise self.script.failure or RuntimeError("injected failure")
        status = self.script.status(self._step)
        looked_at = self._box
        if status is not TrackStatus.NOT_FOUND:
            self._box = self.script.box_at.get(self._step, looked_at.moved(1.0, 0.0))
        if status <= TrackStatus.HARD_NEGATIVE and self.picture not in self._excluded:
            self._samples.append(self._info(SampleOrigin.PASSING, self._box))
            self._forget_oldest()
        score = 0.05 if status is TrackStatus.NOT_FOUND else self.script.score_of(self._step)
        return _result(self._box, looked_at, score, status)

    def correct(self, image: Frame, box: BoundingBox) -> TrackResult:
        """Learn one more box.

        Raises:
            TrackerError: The box is empty or outside the picture.
        """
        self.calls.append("correct")
        return self._learn(image, box)

    def rebuild(self, keyframes: Sequence[tuple[Frame, BoundingBox]], /) -> None:
        """Learn all boxes anew.

        Raises:
            TrackerError: A box is empty or outside the picture.
        """
        self.calls.append("rebuild")
        self.learned, self._step, self._samples = [], 0, []
        for image, box in keyframes:
            self._learn(image, box)

    def reposition(self, box: BoundingBox) -> None:
        """Stand at ``box``."""
        self.calls.append("reposition")
        self._box = box

    def snapshot(self) -> FakeSnapshot:
        """Where it stands and what it has learned."""
        return FakeSnapshot(tuple(self.learned), self._box, self._step, tuple(self._samples))

    def restore(self, snapshot: FakeSnapshot, /) -> None:
        """Go back there."""
        self.calls.append("restore")
        self.learned, self._box, self._step = list(snapshot.learned), snapshot.box, snapshot.step
        self._samples = list(snapshot.samples)

    def _info(self, origin: SampleOrigin, box: BoundingBox) -> SampleInfo:
        return SampleInfo(len(self._samples), origin, -1, 0, TrackStatus.FOUND, 0.9, box, picture=self.picture)

    def _forget_oldest(self) -> None:
        passing = [it for it in self._samples if it.origin is SampleOrigin.PASSING]
        if len(passing) > _PASSING:
            self._samples.remove(passing[0])

    def _learn(self, image: Frame, box: BoundingBox) -> TrackResult:
        height, width = image.shape[:2]
        if not box.is_valid or box.clipped(width, height) is None:
            raise TrackerError("The box is empty or outside the picture; draw it round the object.")
        time.sleep(self.script.learning_delay)
        self._box = box
        self._samples.append(self._info(SampleOrigin.CORRECTION if self.learned else SampleOrigin.FIRST_FRAME, box))
        self.learned.append(box)
        return _result(box, box, 1.0, TrackStatus.FOUND)


def _result(box: BoundingBox, looked_at: BoundingBox, score: float, status: TrackStatus) -> TrackResult:
    """A result with a Gaussian of height ``score`` at the box's centre, in a region round the last position."""
    side = _SEARCH_AREA * (looked_at.w * looked_at.h) ** 0.5
    cx, cy = looked_at.center
    region = BoundingBox(cx - side / 2, cy - side / 2, side, side)
    cells = np.arange(_CELLS) + 0.5
    column = (box.center[0] - region.x) / side * _CELLS
    row = (box.center[1] - region.y) / side * _CELLS
    across = np.exp(-0.5 * ((cells - column) / _SIGMA_CELLS) ** 2)
    down = np.exp(-0.5 * ((cells - row) / _SIGMA_CELLS) ** 2)
    score_map: npt.NDArray[np.float32] = (score * np.outer(down, across)).astype(np.float32)
    score_map.setflags(write=False)
    return TrackResult(box, float(score), status, score_map, region)
