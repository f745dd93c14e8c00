"""The look: the palette and the style sheet of the chosen theme, put on the application."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from app.settings import ThemeChoice
from app.views.style_sheet import style_sheet
from app.views.tokens import DARK, LIGHT, Tokens

BASE_FONT_PIXELS = 13


@dataclass(frozen=True, slots=True)
class _Role:
    role: QPalette.ColorRole
    token: str


_ROLES = (
    _Role(QPalette.ColorRole.Window, "window"),
    _Role(QPalette.ColorRole.WindowText, "text"),
    _Role(QPalette.ColorRole.Base, "panel"),
    _Role(QPalette.ColorRole.AlternateBase, "raised"),
    _Role(QPalette.ColorRole.Text, "text"),
    _Role(QPalette.ColorRole.PlaceholderText, "muted"),
    _Role(QPalette.ColorRole.Button, "raised"),
    _Role(QPalette.ColorRole.ButtonText, "text"),
    _Role(QPalette.ColorRole.BrightText, "bad"),
    _Role(QPalette.ColorRole.ToolTipBase, "raised"),
    _Role(QPalette.ColorRole.ToolTipText, "text"),
    _Role(QPalette.ColorRole.Link, "accent"),
    _Role(QPalette.ColorRole.Highlight, "accent"),
    _Role(QPalette.ColorRole.HighlightedText, "on_accent"),
    _Role(QPalette.ColorRole.Light, "raised"),
    _Role(QPalette.ColorRole.Mid, "line"),
    _Role(QPalette.ColorRole.Dark, "line"),
)


def palette_of(tokens: Tokens) -> QPalette:
    """Qt's palette in the theme's colours, for everything the style sheet leaves to the style."""
    palette = QPalette()
    for entry in _ROLES:
        palette.setColor(entry.role, QColor(getattr(tokens, entry.token)))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.disabled))
    palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Highlight, QColor(tokens.line))
    return palette


class Theme(QObject):
    """The look in use; tells widgets that paint themselves, and icons, when it changes.

    Args:
        application: Gets the palette, font and style sheet.
        choice: Dark, light, or whatever the desktop uses.
    """

    changed = Signal(object)
    """Tokens."""

    def __init__(self, application: QApplication, choice: ThemeChoice) -> None:
        super().__init__(application)
        self._application = application
        self._choice = choice
        application.setStyle("Fusion")
        font = application.font()
        font.setPixelSize(BASE_FONT_PIXELS)
        application.setFont(font)
        self._tokens = self._resolve()
        self._apply()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def tokens(self) -> Tokens:
        """Colours in use."""
        return self._tokens

    @property
    def choice(self) -> ThemeChoice:
        """What the person chose."""
        return self._choice

    def choose(self, choice: ThemeChoice) -> None:
        """Change the look now."""
        self._choice = choice
        self._refresh()

    def _follow_system(self, _scheme: Qt.ColorScheme) -> None:
        if self._choice is ThemeChoice.SYSTEM:
            self._refresh()

    def _refresh(self) -> None:
        tokens = self._resolve()
        if tokens is not self._tokens:
            self._tokens = tokens
            self._apply()
            self.changed.emit(tokens)

    def _resolve(self) -> Tokens:
        if self._choice is ThemeChoice.SYSTEM:
            light = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Light
            return LIGHT if light else DARK
        return LIGHT if self._choice is ThemeChoice.LIGHT else DARK

    def _apply(self) -> None:
        self._application.setPalette(palette_of(self._tokens))
        self._application.setStyleSheet(style_sheet(self._tokens))
