"""Keeps the Sequences dock true to the project, and does what is asked of the Sequence on the screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.document.commands import RemoveSequence, SetSequenceNote, SetSequenceState
from app.document.model import SequenceState
from app.errors import AppError
from app.session.session import Session
from app.views.action_table import ActionId
from app.views.actions import Actions
from app.views.question_dialog import ask_words
from app.views.sequence_list import SequenceList

_COUNT_MS = 500


class SequencePresenter(QObject):
    """Lists, switches, describes and removes Sequences.

    Args:
        session: On the screen; also the Qt owner.
        actions: The window's.
        widget: The Sequences dock.
    """

    chosen = Signal(int)
    """Show this Sequence."""
    refused = Signal(str)
    """A sentence: why something asked for was not done."""

    def __init__(self, session: Session, actions: Actions, widget: SequenceList) -> None:
        super().__init__(session)
        self._session = session
        self._document = session.document
        self._list = widget
        self._is_stale = False
        # a run changes the counts many times a second; a person reads them a few times
        self._timer = QTimer(self, singleShot=True, interval=_COUNT_MS)
        self._timer.timeout.connect(self._show)
        document = session.document
        for signal in (document.sequence_added, document.sequence_changed):
            signal.connect(self._show_when_settled)
        document.settled.connect(self._show_if_stale)
        document.tracks_added.connect(self._recount_all)
        document.tracks_removed.connect(self._show_later)
        for changed in (document.keyframes_changed, document.boxes_changed):
            changed.connect(self._recount)
        document.boxes_arrived.connect(self._boxes_arrived)
        document.sequence_removed.connect(self._removed)
        session.sequence_opened.connect(self._show)
        widget.sequence_chosen.connect(self.chosen)
        for action, slot in (
            (ActionId.NEXT_SEQUENCE, self._next),
            (ActionId.PREVIOUS_SEQUENCE, self._previous),
            (ActionId.SEQUENCE_DONE, self._toggle_done),
            (ActionId.SEQUENCE_NOTE, self._write_note),
            (ActionId.REMOVE_SEQUENCE, self._remove),
        ):
            actions.on(action, slot)

    def list_all(self) -> None:
        """Show them as they are, with the one on the screen."""
        self._show()

    def _show(self, *_what: object) -> None:
        self._timer.stop()
        sequence = self._session.sequence
        self._list.show_sequences(self._document.project.sequences.values(), sequence.id if sequence else 0)

    def _show_when_settled(self, _sequence_id: int) -> None:
        self._is_stale = self._document.is_changing  # an import adds hundreds
        if not self._is_stale:
            self._show()

    def _show_if_stale(self) -> None:
        if self._is_stale:
            self._is_stale = False
            self._show()

    def _recount(self, track_id: int, *_frames: int) -> None:
        self._list.model.forget_count(self._document.sequence_of(track_id).id)
        self._show_later()

    def _boxes_arrived(self, _frame: int, track_ids: tuple[int, ...]) -> None:
        self._recount(track_ids[0])  # the others are of the same Sequence

    def _recount_all(self, track_ids: tuple[int, ...]) -> None:
        homes = self._document.homes()
        for sequence_id in set(map(homes.__getitem__, track_ids)):
            self._list.model.forget_count(sequence_id)
        self._show_later()

    def _show_later(self, *_what: object) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _next(self) -> None:
        self._go_beside(1)

    def _previous(self) -> None:
        self._go_beside(-1)

    def _go_beside(self, step: int) -> None:
        ids = list(self._document.project.sequences)
        sequence = self._session.sequence
        if sequence is not None and len(ids) > 1 and sequence.id in ids:
            self.chosen.emit(ids[(ids.index(sequence.id) + step) % len(ids)])

    def _removed(self, sequence_id: int) -> None:
        sequence = self._session.sequence
        if sequence is not None and sequence.id == sequence_id:
            ids = list(self._document.project.sequences)
            self.chosen.emit(next((it for it in ids if it > sequence_id), ids[-1]))  # which lists them anew
        else:
            self._show_when_settled(sequence_id)

    def _toggle_done(self) -> None:
        sequence = self._session.sequence
        if sequence is not None:
            state = None if sequence.marked is SequenceState.DONE else SequenceState.DONE
            self._push(lambda: SetSequenceState(self._document, sequence.id, state))

    def _write_note(self) -> None:
        sequence = self._session.sequence
        if sequence is None:
            return
        note = ask_words(
            self._list.window(),
            self.tr("Note on {0}").format(sequence.name),
            self.tr("Your words about it"),
            sequence.note,
        )
        if note is not None and note != sequence.note:
            self._push(lambda: SetSequenceNote(self._document, sequence.id, note))

    def _remove(self) -> None:
        sequence = self._session.sequence
        if sequence is None:
            return
        if len(self._document.project.sequences) == 1:
            self.refused.emit(self.tr("This is the only sequence of the project: add another one first, or close it."))
            return
        self._session.cancel()
        self._push(lambda: RemoveSequence(self._document, sequence.id))

    def _push(self, make: Callable[[], RemoveSequence | SetSequenceState | SetSequenceNote]) -> None:
        try:
            self._document.push(make())
        except AppError as error:
            self.refused.emit(str(error))
