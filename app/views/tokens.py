"""Colour tokens of the two themes. Track colours and colour maps do not follow the theme: see `palette`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours by what they are for, as ``#rrggbb``.

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
    window: str
    panel: str
    raised: str
    hover: str
    line: str
    edge: str
    text: str
    muted: str
    disabled: str
    accent: str
    on_accent: str
    focus: str
    good: str
    doubt: str
    bad: str
    human: str


DARK = Tokens(
    name="dark",
    window="#16181d",
    panel="#1d2027",
    raised="#262a33",
    hover="#303541",
    line="#343a46",
    edge="#6b7382",
    text="#e6e8ec",
    muted="#9aa1ad",
    disabled="#5b626e",
    accent="#4da3ff",
    on_accent="#0b1420",
    focus="#8cc4ff",
    good="#3fb68b",
    doubt="#f2b33d",
    bad="#ef5d60",
    human="#c792ea",
)

LIGHT = Tokens(
    name="light",
    window="#f5f6f8",
    panel="#ffffff",
    raised="#eceef2",
    hover="#dfe3ea",
    line="#d3d7de",
    edge="#868d99",
    text="#1b1e24",
    muted="#5b626e",
    disabled="#a2a8b3",
    accent="#1769d2",
    on_accent="#ffffff",
    focus="#3d8be6",
    good="#187a57",
    doubt="#9a6500",
    bad="#cc3338",
    human="#7d3fbf",
)
