"""Where the picture lies in its widget: the only place that converts between picture and screen coordinates."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF

from tracker.geometry import BoundingBox

MIN_SCALE = 0.02
MAX_SCALE = 64.0


@dataclass(frozen=True, slots=True)
class PictureMapping:
    """Picture pixels <-> widget coordinates. A box edge at x lies on the edge between two pixels, not in one.

    Attributes:
        scale: Logical widget pixels per picture pixel.
        left: Widget x of the picture's left edge (picture x = 0).
        top: Widget y of the picture's top edge (picture y = 0).
    """

    scale: float = 1.0
    left: float = 0.0
    top: float = 0.0

    def to_widget(self, x: float, y: float) -> QPointF:
        """The widget point of picture point (x, y)."""
        return QPointF(self.left + x * self.scale, self.top + y * self.scale)

    def to_picture(self, point: QPointF) -> tuple[float, float]:
        """The picture point (x, y) under a widget point."""
        return (point.x() - self.left) / self.scale, (point.y() - self.top) / self.scale

    def place_of(self, box: BoundingBox) -> tuple[float, float, float, float]:
        """Left, top, width and height in the widget of a box given in picture pixels."""
        scale = self.scale
        return self.left + box.x * scale, self.top + box.y * scale, box.w * scale, box.h * scale

    def box_rect(self, box: BoundingBox) -> QRectF:
        """The widget rectangle of a box given in picture pixels."""
        return QRectF(*self.place_of(box))

    def scaled_about(self, scale: float, point: QPointF) -> PictureMapping:
        """With another scale, the picture point under the widget point ``point`` staying where it is."""
        scale = min(max(scale, MIN_SCALE), MAX_SCALE)
        x, y = self.to_picture(point)
        return PictureMapping(scale, point.x() - x * scale, point.y() - y * scale)

    def moved(self, dx: float, dy: float) -> PictureMapping:
        """Shifted by (dx, dy) widget pixels."""
        return PictureMapping(self.scale, self.left + dx, self.top + dy)

    @classmethod
    def fitted(cls, picture: QSizeF, widget: QSizeF, margin: float = 0.0) -> PictureMapping:
        """The whole picture centred in the widget, as large as it goes with ``margin`` widget pixels round it."""
        room_w, room_h = max(widget.width() - 2 * margin, 1.0), max(widget.height() - 2 * margin, 1.0)
        scale = min(room_w / picture.width(), room_h / picture.height())
        return cls.centered(picture.width() / 2, picture.height() / 2, scale, widget)

    @classmethod
    def centered(cls, x: float, y: float, scale: float, widget: QSizeF) -> PictureMapping:
        """With picture point (x, y) in the middle of the widget."""
        scale = min(max(scale, MIN_SCALE), MAX_SCALE)
        return cls(scale, widget.width() / 2 - x * scale, widget.height() / 2 - y * scale)

    def kept_in_view(self, picture: QSizeF, widget: QSizeF) -> PictureMapping:
        """Shifted as little as needed so that the picture never leaves the widget.

        A picture smaller than the widget is centred on that axis; a larger one can be moved until its edge meets the
        middle of the widget, so that the corner of a picture can be worked on in comfort.
        """
        return PictureMapping(
            self.scale,
            _kept(self.left, picture.width() * self.scale, widget.width()),
            _kept(self.top, picture.height() * self.scale, widget.height()),
        )


def _kept(start: float, length: float, room: float) -> float:
    if length <= room:
        return (room - length) / 2
    return min(max(start, room / 2 - length), room / 2)
