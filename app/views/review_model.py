"""The review queue as a Qt list, with a small picture of each frame that has been on the screen."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QStringListModel, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from app.media.frame_source import Frame
from app.session.doubtful import Doubtful
from app.spoken import confirm_key
from app.views.thumbnails import box_thumbnail
from app.views.tokens import Tokens
from app.views.wording import doubt_text
from tracker.geometry import BoundingBox

THUMBNAIL = 40
_KEPT = 600


class ReviewModel(QStringListModel):
    """One row an entry.

    Qt itself counts the rows, a list of empty texts: a view that lays itself out asks once for each row.

    Args:
        tokens: The theme in use.
        parent: Qt owner.
    """

    def __init__(self, tokens: Tokens, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tokens = tokens
        self._entries: tuple[Doubtful, ...] = ()
        self._names: dict[int, str] = {}
        self._base = 0
        self._thumbnails: dict[tuple[int, int], QImage] = {}

    def set_theme(self, tokens: Tokens) -> None:
        """Use other colours."""
        self._tokens = tokens
        self.setStringList(self.stringList())

    def set_entries(self, entries: tuple[Doubtful, ...], names: dict[int, str], frame_base: int) -> None:
        """List other entries.

        Args:
            entries: In their order.
            names: Track id -> what it is called.
            frame_base: Number of the first frame on the screen.
        """
        self._entries, self._names, self._base = entries, names, frame_base
        self.setStringList([""] * len(entries))

    def keep_thumbnail(self, track_id: int, frame: int, picture: Frame, box: BoundingBox) -> None:
        """A frame of an entry is on the screen: keep the part round the box."""
        self._thumbnails.pop((track_id, frame), None)
        self._thumbnails[track_id, frame] = box_thumbnail(picture, box, THUMBNAIL)
        if len(self._thumbnails) > _KEPT:
            del self._thumbnails[next(iter(self._thumbnails))]

    def clear_thumbnails(self) -> None:
        """Another Sequence is on the screen."""
        self._thumbnails.clear()

    def entry(self, row: int) -> Doubtful:
        """The entry of a row."""
        return self._entries[row]

    def row_of(self, entry: Doubtful | None) -> int:
        """The row of an entry, -1 where it is not listed."""
        return next((row for row, it in enumerate(self._entries) if it == entry), -1)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a row shows and says."""
        entry = self._entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{self._place(entry)}\n{doubt_text(entry.reason)}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._place(entry)}: {doubt_text(entry.reason)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tr("{0}\nFrames {1} to {2}. {3} accepts them, moving the box corrects.").format(
                doubt_text(entry.reason), entry.first + self._base, entry.last + self._base, confirm_key()
            )
        if role == Qt.ItemDataRole.DecorationRole:
            return self._picture(entry)
        return None

    def _place(self, entry: Doubtful) -> str:
        name = self._names.get(entry.track_id, str(entry.track_id))
        return self.tr("Frame {0}  ·  {1}").format(entry.frame + self._base, name)

    def _picture(self, entry: Doubtful) -> QPixmap:
        """The small picture, or an empty place; a bar at its left says how doubtful."""
        pixmap = QPixmap(THUMBNAIL + 6, THUMBNAIL)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.fillRect(6, 0, THUMBNAIL, THUMBNAIL, QColor(self._tokens.raised))
        thumbnail = self._thumbnails.get((entry.track_id, entry.frame))
        if thumbnail is not None:
            x, y = 6 + (THUMBNAIL - thumbnail.width()) // 2, (THUMBNAIL - thumbnail.height()) // 2
            painter.drawImage(x, y, thumbnail)
        height = max(round(THUMBNAIL * entry.degree), 4)
        painter.fillRect(
            0, THUMBNAIL - height, 3, height, QColor(self._tokens.bad if entry.degree > 0.5 else self._tokens.doubt)
        )
        painter.end()
        return pixmap
