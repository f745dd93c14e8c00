"""What the two fuzzing commands share: the limits of a reading, what became of the files, and the command line."""

from __future__ import annotations

import argparse
import resource
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

SECONDS = 10.0
"""Of the processor: what a loaded machine takes longer for is no bug."""

_WAITING = 60.0
"""Seconds by the clock after which a reading hangs."""

MEMORY = 1 << 30
"""Bytes beyond what the program has at the start."""

_KEPT = Path("out") / "fuzz"


class Named(Protocol):
    """What can be fuzzed."""

    @property
    def name(self) -> str:
        """As ``--only`` takes it."""
        ...


N = TypeVar("N", bound=Named)


class TooSlowError(Exception):
    """A reading took longer than ``SECONDS``, or hung."""


@dataclass(slots=True)
class Tally:
    """What became of the files of one format."""

    imported: int = 0
    refused: int = 0
    slowest: float = 0.0
    bugs: list[str] = field(default_factory=list)


@contextmanager
def bounded() -> Iterator[None]:
    """No more time and memory than a good import could need."""

    def stop(_number: int, _frame: object) -> None:
        raise TooSlowError

    used = _address_space()
    before = resource.getrlimit(resource.RLIMIT_AS)
    handlers = {it: signal.signal(it, stop) for it in (signal.SIGPROF, signal.SIGALRM)}
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, before[1]))
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    signal.setitimer(signal.ITIMER_REAL, _WAITING)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        resource.setrlimit(resource.RLIMIT_AS, before)


def _address_space() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * resource.getpagesize()


def fuzz_as_asked(
    command: str, about: str | None, targets: Iterable[N], fuzz: Callable[[N, int, int, Path | None], Tally]
) -> None:
    """Fuzz what the command line asks for, print a table, and end the process: with 1 where there was a bug.

    Args:
        command: Name of the module in ``bench``.
        about: For ``--help``.
        targets: What there is.
        fuzz: Damages and reads one of them: how many files, seed, where to leave those that show a bug.
    """
    parser = argparse.ArgumentParser(prog=f"python -m bench.{command}", description=about)
    parser.add_argument("--files", type=int, default=2000, help="damaged files of each (default: 2000)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="", help="names, with commas between")
    options = parser.parse_args()
    only = {it for it in options.only.split(",") if it}
    bugs = []
    print("| what | files | read | refused in words | slowest, ms | bugs |\n|---|---|---|---|---|---|")
    for target in targets:
        if only and target.name not in only:
            continue
        tally = fuzz(target, options.files, options.seed, _KEPT)
        print(
            f"| {target.name} | {options.files} | {tally.imported} | {tally.refused} | {1000 * tally.slowest:.0f} | "
            f"{len(tally.bugs)} |",
            flush=True,
        )
        bugs += tally.bugs
    for bug in bugs[:50]:
        print(bug)
    sys.exit(1 if bugs else 0)
