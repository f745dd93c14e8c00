"""What a run still has to do when it has stopped, and what its legs came to."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.document.model import Sequence, Track
from app.session.messages import RunFinished, StopReason
from app.session.run_plan import Leg, RunPlan, next_keyframe, one_way
from app.session.run_state import Direction


@dataclass(frozen=True, slots=True)
class Continuation:
    """What a run had to do, and can go on with from a corrected frame.

    Attributes:
        sequence_id: Of the Sequence.
        track_ids: Of the Tracks.
        direction: Which way it went.
        last_frame: Where it was to end.
        legs: What it had to do after that.
        interrupted: Whether it still has frames to do; not so after its end, after Esc and after undo.
        apart: The Tracks stopped by themselves, each on its own frame: each goes on alone.
    """

    sequence_id: int
    track_ids: tuple[int, ...]
    direction: Direction
    last_frame: int
    legs: tuple[Leg, ...] = ()
    interrupted: bool = True
    apart: bool = False

    def reaches_beyond(self, frame: int) -> bool:
        """Whether there is anything left to do from ``frame`` on."""
        return (self.last_frame - frame) * self.direction > 0


def rest_of_run(
    plan: Continuation | None, sequence: Sequence, track: Track, frame: int, *, corrected: bool
) -> Continuation | None:
    """What Enter on ``frame`` goes on with.

    Args:
        plan: What the last run had to do.
        sequence: On the screen.
        track: The confirmed one.
        frame: On the screen.
        corrected: Whether the person moved the box there. Then the frames after it, up to the next keyframe, are
            tracked anew even if the run had reached its end or was cancelled: those beyond were carried on from that
            keyframe. A box that was only accepted goes on with nothing but an interrupted run.
    """
    if plan and plan.sequence_id == sequence.id and track.id in plan.track_ids and plan.reaches_beyond(frame):
        alone = replace(plan, track_ids=(track.id,), legs=())
        if plan.interrupted:
            return alone if plan.apart else plan
        beyond = [it for it in track.keyframes if (it - frame) * plan.direction > 0]
        last = min([plan.last_frame, *beyond], key=lambda it: abs(it - frame))
        return replace(alone, last_frame=last) if corrected else None
    if corrected and frame + 1 in track.boxes:
        ahead = next_keyframe(track, frame)
        end = sequence.frame_count - 1 if ahead is None else ahead
        return Continuation(sequence.id, (track.id,), Direction.FORWARD, end)
    return None


def rest_of(sequence: Sequence, tracks: list[Track], frame: int, plan: Continuation) -> RunPlan:
    """A run that does the rest from ``frame`` on.

    Raises:
        AppError: No Track has a box there, or nothing is left.
    """
    begun = one_way(sequence, tracks, frame, plan.direction, plan.last_frame)
    return replace(begun, legs=(*begun.legs, *plan.legs))


def combined(answers: list[RunFinished]) -> RunFinished:
    """The answers of the legs of one run as one: its first doubt, where there is any, is what the person has to see."""
    last = answers[-1]
    leading = last
    if last.reason is StopReason.REACHED_END:
        leading = next((answer for answer in answers if answer.reason.is_doubt), last)
    texts = [leading.text, *(answer.text for answer in answers if answer is not leading and answer.stops)]
    return replace(
        leading,
        text=" ".join(texts),
        frames_done=sum(answer.frames_done for answer in answers),
        seconds=sum(answer.seconds for answer in answers),
        stops=tuple(stop for answer in answers for stop in answer.stops),
    )
