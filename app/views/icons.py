"""Icons: single-colour SVG drawings (Lucide), tinted by the theme, sharp at any scaling."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.views.tokens import Tokens

ICON_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "icons"
_SIZES = (16, 20, 24, 32, 40, 48, 64)
_INK = "currentColor"


def icon_path(name: str) -> Path:
    """The drawing's file."""
    return ICON_FOLDER / f"{name}.svg"


@lru_cache(maxsize=256)
def icon(name: str, tokens: Tokens, colour: str = "") -> QIcon:
    """An icon in the theme's colours: text colour, paler where disabled, accent where checked.

    Args:
        name: File stem in ``resources/icons``.
        tokens: The theme in use.
        colour: ``#rrggbb`` in place of the text colour.

    Raises:
        FileNotFoundError: There is no such drawing.
    """
    drawing = icon_path(name).read_text(encoding="utf-8")
    made = QIcon()
    normal, disabled, off, on = QIcon.Mode.Normal, QIcon.Mode.Disabled, QIcon.State.Off, QIcon.State.On
    inks = {colour or tokens.text: [(normal, off)], tokens.disabled: [(disabled, off), (disabled, on)]}
    inks.setdefault(colour or tokens.accent, []).append((normal, on))
    for ink, states in inks.items():
        renderer = _renderer(drawing, ink)
        for size in _SIZES:
            picture = _drawn(renderer, size)
            for mode, state in states:
                made.addPixmap(picture, mode, state)
    return made


def pixmap(name: str, colour: str, size: int, scale: float = 1.0) -> QPixmap:
    """One icon as a picture of ``size`` points at ``scale`` pixels a point."""
    drawn = _drawn(_renderer(icon_path(name).read_text(encoding="utf-8"), colour), round(size * scale))
    drawn.setDevicePixelRatio(scale)
    return drawn


def _renderer(drawing: str, ink: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(drawing.replace(_INK, ink).encode()))


def _drawn(renderer: QSvgRenderer, size: int) -> QPixmap:
    picture = QPixmap(QSize(size, size))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture
