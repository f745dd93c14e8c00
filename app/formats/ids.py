"""Ids for imported things: the file's own where a Project may have them, else new ones."""

from __future__ import annotations

MAX_ID = 2**31 - 2
"""Of what a project file holds."""


class Ids:
    """Gives each thing of one kind an id of its own, from 1 on."""

    def __init__(self) -> None:
        self._taken: set[int] = set()
        self._highest = 0

    def take(self, wanted: int | None = None) -> int:
        """``wanted`` where it is possible and free, else the next one."""
        if wanted is None or not 1 <= wanted <= MAX_ID or wanted in self._taken:
            wanted = self._next()
        self._taken.add(wanted)
        self._highest = max(self._highest, wanted)
        return wanted

    def _next(self) -> int:
        if self._highest < MAX_ID:
            return self._highest + 1
        free = 1
        while free in self._taken:
            free += 1
        return free
