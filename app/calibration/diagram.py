"""The reliability diagram: what the table says against how often it is so."""

from __future__ import annotations

from collections.abc import Sequence

from app.calibration.logistic import Bin

_SIDE, _MARGIN = 320, 48
_TEXT = 'font-family="sans-serif" font-size="12" fill="#333"'


def reliability_svg(bins: Sequence[Bin], title: str) -> str:
    """A diagram as an SVG file's text; the area of a dot grows with the number of frames."""
    whole = _SIDE + 2 * _MARGIN
    most = max(it.count for it in bins)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" {_TEXT}>',
        f'<rect width="{whole}" height="{whole}" fill="#fff"/>',
        f'<text x="{_MARGIN + _SIDE / 2}" y="{_MARGIN / 2}" text-anchor="middle">{title}</text>',
        f'<rect x="{_MARGIN}" y="{_MARGIN}" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#999"/>',
        f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="#999" stroke-dasharray="4 4"/>',
        f'<polyline fill="none" stroke="#2563a8" points="{" ".join(f"{_x(b.told)},{_y(b.true)}" for b in bins)}"/>',
    ]
    lines += [
        f'<circle cx="{_x(it.told)}" cy="{_y(it.true)}" r="{2.5 + 7 * (it.count / most) ** 0.5:.1f}" fill="#2563a8" '
        f'fill-opacity="0.8"><title>{it.count} frames: told {it.told:.2f}, true {it.true:.2f}</title></circle>'
        for it in bins
    ]
    for tick in (0.0, 0.5, 1.0):
        lines.append(f'<text x="{_x(tick)}" y="{_y(0) + 16}" text-anchor="middle">{tick:g}</text>')
        lines.append(f'<text x="{_x(0) - 6}" y="{_y(tick) + 4}" text-anchor="end">{tick:g}</text>')
    lines.append(
        f'<text x="{_x(0.5)}" y="{_y(0) + 36}" text-anchor="middle">told probability that the box is wrong</text>'
    )
    lines.append(
        f'<text transform="translate({_MARGIN / 3:.0f},{_y(0.5)}) rotate(-90)" text-anchor="middle">'
        "share of frames that were</text></svg>"
    )
    return "\n".join(lines) + "\n"


def _x(value: float) -> float:
    return round(_MARGIN + _SIDE * value, 1)


def _y(value: float) -> float:
    return round(_MARGIN + _SIDE * (1 - value), 1)
