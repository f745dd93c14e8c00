"""Names that people and files give: what every file and export can hold."""

from __future__ import annotations

import re

_IMPOSSIBLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_COLOUR = re.compile("(#[0-9a-f]{6})?")


def clean_name(name: str) -> str:
    """``name`` on one line, without outer spaces and without what no file can hold.

    Control characters become spaces; halves of characters (lone surrogates) and the two that XML has no place for
    become the replacement character.
    """
    return _CONTROL.sub(" ", _IMPOSSIBLE.sub("\ufffd", name)).strip()


def is_colour(text: str) -> bool:
    """Whether a text is a colour as projects hold them: ``#rrggbb`` in small letters, or empty for none."""
    return _COLOUR.fullmatch(text) is not None
