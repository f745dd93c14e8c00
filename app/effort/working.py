"""How the simulated annotators work: from the start (S), by the program's queue (Q), or on the worst frame (W)."""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from dataclasses import replace

from app.document.gone import gone_over, lost_span
from app.document.model import Track
from app.effort.annotator import Annotator
from app.effort.desk import Desk
from app.effort.labour import Labour, Review, Standing
from app.session.doubtful import Doubtful
from tracker.geometry import iou

BUDGET = 0.05
"""Share of the frames that annotator Q looks at before the work is judged first."""
MISSED_IOU = 0.5
"""A box below this is a miss, whatever the annotator is content with."""

Queue = Callable[[Track, int, tuple[int, int]], Sequence[Doubtful]]
"""Entries to look at of a Track, the most doubtful first; given how many frames there are and (width, height)."""


class Working(enum.Enum):
    """In which order an annotator works."""

    SEQUENTIAL = "S"
    QUEUE = "Q"
    WORST = "W"


def label_in_order(desk: Desk) -> Labour:
    """Annotator S: watches from the start, stops at the first frame that does not pass, and puts it right.

    A box where there is no object, and none where there is one, do not pass either. A program that alters frames
    already watched has them watched again at the end.
    """
    frame: int | None = 0
    watched = 1
    while frame is not None:
        desk.say(frame)
        failed = None
        for at in desk.carry(frame):
            if at > frame:
                watched += 1
                if not desk.passes(at):
                    failed = at
                    break
        if failed is None:
            failed = next(iter(desk.failing()), None)
            # whoever has to go back has seen all frames up to there a second time
            watched += 0 if failed is None else failed + 1
        frame = failed
    return desk.labour(watched)


def label_worst_first(desk: Desk) -> Labour:
    """Annotator W: has everything carried through, puts the worst frame right, and so on until all pass."""
    truth = desk.labelled.boxes
    frame = 0
    passing: list[int] = []
    while True:
        desk.say(frame)
        desk.carry_all(frame)
        failing = desk.failing()
        passing.append(desk.frame_count - len(failing))
        if not failing:
            return replace(desk.labour(desk.frame_count * len(passing)), passing=tuple(passing))

        def quality(at: int) -> float:
            shown, true = desk.track.box_at(at), truth[at]
            return iou(shown, true) if shown is not None and true is not None else 0.0

        frame = min(failing, key=quality)


def label_by_queue(desk: Desk, queue: Queue, budget: float = BUDGET) -> Labour:
    """Annotator Q: looks at nothing but what the program's queue puts in front, and puts right what does not pass.

    Whoever finds the object gone looks for the frame on which it comes back; the frames between count as shown.

    Args:
        desk: With nothing labelled yet.
        queue: The program's.
        budget: Share of the frames that may be shown until the first judgement.
    """
    critic = Annotator(MISSED_IOU)
    height, width = desk.labelled.read(0).shape[:2]
    shown = right = wrong = 0

    def standing() -> Standing:
        return Standing(shown, len(desk.actions), desk.missed(critic))

    desk.say(0)
    desk.carry_all(0)
    before, at_budget = standing(), None
    # each entry is dealt with by a keyframe or an acceptance: a queue that lists it again all the same must not hang
    for _ in range(2 * desk.frame_count):
        entry = next(iter(queue(desk.track, desk.frame_count, (width, height))), None)
        if entry is None:
            break
        if at_budget is None and shown + 1 > budget * desk.frame_count:
            at_budget = standing()
        shown += 1
        if desk.passes(entry.frame):
            right += 1
            _accept(desk.track, entry)
        else:
            wrong += 1
            shown += _put_right(desk, entry.frame)
    at_end = standing()
    review = Review(before, at_budget or at_end, at_end, right, wrong)
    return replace(desk.labour(shown), review=review)


def _accept(track: Track, entry: Doubtful) -> None:
    """As the window does on Enter: the boxes listed are right; where the target was lost, the object is gone."""
    span = lost_span(track, entry.frame)
    if span is not None:
        track.keyframes.update(gone_over(track, *span))
        return
    for frame in range(entry.first, entry.last + 1):
        tracked = track.boxes.get(frame)
        if tracked is not None and frame not in track.keyframes:
            track.accepted[frame] = tracked.box


def _put_right(desk: Desk, frame: int) -> int:
    """Say where the object is and have it carried on; how many frames were looked at besides."""
    truth = desk.labelled.boxes
    desk.say(frame)
    desk.carry_all(frame)
    if truth[frame] is not None:
        return 0
    end = desk.track.keyframes.after(frame) or desk.frame_count
    back = next((at for at in range(frame + 1, end) if truth[at] is not None), None)
    if back is None:
        return end - frame - 1
    desk.say(back)
    desk.carry_all(back)
    return back - frame
