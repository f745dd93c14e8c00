"""A project that has been read and locked, and is not open yet. No Qt: reading a large one is for a thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.document.project_file import check_header, read_project, upgrade
from app.document.project_lock import ProjectLock
from app.document.project_reader import LoadedProject, Told, tell_nobody
from app.document.store import Store


@dataclass(frozen=True, slots=True)
class LockedProject:
    """Whoever takes it opens it or releases it.

    Attributes:
        path: Of the file, without links.
        loaded: What it held when it was locked.
        lock: None where nothing can be written.
        store: Of the file, to write to it; None likewise.
    """

    path: Path
    loaded: LoadedProject
    lock: ProjectLock | None
    store: Store | None

    def release(self) -> None:
        """Let others open it; harmless when repeated."""
        if self.store is not None:
            self.store.close()
        if self.lock is not None:
            self.lock.release()


def read_and_lock(path: Path, told: Told = tell_nobody) -> LockedProject:
    """Lock a project where it may be written, read it, and bring its file to this version. Any thread.

    Args:
        path: Of the file.
        told: How far it is: (done, total); may raise to call it off.

    Raises:
        AppError: No project, damaged, made by a newer DiMPLE, or open elsewhere. Nothing on disk has changed.
    """
    path = Path(path).resolve()
    check_header(path)
    lock = _lock(path)
    try:
        loaded = read_project(path, told)
        if lock is not None:
            upgrade(path)
        store = None if lock is None else Store(path)
    except BaseException:
        if lock is not None:
            lock.release()
        raise
    return LockedProject(path, loaded, lock, store)


def _lock(path: Path) -> ProjectLock | None:
    """The lock of a project, or None where nothing can be written."""
    try:
        with path.open("r+b"):
            return ProjectLock(path)
    except OSError:
        return None
