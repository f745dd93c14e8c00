"""Commands on the tracked layer: runs of the tracker."""

from __future__ import annotations

from app.document.changes import Changes
from app.document.command import Command
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

    Raises:
        KeyError: No such Track.
        ValueError: The range is not in the Sequence.
    """

    def __init__(
        self, document: Changes, track_id: int, first: int, last: int, before: TrackedBoxes, after: TrackedBoxes
    ) -> None:
        super().__init__(document, "Propagate")
        document.require_frame(track_id, first)
        document.require_frame(track_id, last)
        self._track_id = track_id
        self._first, self._last = first, last
        self._before, self._after = before.slice(first, last), after.slice(first, last)

    def _do(self) -> None:
        self._document.replace_boxes(self._track_id, self._first, self._last, self._after)

    def _undo(self) -> None:
        self._document.replace_boxes(self._track_id, self._first, self._last, self._before)
