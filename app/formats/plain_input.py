"""Files to import are plain files, since a pipe or a device of a stranger would never end, and UTF-8 or UTF-16."""

from __future__ import annotations

import codecs
import stat
from pathlib import Path

_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def plain(path: Path) -> Path:
    """``path`` itself, after a look at what it is.

    Raises:
        OSError: It is no plain file, or not there; ``strerror`` says so in words.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(0, "it is no plain file")
    return path


def encoding_of(path: Path) -> str:
    """How a text file is encoded: UTF-16 where its mark says so, as Windows writes it, else UTF-8.

    Raises:
        OSError: As for ``plain``, or it cannot be read.
    """
    with plain(path).open("rb") as file:
        return "utf-16" if file.read(2) in _MARKS else "utf-8-sig"


def text_head(path: Path, size: int) -> str:
    """The beginning of a text file, up to ``size`` bytes of it; what is no text is left out.

    Raises:
        OSError: As for ``plain``, or it cannot be read.
    """
    encoding = encoding_of(path)
    with plain(path).open("rb") as file:
        return file.read(size).decode(encoding, errors="ignore")
