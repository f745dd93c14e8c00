"""The first steps in five bubbles, on the sample clip; shown once, and again when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

_WIDTH = 360
_GAP = 12


@dataclass(frozen=True, slots=True)
class TourStep:
    """One bubble.

    Attributes:
        target: What it points at.
        title: In a few words.
        text: What to do there.
    """

    target: QWidget
    title: str
    text: str


class Tour(QFrame):
    """A bubble beside one part of the window after the other; the window works on under it.

    Args:
        window: Holds it.
        steps: At most five.
    """

    finished = Signal()
    """The last step was left, or the tour was skipped."""

    def __init__(self, window: QWidget, steps: Sequence[TourStep]) -> None:
        super().__init__(window)
        self._window = window
        self._steps = tuple(steps)
        self._place = 0
        self.setProperty("tour", "bubble")
        self.setAccessibleName(self.tr("Tour"))
        self._ring = QFrame(window)
        self._ring.setProperty("tour", "ring")
        self._ring.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._title = QLabel()
        self._title.setProperty("role", "heading")
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._count = QLabel()
        self._count.setProperty("role", "muted")
        self._skip = QPushButton(self.tr("Skip the tour"))
        self._skip.setProperty("quiet", True)
        self._skip.clicked.connect(self.finish)
        self._next = QPushButton(self.tr("Next"))
        self._next.setProperty("primary", True)
        self._next.clicked.connect(self._go_on)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._count)
        buttons.addStretch(1)
        buttons.addWidget(self._skip)
        buttons.addWidget(self._next)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self._text)
        layout.addLayout(buttons)
        self.setFixedWidth(_WIDTH)
        self.hide()
        self._ring.hide()

    @property
    def step(self) -> int:
        """Which step is shown, from 1; 0 while none is."""
        return self._place + 1 if self.isVisible() else 0

    def start(self) -> None:
        """Show the first step."""
        self._place = 0
        self._window.installEventFilter(self)
        self._show_step()
        self._next.setFocus()

    def finish(self) -> None:
        """Show nothing any more."""
        if self.isVisible():
            self._window.removeEventFilter(self)
            self.hide()
            self._ring.hide()
            self.finished.emit()

    def event(self, event: QEvent) -> bool:
        """Esc skips the tour, Enter presses its button; neither is the window's while the bubble has the keyboard."""
        if isinstance(event, QKeyEvent) and event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if event.type() is QEvent.Type.KeyPress:
                if event.key() == Qt.Key.Key_Escape or self._skip.hasFocus():
                    self.finish()
                else:
                    self._go_on()
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Stay beside the target when the window changes."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest} and self.isVisible():
            self._stand()
        return super().eventFilter(watched, event)

    def _go_on(self) -> None:
        if self._place + 1 < len(self._steps):
            self._place += 1
            self._show_step()
        else:
            self.finish()

    def _show_step(self) -> None:
        step, last = self._steps[self._place], self._place + 1 == len(self._steps)
        self._title.setText(step.title)
        self._text.setText(step.text)
        self._count.setText(f"{self._place + 1} / {len(self._steps)}")
        self._next.setText(self.tr("Done") if last else self.tr("Next"))
        self._skip.setVisible(not last)
        self.setAccessibleDescription(f"{step.title}. {step.text}")
        self.show()
        self._stand()

    def _stand(self) -> None:
        """Above the target where there is room, else below it, else over its upper edge; never out of the window."""
        window, target = self._window, self._steps[self._place].target
        inner = self._text.heightForWidth(_WIDTH - 32)
        self._text.setMinimumHeight(inner)
        self.adjustSize()
        rect = QRect(target.mapTo(window, QPoint(0, 0)), target.size())
        left = min(max(rect.center().x() - _WIDTH // 2, _GAP), window.width() - _WIDTH - _GAP)
        above, below = rect.top() - self.height() - _GAP, rect.bottom() + _GAP
        if above >= 0:
            top = above
        elif below + self.height() <= window.height():
            top = below
        else:
            top = rect.top() + _GAP
        self.move(left, top)
        self._ring.setGeometry(rect.adjusted(-2, -2, 2, 2))
        self._ring.setVisible(target.isVisible())
        self._ring.raise_()
        self.raise_()
