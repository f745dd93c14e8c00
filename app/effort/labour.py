"""What labelling a sequence has cost a person, and what was left undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.effort.carriers import Keyframes
from app.effort.causes import Cause
from app.effort.labelled import Labelled


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the work was at one moment.

    Attributes:
        shown: Frames that the annotator had looked at.
        actions: Frames on which they had done something, the first box included.
        missed: Frames on which what was shown was wrong: IoU below 0.5, a box without an object, or none with one.
    """

    shown: int
    actions: int
    missed: int


@dataclass(frozen=True, slots=True)
class Review:
    """How the work of annotator Q went on.

    Attributes:
        before: After the first box was carried through, before anything was shown.
        at_budget: When the budget of shown frames was used up; the end where it was not.
        at_end: When the queue was empty.
        right: Entries of the queue that were accepted.
        wrong: Entries that were not.
    """

    before: Standing
    at_budget: Standing
    at_end: Standing
    right: int
    wrong: int


@dataclass(frozen=True, slots=True)
class Labour:
    """What one sequence cost.

    Attributes:
        sequence: Its name.
        frames: How many it has, those without the object included.
        actions: Frames on which the person did something, in the order of work: drew a box or said that the object is
            gone.
        drawn: How many of them were boxes, the first one included.
        watched: Frames that the person looked at; a frame that was looked at twice counts twice.
        review: Of annotator Q.
        passing: Of annotator W: how many frames passed after each action.
        causes: Of a tracker's annotator: why each action was needed.
    """

    sequence: str
    frames: int
    actions: tuple[int, ...]
    drawn: int
    watched: int
    review: Review | None = None
    passing: tuple[int, ...] = ()
    causes: tuple[Cause, ...] = ()

    @property
    def gaps(self) -> tuple[int, ...]:
        """Frames from each action to the next in time, the last to the end: how long each correction lasted."""
        starts = sorted(self.actions)
        ends = (*starts[1:], self.frames)
        return tuple(end - start for start, end in zip(starts, ends, strict=True))


def labour_of(labelled: Labelled, keyframes: Keyframes, actions: Sequence[int], watched: int) -> Labour:
    """The cost of keyframes said in the order of ``actions``."""
    drawn = sum(box is not None for box in keyframes.values())
    return Labour(labelled.name, len(labelled.boxes), tuple(actions), drawn, watched)
