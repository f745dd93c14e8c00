"""DiMPLE: ``python main.py`` opens the window, ``python main.py COMMAND`` works without one."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from app.cli_arguments import COMMANDS


def main(argv: Sequence[str]) -> int:
    """Run the program.

    Args:
        argv: Arguments without the program's name: a command with its own arguments, or at most one path to open.

    Returns:
        Exit code.
    """
    # Each way is imported when it is taken: a command needs no Qt, and a window no command.
    if len(argv) > 1 or (argv and (argv[0] in COMMANDS or argv[0].startswith("-"))):
        from app.cli import main as run_command  # noqa: PLC0415

        return run_command(argv)
    path = Path(argv[0]) if argv else None
    from app.headless import has_display, run_without_display  # noqa: PLC0415

    if not has_display():
        return run_without_display(path)
    from app.application import run  # noqa: PLC0415

    return run(path)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
