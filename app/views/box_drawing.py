"""What the mouse is doing to boxes: drawing a new one, or dragging the selected one. No widgets, no painting."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.views.box_handles import Handle, nearest_edge, resized, shifted, shortest_side
from tracker.geometry import BoundingBox

Point = tuple[float, float]


@dataclass(slots=True)
class BoxDrawing:
    """A new box between two corners, set by press-drag-release or by two clicks.

    Points are picture coordinates. Corners land on pixel edges and are clipped to the picture.

    Attributes:
        width: Of the picture.
        height: Of the picture.
        anchor: First corner, once it is set.
        corner: The corner that follows the mouse.
    """

    width: int
    height: int
    anchor: Point | None = None
    corner: Point = field(default=(0.0, 0.0))

    @property
    def started(self) -> bool:
        """Whether the first corner is set."""
        return self.anchor is not None

    def start(self, point: Point) -> None:
        """Set the first corner."""
        self.anchor = self._on_pixel_edge(point)
        self.corner = self.anchor

    def follow(self, point: Point) -> None:
        """Move the second corner."""
        self.corner = self._on_pixel_edge(point)

    @property
    def box(self) -> BoundingBox | None:
        """The box as it stands; None before it has a size at all."""
        if self.anchor is None:
            return None
        (x0, y0), (x1, y1) = self.anchor, self.corner
        if x0 == x1 or y0 == y1:
            return None
        return BoundingBox(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0))

    @property
    def result(self) -> BoundingBox | None:
        """The box if it is large enough to keep."""
        box = self.box
        return box if box is not None and min(box.w, box.h) >= shortest_side(self.width, self.height) else None

    def _on_pixel_edge(self, point: Point) -> Point:
        x, y = point
        return min(max(nearest_edge(x), 0.0), float(self.width)), min(max(nearest_edge(y), 0.0), float(self.height))


@dataclass(slots=True)
class BoxDrag:
    """The selected box being moved (no handle) or resized (a handle).

    Attributes:
        track_id: Whose box.
        start_box: As it was when the button went down.
        handle: The handle held, or None: the whole box.
        origin: Picture point where the button went down.
        width: Of the picture.
        height: Of the picture.
        moving: Whether the mouse has gone far enough for this to be a drag and not a click.
    """

    track_id: int
    start_box: BoundingBox
    handle: Handle | None
    origin: Point
    width: int
    height: int
    moving: bool = False

    def box_at(self, point: Point) -> BoundingBox:
        """The box with the mouse at picture point ``point``."""
        dx, dy = point[0] - self.origin[0], point[1] - self.origin[1]
        if self.handle is None:
            return shifted(self.start_box, dx, dy, self.width, self.height)
        return resized(self.start_box, self.handle, dx, dy, self.width, self.height)
