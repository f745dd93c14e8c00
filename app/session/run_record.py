"""What one run puts into the document, kept together so that it becomes one step of undo."""

from __future__ import annotations

from collections.abc import Iterable

from app.document.commands import ApplyPropagation
from app.document.document import Document
from app.document.tracked_boxes import TrackedBox
from app.session.messages import FrameTracked


class RunRecord:
    """The boxes of a run: each goes into the document when it arrives, all of them onto the undo stack at the end."""

    def __init__(self, document: Document, track_ids: Iterable[int], start_frame: int, last_frame: int) -> None:
        self._document = document
        first, last = min(start_frame, last_frame), max(start_frame, last_frame)
        self._before = {track_id: document.track(track_id).boxes.slice(first, last) for track_id in track_ids}
        self._frames: list[int] = []

    @property
    def frames_done(self) -> int:
        """Frames that have arrived."""
        return len(self._frames)

    @property
    def is_orphaned(self) -> bool:
        """Whether every Track of the run has been removed meanwhile."""
        return not any(self._is_there(track_id) for track_id in self._before)

    def apply(self, reply: FrameTracked) -> None:
        """Put the boxes of one frame into the document; a frame with a keyframe keeps the keyframe alone."""
        for track_id, result in reply.results:
            if self._is_there(track_id) and reply.frame not in self._document.track(track_id).keyframes:
                tracked = TrackedBox(result.box, result.score, result.status)
                self._document.apply_tracked(track_id, reply.frame, tracked)
        self._frames.append(reply.frame)

    def commit(self) -> None:
        """Make the run undoable; a run without a frame leaves nothing to undo."""
        if not self._frames:
            return
        first, last = min(self._frames), max(self._frames)
        commands = [
            ApplyPropagation(
                self._document, track_id, first, last, before, self._document.track(track_id).boxes.slice(first, last)
            )
            for track_id, before in self._before.items()
            if self._is_there(track_id)
        ]
        self._frames = []
        if len(commands) == 1:
            self._document.push(commands[0])
        elif commands:
            self._document.undo_stack.beginMacro(commands[0].text())
            for command in commands:
                self._document.push(command)
            self._document.undo_stack.endMacro()

    def _is_there(self, track_id: int) -> bool:
        """A Track can be removed while it is being tracked."""
        return any(track_id in sequence.tracks for sequence in self._document.project.sequences.values())
