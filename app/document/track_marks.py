"""What is said of a Track's tracked boxes beside them: found right, not to learn from, two runs disagreed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from app.document.changes import Changes
from app.document.model import Dispute, Track
from app.document.tracked_boxes import TrackedBoxes
from tracker.geometry import BoundingBox

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Marks:
    """All of one Track.

    Attributes:
        accepted: Frame -> the tracked box that was found right there.
        unlearned: Frames whose pictures the tracker must not learn from.
        disputed: Frame -> where two runs found it.
    """

    accepted: dict[int, BoundingBox]
    unlearned: frozenset[int]
    disputed: dict[int, Dispute]


def marks_of(track: Track) -> Marks:
    """As they are now."""
    return Marks(dict(track.accepted), track.unlearned, dict(track.disputed))


def exchanged(one: Track, other: Track, frame: int) -> Marks:
    """Those of ``one`` before ``frame``, and those of ``other`` from there on."""
    accepted = {it: box for it, box in one.accepted.items() if it < frame}
    accepted |= {it: box for it, box in other.accepted.items() if it >= frame}
    disputed = {it: both for it, both in one.disputed.items() if it < frame}
    disputed |= {it: both for it, both in other.disputed.items() if it >= frame}
    early = {it for it in one.unlearned if it < frame}
    return Marks(accepted, frozenset(early | {it for it in other.unlearned if it >= frame}), disputed)


def united(winner: Track, loser: Track, boxes: TrackedBoxes) -> Marks:
    """Those of a Track that holds ``boxes`` now: on each frame of the Track whose box was taken."""

    def is_there(frame: int, box: BoundingBox) -> bool:
        tracked = boxes.get(frame)
        return tracked is not None and tracked.box == box

    accepted: dict[int, BoundingBox] = {}
    disputed: dict[int, Dispute] = {}
    for track in (loser, winner):
        accepted |= {it: box for it, box in track.accepted.items() if is_there(it, box)}
        disputed |= {it: both for it, both in track.disputed.items() if is_there(it, both.box)}
    shown = set(winner.frames())
    return Marks(accepted, winner.unlearned | {it for it in loser.unlearned if it not in shown}, disputed)


@dataclass(frozen=True, slots=True)
class MarkChange:
    """The Marks of a Track before and after a command."""

    track_id: int
    before: Marks
    after: Marks

    def apply(self, document: Changes) -> None:
        """Make ``before`` into ``after``."""
        accepted = _differing(self.before.accepted, self.after.accepted)
        if accepted:
            document.put_accepted(self.track_id, accepted)
        disputed = _differing(self.before.disputed, self.after.disputed)
        if disputed:
            document.put_disputed(self.track_id, disputed)
        if self.before.unlearned != self.after.unlearned:
            document.put_unlearned(self.track_id, self.after.unlearned)

    def back(self) -> MarkChange:
        """The change that takes this one back."""
        return MarkChange(self.track_id, self.after, self.before)


def _differing(before: Mapping[int, T], after: Mapping[int, T]) -> dict[int, T | None]:
    """The frames on which they differ, with what is there after."""
    return {it: after.get(it) for it in sorted(before.keys() | after.keys()) if before.get(it) != after.get(it)}
