"""Work in a child process that may be killed: forked, since a fresh interpreter would take a second to begin."""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_OUTPUT = 1 << 16


@dataclass(frozen=True, slots=True)
class Ended:
    """A child that is gone.

    Attributes:
        lines: What it said, whole lines.
        killed_at: Monotonic time of the kill; None where it ended by itself.
        code: Its exit code, or minus the signal that ended it.
    """

    lines: list[str]
    killed_at: float | None
    code: int


class Child:
    """A fork of this process, which must have no threads and no QApplication, that runs ``work`` and says lines.

    Args:
        work: Given the function that says a line, without its end.
        errors: A file for what it writes to standard error.
    """

    def __init__(self, work: Callable[[Callable[[str], None]], None], errors: Path) -> None:
        self._reading, writing = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self._pid = os.fork()
        if self._pid == 0:
            os.close(self._reading)
            os._exit(_run(work, writing, errors))
        os.close(writing)
        self._said = b""

    def wait_for(self, line: str) -> bool:
        """Wait until a line begins with ``line``; False where the child ends before."""
        seen = 0
        while True:
            lines = self._said.split(b"\n")
            if any(it.startswith(line.encode()) for it in lines[seen:-1]):
                return True
            seen = len(lines) - 1
            more = os.read(self._reading, _OUTPUT)
            if not more:
                return False
            self._said += more

    def kill(self) -> Ended:
        """SIGKILL, now."""
        os.kill(self._pid, signal.SIGKILL)
        return self._collect(time.monotonic())

    def finish(self) -> Ended:
        """Wait until it ends by itself."""
        return self._collect(None)

    def _collect(self, killed_at: float | None) -> Ended:
        while more := os.read(self._reading, _OUTPUT):
            self._said += more
        os.close(self._reading)
        _, status = os.waitpid(self._pid, 0)
        lines = [it.decode() for it in self._said.split(b"\n")[:-1]]
        return Ended(lines, killed_at, os.waitstatus_to_exitcode(status))


def _run(work: Callable[[Callable[[str], None]], None], writing: int, errors: Path) -> int:
    with errors.open("ab", buffering=0) as file:
        os.dup2(file.fileno(), 2)

        def say(line: str) -> None:
            os.write(writing, f"{line}\n".encode())

        try:
            work(say)
        except BaseException:  # noqa: BLE001 - the child's whole life is in here
            file.write(traceback.format_exc().encode())
            return 1
    return 0
