"""DiMPLE: ``python main.py`` opens the window, ``python main.py COMMAND`` works without one."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from app.cli.arguments import COMMANDS, parse_window


def main(argv: Sequence[str]) -> int:
    """Run the program.

    Args:
        argv: Arguments without the program's name: a command with its own, or what the window is to open.

    Returns:
        Exit code.

    Raises:
        SystemExit: The window's arguments make no sense; a sentence has been written.
    """
    # Each way is imported when it is taken: a command needs no Qt, and a window no command.
    if argv and argv[0] in {*COMMANDS, "-h", "--help"}:
        from app.cli import main as run_command  # noqa: PLC0415

        return run_command(argv)
    window = parse_window(argv)
    from app.headless import has_display, refuse_without_display, run_sample_without_display  # noqa: PLC0415

    if not has_display():
        return run_sample_without_display(window.out) if window.sample else refuse_without_display(window.path)
    from app.application import run  # noqa: PLC0415

    return run(window.path, sample=window.sample)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
