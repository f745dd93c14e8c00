"""How a table or a file of numbers was made, so that anyone can make it again."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from app.cli.terminal import say
from app.formats.atomic import new_file


def command_line(argv: Sequence[str]) -> str:
    """The command as one would type it."""
    return shlex.join(("python", "main.py", *argv))


def today() -> str:
    """The date, year first, in UTC."""
    return datetime.now(UTC).date().isoformat()


def write_numbers(path: Path, argv: Sequence[str], content: Mapping[str, object]) -> None:
    """Writes numbers as JSON, with the date and the command.

    Raises:
        AppError: The file cannot be written.
    """
    with new_file(path) as file:
        json.dump({"date": today(), "command": command_line(argv), **content}, file, indent=1)
        file.write("\n")
    say(f"Wrote {path}")
