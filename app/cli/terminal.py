"""What the headless commands and the terminal say to each other: progress, sentences, and Ctrl-C."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_BAR_CELLS = 30
_SECONDS_BETWEEN = 0.1
_LINES_INTO_A_FILE = 10


def say(text: str) -> None:
    """A line of result on standard output."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    """A line for the person's eyes on standard error."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


class ProgressBar:
    """One line on standard error that is drawn over and over; into a file or pipe, a line each tenth of the way."""

    def __init__(self) -> None:
        self._in_terminal = sys.stderr.isatty()
        self._drawn_at = 0.0
        self._written: tuple[str, int] | None = None
        self._width = 0

    def show(self, what: str, done: int, total: int, note: str = "") -> None:
        """Say how far ``what`` is.

        Args:
            what: The step, in a word or two.
            done: Parts done.
            total: Parts in all; above 0.
            note: Put behind the numbers.
        """
        share = min(1.0, done / max(1, total))
        if not self._in_terminal:
            tenth = int(share * _LINES_INTO_A_FILE)
            if note and tenth and self._written != (what, tenth):
                self._written = what, tenth
                complain(f"{what} {done}/{total} {note}")
            return
        now = time.monotonic()
        if now - self._drawn_at < _SECONDS_BETWEEN and done < total:
            return
        self._drawn_at = now
        cells = int(share * _BAR_CELLS)
        numbers = f"{done}/{total} {note}" if note else f"{share:.0%}"
        self._draw(f"{what} [{'#' * cells}{'.' * (_BAR_CELLS - cells)}] {numbers}")

    def clear(self) -> None:
        """Leave the line empty for what comes next."""
        if self._in_terminal:
            self._draw("")
            sys.stderr.write("\r")
            sys.stderr.flush()
            self._width = 0

    def _draw(self, line: str) -> None:
        sys.stderr.write(f"\r{line.ljust(self._width)}")
        sys.stderr.flush()
        self._width = len(line)


@contextmanager
def stop_on_interrupt() -> Iterator[threading.Event]:
    """An event that the first Ctrl-C sets, so that what is done can be kept; a second one ends the program at once."""
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield asked
        return
    before = signal.getsignal(signal.SIGINT)

    def on_interrupt(_number: int, _frame: FrameType | None) -> None:
        asked.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    signal.signal(signal.SIGINT, on_interrupt)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)


def in_minutes(seconds: float) -> str:
    """A duration as ``m:ss``."""
    whole = round(max(0.0, seconds))
    return f"{whole // 60}:{whole % 60:02d}"
