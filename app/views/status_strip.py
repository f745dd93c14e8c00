"""The line under the picture: where one is, what is known of the box, and what the tracker is doing."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.session.run_state import Phase, RunState
from app.views.progress_line import ProgressLine
from app.views.wording import duration_text, time_text

_BETWEEN = "  ·  "
_HEIGHT = 40
_ROOMY = 640
"""Narrower than this, a run's speed and time left take the place of the video's time."""
_WIDE = 1000
"""Narrower than this, they take the place of the model's name too."""


class StatusStrip(QWidget):
    """Frame, time, score and status in words on the left; a run's progress, speed and Stop on the right.

    Args:
        pause: Pauses and resumes a run.
        stop: Ends it.
        parent: Qt owner.
    """

    def __init__(self, pause: QAction, stop: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(_HEIGHT)
        self._frame = QLabel()
        self._time = self._muted(QLabel())
        self._box = QLabel()
        self._cursor = self._muted(QLabel())
        self._run_text = QLabel()
        self._model = self._muted(QLabel())
        self._model.setToolTip(self.tr("Model of the tracker, and where it computes; see Preferences"))
        self._words: list[str] = []
        self._busy = False
        self._run_text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._progress = ProgressLine()
        self._progress.setAccessibleName(self.tr("Progress of the run"))
        self._pause = QToolButton()
        self._stop = QToolButton()
        for button, action, name in ((self._pause, pause, self.tr("Pause")), (self._stop, stop, self.tr("Stop"))):
            button.setDefaultAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(name)
            button.setIconSize(QSize(18, 18))
        layout = QHBoxLayout()
        layout.setContentsMargins(12, 0, 8, 0)
        layout.setSpacing(12)
        for label in (self._frame, self._time, self._box, self._cursor):
            layout.addWidget(label)
        self._run_text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout.addWidget(self._run_text, 1)
        layout.addWidget(self._model)
        for button in (self._pause, self._stop):
            layout.addWidget(button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._progress)
        outer.addLayout(layout, 1)
        self.set_run(RunState())

    def set_place(self, frame: int, count: int, seconds: float, base: int = 0) -> None:
        """Say which frame is shown: its number, counted from ``base``, and its time."""
        self._frame.setText(self.tr("Frame {0} / {1}").format(frame + base, max(count - 1, 0) + base))
        self._frame.setToolTip(self.tr("Frames count from {0}; this sequence has {1}.").format(base, count))
        self._time.setText(time_text(seconds))

    def set_model(self, text: str) -> None:
        """Say which model tracks, and where."""
        self._model.setText(text)

    def set_box(self, text: str, tone: str = "muted") -> None:
        """Say what is known of the selected Track on this frame."""
        self._box.setText(text)
        if self._box.property("tone") != tone:
            self._box.setProperty("tone", tone)
            self._box.style().unpolish(self._box)
            self._box.style().polish(self._box)

    def set_cursor(self, x: float, y: float) -> None:
        """Say which picture pixel is under the mouse."""
        self._cursor.setText(f"x {x:.0f}  y {y:.0f}")
        self._cursor.setVisible(not self._busy)

    def clear_cursor(self) -> None:
        """The mouse has left the picture."""
        self._cursor.hide()

    def set_run(self, state: RunState) -> None:
        """Show what the tracker is doing."""
        busy = state.phase is not Phase.IDLE
        self._busy = busy
        self._stop.setVisible(busy)
        self._cursor.hide()
        self._time.setVisible(not busy or self.width() >= _ROOMY)
        self._model.setVisible(not busy or self.width() >= _WIDE)
        self._pause.setVisible(state.phase in {Phase.RUNNING, Phase.PAUSED})
        self._pause.setAccessibleName(self.tr("Resume") if state.phase is Phase.PAUSED else self.tr("Pause"))
        words = []
        if state.phase is Phase.RUNNING:
            if state.seconds_left is not None:
                words.append(self.tr("{0} left").format(duration_text(state.seconds_left)))
            if state.fps > 0:
                words.append(self.tr("{0} fps").format(f"{state.fps:.0f}" if state.fps >= 10 else f"{state.fps:.1f}"))
        words.append(state.text)
        self._words = words if busy else []
        self._elide()
        self._run_text.setToolTip(_BETWEEN.join(self._words))
        self._progress.set_progress(state.done if busy else 0, state.total)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Another width for the words."""
        super().resizeEvent(event)
        with_text = self.width() >= _ROOMY
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if with_text else Qt.ToolButtonStyle.ToolButtonIconOnly
        self._stop.setToolButtonStyle(style)
        self._elide()

    def _elide(self) -> None:
        """Leave out what has no room, the least wanted first; only the last that stays is cut."""
        metrics, room = self._run_text.fontMetrics(), self._run_text.width()
        shown = list(self._words)
        while len(shown) > 1 and metrics.horizontalAdvance(_BETWEEN.join(shown)) > room:
            shown.pop()
        self._run_text.setText(metrics.elidedText(_BETWEEN.join(shown), Qt.TextElideMode.ElideRight, room))

    @property
    def texts(self) -> tuple[str, ...]:
        """What it says, for tests and screen readers."""
        return (self._frame.text(), self._time.text(), self._box.text(), _BETWEEN.join(self._words))

    @staticmethod
    def _muted(label: QLabel) -> QLabel:
        label.setProperty("role", "muted")
        return label
