"""Which places of the picture labels have taken; with two hundred of them each is compared with those near it only."""

from __future__ import annotations

import math
from collections.abc import Iterator

from PySide6.QtCore import QRectF

_CELL = 64.0
"""Px; a label covers a few cells of this size."""

_Edges = tuple[float, float, float, float]


class LabelPlaces:
    """Rectangles, by the cells of a grid that they reach into."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[_Edges]] = {}
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def take(self, place: QRectF) -> None:
        """One more is taken."""
        edges = _edges(place)
        for cell in _reached(edges):
            self._cells.setdefault(cell, []).append(edges)
        self._count += 1

    def are_free(self, place: QRectF) -> bool:
        """Whether nothing that is taken overlaps a place; touching is no overlap."""
        left, top, right, bottom = edges = _edges(place)
        for cell in _reached(edges):
            for it in self._cells.get(cell, ()):
                if it[0] < right and left < it[2] and it[1] < bottom and top < it[3]:
                    return False
        return True


def _edges(place: QRectF) -> _Edges:
    return place.left(), place.top(), place.right(), place.bottom()


def _reached(edges: _Edges) -> Iterator[tuple[int, int]]:
    left, top, right, bottom = (math.floor(it / _CELL) for it in edges)
    for column in range(left, right + 1):
        for row in range(top, bottom + 1):
            yield column, row
