"""Commands on the tracked layer: runs of the tracker."""

from __future__ import annotations

from collections.abc import Mapping

from app.document.changes import Changes
from app.document.command import Command
from app.document.model import Dispute
from app.document.tracked_boxes import TrackedBoxes


class ApplyPropagation(Command):
    """A whole run of the tracker as one undo step; pushed when it has ended and its boxes are in the document.

    Args:
        document: The open project.
        track_id: Of the Track.
        first: First frame of the run's range, in time.
        last: Last frame of the range, inclusive.
        before: Tracked boxes over the range before the run.
        after: Tracked boxes over the range after it.
        disputed: On which frames of the range another run found the object elsewhere, and where.

    Raises:
        KeyError: No such Track.
        ValueError: The range is not in the Sequence.
    """

    def __init__(
        self,
        document: Changes,
        track_id: int,
        first: int,
        last: int,
        before: TrackedBoxes,
        after: TrackedBoxes,
        disputed: Mapping[int, Dispute] | None = None,
    ) -> None:
        super().__init__(document, "Propagate")
        document.require_frame(track_id, first)
        document.require_frame(track_id, last)
        self._track_id = track_id
        self._first, self._last = first, last
        self._before, self._after = before.slice(first, last), after.slice(first, last)
        old = {it: both for it, both in document.track(track_id).disputed.items() if first <= it <= last}
        new = disputed or {}
        self._disputed_before: dict[int, Dispute | None] = {it: old.get(it) for it in sorted(old.keys() | new.keys())}
        self._disputed: dict[int, Dispute | None] = {it: new.get(it) for it in self._disputed_before}

    def _do(self) -> None:
        if self._disputed:
            self._document.put_disputed(self._track_id, self._disputed)
        self._document.replace_boxes(self._track_id, self._first, self._last, self._after)

    def _undo(self) -> None:
        if self._disputed:
            self._document.put_disputed(self._track_id, self._disputed_before)
        self._document.replace_boxes(self._track_id, self._first, self._last, self._before)
