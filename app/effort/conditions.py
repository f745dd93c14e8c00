"""What may help the annotator: the conditions that are measured side by side. A further one is one more entry here."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from app.document.model import Track
from app.effort.carriers import Carrier, EngineCarrier, RestartingCarrier
from app.effort.labelled import Labelled
from app.effort.mending_carrier import MendingCarrier
from app.effort.working import Queue
from app.session.doubt import DoubtRules
from app.session.doubtful import Doubtful, queue_of
from app.session.messages import ModelChoice
from app.session.tracker_protocol import MakeTracker
from tracker.additions import ADDITIONS, Addition
from tracker.evaluation.csrt_process import CsrtProcess, csrt_python


class Machine(contextlib.ExitStack):
    """What conditions are made of; use it in a ``with`` block, at whose end the processes it started end.

    Attributes:
        make_tracker: Makes our trackers.
    """

    def __init__(self, make_tracker: MakeTracker) -> None:
        super().__init__()
        self.make_tracker = make_tracker

    @cached_property
    def csrt(self) -> CsrtProcess:
        """OpenCV's CSRT.

        Raises:
            TrackerError: It is not installed.
        """
        return self.enter_context(CsrtProcess())

    def __enter__(self) -> Self:
        super().__enter__()
        return self


MakeCarrier = Callable[[Labelled, Machine, ModelChoice], Carrier]


def program_queue(track: Track, frame_count: int, picture_size: tuple[int, int]) -> Sequence[Doubtful]:
    """What the window lists, with the rules that it begins with."""
    return queue_of(track, frame_count, picture_size, DoubtRules())


def checked_queue(track: Track, frame_count: int, picture_size: tuple[int, int]) -> Sequence[Doubtful]:
    """The same with spot checks, as a person may choose."""
    return queue_of(track, frame_count, picture_size, DoubtRules(spot_check=40))


def _nothing() -> None:
    """There is nothing to check."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What helps the annotator.

    Attributes:
        name: Short, for the command line and tables.
        about: A line for people.
        carrier: Makes what carries the boxes; None for straight lines, which are drawn worst frame first by everybody.
        queue: What annotator Q is shown.
        uses_model: Whether our tracker is in it, so that its model matters.
        check: Raises TrackerError where it cannot be measured here, before hours of work.
    """

    name: str
    about: str
    carrier: MakeCarrier | None
    queue: Queue = program_queue
    uses_model: bool = True
    check: Callable[[], object] = _nothing


def _csrt(labelled: Labelled, machine: Machine, _model: ModelChoice) -> Carrier:
    return RestartingCarrier(labelled, machine.csrt)


def _restart(labelled: Labelled, machine: Machine, model: ModelChoice) -> Carrier:
    return EngineCarrier(labelled, machine.make_tracker, with_memory=False, model=model)


def _memory(labelled: Labelled, machine: Machine, model: ModelChoice) -> Carrier:
    return EngineCarrier(labelled, machine.make_tracker, model=model)


def _mended(labelled: Labelled, machine: Machine, model: ModelChoice) -> Carrier:
    return MendingCarrier(labelled, machine.make_tracker, model=model)


def _memory_without(*additions: Addition) -> MakeCarrier:
    names = tuple(addition.name for addition in additions)

    def carrier(labelled: Labelled, machine: Machine, model: ModelChoice) -> Carrier:
        return EngineCarrier(labelled, machine.make_tracker, model=replace(model, without=names))

    return carrier


LINEAR = Condition("linear", "straight lines between keyframes, no tracker", None, uses_model=False)
CSRT = Condition("csrt", "OpenCV's CSRT, begun anew at each correction", _csrt, uses_model=False, check=csrt_python)
RESTART = Condition("restart", "our tracker, begun anew at each correction", _restart)
MEMORY = Condition("memory", "our tracker, which learns from all corrections, as in the window", _memory)
MENDED = Condition("mended", "memory, and the doubtful frames before a correction mended, as the window does", _mended)

CHECKED = Condition("checked", "mended, with one frame in forty spot-checked in review", _mended, queue=checked_queue)
BARE = Condition("bare", "memory without any of the additions", _memory_without(*ADDITIONS))


def _taken_out(addition: Addition) -> Condition:
    return Condition(f"no-{addition.name}", f"memory without {addition.about}", _memory_without(addition))


def _kept_alone(addition: Addition) -> Condition:
    others = (it for it in ADDITIONS if it is not addition)
    return Condition(f"only-{addition.name}", f"bare with {addition.about}", _memory_without(*others))


CONDITIONS = {
    it.name: it
    for it in (
        LINEAR,
        CSRT,
        RESTART,
        MEMORY,
        MENDED,
        CHECKED,
        BARE,
        *map(_kept_alone, ADDITIONS),
        *map(_taken_out, ADDITIONS),
    )
}
"""Name -> condition."""
