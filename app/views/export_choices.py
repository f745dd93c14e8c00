"""What every format lets the person choose: which sequences, tracks, frames and boxes."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QWidget,
)

from app.document.model import Project, Sequence, Track
from app.formats.options import ExportOptions, OptionValue, Splits
from app.views.frame_range import FrameRange
from app.views.number_margin import with_margin

_LIST_HEIGHT = 112
_WIDEST_LABEL = 240
_LABEL_MARGIN = 4


class ExportChoices(QWidget):
    """Rows for the common options.

    Args:
        project: What is exported.
        sequence: The one on the screen.
        frames: Of that one, where only some are wanted.
        frame_base: Number that the first frame has on the screen.
        parent: Qt owner.

    Attributes:
        form: The rows.
    """

    changed = Signal()

    def __init__(
        self,
        project: Project,
        sequence: Sequence,
        frames: FrameRange | None = None,
        frame_base: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._sequence = sequence
        self._base = frame_base
        longest = max(it.frame_count for it in project.sequences.values()) - 1
        self._which = _combo(
            self.tr("Sequences"),
            [
                (self.tr("All {0}").format(len(project.sequences)), None),
                (self.tr("Only “{0}”").format(sequence.name), sequence.id),
            ],
        )
        self._boxes = _combo(
            self.tr("Boxes"),
            [(self.tr("On every frame"), False), (self.tr("Only those I have set"), True)],
        )
        self._first = _whole(self.tr("First frame"), frame_base, longest + frame_base, frame_base)
        self._last = _whole(self.tr("Last frame"), frame_base, longest + frame_base, longest + frame_base)
        self._step = _whole(self.tr("Every n-th frame"), 1, max(1, longest), 1)
        self._visibility = _share(self.tr("Smallest visible share"))
        self._score = _share(self.tr("Smallest score"))
        self._scores = QCheckBox(self.tr("Write the tracker's confidence as score"))
        self._scores.setChecked(True)
        self._pictures = QCheckBox(self.tr("Write the frames as pictures too"))
        self._split = QCheckBox(self.tr("for validation"))
        self._val = _percent(self.tr("Percent for validation"), 20)
        self._test = _percent(self.tr("Percent for test"), 0)
        self._project = project
        self._left_out: set[int] = set()
        self._listed_of: int | None = None
        self._tracks = self._track_list()
        self._lay_out(several=len(project.sequences) > 1)
        if frames is not None:
            self._which.setCurrentIndex(1)
            self._first.setValue(frames.first + frame_base)
            self._last.setValue(frames.last + frame_base)
        self._connect()
        self._show_tracks()

    @property
    def only_sequence(self) -> int | None:
        """Id of the one Sequence that is chosen; None for all."""
        chosen: int | None = self._which.currentData()
        return chosen

    @property
    def makes_folder(self) -> bool:
        """Whether any format becomes a folder by what is chosen."""
        return self._pictures.isChecked() or self._split.isChecked()

    def options(self, own: dict[str, OptionValue]) -> ExportOptions:
        """What is chosen, with the options of the format."""
        only = self.only_sequence
        last = self._last.value()
        return ExportOptions(
            sequence_ids=None if only is None else frozenset({only}),
            track_ids=self._chosen_tracks(),
            first_frame=self._first.value() - self._base,
            last_frame=None if last == self._last.maximum() else last - self._base,
            frame_step=self._step.value(),
            keyframes_only=bool(self._boxes.currentData()),
            minimum_visibility=self._visibility.value(),
            minimum_score=self._score.value(),
            write_scores=self._scores.isChecked(),
            pictures=self._pictures.isChecked(),
            splits=self._splits() if self._split.isChecked() else None,
            own=own,
        )

    def _splits(self) -> Splits:
        val = self._val.value() / 100
        return Splits(val, min(self._test.value() / 100, 1 - val))

    def _chosen_tracks(self) -> frozenset[int] | None:
        if not self._left_out:
            return None
        tracks = (track_id for sequence in self._project.sequences.values() for track_id in sequence.tracks)
        return frozenset(it for it in tracks if it not in self._left_out)

    def _track_list(self) -> QListWidget:
        listed = QListWidget()
        listed.ensurePolished()  # rows are measured before the dialog is shown
        listed.setAccessibleName(self.tr("Tracks"))
        listed.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        listed.setFixedHeight(_LIST_HEIGHT)
        # all rows are one line; measured anew for each that is added, a thousand hold the window up
        listed.setUniformItemSizes(True)
        return listed

    def listing(self) -> Iterator[None]:
        """List the Tracks, one at a time: for who has other things to do in between."""
        for sequence in self._project.sequences.values():
            for track in sequence.tracks.values():
                self._list_track(sequence, track)
                yield

    def _list_track(self, sequence: Sequence, track: Track) -> None:
        name = track.name or self.tr("Track {0}").format(track.id)
        text = f"{track.id}  {name}  ·  {self._project.categories[track.category_id].name}"
        item = QListWidgetItem(text if len(self._project.sequences) == 1 else f"{text}  ·  {sequence.name}")
        item.setData(Qt.ItemDataRole.UserRole, (sequence.id, track.id))
        item.setToolTip(item.text())
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked)
        self._tracks.addItem(item)
        if self._listed_of not in {None, sequence.id}:
            item.setHidden(True)

    def _track_changed(self, item: QListWidgetItem) -> None:
        track_id = item.data(Qt.ItemDataRole.UserRole)[1]
        was_chosen, is_chosen = track_id not in self._left_out, item.checkState() is Qt.CheckState.Checked
        if is_chosen != was_chosen:
            (self._left_out.discard if is_chosen else self._left_out.add)(track_id)
            self._change()

    def _show_tracks(self) -> None:
        """Only those of the chosen Sequences."""
        only = self.only_sequence
        if only == self._listed_of:
            return
        self._listed_of = only
        for row in range(self._tracks.count()):
            item = self._tracks.item(row)
            item.setHidden(only is not None and item.data(Qt.ItemDataRole.UserRole)[0] != only)

    def _lay_out(self, *, several: bool) -> None:
        self.form = form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.addRow(self.tr("Sequences"), self._which)
        form.setRowVisible(self._which, several)
        form.addRow(self.tr("Tracks"), self._tracks)
        form.addRow(self.tr("Frames"), _row(self._first, self.tr("to"), self._last, self.tr("every"), self._step, None))
        form.addRow(self.tr("Boxes"), self._boxes)
        form.addRow(
            self.tr("Leave out"),
            _row(self.tr("visible less than"), self._visibility, self.tr("score less than"), self._score, None),
        )
        form.addRow("", self._scores)
        form.addRow("", self._pictures)
        split = _row(self._split, self._val, self.tr("for test"), self._test, None)
        form.addRow(self.tr("Set sequences aside"), split)
        form.setRowVisible(split, several)

    def _connect(self) -> None:
        for combo in (self._which, self._boxes):
            combo.currentIndexChanged.connect(self._change)
        for number in (self._first, self._last, self._step, self._val, self._test):
            number.valueChanged.connect(self._change)
        for share in (self._visibility, self._score):
            share.valueChanged.connect(self._change)
        for check in (self._scores, self._pictures, self._split):
            check.toggled.connect(self._change)
        self._tracks.itemChanged.connect(self._track_changed)

    def _change(self) -> None:
        self._last.setMinimum(self._first.value())
        for number in (self._val, self._test):
            number.setEnabled(self._split.isChecked())
        self._show_tracks()
        self.changed.emit()


def align_labels(*forms: QFormLayout) -> None:
    """Make the labels of several forms one column."""
    labels = []
    for form in forms:
        items = [form.itemAt(row, QFormLayout.ItemRole.LabelRole) for row in range(form.rowCount())]
        labels += [widget for it in items if it is not None and isinstance(widget := it.widget(), QLabel)]
    # by the text itself: what a label wants remembers its smallest width of before once the theme has changed
    wanted = [label.fontMetrics().horizontalAdvance(label.text()) + _LABEL_MARGIN for label in labels]
    width = min(max(wanted), _WIDEST_LABEL)
    for label in labels:
        label.setWordWrap(True)
        label.setFixedWidth(width)


def _combo(name: str, items: list[tuple[str, object]]) -> QComboBox:
    combo = QComboBox()
    combo.setAccessibleName(name)
    for text, value in items:
        combo.addItem(text, value)
    return combo


def _whole(name: str, low: int, high: int, value: int) -> QSpinBox:
    number = with_margin(QSpinBox())
    number.setAccessibleName(name)
    number.setRange(low, high)
    number.setValue(value)
    return number


def _percent(name: str, value: int) -> QSpinBox:
    number = _whole(name, 0, 100, value)
    number.setSuffix(" %")
    number.setSingleStep(5)
    number.setEnabled(False)
    return number


def _share(name: str) -> QDoubleSpinBox:
    number = with_margin(QDoubleSpinBox())
    number.setAccessibleName(name)
    number.setRange(0, 1)
    number.setSingleStep(0.05)
    return number


def _row(*parts: QWidget | str | None) -> QWidget:
    """Widgets and words beside each other; None for what is left over."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for part in parts:
        if part is None:
            row.addStretch(1)
        else:
            row.addWidget(QLabel(part) if isinstance(part, str) else part)
    return holder
