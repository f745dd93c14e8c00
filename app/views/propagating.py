"""What the actions of the Propagate menu do to the open Session."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.session.messages import RunFinished, StopReason
from app.session.run_state import Direction
from app.session.session import Session
from app.settings import Settings
from app.views.action_table import ActionId
from app.views.actions import Actions
from app.views.propagate_dialog import PropagateDialog, Reach, Way


class Propagating(QObject):
    """Starts runs as the settings say, and keeps the Session's rules true to them.

    Args:
        session: On the screen; also the Qt owner.
        actions: The window's.
        settings: The person's.
        window: Parent of the dialog.
    """

    def __init__(self, session: Session, actions: Actions, settings: Settings, window: QWidget) -> None:
        super().__init__(session)
        self._session = session
        self._actions = actions
        self._settings = settings
        self._window = window
        for action, slot in (
            (ActionId.PROPAGATE_FORWARD, self._forward),
            (ActionId.PROPAGATE_BACKWARD, self._backward),
            (ActionId.PROPAGATE_BOTH, self._both_ways),
            (ActionId.FRAMES_FORWARD, self._frames_forward),
            (ActionId.FRAMES_BACKWARD, self._frames_backward),
            (ActionId.TO_NEXT_KEYFRAME, self._to_next_keyframe),
            (ActionId.TO_PREVIOUS_KEYFRAME, self._to_previous_keyframe),
            (ActionId.FILL, self._fill),
            (ActionId.FILL_ALL, self._fill_all),
            (ActionId.PROPAGATE, self._ask),
        ):
            actions.on(action, slot)
        actions[ActionId.ALL_TRACKS].toggled.connect(self._choose_all_tracks)
        actions[ActionId.KEEP_GOING].toggled.connect(self._choose_keep_going)
        self._filled_from: int | None = None
        session.run_finished.connect(self._run_finished)
        settings.changed.connect(self._follow_settings)
        self._follow_settings("")

    def retry(self) -> None:
        """Go on with the run that failed."""
        self._session.retry()

    def _follow_settings(self, _name: str) -> None:
        self._session.rules = self._settings.stop_rules
        self._session.all_tracks = self._settings.all_tracks
        self._session.mends = self._settings.mend_before
        self._actions[ActionId.ALL_TRACKS].setChecked(self._settings.all_tracks)
        self._actions[ActionId.KEEP_GOING].setChecked(self._settings.keep_going)

    def _choose_all_tracks(self, on: bool) -> None:
        self._settings.all_tracks = on

    def _choose_keep_going(self, on: bool) -> None:
        self._settings.keep_going = on

    def _forward(self) -> None:
        self._session.propagate(Direction.FORWARD)

    def _backward(self) -> None:
        self._session.propagate(Direction.BACKWARD)

    def _both_ways(self) -> None:
        self._session.propagate_both_ways()

    def _frames_forward(self) -> None:
        self._session.propagate(Direction.FORWARD, self._session.frame + self._settings.run_frames)

    def _frames_backward(self) -> None:
        self._session.propagate(Direction.BACKWARD, self._session.frame - self._settings.run_frames)

    def _to_next_keyframe(self) -> None:
        self._session.propagate_to_keyframe(Direction.FORWARD)

    def _to_previous_keyframe(self) -> None:
        self._session.propagate_to_keyframe(Direction.BACKWARD)

    def _fill(self) -> None:
        self._fill_gaps(everywhere=False)

    def _fill_all(self) -> None:
        self._fill_gaps(everywhere=True)

    def _fill_gaps(self, *, everywhere: bool) -> None:
        frame = self._session.frame
        self._session.fill(everywhere=everywhere)
        self._filled_from = frame if self._session.run_state.is_busy else None

    def _run_finished(self, finished: RunFinished) -> None:
        """A fill ends where its last way back did: the person was somewhere in the gap, and is there again."""
        frame, self._filled_from = self._filled_from, None
        if frame is not None and finished.reason is StopReason.REACHED_END:
            self._session.go_to(frame)

    def _ask(self) -> None:
        self._session.hold_still()  # it asks where to go from this frame
        frame = self._session.frame
        dialog = PropagateDialog(self._settings, frame + self._settings.frame_base, self._window)
        if not dialog.exec():
            return
        way, reach = dialog.way, dialog.reach
        frames = self._settings.run_frames if reach is Reach.FRAMES else None
        if way is Way.BOTH:
            self._session.propagate_both_ways(frames)
            return
        direction = Direction.FORWARD if way is Way.FORWARD else Direction.BACKWARD
        if reach is Reach.KEYFRAME:
            self._session.propagate_to_keyframe(direction)
        else:
            self._session.propagate(direction, None if frames is None else frame + direction * frames)
