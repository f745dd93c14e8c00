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
    states = (
        (QIcon.Mode.Normal, QIcon.State.Off, colour or tokens.text),
        (QIcon.Mode.Normal, QIcon.State.On, colour or tokens.accent),
        (QIcon.Mode.Disabled, QIcon.State.Off, tokens.disabled),
        (QIcon.Mode.Disabled, QIcon.State.On, tokens.disabled),
    )
    for mode, state, ink in states:
        for size in _SIZES:
            made.addPixmap(_drawn(drawing, ink, size), mode, state)
    return made


def pixmap(name: str, colour: str, size: int, scale: float = 1.0) -> QPixmap:
    """One icon as a picture of ``size`` points at ``scale`` pixels a point."""
    drawn = _drawn(icon_path(name).read_text(encoding="utf-8"), colour, round(size * scale))
    drawn.setDevicePixelRatio(scale)
    return drawn


def _drawn(drawing: str, ink: str, size: int) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(drawing.replace(_INK, ink).encode()))
    picture = QPixmap(QSize(size, size))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture
