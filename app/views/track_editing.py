"""What the actions on whole Tracks and many frames do to the open Session, and what they ask first."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.session.session import Session
from app.spoken import shown_frame
from app.views.action_table import ActionId
from app.views.actions import Actions
from app.views.attributes_dialog import AttributesDialog
from app.views.other_track_dialog import MergeDialog, OtherTrackDialog
from app.views.question_dialog import ask_number

_MOST_COPIES = 10_000


class TrackEditing(QObject):
    """Ties menu and keys to the Session's ``track_edits``.

    Args:
        session: On the screen; also the Qt owner.
        actions: The window's.
        window: Parent of the dialogs.
    """

    copied = Signal()
    """A box has been copied."""

    def __init__(self, session: Session, actions: Actions, window: QWidget) -> None:
        super().__init__(session)
        self._session = session
        self._edits = session.track_edits
        self._window = window
        self._copies = 10
        for action, slot in (
            (ActionId.OUTSIDE, self._edits.toggle_outside),
            (ActionId.OCCLUDED, self._edits.toggle_occluded),
            (ActionId.INTERPOLATE, self._edits.toggle_interpolation),
            (ActionId.COPY_BOX, self._copy),
            (ActionId.PASTE_BOX, self._edits.paste_box),
            (ActionId.COPY_TO_NEXT, self._copy_to_next),
            (ActionId.DUPLICATE, self._edits.duplicate),
            (ActionId.SPLIT, self._edits.split),
            (ActionId.MERGE, self._merge),
            (ActionId.SWAP, self._swap),
            (ActionId.RAISE, self._raise),
            (ActionId.LOWER, self._lower),
            (ActionId.DELETE_KEYFRAME, self._edits.delete_here),
            (ActionId.DELETE_FROM_HERE, self._edits.delete_from_here),
            (ActionId.ATTRIBUTES, self._show_attributes),
            (ActionId.BOOKMARK, self._edits.toggle_bookmark),
            (ActionId.NEXT_BOOKMARK, self._next_bookmark),
            (ActionId.PREVIOUS_BOOKMARK, self._previous_bookmark),
        ):
            actions.on(action, slot)

    def _copy(self) -> None:
        if self._edits.copy_box():
            self.copied.emit()

    def _copy_to_next(self) -> None:
        self._session.hold_still()
        number = ask_number(
            self._window,
            self.tr("Copy to next frames"),
            self.tr("Number of frames after this one; those you have set stay as they are"),
            self._copies,
            1,
            _MOST_COPIES,
        )
        if number is not None:
            self._copies = number
            self._edits.copy_to_next(number)

    def _merge(self) -> None:
        track, sequence = self._session.track, self._session.sequence
        if track is None or sequence is None:
            return
        self._session.hold_still()  # what is asked about stays on the screen
        categories = self._session.document.project.categories
        dialog = MergeDialog(track, sequence, self._session.frame, categories, self._window)
        if dialog.exec() and dialog.other_id:
            self._edits.merge(dialog.other_id, other_wins=dialog.other_wins)
        dialog.deleteLater()

    def _swap(self) -> None:
        track, sequence = self._session.track, self._session.sequence
        if track is None or sequence is None:
            return
        self._session.hold_still()
        prompt = self.tr("From frame {0} on, exchange the boxes of track {1} with those of")
        dialog = OtherTrackDialog(
            track,
            sequence,
            self._session.frame,
            self._session.document.project.categories,
            self.tr("Swap from here on"),
            prompt.format(shown_frame(self._session.frame), track.id),
            self.tr("Swap"),
            self._window,
        )
        if dialog.exec() and dialog.other_id:
            self._edits.swap(dialog.other_id)
        dialog.deleteLater()

    def _show_attributes(self) -> None:
        dialog = AttributesDialog(self._session.document, self._session.edits.making, self._window)
        dialog.exec()
        dialog.deleteLater()

    def _raise(self) -> None:
        self._edits.move_in_order(1)

    def _lower(self) -> None:
        self._edits.move_in_order(-1)

    def _next_bookmark(self) -> None:
        self._go_to_bookmark(1)

    def _previous_bookmark(self) -> None:
        self._go_to_bookmark(-1)

    def _go_to_bookmark(self, direction: int) -> None:
        frame = self._edits.bookmark_beside(direction)
        if frame is not None:
            self._session.go_to(frame)
