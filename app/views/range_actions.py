"""What can be done with the stretch of frames chosen in the timeline, by key and context menu."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu

from app.document.commands import ApplyPropagation
from app.document.tracked_boxes import TrackedBoxes
from app.errors import AppError
from app.session.session import Session
from app.settings import Settings
from app.views.action_table import ActionId
from app.views.actions import Actions
from app.views.frame_range import FrameRange
from app.views.time_panel import TimePanel

_MENU = (
    ActionId.RANGE_START,
    ActionId.RANGE_END,
    None,
    ActionId.PROPAGATE_RANGE,
    ActionId.DELETE_RANGE,
    None,
    ActionId.PLAY_RANGE,
    ActionId.ZOOM_RANGE,
    ActionId.EXPORT_RANGE,
    None,
    ActionId.CLEAR_RANGE,
)


class RangeActions(QObject):
    """Knows the chosen range of the open Sequence, shows it, and acts on it.

    Args:
        session: On the screen; also the Qt owner.
        settings: The person's.
        actions: The window's.
        panel: Timeline and curve, where it is chosen and shown.
    """

    refused = Signal(str)
    """A sentence: why something asked for was not done."""
    export_wanted = Signal(object)
    """FrameRange."""

    def __init__(self, session: Session, settings: Settings, actions: Actions, panel: TimePanel) -> None:
        super().__init__(session)
        self._session = session
        self._settings = settings
        self._actions = actions
        self._panel = panel
        self._playing_to: int | None = None
        self.chosen: FrameRange | None = None
        for action, slot in (
            (ActionId.RANGE_START, self._begin_here),
            (ActionId.RANGE_END, self._end_here),
            (ActionId.CLEAR_RANGE, self._clear),
            (ActionId.PROPAGATE_RANGE, self._propagate),
            (ActionId.DELETE_RANGE, self._delete_tracked),
            (ActionId.PLAY_RANGE, self._play),
            (ActionId.ZOOM_RANGE, self._zoom),
            (ActionId.EXPORT_RANGE, self._export),
        ):
            actions.on(action, slot)
        panel.timeline.range_chosen.connect(self.choose)
        panel.timeline.menu_requested.connect(self._show_menu)
        session.sequence_opened.connect(self._sequence_opened)
        session.frame_changed.connect(self._stop_at_the_end)

    def choose(self, chosen: FrameRange | None) -> None:
        """Choose another range, or none."""
        self.chosen = chosen
        self._panel.timeline.set_range(chosen)
        self._panel.curve.set_range(chosen)
        self._actions.allow_range(chosen is not None)

    def _sequence_opened(self, _sequence_id: int) -> None:
        self.choose(None)

    def _begin_here(self) -> None:
        frame = self._session.frame
        self.choose(FrameRange(frame, max(self.chosen.last, frame) if self.chosen else self._last_frame()))

    def _end_here(self) -> None:
        frame = self._session.frame
        self.choose(FrameRange(min(self.chosen.first, frame) if self.chosen else 0, frame))

    def _clear(self) -> None:
        self.choose(None)

    def _propagate(self) -> None:
        """Out of the current frame where it lies in the range, else from its nearer end; nothing beyond is touched."""
        if self.chosen is None:
            return
        self._session.go_to(min(max(self._session.frame, self.chosen.first), self.chosen.last))
        self._session.propagate_within(self.chosen.first, self.chosen.last)

    def _delete_tracked(self) -> None:
        """Take the selected Track's tracked boxes away; what the person has set stays."""
        track, document = self._session.track, self._session.document
        if self.chosen is None or track is None or self._session.edits.is_barred(track.id):
            return
        self._session.cancel()
        before = track.boxes.slice(self.chosen.first, self.chosen.last)
        if not len(before):
            self.refused.emit(
                self.tr("There is no tracked box of this track from frame {0} to {1}.").format(
                    self.chosen.first + self._settings.frame_base, self.chosen.last + self._settings.frame_base
                )
            )
            return
        command = ApplyPropagation(document, track.id, self.chosen.first, self.chosen.last, before, TrackedBoxes())
        command.setText(self.tr("Delete tracked boxes"))
        try:
            document.push(command)
        except AppError as error:
            self.refused.emit(str(error))

    def _play(self) -> None:
        if self.chosen is not None:
            self._session.go_to(self.chosen.first)
            self._session.play(self._settings.playback_speed)
            self._playing_to = self.chosen.last

    def _stop_at_the_end(self, frame: int) -> None:
        if self._playing_to is None:
            return
        if not self._session.playing:
            self._playing_to = None
        elif frame >= self._playing_to:
            end, self._playing_to = self._playing_to, None
            self._session.go_to(end)

    def _zoom(self) -> None:
        if self.chosen is not None:
            self._panel.axis.set_range(self.chosen.first - 0.5, self.chosen.last + 0.5)

    def _export(self) -> None:
        if self.chosen is not None:
            self.export_wanted.emit(self.chosen)

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self._panel)
        for action in _MENU:
            if action is None:
                menu.addSeparator()
            else:
                menu.addAction(self._actions[action])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _last_frame(self) -> int:
        sequence = self._session.sequence
        return sequence.frame_count - 1 if sequence is not None else 0
