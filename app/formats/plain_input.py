"""Files to import lie there as plain files: a pipe or a device in a folder of a stranger would never end."""

from __future__ import annotations

import stat
from pathlib import Path


def plain(path: Path) -> Path:
    """``path`` itself, after a look at what it is.

    Raises:
        OSError: It is no plain file, or not there; ``strerror`` says so in words.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(0, "it is no plain file")
    return path
