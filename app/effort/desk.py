"""What lies before a simulated annotator: the Track as labelled so far, and the verbs a person has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.document.model import Keyframe, Track
from app.effort.annotator import Annotator
from app.effort.carriers import TRACK, Carrier, Keyframes
from app.effort.causes import Cause, cause_of
from app.effort.labelled import Labelled
from app.effort.labour import Labour, labour_of
from tracker.geometry import BoundingBox


class Desk:
    """One annotator at work on one sequence with what a Carrier does for them.

    Attributes:
        labelled: The sequence.
        annotator: The person.
        track: The labels so far, as the program's document keeps them.
        actions: Frames on which a box was drawn or the object said to be gone, in the order of work.
        causes: Why, of each of them.
    """

    def __init__(self, labelled: Labelled, annotator: Annotator, carrier: Carrier) -> None:
        self.labelled = labelled
        self.annotator = annotator
        self.track = Track(TRACK, labelled.name, category_id=1)
        self.actions: list[int] = []
        self.causes: list[Cause] = []
        self._carrier = carrier

    @property
    def frame_count(self) -> int:
        """Of the sequence."""
        return len(self.labelled.boxes)

    @property
    def keyframes(self) -> Keyframes:
        """What the person has said so far."""
        return {frame: keyframe.box for frame, keyframe in self.track.keyframes.items()}

    def say(self, frame: int) -> None:
        """Draw the object on a frame, or say that it is gone."""
        true = self.labelled.boxes
        self.causes.append(cause_of(self.track.box_at(frame), true[frame], true[max(frame - 1, 0)], frame))
        self.track.keyframes[frame] = Keyframe(said(self.labelled, self.annotator, frame))
        self.actions.append(frame)

    def carry(self, frame: int) -> Iterator[int]:
        """Have the boxes carried on from a frame just said; each frame as its new box is shown."""
        for at, tracked in self._carrier.carry(self.keyframes, frame):
            if tracked is None:
                self.track.boxes.discard(at)
            else:
                self.track.boxes.set(at, tracked)
            yield at

    def carry_all(self, frame: int) -> None:
        """Have the boxes carried on to the end."""
        for _ in self.carry(frame):
            pass

    def passes(self, frame: int) -> bool:
        """Whether the person is content with what is shown on a frame."""
        return self.annotator.accepts(self.track.box_at(frame), self.labelled.boxes[frame])

    def failing(self) -> list[int]:
        """Frames that do not pass, ascending."""
        return [frame for frame in range(self.frame_count) if not self.passes(frame)]

    def missed(self, annotator: Annotator) -> int:
        """How many frames another annotator would not let pass."""
        shown, true = self.track.box_at, self.labelled.boxes
        return sum(not annotator.accepts(shown(frame), true[frame]) for frame in range(self.frame_count))

    def labour(self, watched: int) -> Labour:
        """What it has cost so far; ``watched`` frames were looked at."""
        return replace(labour_of(self.labelled, self.keyframes, self.actions, watched), causes=tuple(self.causes))


def said(labelled: Labelled, annotator: Annotator, frame: int) -> BoundingBox | None:
    """What a person says on a frame: a box, or None for an object that is gone."""
    true = labelled.boxes[frame]
    return None if true is None else annotator.draws(true, labelled.name, frame)
