"""What a person has said of a Track's tracked boxes without setting them: found right, and not to learn from."""

from __future__ import annotations

from dataclasses import dataclass

from app.document.changes import Changes
from app.document.model import Track
from app.document.tracked_boxes import TrackedBoxes
from tracker.geometry import BoundingBox


@dataclass(frozen=True, slots=True)
class Marks:
    """All of one Track.

    Attributes:
        accepted: Frame -> the tracked box that was found right there.
        unlearned: Frames whose pictures the tracker must not learn from.
    """

    accepted: dict[int, BoundingBox]
    unlearned: frozenset[int]


def marks_of(track: Track) -> Marks:
    """As they are now."""
    return Marks(dict(track.accepted), track.unlearned)


def exchanged(one: Track, other: Track, frame: int) -> Marks:
    """Those of ``one`` before ``frame``, and those of ``other`` from there on."""
    accepted = {it: box for it, box in one.accepted.items() if it < frame}
    accepted |= {it: box for it, box in other.accepted.items() if it >= frame}
    early = {it for it in one.unlearned if it < frame}
    return Marks(accepted, frozenset(early | {it for it in other.unlearned if it >= frame}))


def united(winner: Track, loser: Track, boxes: TrackedBoxes) -> Marks:
    """Those of a Track that holds ``boxes`` now: on each frame of the Track whose box was taken."""
    accepted = {}
    for track in (loser, winner):
        for frame, box in track.accepted.items():
            tracked = boxes.get(frame)
            if tracked is not None and tracked.box == box:
                accepted[frame] = box
    shown = set(winner.frames())
    return Marks(accepted, winner.unlearned | {it for it in loser.unlearned if it not in shown})


@dataclass(frozen=True, slots=True)
class MarkChange:
    """The Marks of a Track before and after a command."""

    track_id: int
    before: Marks
    after: Marks

    def apply(self, document: Changes) -> None:
        """Make ``before`` into ``after``."""
        frames = self.before.accepted.keys() | self.after.accepted.keys()
        differ = {it for it in frames if self.before.accepted.get(it) != self.after.accepted.get(it)}
        if differ:
            document.put_accepted(self.track_id, {it: self.after.accepted.get(it) for it in sorted(differ)})
        if self.before.unlearned != self.after.unlearned:
            document.put_unlearned(self.track_id, self.after.unlearned)

    def back(self) -> MarkChange:
        """The change that takes this one back."""
        return MarkChange(self.track_id, self.after, self.before)
