"""One Track's tracker, with what it has learned and where it stands, so that going on is cheap and undo is exact.

The tracker's memory is derived from the keyframes: whatever the annotator did (opened a project, undid, deleted or
added a keyframe), the keyframes of a request are compared by value with those learned. Equal, and standing where the
run starts: nothing to do. Known from before, as after undo and redo: the memory of then. One more, near where it
stands: it is learned as a correction. Anything else: the memory is rebuilt. So undo, redo and a repeated run cost
nothing and give the same boxes, to the bit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import overload

from app.media.frame_source import Frame
from app.session.memory_view import Thumbnails
from app.session.tracker_protocol import Tracker, TrackTogether
from tracker.geometry import BoundingBox, iou
from tracker.result import TrackResult, TrackStatus

Keyframes = tuple[tuple[int, BoundingBox], ...]
ReadFrame = Callable[[int], Frame]
OnLearning = Callable[[int, int], None]
"""Called before keyframe ``done`` of ``total`` is learned; may raise to give up."""

_NEAR_FRAMES = 10
"""A tracker at most so far from a corrected frame keeps its passing memory: it stopped there because it was lost.
From farther away the frames between were tracked on the wrong thing, and only a rebuilt memory is free of them."""

_SAME_IOU = 0.3
"""A tracker whose box overlaps the next keyframe's by less has followed something else on its way there."""

_KEPT_MEMORIES = 3
"""Memories kept of each target: before and after the last edits. Each holds up to some tens of megabytes."""


@dataclass(frozen=True, slots=True)
class _Memory:
    """The tracker right after it learned keyframes from nothing, and what it saw on the last of them."""

    snapshot: object
    result: TrackResult | None


class LiveTarget:
    """A tracker and the account of its state.

    Attributes:
        tracker: Made for this target alone.
        learned: Keyframes in its permanent memory, ascending by frame; empty when nothing certain is known.
        frame: Where it stands.
        box: Where it thinks the target is on ``frame``.
        result: Its answer on ``frame``, where it gave one.
        excluded: Frames that it must not learn from.
        thumbnails: Of the frames that it may have learned from.
    """

    def __init__(self, tracker: Tracker) -> None:
        self.tracker = tracker
        self.learned: Keyframes = ()
        self.frame = -1
        self.box: BoundingBox | None = None
        self.result: TrackResult | None = None
        self.excluded: frozenset[int] = frozenset()
        self.thumbnails = Thumbnails()
        self._memories: dict[tuple[frozenset[int], Keyframes], _Memory] = {}

    def exclude(self, frames: frozenset[int]) -> None:
        """From now on learn nothing from these frames; what was learned from them is forgotten.

        Frames that may be learned from again are not in the memory of this moment, which is rebuilt then.
        """
        if frames == self.excluded:
            return
        if not frames >= self.excluded:
            self._forget()
        self.excluded = frames
        self.tracker.exclude(frames)

    def stands_at(self, keyframes: Keyframes, frame: int, box: BoundingBox) -> bool:
        """Whether a run with these keyframes could start at ``box`` on ``frame`` without any preparation."""
        return bool(self.learned) and (self.learned, self.frame, self.box) == (keyframes, frame, box)

    def place(
        self, keyframes: Keyframes, frame: int, box: BoundingBox, read: ReadFrame, on_learning: OnLearning
    ) -> None:
        """Know ``keyframes`` and stand at ``box`` on ``frame``, in the cheapest way that gives the same memory.

        Args:
            keyframes: Ascending by frame; without any, ``box`` on ``frame`` is learned as the first.
            frame: Where the run starts.
            box: Where the target is there: a keyframe's box, or a tracked one.
            read: Gives the picture of a frame.
            on_learning: Told of every keyframe before it is learned.

        Raises:
            TrackerError: A box cannot be learned.
            AppError: A frame cannot be read.
        """
        keyframes = keyframes or ((frame, box),)
        if self.stands_at(keyframes, frame, box):
            return
        if (frame, box) in keyframes:
            self.correct(keyframes, frame, box, read, on_learning)
            return
        self._forget()
        self._rebuild(keyframes, read, on_learning)
        self.tracker.reposition(box)
        self._stand(keyframes, frame, box, None)

    def correct(
        self, keyframes: Keyframes, frame: int, box: BoundingBox, read: ReadFrame, on_learning: OnLearning
    ) -> TrackResult:
        """Know ``keyframes``, the one at ``box`` on ``frame`` learned last, and say what the tracker sees there now.

        A tracker that has just looked at this frame learns the place it was drawn to as a hard negative.

        Args:
            keyframes: Ascending by frame, ``(frame, box)`` among them.
            frame: Of the correction.
            box: The person's box.
            read: Gives the picture of a frame.
            on_learning: Told of every keyframe before it is learned.

        Returns:
            The new answer on ``frame``; its ``box`` is the person's.

        Raises:
            TrackerError: A box cannot be learned.
            AppError: A frame cannot be read.
        """
        if self.result is not None and self.stands_at(keyframes, frame, box):
            return self.result
        others = _without(keyframes, frame)
        in_order = (*others, (frame, box))
        live = bool(self.learned) and self.learned == others and abs(self.frame - frame) <= _NEAR_FRAMES
        self._forget()
        # the very same correction again, after undo and redo: the very same memory
        result = self._recall(in_order)
        if result is None:
            if others and not live:
                self._rebuild(others, read, lambda done, _: on_learning(done, len(keyframes)))
            on_learning(len(others), len(keyframes))
            learn = self.tracker.correct if others else self.tracker.initialize
            image = read(frame)
            self._look_at(frame, image, box)
            result = replace(learn(image, box), box=box)
            self._keep(in_order, result)
        self._stand(keyframes, frame, box, result)
        return result

    def hold(self, frame: int, image: Frame, box: BoundingBox, read: ReadFrame) -> TrackResult:
        """Pass a keyframe: the tracker looks at the person's box and starts afresh from there.

        Where it had come to is told by the box of the frame before. Far from the keyframe, it had followed something
        else: then all it learned on the way is forgotten, and it goes on as a run that begins at the keyframe would.

        Args:
            frame: Of the keyframe.
            image: Its picture.
            box: The person's box.
            read: Gives the picture of a frame.

        Returns:
            Its score map round the keyframe's box; ``box`` and ``status`` are the person's word.

        Raises:
            TrackerError: A keyframe cannot be learned.
            AppError: A frame cannot be read.
        """
        lost = self.result is not None and self.result.status is TrackStatus.NOT_FOUND
        known = self.learned
        if (frame, box) in known and (lost or self.box is None or iou(self.box, box) < _SAME_IOU):
            self._forget()
            return self.correct(known, frame, box, read, _ignore)
        self.tracker.reposition(box)
        self._forget()
        self._look_at(frame, image, box)
        result = replace(self.tracker.track(image), box=box, status=TrackStatus.FOUND)
        self.tracker.reposition(box)
        self._stand(known, frame, box, result)
        return result

    def begin_step(self, frame: int) -> Keyframes:
        """The tracker is about to look at the picture of ``frame``; what it knows, for ``end_step``."""
        known = self.learned
        self.tracker.picture = frame
        self._forget()
        return known

    def end_step(self, known: Keyframes, frame: int, image: Frame, result: TrackResult) -> None:
        """The tracker has followed the target to ``frame``."""
        if result.status <= TrackStatus.HARD_NEGATIVE:
            self.thumbnails.keep(frame, image, result.box)
        self._stand(known, frame, result.box, result)

    def _rebuild(self, in_order: Keyframes, read: ReadFrame, on_learning: OnLearning) -> None:
        """Know these keyframes and nothing else."""
        if (self.excluded, in_order) in self._memories:
            self._recall(in_order)
        else:
            self.tracker.rebuild(_Pictures(in_order, read, on_learning, self._look_at))
            self._keep(in_order, None)

    def _recall(self, in_order: Keyframes) -> TrackResult | None:
        """Go back to a memory learned before, if it is kept still; what was seen then."""
        memory = self._memories.get((self.excluded, in_order))
        if memory is None:
            return None
        self.tracker.restore(memory.snapshot)
        return memory.result

    def _keep(self, in_order: Keyframes, result: TrackResult | None) -> None:
        """Keep what was just learned from nothing; the oldest of the kept goes."""
        self._memories[self.excluded, in_order] = _Memory(self.tracker.snapshot(), result)
        if len(self._memories) > _KEPT_MEMORIES:
            del self._memories[next(iter(self._memories))]

    def _look_at(self, frame: int, image: Frame, box: BoundingBox) -> None:
        """The tracker is about to learn from a picture in which a person has set the box."""
        self.tracker.picture = frame
        self.thumbnails.keep(frame, image, box)

    def _forget(self) -> None:
        """Until the next step has succeeded, the state is unknown: an error inside it leads to a rebuild."""
        self.learned = ()

    def _stand(self, learned: Keyframes, frame: int, box: BoundingBox, result: TrackResult | None) -> None:
        self.learned, self.frame, self.box, self.result = learned, frame, box, result


def track_targets(
    targets: Sequence[LiveTarget], frame: int, image: Frame, together: TrackTogether
) -> Sequence[TrackResult]:
    """Follow several targets to the neighbouring ``frame``; their results in their order."""
    if not targets:
        return []
    known = [target.begin_step(frame) for target in targets]
    results = together([target.tracker for target in targets], image)
    for target, learned, result in zip(targets, known, results, strict=True):
        target.end_step(learned, frame, image, result)
    return results


def _ignore(_done: int, _total: int) -> None:
    """Nobody waits for it."""


def _without(keyframes: Keyframes, frame: int) -> Keyframes:
    return tuple(entry for entry in keyframes if entry[0] != frame)


class _Pictures(Sequence[tuple[Frame, BoundingBox]]):
    """(picture, box) of keyframes, each read when it is asked for: a hundred pictures need not be held at once."""

    def __init__(
        self,
        keyframes: Keyframes,
        read: ReadFrame,
        on_learning: OnLearning,
        look_at: Callable[[int, Frame, BoundingBox], None],
    ) -> None:
        self._keyframes = keyframes
        self._look_at = look_at
        self._read = read
        self._on_learning = on_learning

    def __len__(self) -> int:
        return len(self._keyframes)

    @overload
    def __getitem__(self, index: int) -> tuple[Frame, BoundingBox]: ...

    @overload
    def __getitem__(self, index: slice) -> list[tuple[Frame, BoundingBox]]: ...

    def __getitem__(self, index: int | slice) -> tuple[Frame, BoundingBox] | list[tuple[Frame, BoundingBox]]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        frame, box = self._keyframes[index]
        self._on_learning(range(len(self))[index], len(self))
        image = self._read(frame)
        self._look_at(frame, image, box)
        return image, box
