"""Begins runs for the session: what is refused is said, and locked Tracks are left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject

from app.document.model import Sequence, Track
from app.errors import AppError
from app.session.edits import Edits
from app.session.propagation_control import PropagationControl
from app.session.run_plan import RunPlan
from app.session.screen import Screen
from app.session.track_switches import TrackSwitches, locked_text

MakePlan = Callable[[Sequence, list[Track]], RunPlan]


class RunStarter(QObject):
    """Runs of the Sequence on the screen. UI thread only.

    Args:
        screen: What is shown; also the Qt owner.
        control: Serves the runs.
        edits: Says what is refused.
        switches: Says which Tracks are locked.
    """

    def __init__(self, screen: Screen, control: PropagationControl, edits: Edits, switches: TrackSwitches) -> None:
        super().__init__(screen)
        self._screen = screen
        self._control = control
        self._edits = edits
        self._switches = switches
        switches.locked.connect(self._end_run_of)

    def start(self, make_plan: MakePlan, track_ids: Iterable[int]) -> None:
        """Run what a plan for these Tracks says, those that are locked left out, or say why there is none."""
        sequence = self._screen.sequence
        if sequence is None or self._edits.is_refused():
            return
        chosen = [sequence.tracks[it] for it in track_ids if it in sequence.tracks]
        locked = [it.id for it in chosen if self._switches.is_locked(it.id)]
        free = [it for it in chosen if it.id not in locked]
        try:
            plan = make_plan(sequence, free or chosen)
        except AppError as error:
            self._edits.refuse(str(error))
            return
        locked = [it for it in plan.spans if self._switches.is_locked(it)]
        if locked:
            self._edits.refuse(locked_text(locked[0]))
            return
        self._screen.stop_playing()
        self._control.start(sequence, plan)

    def _end_run_of(self, track_id: int) -> None:
        """A Track that is locked from now on is carried no further."""
        if self._control.state.is_busy and self._control.plan is not None and track_id in self._control.plan.spans:
            self._control.end(keep=False)
