"""The look: the palette of the chosen theme and the style sheet, put on the application."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.settings import ThemeChoice
from app.views.palette_roles import palette_of
from app.views.step_by_step import StepByStep
from app.views.style_sheet import style_sheet
from app.views.tokens import DARK, LIGHT, Tokens

BASE_FONT_PIXELS = 13
_WIDGETS = 120
"""That take the new palette in one turn; each takes some 0.1 ms. More turns would keep the picture still for longer."""


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
        self._renewing = StepByStep(self)
        self._tokens = self._resolve()
        self._use_palette()
        application.setStyleSheet(style_sheet())
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
            self._use_palette()
            self._renew_widgets()
            self.changed.emit(tokens)

    def _resolve(self) -> Tokens:
        if self._choice is ThemeChoice.SYSTEM:
            light = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Light
            return LIGHT if light else DARK
        return LIGHT if self._choice is ThemeChoice.LIGHT else DARK

    def _use_palette(self) -> None:
        self._application.setPalette(palette_of(self._tokens))

    def _renew_widgets(self) -> None:
        """Let all that is there take the palette over, in parts; until the last has, the windows keep their picture."""
        windows = self._application.topLevelWidgets()
        roots = [window for window in windows if window.parent() is None]
        widgets = [widget for root in roots for widget in (root, *root.findChildren(QWidget))]
        for window in windows:
            window.setUpdatesEnabled(False)
        parts = (widgets[start : start + _WIDGETS] for start in range(0, len(widgets), _WIDGETS))
        self._renewing.forget()
        self._renewing.begin(*(partial(_renew, part) for part in parts), partial(_show, windows))


def _renew(widgets: Sequence[QWidget]) -> None:
    """Have the style look up its colours again, which it keeps for each widget."""
    for widget in filter(isValid, widgets):
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)


def _show(windows: Sequence[QWidget]) -> None:
    for window in filter(isValid, windows):
        window.setUpdatesEnabled(True)
