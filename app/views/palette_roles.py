"""Which role of Qt's palette carries which colour of the theme, for the style sheet and for what the style paints."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette

from app.views.tokens import Tokens

_Role = QPalette.ColorRole
_Group = QPalette.ColorGroup


@dataclass(frozen=True, slots=True)
class PaletteRole:
    """A role that carries a token.

    Attributes:
        token: Name in `Tokens`.
        role: Of Qt's palette.
        name: Of the role, in a style sheet.
    """

    token: str
    role: QPalette.ColorRole
    name: str


PALETTE_ROLES = (
    PaletteRole("window", _Role.Window, "window"),
    PaletteRole("panel", _Role.Base, "base"),
    PaletteRole("raised", _Role.AlternateBase, "alternate-base"),
    PaletteRole("hover", _Role.Midlight, "midlight"),
    PaletteRole("line", _Role.Mid, "mid"),
    PaletteRole("edge", _Role.Shadow, "shadow"),
    PaletteRole("text", _Role.Text, "text"),
    PaletteRole("muted", _Role.PlaceholderText, "placeholder-text"),
    PaletteRole("disabled", _Role.Dark, "dark"),
    PaletteRole("accent", _Role.Highlight, "highlight"),
    PaletteRole("on_accent", _Role.HighlightedText, "highlighted-text"),
    PaletteRole("focus", _Role.Accent, "accent"),
    # nothing is painted with these four: the sheet has rules of its own for tool tips and links
    PaletteRole("good", _Role.ToolTipText, "tooltip-text"),
    PaletteRole("doubt", _Role.ToolTipBase, "tooltip-base"),
    PaletteRole("bad", _Role.BrightText, "bright-text"),
    PaletteRole("human", _Role.LinkVisited, "link-visited"),
)
"""What the style sheet asks for: each token once, in a role of its own."""

_FURTHER = (
    PaletteRole("text", _Role.WindowText, "window-text"),
    PaletteRole("text", _Role.ButtonText, "button-text"),
    PaletteRole("raised", _Role.Button, "button"),
    PaletteRole("raised", _Role.Light, "light"),
    PaletteRole("accent", _Role.Link, "link"),
)
"""What the style asks for besides."""


def palette_of(tokens: Tokens) -> QPalette:
    """Qt's palette in the theme's colours."""
    palette = QPalette()
    for entry in (*PALETTE_ROLES, *_FURTHER):
        palette.setColor(entry.role, QColor(getattr(tokens, entry.token)))
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText):
        palette.setColor(_Group.Disabled, role, QColor(tokens.disabled))
    palette.setColor(_Group.Disabled, _Role.Highlight, QColor(tokens.line))
    return palette
