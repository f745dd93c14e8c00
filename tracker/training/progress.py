"""What a run says on the terminal: lines that stay, and on a real terminal a bar under them."""

from __future__ import annotations

import sys

BAR_WIDTH = 30


class Progress:
    """Writes to standard output, and only from the first process of a run."""

    def __init__(self, *, silent: bool) -> None:
        """``silent`` for all processes but the first."""
        self.silent = silent
        self.has_bar = sys.stdout.isatty() and not silent

    def say(self, text: str) -> None:
        """A line that stays."""
        if not self.silent:
            sys.stdout.write(("\r\x1b[K" if self.has_bar else "") + text + "\n")
            sys.stdout.flush()

    def show(self, step: int, steps: int, seconds_a_step: float) -> None:
        """The bar, rewritten in place; nothing where the output goes to a file."""
        if self.has_bar:
            done = round(BAR_WIDTH * step / max(steps, 1))
            left = seconds_a_step * (steps - step) / 60
            bar = "#" * done + "." * (BAR_WIDTH - done)
            sys.stdout.write(f"\r\x1b[K[{bar}] {step}/{steps}  {seconds_a_step:.2f} s a step  {left:.0f} min left")
            sys.stdout.flush()
