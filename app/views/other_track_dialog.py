"""Choosing a second Track: to exchange boxes with, or to merge with a look at where both have boxes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from collections.abc import Sequence as Several

from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.document.model import Category, Sequence, Track
from app.document.track_parts import conflicts
from app.spoken import shown_frame

_SHOWN_SPANS = 8


class OtherTrackDialog(QDialog):
    """A list of the other Tracks of a Sequence; arrow keys choose, Enter takes.

    Args:
        track: The selected one, which is not in the list.
        sequence: Whose Tracks are listed.
        frame: On the screen; what lies nearest there may be proposed.
        categories: The project's.
        title: Of the window.
        prompt: What the other Track is for.
        verb: Text of the button.
        parent: Qt owner.
    """

    proposes_nearest = True
    """Objects that were mixed up are near each other; parts of one object never show on the same frame."""

    def __init__(
        self,
        track: Track,
        sequence: Sequence,
        frame: int,
        categories: Mapping[int, Category],
        title: str,
        prompt: str,
        verb: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._track = track
        self._sequence = sequence
        self.setWindowTitle(title)
        self.setMinimumWidth(380)
        label = QLabel(prompt)
        label.setWordWrap(True)
        self._list = QListWidget()
        self._list.ensurePolished()  # rows are measured before the dialog is shown
        self._list.setUniformItemSizes(True)  # all rows are one line, and not measured by the thousand
        self._list.setAccessibleName(self.tr("The other track"))
        label.setBuddy(self._list)
        self._others = [it for it in sequence.tracks.values() if it is not track]
        names = {category.id: f"  ·  {category.name}" for category in categories.values()}
        # at once: thousands of items made one by one hold the window up
        self._list.addItems([f"{it.id} {it.name}".strip() + names[it.category_id] for it in self._others])
        self._list.itemActivated.connect(self._accept_item)
        self._more = QVBoxLayout()
        self._more.setSpacing(8)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setText(verb)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(label)
        layout.addWidget(self._list)
        layout.addLayout(self._more)
        if not self._list.count():
            empty = QLabel(self.tr("There is no other track in this sequence."))
            empty.setProperty("role", "muted")
            layout.addWidget(empty)
        layout.addWidget(self._buttons)
        self._list.setCurrentRow(_nearest(track, self._others, frame) if self.proposes_nearest else 0)
        self._list.currentRowChanged.connect(self._chosen)
        self._list.setFocus()
        self._chosen(self._list.currentRow())

    @property
    def other_id(self) -> int:
        """Id of the Track that was chosen; 0 where there is none."""
        row = self._list.currentRow()
        return self._others[row].id if row >= 0 else 0

    def _accept_item(self, _item: QListWidgetItem) -> None:
        self.accept()

    def _chosen(self, row: int) -> None:
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(row >= 0)


def _nearest(track: Track, others: Several[Track], frame: int) -> int:
    """Place of the Track whose box lies nearest to that of ``track`` on a frame; the first where one has none there."""
    box = track.box_at(frame)
    if box is None:
        return 0
    x, y = box.center

    def distance(place: int) -> float:
        there = others[place].box_at(frame)
        return math.inf if there is None else math.hypot(there.center[0] - x, there.center[1] - y)

    return min(range(len(others)), key=distance, default=0)


class MergeDialog(OtherTrackDialog):
    """Shows on which frames both Tracks have boxes, and asks whose count there.

    Args:
        track: The selected one, which stays.
        sequence: Whose Tracks are listed.
        frame: On the screen.
        categories: The project's.
        parent: Qt owner.
    """

    proposes_nearest = False

    def __init__(
        self,
        track: Track,
        sequence: Sequence,
        frame: int,
        categories: Mapping[int, Category],
        parent: QWidget | None = None,
    ) -> None:
        self._preview = QLabel()
        self._preview.setWordWrap(True)
        self._mine, self._theirs = QRadioButton(), QRadioButton()
        super().__init__(
            track,
            sequence,
            frame,
            categories,
            self.tr("Merge tracks"),
            self.tr("Track {0} takes over the boxes of another track, which is then gone:").format(track.id),
            self.tr("Merge"),
            parent,
        )
        winners = QButtonGroup(self)
        self._mine.setText(self.tr("There, keep those of track {0}").format(track.id))
        self._mine.setChecked(True)
        for widget in (self._mine, self._theirs):
            winners.addButton(widget)
        for shown in (self._preview, self._mine, self._theirs):
            self._more.addWidget(shown)

    @property
    def other_wins(self) -> bool:
        """Whether the boxes of the Track that goes count where both have one."""
        return self._theirs.isChecked()

    @property
    def preview(self) -> str:
        """What is said of the frames on which both have boxes."""
        return self._preview.text()

    def _chosen(self, row: int) -> None:
        super()._chosen(row)
        other = self._sequence.tracks.get(self.other_id)
        spans = conflicts(self._track, other) if other is not None else []
        for widget in (self._mine, self._theirs):
            widget.setVisible(bool(spans))
        if other is None:
            self._preview.clear()
        elif spans:
            count = sum(last - first + 1 for first, last in spans)
            listed = ", ".join(
                f"{shown_frame(first)}–{shown_frame(last)}" if last > first else f"{shown_frame(first)}"
                for first, last in spans[:_SHOWN_SPANS]
            )
            more = self.tr(" and {0} more spans").format(len(spans) - _SHOWN_SPANS) if len(spans) > _SHOWN_SPANS else ""
            text = self.tr("Frames on which both have boxes: {0} ({1}{2}).")
            self._preview.setText(text.format(count, listed, more))
            self._theirs.setText(self.tr("There, take those of track {0}").format(other.id))
        else:
            self._preview.setText(self.tr("They never have boxes on the same frame."))
