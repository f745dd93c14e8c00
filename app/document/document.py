"""The open project: its data, its signals, its undo stack and its file, which always holds what is on the screen."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMetaObject, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from app.document import statements
from app.document.model import MAX_FRAMES, Category, Keyframe, Project, Sequence, Track
from app.document.project_file import check_header, read_project, upgrade, write_project
from app.document.project_lock import ProjectLock
from app.document.project_reader import LoadedProject
from app.document.source_path import project_path_for
from app.document.tracked_boxes import TrackedBox, TrackedBoxes
from app.document.write_through import WriteThrough
from app.errors import AppError

__all__ = ["Document", "create_project", "open_project", "project_path_for"]

T = TypeVar("T")

BATCH_MS = 250
"""Tracked boxes go to disk this often; what a killed process loses at most."""


def create_project(path: Path) -> Document:
    """Make a new, empty project file and open it.

    Raises:
        AppError: The file exists, or cannot be written there.
    """
    path = Path(path).absolute()
    write_project(path, Project())
    return open_project(path)


def open_project(path: Path) -> Document:
    """Open a project file; where it or its folder may not be written, for reading only.

    Raises:
        AppError: No project, damaged, made by a newer DiMPLE, or open elsewhere. Nothing on disk has changed.
    """
    path = Path(path).resolve()
    check_header(path)
    lock = _lock(path)
    try:
        loaded = read_project(path)
        if lock is not None:
            upgrade(path)
        return Document(path, loaded, lock)
    except BaseException:
        if lock is not None:
            lock.release()
        raise


class Document(QObject):
    """What is labelled, changed by commands alone. Made by ``create_project`` or ``open_project``; UI thread only.

    Each command, undo and redo is in the file before ``push``, ``undo`` or ``redo`` return; tracked boxes follow every
    ``BATCH_MS``. While the file cannot be written everything stays in memory and is written as soon as it can be.

    Attributes:
        project: The data; to be changed through commands only.
        undo_stack: Of this project.
        path: The project file.
        read_only: Whether the file may not be written; then there is nothing that changes the project.
    """

    opened = Signal()
    """Everything is new; emitted once when the event loop runs after opening."""
    sequence_added = Signal(int)
    track_added = Signal(int)
    track_removed = Signal(int)
    track_changed = Signal(int)
    """Name or category of a Track."""
    keyframes_changed = Signal(int, int, int)
    """Track, first and last frame."""
    boxes_changed = Signal(int, int, int)
    """Track, first and last frame."""
    category_added = Signal(int)
    category_changed = Signal(int)
    """Its name; or it has gone, by undo."""
    storage_failed = Signal(str)
    """Once for each spell without storage, with a sentence for the person."""

    def __init__(self, path: Path, loaded: LoadedProject, lock: ProjectLock | None) -> None:
        super().__init__()
        self.project = loaded.project
        self.path = path
        self.read_only = lock is None
        self.undo_stack = QUndoStack(self)
        self._lock = lock
        self._last_sequence_id, self._last_category_id, self._last_track_id = loaded.last_ids
        self._tracks = {
            track.id: track for sequence in self.project.sequences.values() for track in sequence.tracks.values()
        }
        self._arrived: dict[tuple[int, int], TrackedBox] = {}
        self._file = None if lock is None else WriteThrough(path, self._rewrite, self)
        if self._file is not None:
            self._file.failed.connect(self.storage_failed)
        self._batch_timer = QTimer(self, singleShot=True, interval=BATCH_MS)
        self._batch_timer.timeout.connect(self.flush)
        # by name: a Python callable waiting in a timer for a document that goes before has crashed the collector
        QMetaObject.invokeMethod(self, "opened", Qt.ConnectionType.QueuedConnection)

    @property
    def has_unwritten(self) -> bool:
        """Whether edits are in memory only, because the file cannot be written at the moment."""
        return self._file is not None and self._file.is_waiting

    def track(self, track_id: int) -> Track:
        """The Track with this id, at any number of Tracks at once.

        Raises:
            KeyError: There is none.
        """
        return self._tracks[track_id]

    def push(self, command: QUndoCommand) -> None:
        """Do a command and put it on the undo stack.

        Raises:
            AppError: The project is read-only.
        """
        self._require_writable()
        self.undo_stack.push(command)

    def add_sequence(
        self,
        path: str | Path,
        name: str,
        frame_count: int,
        width: int,
        height: int,
        fps: float,
        file_size: int = 0,
        fingerprint: str = "",
    ) -> Sequence:
        """Add a video or image folder; a path that is there already gives its Sequence. Not undoable.

        The arguments are the fields of ``SourceInfo``, in its order.

        Raises:
            AppError: The project is read-only, or the source is nothing a project can hold.
        """
        self._require_writable()
        path = str(Path(path).absolute())
        for sequence in self.project.sequences.values():
            if sequence.path == path:
                return sequence
        if any("\ud800" <= character <= "\udfff" for character in path):
            raise AppError(f"The name of {path!a} is not valid Unicode: rename the file.")
        if not 1 <= frame_count <= MAX_FRAMES:
            raise AppError(f"{path} has {frame_count} frames: a sequence has 1 to {MAX_FRAMES}.")
        self._last_sequence_id += 1
        sequence = Sequence(
            self._last_sequence_id, name, path, frame_count, width, height, float(fps), file_size, fingerprint
        )
        self.project.sequences[sequence.id] = sequence
        self._write(statements.put_sequence(sequence, self.path))
        self.sequence_added.emit(sequence.id)
        return sequence

    def relocate_sequence(self, sequence_id: int, path: Path) -> None:
        """The video or folder of a Sequence is at ``path`` now; no step of undo, for the world has changed.

        In a project that can only be read this holds until it is closed.
        """
        sequence = self.project.sequences[sequence_id]
        sequence.path = str(path.absolute())
        if not self.read_only:
            self._write(statements.relocate_sequence(sequence, self.path))

    def apply_tracked(self, track_id: int, frame: int, tracked: TrackedBox) -> None:
        """Take in a box from a run; keyframes stay as they are. A Track that has gone meanwhile is passed over.

        Raises:
            AppError: The project is read-only.
            ValueError: The frame is not in the Sequence, or the box is none.
        """
        self._require_writable()
        track = self._tracks.get(track_id)
        if track is None:
            return
        self.require_frame(track_id, frame)
        if not tracked.box.is_valid or tracked.score != tracked.score:
            raise ValueError(tracked)
        track.boxes.set(frame, tracked)
        self._arrived[track_id, frame] = tracked
        if not self._batch_timer.isActive():
            self._batch_timer.start()
        self.boxes_changed.emit(track_id, frame, frame)

    def flush(self) -> None:
        """Write the tracked boxes that have arrived since the last batch."""
        self._batch_timer.stop()
        if self._arrived:
            rows = [(track_id, frame, tracked) for (track_id, frame), tracked in self._arrived.items()]
            self._arrived = {}
            self._write(statements.put_boxes(rows))

    def close(self) -> None:
        """Write what is left and let others open the project; may be called twice. There is no undo afterwards."""
        self.flush()
        # commands and document hold each other, and Python's collector has crashed on taking both apart at once
        self.undo_stack.clear()
        if self._file is not None:
            self._file.close()
            self._file = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    # What follows is for the commands: each changes the data, writes one transaction and tells the views.

    def new_track_id(self) -> int:
        """An id that no Track ever had."""
        self._last_track_id += 1
        return self._last_track_id

    def new_category_id(self) -> int:
        """An id that no Category ever had."""
        self._last_category_id += 1
        return self._last_category_id

    def require_frame(self, track_id: int, frame: int) -> None:
        """Raise ValueError where ``frame`` is not in the Sequence of a Track."""
        count = self.project.sequence_of(track_id).frame_count
        if not 0 <= frame < count:
            raise ValueError(f"frame {frame} of {count}")

    def put_track(self, sequence_id: int, track: Track) -> None:
        """Add a Track, or put a removed one back with all it had."""
        _insert_in_order(self.project.sequences[sequence_id].tracks, track.id, track)
        self._tracks[track.id] = track
        self._write(statements.put_track(sequence_id, track))
        self.track_added.emit(track.id)

    def take_track(self, track_id: int) -> Track:
        """Remove a Track; gives it back with all it had."""
        track = self.project.sequence_of(track_id).tracks.pop(track_id)
        del self._tracks[track_id]
        self._write(statements.remove_track(track_id))
        self.track_removed.emit(track_id)
        return track

    def describe_track(self, track_id: int, name: str, category_id: int) -> None:
        """Set name and category of a Track."""
        track = self._tracks[track_id]
        track.name, track.category_id = name, category_id
        self._write(statements.describe_track(track))
        self.track_changed.emit(track_id)

    def put_category(self, category: Category) -> None:
        """Add a Category, or replace the one with its id."""
        is_new = category.id not in self.project.categories
        _insert_in_order(self.project.categories, category.id, category)
        self._write(statements.put_category(category))
        (self.category_added if is_new else self.category_changed).emit(category.id)

    def take_category(self, category_id: int) -> None:
        """Remove a Category that no Track has."""
        del self.project.categories[category_id]
        self._write(statements.remove_category(category_id))
        self.category_changed.emit(category_id)

    def put_keyframe(self, track_id: int, frame: int, keyframe: Keyframe | None) -> None:
        """Set the Keyframe of a frame; None removes it."""
        keyframes = self._tracks[track_id].keyframes
        if keyframe is None:
            keyframes.pop(frame, None)
        else:
            _insert_in_order(keyframes, frame, keyframe)
        self._write(statements.put_keyframe(track_id, frame, keyframe))
        self.keyframes_changed.emit(track_id, frame, frame)

    def replace_boxes(self, track_id: int, first: int, last: int, boxes: TrackedBoxes) -> None:
        """Make frames ``first .. last`` inclusive of the tracked layer what they are in ``boxes``."""
        track = self._tracks[track_id]
        if track.boxes.slice(first, last) == boxes.slice(first, last):
            # a run's end: its boxes are here already, and need only be in the file too
            self.flush()
            return
        track.boxes.replace(first, last, boxes)
        self._write(statements.replace_boxes(track_id, first, last, boxes))
        self.boxes_changed.emit(track_id, first, last)

    def _write(self, changes: list[statements.Statement]) -> None:
        # in the order in which they happened: a removed Track must not get its boxes afterwards
        self.flush()
        if self._file is not None:
            self._file.write(changes)

    def _rewrite(self) -> None:
        """Write everything anew, after the file has gone."""
        last_ids = (self._last_sequence_id, self._last_category_id, self._last_track_id)
        write_project(self.path, self.project, last_ids)

    def _require_writable(self) -> None:
        if self.read_only:
            raise AppError(f"{self.path} can only be read: copy it to a folder where you may write, and open the copy.")
        if self._file is None:
            raise AppError(f"{self.path} has been closed: open it again.")


def _insert_in_order(items: dict[int, T], key: int, value: T) -> None:
    """Set an entry so that the dict stays sorted by key, as it will be when read from the file."""
    at_end = key in items or not items or next(reversed(items)) < key
    items[key] = value
    if not at_end:
        ordered = sorted(items.items())
        items.clear()
        items.update(ordered)


def _lock(path: Path) -> ProjectLock | None:
    """The lock of a project, or None where nothing can be written."""
    try:
        with path.open("r+b"):
            return ProjectLock(path)
    except OSError:
        return None
