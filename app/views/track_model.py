"""The Tracks of one Sequence as Qt's table model; renaming goes through the undo stack."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QColor, QIcon, QPixmap

from app.document.commands import RenameTrack
from app.document.document import Document
from app.document.model import Sequence, Track
from app.errors import AppError
from app.session.track_switches import TrackSwitches
from app.views.palette import shown_colour

COLUMN_TRACK, COLUMN_CATEGORY, COLUMN_FRAMES, COLUMN_SHOWN, COLUMN_LOCKED = range(5)
SWITCHES = (COLUMN_SHOWN, COLUMN_LOCKED)
_COUNT_MS = 250
_LONGEST_NAME = 300
"""Characters that are shown, more than the widest screen has room for."""
_SWATCH = 14
_Index = QModelIndex | QPersistentModelIndex


@lru_cache(maxsize=256)
def _swatch(colour: int) -> QIcon:
    """A Track's colour as a square, the same on a selected row."""
    picture = QPixmap(_SWATCH, _SWATCH)
    picture.fill(QColor.fromRgba(colour))
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon


class TrackModel(QAbstractTableModel):
    """Rows are Tracks in the order of their ids.

    Args:
        document: The open project.
        sequence: The Sequence on the screen.
        switches: Which Tracks are hidden, and which locked.
        parent: Qt owner.
    """

    def __init__(
        self, document: Document, sequence: Sequence, switches: TrackSwitches, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._switches = switches
        switches.changed.connect(self._switched)
        self._document = document
        self._sequence = sequence
        self._list_tracks()
        self._is_stale = self._are_names_stale = False
        self._counts: dict[int, int] = {}
        document.tracks_added.connect(self._tracks_changed)
        document.tracks_removed.connect(self._tracks_changed)
        document.settled.connect(self._show_stale)
        document.tracks_changed.connect(self._descriptions_changed)
        document.category_changed.connect(self._names_changed)
        document.boxes_changed.connect(self._boxes_changed)
        document.boxes_arrived.connect(self._boxes_arrived)
        document.keyframes_changed.connect(self._boxes_changed)
        # a run changes a count many times a second; a person reads it a few times
        self._count_timer = QTimer(self, singleShot=True, interval=_COUNT_MS)
        self._count_timer.timeout.connect(self._counts_changed)

    def track_id(self, row: int) -> int:
        """Id of the Track in a row; 0 where there is none."""
        return self._ids[row] if 0 <= row < len(self._ids) else 0

    def row_of(self, track_id: int) -> int:
        """Row of a Track; -1 where it has none."""
        return self._rows.get(track_id, -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008  # Qt's name and form
        """Number of Tracks."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008  # Qt's name and form
        """Track, category, frames, shown, locked."""
        return 0 if parent.isValid() else 5

    def headerData(  # noqa: N802  # Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Titles of the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        titles = (self.tr("Track"), self.tr("Category"), self.tr("Frames"), self.tr("Shown"), self.tr("Locked"))
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if section in SWITCHES else titles[section]  # they are as wide as an icon
        return titles[section] if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole} else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Names can be edited in place."""
        flags = super().flags(index)
        if index.column() in SWITCHES:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        is_locked = self._switches.is_locked(self.track_id(index.row()))
        if index.column() == COLUMN_TRACK and not self._document.read_only and not is_locked:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  # Qt's form
        """Text, colour swatch, alignment and a sentence for screen readers."""
        track = self._track(index.row())
        if track is None:
            return None
        is_switch = index.column() in SWITCHES
        return self._switch(track.id, index.column(), role) if is_switch else self._said(track, index.column(), role)

    def _said(self, track: Track, column: int, role: int) -> Any:  # noqa: ANN401  # Qt's form
        """What a cell with a text says of a Track."""
        if column == COLUMN_TRACK and role == Qt.ItemDataRole.EditRole:
            return track.name
        if column == COLUMN_TRACK and role == Qt.ItemDataRole.DecorationRole:
            return _swatch(shown_colour(track, self._document.project).rgba())
        if column == COLUMN_FRAMES and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ToolTipRole:
            counts = self.tr("{0} set by you, {1} tracked").format(len(track.keyframes), len(track.boxes))
            # whole, for the columns may be too narrow for it
            return "\n".join((self._text(track, COLUMN_TRACK), self._text(track, COLUMN_CATEGORY), counts))
        shown = role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
        return self._text(track, column) if shown else None

    def setData(  # noqa: N802  # Qt's name
        self,
        index: _Index,
        value: Any,  # noqa: ANN401  # Qt's form
        role: int = Qt.ItemDataRole.EditRole,
    ) -> bool:
        """Rename a Track, hide or lock it."""
        track = self._track(index.row())
        if track is not None and role == Qt.ItemDataRole.CheckStateRole and index.column() in SWITCHES:
            toggle = self._switches.toggle_hidden if index.column() == COLUMN_SHOWN else self._switches.toggle_locked
            toggle(track.id)
            return True
        if track is None or role != Qt.ItemDataRole.EditRole or str(value).strip() == track.name:
            return False
        try:
            self._document.push(RenameTrack(self._document, track.id, str(value)))
        except AppError:
            return False  # read-only: the window has said so
        return True

    def _switch(self, track_id: int, column: int, role: int) -> Any:  # noqa: ANN401  # Qt's form
        """What the cell says of whether a Track is shown or locked."""
        if column == COLUMN_SHOWN:
            on = not self._switches.is_hidden(track_id)
            said = self.tr("Shown: click to hide it") if on else self.tr("Hidden: click to show it")
        else:
            on = self._switches.is_locked(track_id)
            said = self.tr("Locked: click to unlock it") if on else self.tr("Not locked: click to lock it")
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        return said if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole} else None

    def _switched(self) -> None:
        if self._ids:
            self.dataChanged.emit(self.index(0, COLUMN_SHOWN), self.index(len(self._ids) - 1, COLUMN_LOCKED))

    def _track(self, row: int) -> Track | None:
        return self._sequence.tracks.get(self.track_id(row))

    def _text(self, track: Track, column: int) -> str:
        if column == COLUMN_CATEGORY:
            return self._document.project.categories[track.category_id].name
        if column == COLUMN_FRAMES:
            count = self._counts.get(track.id)
            if count is None:
                count = self._counts[track.id] = track.count_of_frames()
            return str(count)
        # Qt lays a text out whole to find where it is to be cut: thirty of thousands of characters hold the window up
        return f"{track.id}  {track.name:.{_LONGEST_NAME}}" if track.name else f"{track.id}"

    def _tracks_changed(self, track_ids: tuple[int, ...]) -> None:
        """Listed anew once for a command, which may have several parts."""
        for track_id in track_ids:
            self._counts.pop(track_id, None)
        self._is_stale = True
        if not self._document.is_changing:
            self._show_stale()

    def _list_tracks(self) -> None:
        self._ids = list(self._sequence.tracks)
        self._rows = {track_id: row for row, track_id in enumerate(self._ids)}

    def _show_stale(self) -> None:
        if self._is_stale and self._ids != list(self._sequence.tracks):
            self.beginResetModel()
            self._list_tracks()
            self.endResetModel()
        elif self._are_names_stale and self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, COLUMN_FRAMES))
        self._is_stale = self._are_names_stale = False

    def _descriptions_changed(self, track_ids: tuple[int, ...]) -> None:
        if any(it in self._rows for it in track_ids):
            self._names_changed()

    def _names_changed(self, _what: object = None) -> None:
        """Said once for a command, which may have several parts."""
        self._are_names_stale = True
        if not self._document.is_changing:
            self._show_stale()

    def _boxes_arrived(self, frame: int, track_ids: tuple[int, ...]) -> None:
        for track_id in track_ids:
            self._boxes_changed(track_id, frame, frame)

    def _boxes_changed(self, track_id: int, _first: int, _last: int) -> None:
        self._counts.pop(track_id, None)
        if not self._count_timer.isActive():
            self._count_timer.start()

    def _counts_changed(self) -> None:
        if self._ids:
            self.dataChanged.emit(self.index(0, COLUMN_FRAMES), self.index(len(self._ids) - 1, COLUMN_FRAMES))
