"""What the process holds: memory, open files, threads; and whether it grew over the day. Linux with glibc only."""

from __future__ import annotations

import ctypes
import gc
import os
import statistics
from dataclasses import dataclass
from pathlib import Path

NOISE_MEGABYTES, MEGABYTES_AN_HOUR = 12.0, 2.0
"""Growth that is still called flat: what an allocator keeps, and a little for each hour. A picture of a small video
that is forgotten each minute would be 14 MB an hour."""

_SETTLED = 0.25
"""Share of the day in which caches fill."""

_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Footprint:
    """At one moment, with no project open.

    Attributes:
        hour: Of the simulated day.
        megabytes: Resident.
        files: Open descriptors.
        threads: Of the process.
    """

    hour: float
    megabytes: float
    files: int
    threads: int


def footprint(hour: float) -> Footprint:
    """Now, without what Python would free the next time it looks, and what the allocator only keeps in case."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    count = {name: len(list(Path(f"/proc/self/{name}").iterdir())) for name in ("fd", "task")}
    return Footprint(hour, pages * _PAGE / 1e6, count["fd"], count["task"])


@dataclass(frozen=True, slots=True)
class Growth:
    """From the first to the second half of the day, without its beginning.

    Attributes:
        hours: Of the day.
        megabytes: The median of the second half less that of the first.
        files: The most descriptors of the second half less the most of the first.
        threads: Likewise.
    """

    hours: float
    megabytes: float
    files: int
    threads: int

    @property
    def is_flat(self) -> bool:
        """Whether a longer day would be no other."""
        allowed = NOISE_MEGABYTES + MEGABYTES_AN_HOUR * self.hours
        return self.megabytes <= allowed and self.files <= 1 and self.threads <= 1


def growth(day: list[Footprint]) -> Growth:
    """Of a day with four moments or more."""
    settled = [it for it in day if it.hour >= _SETTLED * day[-1].hour]
    first, second = settled[: len(settled) // 2], settled[len(settled) // 2 :]
    megabytes = statistics.median(it.megabytes for it in second) - statistics.median(it.megabytes for it in first)
    files = max(it.files for it in second) - max(it.files for it in first)
    threads = max(it.threads for it in second) - max(it.threads for it in first)
    return Growth(day[-1].hour, megabytes, files, threads)
