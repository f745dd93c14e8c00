"""The Memory dock: what the tracker has learned the object from, what each sample counts, and a way to take one out."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QHideEvent, QImage, QPixmap, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.session.messages import MemorySample
from app.views.actions import TAKES_ENTER
from app.views.thumbnails import image_of
from app.views.wording import origin_text

_ICON = 48


class MemoryModel(QStringListModel):
    """One row a frame: first those that are in the memory, then those that were taken out; Qt itself counts them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._samples: tuple[MemorySample, ...] = ()
        self._out: tuple[int, ...] = ()
        self._base = 0
        self._pixmaps: dict[int, QPixmap] = {}

    def set_samples(self, samples: tuple[MemorySample, ...], out: tuple[int, ...], frame_base: int) -> None:
        """List other samples.

        Args:
            samples: In the memory, in their order.
            out: Frames that were taken out and may be put back, ascending.
            frame_base: Number of the first frame on the screen.
        """
        known = {it.frame: self._pixmap(it) for it in samples}
        self._pixmaps = {**{frame: self._pixmaps[frame] for frame in out if frame in self._pixmaps}, **known}
        self._samples = tuple(it for it in samples if it.frame not in out)
        self._out, self._base = out, frame_base
        self.setStringList([""] * (len(self._samples) + len(out)))

    def frame(self, row: int) -> int:
        """The frame of a row."""
        count = len(self._samples)
        return self._samples[row].frame if row < count else self._out[row - count]

    def is_out(self, row: int) -> bool:
        """Whether the frame of a row was taken out."""
        return row >= len(self._samples)

    def row_of(self, frame: int) -> int:
        """The row of a frame, -1 where it is not listed."""
        return next((row for row in range(self.rowCount()) if self.frame(row) == frame), -1)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a row shows and says."""
        row = index.row()
        frame = self.frame(row)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            between = "\n" if role == Qt.ItemDataRole.DisplayRole else ": "
            name = self.tr("Frame {0}").format(frame + self._base)
            if self.is_out(row):
                return f"{name}{between}{self.tr('taken out')}"
            sample = self._samples[row]
            return f"{name}  ·  {_percent(sample)}{between}{origin_text(sample.origin)}"
        if role == Qt.ItemDataRole.ToolTipRole and not self.is_out(row):
            return self.tr("Counts {0} of all that the tracker learns from").format(_percent(self._samples[row]))
        if role == Qt.ItemDataRole.DecorationRole:
            return self._pixmaps.get(frame)
        return None

    def _pixmap(self, sample: MemorySample) -> QPixmap:
        if sample.thumbnail is None:
            empty = QPixmap(_ICON, _ICON)
            empty.fill(Qt.GlobalColor.darkGray)
            return empty
        image: QImage = image_of(sample.thumbnail)
        return QPixmap.fromImage(image)


def _percent(sample: MemorySample) -> str:
    return f"{100 * sample.weight:.1f} %"


class MemoryPanel(QWidget):
    """List with a button; without samples it says when there will be some.

    Signals:
        visible_changed: Whether it is looked at.
        learning_chosen: (frame, whether the tracker is to learn from it).
        frame_requested: Go to this frame.
    """

    visible_changed = Signal(bool)
    learning_chosen = Signal(int, bool)
    frame_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = MemoryModel(self)
        self._title = QLabel()
        self._title.setProperty("role", "section")
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setAccessibleName(self.tr("Samples in the tracker's memory"))
        self.list.setProperty(TAKES_ENTER, True)
        self.list.setUniformItemSizes(True)
        self.list.setIconSize(QSize(_ICON, _ICON))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.selectionModel().selectionChanged.connect(self._allow)
        self.list.activated.connect(self._go)
        self._empty = QLabel(
            self.tr("What the tracker learns the object from is shown here while it runs and after a correction.")
        )
        self._empty.setProperty("role", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(16, 16, 16, 16)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.list)
        self.button = QPushButton()
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self._choose)
        show = QPushButton(self.tr("Show frame"))
        show.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        show.setToolTip(self.tr("Go to the frame of the sample"))
        show.clicked.connect(self._show_frame)
        self._show = show
        head, buttons = QHBoxLayout(), QHBoxLayout()
        head.setContentsMargins(12, 8, 8, 4)
        head.addWidget(self._title, 1)
        buttons.setContentsMargins(8, 8, 8, 8)
        buttons.setSpacing(8)
        buttons.addWidget(self.button, 1)
        buttons.addWidget(show, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)
        layout.addLayout(buttons)
        self._allow()

    def set_samples(self, samples: tuple[MemorySample, ...], out: tuple[int, ...], frame_base: int) -> None:
        """List other samples; the frame that was chosen stays so, where it is still there.

        One that has just been taken out goes to the end; what has moved up in its place is chosen, to be the next.
        """
        before = self._row()
        chosen = self.model.frame(before) if before >= 0 else -1
        was_in = before >= 0 and not self.model.is_out(before)
        self.model.set_samples(samples, out, frame_base)
        row = self.model.row_of(chosen)
        if row >= 0:
            place = before if was_in and self.model.is_out(row) else row
            self.list.setCurrentIndex(self.model.index(min(place, self.model.rowCount() - 1)))
        there = self.model.rowCount() > 0
        self._stack.setCurrentWidget(self.list if there else self._empty)
        self._title.setText(self.tr("Frames in memory: {0}").format(self.model.rowCount() - len(out)) if there else "")
        self._allow()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's name
        """Somebody looks."""
        super().showEvent(event)
        self.visible_changed.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  # Qt's name
        """Nobody looks any more."""
        super().hideEvent(event)
        self.visible_changed.emit(False)

    def _row(self) -> int:
        index = self.list.currentIndex()
        return index.row() if index.isValid() else -1

    def _allow(self) -> None:
        row = self._row()
        self.button.setEnabled(row >= 0)
        self._show.setEnabled(row >= 0)
        out = row >= 0 and self.model.is_out(row)
        self.button.setText(self.tr("Put back") if out else self.tr("Take out"))
        self.button.setToolTip(
            self.tr("Let the tracker learn from this frame again")
            if out
            else self.tr("The tracker forgets this frame and never learns from it; undo puts it back")
        )

    def _choose(self) -> None:
        row = self._row()
        if row >= 0:
            self.learning_chosen.emit(self.model.frame(row), self.model.is_out(row))

    def _show_frame(self) -> None:
        self._go(self.list.currentIndex())

    def _go(self, index: QModelIndex) -> None:
        if index.isValid():
            self.frame_requested.emit(self.model.frame(index.row()))
