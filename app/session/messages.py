"""What the UI thread and the tracker's worker say to each other: frozen, complete, and free of Qt and torch.

A request carries everything it needs by value; a reply names its request. Arrays inside are read-only.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from pathlib import Path

from app.media.frame_source import Frame
from tracker.geometry import BoundingBox
from tracker.result import TrackResult
from tracker.sample_info import SampleOrigin


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """Which network, where, from which seed, and with which of our additions.

    Attributes:
        name: A name of ``weights/manifest.json``, or a path to a checkpoint.
        device: ``auto``, ``cpu``, ``cuda`` or ``mps``.
        seed: Of everything random in the tracker.
        without: Names of what the tracker is to do without, of ``tracker.additions``.
    """

    name: str = "default"
    device: str = "auto"
    seed: int = 0
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StopRules:
    """When a target stops by itself. A rule of 0 never stops it.

    Attributes:
        lost_frames: Frames in a row without the target.
        uncertain_frames: Frames in a row with two peaks that cannot be told apart.
        left_frames: Frames in a row with the box's centre, or most of its area, outside the picture.
        jump: Largest move from one frame to the next that the last moves do not explain, in target sizes.
        size_jump: Largest factor by which width and height may change from one frame to the next.
        keep_going: Nothing stops; what is doubtful is only listed for review.
    """

    lost_frames: int = 5
    uncertain_frames: int = 5
    left_frames: int = 3
    jump: float = 1.0
    size_jump: float = 1.6
    keep_going: bool = False


NEVER_STOP = StopRules(keep_going=True)


@dataclass(frozen=True, slots=True)
class TargetRequest:
    """One Track as the worker needs it.

    Attributes:
        track_id: Of the Track.
        keyframes: (frame, box) of every human keyframe with a box, ascending by frame: the tracker's permanent memory.
        start_box: Where the target is on the run's start frame.
        name: What sentences call it; may be empty.
        outside: Frames of keyframes that say the target is not in the picture: from there it is not tracked until the
            run comes to its next keyframe with a box.
        last_frame: Where this target ends, before the others; None for the run's own end.
        unlearned: Frames that the tracker must not learn from. Keyframes among them are held to all the same.
    """

    track_id: int
    keyframes: tuple[tuple[int, BoundingBox], ...]
    start_box: BoundingBox
    name: str = ""
    outside: tuple[int, ...] = ()
    last_frame: int | None = None
    unlearned: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class PropagationRequest:
    """Carry targets from ``start_frame`` (which has its box already) to ``last_frame`` inclusive, either way in time.

    Attributes:
        request_id: Unique in the session.
        source: Video file or image folder.
        targets: At least one.
        start_frame: Has a box already; the first reply is for the frame after it.
        last_frame: Greater than ``start_frame``: forward; less: backward.
        rules: When to stop early.
        model: Network, device and seed.
    """

    request_id: int
    source: Path
    targets: tuple[TargetRequest, ...]
    start_frame: int
    last_frame: int
    rules: StopRules = field(default_factory=StopRules)
    model: ModelChoice = field(default_factory=ModelChoice)


@dataclass(frozen=True, slots=True)
class CorrectionRequest:
    """Learn a keyframe that was just set and show the new score map on that frame.

    Attributes:
        request_id: Unique in the session.
        source: Video file or image folder.
        target: The Track with all its keyframes, the new one included; ``start_box`` is the corrected box.
        frame: Of the correction.
        model: Network, device and seed.
    """

    request_id: int
    source: Path
    target: TargetRequest
    frame: int
    model: ModelChoice = field(default_factory=ModelChoice)


class StopReason(enum.Enum):
    """Why a run ended."""

    REACHED_END = "reached_end"
    LOST = "lost"
    UNCERTAIN = "uncertain"
    LEFT = "left"
    JUMPED = "jumped"
    CANCELLED = "cancelled"
    FAILED = "failed"

    @property
    def is_doubt(self) -> bool:
        """Whether the tracker stopped by itself, and a person has to look."""
        return self in {StopReason.LOST, StopReason.UNCERTAIN, StopReason.LEFT, StopReason.JUMPED}


@dataclass(frozen=True, slots=True)
class TargetStop:
    """One target that stopped before the run's end.

    Attributes:
        track_id: Of the Track.
        reason: A doubt.
        frame: The first doubtful frame of the row that ended it.
    """

    track_id: int
    reason: StopReason
    frame: int


@dataclass(frozen=True, slots=True)
class Preparing:
    """A long step before the first frame: loading the network, reading the video's index, learning keyframes.

    Attributes:
        text: In words, for the status strip.
        done: Steps done.
        total: Steps in all, 0 where unknown.
    """

    request_id: int
    text: str
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class FrameTracked:
    """One frame of a run.

    Attributes:
        frame: Its number.
        image: The picture, RGB uint8 (H, W, 3), read-only.
        results: (track id, result) for each target still running and not outside. On a keyframe the result's box is the
            keyframe's.
        elapsed_ms: Worker time for this frame: decoding and tracking.
        note: Sentences: the tracker does not run as was asked for (the graphics card is full), which targets have
            stopped by themselves; else empty.
        stops: Targets that stopped by themselves on this frame; the others go on.
    """

    request_id: int
    frame: int
    image: Frame
    results: tuple[tuple[int, TrackResult], ...]
    elapsed_ms: float
    note: str = ""
    stops: tuple[TargetStop, ...] = ()


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction has been learned.

    Attributes:
        frame: Of the correction.
        track_id: Of the Track.
        image: The picture.
        result: The tracker's new answer on that frame (its ``box`` is the person's box).
    """

    request_id: int
    frame: int
    track_id: int
    image: Frame
    result: TrackResult


@dataclass(frozen=True, slots=True)
class RunFinished:
    """A run has ended; always the last reply to a PropagationRequest (also after a WorkerFailed).

    A CorrectionRequest that is cancelled is answered by it too.

    Attributes:
        reason: Why.
        text: The same in one sentence for the person.
        frame: Where it ended; for a doubt the first doubtful frame.
        frames_done: Frames tracked.
        seconds: Time spent on the frames, without pauses.
        stops: Targets that stopped by themselves, in the order they did.
    """

    request_id: int
    reason: StopReason
    text: str
    frame: int
    frames_done: int
    seconds: float
    stops: tuple[TargetStop, ...] = ()


@dataclass(frozen=True, slots=True)
class MemorySample:
    """What the tracker has learned from one frame.

    Attributes:
        frame: Its number.
        origin: Why it was learned from.
        weight: Share of the memory, 0 to 1.
        score: Maximum of the score map there; 1 where a person set the box.
        count: Samples that were made of it.
        thumbnail: The picture round the box, RGB uint8 (H, W, 3), read-only; None where it is not at hand.
    """

    frame: int
    origin: SampleOrigin
    weight: float
    score: float
    count: int
    thumbnail: Frame | None


@dataclass(frozen=True, slots=True)
class MemoryShown:
    """A target's memory at this moment; sent while somebody looks at it.

    Attributes:
        track_id: Of the Track.
        samples: One a frame; those of annotated frames first, then the heaviest.
    """

    track_id: int
    samples: tuple[MemorySample, ...]


@dataclass(frozen=True, slots=True)
class WorkerFailed:
    """A request could not be served.

    Attributes:
        text: One sentence for the person.
        details: Traceback for the log and the Details button; empty where the person caused it.
        is_bug: False where the sentence says all (an AppError or TrackerError).
    """

    request_id: int
    text: str
    details: str
    is_bug: bool


Request = PropagationRequest | CorrectionRequest
Reply = Preparing | FrameTracked | Corrected | RunFinished | WorkerFailed
