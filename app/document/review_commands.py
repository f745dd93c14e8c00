"""Commands of the review: what has been found right, and what the tracker must not learn from."""

from __future__ import annotations

from collections.abc import Iterable

from app.document.changes import Changes
from app.document.command import Command
from tracker.geometry import BoundingBox


class AcceptBoxes(Command):
    """The tracked boxes on some frames are right as they are.

    Args:
        document: The open project.
        track_id: Of the Track.
        frames: Those with a tracked box count, the others are passed over.

    Raises:
        KeyError: No such Track.
        ValueError: None of the frames has a tracked box.
    """

    def __init__(self, document: Changes, track_id: int, frames: Iterable[int]) -> None:
        super().__init__(document, "Accept")
        track = document.track(track_id)
        found = {frame: tracked.box for frame in frames if (tracked := track.boxes.get(frame)) is not None}
        if not found:
            raise ValueError("no tracked box")
        self._track_id = track_id
        self._before: dict[int, BoundingBox | None] = {frame: track.accepted.get(frame) for frame in found}
        self._after: dict[int, BoundingBox | None] = dict(found)

    def _do(self) -> None:
        self._document.put_accepted(self._track_id, self._after)

    def _undo(self) -> None:
        self._document.put_accepted(self._track_id, self._before)


class SetLearning(Command):
    """Whether the tracker of a Track learns from a frame.

    Args:
        document: The open project.
        track_id: Of the Track.
        frame: A keyframe, or one that the tracker passes.
        learns: False takes the frame out of its memory and keeps it out.

    Raises:
        KeyError: No such Track.
        ValueError: The frame is not in the Sequence.
    """

    def __init__(self, document: Changes, track_id: int, frame: int, *, learns: bool) -> None:
        super().__init__(document, "Learn from frame" if learns else "Take out of memory")
        document.require_frame(track_id, frame)
        self._track_id = track_id
        self._before = document.track(track_id).unlearned
        self._after = self._before - {frame} if learns else self._before | {frame}

    def _do(self) -> None:
        self._document.put_unlearned(self._track_id, self._after)

    def _undo(self) -> None:
        self._document.put_unlearned(self._track_id, self._before)
