"""What a model may be called, and how a name is told from a file."""

from __future__ import annotations

import os
import re
from pathlib import Path

from tracker.errors import TrackerError

DEFAULT = "default"
MODEL_SUFFIX = ".safetensors"
RELEASED_SUFFIXES = (".pth", ".pth.tar", ".pt")

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""What Windows takes for a device, whatever the folder and the ending."""


def is_model_name(name: str) -> bool:
    """Whether a model may be called so: it becomes a file name, on every system the same file."""
    return (
        _NAME.fullmatch(name) is not None
        and not _DEVICES.fullmatch(name)
        and name.lower() != DEFAULT
        and not name.lower().endswith((MODEL_SUFFIX, *RELEASED_SUFFIXES, "."))
    )


def check_model_name(name: str) -> None:
    """Refuses a name that could not be found again, or would be a path.

    Raises:
        TrackerError: In words.
    """
    if not is_model_name(name):
        raise TrackerError(
            "{0} is no name for a model; give one of letters, digits, '-', '_' and '.' with --name, 64 at most, "
            "other than {1!r}.",
            shown(name),
            DEFAULT,
        )


def is_model_file(model: str | os.PathLike[str]) -> bool:
    """Whether a person means a file and not a name."""
    path = Path(model)
    return isinstance(model, os.PathLike) or path.name != model or has_suffix(path, MODEL_SUFFIX, *RELEASED_SUFFIXES)


def has_suffix(path: Path, *suffixes: str) -> bool:
    """Whether a file name ends so, in capitals or not."""
    return path.name.lower().endswith(suffixes)


def shown(value: object) -> str:
    """Something read from a file, fit for a sentence: without control characters, 80 characters at most."""
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
