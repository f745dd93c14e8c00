"""The row under the picture for moving through time: first, step, play, speed, go to; and the picture's zoom."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSpinBox, QToolButton, QWidget

from app.views.action_table import ActionId
from app.views.actions import Actions
from app.views.icons import icon
from app.views.number_margin import with_margin
from app.views.tokens import Tokens

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
_STEPS = (
    ActionId.FIRST_FRAME,
    ActionId.PREVIOUS_TEN,
    ActionId.PREVIOUS_FRAME,
    ActionId.PLAY,
    ActionId.NEXT_FRAME,
    ActionId.NEXT_TEN,
    ActionId.LAST_FRAME,
)
_ZOOMS = (ActionId.ZOOM_FIT, ActionId.ZOOM_ACTUAL, ActionId.ZOOM_TARGET, ActionId.FOLLOW)


class TransportBar(QWidget):
    """Buttons are the window's own actions; the rest is said by signal.

    Args:
        actions: The window's.
        tokens: The theme in use.
        parent: Qt owner.
    """

    frame_requested = Signal(int)
    speed_changed = Signal(float)

    def __init__(self, actions: Actions, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._actions = actions
        self._tokens = tokens
        self._playing = False
        self._base = self._place = self._count = 0
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 12, 4)
        layout.setSpacing(4)
        for action in _STEPS:
            layout.addWidget(self._button(action))
        layout.addSpacing(12)
        self._speed = QComboBox()
        self._speed.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._speed.setAccessibleName(self.tr("Playback speed"))
        self._speed.setToolTip(self.tr("Playback speed"))
        for speed in SPEEDS:
            self._speed.addItem(f"{speed:g}×", speed)
        self._speed.currentIndexChanged.connect(self._choose_speed)
        layout.addWidget(self._speed)
        layout.addSpacing(12)
        self._frame = with_margin(QSpinBox())
        self._frame.setKeyboardTracking(False)
        self._frame.setMinimumWidth(88)
        self._frame.setAccessibleName(self.tr("Frame number"))
        self._frame.valueChanged.connect(self._request_frame)
        caption = QLabel(self.tr("Frame"))
        caption.setProperty("role", "muted")
        caption.setBuddy(self._frame)
        layout.addWidget(caption)
        layout.addWidget(self._frame)
        layout.addStretch(1)
        self.look = self._button(ActionId.LOOK)
        layout.addWidget(self._button(ActionId.HEATMAP))
        layout.addWidget(self.look)
        layout.addSpacing(12)
        for action in _ZOOMS:
            layout.addWidget(self._button(action))
        self._zoom = QLabel()
        self._zoom.setProperty("role", "muted")
        self._zoom.setMinimumWidth(48)
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._zoom)

    def set_frame(self, frame: int, count: int) -> None:
        """Show where one is, without asking for it again; not while somebody types where to go."""
        self._place, self._count = frame, count
        if not (self._frame.hasFocus() and self._frame.lineEdit().isModified()):
            self._show_frame()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Esc comes here from the number: one stays where one is."""
        if event.key() == Qt.Key.Key_Escape:
            self._show_frame()
        super().keyPressEvent(event)

    def _show_frame(self) -> None:
        frame, count = self._place, self._count
        with QSignalBlocker(self._frame):
            self._frame.setRange(self._base, max(count - 1, 0) + self._base)
            self._frame.setValue(frame + self._base)

    def set_frame_base(self, base: int) -> None:
        """Number that the first frame has."""
        self._base = base
        self._frame.setToolTip(self.tr("Go to this frame (frames count from {0})").format(base))
        self.set_frame(self._place, self._count)

    def set_speed(self, speed: float) -> None:
        """Show the playback speed nearest to ``speed``."""
        nearest = min(range(len(SPEEDS)), key=lambda index: abs(SPEEDS[index] - speed))
        with QSignalBlocker(self._speed):
            self._speed.setCurrentIndex(nearest)

    def set_zoom(self, zoom: float) -> None:
        """Show how many screen pixels a picture pixel has."""
        self._zoom.setText(f"{zoom * 100:.0f} %")

    def set_playing(self, playing: bool) -> None:
        """Show what Space would do."""
        self._playing = playing
        self._actions[ActionId.PLAY].setIcon(icon("pause" if playing else "play", self._tokens))

    def set_theme(self, tokens: Tokens) -> None:
        """Use other colours."""
        self._tokens = tokens
        self.set_playing(self._playing)

    def _button(self, action: ActionId) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(self._actions[action])
        button.setIconSize(QSize(18, 18))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(self._actions[action].iconText())
        return button

    def _request_frame(self, number: int) -> None:
        self.frame_requested.emit(number - self._base)

    def _choose_speed(self, index: int) -> None:
        self.speed_changed.emit(SPEEDS[index])
