"""Keys that belong to the selected box and are no entries of a menu: arrows, and digits for its category."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Edge(enum.Enum):
    """What the arrow keys do to the selected box."""

    MOVE = "Move box"
    RESIZE = "Resize box"


@dataclass(frozen=True, slots=True)
class Nudge:
    """One arrow key with its modifiers.

    Attributes:
        id: Stable name; a person's own key is stored under it.
        kind: Move or resize.
        text: In the source language, ``{0}`` for the pixels.
        key: Default shortcut.
        dx: Pixels to the right (or wider).
        dy: Pixels down (or taller).
    """

    id: str
    kind: Edge
    text: str
    key: str
    dx: int
    dy: int


_ARROWS = (
    ("Left", -1, 0, "Move box left by {0} px", "Make box narrower by {0} px"),
    ("Right", 1, 0, "Move box right by {0} px", "Make box wider by {0} px"),
    ("Up", 0, -1, "Move box up by {0} px", "Make box lower by {0} px"),
    ("Down", 0, 1, "Move box down by {0} px", "Make box taller by {0} px"),
)
NUDGES: tuple[Nudge, ...] = tuple(
    Nudge(
        f"{kind.name.lower()}-{arrow.lower()}-{pixels}",
        kind,
        move if kind is Edge.MOVE else resize,
        prefix + arrow,
        dx * pixels,
        dy * pixels,
    )
    for kind, prefix, pixels in (
        (Edge.MOVE, "", 1),
        (Edge.MOVE, "Shift+", 10),
        (Edge.RESIZE, "Alt+", 1),
        (Edge.RESIZE, "Alt+Shift+", 10),
    )
    for arrow, dx, dy, move, resize in _ARROWS
)

CATEGORY_KEYS: tuple[str, ...] = tuple("123456789")
"""Default key of each of the first nine categories; a person's own is stored under ``category-1`` and so on."""
