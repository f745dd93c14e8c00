"""The open project: its data, its signals, its undo stack and its file, which always holds what is on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QMetaObject, Qt, QTimer, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from app.document import statements, track_statements
from app.document.changes import Changes
from app.document.locked_project import LockedProject, read_and_lock
from app.document.model import Project, Sequence
from app.document.project_file import write_project
from app.document.sequence_check import require_possible
from app.document.source_path import project_path_for
from app.document.statement import Statement
from app.document.tracked_boxes import TrackedBox
from app.document.write_through import WriteThrough
from app.errors import AppError

__all__ = ["Document", "create_project", "document_of", "open_project", "project_path_for"]

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
    return document_of(read_and_lock(path))


def document_of(locked: LockedProject) -> Document:
    """The Document of a project that was read; it lets go of the lock when it is closed."""
    try:
        return Document(locked)
    except BaseException:
        locked.release()
        raise


class Document(Changes):
    """What is labelled, changed by commands alone. Made by ``create_project`` or ``open_project``; UI thread only.

    Each command, undo and redo is in the file before ``push``, ``undo`` or ``redo`` return, or, where it changes
    thousands of rows, before ``writing_changed`` says so; tracked boxes follow every ``BATCH_MS``. While the file
    cannot be written everything stays in memory and is written as soon as it can be.

    Attributes:
        undo_stack: Of this project.
        read_only: Whether the file may not be written; then there is nothing that changes the project.
    """

    opened = Signal()
    """Everything is new; emitted once when the event loop runs after opening."""
    writing_changed = Signal(bool)
    """A change of many rows is being written from now on, or no longer: until then no person may begin another one."""
    storage_failed = Signal(str)
    """Once for each spell without storage, with a sentence for the person."""

    def __init__(self, locked: LockedProject) -> None:
        path, loaded = locked.path, locked.loaded
        super().__init__(path, loaded.project, loaded.last_ids)
        self.read_only = locked.lock is None
        self.undo_stack = QUndoStack(self)
        self._lock = locked.lock
        self._arrived: dict[tuple[int, int], TrackedBox] = {}
        self._file = None if locked.store is None else WriteThrough(path, locked.store, self._rewrite, self)
        if self._file is not None:
            self._file.failed.connect(self.storage_failed)
            self._file.writing_changed.connect(self.writing_changed)
        self._batch_timer = QTimer(self, singleShot=True, interval=BATCH_MS)
        self._batch_timer.timeout.connect(self._write_arrived)
        # by name: a Python callable waiting in a timer for a document that goes before has crashed the collector
        QMetaObject.invokeMethod(self, "opened", Qt.ConnectionType.QueuedConnection)

    @property
    def has_unwritten(self) -> bool:
        """Whether edits are in memory only, because the file cannot be written at the moment."""
        return self._file is not None and self._file.is_waiting

    @property
    def is_writing(self) -> bool:
        """Whether a change of many rows is being written."""
        return self._file is not None and self._file.is_writing

    def write_now(self) -> bool:
        """Try at once to write what waits; whether everything is in the file now."""
        self.flush()
        if self._file is not None:
            self._file.write_now()
        return not self.has_unwritten

    def write_elsewhere(self, path: Path) -> None:
        """Write everything that is on the screen as another project, for when its own file cannot be written.

        Raises:
            AppError: It cannot be written there either.
        """
        write_project(path, self.project, self._last_ids, replace=True)

    def push(self, command: QUndoCommand) -> None:
        """Do a command and put it on the undo stack.

        Raises:
            AppError: The project is read-only.
        """
        self._require_writable()
        self.undo_stack.push(command)

    def bookmarks(self, sequence_id: int) -> Mapping[int, str]:
        """Bookmarks of a Sequence: frame -> a few words or none, ascending by frame.

        Raises:
            KeyError: The project has no such Sequence.
        """
        return self.project.sequences[sequence_id].bookmarks

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

        The arguments are ``SourceInfo.facts``.

        Raises:
            AppError: The project is read-only, or the source is nothing a project can hold.
        """
        self._require_writable()
        path = str(Path(path).absolute())
        for sequence in self.project.sequences.values():
            if sequence.path == path:
                return sequence
        number = self._last_ids.sequence + 1
        sequence = Sequence(number, name, path, frame_count, width, height, float(fps), file_size, fingerprint)
        require_possible(sequence)
        self._last_ids = self._last_ids._replace(sequence=number)
        self.put_sequence(sequence)
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
        """Take in a box from a run; see ``apply_frame``."""
        self.apply_frame(frame, {track_id: tracked})

    def apply_frame(self, frame: int, boxes: Mapping[int, TrackedBox]) -> None:
        """Take in what a run has found on a frame; keyframes stay as they are. Tracks that have gone are passed over.

        Raises:
            AppError: The project is read-only.
            ValueError: The frame is not in the Sequence, or a box is none.
        """
        self._require_writable()
        there = {track_id: tracked for track_id, tracked in boxes.items() if track_id in self._tracks}
        for track_id, tracked in there.items():
            self.require_frame(track_id, frame)
            if not tracked.box.is_valid or tracked.score != tracked.score:
                raise ValueError(tracked)
        for track_id, tracked in there.items():
            self._tracks[track_id].boxes.set(frame, tracked)
            self._arrived[track_id, frame] = tracked
        if there:
            if not self._batch_timer.isActive():
                self._batch_timer.start()
            self.boxes_arrived.emit(frame, tuple(there))

    def flush(self) -> None:
        """Have in the file what is on the screen, as far as it can be written."""
        self._write_arrived()
        if self._file is not None:
            self._file.settle()

    def _write_arrived(self) -> None:
        """Write the tracked boxes that have arrived since the last batch."""
        self._batch_timer.stop()
        if self._arrived:
            rows = [(track_id, frame, tracked) for (track_id, frame), tracked in self._arrived.items()]
            self._arrived = {}
            if self._file is not None:
                self._file.write(track_statements.put_boxes(rows))

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

    def _store(self, changes: list[Statement]) -> None:
        # in the order in which they happened: a removed Track must not get its boxes afterwards
        self._write_arrived()
        if self._file is not None and changes:
            self._file.write(changes)

    def _rewrite(self) -> None:
        """Write everything anew, after the file has gone."""
        write_project(self.path, self.project, self._last_ids)

    def _require_writable(self) -> None:
        if self.read_only:
            raise AppError(
                "{0} can only be read: copy it to a folder where you may write, and open the copy.", self.path
            )
        if self._file is None:
            raise AppError("{0} has been closed: open it again.", self.path)
