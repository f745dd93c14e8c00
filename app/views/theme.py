"""Colours of the two themes by what they are for. Track colours and colour maps do not follow the theme: `palette`."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor


@dataclass(frozen=True, slots=True, eq=False)
class Theme:
    """One look; there are exactly two of them, `DARK` and `LIGHT`.

    Attributes:
        name: ``dark`` or ``light``.
        window: Behind everything.
        panel: Docks, lists, bars.
        raised: Buttons, chips, tool tips.
        hover: A control under the mouse.
        line: Hairlines between areas; controls draw their edges in ``edge``.
        edge: Edges of controls, at least 3:1 against ``panel``.
        text: Main text.
        muted: Secondary text, at least 4.5:1.
        disabled: Text of what cannot be used now.
        accent: What is active or chosen.
        on_accent: Text upon ``accent``.
        focus: Ring round the control with the keyboard.
        good: Sure.
        doubt: To be checked.
        bad: Lost, failed.
        human: Set by the person.
    """

    name: str
    window: QColor
    panel: QColor
    raised: QColor
    hover: QColor
    line: QColor
    edge: QColor
    text: QColor
    muted: QColor
    disabled: QColor
    accent: QColor
    on_accent: QColor
    focus: QColor
    good: QColor
    doubt: QColor
    bad: QColor
    human: QColor


DARK = Theme(
    name="dark",
    window=QColor("#16181d"),
    panel=QColor("#1d2027"),
    raised=QColor("#262a33"),
    hover=QColor("#303541"),
    line=QColor("#343a46"),
    edge=QColor("#6b7382"),
    text=QColor("#e6e8ec"),
    muted=QColor("#9aa1ad"),
    disabled=QColor("#5b626e"),
    accent=QColor("#4da3ff"),
    on_accent=QColor("#0b1420"),
    focus=QColor("#8cc4ff"),
    good=QColor("#3fb68b"),
    doubt=QColor("#f2b33d"),
    bad=QColor("#ef5d60"),
    human=QColor("#c792ea"),
)

LIGHT = Theme(
    name="light",
    window=QColor("#f5f6f8"),
    panel=QColor("#ffffff"),
    raised=QColor("#eceef2"),
    hover=QColor("#dfe3ea"),
    line=QColor("#d3d7de"),
    edge=QColor("#868d99"),
    text=QColor("#1b1e24"),
    muted=QColor("#5b626e"),
    disabled=QColor("#a2a8b3"),
    accent=QColor("#1769d2"),
    on_accent=QColor("#ffffff"),
    focus=QColor("#3d8be6"),
    good=QColor("#1d8a63"),
    doubt=QColor("#9a6500"),
    bad=QColor("#cc3338"),
    human=QColor("#7d3fbf"),
)
