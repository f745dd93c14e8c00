"""The picture with its boxes and heat-map: what is shown, not what the mouse does to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from app.settings import HeatColours
from app.views.box_item import BoxLayer, BoxView, paint_handles, paint_outlines
from app.views.heatmap_item import HeatmapItem
from app.views.label_chips import Chip, chips_of, paint_chip
from app.views.picture_canvas import PictureCanvas
from app.views.picture_mapping import PictureMapping
from app.views.tokens import Tokens
from tracker.geometry import BoundingBox
from tracker.result import TrackResult

_EDGE_REACH = 5.0
"""Screen px outside a box that still count as on it."""
_CROWD = 40
"""More boxes than this take a while to be looked at."""
_CLOSEST = 16.0
"""Logical px a picture px beyond which ``zoom_to_target`` does not go: a few blurred pixels tell nothing."""
_CALM_SHARE = 0.3
"""Share of the view in which a followed box may move without the picture moving under it."""
_TARGET_SHARE = 0.35
"""Share of the view that the box takes after ``zoom_to_target``."""


class BoxCanvas(PictureCanvas):
    """Frame, heat-map and boxes on each other. It holds no labels of its own: it draws what it is given."""

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(tokens, parent)
        self._source: Callable[[], Sequence[BoxView]] | None = None
        self._given: tuple[BoxView, ...] = ()
        self._drawn: tuple[BoxView, ...] = ()
        """The same with an edit under way."""
        self._edited: tuple[int, BoundingBox] | None = None
        self._is_locked = False
        self._heatmap = HeatmapItem()
        self._labelled: tuple[object, ...] = ()
        self._chips: list[Chip] = []
        """Of what was last painted: where the mouse goes, the picture is painted again, and labels stay."""

    def set_boxes(self, boxes: Sequence[BoxView]) -> None:
        """Show these boxes, the last on top, in place of all others and of edits made here."""
        self.ask_for_boxes(lambda: boxes)

    def ask_for_boxes(self, source: Callable[[], Sequence[BoxView]]) -> None:
        """The same with those that ``source`` gives when they are needed, for painting or for the mouse.

        Of steps that come before the next painting only the last is looked at: a crowd takes as long as all else.
        """
        self._source = source
        self.update_soon()

    def preparations(self) -> tuple[Callable[[], object], ...]:
        """The boxes, and where their labels go; without a crowd of them all in one turn."""
        parts = (*super().preparations(), self._take_boxes, self._place_labels)
        return parts if len(self._drawn) > _CROWD else (lambda: [part() for part in parts],)

    def _take_boxes(self) -> None:
        """Have what was given last."""
        source, self._source = self._source, None
        if source is not None:
            self._replace_boxes(source())

    def _replace_boxes(self, boxes: Sequence[BoxView]) -> None:
        self._given = tuple(sorted(boxes, key=lambda view: (view.layer is not BoxLayer.GHOST, view.selected)))
        self._drawn, self._edited, self._is_locked = self._given, None, False

    def lock_boxes(self) -> None:
        """Leave them where they are, and the mouse and keys off them, until the next ``set_boxes``."""
        self._is_locked = True

    def put_edited(self, track_id: int, box: BoundingBox) -> None:
        """Show one Track's box elsewhere until the next ``set_boxes``."""
        self._take_boxes()
        self._edited = (track_id, box)
        self._drawn = tuple(
            replace(view, box=box) if view.track_id == track_id and view.layer is not BoxLayer.GHOST else view
            for view in self._given
        )
        self.update()

    def forget_edited(self) -> None:
        """Show that box where it was."""
        self._take_boxes()
        self._edited, self._drawn = None, self._given
        self.update()

    @property
    def boxes(self) -> tuple[BoxView, ...]:
        """The boxes as drawn, an edit under way included."""
        self._take_boxes()
        return tuple(map(self._as_locked, self._drawn))

    @property
    def selected_box(self) -> BoxView | None:
        """The box of the selected Track on this frame."""
        self._take_boxes()
        for view in reversed(self._drawn):
            if view.selected and view.layer is not BoxLayer.GHOST:
                return self._as_locked(view)
        return None

    def _as_locked(self, view: BoxView) -> BoxView:
        return replace(view, locked=True) if self._is_locked and not view.locked else view

    def clear_frame(self) -> None:
        """Show the empty state, without boxes and heat-map."""
        self._given = self._drawn = ()
        self._source = self._edited = None
        self._heatmap.set_result(None)
        super().clear_frame()

    # ----------------------------------------------------------------- heat-map

    def show_result(self, result: TrackResult | None) -> None:
        """Lay a result's heat-map over the picture, or take it away."""
        self._heatmap.set_result(result)
        self.update_soon()

    @property
    def heat_visible(self) -> bool:
        """Whether the heat-map is drawn where there is one."""
        return self._heatmap.visible

    @heat_visible.setter
    def heat_visible(self, visible: bool) -> None:
        self._heatmap.visible = visible
        self.update()

    @property
    def heat_opacity(self) -> float:
        """Opacity of the heat-map where the score is high, 0 to 1."""
        return self._heatmap.opacity

    @heat_opacity.setter
    def heat_opacity(self, opacity: float) -> None:
        self._heatmap.opacity = min(max(opacity, 0.0), 1.0)
        self.update()

    @property
    def heat_colours(self) -> HeatColours:
        """The heat-map's colour map."""
        return self._heatmap.colours

    @heat_colours.setter
    def heat_colours(self, colours: HeatColours) -> None:
        self._heatmap.colours = colours
        self.update()

    def zoom_to_target(self) -> None:
        """Bring the selected box to the middle, large enough to work on; without one, show the whole picture."""
        view = self.selected_box
        if view is None:
            self.fit()
            return
        closer = min(self.width() / view.box.w, self.height() / view.box.h) * _TARGET_SHARE
        # a box that fills the picture already is only centred: going to the target never means going further away
        whole = PictureMapping.fitted(QSizeF(self.picture_size), QSizeF(self.size())).scale
        self.center_on(*view.box.center, min(max(closer, whole), _CLOSEST) * self.devicePixelRatioF())

    def follow_target(self) -> None:
        """Move the picture as little as needed to keep the selected box in the middle of a view that is zoomed in."""
        view = self.selected_box
        if view is None or self.is_fitted:
            return
        rect, room = self._mapping.box_rect(view.box), QRectF(self.rect())
        calm = QRectF(0, 0, room.width() * _CALM_SHARE, room.height() * _CALM_SHARE)
        calm.moveCenter(room.center())
        centre = rect.center()
        dx = min(max(centre.x(), calm.left()), calm.right()) - centre.x()
        dy = min(max(centre.y(), calm.top()), calm.bottom()) - centre.y()
        if dx or dy:
            self._set_mapping(self._mapping.moved(dx, dy))

    def boxes_at(self, position: QPointF) -> list[BoxView]:
        """Boxes under a widget point, the smallest first: it is the one that could not be hit otherwise."""
        self._take_boxes()
        x, y, reach, place_of = position.x(), position.y(), _EDGE_REACH, self._mapping.place_of
        found = []
        for view in self._drawn:
            left, top, width, height = place_of(view.box)
            if left - reach <= x <= left + width + reach and top - reach <= y <= top + height + reach:
                found.append(view)
        found = [self._as_locked(view) for view in found if view.layer is not BoxLayer.GHOST]
        return sorted(found, key=lambda view: view.box.area)

    def paint_over(self, painter: QPainter) -> None:
        """Heat-map, then ghosts, outlines, handles, and the labels on top."""
        self._take_boxes()
        painter.save()
        # the search region may reach beyond the picture, where there is nothing to see
        size = self.picture_size
        painter.setClipRect(self._mapping.box_rect(BoundingBox(0, 0, size.width(), size.height())))
        self._heatmap.paint(painter, self._mapping)
        painter.restore()
        painter.save()
        area = QRectF(self.rect())
        paint_outlines(painter, self._drawn, self._mapping, area)
        selected = self.selected_box
        if selected is not None and not selected.locked:
            paint_handles(painter, selected, self._mapping)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._place_labels()
        for chip in self._chips:
            paint_chip(painter, chip, self.font(), self.devicePixelRatioF())
        painter.restore()

    def _place_labels(self) -> None:
        shown = self._drawn, self._mapping, self.font(), QRectF(self.rect()).adjusted(4, 4, -4, -4)
        if shown != self._labelled:
            self._labelled, self._chips = shown, chips_of(*shown)
