"""Fields in a panel that scrolls: the wheel over one changes no label while the keyboard is elsewhere."""

from __future__ import annotations

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox


class ScrollSafeNumber(QDoubleSpinBox):
    """The wheel scrolls the panel unless this has the keyboard."""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # Qt's name
        """Leave the event to the panel."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ScrollSafeChoice(QComboBox):
    """The wheel scrolls the panel unless this has the keyboard."""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # Qt's name
        """Leave the event to the panel."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
