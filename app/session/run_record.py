"""What one run puts into the document, kept together so that it becomes one step of undo."""

from __future__ import annotations

from dataclasses import replace

from app.document.commands import ApplyPropagation, Command, SetKeyframe, Steps
from app.document.document import Document
from app.document.keyframes import Gap
from app.document.model import Dispute
from app.document.tracked_boxes import TrackedBox, TrackedBoxes
from app.session.joining import join
from app.session.messages import FrameTracked
from app.session.run_plan import Leg, RunPlan
from app.session.run_state import Direction
from app.session.second_opinion import second_opinion, unsure


class RunRecord:
    """The boxes of a run: each goes into the document when it arrives, all of them onto the undo stack at the end.

    Where the plan fills gaps or mends, the boxes of its backward legs wait here, to be joined with the forward ones.
    """

    def __init__(self, document: Document, plan: RunPlan) -> None:
        self._document = document
        self._plan = plan
        self._before = {track_id: document.track(track_id).boxes.slice(*span) for track_id, span in plan.spans.items()}
        self._frames: list[int] = []
        self._backward: dict[tuple[int, Leg], TrackedBoxes] = {}
        self._reached: dict[tuple[int, Leg], int] = {}

    @property
    def frames_done(self) -> int:
        """Frames that have arrived."""
        return len(self._frames)

    @property
    def is_orphaned(self) -> bool:
        """Whether every Track of the run has been removed meanwhile."""
        return not any(self._is_there(track_id) for track_id in self._before)

    def apply(self, reply: FrameTracked, leg: Leg) -> None:
        """Take the boxes of one frame; a frame with a keyframe keeps the keyframe alone."""
        joins = self._plan.joins(self._plan.legs.index(leg))
        arrived: dict[int, TrackedBox] = {}
        for track_id, result in reply.results:
            if not self._is_there(track_id) or reply.frame in self._document.track(track_id).keyframes:
                continue
            tracked = TrackedBox(result.box, result.score, result.status)
            if joins:
                self._backward.setdefault((track_id, leg), TrackedBoxes()).set(reply.frame, tracked)
            else:
                arrived[track_id] = tracked
                if leg.direction is Direction.BACKWARD:
                    self._reached[track_id, leg] = reply.frame
        self._document.apply_frame(reply.frame, arrived)
        self._frames.append(reply.frame)

    def commit(self) -> None:
        """Make the run undoable; a run without a frame leaves nothing to undo."""
        if not self._frames:
            return
        first, last = min(self._frames), max(self._frames)
        self._frames = []
        commands: list[Command] = []
        for track_id, before in self._before.items():
            if self._is_there(track_id):
                after = self._document.track(track_id).boxes.slice(first, last)
                disputes = self._compare(track_id, before)
                commands += self._join(track_id, after, disputes)
                after = unsure(after, list(disputes)) if disputes else after
                commands.append(ApplyPropagation(self._document, track_id, first, last, before, after, disputes))
        if len(commands) == 1:
            self._document.push(commands[0])
        elif commands:
            # one transaction: a program killed in the middle of it, or of its undo, leaves no half of it
            self._document.push(Steps(self._document, commands[-1].text(), commands))

    def _compare(self, track_id: int, before: TrackedBoxes) -> dict[int, Dispute]:
        """Where the legs that went back over boxes of other runs found the target elsewhere."""
        disputes: dict[int, Dispute] = {}
        for (owner, leg), reached in self._reached.items():
            if owner == track_id:
                disputes |= second_opinion(self._document.track(track_id), before, leg.start_frame, reached)
        return disputes

    def _join(self, track_id: int, boxes: TrackedBoxes, disputes: dict[int, Dispute]) -> list[Command]:
        """Make the forward boxes of each filled or mended stretch one path with the backward ones.

        Args:
            track_id: Of the Track.
            boxes: Of the whole run; they become the path.
            disputes: Those of the two ways of a fill are added.

        Returns:
            What shows them in a gap that had been a straight line.
        """
        commands: list[Command] = []
        keyframes = self._document.track(track_id).keyframes
        for (owner, leg), backward in self._backward.items():
            if owner != track_id:
                continue
            low, high = dict(leg.ends)[track_id], leg.start_frame - 1
            joined = join(boxes.slice(low, high), backward, low, high)
            boxes.replace(low, high, joined.boxes)
            if self._plan.fills:  # what a correction mends was wrong before it: nothing else was to be expected there
                disputes.update(joined.disputed)
            start = keyframes.get(low - 1)
            if start is not None and start.gap is Gap.INTERPOLATED:
                tracked = replace(start, gap=Gap.TRACKED)
                commands.append(SetKeyframe(self._document, track_id, low - 1, tracked))
        return commands

    def _is_there(self, track_id: int) -> bool:
        """A Track can be removed while it is being tracked."""
        return any(track_id in sequence.tracks for sequence in self._document.project.sequences.values())
