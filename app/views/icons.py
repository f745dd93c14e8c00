"""Icons: single-colour SVG drawings (Lucide), tinted by the theme, sharp at any scaling."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.views.theme import Theme

ICON_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "icons"
_SIZES = (16, 20, 24, 32, 40, 48, 64)
_INK = "currentColor"


def icon_path(name: str) -> Path:
    """The drawing's file."""
    return ICON_FOLDER / f"{name}.svg"


@lru_cache(maxsize=256)
def icon(name: str, theme: Theme, colour: QColor | None = None) -> QIcon:
    """An icon in the theme's colours: text colour, paler where disabled, accent where checked.

    Args:
        name: File stem in ``resources/icons``.
        theme: The one in use.
        colour: In place of the text colour.

    Raises:
        FileNotFoundError: There is no such drawing.
    """
    drawing = icon_path(name).read_text(encoding="utf-8")
    made = QIcon()
    states = (
        (QIcon.Mode.Normal, QIcon.State.Off, colour or theme.text),
        (QIcon.Mode.Normal, QIcon.State.On, colour or theme.accent),
        (QIcon.Mode.Disabled, QIcon.State.Off, theme.disabled),
        (QIcon.Mode.Disabled, QIcon.State.On, theme.disabled),
    )
    for mode, state, ink in states:
        for size in _SIZES:
            made.addPixmap(_drawn(drawing, ink, size), mode, state)
    return made


def pixmap(name: str, colour: QColor, size: int, scale: float = 1.0) -> QPixmap:
    """One icon as a picture of ``size`` points at ``scale`` pixels a point."""
    drawn = _drawn(icon_path(name).read_text(encoding="utf-8"), colour, round(size * scale))
    drawn.setDevicePixelRatio(scale)
    return drawn


def _drawn(drawing: str, ink: QColor, size: int) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(drawing.replace(_INK, ink.name()).encode()))
    picture = QPixmap(QSize(size, size))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture
