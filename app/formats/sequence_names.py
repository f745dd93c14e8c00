"""Names for files and folders out of names that people gave."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable

from app.document.model import Sequence

_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
_LONGEST = 60


def folder_names(sequences: Iterable[Sequence], taken: Collection[str] = ()) -> dict[int, str]:
    """A folder name for each Sequence: usable on every system and in every reader, unique where case does not count.

    Letters and digits of any script, ``-`` and ``_`` stay, and dots inside; anything else becomes ``_``.

    Args:
        sequences: With any names, also equal or empty ones.
        taken: Names that none may get.

    Returns:
        Sequence id -> name.
    """
    used = {name.casefold() for name in taken} | _RESERVED
    names = {}
    for sequence in sequences:
        wanted = _safe(sequence.name)
        name, number = wanted, 2
        while name.casefold() in used or name.split(".")[0].casefold() in _RESERVED:
            name, number = f"{wanted.replace('.', '_')}_{number}", number + 1
        used.add(name.casefold())
        names[sequence.id] = name
    return names


def _safe(name: str) -> str:
    composed = unicodedata.normalize("NFC", name)
    kept = "".join(it if it.isalnum() or it in "-_." else "_" for it in composed)
    return kept[:_LONGEST].strip("._") or "sequence"
