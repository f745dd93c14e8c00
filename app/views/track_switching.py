"""The actions that hide and lock Tracks, and what is said where a locked one is dragged."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.session.session import Session
from app.views.action_table import ActionId
from app.views.actions import Actions
from app.views.video_view import VideoView


class TrackSwitching(QObject):
    """Ties menu, keys and mouse to the Session's ``switches``.

    Args:
        session: On the screen; also the Qt owner.
        actions: The window's.
        view: The canvas.
    """

    def __init__(self, session: Session, actions: Actions, view: VideoView) -> None:
        super().__init__(session)
        self._session = session
        self._switches = session.switches
        self._actions = actions
        actions.on(ActionId.HIDE_TRACK, self._toggle_hidden)
        actions.on(ActionId.LOCK_TRACK, self._toggle_locked)
        actions.on(ActionId.ONLY_SELECTED, self._toggle_only_selected)
        actions.on(ActionId.SHOW_ALL, self._switches.show_all)
        actions.on(ActionId.UNLOCK_ALL, self._switches.unlock_all)
        self._switches.changed.connect(self._show)
        session.track_selected.connect(self._show)
        view.locked_dragged.connect(self._say_why)
        self._show()

    def _toggle_hidden(self) -> None:
        self._switches.toggle_hidden(self._session.track_id)

    def _toggle_locked(self) -> None:
        self._switches.toggle_locked(self._session.track_id)

    def _toggle_only_selected(self) -> None:
        self._switches.only_selected = not self._switches.only_selected

    def _show(self, _track_id: int = 0) -> None:
        track_id = self._session.track_id
        self._actions[ActionId.HIDE_TRACK].setChecked(self._switches.is_hidden(track_id))
        self._actions[ActionId.LOCK_TRACK].setChecked(self._switches.is_locked(track_id))
        self._actions[ActionId.ONLY_SELECTED].setChecked(self._switches.only_selected)

    def _say_why(self, track_id: int) -> None:
        if not self._session.edits.is_refused():
            self._session.edits.is_barred(track_id)
