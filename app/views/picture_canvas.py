"""A widget that shows one frame with zoom and pan, and says when it has really been painted."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from app.media.frame_source import Frame
from app.views.colours import Colours
from app.views.minimap import paint_minimap
from app.views.picture_guides import paint_pixel_grid
from app.views.picture_levels import PictureLevels
from app.views.picture_mapping import PictureMapping
from app.views.picture_veil import PictureVeil
from app.views.screen_picture import ScreenPicture
from app.views.step_by_step import StepByStep
from app.views.tokens import Tokens

_FIT_MARGIN = 12.0
_ZOOM_STEP = 1.25
_REVEALED = 48.0
"""Screen px that are seen round a place that is brought into sight."""
_SMOOTH_BELOW = 2.0
"""Device px a picture px from which pixels are shown as squares."""
_PAINT_DEADLINE_MS = 250
"""A frame counts as painted after this long even if the system never asked for it (covered or minimised window)."""


class PictureCanvas(QWidget):
    """One picture, zoomed and moved by wheel, keys and middle button; subclasses paint over it.

    Signals:
        painted: Once for each ``show_frame``, after that frame (or a newer one in its place) is on screen.
        zoom_changed: The new zoom in device px a picture px.
        hovered: Picture point (x, y) under the mouse.
        hover_left: The mouse has left the picture.
    """

    painted = Signal()
    zoom_changed = Signal(float)
    hovered = Signal(float, float)
    hover_left = Signal()

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = Colours.of(tokens)
        self._frame: Frame | None = None
        self._image: QImage | None = None
        """What is painted of the frame; None until it is needed: another step may come before."""
        self._levels = PictureLevels()
        self._screen = ScreenPicture()
        self._pixel_grid = True
        self._mapping = PictureMapping()
        self._fitted = True
        self._pan_from: QPointF | None = None
        self._focus_by_key = False
        self._empty_text = self.tr("No video is open")
        self.veil = PictureVeil(self)
        """Lies over the picture while it is not the frame whose number is shown."""
        self.veil.changed.connect(self.update)
        self._unpainted = 0
        self._paint_report = QTimer(self)
        self._paint_report.setSingleShot(True)
        self._paint_report.timeout.connect(self._report_painted)
        self._soon = StepByStep(self)
        self._has_changed = False
        """Since it has begun to be worked out."""
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(160, 120)
        self.setAccessibleName(self.tr("Picture"))

    # ------------------------------------------------------------------ frame

    def show_frame(self, frame: Frame) -> None:
        """Show a frame, RGB uint8 (H, W, 3). Another size than before fits the picture into the widget."""
        before = self.picture_size
        self._frame, self._image = frame, None
        if before != self.picture_size:
            self.fit()
        self._unpainted += 1
        if not self.isVisible():
            self._paint_report.start(0)
        elif not self._paint_report.isActive():
            self._paint_report.start(_PAINT_DEADLINE_MS)
        self.update_soon()

    def update_soon(self) -> None:
        """Paint in a later turn of the event loop: a crowd of boxes takes its time to be looked at, and again here."""
        self._has_changed = True
        if not self._soon.is_busy:
            parts = self.preparations()
            # while several turns pass, something else may come; one more turn for each frame would slow a run down
            self._soon.begin(*parts, self._update_or_prepare if len(parts) > 1 else self.update)

    def preparations(self) -> tuple[Callable[[], object], ...]:
        """What is worked out before painting, each in a turn of its own. Subclasses add to it."""
        return (self.prepare_image,)

    def prepare_image(self) -> None:
        """The frame as it is shown; comes first."""
        self._has_changed = False
        self._shown_image()

    def _update_or_prepare(self) -> None:
        """Paint, unless something else is to be shown by now; what comes then is worked out by the painting."""
        if self._has_changed:
            self._soon.begin(*self.preparations(), self.update)
        else:
            self.update()

    @property
    def is_unpainted(self) -> bool:
        """Whether the frame shown last is still to be painted."""
        return self._unpainted > 0

    def clear_frame(self) -> None:
        """Show the empty state."""
        self._image = self._frame = None
        self._unpainted = 0
        self._paint_report.stop()
        self.veil.lift()
        self.hover_left.emit()
        self.update()

    @property
    def levels(self) -> PictureLevels:
        """Brightness, contrast and gamma of what is shown; the frames themselves stay as they are."""
        return self._levels

    @levels.setter
    def levels(self, levels: PictureLevels) -> None:
        self._levels = levels
        self._image = None
        self.update_soon()

    @property
    def pixel_grid(self) -> bool:
        """Whether lines between the pixels are drawn where these are large enough."""
        return self._pixel_grid

    @pixel_grid.setter
    def pixel_grid(self, visible: bool) -> None:
        self._pixel_grid = visible
        self.update()

    def shown_colour(self, x: int, y: int) -> QColor:
        """Colour of a picture pixel as it is shown, without what lies over it; invalid where there is none."""
        image = self._shown_image()
        return image.pixelColor(x, y) if image is not None and image.valid(x, y) else QColor()

    def _shown_image(self) -> QImage | None:
        if self._image is None and self._frame is not None:
            self._image = self._screen.show(self._frame, self._levels)
        return self._image

    def set_empty_text(self, text: str) -> None:
        """What stands in the middle while there is no frame."""
        self._empty_text = text
        self.update()

    def set_theme(self, tokens: Tokens) -> None:
        """Use other colours."""
        self._colours = Colours.of(tokens)
        self.update()

    @property
    def picture_size(self) -> QSize:
        """Of the shown frame in pixels; (0, 0) while there is none."""
        return QSize(self._frame.shape[1], self._frame.shape[0]) if self._frame is not None else QSize(0, 0)

    @property
    def mapping(self) -> PictureMapping:
        """Where the picture lies in the widget."""
        return self._mapping

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Room for a small video without scaling."""
        return QSize(960, 540)

    # ------------------------------------------------------------------- zoom

    @property
    def zoom(self) -> float:
        """Device px a picture px: 1.0 shows every pixel of the picture as exactly one of the screen."""
        return self._mapping.scale * self.devicePixelRatioF()

    def set_zoom(self, zoom: float, about: QPointF | None = None) -> None:
        """Zoom with the picture point under ``about`` (widget coordinates; default: the middle) staying in place."""
        if about is None:
            about = QRectF(self.rect()).center()
        self._fitted = False
        self._set_mapping(self._mapping.scaled_about(zoom / self.devicePixelRatioF(), about))

    @property
    def is_fitted(self) -> bool:
        """Whether the whole picture is shown and stays so."""
        return self._fitted

    def zoom_in(self) -> None:
        """One step closer, about the middle."""
        self.set_zoom(self.zoom * _ZOOM_STEP)

    def zoom_out(self) -> None:
        """One step further away, about the middle."""
        self.set_zoom(self.zoom / _ZOOM_STEP)

    def fit(self) -> None:
        """Show the whole picture, and keep doing so when the widget changes size."""
        self._fitted = True
        if self._frame is not None:
            self._set_mapping(PictureMapping.fitted(QSizeF(self.picture_size), QSizeF(self.size()), _FIT_MARGIN))

    def actual_size(self) -> None:
        """One picture pixel a screen pixel."""
        self.set_zoom(1.0)

    def center_on(self, x: float, y: float, zoom: float) -> None:
        """Bring picture point (x, y) to the middle at ``zoom``."""
        self._fitted = False
        scale = zoom / self.devicePixelRatioF()
        self._set_mapping(PictureMapping.centered(x, y, scale, QSizeF(self.size())))

    def reveal(self, x: float, y: float) -> None:
        """Move a picture that is zoomed in as little as needed to show a place of it, with some room round it."""
        if self._fitted:
            return
        place, room = self._mapping.to_widget(x, y), QRectF(self.rect())
        edge = min(_REVEALED, room.width() / 4, room.height() / 4)
        room.adjust(edge, edge, -edge, -edge)
        dx = min(max(place.x(), room.left()), room.right()) - place.x()
        dy = min(max(place.y(), room.top()), room.bottom()) - place.y()
        if dx or dy:
            self._set_mapping(self._mapping.moved(dx, dy))

    def _set_mapping(self, mapping: PictureMapping) -> None:
        if self._frame is None:
            return
        before = self._mapping
        self._mapping = mapping.kept_in_view(QSizeF(self.picture_size), QSizeF(self.size()))
        if self._mapping != before:
            self.update()
            if self._mapping.scale != before.scale:
                self.zoom_changed.emit(self.zoom)

    # ----------------------------------------------------------------- painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw background, picture, what subclasses put over it, minimap and focus ring."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._colours.window)
        image = self._shown_image()
        if image is None:
            self._paint_empty(painter)
        else:
            self._paint_picture(painter, image)
            if self._pixel_grid:
                paint_pixel_grid(painter, self._mapping, self.picture_size, QRectF(self.rect()))
            self.paint_over(painter)
            paint_minimap(painter, image, self._mapping, QRectF(self.rect()), self._colours)
            self.veil.paint(painter, QRectF(self.rect()), self._colours)
        if self.hasFocus() and self._focus_by_key:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._colours.focus, 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()
        if self._unpainted:
            # reported from the event loop: whoever listens may change this widget again
            self._paint_report.start(0)

    def paint_over(self, painter: QPainter) -> None:
        """Draw over the picture, in widget coordinates. Subclasses fill this."""

    def _paint_picture(self, painter: QPainter, image: QImage) -> None:
        left, top = self._mapping.to_picture(QPointF(0, 0))
        right, bottom = self._mapping.to_picture(QPointF(self.width(), self.height()))
        # whole pixels, one more on each side: far zoomed in, only what shows is scaled
        x0, y0 = max(math.floor(left) - 1, 0), max(math.floor(top) - 1, 0)
        x1, y1 = min(math.ceil(right) + 1, image.width()), min(math.ceil(bottom) + 1, image.height())
        if x1 <= x0 or y1 <= y0:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.zoom < _SMOOTH_BELOW)
        target = QRectF(self._mapping.to_widget(x0, y0), self._mapping.to_widget(x1, y1))
        painter.drawImage(target, image, QRectF(x0, y0, x1 - x0, y1 - y0))

    def _paint_empty(self, painter: QPainter) -> None:
        painter.setPen(self._colours.muted)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self.rect().adjusted(24, 24, -24, -24), flags, self._empty_text)

    def _report_painted(self) -> None:
        count, self._unpainted = self._unpainted, 0
        for _ in range(count):
            self.painted.emit()

    # ------------------------------------------------------------------- events

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Stay fitted, or keep the middle of the view where it was."""
        if self._fitted:
            self.fit()
        else:
            grown = event.size() - event.oldSize()
            self._set_mapping(self._mapping.moved(grown.width() / 2, grown.height() / 2))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # Qt's name
        """Zoom about the mouse."""
        notches = event.angleDelta().y() / 120
        if notches and self._frame is not None:
            self.set_zoom(self.zoom * _ZOOM_STEP**notches, event.position())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Plus and minus zoom."""
        if event.key() in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.zoom_in()
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom_out()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """The middle button starts to pan."""
        if event.button() == Qt.MouseButton.MiddleButton:
            self.start_pan(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Pan, and tell where the mouse is."""
        if self._pan_from is not None:
            delta = event.position() - self._pan_from
            self._pan_from = event.position()
            before = self._mapping
            self._set_mapping(before.moved(delta.x(), delta.y()))
            self._fitted = self._fitted and self._mapping == before  # all of it is seen: there is nowhere to move to
        x, y = self._mapping.to_picture(event.position())
        if 0 <= x < self.picture_size.width() and 0 <= y < self.picture_size.height():
            self.hovered.emit(x, y)
        else:
            self.hover_left.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """The end of a pan."""
        if self._pan_from is not None and event.button() in {Qt.MouseButton.MiddleButton, Qt.MouseButton.LeftButton}:
            self._pan_from = None

    def start_pan(self, position: QPointF) -> None:
        """Let the picture follow the mouse from here until the button is released."""
        self._pan_from = position

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """The mouse is elsewhere."""
        self.hover_left.emit()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """Show the focus ring where the focus came by key."""
        self._focus_by_key = event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """Take the focus ring away."""
        super().focusOutEvent(event)
        self.update()
