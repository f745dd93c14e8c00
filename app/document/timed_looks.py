"""Looks at places on disks one after the other, and waits for each no longer than a drive that is there needs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Generic, Self, TypeVar

PATIENCE = 2.0
"""Seconds in which any drive that is there answers, one that has to start turning left out."""
_MOUNT_PARTS = 3
"""Parts of a path that tell drives from each other: ``/mnt/share``, ``//server/share/folder``, ``Z:/folder/folder``.

Coarse where a drive is mounted deeper, in a home folder say: what else lies there is then not looked at either.
"""

T = TypeVar("T")


class TimedLooks(Generic[T]):
    """Each look is made in a thread, which cannot be ended: it ends when the drive answers, or with the program.

    Of a drive that has not answered once nothing more is asked.

    Args:
        look: What to do in the thread; raises nothing.
        silence: What a place that does not answer counts as.
        patience: Seconds to wait for an answer.
    """

    def __init__(self, look: Callable[[Path], T], silence: T, patience: float = PATIENCE) -> None:
        self._look = look
        self._silence = silence
        self._patience = patience
        self._silent: set[tuple[str, ...]] = set()
        self._thread: _Looking[T] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave()

    def at(self, place: Path) -> T:
        """What the look at a place gives, in time or not at all."""
        mount = place.parts[:_MOUNT_PARTS]
        if mount in self._silent:
            return self._silence
        if self._thread is None:
            self._thread = _Looking(self._look)
        try:
            return self._thread.at(place, self._patience)
        except Empty:
            self._silent.add(mount)
            self._leave()
            return self._silence

    def _leave(self) -> None:
        if self._thread is not None:
            self._thread.leave()
            self._thread = None


class _Looking(Generic[T]):
    """A thread that answers one question after the other."""

    def __init__(self, look: Callable[[Path], T]) -> None:
        self._look = look
        self._asked: SimpleQueue[Path | None] = SimpleQueue()
        self._answers: SimpleQueue[T] = SimpleQueue()
        threading.Thread(target=self._answer, name="look at sources", daemon=True).start()

    def at(self, place: Path, patience: float) -> T:
        self._asked.put(place)
        return self._answers.get(timeout=patience)

    def leave(self) -> None:
        self._asked.put(None)

    def _answer(self) -> None:
        while (place := self._asked.get()) is not None:
            self._answers.put(self._look(place))
