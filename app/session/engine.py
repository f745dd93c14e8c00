"""The tracker over the frames of a file, without Qt: the window's worker and the command line run this same engine."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.errors import AppError
from app.media.frame_source import FrameSource, OpeningCancelledError
from app.session.live_target import Keyframes, LiveTarget
from app.session.memory_view import memory_samples
from app.session.messages import (
    Corrected,
    CorrectionRequest,
    MemoryShown,
    ModelChoice,
    Preparing,
    PropagationRequest,
    Request,
    TargetRequest,
)
from app.session.run import Run
from app.session.running_target import RunningTarget
from app.session.tracker_protocol import MakeTracker, OpenSource, TrackTogether, one_after_another
from app.spoken import shown_frame, spoken
from tracker.errors import TrackerError

OnPreparing = Callable[[Preparing], None]
IsCancelled = Callable[[], bool]

_KEPT_TARGETS = 8
"""Trackers kept for targets that are not in the present request: each holds tens of megabytes of memory samples."""


class Cancelled(Exception):  # noqa: N818  # not an error: the person asked for it
    """A request was cancelled while it was being prepared."""


def _ignore(_preparing: Preparing) -> None:
    """Nobody wants to know."""


def _never() -> bool:
    return False


class Engine:
    """Keeps one open FrameSource and the live trackers of its targets, and serves one request at a time.

    Everything it makes belongs to the thread that calls it.
    """

    def __init__(
        self, open_source: OpenSource, make_tracker: MakeTracker, together: TrackTogether = one_after_another
    ) -> None:
        self._open_source = open_source
        self._together = together
        self._make_tracker = make_tracker
        self._source: FrameSource | None = None
        self._path: Path | None = None
        self._live: dict[tuple[int, ModelChoice], LiveTarget] = {}

    def start(
        self, request: PropagationRequest, on_preparing: OnPreparing = _ignore, cancelled: IsCancelled = _never
    ) -> Run:
        """Open the file and bring every target's tracker to the start frame.

        Args:
            request: What to do.
            on_preparing: Told of each long step.
            cancelled: Asked between long steps.

        Raises:
            AppError: The file cannot be read, or the request does not fit it.
            TrackerError: A box cannot be learned, or the model cannot be loaded.
            Cancelled: ``cancelled`` said so.
        """
        preparation = _Preparation(request, on_preparing, cancelled)
        source = self._source_of(request.source, preparation)
        _check_frame(request.start_frame, source, request.source)
        direction = 1 if request.last_frame > request.start_frame else -1
        if not 0 <= request.start_frame + direction < source.frame_count or request.last_frame == request.start_frame:
            raise AppError(
                "There is no frame to go to from frame {0} of {1}.",
                shown_frame(request.start_frame),
                request.source.name,
            )
        targets = []
        for target in request.targets:
            live = self._live_target(target.track_id, request.model, preparation)
            keyframes = _within(target, source)
            live.exclude(target.unlearned)
            live.place(keyframes, request.start_frame, target.start_box, source.read, preparation.learning)
            targets.append(RunningTarget(target, live, request.rules, (source.width, source.height)))
        self._drop_idle({target.track_id for target in request.targets})
        return Run(request, source, targets, self._together)

    def correct(
        self, request: CorrectionRequest, on_preparing: OnPreparing = _ignore, cancelled: IsCancelled = _never
    ) -> Corrected:
        """Have the target's tracker learn the corrected box and say what it sees on that frame now.

        Raises:
            AppError: The file cannot be read, or the frame is not in it.
            TrackerError: The box cannot be learned, or the model cannot be loaded.
            Cancelled: ``cancelled`` said so.
        """
        preparation = _Preparation(request, on_preparing, cancelled)
        source = self._source_of(request.source, preparation)
        _check_frame(request.frame, source, request.source)
        # a frame that is confirmed now is learned from now, whatever was said of it before
        target = replace(request.target, unlearned=request.target.unlearned - {request.frame})
        live = self._live_target(target.track_id, request.model, preparation)
        keyframes = _within(target, source)
        live.exclude(target.unlearned)
        result = live.correct(keyframes, request.frame, target.start_box, source.read, preparation.learning)
        self._drop_idle({target.track_id})
        return Corrected(request.request_id, request.frame, target.track_id, source.read(request.frame), result)

    def memory(self, track_id: int) -> MemoryShown:
        """What the tracker of a Track has learned from so far; nothing while it has no tracker."""
        lives = [live for (owner, _), live in self._live.items() if owner == track_id]
        samples = memory_samples(lives[-1].tracker.samples, lives[-1].thumbnails) if lives else ()
        return MemoryShown(track_id, samples)

    def warm_up(self, model: ModelChoice) -> None:
        """Load a model before it is asked for; whatever is wrong with it is said when it is.

        The maker of trackers keeps the network, and the first tracker of it is quick to make then.
        """
        with contextlib.suppress(AppError, TrackerError):
            self._make_tracker(model)

    def close(self) -> None:
        """Let go of the file and of every tracker."""
        self._live.clear()
        if self._source is not None:
            self._source.close()
        self._source = self._path = None

    def _source_of(self, path: Path, preparation: _Preparation) -> FrameSource:
        if self._source is None or path != self._path:
            self.close()
            preparation.say(spoken("Opening {0}", path.name))
            try:
                self._source = self._open_source(path, progress=preparation.indexing, cancelled=preparation.cancelled)
            except OpeningCancelledError as error:
                raise Cancelled from error
            self._path = path
        return self._source

    def _live_target(self, track_id: int, model: ModelChoice, preparation: _Preparation) -> LiveTarget:
        """The live tracker of a Track, moved to the end of the order of use."""
        key = track_id, model
        live = self._live.pop(key, None)
        if live is None:
            preparation.say(spoken("Loading the tracker"))
            live = LiveTarget(self._make_tracker(model))
        self._live[key] = live
        return live

    def _drop_idle(self, in_use: set[int]) -> None:
        """Forget the trackers used longest ago, beyond those kept for the next correction."""
        idle = [key for key in self._live if key[0] not in in_use]
        for key in idle[: max(0, len(idle) - _KEPT_TARGETS)]:
            del self._live[key]


class _Preparation:
    """Says what takes long before the first frame, and gives up when the person does."""

    def __init__(self, request: Request, on_preparing: OnPreparing, cancelled: IsCancelled) -> None:
        self._request = request
        self._on_preparing = on_preparing
        self.cancelled = cancelled

    def say(self, text: str, done: int = 0, total: int = 0) -> None:
        """Report a step.

        Raises:
            Cancelled: The person has given up.
        """
        if self.cancelled():
            raise Cancelled
        self._on_preparing(Preparing(self._request.request_id, text, done, total))

    def indexing(self, done: int, total: int) -> None:
        """Report how much of the file's index has been read; the reader itself asks ``cancelled``."""
        self._on_preparing(
            Preparing(self._request.request_id, spoken("Reading {0}", self._request.source.name), done, total)
        )

    def learning(self, done: int, total: int) -> None:
        """Report that a keyframe is about to be learned.

        Raises:
            Cancelled: The person has given up.
        """
        self.say(spoken("Learning the keyframes") if total > 1 else spoken("Learning the target"), done, total)


def _check_frame(frame: int, source: FrameSource, path: Path) -> None:
    if not 0 <= frame < source.frame_count:
        raise AppError("Frame {0} is not in {1}: its frames are 0 to {2}.", frame, path.name, source.frame_count - 1)


def _within(target: TargetRequest, source: FrameSource) -> Keyframes:
    """The target's keyframes to learn from: on frames that the file, which may have been cut, has still."""
    there = tuple(entry for entry in target.keyframes if 0 <= entry[0] < source.frame_count)
    return tuple(entry for entry in there if entry[0] not in target.unlearned) or there
