"""One program a project: a lock of the operating system, which goes when its process goes, however that dies."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
from pathlib import Path

from app.errors import AppError

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        # far beyond the text, which another program may so still read
        os.lseek(descriptor, 1 << 20, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def require_unlocked(project: Path) -> None:
    """Makes sure that nobody has a project open, and leaves nothing beside it, whenever this is killed.

    Raises:
        AppError: A program has it open.
        OSError: The lock beside it cannot be looked at.
    """
    if _beside(project).exists():
        ProjectLock(project).release()


def _beside(project: Path) -> Path:
    return project.with_name(project.name + ".lock")


class ProjectLock:
    """Holds ``<project>.lock`` beside a project from creation to ``release()``.

    Why a file beside it and not SQLite's exclusive mode: a backup in another thread or an export by the command line
    may still read the project while its window is open.

    Raises:
        AppError: Another program, or another window of this one, has the project open.
        OSError: No lock can be made here (a read-only folder).
    """

    def __init__(self, project: Path) -> None:
        self._path = _beside(project)
        self._descriptor = self._acquire(project)
        # only for the sentence that the second one gets: a full disk takes nothing of the lock away
        with contextlib.suppress(OSError):
            os.ftruncate(self._descriptor, 0)
            os.write(self._descriptor, f"process {os.getpid()} on {socket.gethostname()}".encode())

    def release(self) -> None:
        """Let others open the project; may be called twice."""
        if self._descriptor >= 0:
            # Windows does not remove an open file, and there is nothing to win there: unlocked it hinders nobody
            with contextlib.suppress(OSError):
                self._path.unlink()
            os.close(self._descriptor)
            self._descriptor = -1

    def _acquire(self, project: Path) -> int:
        while True:
            # through a link that somebody put there the text would go into another file
            if self._path.is_symlink():
                raise AppError("{0} is a link, where a lock belongs: remove it.", self._path)
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
            try:
                _lock(descriptor)
                # the last owner may have removed this very file between our opening and locking it
                if os.path.samestat(os.fstat(descriptor), self._path.stat()):
                    return descriptor
            except FileNotFoundError:
                pass
            except (BlockingIOError, PermissionError) as error:
                holder = os.read(descriptor, 200).decode(errors="replace") or "unknown process"
                os.close(descriptor)
                raise AppError(
                    "{0} is already open in another DiMPLE ({1}): close it there first.", project, holder
                ) from error
            except OSError as error:
                os.close(descriptor)
                raise AppError(
                    "{0} cannot lock files ({1}): keep the project on a local disk.", project.parent, error.strerror
                ) from error
            os.close(descriptor)
