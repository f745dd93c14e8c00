"""Colours that carry meaning and do not follow the theme: tracks, and the ink that is readable on them."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtGui import QColor

from app.document.model import Project, Track

_OKABE_ITO = ("#56b4e9", "#e69f00", "#009e73", "#cc79a7", "#f0e442", "#d55e00", "#0072b2")
"""Okabe and Ito's colour-blind safe set without black, reordered so that the first few differ most on video."""

SWATCHES = (*_OKABE_ITO, "#999999")
"""Colours that are offered for Categories."""

_GOLDEN_ANGLE = math.radians(137.508)
_REMEMBERED = 1 << 16
"""Colours; one fewer than are asked for in turn, and none is ever remembered: a crowd has five thousand Tracks."""
_LIGHTNESS = 0.74
_CHROMA = 0.12


def track_colour(index: int) -> QColor:
    """The colour of the ``index``-th track (0-based): Okabe-Ito first, then hues of equal lightness without end.

    Successive hues beyond the set lie a golden angle apart, so any number of them stays spread round the circle.
    """
    return QColor.fromRgb(_track_rgb(index))


@lru_cache(maxsize=_REMEMBERED)
def _track_rgb(index: int) -> int:
    if 0 <= index < len(_OKABE_ITO):
        return QColor(_OKABE_ITO[index]).rgb()
    hue = (index - len(_OKABE_ITO)) * _GOLDEN_ANGLE
    return _from_oklab(_LIGHTNESS, _CHROMA * math.cos(hue), _CHROMA * math.sin(hue)).rgb()


def shown_colour(track: Track, project: Project) -> QColor:
    """The colour of a Track on the picture and in lists: its Category's where that has one, else its own.

    It is one and the same object for all who ask, and not to be changed: two hundred are asked for at each step.
    """
    category = project.categories.get(track.category_id)
    return _shared_colour(category.colour if category is not None else "", track.id - 1)


@lru_cache(maxsize=_REMEMBERED)
def _shared_colour(name: str, index: int) -> QColor:
    return QColor(name) if name else track_colour(index)


def ink_on(background: QColor) -> QColor:
    """Black or white, whichever has the higher contrast on ``background`` (always at least 4.5:1)."""
    luminance = relative_luminance(background)
    return QColor("#000000") if (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) else QColor("#ffffff")


def relative_luminance(colour: QColor) -> float:
    """Relative luminance of sRGB as the contrast rule of WCAG 2 defines it, 0 (black) to 1 (white)."""
    channels = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _from_oklab(lightness: float, a: float, b: float) -> QColor:
    """Oklab to sRGB (Ottosson 2020), clipped to what a screen can show."""
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return QColor.fromRgbF(*(_gamma(min(max(channel, 0.0), 1.0)) for channel in linear))


def _gamma(channel: float) -> float:
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055
