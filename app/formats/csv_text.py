"""Texts in CSV cells: a spreadsheet would run one that starts with ``=``, ``+``, ``-`` or ``@`` as a formula."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "'", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def safe_text(text: str) -> str:
    """``text``, with an apostrophe in front where it would be a formula or starts with one."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def plain_text(cell: str) -> str:
    """What ``safe_text`` was given."""
    return cell.removeprefix("'")
