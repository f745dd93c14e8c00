"""Opening files whose names were read from a file: only what lies there as a plain file, and is of bounded size."""

from __future__ import annotations

import os
import stat
from io import BufferedReader
from pathlib import Path


def open_plain_file(path: Path, largest: int) -> BufferedReader:
    """Opens a file for reading in binary.

    Args:
        path: What may be a trap: a link, a pipe that never ends, a device.
        largest: Bytes it may have.

    Raises:
        OSError: It cannot be opened, is no plain file, or is larger; ``strerror`` says so in words.
    """
    if path.is_symlink():
        raise OSError(0, "is a link")
    # without O_NONBLOCK, opening a pipe would wait for a writer
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    file = os.fdopen(os.open(path, flags), "rb")
    try:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise OSError(0, "is no plain file")
        if status.st_size > largest:
            raise OSError(0, f"is larger than {largest} bytes")
    except OSError:
        file.close()
        raise
    return file
