"""The eight handles of the selected box, and what dragging one does to it."""

from __future__ import annotations

import enum
import math

from PySide6.QtCore import QPointF, QRectF, Qt

from tracker.geometry import BoundingBox

HANDLE_SIZE = 10.0
"""Drawn side of a handle in logical screen px, at any zoom."""
HIT_SIZE = 16.0
"""Side of the square round a handle that answers the mouse."""
MIN_SIDE = 2.0
"""Shortest side of a box in picture pixels that the mouse or the keys can make."""
_ROOMY = 44.0


class Handle(enum.Enum):
    """Which edges a handle moves, as (horizontal, vertical): -1 left or top, 1 right or bottom, 0 none."""

    TOP_LEFT = (-1, -1)
    TOP = (0, -1)
    TOP_RIGHT = (1, -1)
    RIGHT = (1, 0)
    BOTTOM_RIGHT = (1, 1)
    BOTTOM = (0, 1)
    BOTTOM_LEFT = (-1, 1)
    LEFT = (-1, 0)

    @property
    def cursor(self) -> Qt.CursorShape:
        """The mouse cursor over this handle."""
        horizontal, vertical = self.value
        if not vertical:
            return Qt.CursorShape.SizeHorCursor
        if not horizontal:
            return Qt.CursorShape.SizeVerCursor
        return Qt.CursorShape.SizeFDiagCursor if horizontal == vertical else Qt.CursorShape.SizeBDiagCursor


def handle_points(rect: QRectF) -> dict[Handle, QPointF]:
    """Centres of the handles of a box drawn at ``rect`` (widget coordinates).

    Round a box that is small on screen they stand outside its corners and the edge handles are left out, so that the
    object stays visible and the box can still be grabbed inside.
    """
    roomy = min(rect.width(), rect.height()) >= _ROOMY
    frame = rect if roomy else rect.adjusted(-HIT_SIZE / 2, -HIT_SIZE / 2, HIT_SIZE / 2, HIT_SIZE / 2)
    center = frame.center()
    points = {}
    for handle in Handle:
        horizontal, vertical = handle.value
        if roomy or (horizontal and vertical):
            points[handle] = QPointF(
                center.x() + horizontal * frame.width() / 2, center.y() + vertical * frame.height() / 2
            )
    return points


def handle_at(rect: QRectF, point: QPointF) -> Handle | None:
    """The handle of a box drawn at ``rect`` whose hit square holds ``point``; the nearest one where several do."""
    best, best_distance = None, HIT_SIZE / 2
    for handle, center in handle_points(rect).items():
        distance = max(abs(center.x() - point.x()), abs(center.y() - point.y()))
        if distance <= best_distance:
            best, best_distance = handle, distance
    return best


def resized(box: BoundingBox, handle: Handle, dx: float, dy: float, width: float, height: float) -> BoundingBox:
    """``box`` with the edges of ``handle`` moved by (dx, dy) picture pixels.

    A moved edge lands on a whole pixel edge, stays in the picture of ``width`` x ``height`` and keeps ``MIN_SIDE``
    from the edge across; the other edges do not move at all.
    """
    horizontal, vertical = handle.value
    least = shortest_side(width, height)
    x, right = _moved_edges(box.x, box.right, horizontal, dx, width, least)
    y, bottom = _moved_edges(box.y, box.bottom, vertical, dy, height, least)
    return BoundingBox(x, y, right - x, bottom - y)


def shifted(box: BoundingBox, dx: float, dy: float, width: float, height: float) -> BoundingBox:
    """``box`` moved by (dx, dy) picture pixels and not out of the picture (further than it was before)."""
    return BoundingBox(_shifted_start(box.x, box.w, dx, width), _shifted_start(box.y, box.h, dy, height), box.w, box.h)


def grown(box: BoundingBox, dw: float, dh: float, width: float, height: float) -> BoundingBox:
    """``box`` with its right edge moved by ``dw`` and its bottom edge by ``dh`` picture pixels."""
    return resized(box, Handle.BOTTOM_RIGHT, dw, dh, width, height)


def shortest_side(width: float, height: float) -> float:
    """``MIN_SIDE``, or as much of it as a picture has."""
    return min(MIN_SIDE, width, height)


def nearest_edge(value: float) -> float:
    """The pixel edge (a whole number) nearest to a picture coordinate; halves go up, everywhere alike."""
    return float(math.floor(value + 0.5))


def _moved_edges(
    start: float, stop: float, which: int, delta: float, limit: float, least: float
) -> tuple[float, float]:
    if not delta or not which:
        return start, stop
    if which < 0:
        moved = max(nearest_edge(start + delta), min(0.0, start))
        return min(moved, stop - least), stop
    moved = min(nearest_edge(stop + delta), max(limit, stop))
    return start, max(moved, start + least)


def _shifted_start(start: float, length: float, delta: float, limit: float) -> float:
    if not delta:
        return start
    lowest, highest = min(0.0, start), max(limit - length, start)
    return min(max(nearest_edge(start + delta), lowest), highest)
