"""Names that people and files give: what every file and export can hold."""

from __future__ import annotations

import re

_COLOUR = re.compile("(#[0-9a-f]{6})?")


def clean_name(name: str) -> str:
    """``name`` on one line, without outer spaces and without what no file can hold.

    Control characters become spaces; halves of characters (lone surrogates) and the two that XML has no place for
    become the replacement character.
    """
    return "".join(_kept(character) for character in name).strip()


def is_colour(text: str) -> bool:
    """Whether a text is a colour as projects hold them: ``#rrggbb`` in small letters, or empty for none."""
    return _COLOUR.fullmatch(text) is not None


def _kept(character: str) -> str:
    if "\ud800" <= character <= "\udfff" or character in "\ufffe\uffff":
        return "\ufffd"
    return " " if ord(character) < 32 or "\x7f" <= character <= "\x9f" or character in "\u2028\u2029" else character
