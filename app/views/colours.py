"""The theme's tokens as QColor, for the widgets that paint themselves."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor

from app.views.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Colours:
    """The tokens that the canvas and the plots paint with; their meanings are those of ``Tokens``."""

    window: QColor
    panel: QColor
    raised: QColor
    line: QColor
    text: QColor
    muted: QColor
    disabled: QColor
    accent: QColor
    focus: QColor
    doubt: QColor
    bad: QColor
    human: QColor

    @classmethod
    def of(cls, tokens: Tokens) -> Colours:
        """The colours of one theme."""
        return cls(
            window=QColor(tokens.window),
            panel=QColor(tokens.panel),
            raised=QColor(tokens.raised),
            line=QColor(tokens.line),
            text=QColor(tokens.text),
            muted=QColor(tokens.muted),
            disabled=QColor(tokens.disabled),
            accent=QColor(tokens.accent),
            focus=QColor(tokens.focus),
            doubt=QColor(tokens.doubt),
            bad=QColor(tokens.bad),
            human=QColor(tokens.human),
        )
