"""The Sequences of the project as Qt's list model: how far each is, and what is in it, worked out as it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.document.model import Sequence, SequenceState
from app.views.changed_part import changed_part
from app.views.icons import icon
from app.views.step_by_step import StepByStep
from app.views.tokens import Tokens
from app.views.wording import shortened

_ICONS = {
    SequenceState.UNTOUCHED: "circle",
    SequenceState.IN_PROGRESS: "circle-dot",
    SequenceState.DONE: "circle-check",
}
_AT_ONCE = 300
"""Tracks whose boxes are counted in one turn, or fewer where there are rows to lay out anew."""
_ROW_COST = 20
"""As many Tracks are counted while one row is laid out."""
_Index = QModelIndex | QPersistentModelIndex


class SequenceModel(QAbstractListModel):
    """One row a Sequence.

    Args:
        tokens: Colours of the theme.
        parent: Qt owner.

    Attributes:
        sequences: Row by row.
    """

    def __init__(self, tokens: Tokens, parent: QObject) -> None:
        super().__init__(parent)
        self.sequences: list[Sequence] = []
        self._tokens = tokens
        self._boxes: dict[int, tuple[int, int]] = {}
        self._counted: Iterator[int] = iter(())
        self._in_count: set[int] = set()
        self._shown: dict[int, tuple[object, ...]] = {}
        self._counting = StepByStep(self)

    def set_theme(self, tokens: Tokens) -> None:
        """Use other colours."""
        self._tokens = tokens
        self._rows_changed(0, len(self.sequences) - 1)

    def show(self, sequences: Iterable[Sequence]) -> None:
        """List these as they are now, and count the boxes of those of which that is not known."""
        shown, before = list(sequences), self.sequences
        same, end = changed_part([it.id for it in before], [it.id for it in shown])
        # only what has come and gone between the others: the list stays where it was scrolled to
        if len(before) > same + end:
            self.beginRemoveRows(QModelIndex(), same, len(before) - end - 1)
            self.sequences = before[:same] + before[len(before) - end :]
            self.endRemoveRows()
        if len(shown) > same + end:
            self.beginInsertRows(QModelIndex(), same, len(shown) - end - 1)
            self.sequences = shown
            self.endInsertRows()
        self.sequences = shown
        # Qt lays all rows out where it hears of some: of a thousand mostly none has changed
        said = {it.id: self._said(it) for it in shown}
        others = [row for row, it in enumerate(shown) if self._shown.get(it.id) != said[it.id]]
        self._shown = said
        if others:
            self._rows_changed(others[0], others[-1])
        self._counting.forget()
        self._counted = self._count([(row, it) for row, it in enumerate(shown) if self._known_boxes(it) is None])
        self._count_on()

    def forget_count(self, sequence_id: int) -> None:
        """Count the boxes of a Sequence again when it is listed next; the Tracks that come and go are noticed."""
        self._boxes.pop(sequence_id, None)
        self._in_count.discard(sequence_id)

    def row_of(self, sequence_id: int) -> int:
        """The row of a Sequence; -1 where it is not listed."""
        return next((row for row, it in enumerate(self.sequences) if it.id == sequence_id), -1)

    def shape(self, row: int) -> tuple[int, bool]:
        """How many lines a row has, and whether all its own words are of the plainest letters."""
        sequence = self.sequences[row]
        own = sequence.name, sequence.note.partition("\n")[0]
        return 2 + sum(map(bool, own)), all(map(str.isascii, own))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008  # Qt's name and form
        """Number of Sequences."""
        return 0 if parent.isValid() else len(self.sequences)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a row shows and says."""
        sequence = self.sequences[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(sequence)
        if role == Qt.ItemDataRole.DecorationRole:
            return icon(_ICONS[sequence.state], self._tokens)
        if role == Qt.ItemDataRole.ToolTipRole:
            frames = self.tr("{0} frames").format(sequence.frame_count)
            return "\n".join(filter(None, (sequence.path, frames, shortened(sequence.note))))
        return None

    def _text(self, sequence: Sequence) -> str:
        state = {
            SequenceState.UNTOUCHED: self.tr("untouched"),
            SequenceState.IN_PROGRESS: self.tr("in progress"),
            SequenceState.DONE: self.tr("done"),
        }[sequence.state]
        boxes = self._known_boxes(sequence)
        known = self.tr("tracks: {0}, boxes: {1}").format(len(sequence.tracks), "…" if boxes is None else boxes)
        # a line each: the panel is narrow, and cut in their middle they say nothing
        return "\n".join(filter(None, (sequence.name, state, known, sequence.note.partition("\n")[0])))

    def _rows_changed(self, first: int, last: int) -> None:
        if first <= last:
            self.dataChanged.emit(self.index(first), self.index(last))

    def _said(self, sequence: Sequence) -> tuple[object, ...]:
        """All that a row shows."""
        return sequence.name, sequence.state, len(sequence.tracks), self._known_boxes(sequence), sequence.note

    def _known_boxes(self, sequence: Sequence) -> int | None:
        tracks, boxes = self._boxes.get(sequence.id, (-1, 0))
        return boxes if tracks == len(sequence.tracks) else None

    def _count_on(self) -> None:
        """Some now, the others in turns of their own: there can be hundreds, and thousands of Tracks in one of them."""
        spent = 0
        for cost in self._counted:
            spent += cost
            if spent >= _AT_ONCE:
                self._counting.begin(self._count_on)
                return

    def _count(self, rows: list[tuple[int, Sequence]]) -> Iterator[int]:
        for row, sequence in rows:
            boxes, tracks = 0, list(sequence.tracks.values())
            self._in_count.add(sequence.id)
            for track in tracks:
                boxes += track.count_of_frames()
                yield 1
            if sequence.id in self._in_count:  # else boxes have changed meanwhile, and it will be listed again
                self._boxes[sequence.id] = (len(tracks), boxes)
                self._shown[sequence.id] = self._said(sequence)
                self._rows_changed(row, row)
            yield _ROW_COST
