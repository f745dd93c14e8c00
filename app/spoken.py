"""Sentences for the person in the person's language, also from layers that know no Qt.

A sentence is looked up as it stands in the source, and its values are put in afterwards; so it is a literal, and never
put together (``scripts/translations.py`` collects the literals, and a test says which of them cannot be known).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

_JOINERS = "\u200c\u200d"
"""Between letters, and between the parts of one picture sign."""

Translate = Callable[[str], str]
_translate: list[Translate] = []
"""At most one, the window's; commands without a window speak English."""
_first_frame = [0]
"""The number that a person reads for the first frame."""

_confirm_key = ["Enter"]


def count_frames_from(first: int) -> None:
    """Number the frames in sentences from 0 or from 1, from now on."""
    _first_frame[:] = [first]


def shown_frame(frame: int) -> int:
    """The number of a frame as a person reads it, for a sentence."""
    return frame + _first_frame[0]


def call_confirm_key(name: str) -> None:
    """What the key that confirms a box is called in sentences, from now on."""
    _confirm_key[:] = [name]


def confirm_key() -> str:
    """The key that confirms a box, for a sentence."""
    return _confirm_key[0]


def speak(translate: Translate | None) -> None:
    """Have sentences translated from now on; None for English."""
    _translate[:] = [] if translate is None else [translate]


def spoken(text: str, *values: object) -> str:
    """A sentence in the person's language.

    Args:
        text: In English, with ``{0}``, ``{1}`` where values go.
        values: To put in.
    """
    said = _translate[0](text) if _translate else text
    return said.format(*map(_on_one_line, values)) if values else said


def _on_one_line(value: object) -> object:
    """Names of files and messages of libraries may hold line ends, bytes that are no text, and orders to terminals."""
    if not isinstance(value, str | PurePath | Exception):
        return value
    text = str(value)
    return text if text.isprintable() else "".join(it if it.isprintable() or it in _JOINERS else "�" for it in text)
