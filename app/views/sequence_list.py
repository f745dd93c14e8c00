"""The Sequences dock: the videos and image folders of the project, how far each is, and what is in it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QMenu, QPushButton, QVBoxLayout, QWidget

from app.document.model import Sequence, SequenceState
from app.views.action_table import ActionId
from app.views.actions import Actions
from app.views.icons import icon
from app.views.step_by_step import StepByStep
from app.views.tokens import Tokens
from app.views.wording import shortened

_ID_ROLE = Qt.ItemDataRole.UserRole
_ABOUT_ROLE = Qt.ItemDataRole.UserRole + 1
_ICONS = {
    SequenceState.UNTOUCHED: "circle",
    SequenceState.IN_PROGRESS: "circle-dot",
    SequenceState.DONE: "circle-check",
}
_ICON_SIZE = 18
_AT_ONCE = 600
"""Tracks whose boxes are counted in one turn, or fewer where there are rows to write."""
_ROW_COST = 20
"""As many Tracks are counted while one row is laid out."""
_MENU = (ActionId.SEQUENCE_DONE, ActionId.SEQUENCE_NOTE, None, ActionId.REMOVE_SEQUENCE)


class SequenceList(QWidget):
    """One row a Sequence, the one on the screen highlighted.

    Args:
        actions: The window's.
        tokens: Colours of the theme.
        parent: Qt owner.
    """

    sequence_chosen = Signal(int)

    def __init__(self, actions: Actions, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._tokens = tokens
        self._following = False
        self.listed: tuple[list[Sequence], int] = ([], 0)
        self._boxes: dict[int, tuple[int, int]] = {}
        self._counted: Iterator[int] = iter(())
        self._in_count: set[int] = set()
        self._counting = StepByStep(self)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Sequences of the project"))
        self.list.setIconSize(QSize(_ICON_SIZE, _ICON_SIZE))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.list.currentItemChanged.connect(self._chosen)
        add = QPushButton(self.tr("Add video…"))
        add.setToolTip(actions[ActionId.ADD_VIDEO].toolTip())
        add.clicked.connect(actions[ActionId.ADD_VIDEO].trigger)
        folder = QPushButton(self.tr("Add folder…"))
        folder.setToolTip(actions[ActionId.ADD_FOLDER].toolTip())
        folder.clicked.connect(actions[ActionId.ADD_FOLDER].trigger)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(8, 8, 8, 8)
        buttons.setSpacing(8)
        buttons.addWidget(add, 1)
        buttons.addWidget(folder, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)

    @property
    def texts(self) -> list[str]:
        """What the rows say."""
        return [self.list.item(row).text() for row in range(self.list.count())]

    def set_theme(self, tokens: Tokens) -> None:
        """Use other colours."""
        self._tokens = tokens
        self.show_sequences(*self.listed)

    def show_sequences(self, sequences: list[Sequence], current: int) -> None:
        """List these; ``current`` is the id of the one on the screen."""
        self.listed = (sequences, current)
        self._following = True
        while self.list.count() > len(sequences):
            self.list.takeItem(self.list.count() - 1)
        while self.list.count() < len(sequences):
            self.list.addItem(QListWidgetItem())
        for row, sequence in enumerate(sequences):
            self._show_row(row, sequence)
            if sequence.id == current:
                self.list.setCurrentRow(row)
        self._following = False
        self._counting.forget()
        self._counted = self._count([(row, it) for row, it in enumerate(sequences) if self._known_boxes(it) is None])
        self._count_on()

    def forget_count(self, sequence_id: int) -> None:
        """Count the boxes of a Sequence again when it is listed next; the Tracks that come and go are noticed."""
        self._boxes.pop(sequence_id, None)
        self._in_count.discard(sequence_id)

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
                self._describe(row, sequence)
            yield _ROW_COST

    def _show_row(self, row: int, sequence: Sequence) -> None:
        about = (sequence.id, sequence.state, sequence.path, sequence.frame_count, sequence.note, self._tokens)
        item = self.list.item(row)
        if item.data(_ABOUT_ROLE) != about:  # a list of hundreds is laid out anew for each row that is set
            item.setData(_ABOUT_ROLE, about)
            item.setData(_ID_ROLE, sequence.id)
            item.setIcon(icon(_ICONS[sequence.state], self._tokens))
            frames = self.tr("{0} frames").format(sequence.frame_count)
            item.setToolTip("\n".join(filter(None, (sequence.path, frames, shortened(sequence.note)))))
        self._describe(row, sequence)

    def _describe(self, row: int, sequence: Sequence) -> None:
        state = {
            SequenceState.UNTOUCHED: self.tr("untouched"),
            SequenceState.IN_PROGRESS: self.tr("in progress"),
            SequenceState.DONE: self.tr("done"),
        }[sequence.state]
        boxes = self._known_boxes(sequence)
        known = self.tr("tracks: {0}, boxes: {1}").format(len(sequence.tracks), "…" if boxes is None else boxes)
        # a line each: the panel is narrow, and cut in their middle they say nothing
        lines = (sequence.name, state, known, sequence.note.partition("\n")[0])
        text = "\n".join(filter(None, lines))
        if self.list.item(row).text() != text:
            self.list.item(row).setText(text)

    def _chosen(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None and not self._following:
            self.sequence_chosen.emit(item.data(_ID_ROLE))

    def _show_menu(self, position: QPoint) -> None:
        menu = QMenu(self)
        for action in _MENU:
            if action is None:
                menu.addSeparator()
            else:
                menu.addAction(self._actions[action])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.list.viewport().mapToGlobal(position))
