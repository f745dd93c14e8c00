"""Where the annotator draws, selects, moves and resizes boxes on the picture."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from app.views.box_canvas import BoxCanvas
from app.views.box_drawing import BoxDrag, BoxDrawing
from app.views.box_handles import grown, handle_at, nearest_edge, shifted
from app.views.box_item import BoxView
from app.views.drawing_guides import paint_drawing, paint_readout
from app.views.key_cursor import HUNDRED, ONE, TEN, KeyCursor
from app.views.picture_guides import paint_cross_hair
from app.views.tokens import Tokens
from tracker.geometry import BoundingBox

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
"""Step (dx, dy) of each arrow."""
DRAWING_KEYS = frozenset({*ARROWS, Qt.Key.Key_Return, Qt.Key.Key_Enter})
"""Keys that draw while the draw tool is in hand; letters and Alt keep their meaning."""
_DRAG_THRESHOLD = 4.0
"""Screen px the mouse must go before a press is a drag and not a click."""


class VideoView(BoxCanvas):
    """The canvas with its tools. It changes no labels: what the annotator wants is said by signal.

    Signals:
        box_drawn: A new BoundingBox, in picture pixels.
        box_edited: (track id, BoundingBox, final): live with False while the mouse drags, once with True at the end.
        box_clicked: Track id of the box under a click; clicking again walks through boxes that lie on each other.
        locked_dragged: Track id of a box that the mouse has pulled at and that stays where it is.
        empty_clicked: A click beside all boxes.
        draw_cancelled: Drawing ended without a box.
        drawing_changed: Whether the draw tool is in hand.
        touched: A box is about to be taken hold of or made: a picture that waits is to be shown before.
    """

    box_drawn = Signal(object)
    box_edited = Signal(int, object, bool)
    box_clicked = Signal(int)
    locked_dragged = Signal(int)
    empty_clicked = Signal()
    draw_cancelled = Signal()
    drawing_changed = Signal(bool)
    touched = Signal()

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(tokens, parent)
        self._drawing: BoxDrawing | None = None
        self._second_click = False
        self._key_cursor: KeyCursor | None = None
        self._drag: BoxDrag | None = None
        self._press_at: QPointF | None = None
        self._mouse_at: QPointF | None = None
        self._clicked_on_press = False
        self._locked_grabbed = 0
        self._cross_hair = False
        self.setAccessibleDescription(self.tr("Boxes are drawn, moved and resized here with the mouse or the keys"))

    def _replace_boxes(self, boxes: Sequence[BoxView]) -> None:
        """A box in the mouse's hand stays where the mouse has it."""
        edited = self._edited
        super()._replace_boxes(boxes)
        if self._drag is not None and self._drag.moving and edited is not None:
            self.put_edited(*edited)

    def clear_frame(self) -> None:
        """Show the empty state, without boxes and heat-map and with nothing in hand."""
        self.cancel_drawing()
        self._drag, self._press_at = None, None
        super().clear_frame()

    @property
    def cross_hair(self) -> bool:
        """Whether lines run through the mouse, also without the draw tool."""
        return self._cross_hair

    @cross_hair.setter
    def cross_hair(self, visible: bool) -> None:
        self._cross_hair = visible
        self.update()

    # -------------------------------------------------------------------- tools

    @property
    def drawing(self) -> bool:
        """Whether the draw tool is in hand."""
        return self._drawing is not None

    def start_drawing(self) -> None:
        """Take the draw tool: the next drag, or the next two clicks, make a box. Does nothing without a frame."""
        if self.picture_size.isEmpty() or self.drawing:
            return
        width, height = self.picture_size.width(), self.picture_size.height()
        self._drawing = BoxDrawing(width, height)
        self._second_click = False
        middle = self._mapping.to_picture(self._mouse_at or QRectF(self.rect()).center())
        x, y = (min(max(nearest_edge(it), 0.0), limit) for it, limit in zip(middle, (width, height), strict=True))
        self._key_cursor = KeyCursor(width, height, x, y)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._update_cursor()
        self.drawing_changed.emit(True)
        self.update()

    def cancel_drawing(self) -> None:
        """Put the draw tool down without a box."""
        if self._drawing is not None:
            self._end_drawing()
            self.draw_cancelled.emit()

    def nudge(self, dx: float, dy: float) -> None:
        """Move the selected box by picture pixels and report it as a final edit."""
        view = self._editable_selection()
        if view is not None:
            size = self.picture_size
            self._edit_by_key(view, shifted(view.box, dx, dy, size.width(), size.height()))

    def resize_box(self, dw: float, dh: float) -> None:
        """Move right and bottom edge of the selected box by picture pixels and report it as a final edit."""
        view = self._editable_selection()
        if view is not None:
            size = self.picture_size
            self._edit_by_key(view, grown(view.box, dw, dh, size.width(), size.height()))

    def _editable_selection(self) -> BoxView | None:
        view = self.selected_box
        free = view is not None and not view.locked and self._drag is None and not self.picture_size.isEmpty()
        return view if free else None

    def _edit_by_key(self, view: BoxView, box: BoundingBox) -> None:
        if box != view.box:
            self.put_edited(view.track_id, box)
            self.reveal(*box.center)
            self.box_edited.emit(view.track_id, box, True)

    def _end_drawing(self) -> None:
        self._drawing = self._key_cursor = None
        self._press_at = None
        self._update_cursor()
        self.update()
        self.drawing_changed.emit(False)

    # ------------------------------------------------------------------- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Left: draw, grab a handle or a box, or pan beside them. Right: put the draw tool down."""
        self._mouse_at = event.position()
        if event.button() == Qt.MouseButton.RightButton and self.drawing:
            self.cancel_drawing()
        elif event.button() == Qt.MouseButton.LeftButton and not self.picture_size.isEmpty():
            self._press_at = event.position()
            if self._drawing is not None:
                self._second_click = self._drawing.started
                if not self._second_click:
                    self._drawing.start(self._mapping.to_picture(event.position()))
                self.update()
            else:
                self._grab(event.position())
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Draw, drag or pan; otherwise show by the cursor what a press would do."""
        super().mouseMoveEvent(event)
        self._mouse_at = event.position()
        if self._cross_hair:
            self.update()
        if self._drawing is not None:
            self._drawing.follow(self._mapping.to_picture(event.position()))
            self.update()
        elif self._drag is not None:
            if not self._drag.moving and self._is_far(event.position()):
                self._drag.moving = True
            if self._drag.moving:
                self._drag_to(event.position())
        elif self._press_at is None:
            self._update_cursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """The end of a drawing, a drag or a click."""
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton or self._press_at is None:
            return
        far = self._is_far(event.position())
        self._press_at, drag, self._drag = None, self._drag, None
        if self._drawing is not None:
            self._drawing.follow(self._mapping.to_picture(event.position()))
            if far or self._second_click:
                self._finish_drawing(self._drawing, dragged=far and not self._second_click)
        elif drag is not None and drag.moving:
            box = drag.box_at(self._mapping.to_picture(event.position()))
            self.put_edited(drag.track_id, box)
            self.box_edited.emit(drag.track_id, box, True)
        elif not far:
            self._click(event.position())
        elif self._locked_grabbed:
            self.locked_dragged.emit(self._locked_grabbed)
        self._update_cursor()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """Take the guides of the draw tool away."""
        self._mouse_at = None
        super().leaveEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        """While drawing or dragging, some keys belong to this widget and not to window-wide shortcuts.

        All of them while the mouse has a box in hand: another frame, an undo or a deletion would pull it away.
        """
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            wanted = event.key() == Qt.Key.Key_Escape and (self.drawing or self._drag is not None)
            if wanted or self._has_in_hand or (self.drawing and _is_for_drawing(event)):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Esc gives up the drawing or the drag under way; arrows and Enter draw."""
        if event.key() == Qt.Key.Key_Escape and self._drag is not None:
            self._abandon_drag(self._drag)
        elif event.key() == Qt.Key.Key_Escape and self.drawing:
            self.cancel_drawing()
        elif self._drawing is not None and _is_for_drawing(event) and not self._has_in_hand:
            self._draw_by_key(self._drawing, event)
        elif not self._has_in_hand:
            super().keyPressEvent(event)

    @property
    def _has_in_hand(self) -> bool:
        """Whether the mouse is pressed and a box hangs on it."""
        moves = self._drag is not None and self._drag.moving
        return self._press_at is not None and (moves or self.drawing)

    def _draw_by_key(self, drawing: BoxDrawing, event: QKeyEvent) -> None:
        """Arrows move the corner, by ten pixels, Shift: one, Ctrl: a hundred; Enter sets both corners."""
        cursor = self._key_cursor
        if cursor is None:
            return
        self._mouse_at = None  # the guides go with the keys now
        if event.key() in ARROWS:
            held = event.modifiers()
            step = ONE if held & Qt.KeyboardModifier.ShiftModifier else TEN
            step = HUNDRED if held & Qt.KeyboardModifier.ControlModifier else step
            cursor.move(*ARROWS[Qt.Key(event.key())], step)
            drawing.follow(cursor.point)
            self.reveal(*cursor.point)
        elif not drawing.started:
            drawing.start(cursor.point)
        else:
            self._finish_drawing(drawing, dragged=False)
        self.update()

    def _grab(self, position: QPointF) -> None:
        """Take hold of what lies under a left press: a handle, the selected box, another box, or the picture."""
        self.touched.emit()
        self._clicked_on_press = False
        self._locked_grabbed = 0
        selected = self.selected_box
        handle = None
        if selected is not None and not selected.locked:
            handle = handle_at(self._mapping.box_rect(selected.box), position)
        under = self.boxes_at(position)
        view = selected if handle is not None or selected in under else next(iter(under), None)
        if view is None:
            self.start_pan(position)
            return
        if view is not selected:
            self._clicked_on_press = True
            self.box_clicked.emit(view.track_id)
        if view.locked:
            self._locked_grabbed = view.track_id
        else:
            size = self.picture_size
            origin = self._mapping.to_picture(position)
            self._drag = BoxDrag(view.track_id, view.box, handle, origin, size.width(), size.height())

    def _drag_to(self, position: QPointF) -> None:
        assert self._drag is not None
        box = self._drag.box_at(self._mapping.to_picture(position))
        if self._edited != (self._drag.track_id, box):
            self.put_edited(self._drag.track_id, box)
            self.box_edited.emit(self._drag.track_id, box, False)

    def _abandon_drag(self, drag: BoxDrag) -> None:
        self._drag = self._press_at = None
        self.forget_edited()
        self._update_cursor()
        if drag.moving:
            self.box_edited.emit(drag.track_id, drag.start_box, False)

    def _click(self, position: QPointF) -> None:
        under = self.boxes_at(position)
        if not under:
            self.empty_clicked.emit()
        elif not self._clicked_on_press:
            selected = self.selected_box
            after = under.index(selected) + 1 if selected in under else 0
            self.box_clicked.emit(under[after % len(under)].track_id)

    def _finish_drawing(self, drawing: BoxDrawing, *, dragged: bool) -> None:
        self.touched.emit()
        box = drawing.result
        if self.veil.is_waiting:
            # drawn on another frame's picture; the tool stays in hand
            drawing.anchor = None
            self.update()
        elif box is not None:
            self._end_drawing()
            self.box_drawn.emit(box)
        elif dragged:
            # too small: forget it, the tool stays in hand
            drawing.anchor = None
            self.update()

    def _is_far(self, position: QPointF) -> bool:
        if self._press_at is None:
            return False
        away = position - self._press_at
        return math.hypot(away.x(), away.y()) >= _DRAG_THRESHOLD

    def _update_cursor(self) -> None:
        self.setCursor(self._cursor_shape())

    def _cursor_shape(self) -> Qt.CursorShape:
        if self.drawing:
            return Qt.CursorShape.CrossCursor
        selected, position = self.selected_box, self._mouse_at
        if position is None or self.picture_size.isEmpty():
            return Qt.CursorShape.ArrowCursor
        if selected is not None and not selected.locked:
            handle = handle_at(self._mapping.box_rect(selected.box), position)
            if handle is not None:
                return handle.cursor
        under = self.boxes_at(position)
        if selected in under and selected is not None and not selected.locked:
            return Qt.CursorShape.SizeAllCursor
        return Qt.CursorShape.PointingHandCursor if under else Qt.CursorShape.ArrowCursor

    # ---------------------------------------------------------------- painting

    def paint_over(self, painter: QPainter) -> None:
        """What the canvas shows, and what the tool in hand is doing."""
        super().paint_over(painter)
        at = self._mouse_at
        if at is None and self._key_cursor is not None:
            at = self._mapping.to_widget(*self._key_cursor.point)
        if at is not None and (not self._drawing.started if self._drawing else self._cross_hair):
            paint_cross_hair(painter, at, QRectF(self.rect()))
        if self._drawing is not None:
            paint_drawing(painter, self._drawing, self._mapping, QRectF(self.rect()), self._colours)
        elif self._drag is not None and self._drag.moving and self._edited is not None:
            paint_readout(painter, self._edited[1], self._mapping, QRectF(self.rect()), self._colours)


def _is_for_drawing(event: QKeyEvent) -> bool:
    """Whether a key draws; with Ctrl, all but the arrows are commands of the window's."""
    return event.key() in (ARROWS if event.modifiers() & Qt.KeyboardModifier.ControlModifier else DRAWING_KEYS)
