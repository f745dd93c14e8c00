"""Keys and clicks that come while a large change is being written: they wait, and are done afterwards in order.

So each edit of a person begins when the last one is in the file, and the window answers all the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QShortcutEvent, QWheelEvent
from shiboken6 import isValid

_Type = QEvent.Type
_PRESSES = frozenset(
    {
        _Type.KeyPress,
        _Type.KeyRelease,
        _Type.Shortcut,
        _Type.MouseButtonPress,
        _Type.MouseButtonRelease,
        _Type.MouseButtonDblClick,
    }
)


class HeldInput(QObject):
    """Looks at what comes to the program's windows and at its shortcuts, and only while it holds.

    A filter on the whole application would run Python for every event there is, hundreds of them for a picture, and
    each would wait for the thread that writes to give Python's lock away.

    Args:
        key_owners: What Qt tells of keys that are shortcuts: actions and menu bars.
        parent: Qt owner.
    """

    def __init__(self, key_owners: Sequence[QObject], parent: QObject) -> None:
        super().__init__(parent)
        self._key_owners = key_owners
        self._watched: list[QObject] = []
        self._held: list[tuple[QObject, QEvent]] = []

    def hold(self, on: bool) -> None:
        """Hold from now on, or let go of everything that came meanwhile."""
        if on == bool(self._watched):
            return
        if on:
            self._watched = [*QGuiApplication.topLevelWindows(), *self._key_owners]
            for watched in self._watched:
                watched.installEventFilter(self)
            return
        for watched in self._watched:
            if isValid(watched):
                watched.removeEventFilter(self)
        self._watched = []
        # what is let go may be the next large change: then the rest waits for that
        while self._held and not self._watched:
            receiver, event = self._held.pop(0)
            if isValid(receiver):
                QCoreApplication.sendEvent(receiver, event)

    def forget(self) -> None:
        """Hold no longer, and drop what came."""
        self._held.clear()
        self.hold(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Keep a copy of what a person does, and the event from everybody else."""
        if event.type() in _PRESSES:
            self._held.append((watched, _copy(event)))
            return True
        return isinstance(event, QWheelEvent)


def _copy(event: QEvent) -> QEvent:
    """The same, to outlive Qt's own."""
    if isinstance(event, QKeyEvent):
        modifiers, text = event.modifiers(), event.text()
        return QKeyEvent(event.type(), event.key(), modifiers, text, event.isAutoRepeat(), event.count())
    if isinstance(event, QShortcutEvent):
        return QShortcutEvent(event.key(), event.shortcutId(), event.isAmbiguous())
    assert isinstance(event, QMouseEvent)
    return QMouseEvent(
        event.type(),
        event.position(),
        event.scenePosition(),
        event.globalPosition(),
        event.button(),
        event.buttons(),
        event.modifiers(),
        event.pointingDevice(),
    )
